//! SARIF 2.1.0, as code scanning services read it.

use crate::findings::{CheckReport, ReportedFinding, Tool};
use crate::json::json;
use crate::place::Range;
use archlint_review::Severity;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: ToolComponent<'a>,
    invocations: [Invocation<'a>; 1],
    column_kind: &'static str,
    results: Vec<RunResult<'a>>,
}

#[derive(Serialize)]
struct ToolComponent<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message<'a>,
    help: Message<'a>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RunResult<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    /// The confidence, 0 to 100.
    rank: f32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// Writes the findings and the files that could not be read.
///
/// # Errors
/// Those of `out`.
pub fn sarif(report: &CheckReport, out: &mut dyn Write) -> io::Result<()> {
    let rules = rules(report);
    let results = report
        .findings
        .iter()
        .map(|finding| {
            result(
                finding,
                rules
                    .binary_search_by(|rule| rule.id.cmp(&finding.rule))
                    .unwrap_or(0),
            )
        })
        .collect();
    let notifications = report.unreadable.iter().map(|file| Notification {
        level: "error",
        message: Message {
            text: &file.message,
        },
        locations: [location(&file.path, None)],
    });
    let tool = Tool::this();
    let run = Run {
        invocations: [Invocation {
            execution_successful: report.unreadable.is_empty(),
            tool_execution_notifications: notifications.collect(),
        }],
        column_kind: "unicodeCodePoints",
        results,
        tool: ToolComponent {
            driver: Driver {
                name: tool.name,
                version: tool.version,
                information_uri: env!("CARGO_PKG_REPOSITORY"),
                rules,
            },
        },
    };
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    json(
        &Log {
            schema,
            version: "2.1.0",
            runs: [run],
        },
        out,
    )
}

/// The rules that found something, by id.
fn rules(report: &CheckReport) -> Vec<Rule<'_>> {
    let mut first: BTreeMap<&str, &ReportedFinding> = BTreeMap::new();
    for finding in &report.findings {
        first.entry(&finding.rule).or_insert(finding);
    }
    first
        .into_iter()
        .map(|(id, finding)| Rule {
            id,
            short_description: Message {
                text: &finding.message,
            },
            help: Message {
                text: &finding.help,
            },
            default_configuration: Configuration {
                level: level(finding.severity),
            },
        })
        .collect()
}

fn result(finding: &ReportedFinding, rule_index: usize) -> RunResult<'_> {
    let related = finding
        .related
        .iter()
        .enumerate()
        .map(|(index, passage)| Location {
            id: Some(index),
            message: Some(Message {
                text: &passage.reason,
            }),
            ..location(&finding.path, Some(&passage.range))
        });
    RunResult {
        rule_id: &finding.rule,
        rule_index,
        level: level(finding.severity),
        message: Message {
            text: &finding.message,
        },
        locations: [location(&finding.path, Some(&finding.range))],
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::from([("archlint/v1", finding.fingerprint.as_str())]),
        rank: finding.confidence.clamp(0.0, 1.0) * 100.0,
    }
}

fn location<'a>(path: &str, range: Option<&Range>) -> Location<'a> {
    Location {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri: uri(path) },
            region: range.map(|range| Region {
                start_line: range.start.line,
                start_column: range.start.column,
                end_line: range.end.line,
                end_column: range.end.column,
            }),
        },
        message: None,
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

/// `path` as a relative reference: everything but what may stand there as it is, percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("docs/a b#1/ü.md"), "docs/a%20b%231/%C3%BC.md");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
