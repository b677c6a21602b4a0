//! The nesting of sections.

use crate::{Document, Heading, Section, Span};

/// Opens a section for a heading (its text comes later) behind the blocks read so far.
///
/// It ends all sections of its own or a deeper level. A document that skips levels nests by what is
/// there: an h4 behind an h2 is its child, and an h3 behind both is a second child.
pub(crate) fn open(document: &mut Document, level: u8, span: Span) {
    let block = document.blocks.len();
    let mut parent = document.sections.len().saturating_sub(1);
    if let Some(last) = document.sections.last_mut() {
        last.own_blocks.end = block;
    }
    while let Some(section) = document.sections.get(parent)
        && section.level >= level
        && let Some(outer) = section.parent
    {
        parent = outer;
    }
    document.sections.push(Section {
        heading: Some(Heading {
            setext: !document.text[span.clone()].starts_with('#'),
            span: span.clone(),
            text: String::new(),
        }),
        level,
        parent: Some(parent),
        span,
        own_blocks: block..block,
        blocks: block..block,
    });
}

/// Gives each section its end, from the last to the first, so that a parent sees its children done.
pub(crate) fn close(document: &mut Document) {
    let blocks = document.blocks.len();
    if let Some(last) = document.sections.last_mut() {
        last.own_blocks.end = blocks;
    }
    for index in (0..document.sections.len()).rev() {
        let section = &mut document.sections[index];
        section.blocks.end = section.blocks.end.max(section.own_blocks.end);
        if let Some(block) = document.blocks[section.own_blocks.clone()].last() {
            section.span.end = section.span.end.max(block.span.end);
        }
        let (blocks_end, end) = (section.blocks.end, section.span.end);
        if let Some(parent) = section.parent {
            let parent = &mut document.sections[parent];
            parent.blocks.end = parent.blocks.end.max(blocks_end);
            parent.span.end = parent.span.end.max(end);
        }
    }
}
