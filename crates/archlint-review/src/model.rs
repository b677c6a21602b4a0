//! What a review says, as plain data. Spans are bytes of the document's text.

use crate::adr::Fields;
use archlint_document::Span;
pub use archlint_rules::{Kind, Severity};
use std::sync::Arc;

/// The review of one document.
#[derive(Debug, Clone)]
pub struct Review {
    /// What kind of document it is.
    pub kind: Kind,
    /// Why it was taken for that kind, as a clause: "the path holds `adr/`".
    pub kind_reason: String,
    /// One answer per topic rule, in the catalogue's order; user packs' topics follow.
    pub answers: Vec<Answer>,
    /// What is wrong or open, in the order of the document.
    pub findings: Vec<Finding>,
    /// What a document of kind [`Kind::Adr`] says about itself; `None` for other kinds.
    pub record: Option<Arc<Fields>>,
}

/// What a document says to one question.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The topic rule's id.
    pub rule: String,
    /// Whether the document answers it.
    pub status: Status,
    /// Whether a fair reviewer of this document would ask it.
    pub asked: bool,
    /// What in the document raises it; the strongest passage first.
    pub raised_by: Vec<Passage>,
    /// The passages that answer or touch it, the strongest first.
    pub evidence: Vec<Passage>,
    /// Why a waived question is waived.
    pub waiver: Option<String>,
    /// Estimated probability (0-1) that a reader would call it answered.
    pub answered_probability: f32,
    /// Estimated probability (0-1) that a reviewer would ask for it and not find it answered: what
    /// findings are ranked by.
    pub open_probability: f32,
}

/// Whether a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Nothing is said on it.
    Absent,
    /// It is named or half answered.
    Touched,
    /// It is answered.
    Answered,
    /// The document waives it, with a reason.
    Waived,
}

/// A passage and what it is shown for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands.
    pub span: Span,
    /// Why it counts, as a clause: "heading “Rollback”", "says “revert to the old image”".
    pub reason: String,
}

/// Something to tell the author.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// For topic rules, the question's id (the same as the rule's).
    pub question: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, one line, no full stop.
    pub message: String,
    /// Why it is raised here: what the label at the span says.
    pub label: String,
    /// What to do.
    pub help: String,
    /// Where it is reported.
    pub span: Span,
    /// Other passages that belong to it.
    pub related: Vec<Passage>,
    /// Confidence, 0-1.
    pub confidence: f32,
}

impl Status {
    /// The name used in JSON and reports.
    pub fn name(self) -> &'static str {
        match self {
            Status::Absent => "absent",
            Status::Touched => "touched",
            Status::Answered => "answered",
            Status::Waived => "waived",
        }
    }
}
