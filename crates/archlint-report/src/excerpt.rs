//! The few lines of a document that a finding is shown with: harmless, and cut to the terminal's
//! width, however long the document's lines are.

use crate::place::Places;
use crate::printable::{REPLACEMENT, is_hazard};
use codespan_reporting::files::{Error, Files};
use std::collections::BTreeMap;
use std::ops::Range;

/// Lines of a passage that are shown; of a longer one its beginning.
const LINES: usize = 3;
/// Characters shown before a passage that starts far into its line.
const LEAD: usize = 20;
/// Columns that codespan's gutter and our ellipses take.
const GUTTER: usize = 12;

/// A passage to be underlined, and what to write beside it.
pub(crate) struct Mark {
    pub(crate) span: Range<usize>,
    pub(crate) label: String,
}

/// Lines taken out of a document, as the only "file" that codespan gets to see.
pub(crate) struct Excerpt {
    name: String,
    text: String,
    lines: Vec<Line>,
    marked: Vec<Range<usize>>,
    /// Column of the first mark, from 1.
    column: usize,
}

struct Line {
    /// Where it starts in the excerpt's text.
    start: usize,
    /// Its number in the document, from 1.
    number: usize,
}

impl Excerpt {
    /// The lines of `marks`; the first mark is the one that the report is about. `name` must be
    /// harmless already.
    pub(crate) fn of(name: &str, places: &Places<'_>, marks: &[Mark], width: usize) -> Self {
        let width = width.saturating_sub(GUTTER).max(LEAD * 2);
        let spans: Vec<Range<usize>> = marks
            .iter()
            .map(|mark| shown_part(&mark.span, places))
            .collect();
        let windows = windows(&spans, places, width);
        let mut excerpt = Excerpt {
            name: name.to_owned(),
            text: String::new(),
            lines: Vec::new(),
            marked: Vec::new(),
            column: spans
                .first()
                .map_or(1, |span| places.point(span.start).column),
        };
        // Document offset and excerpt offset of every character that is shown, in order.
        let mut copied: Vec<(usize, usize)> = Vec::new();
        let mut previous: Option<usize> = None;
        for (&number, window) in &windows {
            excerpt.skip_to(number, previous, places, width);
            excerpt.copy_line(number, window, places, &mut copied);
            previous = Some(number);
        }
        excerpt.marked = spans.iter().map(|span| moved(span, &copied)).collect();
        excerpt
    }

    /// Where the marks are in the excerpt, in their order.
    pub(crate) fn marked(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.marked.iter().cloned()
    }

    /// Codespan draws a gap where line indices are more than two apart, and a single line between
    /// as it is.
    fn skip_to(
        &mut self,
        number: usize,
        previous: Option<usize>,
        places: &Places<'_>,
        width: usize,
    ) {
        let Some(previous) = previous else { return };
        match number - previous {
            0 | 1 => {}
            2 => {
                let line = places.line(number - 1);
                let window = window_at(&line, line.start, places, width);
                self.copy_line(number - 1, &window, places, &mut Vec::new());
            }
            _ => {
                for filler in [previous + 1, previous + 2] {
                    self.lines.push(Line {
                        start: self.text.len(),
                        number: filler,
                    });
                    self.text.push('\n');
                }
            }
        }
    }

    fn copy_line(
        &mut self,
        number: usize,
        window: &Range<usize>,
        places: &Places<'_>,
        copied: &mut Vec<(usize, usize)>,
    ) {
        let line = places.line(number);
        self.lines.push(Line {
            start: self.text.len(),
            number,
        });
        if window.start > line.start {
            self.text.push('…');
        }
        for (at, c) in places.text(window).char_indices() {
            copied.push((window.start + at, self.text.len()));
            self.text.push(if c != '\t' && is_hazard(c) {
                REPLACEMENT
            } else {
                c
            });
        }
        copied.push((window.end, self.text.len()));
        if window.end < line.end {
            self.text.push('…');
        }
        self.text.push('\n');
    }
}

/// The beginning of `span`, as far as it is shown.
fn shown_part(span: &Range<usize>, places: &Places<'_>) -> Range<usize> {
    let (first, last) = places.line_range(span);
    let end = if last - first < LINES {
        span.end
    } else {
        places.line(first + LINES - 1).end
    };
    span.start..end.max(span.start)
}

/// For each line that holds a part of `spans`, by its number, the part of it that is shown.
fn windows(
    spans: &[Range<usize>],
    places: &Places<'_>,
    width: usize,
) -> BTreeMap<usize, Range<usize>> {
    let mut windows = BTreeMap::new();
    for span in spans {
        let (first, last) = places.line_range(span);
        for number in first..=last {
            let line = places.line(number);
            let focus = if number == first {
                span.start
            } else {
                line.start
            };
            windows
                .entry(number)
                .or_insert_with(|| window_at(&line, focus, places, width));
        }
    }
    windows
}

/// The part of `line` to show: all of it if it has at most `width` characters, else as many from the
/// line's start when `focus` is near it, or from some words before `focus`.
fn window_at(line: &Range<usize>, focus: usize, places: &Places<'_>, width: usize) -> Range<usize> {
    if places.text(line).char_indices().nth(width).is_none() {
        return line.clone();
    }
    let before = places.text(&(line.start..focus.clamp(line.start, line.end)));
    let start = match before.char_indices().rev().nth(width / 2) {
        None => line.start,
        Some(_) => {
            let lead = before
                .char_indices()
                .rev()
                .nth(LEAD)
                .map_or(0, |(at, _)| at);
            let word = before[lead..].find(' ').map_or(0, |at| at + 1);
            line.start + lead + word
        }
    };
    let rest = places.text(&(start..line.end));
    start
        ..rest
            .char_indices()
            .nth(width)
            .map_or(line.end, |(at, _)| start + at)
}

/// Where `span` is in the excerpt; what is not shown of it ends where the shown part ends.
fn moved(span: &Range<usize>, copied: &[(usize, usize)]) -> Range<usize> {
    let place = |offset: usize| {
        let after = copied.partition_point(|(original, _)| *original < offset);
        copied
            .get(after)
            .or(copied.last())
            .map_or(0, |(_, place)| *place)
    };
    let start = place(span.start);
    // An end between two windows belongs to the one before it.
    let before_end = copied.partition_point(|(original, _)| *original <= span.end);
    let end = before_end
        .checked_sub(1)
        .and_then(|at| copied.get(at))
        .map_or(start, |(_, place)| *place);
    start..end.max(start)
}

impl<'a> Files<'a> for Excerpt {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.name)
    }

    fn source(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.text)
    }

    fn line_index(&'a self, (): (), byte: usize) -> Result<usize, Error> {
        Ok(self
            .lines
            .partition_point(|line| line.start <= byte)
            .saturating_sub(1))
    }

    fn line_number(&'a self, (): (), index: usize) -> Result<usize, Error> {
        self.line_at(index).map(|line| line.number)
    }

    fn column_number(&'a self, (): (), _line: usize, _byte: usize) -> Result<usize, Error> {
        // Asked only for the place in the header, which is the first mark's.
        Ok(self.column)
    }

    fn line_range(&'a self, (): (), index: usize) -> Result<Range<usize>, Error> {
        let start = self.line_at(index)?.start;
        let end = self
            .lines
            .get(index + 1)
            .map_or(self.text.len(), |next| next.start);
        Ok(start..end)
    }
}

impl Excerpt {
    fn line_at(&self, index: usize) -> Result<&Line, Error> {
        self.lines.get(index).ok_or(Error::LineTooLarge {
            given: index,
            max: self.lines.len().saturating_sub(1),
        })
    }
}
