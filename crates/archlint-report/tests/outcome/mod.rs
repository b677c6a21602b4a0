//! Runs made by hand.

use archlint_document::LineIndex;
use archlint_review::{Answer, Finding, Kind, Passage, Review, Severity, Status};
use archlint_rules::Rules;
use archlint_workspace::{Outcome, Reviewed};
use std::sync::Arc;

pub fn outcome(documents: Vec<Reviewed>) -> Outcome {
    Outcome {
        documents,
        unreadable: Vec::new(),
    }
}

pub fn document(path: &str, text: &str, findings: Vec<Finding>) -> Reviewed {
    Reviewed {
        file: None,
        path: path.into(),
        document: Arc::new(archlint_document::parse(text)),
        lines: Arc::new(LineIndex::new(text)),
        review: Review {
            kind: Kind::Design,
            kind_reason: "it lies in a folder `design`".into(),
            answers: Vec::new(),
            findings,
            record: None,
        },
        skipped: None,
        held_back: 0,
    }
}

pub fn passage(text: &str, part: &str, reason: &str) -> Passage {
    let start = text.find(part).unwrap();
    Passage {
        span: start..start + part.len(),
        reason: reason.into(),
    }
}

pub fn finding(rule: &str, text: &str, part: &str) -> Finding {
    Finding {
        rule: rule.into(),
        question: Some(rule.into()),
        severity: Severity::Warning,
        message: "nothing is said".into(),
        label: "because of this".into(),
        help: String::new(),
        span: passage(text, part, "").span,
        related: Vec::new(),
        confidence: 0.75,
    }
}

pub fn answer(rule: &str, text: &str, part: &str) -> Answer {
    Answer {
        rule: rule.into(),
        status: Status::Answered,
        asked: true,
        raised_by: vec![passage(text, part, "is named")],
        evidence: vec![passage(text, part, "says so")],
        waiver: None,
        answered_probability: 0.9,
        open_probability: 0.05,
    }
}

/// The rules that name the questions of these runs.
pub fn rules() -> Rules {
    archlint_rules::builtin().clone()
}
