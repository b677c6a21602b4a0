//! What `archlint checklist` says, as the JSON that other programs read.

use crate::findings::{Tool, UnreadableFile, VERSION, unreadable_files};
use crate::place::Places;
use crate::printable::excerpt;
use archlint_review::{Answer, Kind, Passage, Status};
use archlint_rules::{Rules, Topic};
use archlint_workspace::{Outcome, Reviewed};
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Serialize;

/// Characters of a passage that are quoted.
const QUOTE: usize = 280;

/// The output of `archlint checklist --format json`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChecklistReport {
    /// The version of this contract.
    pub version: u32,
    /// What wrote the report.
    pub tool: Tool,
    /// Every document that could be read, in the order of their paths.
    pub documents: Vec<DocumentAnswers>,
    /// The files that could not be read.
    pub unreadable: Vec<UnreadableFile>,
}

/// What one document says to every question.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DocumentAnswers {
    /// Its path with `/` between the parts, relative to the working directory where it lies under
    /// it; `<stdin>` for standard input.
    pub path: String,
    /// What kind of document it was taken for.
    pub kind: Kind,
    /// Why, as a clause.
    pub kind_reason: String,
    /// Why it was not reviewed; null when it was.
    pub skipped: Option<String>,
    /// Every question, in the catalogue's order; empty when the document was not reviewed.
    pub questions: Vec<QuestionAnswer>,
}

/// What a document says to one question.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuestionAnswer {
    /// The question's id.
    pub id: String,
    /// The heading of the catalogue that it stands under.
    pub group: String,
    /// What a heading would call it, in a few words.
    pub title: String,
    /// The question.
    pub question: String,
    /// Whether the document answers it.
    #[schemars(with = "StatusName")]
    pub status: &'static str,
    /// Whether a fair reviewer of this document would ask it.
    pub asked: bool,
    /// What in the document raises it, the strongest passage first.
    pub reasons: Vec<QuotedPassage>,
    /// The passages that answer or touch it, the strongest first.
    pub evidence: Vec<QuotedPassage>,
    /// Why it is waived, when it is.
    pub waiver: Option<String>,
    /// How sure archlint is that a reader would call it answered (0 to 1).
    pub confidence: f32,
    /// How likely a reviewer would ask for it and not find it answered (0 to 1).
    pub open_probability: f32,
}

/// A passage of a document.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuotedPassage {
    /// Its first line, from 1.
    pub start_line: usize,
    /// Its last line, from 1.
    pub end_line: usize,
    /// Its source, on one line, cut where it is long.
    pub quote: String,
    /// Why it counts, as a clause.
    pub reason: String,
}

/// Names of states, for the schema.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[allow(dead_code)]
pub(crate) enum StatusName {
    Absent,
    Touched,
    Answered,
    Waived,
}

impl QuestionAnswer {
    /// Whether it is asked and neither answered nor waived.
    pub fn is_open(&self) -> bool {
        self.asked
            && (self.status == Status::Absent.name() || self.status == Status::Touched.name())
    }

    /// The status as a reviewer says it: `open` where nothing is said.
    pub fn state(&self) -> &'static str {
        if self.status == Status::Absent.name() {
            "open"
        } else {
            self.status
        }
    }
}

type Topics<'a> = FxHashMap<&'a str, &'a Topic>;

/// The checklist of a run; `rules` are all those that its documents were reviewed with. Of several
/// that have a question, the first says how it is called.
pub fn checklist_report(outcome: &Outcome, rules: &[&Rules]) -> ChecklistReport {
    let topics = rules
        .iter()
        .rev()
        .flat_map(|rules| &rules.topics)
        .map(|topic| (&*topic.id, topic))
        .collect();
    ChecklistReport {
        version: VERSION,
        tool: Tool::this(),
        documents: outcome
            .documents
            .iter()
            .map(|document| document_answers(document, &topics))
            .collect(),
        unreadable: unreadable_files(outcome),
    }
}

fn document_answers(reviewed: &Reviewed, topics: &Topics<'_>) -> DocumentAnswers {
    let places = Places::of(reviewed);
    DocumentAnswers {
        path: reviewed.path.clone(),
        kind: reviewed.review.kind,
        kind_reason: reviewed.review.kind_reason.clone(),
        skipped: reviewed.skipped.clone(),
        questions: reviewed
            .review
            .answers
            .iter()
            .map(|answer| {
                question_answer(answer, topics.get(answer.rule.as_str()).copied(), &places)
            })
            .collect(),
    }
}

fn question_answer(answer: &Answer, topic: Option<&Topic>, places: &Places<'_>) -> QuestionAnswer {
    let quoted =
        |passages: &[Passage]| passages.iter().map(|p| quoted_passage(p, places)).collect();
    let words = |of: fn(&Topic) -> &str| topic.map_or(String::new(), |t| of(t).to_owned());
    QuestionAnswer {
        id: answer.rule.clone(),
        group: words(|t| &t.group),
        title: words(|t| &t.title),
        question: words(|t| &t.question),
        status: answer.status.name(),
        asked: answer.asked,
        reasons: quoted(&answer.raised_by),
        evidence: quoted(&answer.evidence),
        waiver: answer.waiver.clone(),
        confidence: answer.answered_probability,
        open_probability: answer.open_probability,
    }
}

fn quoted_passage(passage: &Passage, places: &Places<'_>) -> QuotedPassage {
    let (start_line, end_line) = places.line_range(&passage.span);
    QuotedPassage {
        start_line,
        end_line,
        quote: excerpt(places.text(&passage.span), QUOTE),
        reason: passage.reason.clone(),
    }
}
