//! JUnit's XML: a test suite per document, a failed test per finding.

use crate::findings::{CheckReport, CheckedDocument, ReportedFinding};
use crate::xml::escaped;
use std::io::{self, Write};

/// Writes the report. A document without findings is one passed test; one that is not reviewed a
/// skipped test; a file that could not be read an error.
///
/// # Errors
/// Those of `out`.
pub fn junit(report: &CheckReport, out: &mut dyn Write) -> io::Result<()> {
    let mut suites = Vec::new();
    let mut findings = report.findings.as_slice();
    for document in &report.documents {
        let count = findings
            .iter()
            .take_while(|f| f.path == document.path)
            .count();
        let (own, rest) = findings.split_at(count);
        findings = rest;
        suites.push((document, own));
    }
    let errors = report.unreadable.len();
    let tests = suites
        .iter()
        .map(|(_, own)| own.len().max(1))
        .sum::<usize>()
        + errors;
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"archlint\" tests=\"{tests}\" failures=\"{}\" errors=\"{errors}\">",
        report.findings.len()
    )?;
    for (document, findings) in suites {
        suite(document, findings, out)?;
    }
    for file in &report.unreadable {
        let (path, message) = (escaped(&file.path), escaped(&file.message));
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">"
        )?;
        writeln!(
            out,
            "    <testcase name=\"archlint\" classname=\"{path}\"><error message=\"{message}\"/></testcase>"
        )?;
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(
    document: &CheckedDocument,
    findings: &[ReportedFinding],
    out: &mut dyn Write,
) -> io::Result<()> {
    let path = escaped(&document.path);
    writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
        findings.len().max(1),
        findings.len(),
        usize::from(document.skipped.is_some())
    )?;
    for finding in findings {
        let line = finding.range.start.line;
        writeln!(
            out,
            "    <testcase name=\"{} (line {line})\" classname=\"{path}\">",
            escaped(&finding.rule)
        )?;
        writeln!(
            out,
            "      <failure type=\"{}\" message=\"{}\">{}</failure>",
            finding.severity,
            escaped(&finding.message),
            escaped(&format!(
                "{}:{line}: {}\n{}",
                finding.path, finding.label, finding.help
            ))
        )?;
        writeln!(out, "    </testcase>")?;
    }
    match &document.skipped {
        Some(reason) => writeln!(
            out,
            "    <testcase name=\"archlint\" classname=\"{path}\"><skipped message=\"{}\"/></testcase>",
            escaped(reason)
        )?,
        None if findings.is_empty() => {
            writeln!(
                out,
                "    <testcase name=\"archlint\" classname=\"{path}\"/>"
            )?;
        }
        None => {}
    }
    writeln!(out, "  </testsuite>")
}
