//! Findings as an editor shows them.

use crate::analysis::Analysis;
use archlint_document::Span;
use archlint_review::adr::{State, state_of};
use archlint_review::{Finding, Severity};
use archlint_workspace::config::FailOn;

/// A finding as an editor shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Where.
    pub span: Span,
    /// How loud.
    pub severity: Severity,
    /// The rule's id.
    pub code: String,
    /// What is wrong, why here and what to do.
    pub message: String,
    /// Other passages that belong to it, with what they are shown for.
    pub related: Vec<(Span, String)>,
    /// Whether the passage could as well be taken out.
    pub is_unneeded: bool,
}

/// The rule that stands for a review that failed.
const FAILURE: &str = "archlint/failure";

/// The findings of a document in its order.
pub fn diagnostics(analysis: &Analysis) -> Vec<Diagnostic> {
    if let Some(failure) = &analysis.failure {
        return vec![Diagnostic {
            span: 0..0,
            severity: Severity::Error,
            code: FAILURE.to_owned(),
            message: format!(
                "archlint failed on this document: a defect in archlint, please report it ({failure})"
            ),
            related: Vec::new(),
            is_unneeded: false,
        }];
    }
    let is_draft = is_draft(analysis);
    let findings = analysis.findings().iter().enumerate();
    findings
        .map(|(at, finding)| {
            let diagnostic = diagnostic(analysis, finding, is_draft);
            match analysis.known.get(at) {
                Some(true) => known(diagnostic),
                _ => diagnostic,
            }
        })
        .collect()
}

/// What the baseline knows makes no run fail: it is there for who wants to mend it.
fn known(diagnostic: Diagnostic) -> Diagnostic {
    Diagnostic {
        severity: Severity::Hint,
        message: diagnostic.message + "\nKnown: it stands in the baseline",
        ..diagnostic
    }
}

fn diagnostic(analysis: &Analysis, finding: &Finding, is_draft: bool) -> Diagnostic {
    let mut message = finding.message.clone();
    if !finding.label.is_empty() {
        message.push_str(&format!("\n{}", finding.label));
    }
    if !finding.help.is_empty() {
        message.push_str(&format!("\n{}", finding.help));
    }
    let related = finding.related.iter();
    Diagnostic {
        span: shown(analysis, &finding.span),
        severity: severity(finding, analysis.fail_on(), is_draft),
        code: finding.rule.clone(),
        message,
        related: related
            .map(|passage| (passage.span.clone(), passage.reason.clone()))
            .collect(),
        is_unneeded: ["waiver/unneeded", "waiver/expired"].contains(&finding.rule.as_str()),
    }
}

/// A passage of several lines is underlined on its first only: a page full of waves helps nobody.
fn shown(analysis: &Analysis, span: &Span) -> Span {
    let line = analysis.line_span(analysis.line(span.start));
    span.start..span.end.min(line.end).max(span.start)
}

/// What a draft leaves open is said quietly; where a run would fail, it is a warning.
fn severity(finding: &Finding, fail_on: FailOn, is_draft: bool) -> Severity {
    if finding.question.is_none() {
        return finding.severity;
    }
    let fails = fail_on.fails(finding.severity);
    match (is_draft, fails) {
        (true, true) => Severity::Info,
        (true, false) => Severity::Hint,
        (false, true) => finding.severity.max(Severity::Warning),
        (false, false) => finding.severity.min(Severity::Info),
    }
}

/// Whether a document is still being written: its status says so, or it has none.
fn is_draft(analysis: &Analysis) -> bool {
    let document = analysis.document();
    let field = ["status", "stage", "state"]
        .iter()
        .find_map(|key| document.field(key)?.as_str().map(str::to_owned));
    let state = match field {
        Some(value) => {
            let value = value.trim().to_lowercase();
            if value.starts_with("draft") || value.starts_with("wip") {
                return true;
            }
            state_of(&value)
        }
        None => match &analysis.reviewed.review.record {
            Some(record) => record.status.as_ref().and_then(|status| status.state),
            None => return true,
        },
    };
    matches!(state, None | Some(State::Open))
}
