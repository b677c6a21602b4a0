//! Reports as one HTML file that works from disk: it loads nothing, and every text of a document is
//! escaped by the template language, whatever the text is.

mod chart;
mod document;
mod filters;
mod mark;
mod overview;
mod page;
mod trend;

pub use trend::trend_html;

use crate::answers::ChecklistReport;
use crate::matrix::Matrix;
use crate::printable::one_line;
use maud::{Markup, html};
use std::io::{self, Write};

/// Writes the checklist as a page: of one document what a chair would print; of several an overview
/// with a heat map, and a page for each within the one file.
///
/// # Errors
/// Those of `out`.
pub fn checklist_html(report: &ChecklistReport, out: &mut dyn Write) -> io::Result<()> {
    let matrix = Matrix::of(&report.documents);
    let title = match matrix.rows.as_slice() {
        [row] => format!("Review of {}", one_line(&row.document.path)),
        _ => "Design review".to_owned(),
    };
    let body = html! {
        header.masthead {
            h1 { "Design review" }
            @if matrix.rows.len() > 1 {
                nav aria-label="Views" {
                    a href="#overview" { "Overview" }
                    a href="#all" { "Everything on one page" }
                }
            }
        }
        @if !matrix.rows.is_empty() { (filters::filters(&matrix)) }
        main #main tabindex="-1" {
            @if matrix.rows.len() > 1 { (overview::overview(&matrix)) }
            @for (at, row) in matrix.rows.iter().enumerate() { (document::document(&matrix, at, row)) }
            p #nothing hidden { "No question fits the search and the filters." }
            (left_out(report))
        }
    };
    out.write_all(page::page(&title, &body).as_bytes())
}

/// What was not reviewed and why.
fn left_out(report: &ChecklistReport) -> Markup {
    let skipped = || {
        let documents = report.documents.iter();
        documents.filter_map(|d| Some((&d.path, d.skipped.as_ref()?)))
    };
    let reviewed = report.documents.len() - skipped().count();
    html! {
        @if reviewed == 0 && report.unreadable.is_empty() {
            p { "No document was reviewed." }
        }
        @if !report.unreadable.is_empty() {
            section.left-out aria-labelledby="unreadable" {
                h2 #unreadable { "Could not be read" }
                ul { @for file in &report.unreadable { li { bdi { code { (one_line(&file.path)) } } " " bdi { (one_line(&file.message)) } } } }
            }
        }
        @if skipped().next().is_some() {
            section.left-out aria-labelledby="skipped" {
                h2 #skipped { "Not reviewed" }
                ul { @for (path, reason) in skipped() { li { bdi { code { (one_line(path)) } } ": " bdi { (one_line(reason)) } } } }
            }
        }
    }
}
