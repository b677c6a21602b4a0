//! Facts on a record as it writes them: `Status: accepted`, `* **Date:** 2020-05-13`, rows of a
//! table, front matter.

use super::label::{Key, key_of, labels};
use super::plain::{floor, plain};
use archlint_document::{Block, BlockKind, Document, Span};
use std::collections::BTreeMap;

/// In which form a fact is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// In YAML front matter.
    FrontMatter,
    /// Under a heading of its own.
    Section,
    /// In the text of a heading: `## Status: accepted`.
    Heading,
    /// A line with the label in bold.
    BoldLine,
    /// A plain line.
    PlainLine,
    /// A list item.
    ListItem,
    /// A row or column of a table.
    Table,
    /// A badge.
    Badge,
    /// In the title: `# [Accepted] Use queues`.
    Title,
    /// In the name of the file or its folder.
    FileName,
}

/// A fact: a known label and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub key: Key,
    pub form: Form,
    /// The label in the document.
    pub label: Span,
    /// The value in the document, trimmed of marks; empty when there is none.
    pub value: Span,
    /// Index of the section.
    pub section: usize,
}

/// All known facts of `document`, in its order; front matter first.
pub(crate) fn entries(document: &Document) -> Vec<Entry> {
    let mut entries = Vec::new();
    from_front_matter(document, &mut entries);
    let mut tables: BTreeMap<usize, Vec<&Block>> = BTreeMap::new();
    for (index, block) in document.blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Paragraph | BlockKind::ListItem { .. } => {
                from_lines(document, index, &mut entries);
            }
            BlockKind::TableCell { table, .. } => tables.entry(*table).or_default().push(block),
            BlockKind::Heading => from_heading(document, block, &mut entries),
            _ => {}
        }
    }
    for cells in tables.values() {
        from_table(document, cells, &mut entries);
    }
    entries
}

fn from_front_matter(document: &Document, entries: &mut Vec<Entry>) {
    let Some(front_matter) = &document.front_matter else {
        return;
    };
    for field in &front_matter.fields {
        if let Some(key) = key_of(&field.key) {
            entries.push(Entry {
                key,
                form: Form::FrontMatter,
                label: field.key_span.clone(),
                value: trimmed(document, field.value_span.clone()),
                section: 0,
            });
        }
    }
}

fn from_heading(document: &Document, block: &Block, entries: &mut Vec<Entry>) {
    let source = document.source(&block.span);
    let line = source.split('\n').next().unwrap_or_default();
    let line = &line[..floor(line, 300)];
    let Some((head, _)) = line
        .split_once([':', '–', '—'])
        .or_else(|| line.split_once(" - "))
    else {
        return;
    };
    if let Some(key @ (Key::Status | Key::Date)) = key_of(head) {
        let start = block.span.start + head.len() + 1;
        entries.push(Entry {
            key,
            form: Form::Heading,
            label: block.span.start..block.span.start + head.len(),
            value: trimmed(document, start..block.span.start + line.len()),
            section: block.section,
        });
    }
}

fn from_lines(document: &Document, index: usize, entries: &mut Vec<Entry>) {
    let block = &document.blocks[index];
    let source = document.source(&block.span);
    let mut at = block.span.start;
    for (number, line) in source.split('\n').enumerate() {
        let start = at;
        at += line.len() + 1;
        // A fact takes a line, and stands among the first of its paragraph.
        if number > 30 {
            break;
        }
        let line = &line[..floor(line, 600)];
        let found = labels(line);
        for (position, (key, label, after)) in found.iter().enumerate() {
            // A label in the middle of a sentence is no label.
            let lead = &line[..label.start];
            let opens =
                !lead.contains(char::is_alphanumeric) || position > 0 || lead.contains("**");
            if !opens {
                continue;
            }
            let end = found
                .get(position + 1)
                .map_or(line.len(), |next| next.1.start);
            let mut value = trimmed(document, start + after..start + end.max(*after));
            if value.is_empty() && position + 1 == found.len() {
                value = continued(document, index, at.min(block.span.end));
            }
            let form = match (&block.kind, lead.contains("**") || lead.contains("__")) {
                (BlockKind::ListItem { .. }, _) => Form::ListItem,
                (_, true) => Form::BoldLine,
                _ => Form::PlainLine,
            };
            entries.push(Entry {
                key: *key,
                form,
                label: start + label.start..start + label.end,
                value,
                section: block.section,
            });
        }
    }
}

