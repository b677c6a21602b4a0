//! From bytes of a document to the lines and columns that reports show.

use archlint_document::{Encoding, LineIndex, Span};
use archlint_workspace::Reviewed;
use schemars::JsonSchema;
use serde::Serialize;

/// A passage: from its first character to the one after its last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Range {
    /// Its first character.
    pub start: Point,
    /// The place after its last character.
    pub end: Point,
}

/// A place between two characters of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Point {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters (Unicode code points, as UTF-32 counts).
    pub column: usize,
    /// Bytes of UTF-8 from the start of the file.
    pub offset: usize,
    /// Column, from 1, in bytes of UTF-8, for formats that want it.
    #[serde(skip)]
    pub(crate) byte_column: usize,
}

/// The places of one document.
pub(crate) struct Places<'a> {
    text: &'a str,
    lines: &'a LineIndex,
}

impl<'a> Places<'a> {
    pub(crate) fn of(reviewed: &'a Reviewed) -> Self {
        Places {
            text: &reviewed.document.text,
            lines: &reviewed.lines,
        }
    }

    /// The source of `span`; what lies outside of the text is left out.
    pub(crate) fn text(&self, span: &Span) -> &'a str {
        let end = self.text.floor_char_boundary(span.end.min(self.text.len()));
        let start = self.text.floor_char_boundary(span.start.min(end));
        &self.text[start..end]
    }

    pub(crate) fn point(&self, offset: usize) -> Point {
        let at = self.lines.position(self.text, offset, Encoding::Utf32);
        let bytes = self.lines.position(self.text, offset, Encoding::Utf8);
        Point {
            line: at.line + 1,
            column: at.column + 1,
            offset,
            byte_column: bytes.column + 1,
        }
    }

    pub(crate) fn range(&self, span: &Span) -> Range {
        Range {
            start: self.point(span.start),
            end: self.point(span.end),
        }
    }

    /// First and last line of `span`, from 1. A span that ends at a line's start ends on the line
    /// before.
    pub(crate) fn line_range(&self, span: &Span) -> (usize, usize) {
        let first = self.lines.line(span.start);
        let last = self.lines.line(span.end.saturating_sub(1).max(span.start));
        (first + 1, last.max(first) + 1)
    }

    /// The bytes of a line (from 1) without its ending.
    pub(crate) fn line(&self, number: usize) -> Span {
        let end = self.text.len();
        self.lines
            .line_span(self.text, number.saturating_sub(1))
            .unwrap_or(end..end)
    }
}
