//! The line over the title that says how far a document is.

use crate::analysis::Analysis;
use archlint_document::Span;

/// What the line says and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// The title, or the start of the document.
    pub span: Span,
    /// "14 of 19 asked questions answered · show checklist".
    pub title: String,
}

/// The line, for a document that is reviewed.
pub fn lens(analysis: &Analysis) -> Option<Lens> {
    if analysis.reviewed.skipped.is_some() {
        return None;
    }
    let (asked, settled) = analysis.counts();
    let title = match asked {
        0 => "no questions asked · show checklist".to_owned(),
        1 => format!("{settled} of 1 asked question answered · show checklist"),
        _ => format!("{settled} of {asked} asked questions answered · show checklist"),
    };
    Some(Lens {
        span: analysis.title().cloned().unwrap_or(0..0),
        title,
    })
}
