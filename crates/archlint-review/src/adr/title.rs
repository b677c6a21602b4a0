//! The title of a record and the number in it.

use super::plain::{floor, plain, words};
use super::roles::{Role, part_name};
use archlint_document::{BlockKind, Document, Span};

/// The title of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// As a reader sees it.
    pub text: String,
    /// The heading, or the value in the front matter.
    pub span: Span,
    /// Index of the section that it heads; `None` in front matter.
    pub section: Option<usize>,
    /// The number in it: 12 for `# 12. Use queues` and for `# ADR-0012: Use queues`.
    pub number: Option<u32>,
}

/// The title: the first heading that is none of a record's parts; where that is no heading of the
/// first level, rather the front matter's `title`.
pub(crate) fn title(document: &Document) -> Option<Title> {
    let heading = document
        .sections
        .iter()
        .enumerate()
        .filter_map(|(index, section)| Some((index, section.level, section.heading.as_ref()?)))
        // A table of contents or a change log may stand first.
        .find(|(_, _, heading)| part_name(&heading.text) != Some(Role::Record));
    let Some((index, level, heading)) = heading.filter(|(_, _, h)| part_name(&h.text).is_none())
    else {
        return from_front_matter(document);
    };
    if level > 1
        && let Some(title) = from_front_matter(document)
    {
        return Some(title);
    }
    // "# Title", and the title below.
    if words(&heading.text) == "title"
        && let Some(block) = document.section_body_blocks(index).first()
        && block.kind == BlockKind::Paragraph
        && block.span.len() <= 120
    {
        let text = plain(document.source(&block.span));
        return Some(Title {
            number: number(&text),
            text,
            span: first_line(document, &block.span),
            section: Some(index),
        });
    }
    Some(Title {
        text: heading.text.clone(),
        span: first_line(document, &heading.span),
        section: Some(index),
        number: number(&heading.text),
    })
}

fn from_front_matter(document: &Document) -> Option<Title> {
    let front_matter = document.front_matter.as_ref()?;
    let field = front_matter
        .fields
        .iter()
        .find(|f| f.key.eq_ignore_ascii_case("title"))?;
    let text = plain(document.source(&field.value_span).trim_matches(['"', '\'']));
    (!text.is_empty()).then(|| Title {
        number: number(&text),
        text,
        span: field.value_span.clone(),
        section: None,
    })
}

/// The number that a title begins with: "12. Queues", "0012 - Queues", "ADR-0012: Queues".
pub(crate) fn number(title: &str) -> Option<u32> {
    let title = title[..floor(title, 200)].trim_start_matches(|c: char| !c.is_alphanumeric());
    if let Some(number) = digits(title) {
        let rest = title[number.1..].trim_start();
        let ends = rest.is_empty()
            || rest
                .trim_start_matches(['.', ':', ')', ']', '–', '—', '|', '-'])
                .len()
                < rest.len();
        // "12 factor apps", "2FA" and "3-tier" are about something else.
        let after = rest.trim_start_matches(['.', ':', ')', ']', '–', '—', '|', '-']);
        let apart = after.is_empty() || after.starts_with(char::is_whitespace);
        return (ends && apart).then_some(number.0);
    }
    let lower = title.to_lowercase();
    let (at, name) = ["adr", "adl", "pdr", "decision record", "decision"]
        .iter()
        .filter_map(|name| Some((lower.find(name)?, *name)))
        .min_by_key(|(at, name)| (*at, std::cmp::Reverse(name.len())))?;
    // A prefix may stand before it: "ODH-ADR-0004", "[adr]".
    let prefix = &lower[..at];
    if prefix.ends_with(char::is_alphanumeric) || prefix.split_whitespace().count() > 1 {
        return None;
    }
    let rest = &lower[at + name.len()..];
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    let rest = rest.trim_start_matches([' ', '_', '-', '#', ':', '.']);
    let rest = rest
        .strip_prefix("adr")
        .unwrap_or(rest)
        .trim_start_matches([' ', '_', '-', '#']);
    let (number, length) = digits(rest)?;
    (!rest[length..].starts_with(char::is_alphabetic)).then_some(number)
}

/// The number that `text` begins with, of at most six digits, and how many bytes it takes.
fn digits(text: &str) -> Option<(u32, usize)> {
    let length = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = text[..length].parse().ok()?;
    (length <= 6).then_some((number, length))
}

/// The number in the front matter's `adr`, `number` or `id`.
pub(crate) fn front_matter_number(document: &Document) -> Option<u32> {
    ["adr", "number", "adr_number", "adr-number", "id"]
        .iter()
        .find_map(|key| {
            let value = document.field(key)?;
            match value {
                serde_json::Value::Number(n) => n.as_u64().and_then(|n| u32::try_from(n).ok()),
                serde_json::Value::String(text) => text.parse().ok().or_else(|| number(text)),
                _ => None,
            }
        })
}

/// `span` without what follows its first line: the underline of a setext heading.
pub(crate) fn first_line(document: &Document, span: &Span) -> Span {
    let line = document.source(span).lines().next().unwrap_or_default();
    span.start..span.start + line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_number() {
        for (title, wanted) in [
            ("12. Use queues", Some(12)),
            ("ADR-0012: Use queues", Some(12)),
            ("ADR006: Avoid React.FC", Some(6)),
            ("0010 - Angular Modules", Some(10)),
            ("[ADR-7] Queues", Some(7)),
            ("ODH-ADR-0004 Requirements", Some(4)),
            ("Decision record 3: Queues", Some(3)),
            ("adrs-adr006", Some(6)),
            ("2FA for administrators", None),
            ("12 factor apps", None),
            ("Use HTTP/2", None),
        ] {
            assert_eq!(number(title), wanted, "{title}");
        }
    }
}
