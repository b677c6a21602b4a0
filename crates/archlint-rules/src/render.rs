//! How errors of rule packs are shown.

use crate::{BUILTIN_FILES, PackErrors, Source};
use codespan_reporting::diagnostic::{Diagnostic, Label as ShownLabel};
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::{self, termcolor};

/// Shows errors with file, line, column and the place underlined.
///
/// `sources` are those that were loaded; places in the built-in pack are shown from there.
/// `color` adds ANSI colours.
pub fn render_errors(errors: &PackErrors, sources: &[Source], color: bool) -> String {
    let mut files = SimpleFiles::new();
    for source in sources {
        files.add(source.name.clone(), source.text.clone());
    }
    for (name, text) in BUILTIN_FILES {
        files.add(format!("built-in {name}"), (*text).to_string());
    }
    let mut out = termcolor::Buffer::no_color();
    if color {
        out = termcolor::Buffer::ansi();
    }
    let config = term::Config::default();
    for error in &errors.errors {
        let mut labels =
            vec![ShownLabel::primary(error.source, error.span.clone()).with_message(&error.label)];
        labels.extend(error.labels.iter().map(|label| {
            ShownLabel::secondary(label.source, label.span.clone()).with_message(&label.message)
        }));
        let mut diagnostic = Diagnostic::error()
            .with_message(&error.message)
            .with_labels(labels);
        if !error.help.is_empty() {
            diagnostic = diagnostic.with_notes(vec![format!("help: {}", error.help)]);
        }
        if term::emit_to_write_style(&mut out, &config, &files, &diagnostic).is_err() {
            // A place that cannot be shown must not hide the error itself.
            let _ = std::io::Write::write_all(
                &mut out,
                format!("error: {}\n", error.message).as_bytes(),
            );
        }
    }
    String::from_utf8_lossy(out.as_slice()).into_owned()
}
