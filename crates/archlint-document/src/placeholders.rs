//! Placeholders of a template in running text: `{{title}}`, `{short title}`, `[argument a]`,
//! `<name of the service>`, `YYYY-MM-DD`.
//!
//! Brackets are ordinary punctuation in technical prose (`{a, b}`, `Map<K, V>`, `[see below]`,
//! `/users/{id}`), so a bracket alone is never enough: its content must read like a description of
//! what to write, and stand where a value would stand.

use crate::{Span, html};

/// Calls `found` with each placeholder in the visible text of a block.
pub(crate) fn find(text: &str, mut found: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = memchr::memchr3(b'{', b'[', b'<', &bytes[at..]) {
        let start = at + next;
        let end = match bytes[start] {
            b'{' if bytes.get(start + 1) == Some(&b'{') => double_brace(text, start),
            b'{' => single_bracket(text, start, b'}'),
            b'<' => single_bracket(text, start, b'>'),
            _ => square_bracket(text, start),
        };
        if let Some(end) = end {
            found(start..end);
        }
        at = end.unwrap_or(start + 1);
    }
}

/// How far a placeholder may reach: templates hold whole sentences of instruction in brackets.
const MAX_LENGTH: usize = 600;

/// No label is longer than this.
const MAX_LABEL: usize = 80;

/// Where the bracket at `start` closes, when brackets of its kind stand balanced in between.
fn closing(text: &str, start: usize, close: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let open = bytes[start];
    let mut depth = 0_usize;
    for (offset, &byte) in bytes[start..].iter().take(MAX_LENGTH).enumerate() {
        if byte == open {
            depth += 1;
            if depth > 2 {
                return None;
            }
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(start + offset + 1);
            }
        }
    }
    None
}

fn double_brace(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start + 2..)?;
    let length = rest
        .bytes()
        .take(MAX_LENGTH)
        .position(|byte| matches!(byte, b'{' | b'}'))?;
    let inner = rest[..length].trim();
    let is_name = inner.starts_with(char::is_alphabetic)
        && inner
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '|' | '\''));
    let stands_alone = !text[..start].ends_with(['$', '/', '\\']);
    (is_name && stands_alone && rest[length..].starts_with("}}")).then_some(start + 2 + length + 2)
}

/// `{...}` or `<...>`.
fn single_bracket(text: &str, start: usize, close: u8) -> Option<usize> {
    if !may_start(&text[..start]) {
        return None;
    }
    let end = closing(text, start, close)?;
    let inner = &text[start + 1..end - 1];
    let follows_on =
        text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '('));
    if follows_on
        || !inner.starts_with(char::is_alphabetic)
        || inner.contains(['"', '=', ';', '\\'])
    {
        return None;
    }
    let describes = inner
        .split(',')
        .any(|part| part.split_whitespace().nth(1).is_some());
    let is_mapping = inner.contains(": ") && !inner.contains("e.g.");
    (describes && !is_mapping || is_alone(text, start, end) && !inner.contains(',')).then_some(end)
}

/// `[...]` that is no link.
fn square_bracket(text: &str, start: usize) -> Option<usize> {
    if !may_start(&text[..start]) || !text[start + 1..].starts_with(char::is_alphabetic) {
        return None;
    }
    let end = closing(text, start, b']')?;
    if text[end..].starts_with(['(', '[', ':']) {
        return None;
    }
    let inner = &text[start + 1..end - 1];
    let first = inner
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let offers = inner.contains(" | ") || inner.contains("e.g.") || inner.contains('…');
    let is_description = inner.split_whitespace().nth(1).is_some()
        && (inner.starts_with(char::is_lowercase) || OPENERS.contains(&first.as_str()));
    let is_name = NAMES.contains(&inner.to_lowercase().as_str());
    let stands_for_value = is_alone(text, start, end) || after_because(&text[..start]);
    (offers || stands_for_value && (is_description || is_name)).then_some(end)
}

/// First words of what a template asks to be filled in.
const OPENERS: &[&str] = &[
    "add", "argument", "brief", "date", "describe", "example", "explain", "insert", "link", "list",
    "name", "names", "number", "option", "optional", "provide", "reason", "short", "summary",
    "title", "what", "who", "why", "your", "yyyy",
];

/// What a template names in one word.
const NAMES: &[&str] = &[
    "author",
    "authors",
    "component",
    "date",
    "description",
    "id",
    "link",
    "name",
    "number",
    "option",
    "owner",
    "status",
    "summary",
    "team",
    "title",
    "url",
    "version",
    "yyyy-mm-dd",
];

fn may_start(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '\'' | '“' | '*' | '_' | ':'))
}

/// Whether the bracket is all that its line says, a label before it left aside.
fn is_alone(text: &str, start: usize, end: usize) -> bool {
    let near = text.ceil_char_boundary(start.saturating_sub(MAX_LABEL));
    let before = match text[near..start].rfind('\n') {
        Some(at) => &text[near + at + 1..start],
        None if near == 0 => &text[..start],
        None => return false,
    };
    let before = before.trim();
    let after = text[end..].trim_start_matches([' ', '\t', '\r', '.', '"', '*', '_']);
    (after.is_empty() || after.starts_with('\n')) && (before.is_empty() || is_label(before))
}

fn after_because(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with("because") || before.ends_with("option: \"") || before.ends_with("option:")
}

/// Whether this is a label with its colon, such as `Status:` or `Decision makers:`.
pub(crate) fn is_label(text: &str) -> bool {
    text.strip_suffix(':')
        .is_some_and(|label| !label.contains(':') && label.split_whitespace().count() <= 4)
}

/// Whether a value is a date that nobody has filled in.
pub(crate) fn is_date_pattern(value: &str) -> bool {
    const PATTERNS: &[&str] = &[
        "yyyy-mm-dd",
        "dd-mm-yyyy",
        "yyyy/mm/dd",
        "dd/mm/yyyy",
        "mm/dd/yyyy",
        "dd.mm.yyyy",
    ];
    value.starts_with(['Y', 'y', 'D', 'd', 'M', 'm'])
        && value.get(.."yyyy-mm-dd".len()).is_some_and(|start| {
            PATTERNS
                .iter()
                .any(|pattern| start.eq_ignore_ascii_case(pattern))
        })
}

/// Whether a tag is no HTML but words in angle brackets: `<name of the service>`. One word alone
/// (`<name>`) is one only where a whole value stands (`alone`): elsewhere it is notation.
pub(crate) fn is_tag(tag: &str, alone: bool) -> bool {
    let Some(inner) = tag.strip_prefix('<').and_then(|tag| tag.strip_suffix('>')) else {
        return false;
    };
    if !inner.starts_with(char::is_alphabetic) || inner.contains(['=', '"', '<', '/']) {
        return false;
    }
    let mut words = inner.split_whitespace();
    let first = words.next().unwrap_or_default();
    let more = words.clone().count();
    let has_glue = words.any(|word| GLUE.contains(&word));
    let is_element = html::is_element(first);
    match more {
        0 => alone && (!is_element || matches!(first, "title" | "summary" | "link" | "option")),
        _ if is_element => more >= 2 && has_glue && first.len() > 1,
        _ => has_glue || first.starts_with(char::is_lowercase),
    }
}

/// Words that a description holds and a list of attributes does not.
const GLUE: &[&str] = &[
    "a", "an", "and", "for", "from", "here", "in", "is", "name", "of", "or", "the", "this", "to",
    "with", "your",
];
