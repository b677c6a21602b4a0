//! The visible text of the block that is being read, and where each piece of it stands.

use crate::{Run, RunStyle, Sentence, Span};

/// A piece of [`InlineText::flat`].
#[derive(Debug)]
pub(crate) struct Piece {
    /// Where the piece starts in the flat text.
    pub start: usize,
    /// Where it stands in the source; empty for a `<br>`, which is a line feed in the flat text.
    pub span: Span,
    pub style: RunStyle,
}

/// Visible text of one block, joined, so that sentences can be found across marks.
///
/// A piece is as long here as in the source. Inline code is masked with the letter x, so that
/// nothing in it looks like the end of a sentence.
#[derive(Debug, Default)]
pub(crate) struct InlineText {
    pub flat: String,
    pub pieces: Vec<Piece>,
}

impl InlineText {
    pub fn clear(&mut self) {
        self.flat.clear();
        self.pieces.clear();
    }

    /// Adds visible text. Text that follows text of the same style with nothing but white space
    /// between them becomes one piece with it.
    pub fn push(&mut self, source: &str, span: Span, style: RunStyle) {
        if span.is_empty() {
            return;
        }
        if let Some(last) = self.pieces.last_mut()
            && last.style == style
            && style != RunStyle::Code
            && !last.span.is_empty()
            && is_blank(&source[last.span.end..span.start])
        {
            self.flat.push_str(&source[last.span.end..span.end]);
            last.span.end = span.end;
            return;
        }
        let start = self.flat.len();
        if style == RunStyle::Code {
            self.flat.extend(std::iter::repeat_n('x', span.len()));
        } else {
            self.flat.push_str(&source[span.clone()]);
        }
        self.pieces.push(Piece { start, span, style });
    }

    /// Adds a line end that does not stand in the source as one.
    pub fn push_break(&mut self, at: usize) {
        self.pieces.push(Piece {
            start: self.flat.len(),
            span: at..at,
            style: RunStyle::Plain,
        });
        self.flat.push('\n');
    }

    /// Drops the anchor that some renderers read at the end of a heading, as in `Title {#anchor}`.
    pub fn drop_anchor(&mut self) {
        let text = self.flat.trim_end();
        if !text.ends_with('}') {
            return;
        }
        let Some(at) = text.rfind("{#") else {
            return;
        };
        let end = text[..at].trim_end().len();
        if end == 0 || text[at..].contains(' ') {
            return;
        }
        while self.pieces.last().is_some_and(|piece| piece.start >= end) {
            self.pieces.pop();
        }
        if let Some(last) = self.pieces.last_mut() {
            last.span.end = last.span.end.min(last.span.start + (end - last.start));
        }
        self.flat.truncate(end);
    }

    /// Adds the sentences that end at `ends`, each up to the next, to those of a document. What has
    /// no visible text is no sentence.
    pub fn add_sentences(
        &self,
        ends: &[usize],
        block: usize,
        sentences: &mut Vec<Sentence>,
        runs: &mut Vec<Run>,
    ) {
        let mut from = 0;
        let mut piece = 0;
        for &end in ends {
            let text = &self.flat[from..end];
            let flat_start = end - text.trim_start().len();
            let flat_end = from + text.trim_end().len();
            from = end;
            if flat_start >= flat_end {
                continue;
            }
            let first_run = runs.len();
            while let Some(current) = self.pieces.get(piece) {
                if current.start >= flat_end {
                    break;
                }
                let start = flat_start.saturating_sub(current.start);
                let stop = (flat_end - current.start).min(current.span.len());
                if start < stop {
                    runs.push(Run {
                        span: current.span.start + start..current.span.start + stop,
                        style: current.style,
                    });
                }
                if current.start + current.span.len() > flat_end {
                    break;
                }
                piece += 1;
            }
            if let (Some(first), Some(last)) = (runs.get(first_run), runs.last()) {
                sentences.push(Sentence {
                    span: first.span.start..last.span.end,
                    block,
                    runs: first_run..runs.len(),
                });
            }
        }
    }

    /// Index of the piece that holds a byte of the flat text.
    pub fn piece_at(&self, flat: usize) -> usize {
        self.pieces
            .partition_point(|piece| piece.start <= flat)
            .saturating_sub(1)
    }

    /// The source span of a range of the flat text, or `None` when it is empty.
    pub fn source_span(&self, flat: Span) -> Option<Span> {
        if flat.is_empty() {
            return None;
        }
        let first = self.pieces.get(self.piece_at(flat.start))?;
        let last = self.pieces.get(self.piece_at(flat.end - 1))?;
        let start = (first.span.start + (flat.start - first.start)).min(first.span.end);
        let end = (last.span.start + (flat.end - last.start)).min(last.span.end);
        (start < end).then_some(start..end)
    }

    /// The text of the pieces from `first` on as a reader sees it, white space made single.
    pub fn text_from(&self, source: &str, first: usize) -> String {
        let mut text = String::new();
        for piece in self.pieces.get(first..).unwrap_or_default() {
            if piece.span.is_empty() {
                text.push(' ');
            } else {
                text.push_str(&source[piece.span.clone()]);
            }
        }
        tidy(text)
    }
}

/// Text as a reader sees it: white space made single and left out at the ends, and the usual
/// character references resolved.
pub(crate) fn tidy(mut text: String) -> String {
    if text.contains('&') {
        for (reference, character) in REFERENCES {
            if text.contains(reference) {
                text = text.replace(reference, character);
            }
        }
    }
    if text.contains(['\n', '\r', '\t']) || text.contains("  ") {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let trimmed = text.trim();
    if trimmed.len() == text.len() {
        return text;
    }
    trimmed.to_owned()
}

/// Character references that occur in prose; `&amp;` last, so that what it spells out stays.
const REFERENCES: &[(&str, &str)] = &[
    ("&nbsp;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&apos;", "'"),
    ("&mdash;", "\u{2014}"),
    ("&ndash;", "\u{2013}"),
    ("&amp;", "&"),
];

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}
