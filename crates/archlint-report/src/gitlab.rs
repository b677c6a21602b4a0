//! GitLab's code quality report.

use crate::findings::CheckReport;
use crate::json::json;
use archlint_review::Severity;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes the findings as GitLab's code quality widget reads them.
///
/// # Errors
/// Those of `out`.
pub fn gitlab(report: &CheckReport, out: &mut dyn Write) -> io::Result<()> {
    let issues: Vec<Issue<'_>> = report
        .findings
        .iter()
        .map(|finding| Issue {
            description: format!("{}: {}", finding.message, finding.help),
            check_name: &finding.rule,
            // GitLab takes two issues of one fingerprint for one.
            fingerprint: format!("{}:{}", finding.path, finding.fingerprint),
            severity: match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "major",
                Severity::Info => "minor",
                Severity::Hint => "info",
            },
            location: Location {
                path: &finding.path,
                lines: Lines {
                    begin: finding.range.start.line,
                    end: finding.range.end.line,
                },
            },
        })
        .collect();
    json(&issues, out)
}
