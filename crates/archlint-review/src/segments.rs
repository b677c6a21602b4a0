//! Cutting a document into segments: what a reader takes in at once, and the least that can be
//! shown as evidence.

use archlint_document::{Block, BlockKind, Document, Span};
use std::ops::Range;

/// A paragraph, a few list items that stand together, a table row, or a code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// From its first block's start to its last block's end.
    pub span: Span,
    /// Index of the section that directly owns it.
    pub section: usize,
    /// What it is made of.
    pub kind: SegmentKind,
    /// Its blocks.
    pub blocks: Range<usize>,
    /// Whether it stands in a block quote.
    pub quoted: bool,
}

/// What a [`Segment`] is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentKind {
    /// A paragraph.
    Prose,
    /// List items.
    List,
    /// A row of a table, given with its number.
    TableRow(usize, usize),
    /// A code block.
    Code,
}

/// List items are put together up to this many bytes, so that a list of catchwords is one segment
/// and a list of paragraphs is several.
const LIST_BYTES: usize = 320;

/// The segments of a document in its order. Headings, comments and raw HTML are in none.
pub fn segments(document: &Document) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::with_capacity(document.blocks.len());
    for (index, block) in document.blocks.iter().enumerate() {
        let Some(kind) = kind_of(block) else {
            continue;
        };
        let quoted = block.quote_depth > 0;
        if let Some(last) = segments.last_mut()
            && last.section == block.section
            && last.quoted == quoted
            && last.blocks.end == index
            && continues(last, kind, block)
        {
            last.span.end = block.span.end;
            last.blocks.end = index + 1;
            continue;
        }
        segments.push(Segment {
            span: block.span.clone(),
            section: block.section,
            kind,
            blocks: index..index + 1,
            quoted,
        });
    }
    segments
}

fn continues(last: &Segment, kind: SegmentKind, block: &Block) -> bool {
    match (last.kind, kind) {
        (SegmentKind::TableRow(..), SegmentKind::TableRow(..)) => last.kind == kind,
        (SegmentKind::List, SegmentKind::List) => {
            block.span.end.saturating_sub(last.span.start) <= LIST_BYTES
        }
        _ => false,
    }
}

fn kind_of(block: &Block) -> Option<SegmentKind> {
    Some(match block.kind {
        BlockKind::Heading | BlockKind::Comment { .. } | BlockKind::Html => return None,
        BlockKind::Paragraph => SegmentKind::Prose,
        BlockKind::ListItem { .. } => SegmentKind::List,
        BlockKind::TableCell { table, row, .. } => SegmentKind::TableRow(table, row),
        BlockKind::Code { .. } => SegmentKind::Code,
    })
}
