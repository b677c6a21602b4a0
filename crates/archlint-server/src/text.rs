//! The text of an open document, kept in step with the editor's.

use archlint_document::{Encoding, LineIndex, Position};

const MARK: &str = "\u{feff}";

/// A change as the editor tells it.
#[derive(Debug, Clone)]
pub struct Change {
    /// From where to where, in the negotiated units; `None`: the whole text is replaced.
    pub range: Option<(Position, Position)>,
    /// What stands there afterwards.
    pub text: String,
}

/// Makes `changes` in `text`, one after the other. Positions outside of the text count as its
/// nearest place, a range that ends before it starts is turned around.
pub fn apply(text: &mut String, changes: Vec<Change>, encoding: Encoding) {
    for change in changes {
        match change.range {
            None => *text = change.text,
            Some((start, end)) => {
                let lines = LineIndex::new(text);
                let start = offset(&lines, text, start, encoding);
                let end = offset(&lines, text, end, encoding);
                text.replace_range(start.min(end)..start.max(end), &change.text);
            }
        }
    }
}

/// The byte of a position as an editor counts it: a byte order mark at the start of the text is a
/// character like any other. `lines` are those of `text`.
pub fn offset(lines: &LineIndex, text: &str, position: Position, encoding: Encoding) -> usize {
    let mark = mark_units(text, position.line, encoding);
    if mark > 0 && position.column == 0 {
        return 0;
    }
    let column = position.column.saturating_sub(mark);
    lines.offset(text, Position { column, ..position }, encoding)
}

/// The position of a byte as an editor counts it.
pub fn position(lines: &LineIndex, text: &str, offset: usize, encoding: Encoding) -> Position {
    let mut position = lines.position(text, offset, encoding);
    if offset >= MARK.len() {
        position.column += mark_units(text, position.line, encoding);
    }
    position
}

/// Units of a byte order mark on `line`.
fn mark_units(text: &str, line: usize, encoding: Encoding) -> usize {
    match (line == 0 && text.starts_with(MARK), encoding) {
        (false, _) => 0,
        (true, Encoding::Utf8) => MARK.len(),
        (true, Encoding::Utf16 | Encoding::Utf32) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: usize, column: usize) -> Position {
        Position { line, column }
    }

    fn changed(text: &str, start: Position, end: Position, by: &str, encoding: Encoding) -> String {
        let mut text = text.to_owned();
        let change = Change {
            range: Some((start, end)),
            text: by.to_owned(),
        };
        apply(&mut text, vec![change], encoding);
        text
    }

    #[test]
    fn a_change_is_made_in_the_units_of_the_editor() {
        let text = "a😀b\r\nc";
        assert_eq!(
            changed(text, at(0, 3), at(0, 4), "X", Encoding::Utf16),
            "a😀X\r\nc"
        );
        assert_eq!(
            changed(text, at(0, 2), at(0, 3), "X", Encoding::Utf32),
            "a😀X\r\nc"
        );
        assert_eq!(
            changed(text, at(0, 5), at(0, 6), "X", Encoding::Utf8),
            "a😀X\r\nc"
        );
        assert_eq!(
            changed(text, at(0, 4), at(1, 0), "", Encoding::Utf16),
            "a😀bc"
        );
    }

    #[test]
    fn a_range_outside_of_the_text_is_taken_as_its_nearest_place() {
        assert_eq!(
            changed("ab", at(9, 9), at(9, 9), "c", Encoding::Utf16),
            "abc"
        );
        assert_eq!(
            changed("ab\nd", at(0, 99), at(0, 99), "c", Encoding::Utf16),
            "abc\nd"
        );
        assert_eq!(changed("ab", at(0, 2), at(0, 0), "c", Encoding::Utf16), "c");
    }

    #[test]
    fn a_byte_order_mark_is_a_character() {
        let text = "\u{feff}ab\ncd";
        assert_eq!(
            changed(text, at(0, 0), at(0, 1), "", Encoding::Utf16),
            "ab\ncd"
        );
        assert_eq!(
            changed(text, at(0, 3), at(0, 4), "", Encoding::Utf8),
            "\u{feff}b\ncd"
        );
        assert_eq!(
            changed(text, at(1, 0), at(1, 1), "", Encoding::Utf16),
            "\u{feff}ab\nd"
        );
        let lines = LineIndex::new(text);
        assert_eq!(position(&lines, text, 3, Encoding::Utf16), at(0, 1));
        assert_eq!(position(&lines, text, 0, Encoding::Utf16), at(0, 0));
        assert_eq!(position(&lines, text, 6, Encoding::Utf16), at(1, 0));
    }
}
