//! What is known of one version of an open document: all that requests are answered from.

use archlint_document::{Document, LineIndex, Span};
use archlint_review::{Answer, Finding, Status};
use archlint_rules::{Rules, Topic};
use archlint_workspace::Reviewed;
use archlint_workspace::config::{Config, FailOn, Resolved};
use archlint_workspace::fixes::Fix;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A reviewed version of a document.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The document's URI as the editor calls it.
    pub uri: String,
    /// The editor's number of the version, if it gives one; `None` for a document that is not open.
    pub version: Option<i32>,
    /// Grows with every change of any document: tells versions apart when the editor does not.
    pub revision: u64,
    /// The document and its review.
    pub reviewed: Arc<Reviewed>,
    /// What configuration says of it.
    pub resolved: Arc<Resolved>,
    /// The configuration of its folder.
    pub config: Arc<Config>,
    /// Why the review failed, when it did: a defect.
    pub failure: Option<String>,
    /// For each finding, whether the baseline knows it; empty when there is none.
    pub known: Vec<bool>,
    /// What can be mended between this document and the other records of its folder.
    pub folder_fixes: Vec<Fix>,
    /// The other documents that `folder_fixes` change.
    pub others: Vec<Other>,
}

/// A document beside the analysed one, as it was when that was reviewed.
#[derive(Debug, Clone)]
pub struct Other {
    /// Where it is.
    pub file: PathBuf,
    /// Its URI and version as the editor calls them, when it is open.
    pub open: Option<(String, Option<i32>)>,
    /// The document.
    pub document: Arc<Document>,
    /// Its lines.
    pub lines: Arc<LineIndex>,
}

impl Analysis {
    /// The parsed document.
    pub fn document(&self) -> &Document {
        &self.reviewed.document
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.reviewed.document.text
    }

    /// The lines of the text.
    pub fn lines(&self) -> &LineIndex {
        &self.reviewed.lines
    }

    /// The rules it was reviewed by.
    pub fn rules(&self) -> &Rules {
        &self.config.rules
    }

    /// Where the file is, if it is one.
    pub fn file(&self) -> Option<&Path> {
        self.reviewed.file.as_deref()
    }

    /// The findings.
    pub fn findings(&self) -> &[Finding] {
        &self.reviewed.review.findings
    }

    /// The question with that id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.rules().topics.iter().find(|topic| &*topic.id == id)
    }

    /// The document's answer to a question.
    pub fn answer(&self, rule: &str) -> Option<&Answer> {
        let answers = &self.reviewed.review.answers;
        answers.iter().find(|answer| answer.rule == rule)
    }

    /// How many questions are asked of the document, and how many of them it answers or waives.
    pub fn counts(&self) -> (usize, usize) {
        let asked = || {
            self.reviewed
                .review
                .answers
                .iter()
                .filter(|answer| answer.asked)
        };
        let settled = asked().filter(|answer| answer.status >= Status::Answered);
        (asked().count(), settled.count())
    }

    /// What makes a run fail.
    pub fn fail_on(&self) -> FailOn {
        self.resolved.fail_on.value
    }

    /// Line (from 0) of a byte.
    pub fn line(&self, offset: usize) -> usize {
        self.lines().line(offset)
    }

    /// The bytes of a line (from 0) without its ending.
    pub fn line_span(&self, line: usize) -> Span {
        let end = self.text().len();
        self.lines()
            .line_span(self.text(), line)
            .unwrap_or(end..end)
    }

    /// The heading of the title, if the document has one: the first of level 1, else the first.
    pub fn title(&self) -> Option<&Span> {
        let headings = || {
            let sections = self.document().sections.iter();
            sections.filter_map(|section| Some((section.level, &section.heading.as_ref()?.span)))
        };
        headings()
            .find(|(level, _)| *level == 1)
            .or_else(|| headings().next())
            .map(|found| found.1)
    }

    /// The line ending that the document uses.
    pub fn newline(&self) -> &'static str {
        newline(self.text())
    }

    /// The document at `file` that one of the fixes changes.
    pub fn other(&self, file: &Path) -> Option<&Other> {
        self.others.iter().find(|other| other.file == file)
    }
}

/// The line ending that a text uses.
pub fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
