//! What a template left behind.

use serde_json::Value;

use crate::inline::InlineText;
use crate::marks::{self, bare, is_open, starts_open};
use crate::placeholders::{self, is_label};
use crate::{BlockKind, Document, FrontMatter, Residue, ResidueKind, Span, html, instructions};

/// A block of text as it is being read.
pub(crate) struct BlockText<'a> {
    pub source: &'a str,
    pub kind: &'a BlockKind,
    pub inline: &'a InlineText,
    /// Tags in the text that are not comments.
    pub tags: &'a [Span],
    pub section: usize,
}

/// Adds the residue that one block shows by itself.
pub(crate) fn in_block(block: &BlockText<'_>, residue: &mut Vec<Residue>) {
    let flat = block.inline.flat.as_str();
    let mut add = |span: Option<Span>, kind| {
        residue.extend(span.map(|span| Residue {
            span,
            kind,
            section: block.section,
        }));
    };
    if is_open_mark(flat, block.kind) {
        let span = block.inline.source_span(trimmed(flat, 0..flat.len()));
        add(span, ResidueKind::Tbd);
        return;
    }
    let is_heading = *block.kind == BlockKind::Heading;
    let ends = memchr::memchr_iter(b'\n', flat.as_bytes()).chain([flat.len()]);
    let mut start = 0;
    for end in ends {
        let line = &flat[start..end];
        let value = value_in(line);
        let text = &line[value.clone()];
        let kind = if is_open(text) && !is_heading {
            Some(ResidueKind::Tbd)
        } else if start > 0 && line.trim() == "N/A" {
            Some(ResidueKind::BareNotApplicable)
        } else if placeholders::is_date_pattern(text) {
            Some(ResidueKind::Placeholder)
        } else {
            None
        };
        if let Some(kind) = kind {
            let span = start + value.start..start + value.end;
            add(block.inline.source_span(span), kind);
        }
        start = end + 1;
    }
    if !is_heading {
        marks::find(flat, |span| {
            add(block.inline.source_span(span), ResidueKind::Tbd);
        });
    }
    placeholders::find(flat, |span| {
        add(block.inline.source_span(span), ResidueKind::Placeholder);
    });
    let alone =
        block.tags.len() == 1 && matches!(flat.trim(), text if text.is_empty() || is_label(text));
    for tag in block.tags {
        if placeholders::is_tag(&block.source[tag.clone()], alone) {
            add(Some(tag.clone()), ResidueKind::Placeholder);
        }
    }
    if *block.kind == BlockKind::Heading
        && let Some(at) = flat.find("NNNN").or_else(|| flat.find("XXXX"))
    {
        add(
            block.inline.source_span(at..at + 4),
            ResidueKind::Placeholder,
        );
    }
}

/// Adds words in angle brackets that stand alone on their line, where Markdown reads them as HTML.
pub(crate) fn in_html(source: &str, span: &Span, section: usize, residue: &mut Vec<Residue>) {
    if placeholders::is_tag(&source[span.clone()], false) {
        residue.push(Residue {
            span: span.clone(),
            kind: ResidueKind::Placeholder,
            section,
        });
    }
}

/// Adds front matter fields that were not filled in.
pub(crate) fn in_front_matter(
    source: &str,
    front_matter: &FrontMatter,
    residue: &mut Vec<Residue>,
) {
    for field in &front_matter.fields {
        let span = &field.value_span;
        let value = source[span.clone()].trim_matches(['"', '\'']);
        let is_open_value = match &field.value {
            Value::Array(values) => values.iter().filter_map(Value::as_str).any(is_open),
            _ => is_open(value),
        };
        let mut is_placeholder = placeholders::is_date_pattern(value);
        if !value.starts_with('[') || value.contains(" | ") {
            placeholders::find(value, |_| is_placeholder = true);
        }
        let kind = if is_open_value {
            ResidueKind::Tbd
        } else if is_placeholder {
            ResidueKind::Placeholder
        } else {
            continue;
        };
        residue.push(Residue {
            span: span.clone(),
            kind,
            section: 0,
        });
    }
}

