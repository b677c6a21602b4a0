//! Badges that say a status or a date.

use super::plain::words;
use super::status::begins_with_state;
use archlint_document::{BlockKind, Document, Span};

/// What a badge says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Badge {
    /// Its label in lower case: `status`, `date`; empty when it has none.
    pub label: String,
    /// Its message, as shown.
    pub message: String,
    /// The image in the document.
    pub span: Span,
}

/// The badges among the first images of `document`.
pub(crate) fn badges(document: &Document) -> Vec<Badge> {
    let images = document.links.iter().filter(|link| link.image).take(20);
    let mut badges: Vec<Badge> = images
        .filter_map(|link| badge(&link.target, &link.text, &link.span))
        .collect();
    let html = document
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Html)
        .take(5);
    for block in html {
        let source = document.source(&block.span);
        for (start, end) in image_sources(source).take(10) {
            let span = block.span.start + start..block.span.start + end;
            badges.extend(badge(&source[start..end], "", &span));
        }
    }
    badges
}

/// Where the `src` of each `<img>` stands in HTML.
fn image_sources(html: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    html.match_indices("<img").filter_map(|(at, _)| {
        let tag = html[at..].split('>').next()?;
        let value = at + tag.find("src=")? + 4;
        let quote = html[value..]
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''))?;
        let length = html[value + 1..].find(quote)?;
        Some((value + 1, value + 1 + length))
    })
}

fn badge(target: &str, description: &str, span: &Span) -> Option<Badge> {
    let lower = target.to_lowercase();
    if !lower.contains("badge") {
        return None;
    }
    let path = lower.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_end_matches('/');
    let last = path.rsplit_once("badge/").map_or(path, |(_, last)| last);
    // shields.io: label-message-colour, with `--` for a dash and `_` for a blank; badgen.net:
    // label/message/colour.
    let unescaped = last
        .replace("--", "\u{1}")
        .replace(['_'], " ")
        .replace("%20", " ");
    let parts: Vec<String> = unescaped
        .split(['-', '/'])
        .map(|part| {
            part.replace('\u{1}', "-")
                .trim_end_matches(".svg")
                .to_owned()
        })
        .collect();
    let (label, message) = match parts.as_slice() {
        [label, message, ..] if parts.len() >= 3 => (label.clone(), message.clone()),
        [message, ..] => (String::new(), message.clone()),
        [] => return None,
    };
    let label = words(&label);
    let known = [
        "status",
        "state",
        "adr",
        "adr status",
        "date",
        "last updated",
        "updated",
        "created",
    ];
    if known.contains(&label.as_str()) {
        return Some(Badge {
            label,
            message,
            span: span.clone(),
        });
    }
    let described = description.rsplit(':').next().unwrap_or_default();
    begins_with_state(described)?;
    Some(Badge {
        label: "status".into(),
        message: described.trim().to_owned(),
        span: span.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_two_common_services() {
        let read =
            |target: &str, text: &str| badge(target, text, &(0..1)).map(|b| (b.label, b.message));
        let wanted = Some(("status".to_owned(), "accepted".to_owned()));
        assert_eq!(
            read(
                "https://img.shields.io/badge/Status-Accepted-green?style=flat",
                ""
            ),
            wanted
        );
        assert_eq!(
            read("https://badgen.net/badge/status/accepted/green/", ""),
            wanted
        );
        assert_eq!(
            read("https://img.shields.io/badge/date-2026--05--09-blue", ""),
            Some(("date".to_owned(), "2026-05-09".to_owned()))
        );
        assert_eq!(
            read("https://ci.example.org/badge/build-passing-green", "build"),
            None
        );
        assert_eq!(read("images/overview.png", "Accepted"), None);
    }
}
