//! `archlint checklist`: every question with its state and the lines that answer it.

use super::stdout;
use crate::arguments::{Checklist, ChecklistFormat};
use crate::failure::Failure;
use crate::{CLEAN, FAILED, repository, session};
use archlint_report::{self as report, ChecklistReport};
use std::io::Write;
use std::path::Path;

/// Reviews and writes the checklist.
///
/// # Errors
/// When it could not run at all. Files that could not be read are listed and make the exit code 2.
pub fn run(arguments: &Checklist) -> Result<u8, Failure> {
    let mut session = session::review(&arguments.input, None, None, arguments.quiet)?;
    let checklist = session.checklist();
    if let Some(path) = &arguments.badge {
        write_badge(&checklist, path)?;
    }
    let mut out = stdout();
    match arguments.format {
        ChecklistFormat::Markdown => report::checklist_markdown(&checklist, &mut out)?,
        ChecklistFormat::Html => report::checklist_html(&checklist, &mut out)?,
        ChecklistFormat::Json => report::json(&checklist, &mut out)?,
        ChecklistFormat::Jsonl => report::jsonl(&checklist, &repository::here(), &mut out)?,
        ChecklistFormat::Csv => report::checklist_csv(&checklist, &mut out)?,
    }
    out.flush()?;
    for file in &checklist.unreadable {
        let line = format!("{} {}", file.path, file.message);
        eprintln!("error: {}", report::one_line(&line));
    }
    Ok(if checklist.unreadable.is_empty() {
        CLEAN
    } else {
        FAILED
    })
}

/// Writes the badge of a run into a file.
///
/// # Errors
/// When the file cannot be written.
pub fn write_badge(checklist: &ChecklistReport, path: &Path) -> Result<(), Failure> {
    let mut svg = Vec::new();
    report::badge(checklist, &mut svg)?;
    std::fs::write(path, svg).map_err(|error| Failure::file("write", path, &error))
}
