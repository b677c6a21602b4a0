//! Whether a piece of a document says something, or is only what a template left.

use super::plain::{plain, words};
use archlint_document::{Block, BlockKind, Document, ResidueKind, Span};

/// For each block of `document`, whether it says something.
pub(crate) fn substance(document: &Document) -> Vec<bool> {
    document
        .blocks
        .iter()
        .map(|block| says(document, block))
        .collect()
}

/// Whether `block` holds something that a reader learns from: text that is not residue, code, or a
/// picture.
fn says(document: &Document, block: &Block) -> bool {
    match &block.kind {
        BlockKind::Heading | BlockKind::Comment { .. } => false,
        BlockKind::Code { content, .. } => !document.source(content).trim().is_empty(),
        BlockKind::Html => {
            let shown = plain(document.source(&block.span));
            !words(&shown).is_empty() || document.source(&block.span).contains("<img")
        }
        _ => {
            let source = document.source(&block.span);
            let shows_link = || {
                let from = document
                    .links
                    .partition_point(|l| l.span.end <= block.span.start);
                document
                    .links
                    .get(from)
                    .is_some_and(|l| l.span.start < block.span.end)
            };
            (!words(&plain(source)).is_empty() || shows_link())
                && !is_residue(document, &block.span)
                && !is_template_text(source)
        }
    }
}

/// Whether residue of a template makes up `span`: but for it, hardly a word is left.
fn is_residue(document: &Document, span: &Span) -> bool {
    let until = document
        .residue
        .partition_point(|r| r.span.start < span.end);
    let mut left: Vec<&str> = Vec::new();
    let mut end = span.end;
    let within = document
        .residue
        .get(..until)
        .unwrap_or_default()
        .iter()
        .rev()
        // A section's residue as a whole and a few in it: more would be no matter.
        .take(8)
        .filter(|r| !matches!(r.kind, ResidueKind::EmptySection | ResidueKind::OnlyComment))
        .filter(|r| r.span.end > span.start);
    for residue in within {
        left.push(document.source(&(residue.span.end.clamp(span.start, end)..end)));
        end = end.min(residue.span.start.max(span.start));
    }
    if left.is_empty() {
        return false;
    }
    left.push(document.source(&(span.start..end)));
    let count: usize = left
        .iter()
        .map(|text| {
            words(&plain(text))
                .split(' ')
                .filter(|w| !w.is_empty())
                .count()
        })
        .sum();
    count <= 4
}

/// Whether `source` as a whole is a slot of a template: words in brackets.
pub(crate) fn is_template_text(source: &str) -> bool {
    let shown = plain(source);
    let text = shown.trim().trim_end_matches(['.', ':']);
    for (open, close) in [('{', '}'), ('[', ']'), ('<', '>')] {
        let inner = text
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        if inner.is_some_and(|inner| {
            inner.contains(char::is_alphabetic) && !inner.contains([open, close])
        }) {
            return true;
        }
    }
    false
}