/// Adds what shows only when a whole section is seen, and puts all residue in document order.
pub(crate) fn in_sections(document: &mut Document) {
    let mut found = Vec::new();
    for index in 1..document.sections.len() {
        if let Some((kind, span)) = whole_section(document, index) {
            found.push(Residue {
                span,
                kind,
                section: index,
            });
        }
    }
    document.residue.append(&mut found);
    document.residue.sort_by_key(|residue| residue.span.start);
    document
        .residue
        .dedup_by(|next, last| next.span.start == last.span.start && next.kind == last.kind);
}

fn whole_section(document: &Document, index: usize) -> Option<(ResidueKind, Span)> {
    let heading = document.sections[index].heading.as_ref()?.span.clone();
    if document.has_children(index) {
        return None;
    }
    let mut texts = Vec::new();
    let mut has_comment = false;
    for block in document.section_body_blocks(index) {
        match block.kind {
            BlockKind::Comment { .. } => has_comment |= !is_directive(document, &block.span),
            BlockKind::Html | BlockKind::Paragraph
                if block.sentences.is_empty() && is_blank_html(document.source(&block.span)) => {}
            BlockKind::Paragraph | BlockKind::ListItem { .. } if texts.len() < 4 => {
                texts.push(block);
            }
            _ => return None,
        }
    }
    let (Some(first), Some(last)) = (texts.first(), texts.last()) else {
        if has_comment {
            return Some((ResidueKind::OnlyComment, heading));
        }
        return is_empty(document, index).then_some((ResidueKind::EmptySection, heading));
    };
    let span = first.span.start..last.span.end;
    if texts.len() == 1 && first.span.len() < 40 {
        let text = document.block_text(first);
        let text = bare(&text);
        if ["n/a", "na", "n.a", "none", "not applicable"].contains(&text.as_str()) {
            return Some((ResidueKind::BareNotApplicable, span));
        }
        if text.is_empty() && !first.sentences.is_empty() {
            return Some((ResidueKind::Tbd, span));
        }
    }
    let sentences = document.section_body_sentences(index);
    let asks = document
        .heading_title(index)
        .to_lowercase()
        .contains("question");
    let is_instruction = !asks
        && sentences.len() <= 6
        && instructions::are_all(sentences.iter().map(|one| document.visible_text(one)));
    is_instruction.then_some((ResidueKind::Instruction, span))
}

/// Whether nothing stands under a heading that has no blocks of its own. The title of a document
/// whose chapters are headings of the same level is not empty, nor is a list of link targets.
fn is_empty(document: &Document, index: usize) -> bool {
    let section = &document.sections[index];
    let next = document.sections.get(index + 1);
    if index == 1 && section.level == 1 && next.is_some() {
        return false;
    }
    let start = section
        .heading
        .as_ref()
        .map_or(0, |heading| heading.span.end);
    let end = next.map_or(document.text.len(), |next| next.span.start);
    let body = document.source(&(start..end));
    !body.lines().any(|line| line.trim_start().starts_with('['))
}

fn is_directive(document: &Document, span: &Span) -> bool {
    let directives = &document.directives;
    directives
        .binary_search_by_key(&span.start, |directive| directive.span.start)
        .is_ok()
}

fn is_blank_html(source: &str) -> bool {
    !html::has_text(source) && html::images(source, 0).is_empty()
}

/// Where a line says what stands behind its label: `TBD` of `Status: TBD`; all of a line without
/// label.
fn value_in(line: &str) -> Span {
    let head = &line.as_bytes()[..line.len().min(40)];
    let start = match memchr::memchr(b':', head) {
        Some(colon) if is_label(&line[..=colon]) => colon + 1,
        _ => 0,
    };
    trimmed(line, start..line.len())
}

/// Whether a whole block is a mark for something still to be written.
fn is_open_mark(text: &str, kind: &BlockKind) -> bool {
    match kind {
        BlockKind::Heading => false,
        BlockKind::TableCell { .. } => is_open(text),
        _ => is_open(text) || starts_open(text),
    }
}

/// The span without white space at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let inner = &text[span.clone()];
    let start = span.start + (inner.len() - inner.trim_start().len());
    start..start + inner.trim().len()
}
