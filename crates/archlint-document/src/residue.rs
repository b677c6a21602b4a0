//! What a template left behind.

use crate::inline::InlineText;
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
    let mut start = 0;
    for line in flat.split('\n') {
        let value = value_in(line);
        let span = || {
            let value_start = start + (value.as_ptr() as usize - line.as_ptr() as usize);
            block
                .inline
                .source_span(value_start..value_start + value.len())
        };
        if value.len() < line.trim().len() && is_open(value) {
            add(span(), ResidueKind::Tbd);
        } else if placeholders::is_date_pattern(value) {
            add(span(), ResidueKind::Placeholder);
        }
        start += line.len() + 1;
    }
    placeholders::find(flat, |span| {
        add(block.inline.source_span(span), ResidueKind::Placeholder);
    });
    for tag in block.tags {
        let before = flat.trim();
        let alone = block.tags.len() == 1 && (before.is_empty() || is_label(before));
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
        let value = source[field.value_span.clone()].trim_matches(['"', '\'']);
        let mut is_placeholder = placeholders::is_date_pattern(value);
        if !value.starts_with('[') || value.contains(" | ") {
            placeholders::find(value, |_| is_placeholder = true);
        }
        let kind = if is_open(value) {
            ResidueKind::Tbd
        } else if is_placeholder {
            ResidueKind::Placeholder
        } else {
            continue;
        };
        residue.push(Residue {
            span: field.value_span.clone(),
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
            BlockKind::Html if is_blank_html(document.source(&block.span)) => {}
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
        return None;
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

/// What a line says behind its label: `TBD` of `Status: TBD`; all of a line without label.
fn value_in(line: &str) -> &str {
    let head = &line.as_bytes()[..line.len().min(40)];
    match memchr::memchr(b':', head) {
        Some(colon) if is_label(&line[..=colon]) => line[colon + 1..].trim(),
        _ => line.trim(),
    }
}

/// Whether a whole block is a mark for something still to be written.
fn is_open_mark(text: &str, kind: &BlockKind) -> bool {
    match kind {
        BlockKind::Heading => false,
        BlockKind::TableCell { .. } => is_open(text),
        _ => is_open(text) || starts_with_mark(text),
    }
}

/// What stands for something that is still to be written.
const MARKS: &[&str] = &[
    "coming soon",
    "fill me in",
    "fixme",
    "tba",
    "tbc",
    "tbd",
    "tbw",
    "to be added",
    "to be completed",
    "to be decided",
    "to be defined",
    "to be determined",
    "to be discussed",
    "to be done",
    "to be filled",
    "to be filled in",
    "to be written",
    "todo",
];

/// Whether a text is such a mark and nothing else.
fn is_open(text: &str) -> bool {
    text.len() <= 30 && MARKS.contains(&bare(text).as_str())
}

/// Whether a text begins with such a mark and a colon: `TODO: explain`, `TBD (after the tests)`.
fn starts_with_mark(text: &str) -> bool {
    let text = text
        .trim_start()
        .trim_start_matches(['[', '(', '*', '_', '<', '{']);
    let Some(mark) = text.get(..4) else {
        return false;
    };
    let (mark, rest) = if mark == "TODO" {
        (4, &text[4..])
    } else if mark.is_ascii() && ["TBD", "TBA", "TBC"].contains(&&mark[..3]) {
        (3, &text[3..])
    } else if text.get(..5) == Some("FIXME") {
        (5, &text[5..])
    } else {
        return false;
    };
    debug_assert!(mark <= text.len());
    let rest = rest.trim_start_matches([' ', ']', ')', '*', '_', '>', '}']);
    rest.starts_with([':', '(', '-', '–', '—', ',', '.', '\n'])
}

/// In lower case, without the punctuation around it.
fn bare(text: &str) -> String {
    let marks = |c: char| !c.is_alphanumeric();
    text.trim_matches(marks).to_lowercase()
}

fn trimmed(text: &str, span: Span) -> Span {
    let inner = text[span.clone()].trim();
    let start = span.start + (text[span].len() - text.trim_start().len());
    start..start + inner.len()
}
