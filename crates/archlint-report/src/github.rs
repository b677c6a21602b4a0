//! Workflow commands, which GitHub shows as annotations on a pull request.

use crate::findings::{CheckReport, ReportedFinding};
use crate::printable::one_line;
use archlint_review::Severity;
use std::io::{self, Write};

/// Writes a workflow command per finding and per file that could not be read.
///
/// # Errors
/// Those of `out`.
pub fn github(report: &CheckReport, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        writeln!(out, "{}", annotation(finding))?;
    }
    for file in &report.unreadable {
        writeln!(
            out,
            "::error file={}::{}",
            property(&file.path),
            data(&file.message)
        )?;
    }
    Ok(())
}

fn annotation(finding: &ReportedFinding) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    };
    let (start, end) = (&finding.range.start, &finding.range.end);
    let message = [&finding.message, &finding.label, &finding.help]
        .map(|part| data(part))
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("%0A");
    // GitHub takes columns only where start and end are on one line.
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    format!(
        "::{command} file={},line={},endLine={}{columns},title={}::{message}",
        property(&finding.path),
        start.line,
        end.line,
        property(&format!("archlint {}", finding.rule)),
    )
}

/// `text` as the message of a command: what it says cannot end it or start another one.
fn data(text: &str) -> String {
    one_line(text).replace('%', "%25").replace("::", "%3A%3A")
}

/// `text` as the value of a command's property.
fn property(text: &str) -> String {
    one_line(text)
        .replace('%', "%25")
        .replace(':', "%3A")
        .replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_start_a_command() {
        assert_eq!(
            data("100%\n::error::pwned"),
            "100%25 %3A%3Aerror%3A%3Apwned"
        );
        assert_eq!(property("a,b:c%\r\n::x"), "a%2Cb%3Ac%25 %3A%3Ax");
    }
}
