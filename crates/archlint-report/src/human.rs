//! The report that a person reads in a terminal.

use crate::excerpt::{Excerpt, Mark};
use crate::place::Places;
use crate::printable::{excerpt, one_line};
use crate::style::Styled;
use crate::summary::Summary;
use archlint_review::{Finding, Severity};
use archlint_workspace::{Outcome, Reviewed};
use codespan_reporting::diagnostic::{self, Diagnostic, Label};
use codespan_reporting::files;
use codespan_reporting::term;
use std::io::{self, Write};

/// Characters of a label beside the passage.
const LABEL: usize = 120;
/// Passages shown beside the finding's own.
const RELATED: usize = 3;

/// How the terminal looks.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Whether to use colours.
    pub colour: bool,
    /// Columns; lines of the document are cut to fit.
    pub width: usize,
}

impl Default for Terminal {
    fn default() -> Self {
        Terminal {
            colour: false,
            width: 100,
        }
    }
}

/// Writes every finding with the passage it is about, grouped by document, and then the files that
/// could not be read.
///
/// # Errors
/// Those of `out`.
pub fn human(outcome: &Outcome, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let mut out = Styled::new(out, terminal.colour);
    for document in &outcome.documents {
        if document.review.findings.is_empty() {
            continue;
        }
        out.bold(&one_line(&document.path))?;
        writeln!(
            out,
            "  {}: {}\n",
            document.review.kind.name(),
            one_line(&document.review.kind_reason)
        )?;
        let places = Places::of(document);
        for finding in &document.review.findings {
            show(document, finding, &places, terminal, &mut out)?;
        }
    }
    for file in &outcome.unreadable {
        out.alarm("error")?;
        writeln!(
            out,
            ": {} {}",
            one_line(&file.path),
            one_line(&file.message)
        )?;
    }
    if !outcome.unreadable.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

/// Writes the counts of the run, and how to learn more.
///
/// # Errors
/// Those of `out`.
pub fn human_summary(outcome: &Outcome, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let mut out = Styled::new(out, terminal.colour);
    out.bold(&Summary::of(outcome).to_string())?;
    writeln!(out)?;
    let mut findings = outcome.documents.iter().flat_map(|d| &d.review.findings);
    if let Some(finding) = findings.next() {
        let rule = one_line(&finding.rule);
        writeln!(out, "`archlint explain {rule}` says more about a rule.")?;
    }
    Ok(())
}

fn show(
    document: &Reviewed,
    finding: &Finding,
    places: &Places<'_>,
    terminal: Terminal,
    out: &mut Styled<'_>,
) -> io::Result<()> {
    let mut marks = vec![Mark {
        span: finding.span.clone(),
        label: excerpt(&finding.label, LABEL),
    }];
    for passage in finding.related.iter().take(RELATED) {
        marks.push(Mark {
            span: passage.span.clone(),
            label: excerpt(&passage.reason, LABEL),
        });
    }
    let excerpt = Excerpt::of(&one_line(&document.path), places, &marks, terminal.width);
    let labels = marks
        .iter()
        .zip(excerpt.marked())
        .enumerate()
        .map(|(index, (mark, range))| {
            let label = if index == 0 {
                Label::primary((), range)
            } else {
                Label::secondary((), range)
            };
            label.with_message(&mark.label)
        });
    let diagnostic = Diagnostic::new(level(finding.severity))
        .with_code(one_line(&finding.rule))
        .with_message(one_line(&finding.message))
        .with_labels(labels.collect());
    let diagnostic = match finding.help.trim() {
        "" => diagnostic,
        help => diagnostic.with_notes(vec![wrapped(&one_line(help), "help: ", terminal.width)]),
    };
    match term::emit_to_write_style(out, &term::Config::default(), &excerpt, &diagnostic) {
        Err(files::Error::Io(error)) => Err(error),
        Err(error) => Err(io::Error::other(error)),
        Ok(()) => Ok(()),
    }
}

/// codespan has no `info` and no `hint`; [`Styled`] gives its `note` and `help` our names.
fn level(severity: Severity) -> diagnostic::Severity {
    match severity {
        Severity::Error => diagnostic::Severity::Error,
        Severity::Warning => diagnostic::Severity::Warning,
        Severity::Info => diagnostic::Severity::Note,
        Severity::Hint => diagnostic::Severity::Help,
    }
}

/// `text` after `lead`, broken between words so that it fits into `width` with codespan's margin.
fn wrapped(text: &str, lead: &str, width: usize) -> String {
    let limit = width.saturating_sub(8).max(40);
    let mut lines = lead.to_owned();
    let mut used = lead.chars().count();
    for (index, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if index > 0 && used + 1 + length > limit {
            lines.push_str("\n      ");
            used = 6;
        } else if index > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += length;
    }
    lines
}
