//! What `archlint check` says, as the JSON that other programs read.

use crate::place::{Places, Range};
use crate::summary::Summary;
use archlint_review::{Finding, Kind, Severity};
use archlint_workspace::{Outcome, Reviewed};
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the JSON contract: it changes when a field goes or changes its meaning, not when
/// one is added.
pub const VERSION: u32 = 1;

/// The output of `archlint check --format json`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckReport {
    /// The version of this contract.
    pub version: u32,
    /// What wrote the report.
    pub tool: Tool,
    /// Every document that could be read, in the order of their paths.
    pub documents: Vec<CheckedDocument>,
    /// What is wrong or left open, by document, in the order of its text.
    pub findings: Vec<ReportedFinding>,
    /// The files that could not be read.
    pub unreadable: Vec<UnreadableFile>,
    /// The counts of the last line that a person sees.
    pub summary: Summary,
}

/// The program that wrote a report.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Tool {
    /// Always `archlint`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

impl Tool {
    /// This program.
    pub fn this() -> Self {
        Tool {
            name: "archlint",
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// A document that was looked at.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckedDocument {
    /// Its path with `/` between the parts, relative to the working directory where it lies under
    /// it; `<stdin>` for standard input.
    pub path: String,
    /// What kind of document it was taken for.
    pub kind: Kind,
    /// Why, as a clause.
    pub kind_reason: String,
    /// Why it was not reviewed; null when it was.
    pub skipped: Option<String>,
    /// How many findings the baseline or `--since` holds back.
    pub held_back: usize,
}

/// Something to tell the author of a document.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportedFinding {
    /// The document's path.
    pub path: String,
    /// The rule's id.
    pub rule: String,
    /// The question of the catalogue that is open; null for rules that belong to no question, such
    /// as `adr/status`.
    pub question: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Why it is raised at this place.
    pub label: String,
    /// What to do about it.
    pub help: String,
    /// Where it is reported.
    pub range: Range,
    /// Other passages that belong to it.
    pub related: Vec<RelatedPassage>,
    /// How sure archlint is that a reviewer would raise it, 0 to 1.
    pub confidence: f32,
    /// A name for the finding that stays the same when lines move and files are renamed; documents
    /// of one title may share it.
    pub fingerprint: String,
}

/// Another passage that belongs to a finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RelatedPassage {
    /// Where it stands.
    pub range: Range,
    /// What it is shown for, as a clause.
    pub reason: String,
}

/// A file that could not be read.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UnreadableFile {
    /// Its path.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// The report of a run.
pub fn check_report(outcome: &Outcome) -> CheckReport {
    CheckReport {
        version: VERSION,
        tool: Tool::this(),
        documents: outcome.documents.iter().map(checked_document).collect(),
        findings: outcome
            .documents
            .iter()
            .flat_map(reported_findings)
            .collect(),
        unreadable: unreadable_files(outcome),
        summary: Summary::of(outcome),
    }
}

pub(crate) fn unreadable_files(outcome: &Outcome) -> Vec<UnreadableFile> {
    outcome
        .unreadable
        .iter()
        .map(|file| UnreadableFile {
            path: file.path.clone(),
            message: file.message.clone(),
        })
        .collect()
}

fn checked_document(reviewed: &Reviewed) -> CheckedDocument {
    CheckedDocument {
        path: reviewed.path.clone(),
        kind: reviewed.review.kind,
        kind_reason: reviewed.review.kind_reason.clone(),
        skipped: reviewed.skipped.clone(),
        held_back: reviewed.held_back,
    }
}

fn reported_findings(reviewed: &Reviewed) -> Vec<ReportedFinding> {
    let places = Places::of(reviewed);
    let findings = &reviewed.review.findings;
    let names = archlint_workspace::fingerprints(&reviewed.document, findings);
    findings
        .iter()
        .zip(names)
        .map(|(finding, name)| reported(reviewed, finding, &places, name))
        .collect()
}

fn reported(
    reviewed: &Reviewed,
    finding: &Finding,
    places: &Places<'_>,
    fingerprint: String,
) -> ReportedFinding {
    ReportedFinding {
        path: reviewed.path.clone(),
        rule: finding.rule.clone(),
        question: finding.question.clone(),
        severity: finding.severity,
        message: finding.message.clone(),
        label: finding.label.clone(),
        help: finding.help.clone(),
        range: places.range(&finding.span),
        related: finding
            .related
            .iter()
            .map(|p| RelatedPassage {
                range: places.range(&p.span),
                reason: p.reason.clone(),
            })
            .collect(),
        confidence: finding.confidence,
        fingerprint,
    }
}
