//! One row per document and question: what an organisation collects from many repositories.

use crate::answers::{ChecklistReport, DocumentAnswers, QuestionAnswer};
use crate::findings::VERSION;
use crate::json::json_line;
use archlint_review::Kind;
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, Write};

/// Where the documents come from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// Name of the repository, `owner/name` where it is known.
    pub repository: Option<String>,
    /// The commit.
    pub revision: Option<String>,
}

/// A line of `--format jsonl`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row<'a> {
    /// The version of this contract.
    pub version: u32,
    /// Name of the repository, where it is known.
    pub repository: Option<&'a str>,
    /// The commit, where it is known.
    pub revision: Option<&'a str>,
    /// The document's path.
    pub path: &'a str,
    /// What kind of document it was taken for.
    pub kind: Kind,
    /// The heading of the catalogue that the question stands under.
    pub group: &'a str,
    /// The question's id.
    pub question: &'a str,
    /// What a heading would call it.
    pub title: &'a str,
    /// Whether a fair reviewer of this document would ask it.
    pub asked: bool,
    /// `answered`, `touched`, `absent` or `waived`.
    pub status: &'a str,
    /// Whether it is asked and neither answered nor waived.
    pub open: bool,
    /// First line of the strongest evidence, from 1.
    pub line: Option<usize>,
    /// The strongest evidence.
    pub quote: Option<&'a str>,
    /// Why it is waived, when it is.
    pub waiver: Option<&'a str>,
}

/// Writes a row of JSON per document and question.
///
/// # Errors
/// Those of `out`.
pub fn jsonl(report: &ChecklistReport, origin: &Origin, out: &mut dyn Write) -> io::Result<()> {
    for document in &report.documents {
        for question in &document.questions {
            json_line(&row(document, question, origin), out)?;
        }
    }
    Ok(())
}

fn row<'a>(
    document: &'a DocumentAnswers,
    question: &'a QuestionAnswer,
    origin: &'a Origin,
) -> Row<'a> {
    let evidence = question.evidence.first();
    Row {
        version: VERSION,
        repository: origin.repository.as_deref(),
        revision: origin.revision.as_deref(),
        path: &document.path,
        kind: document.kind,
        group: &question.group,
        question: &question.id,
        title: &question.title,
        asked: question.asked,
        status: question.status,
        open: question.is_open(),
        line: evidence.map(|passage| passage.start_line),
        quote: evidence.map(|passage| passage.quote.as_str()),
        waiver: question.waiver.as_deref(),
    }
}
