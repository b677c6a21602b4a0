//! Marks for what is still to be written: `TBD`, `TODO: explain`, `to be defined`.

use crate::Span;

/// What stands for something that is still to be written.
#[rustfmt::skip]
const MARKS: &[&str] = &[
    "coming soon", "fill me in", "fixme", "tba", "tbc", "tbd", "tbw", "to be added",
    "to be completed", "to be decided", "to be defined", "to be determined", "to be discussed",
    "to be done", "to be filled", "to be filled in", "to be written", "todo",
];

/// The marks that authors write in capitals within other text.
const CAPITALS: &[&str] = &["FIXME", "TBA", "TBC", "TBD", "TODO"];

/// In lower case, without the punctuation around it.
pub(crate) fn bare(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
}

/// Whether a text is such a mark and nothing else.
pub(crate) fn is_open(text: &str) -> bool {
    if text.len() > 30 {
        return false;
    }
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.starts_with(['C', 'c', 'F', 'f', 'T', 't'])
        && MARKS.iter().any(|mark| mark.eq_ignore_ascii_case(text))
}

/// Whether a text begins with such a mark and a colon or the like: `TODO: explain`,
/// `TBD (after the tests)`.
pub(crate) fn starts_open(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    CAPITALS.iter().any(|mark| {
        text.strip_prefix(mark).is_some_and(|rest| {
            rest.trim_start_matches([' ', ']', ')', '*', '_', '>', '}'])
                .starts_with([':', '(', '-', '–', '—', ',', '.', '\n'])
        })
    })
}

/// Calls `found` with each mark in capitals that stands for a value in other text: "the limit is
/// TBD", "see ADR TODO: TBC", "TODO what if". "The TODO list" and "trunk-based development (TBD)"
/// are none.
pub(crate) fn find(text: &str, mut found: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    for at in memchr::memchr2_iter(b'T', b'F', bytes) {
        if !matches!(bytes.get(at + 1), Some(b'B' | b'O' | b'I')) {
            continue;
        }
        let Some(mark) = CAPITALS.iter().find(|mark| text[at..].starts_with(**mark)) else {
            continue;
        };
        let end = at + mark.len();
        let before = text[..at].trim_end();
        let touches = text[..at].ends_with(|c: char| c.is_alphanumeric() || "-_/.#".contains(c))
            || text[end..].starts_with(|c: char| c.is_alphanumeric() || "-_/".contains(c));
        if touches || is_abbreviation_of(mark, before) {
            continue;
        }
        let after = text[end..].trim_start_matches([')', ']', '*', '_']);
        let stands_alone = after.is_empty() || after.starts_with(['.', ',', ';', ':', '\n', '(']);
        let starts = before.is_empty() || before.ends_with(['.', '?', '!', ':', '-', '–', '—']);
        let is_value = before.ends_with(['=', '(', '['])
            || ["is", "are", "be", "still", "currently", "ADR", "TODO"]
                .contains(&last_word(before));
        let asks = *mark == "TODO" && starts && after.starts_with(' ') && !before.is_empty();
        if after.starts_with(':') || stands_alone && (starts || is_value) || asks {
            found(at..end);
        }
    }
}

/// The last of a few bytes of text: a word as long as those that are asked for.
fn last_word(text: &str) -> &str {
    let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(16))..];
    tail.rsplit(' ').next().unwrap_or_default()
}

/// Whether the words before spell the mark, as in "test-based design (TBD".
fn is_abbreviation_of(mark: &str, before: &str) -> bool {
    let Some(words) = before.strip_suffix('(') else {
        return false;
    };
    let initials = words
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .map(|initial| initial.to_ascii_uppercase());
    let mut letters = mark.chars().rev();
    letters
        .by_ref()
        .zip(initials)
        .all(|(letter, initial)| letter == initial)
        && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        let mut count = 0;
        find(text, |_| count += 1);
        count
    }

    #[test]
    fn marks_within_text_count_where_a_value_is_missing() {
        for text in [
            "The retention is TBD.",
            "see ADR TODO: decide",
            "It works. TODO what happens when it fails",
            "Owner (TBD), reviewer open",
            "Retention: TBC",
        ] {
            assert_eq!(found(text), 1, "{text}");
        }
    }

    #[test]
    fn ordinary_uses_of_the_letters_do_not_count() {
        for text in [
            "The TODO list is kept in memory.",
            "We practise trunk-based development (TBD).",
            "TBD means small branches",
            "See ADR-TBD-7 and TODOS",
            "The Future Is Mine",
        ] {
            assert_eq!(found(text), 0, "{text}");
        }
    }

    #[test]
    fn a_mark_alone_may_be_wrapped_in_punctuation() {
        for text in ["TBD", "_TODO_", "[tbd].", "**To be defined**"] {
            assert!(is_open(text), "{text}");
        }
        assert!(!is_open("To do"));
        assert!(!is_open("TODO list"));
        assert!(starts_open("TODO: explain"));
        assert!(starts_open("TBD (after the tests)"));
        assert!(!starts_open("TODO lists are kept"));
    }
}
