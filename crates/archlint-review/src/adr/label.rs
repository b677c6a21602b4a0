//! Labels of facts: which words they are, and where they stand in a line.

use super::plain::words;
use super::status::State;
use archlint_document::Span;

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

/// What the label `label` stands for, when it is a known one.
#[rustfmt::skip]
pub(crate) fn key_of(label: &str) -> Option<Key> {
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

/// The known labels of `line`: what each stands for, where it stands, and where its value begins.
///
/// A label opens the line, or follows a separator (`|`, `·`, `;` ...), two blanks, a line break or
/// the marks for bold; a colon follows it, or a dash, or the marks that close the bold.
pub(crate) fn labels(line: &str) -> Vec<(Key, Span, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut opens = true;
    while let Some(c) = line[at..].chars().next() {
        if opens && let Some((key, label, value)) = label_at(line, at) {
            at = value;
            found.push((key, label, value));
            opens = true;
            continue;
        }
        let rest = &line[at..];
        opens = matches!(c, '|' | '·' | '•' | ';' | ',' | '(')
            || ["  ", "**", "__", "<br>", "<br/>", "<br />"]
                .iter()
                .any(|mark| rest.starts_with(mark));
        at += c.len_utf8();
    }
    found
}

/// The label that begins at `at`, marks, blanks and pictures left aside.
fn label_at(line: &str, at: usize) -> Option<(Key, Span, usize)> {
    let rest = &line[at..];
    let marks = |c: char| !c.is_alphanumeric() && !matches!(c, '[' | '|' | '(' | '<');
    let mut start = at + rest.len() - rest.trim_start_matches(marks).len();
    for tag in ["<u>", "<b>", "<strong>", "<br>", "<br/>", "<br />"] {
        if let Some(inner) = line[start..].strip_prefix(tag) {
            start += tag.len() + inner.len() - inner.trim_start_matches(marks).len();
        }
    }
    // The longest row of up to four words that is a label and ends as one.
    let mut ends = Vec::with_capacity(4);
    let mut end = start;
    while ends.len() < 4 {
        let word = line[end..].len() - line[end..].trim_start_matches(char::is_alphabetic).len();
        if word == 0 {
            break;
        }
        end += word;
        ends.push(end);
        match line[end..].chars().next() {
            Some(c @ (' ' | '_' | '-')) => end += c.len_utf8(),
            _ => break,
        }
    }
    ends.into_iter().rev().find_map(|end| {
        let value = end + closing(&line[end..])?;
        Some((key_of(&line[start..end])?, start..end, value))
    })
}

/// How many bytes of `rest` close a label: a remark in brackets, marks, and a colon or a dash.
fn closing(rest: &str) -> Option<usize> {
    let mut at = 0;
    let remark = rest.trim_start_matches(' ');
    if let Some(inner) = remark.strip_prefix('(')
        && let Some(length) = inner.find(')').filter(|length| *length <= 40)
    {
        at = rest.len() - remark.len() + length + 2;
    }
    for tag in ["</u>", "</b>", "</strong>"] {
        if rest[at..].starts_with(tag) {
            at += tag.len();
        }
    }
    let after = &rest[at..];
    let unmarked = after.trim_start_matches(['*', '_', '`', ']']).trim_start();
    if let Some(c) = unmarked
        .chars()
        .next()
        .filter(|c| matches!(c, ':' | '：' | '='))
    {
        return Some(rest.len() - unmarked.len() + c.len_utf8());
    }
    let dash = |text: &str| {
        text.chars()
            .next()
            .filter(|c| matches!(c, '-' | '–' | '—'))
            .map_or(0, char::len_utf8)
    };
    if let Some(bold) = after
        .strip_prefix("**")
        .or_else(|| after.strip_prefix("__"))
    {
        let blank = bold.len() - bold.trim_start_matches(' ').len();
        return Some(at + 2 + blank + dash(&bold[blank..]));
    }
    let blank = after.len() - after.trim_start_matches(' ').len();
    let width = dash(&after[blank..]);
    let apart = after[blank + width..].starts_with(' ');
    (blank > 0 && width > 0 && apart).then_some(at + blank + width)
}
