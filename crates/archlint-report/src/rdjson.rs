//! reviewdog's diagnostic format.

use crate::findings::CheckReport;
use crate::json::json;
use crate::place::{Point, Range};
use archlint_review::Severity;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Result<'a> {
    source: Source,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Span>,
}

#[derive(Serialize)]
struct Span {
    start: Position,
    end: Position,
}

/// Line and column from 1; the column counts UTF-8 bytes.
#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

/// Writes the findings and the files that could not be read.
///
/// # Errors
/// Those of `out`.
pub fn rdjson(report: &CheckReport, out: &mut dyn Write) -> io::Result<()> {
    let found = report.findings.iter().map(|finding| Diagnostic {
        message: format!("{}: {}", finding.message, finding.help),
        location: Location {
            path: &finding.path,
            range: Some(span(&finding.range)),
        },
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info | Severity::Hint => "INFO",
        },
        code: Code {
            value: &finding.rule,
        },
        related_locations: finding
            .related
            .iter()
            .map(|passage| Related {
                message: &passage.reason,
                location: Location {
                    path: &finding.path,
                    range: Some(span(&passage.range)),
                },
            })
            .collect(),
    });
    let unreadable = report.unreadable.iter().map(|file| Diagnostic {
        message: file.message.clone(),
        location: Location {
            path: &file.path,
            range: None,
        },
        severity: "ERROR",
        code: Code {
            value: "unreadable",
        },
        related_locations: Vec::new(),
    });
    let result = Result {
        source: Source {
            name: "archlint",
            url: env!("CARGO_PKG_REPOSITORY"),
        },
        diagnostics: found.chain(unreadable).collect(),
    };
    json(&result, out)
}

fn span(range: &Range) -> Span {
    Span {
        start: position(&range.start),
        end: position(&range.end),
    }
}

fn position(point: &Point) -> Position {
    Position {
        line: point.line,
        column: point.byte_column,
    }
}
