//! What a template left behind.

use crate::inline::InlineText;
use crate::{BlockKind, Document, Residue, Span};

pub(crate) fn in_block(
    _source: &str,
    _kind: &BlockKind,
    _inline: &InlineText,
    _section: usize,
    _residue: &mut Vec<Residue>,
) {
}

pub(crate) fn in_html(_source: &str, _span: &Span, _section: usize, _residue: &mut Vec<Residue>) {}

pub(crate) fn in_sections(_document: &mut Document) {}
