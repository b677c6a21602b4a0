//! The review engine: a [`Document`](archlint_document::Document) and rules in, a [`Review`] out.
//!
//! It does no I/O and knows no editor, no terminal and no clock.

mod kind;
mod model;

pub use kind::kind_of;
pub use model::*;

use archlint_document::Document;
use archlint_rules::Rules;

/// What a caller decides about one review.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The kind, with the reason as a clause, when configuration gives it; else it is judged.
    pub kind: Option<(Kind, String)>,
    /// Path of the document with `/` between its parts, as far as it is known.
    pub path: Option<String>,
    /// How sure a finding of a topic rule must be (0-1); `None`: the built-in line.
    pub confidence: Option<f32>,
    /// Today, as `YYYY-MM-DD`; rules about dates in the future need it.
    pub today: Option<String>,
}

/// Reviews one document. Pure: same input, same output. Documents of kind
/// [`Kind::Other`] get no answers and no findings unless `settings.kind` names another.
pub fn review(document: &Document, rules: &Rules, settings: &Settings) -> Review {
    let _ = (rules, settings);
    let (kind, kind_reason) = kind_of(document, settings.path.as_deref());
    Review {
        kind,
        kind_reason,
        answers: Vec::new(),
        findings: Vec::new(),
    }
}
