//! `archlint baseline`: today's findings are known.

use super::print;
use crate::arguments::Baseline as Arguments;
use crate::failure::Failure;
use crate::{CLEAN, known, session};
use archlint_report::{counted, one_line};
use archlint_workspace::baseline::{Baseline, Entry, FILE_NAME};
use archlint_workspace::{absolute, display};
use rustc_hash::FxHashSet;
use std::path::Path;

/// Records the findings, or takes out those that are gone.
///
/// # Errors
/// When it could not run, or the file cannot be read or written.
pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let here = session::working_directory()?;
    let named = arguments
        .baseline
        .as_deref()
        .map(|file| absolute(&here, file));
    // A file that is named and is not there yet is the one to begin.
    let before = match &named {
        Some(file) if !file.exists() && !arguments.prune => None,
        file => known::read(&here, file.as_deref())?,
    };
    let mut session = session::review(&arguments.input, None, None, arguments.quiet)?;
    if let Some(unreadable) = session.outcome.unreadable.first() {
        return Err(Failure::asked(
            format!("{} {}", unreadable.path, unreadable.message),
            "a baseline is written when all documents can be read",
        ));
    }
    let file = match (&before, named) {
        (Some(before), _) => before.file.clone(),
        (None, Some(file)) => file,
        (None, None) => here.join(FILE_NAME),
    };
    let folder = file.parent().unwrap_or(Path::new("/")).to_owned();
    let reviewed: FxHashSet<String> = session
        .outcome
        .documents
        .iter()
        .filter_map(|document| Some(display(&folder, document.file.as_deref()?)))
        .collect();
    // Of a document that is there and was not reviewed now nothing new is known.
    let is_settled = |path: &str| reviewed.contains(path) || !folder.join(path).exists();
    let known_before: &[Entry] = before.as_ref().map_or(&[], |known| &known.baseline.entries);
    let now = if arguments.prune {
        let Some(before) = &before else {
            return Err(Failure::asked(
                "there is no baseline to prune",
                "`archlint baseline` writes one",
            ));
        };
        let met = before
            .baseline
            .apply(&mut session.outcome.documents, &folder);
        before.baseline.prune(&met, is_settled)
    } else {
        let mut now = Baseline::of(&session.outcome.documents, &folder);
        let others = known_before.iter().filter(|entry| !is_settled(&entry.path));
        now.entries.extend(others.cloned());
        now.entries.sort();
        now
    };
    known::write(
        &file,
        before.as_ref().map(|known| known.text.as_str()),
        &now,
    )?;
    print(&format!(
        "wrote {}: {}{}\n",
        one_line(&display(&here, &file)),
        counted(now.entries.len(), "finding"),
        moved(known_before, &now.entries),
    ))?;
    Ok(CLEAN)
}

/// What came and went, in words.
fn moved(before: &[Entry], now: &[Entry]) -> String {
    if before.is_empty() {
        return String::new();
    }
    let names = |entries: &[Entry]| -> FxHashSet<(String, String, String)> {
        let name = |e: &Entry| (e.path.clone(), e.rule.clone(), e.fingerprint.clone());
        entries.iter().map(name).collect()
    };
    let (before, now) = (names(before), names(now));
    format!(
        ", {} new, {} gone",
        now.difference(&before).count(),
        before.difference(&now).count()
    )
}