/// The value of a label that ends its line: the next line, else the next block of the section.
fn continued(document: &Document, index: usize, from: usize) -> Span {
    let block = &document.blocks[index];
    let rest = document.source(&(from..block.span.end));
    let line = rest.split('\n').next().unwrap_or_default();
    if !line.trim().is_empty() {
        return trimmed(document, from..from + line.len());
    }
    match document.blocks.get(index + 1) {
        Some(next)
            if next.section == block.section
                && matches!(next.kind, BlockKind::Paragraph | BlockKind::ListItem { .. })
                // The next fact of the list is no value.
                && (next.kind == BlockKind::Paragraph || next.list_depth > block.list_depth) =>
        {
            let source = document.source(&next.span);
            let line = source.split('\n').next().unwrap_or_default();
            trimmed(document, next.span.start..next.span.start + line.len())
        }
        _ => block.span.end..block.span.end,
    }
}

fn from_table(document: &Document, cells: &[&Block], entries: &mut Vec<Entry>) {
    let at = |row: usize, column: usize| {
        let wanted = (row, column);
        cells
            .binary_search_by_key(&wanted, |block| match block.kind {
                BlockKind::TableCell { row, column, .. } => (row, column),
                _ => (usize::MAX, usize::MAX),
            })
            .ok()
            .and_then(|index| cells.get(index))
    };
    let header: Vec<&&Block> = cells
        .iter()
        .take_while(|block| matches!(block.kind, BlockKind::TableCell { row: 0, .. }))
        .collect();
    let known_columns = header
        .iter()
        .filter(|block| key_of(document.source(&block.span)).is_some())
        .count();
    let is_history = known_columns >= 1 && header.len() >= 3 || known_columns >= 2;
    for block in cells {
        let BlockKind::TableCell { row, column, .. } = block.kind else {
            continue;
        };
        let Some(key) = key_of(&plain(document.source(&block.span))) else {
            continue;
        };
        // A history has its labels in the header; a list of facts in the first column.
        let value = match (is_history, row, column) {
            (true, 0, _) => last_in_column(document, cells, column),
            (false, _, 0) => at(row, 1).map(|cell| cell.span.clone()),
            _ => continue,
        };
        let value = value.map_or(block.span.end..block.span.end, |span| {
            trimmed(document, span)
        });
        entries.push(Entry {
            key,
            form: Form::Table,
            label: block.span.clone(),
            value,
            section: block.section,
        });
    }
}

fn last_in_column(document: &Document, cells: &[&Block], wanted: usize) -> Option<Span> {
    cells
        .iter()
        .rev()
        .find(|block| {
            matches!(block.kind, BlockKind::TableCell { row, column, .. } if row > 0 && column == wanted)
                && !document.source(&block.span).trim().is_empty()
        })
        .map(|block| block.span.clone())
}

/// `span` without blanks, quotation marks and emphasis around it.
pub(crate) fn trimmed(document: &Document, span: Span) -> Span {
    let text = document.source(&span);
    let mark = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '*' | '_' | '"' | '\'' | '|' | ':' | '\\' | '·' | '•' | ';' | ','
            )
    };
    let start = text.len() - text.trim_start_matches(mark).len();
    let end = text.trim_end_matches(mark).len();
    if start >= end {
        return span.start..span.start;
    }
    span.start + start..span.start + end
}
