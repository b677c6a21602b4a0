//! The review engine: a [`Document`](archlint_document::Document) and rules in, a [`Review`] out.
//!
//! It does no I/O and knows no editor, no terminal and no clock.

pub mod adr;
mod answers;
mod counted;
pub mod evidence;
pub mod features;
mod figures;
mod findings;
pub mod judge;
mod kind;
mod model;
pub mod pattern;
mod people;
pub mod reading;
pub mod segments;
pub mod structure;

pub use judge::Judge;
pub use kind::kind_of;
pub use model::*;

use archlint_document::Document;
use archlint_rules::Rules;
use std::sync::Arc;

/// What a caller decides about one review.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The kind, with the reason as a clause, when configuration gives it; else it is judged.
    pub kind: Option<(Kind, String)>,
    /// Path of the document with `/` between its parts, as far as it is known.
    pub path: Option<String>,
    /// How sure a finding of a topic rule must be (0-1); `None`: the built-in line.
    pub confidence: Option<f32>,
}

/// A document of fewer words than this has hardly begun: what it leaves open is no news to its
/// author. Its checklist is complete all the same.
const BEGUN: usize = 100;

/// Reviews documents by one set of rules. Pure: same input, same output.
#[derive(Debug, Clone)]
pub struct Reviewer<'r> {
    rules: &'r Rules,
    judge: Judge,
}

impl<'r> Reviewer<'r> {
    /// A reviewer by these rules; make one and use it for many documents.
    pub fn new(rules: &'r Rules) -> Self {
        Reviewer {
            rules,
            judge: Judge::new(rules),
        }
    }

    /// Reviews one document. Documents of kind [`Kind::Other`] get no answers and no findings
    /// unless `settings.kind` names another.
    pub fn review(&self, document: &Document, settings: &Settings) -> Review {
        let (kind, kind_reason) = settings
            .kind
            .clone()
            .unwrap_or_else(|| kind_of(document, settings.path.as_deref()));
        if kind == Kind::Other {
            return Review {
                kind,
                kind_reason,
                answers: Vec::new(),
                findings: Vec::new(),
                record: None,
            };
        }
        let reading = reading::read(document, self.rules);
        let answers = answers::answers(document, &reading, self.rules, &self.judge, kind);
        let line = settings.confidence.unwrap_or(self.judge.lines.finding);
        let mut findings = findings::open_questions(document, self.rules, &answers, line);
        if settings.confidence.is_none() && reading.words < BEGUN {
            findings.clear();
        }
        let path = settings.path.as_deref();
        let record = (kind == Kind::Adr).then(|| Arc::new(adr::fields_in_file(document, path)));
        let read = record.as_deref();
        findings.extend(structure::findings(document, read, self.rules, kind));
        findings.extend(pattern::findings(document, &reading, self.rules, kind));
        findings.sort_by(|a, b| (a.span.start, &a.rule).cmp(&(b.span.start, &b.rule)));
        Review {
            kind,
            kind_reason,
            answers,
            findings,
            record,
        }
    }
}

/// Reviews one document: [`Reviewer::review`] for callers that have only one.
pub fn review(document: &Document, rules: &Rules, settings: &Settings) -> Review {
    Reviewer::new(rules).review(document, settings)
}
