//! The title of a record and the number in it.

use super::plain::{floor, plain};
use super::roles::{Role, part_name};
use archlint_document::{Document, Span};
use regex::Regex;
use std::sync::LazyLock;

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

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) ^ [^\p{Alphabetic}\d]*
        (?: (?:\w+[\s_-]+)? \b(?:adr|adl|decision|pdr|edr|ddr)s? (?:\s+record)? [\s_\#:.-]* (?:adr)? [\s_\#-]* 0*(?P<named>\d{1,6}) (?:\b|_)
          | \#? 0*(?P<bare>\d{1,6}) (?: \s*[.:)\]–—|-]+(?:\s|$) | \s*$ ) )",
    )
    .ok()
});

/// The title: the first heading that is none of a record's parts, else the front matter's `title`.
pub(crate) fn title(document: &Document) -> Option<Title> {
    let heading = document
        .sections
        .iter()
        .enumerate()
        .filter_map(|(index, section)| Some((index, section.heading.as_ref()?)))
        // A table of contents or a change log may stand first.
        .find(|(_, heading)| part_name(&heading.text) != Some(Role::Record));
    match heading {
        Some((index, heading)) if part_name(&heading.text).is_none() => Some(Title {
            text: heading.text.clone(),
            span: first_line(document, &heading.span),
            section: Some(index),
            number: number(&heading.text),
        }),
        _ => from_front_matter(document),
    }
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

/// The number that a title begins with.
pub(crate) fn number(title: &str) -> Option<u32> {
    let title = &title[..floor(title, 200)];
    let found = NUMBER.as_ref()?.captures(title)?;
    let digits = found.name("named").or_else(|| found.name("bare"))?;
    digits.as_str().parse().ok()
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
