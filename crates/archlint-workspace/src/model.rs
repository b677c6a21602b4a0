//! What a run over many files gives, as plain data: what the renderers and the server read.

use archlint_document::{Document, LineIndex, Span};
use archlint_review::Review;
use std::path::PathBuf;
use std::sync::Arc;

/// The result of a run: every file that was looked at, in the order of their paths.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The documents that could be read.
    pub documents: Vec<Reviewed>,
    /// The files that could not.
    pub unreadable: Vec<Unreadable>,
}

/// A document and what was found in it.
#[derive(Debug)]
pub struct Reviewed {
    /// Where the file is; `None` for standard input.
    pub file: Option<PathBuf>,
    /// How it is called in reports: relative to the working directory where it lies under it, with
    /// `/` between the parts; `<stdin>` for standard input.
    pub path: String,
    /// The parsed document; its `text` is the source.
    pub document: Arc<Document>,
    /// Lines of the document's text.
    pub lines: Arc<LineIndex>,
    /// The review, with waivers, severities and baseline applied.
    pub review: Review,
    /// Why it was not reviewed (a document of kind `other`): it has no answers and no findings then.
    pub skipped: Option<String>,
    /// Findings that the baseline or `--since` holds back: known, not reported, counted.
    pub held_back: usize,
}

/// A file that could not be read, or not as a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// As [`Reviewed::path`].
    pub path: String,
    /// What is wrong and what to do, for a person: "is not UTF-8 (byte 17 of line 3)".
    pub message: String,
    /// Where, when it is a place in the file.
    pub span: Option<Span>,
}
