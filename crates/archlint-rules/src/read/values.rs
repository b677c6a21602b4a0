//! Values that several tables hold.

use crate::error::PackError;
use crate::table::Table;
use crate::{Expect, Kind, Severity, Text};

pub(super) const KINDS: [(&str, Kind); 4] = [
    ("adr", Kind::Adr),
    ("design", Kind::Design),
    ("overview", Kind::Overview),
    ("other", Kind::Other),
];

pub(super) const SEVERITIES: [(&str, Severity); 4] = [
    ("error", Severity::Error),
    ("warning", Severity::Warning),
    ("info", Severity::Info),
    ("hint", Severity::Hint),
];

pub(super) const EXPECTATIONS: [(&str, Expect); 2] =
    [("match", Expect::Match), ("no-match", Expect::NoMatch)];

pub(super) fn message(t: &mut Table<'_>) -> Option<Text> {
    let message = t.text("message")?;
    let wrong = if message.ends_with('.') {
        Some("ends with a full stop")
    } else if message.contains('\n') {
        Some("has more than one line")
    } else if message.chars().count() > 80 {
        Some("is longer than 80 characters")
    } else {
        None
    };
    if let Some(wrong) = wrong {
        t.error(
            PackError::at(message.place, format!("the message {wrong}"))
                .help("a message is one clause of at most 80 characters, without a full stop; the rest belongs in `help`"),
        );
    }
    Some(message)
}

pub(super) fn references(t: &mut Table<'_>) -> Vec<Text> {
    let references = t.texts("references");
    for reference in &references {
        if !reference.starts_with("https://") && !reference.starts_with("http://") {
            t.error(
                PackError::at(reference.place, "a reference that is not an address")
                    .help("references begin with https:// or http://"),
            );
        }
    }
    references
}

pub(super) fn check_scaffold(t: &Table<'_>, scaffold: Option<&Text>) {
    let Some(scaffold) = scaffold else { return };
    let first = scaffold.trim_start().lines().next().unwrap_or_default();
    let marks = first.bytes().take_while(|b| *b == b'#').count();
    let heading = (1..=6).contains(&marks)
        && first[marks..].starts_with([' ', '\t'])
        && !first[marks..].trim().is_empty();
    if !heading {
        t.error(
            PackError::at(scaffold.place, "the scaffold does not begin with a heading").help(
                "a scaffold is Markdown whose first line is a heading, such as `## Rollback`",
            ),
        );
    }
}
