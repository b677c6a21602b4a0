//! Keeping what a document could do to a terminal out of the output: escape sequences, C1 controls,
//! text direction overrides, invisible tags.

use std::borrow::Cow;

/// What stands in for a character that is not passed on.
pub(crate) const REPLACEMENT: char = '\u{FFFD}';

/// Whether a terminal, or a reader's eye, could be deceived by `c`. Line feeds and tabs count too:
/// who wants to keep them asks for them first.
pub(crate) fn is_hazard(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200E}' | '\u{200F}'      // direction marks
            | '\u{2028}' | '\u{2029}'                 // line and paragraph separators
            | '\u{202A}'..='\u{202E}'                 // direction embeddings and overrides
            | '\u{2066}'..='\u{2069}'                 // direction isolates
            | '\u{FEFF}'                              // byte order mark
            | '\u{FFF9}'..='\u{FFFB}'                 // interlinear annotation
            | '\u{E0000}'..='\u{E007F}') // invisible tags
}

/// `text` on one line: runs of white space become one space, hazards [`REPLACEMENT`].
pub fn one_line(text: &str) -> Cow<'_, str> {
    let mut space_before = true;
    let clean = text.chars().all(|c| {
        let keep = if c == ' ' {
            !space_before
        } else {
            !c.is_whitespace() && !is_hazard(c)
        };
        space_before = c == ' ';
        keep
    });
    if clean && !text.ends_with(' ') {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.push(if is_hazard(c) { REPLACEMENT } else { c });
        }
    }
    line.truncate(line.trim_end().len());
    Cow::Owned(line)
}

/// As [`one_line`], cut after `limit` characters with an ellipsis. Reads no further than it must.
pub(crate) fn excerpt(text: &str, limit: usize) -> String {
    let reach = text
        .char_indices()
        .nth(limit * 4)
        .map_or(text.len(), |(at, _)| at);
    let line = one_line(&text[..reach]);
    match line.char_indices().nth(limit) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None if reach < text.len() => format!("{line}…"),
        None => line.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(one_line("Größe – “gut” 👍🏽"), Cow::Borrowed(_)));
    }

    #[test]
    fn escape_sequences_and_direction_overrides_lose_their_power() {
        assert_eq!(
            one_line("\u{1b}[31mred\u{9b}2J\0 \u{202e}evil\u{2066}"),
            "\u{fffd}[31mred\u{fffd}2J\u{fffd} \u{fffd}evil\u{fffd}"
        );
    }

    #[test]
    fn lines_and_tabs_become_spaces() {
        assert_eq!(one_line("  a\r\n\tb\u{2028}c  "), "a b c");
    }

    #[test]
    fn a_long_text_is_cut_with_an_ellipsis() {
        assert_eq!(excerpt("one two three", 8), "one two…");
        assert_eq!(excerpt(&" ".repeat(100), 8), "…");
        assert_eq!(excerpt("one two", 8), "one two");
    }
}
