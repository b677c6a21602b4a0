//! Checkstyle's XML, which many review tools read.

use crate::findings::{CheckReport, ReportedFinding};
use crate::xml::escaped;
use archlint_review::Severity;
use std::io::{self, Write};

/// Writes the findings, by file.
///
/// # Errors
/// Those of `out`.
pub fn checkstyle(report: &CheckReport, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<checkstyle version=\"10.0\">")?;
    for findings in report.findings.chunk_by(|a, b| a.path == b.path) {
        let Some(first) = findings.first() else {
            continue;
        };
        writeln!(out, "  <file name=\"{}\">", escaped(&first.path))?;
        for finding in findings {
            error(finding, out)?;
        }
        writeln!(out, "  </file>")?;
    }
    for file in &report.unreadable {
        writeln!(out, "  <file name=\"{}\">", escaped(&file.path))?;
        writeln!(
            out,
            "    <error line=\"1\" column=\"1\" severity=\"error\" message=\"{}\" source=\"archlint.unreadable\"/>",
            escaped(&file.message)
        )?;
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}

fn error(finding: &ReportedFinding, out: &mut dyn Write) -> io::Result<()> {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "info",
    };
    writeln!(
        out,
        "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"archlint.{}\"/>",
        finding.range.start.line,
        finding.range.start.column,
        escaped(&format!("{}. {}", finding.message, finding.help)),
        escaped(&finding.rule)
    )
}
