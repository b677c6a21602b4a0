//! Lines and columns in the units that terminals, editors and formats ask for.

/// The unit in which columns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, the default of the Language Server Protocol.
    Utf16,
    /// Characters (Unicode scalar values).
    Utf32,
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 0.
    pub line: usize,
    /// Column, from 0, in units of the [`Encoding`].
    pub column: usize,
}

/// Bytes between two counts of characters.
const STEP: usize = 1024;

/// Where the lines of a text start, and how many characters stand before each kilobyte of it, so
/// that a column costs the same on a line of five megabytes as on one of fifty bytes.
///
/// Lines end with LF, CR LF or a lone CR, as in the Language Server Protocol. A byte order mark at
/// the start belongs to no column: what follows it stands in column 0, as editors show it.
///
/// The index does not hold the text; every method must be given the text that it was made from.
#[derive(Debug, Clone, Default)]
pub struct LineIndex {
    /// Byte offset of the start of each line; that of the first is 0 or behind the byte order mark.
    starts: Vec<usize>,
    /// What stands before byte `i * STEP`.
    counts: Vec<Counts>,
    length: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// Characters that start before.
    characters: usize,
    /// Of these, those that take two UTF-16 units.
    wide: usize,
}

impl Counts {
    fn add(&mut self, bytes: &[u8]) {
        // Every byte but a continuation byte starts a character; four bytes mean two units. Sums in
        // a byte are what the compiler turns into vector instructions.
        for part in bytes.chunks(255) {
            let starts: u8 = part.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum();
            let wide: u8 = part.iter().map(|byte| u8::from(*byte >= 0xF0)).sum();
            self.characters += usize::from(starts);
            self.wide += usize::from(wide);
        }
    }

    fn units(self, offset: usize, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Utf8 => offset,
            Encoding::Utf16 => self.characters + self.wide,
            Encoding::Utf32 => self.characters,
        }
    }
}

impl LineIndex {
    /// Indexes a text, in one pass.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![if text.starts_with('\u{feff}') { 3 } else { 0 }];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !is_crlf {
                starts.push(at + 1);
            }
        }
        let mut counts = vec![Counts::default()];
        let mut sum = Counts::default();
        for step in bytes.chunks(STEP) {
            sum.add(step);
            counts.push(sum);
        }
        LineIndex {
            starts,
            counts,
            length: text.len(),
        }
    }

    /// How many lines there are: one more than there are line endings.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The line (from 0) that holds a byte. A line ending belongs to the line that it ends; what is
    /// past the text is on the last line.
    pub fn line(&self, offset: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1)
    }

    /// The byte range of a line (from 0) without its ending; `None` when there is no such line.
    pub fn line_span(&self, text: &str, line: usize) -> Option<crate::Span> {
        let start = *self.starts.get(line)?;
        let next = self.starts.get(line + 1).copied().unwrap_or(self.length);
        let written = text.get(start..next)?;
        let end = if line + 1 < self.starts.len() {
            let without_lf = written.strip_suffix('\n').unwrap_or(written);
            start + without_lf.strip_suffix('\r').unwrap_or(without_lf).len()
        } else {
            next
        };
        Some(start..end)
    }

    /// The position of a byte offset. An offset inside a character counts as that of its start, one
    /// inside a line ending or past the text as the end of the line.
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let line = self.line(offset);
        let column = self.line_span(text, line).map_or(0, |span| {
            let offset = floor_boundary(text, offset.clamp(span.start, span.end));
            self.units(text, offset, encoding) - self.units(text, span.start, encoding)
        });
        Position { line, column }
    }

    /// The byte offset of a position. As in the Language Server Protocol, a column past the end of
    /// its line counts as that end, a line past the text as the end of the text; a column inside of
    /// a character counts as its start.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let Some(span) = self.line_span(text, position.line) else {
            return self.length;
        };
        if encoding == Encoding::Utf8 {
            let offset = span.start.saturating_add(position.column).min(span.end);
            return floor_boundary(text, offset).max(span.start);
        }
        let first = self.units(text, span.start, encoding);
        let wanted = first.saturating_add(position.column);
        let steps = &self.counts[..=(span.end / STEP).min(self.counts.len().saturating_sub(1))];
        let step = steps.partition_point(|counts| counts.units(0, encoding) <= wanted);
        let step = step.saturating_sub(1) * STEP;
        // Counts may stand in the middle of a character, which then has been counted.
        let (mut at, mut units) = if step > span.start {
            let at = floor_boundary(text, step);
            (at, self.units(text, at, encoding))
        } else {
            (span.start, first)
        };
        for character in text.get(at..span.end).unwrap_or_default().chars() {
            units += match encoding {
                Encoding::Utf16 => character.len_utf16(),
                _ => 1,
            };
            if units > wanted {
                break;
            }
            at += character.len_utf8();
        }
        at
    }

    /// Units from the start of the text to a byte offset on a character boundary.
    fn units(&self, text: &str, offset: usize, encoding: Encoding) -> usize {
        if encoding == Encoding::Utf8 {
            return offset;
        }
        let step = offset / STEP;
        let mut counts = self.counts.get(step).copied().unwrap_or_default();
        counts.add(text.as_bytes().get(step * STEP..offset).unwrap_or_default());
        counts.units(offset, encoding)
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}
