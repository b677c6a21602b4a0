//! Reports: what a run found, for people and for other programs. Every renderer is a pure function
//! from plain data to a writer; none knows how a review is made.
//!
//! Nothing of a document reaches the output in a way that a terminal, a browser or a workflow
//! runner would obey.

mod answers;
mod badge;
mod checklist;
mod checkstyle;
mod coverage;
mod csv;
mod excerpt;
mod findings;
mod github;
mod gitlab;
mod html;
mod human;
mod json;
mod junit;
mod matrix;
mod place;
mod printable;
mod rdjson;
mod rows;
mod sarif;
mod schema;
mod short;
mod style;
mod summary;
mod trend;
mod xml;

pub use answers::{
    ChecklistReport, DocumentAnswers, QuestionAnswer, QuotedPassage, checklist_report,
};
pub use badge::badge;
pub use checklist::checklist_markdown;
pub use checkstyle::checkstyle;
pub use csv::checklist_csv;
pub use findings::{
    CheckReport, CheckedDocument, RelatedPassage, ReportedFinding, Tool, UnreadableFile, VERSION,
    check_report,
};
pub use github::github;
pub use gitlab::gitlab;
pub use html::{checklist_html, trend_html};
pub use human::{Terminal, human, human_summary};
pub use json::{json, json_line};
pub use junit::junit;
pub use place::{Point, Range};
pub use printable::one_line;
pub use rdjson::rdjson;
pub use rows::{Origin, Row, jsonl};
pub use sarif::sarif;
pub use schema::output_schema;
pub use short::short;
pub use summary::{Summary, counted};
pub use trend::{NotAReport, PastReport, Trend, past_report, trend, trend_text};
