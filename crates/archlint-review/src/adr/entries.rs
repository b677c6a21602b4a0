//! Facts on a record as it writes them: `Status: accepted`, `* **Date:** 2020-05-13`, rows of a
//! table, front matter.

use super::plain::{floor, plain, words};
use super::status::State;
use archlint_document::{Block, BlockKind, Document, Span};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

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

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Status,
    Date,
    /// `Accepted: 2020-05-13`: a date that says a state too.
    Dated(State),
    Successor,
    Predecessor,
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

fn key_of(label: &str) -> Option<Key> {
    let name = words(label);
    let name = name.strip_prefix("adr ").unwrap_or(&name);
    let name = name.strip_prefix("current ").unwrap_or(name);
    Some(match name {
        "status" | "state" | "decision status" | "record status" | "decision state" | "stage"
        | "lifecycle" | "doc status" | "document status" | "approval status" => Key::Status,
        "date"
        | "dates"
        | "decision date"
        | "date decided"
        | "date of decision"
        | "last updated"
        | "last update"
        | "last modified"
        | "last modified date"
        | "last updated on"
        | "updated"
        | "update"
        | "updated on"
        | "updated at"
        | "created"
        | "created on"
        | "created at"
        | "creation date"
        | "date created"
        | "date updated"
        | "date modified"
        | "modified"
        | "decided"
        | "decided on"
        | "decided at"
        | "introduced"
        | "published"
        | "log date"
        | "effective date"
        | "effective"
        | "authored"
        | "written"
        | "start date"
        | "issue date"
        | "date last updated"
        | "last edited"
        | "date issued"
        | "dated"
        | "last reviewed"
        | "recorded"
        | "date proposed"
        | "proposed date"
        | "proposal date"
        | "date accepted"
        | "acceptance date"
        | "approval date"
        | "date approved"
        | "adoption date"
        | "pubdate"
        | "lastmod"
        | "completed on"
        | "submission date"
        | "status date"
        | "initial date"
        | "date of last update"
        | "revision date"
        | "created date"
        | "last revised"
        | "revised"
        | "decision made on"
        | "when"
        | "timestamp"
        | "opened"
        | "original date"
        | "drafted"
        | "date added"
        | "first published"
        | "last change"
        | "last changed"
        | "started" => Key::Date,
        "accepted" | "accepted on" | "approved" | "approved on" | "adopted" | "adopted on"
        | "implemented" | "implemented on" | "ratified" | "agreed" | "agreed on"
        | "decision made" => Key::Dated(State::Accepted),
        "proposed" | "proposed on" => Key::Dated(State::Open),
        "rejected" | "rejected on" | "withdrawn" => Key::Dated(State::Rejected),
        "deprecated on" | "deprecated" | "retired" => Key::Dated(State::Deprecated),
        "superseded by" | "superceded by" | "replaced by" | "superseded" | "obsoleted by"
        | "successor" | "superseding" => Key::Successor,
        "supersedes" | "supercedes" | "replaces" | "obsoletes" | "predecessor" => Key::Predecessor,
        _ => return None,
    })
}

/// A label and its colon, at the beginning of a line or behind a separator or a closed value.
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        (?: ^ | [|·•;,(] | \s{2,} | \*\* | __ | <br\s*/?> )
        [^\p{Alphabetic}\d\[|(]* (?: <u> \s* )?
        (?P<label> \p{Alphabetic}[\p{Alphabetic}]*(?:[\ _-]\p{Alphabetic}+){0,3} )
        (?: \s* \([^()\n]{0,40}\) )?
        (?: </u> )?
        (?: [*_`\]]* \s* [:：=] | \*\*\ *[-–—]? | __\ *[-–—]? | \ +[-–—]\ )",
    )
    .ok()
});

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
    let Some(pattern) = LABEL.as_ref() else {
        return;
    };
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
        let found: Vec<(Key, Span, usize)> = pattern
            .captures_iter(line)
            .filter_map(|captures| {
                let label = captures.name("label")?;
                let key = key_of(label.as_str())?;
                Some((key, label.range(), captures.get(0)?.end()))
            })
            .collect();
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
