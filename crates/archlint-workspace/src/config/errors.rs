//! What is wrong with configuration files, shown with the place underlined.

use archlint_document::Span;
use codespan_reporting::diagnostic::{Diagnostic, Label};
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::{self, termcolor};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One mistake in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The file that it stands in, absolute.
    pub file: PathBuf,
    /// The text of the file; empty when it could not be read.
    pub text: Arc<str>,
    /// Where in `text`, in bytes; `None` when the whole file is meant.
    pub span: Option<Span>,
    /// What is wrong, one line, no full stop.
    pub message: String,
    /// What the underlined place is told, if more than the message: "expected a list".
    pub label: String,
    /// What to do, if it can be said.
    pub help: Option<String>,
}

/// Everything that is wrong with the configuration that was asked for: mistakes in `archlint.toml`
/// files, and in the rule packs that they name (already rendered, with and without colour).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigErrors {
    /// Mistakes in configuration files, by file and place.
    pub errors: Vec<ConfigError>,
    /// Mistakes in rule packs.
    pub packs: Vec<PackMistakes>,
}

/// The mistakes in the rule packs of one configuration file, in place and as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackMistakes {
    /// The configuration file that names the packs; `None` when the command line does.
    pub config: Option<PathBuf>,
    /// The mistakes, each in the pack's file.
    pub errors: Vec<ConfigError>,
    /// How many there are.
    pub count: usize,
    /// Rendered without colour.
    pub plain: String,
    /// Rendered with ANSI colour.
    pub coloured: String,
}

impl ConfigErrors {
    /// How many mistakes there are.
    pub fn count(&self) -> usize {
        self.errors.len() + self.packs.iter().map(|pack| pack.count).sum::<usize>()
    }

    /// All of them for a terminal: file, line, column and the place underlined. File names are
    /// relative to `base` where they lie under it. `colour` adds ANSI escapes.
    pub fn render(&self, base: &Path, colour: bool) -> String {
        let mut buffer = if colour {
            termcolor::Buffer::ansi()
        } else {
            termcolor::Buffer::no_color()
        };
        let style = term::Config::default();
        for error in &self.errors {
            let name = crate::paths::short(base, &error.file);
            let mut diagnostic = Diagnostic::error();
            let mut files = SimpleFiles::new();
            let file = files.add(name.clone(), printable(&error.text));
            match &error.span {
                Some(span) => {
                    let label = Label::primary(file, span.clone()).with_message(&error.label);
                    diagnostic = diagnostic.with_message(&error.message).with_label(label);
                }
                None => diagnostic = diagnostic.with_message(format!("{name}: {}", error.message)),
            }
            if let Some(help) = &error.help {
                diagnostic = diagnostic.with_note(format!("help: {help}"));
            }
            // Writing to memory does not fail, and the spans are of this very text.
            let _ = term::emit_to_write_style(&mut buffer, &style, &files, &diagnostic);
        }
        let mut text = String::from_utf8_lossy(buffer.as_slice()).into_owned();
        for pack in &self.packs {
            text.push_str(if colour { &pack.coloured } else { &pack.plain });
        }
        text
    }

    /// Adds what `other` holds and this one does not: a file that several folders use is shown once.
    pub fn merge(&mut self, other: &ConfigErrors) {
        for error in &other.errors {
            if !self.errors.contains(error) {
                self.errors.push(error.clone());
            }
        }
        for pack in &other.packs {
            if !self.packs.contains(pack) {
                self.packs.push(pack.clone());
            }
        }
    }
}

impl std::fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(Path::new(""), false))
    }
}

impl std::error::Error for ConfigErrors {}

/// The text with control characters replaced by as many bytes of something harmless, so that spans
/// stay right and a terminal is not told to do anything.
fn printable(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() && !matches!(character, '\n' | '\t' | '\r') {
            result.extend(std::iter::repeat_n('?', character.len_utf8()));
        } else {
            result.push(character);
        }
    }
    result
}
