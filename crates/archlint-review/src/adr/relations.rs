//! Which other decisions a record replaces or is replaced by.

use super::entries::Entry;
use super::label::Key;
use super::plain::{floor, plain, words};
use super::status::is_choice;
use archlint_document::{BlockKind, Document, Span};
use regex::Regex;
use std::sync::LazyLock;

/// How one decision stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// The other one replaces this one.
    SupersededBy,
    /// This one replaces the other one.
    Supersedes,
}

/// A statement that a decision replaces another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Which of the two replaces the other.
    pub kind: RelationKind,
    /// The statement in the document, the link included.
    pub span: Span,
    /// Where the link in it points, when there is one.
    pub target: Option<String>,
    /// The number of the other decision, when it is named by one: 7 for `ADR-0007`.
    pub number: Option<u32>,
}

static STATEMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix-u)
        (?P<by> \b(?:super[sc]eeded|super[sc]eded|replaced|obsoleted|overridden|deprecated)[\s*_~(\[]{1,6}
               (?:by|in\s+favou?r\s+of|through|with)\b )
        | (?P<of> \b(?:super[sc]eeds|super[sc]edes|super[sc]eding|obsoletes|replaces)\b )",
    )
    .ok()
});

static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i-u)\b(?:adr|decision|record)?s?[\s_#-]{0,3}0*(\d{1,6})\b").ok()
});

/// The statements in `document` that name a successor or a predecessor. `zone` tells whether a
/// section is about the record itself; elsewhere a statement counts only when it opens its block
/// and holds a link.
pub(crate) fn relations(
    document: &Document,
    entries: &[Entry],
    zone: impl Fn(usize) -> bool,
) -> Vec<Relation> {
    let mut relations = Vec::new();
    for entry in entries {
        let kind = match entry.key {
            Key::Successor => RelationKind::SupersededBy,
            Key::Predecessor => RelationKind::Supersedes,
            _ => continue,
        };
        let value = plain(document.source(&entry.value));
        if says_nothing(&value) {
            continue;
        }
        add(
            document,
            kind,
            entry.label.start..entry.value.end,
            &mut relations,
        );
    }
    if let Some(front_matter) = &document.front_matter {
        for field in &front_matter.fields {
            statements(document, &field.value_span, true, &mut relations);
        }
    }
    for block in &document.blocks {
        if matches!(
            block.kind,
            BlockKind::Paragraph
                | BlockKind::ListItem { .. }
                | BlockKind::TableCell { .. }
                | BlockKind::Heading
        ) {
            statements(document, &block.span, zone(block.section), &mut relations);
        }
    }
    relations.sort_by_key(|relation| relation.span.start);
    relations
        .dedup_by(|later, first| later.kind == first.kind && later.span.start < first.span.end);
    relations
}

/// Whether `source` holds a word that a statement is made with: the expression costs more.
fn may_state(source: &str) -> bool {
    let lower = source.to_ascii_lowercase();
    [
        "supers",
        "superc",
        "replace",
        "obsolete",
        "overridden",
        "deprecated",
    ]
    .iter()
    .any(|stem| lower.contains(stem))
}

fn statements(document: &Document, span: &Span, in_zone: bool, relations: &mut Vec<Relation>) {
    let source = document.source(span);
    // A statement stands at the front of its block.
    let source = &source[..floor(source, 600)];
    if !may_state(source) {
        return;
    }
    let Some(pattern) = STATEMENT.as_ref() else {
        return;
    };
    for found in pattern.captures_iter(source) {
        let Some(all) = found.get(0) else { continue };
        let kind = match found.name("by") {
            Some(_) => RelationKind::SupersededBy,
            None => RelationKind::Supersedes,
        };
        let line = source[all.end()..].split('\n').next().unwrap_or_default();
        let opens = !source[..all.start()].contains(char::is_alphanumeric);
        let names_one = line.contains("](") || line.contains("][");
        if says_nothing(&plain(line)) || is_choice(source.split('\n').next().unwrap_or_default()) {
            continue;
        }
        if in_zone || (opens && names_one) {
            add(
                document,
                kind,
                span.start + all.start()..span.start + all.end() + line.len(),
                relations,
            );
        }
    }
}

fn add(document: &Document, kind: RelationKind, span: Span, relations: &mut Vec<Relation>) {
    let from = document
        .links
        .partition_point(|link| link.span.end <= span.start);
    let link = document
        .links
        .get(from)
        .filter(|link| link.span.start < span.end);
    let shown = match link {
        Some(link) => words(&link.text),
        None => words(&plain(document.source(&span))),
    };
    let number = NUMBERED
        .as_ref()
        .and_then(|pattern| pattern.captures(&shown))
        .or_else(|| link.and_then(|link| NUMBERED.as_ref()?.captures(&link.target)))
        .and_then(|found| found.get(1)?.as_str().parse().ok());
    let target = link.map(|link| link.target.clone());
    if target.is_some() || number.is_some() || kind == RelationKind::SupersededBy {
        relations.push(Relation {
            kind,
            span,
            target,
            number,
        });
    }
}

/// Whether a value says that there is no other decision.
fn says_nothing(value: &str) -> bool {
    matches!(
        words(value).as_str(),
        "" | "n a" | "na" | "none" | "no" | "nothing" | "null" | "tbd" | "adr xxxx" | "adr"
    )
}
