//! What is known of one version of an open document: all that requests are answered from.

use archlint_document::{Document, LineIndex, Span};
use archlint_review::{Answer, Finding, Status};
use archlint_rules::{Rules, Topic};
use archlint_workspace::Reviewed;
use archlint_workspace::config::{Config, FailOn, Resolved};
use std::path::Path;
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
        if self.text().contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }
}
