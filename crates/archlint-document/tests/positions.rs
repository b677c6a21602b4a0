//! Lines and columns in the three encodings.

#![allow(clippy::unwrap_used)]

use Encoding::{Utf8, Utf16, Utf32};
use archlint_document::{Encoding, LineIndex, Position};

/// Line and column of the first occurrence of `needle`.
fn at(text: &str, needle: &str, encoding: Encoding) -> (usize, usize) {
    let position = LineIndex::new(text).position(text, text.find(needle).unwrap(), encoding);
    (position.line, position.column)
}

fn offset(text: &str, line: usize, column: usize, encoding: Encoding) -> usize {
    LineIndex::new(text).offset(text, Position { line, column }, encoding)
}

#[test]
fn columns_are_counted_in_the_units_of_the_encoding() {
    // é: 2 bytes; e + combining accent: 1 + 2 bytes; rocket: 4 bytes, 2 UTF-16 units.
    let text = "a\né e\u{301} 🚀x\n";
    assert_eq!(at(text, "x", Utf8), (1, 11));
    assert_eq!(at(text, "x", Utf16), (1, 7));
    assert_eq!(at(text, "x", Utf32), (1, 6));
    assert_eq!(offset(text, 1, 7, Utf16), text.find('x').unwrap());
}

#[test]
fn lines_end_with_lf_crlf_or_cr() {
    let text = "a\nb\r\nc\rd\r\r\ne";
    for (needle, line) in [("a", 0), ("b", 1), ("c", 2), ("d", 3), ("e", 5)] {
        assert_eq!(at(text, needle, Utf16), (line, 0), "{needle}");
    }
    let index = LineIndex::new(text);
    assert_eq!(index.line_count(), 6);
    assert_eq!(index.line_span(text, 1), Some(2..3));
    assert_eq!(index.line_span(text, 5), Some(11..12));
    assert_eq!(index.line_span(text, 6), None);
}

#[test]
fn a_byte_order_mark_belongs_to_no_column() {
    let text = "\u{feff}ab\nc";
    assert_eq!(at(text, "a", Utf8), (0, 0));
    assert_eq!(at(text, "b", Utf16), (0, 1));
    assert_eq!(
        LineIndex::new(text).position(text, 0, Utf32),
        Position { line: 0, column: 0 }
    );
    assert_eq!(offset(text, 0, 0, Utf16), 3);
    assert_eq!(at(text, "c", Utf8), (1, 0));
}

#[test]
fn the_last_line_may_lack_its_ending_or_be_empty() {
    assert_eq!(LineIndex::new("a").line_count(), 1);
    assert_eq!(LineIndex::new("a\n").line_count(), 2);
    assert_eq!(LineIndex::new("").line_count(), 1);
    let end = |text: &str| {
        let position = LineIndex::new(text).position(text, text.len(), Utf16);
        (position.line, position.column)
    };
    assert_eq!(end("ab\nc"), (1, 1));
    assert_eq!(end("ab\n"), (1, 0));
    assert_eq!(end("ab\r"), (1, 0));
    assert_eq!(end(""), (0, 0));
}

#[test]
fn positions_past_an_end_count_as_that_end() {
    let text = "ab\r\ncd\r\nef";
    assert_eq!(offset(text, 0, 99, Utf16), 2);
    assert_eq!(offset(text, 2, 99, Utf8), 10);
    assert_eq!(offset(text, 99, 0, Utf32), 10);
    let index = LineIndex::new(text);
    assert_eq!(
        index.position(text, 999, Utf16),
        Position { line: 2, column: 2 }
    );
    assert_eq!(
        index.position(text, 3, Utf16),
        Position { line: 0, column: 2 },
        "between CR and LF"
    );
}

#[test]
fn offsets_and_columns_within_a_character_count_as_its_start() {
    let text = "a🚀b";
    assert_eq!(
        LineIndex::new(text).position(text, 3, Utf16),
        Position { line: 0, column: 1 }
    );
    assert_eq!(offset(text, 0, 2, Utf16), 1);
    assert_eq!(offset(text, 0, 3, Utf8), 1);
}
