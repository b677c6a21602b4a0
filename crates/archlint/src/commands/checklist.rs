//! `archlint checklist`: every question with its state and the lines that answer it.

use super::stdout;
use crate::arguments::{Checklist, ChecklistFormat};
use crate::failure::Failure;
use crate::{CLEAN, FAILED, repository, session};
use archlint_report as report;
use std::io::Write;

/// Reviews and writes the checklist.
///
/// # Errors
/// When it could not run at all. Files that could not be read are listed and make the exit code 2.
pub fn run(arguments: &Checklist) -> Result<u8, Failure> {
    let mut session = session::review(&arguments.input, None, arguments.quiet)?;
    let checklist = session.checklist();
    let mut out = stdout();
    match arguments.format {
        ChecklistFormat::Markdown => report::checklist_markdown(&checklist, &mut out)?,
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
