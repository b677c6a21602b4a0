//! What a change brings: the documents that differ from a git revision, and the findings that the
//! revision did not have.

mod git;

pub use git::{Change, Changes, GitError, changes};

use crate::baseline::Baseline;
use crate::config::{ConfigErrors, Configs};
use crate::discover::{Found, is_markdown};
use crate::folder::Listings;
use crate::paths::{absolute, display};
use crate::run::{Examined, ExaminedAll, Progress, conclude, examine, examine_all};
use crate::{Outcome, Reviewed};
use archlint_review::Reviewer;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a run over a change failed.
#[derive(Debug)]
pub enum SinceError {
    /// Git cannot tell what changed.
    Git(GitError),
    /// Mistakes in configuration files.
    Config(ConfigErrors),
}

impl fmt::Display for SinceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SinceError::Git(error) => error.fmt(f),
            SinceError::Config(errors) => errors.fmt(f),
        }
    }
}

impl std::error::Error for SinceError {}

/// As [`crate::run`], for what changed since `revision`: the outcome holds the documents that
/// changed, and those that did not but in which the change broke something; of their findings
/// those that the revision had are held back. All documents under `paths` are reviewed, in both
/// versions where they differ: a question may be answered, and a link broken, in another file.
///
/// # Errors
/// Git cannot tell what changed, or there are mistakes in configuration files.
pub fn run_since(
    configs: &mut Configs,
    paths: &[PathBuf],
    revision: &str,
    today: Option<&str>,
    progress: &Progress,
) -> Result<Outcome, SinceError> {
    let base = configs.base().to_owned();
    let changes = changes(&base, revision).map_err(SinceError::Git)?;
    let examined = examine_all(configs, paths, progress).map_err(SinceError::Config)?;
    let ExaminedAll {
        examined: now,
        mut unreadable,
    } = examined;
    let touched: FxHashSet<&Path> = changes
        .files
        .iter()
        .filter_map(|c| c.file.as_deref())
        .collect();
    let (before, listings) = before(configs, paths, &changes, &now)?;
    let before = conclude(before, &listings, today);
    let known = Baseline::of(&before, &base);
    let listings = crate::run::listings(&now);
    let mut documents = conclude(now, &listings, today);
    known.apply(&mut documents, &base);
    let is_touched = |document: &Reviewed| {
        document
            .file
            .as_deref()
            .is_some_and(|file| touched.contains(file))
    };
    documents.retain(|document| is_touched(document) || !document.review.findings.is_empty());
    // A file that could not be read before cannot be the fault of this change.
    unreadable.retain(|one| {
        let file = absolute(&base, Path::new(&one.path));
        touched.contains(file.as_path()) || !file.exists()
    });
    Ok(Outcome {
        documents,
        unreadable,
    })
}

/// The documents as they were, each under the name that it has now, and what lay in their folders.
fn before(
    configs: &mut Configs,
    paths: &[PathBuf],
    changes: &Changes,
    now: &[Examined],
) -> Result<(Vec<Examined>, Listings), SinceError> {
    let mut by_file: FxHashMap<&Path, &Change> = FxHashMap::default();
    for change in &changes.files {
        by_file.extend(change.file.as_deref().map(|file| (file, change)));
    }
    let base = configs.base().to_owned();
    let mut before: Vec<Examined> = Vec::with_capacity(now.len());
    let mut old: Vec<(Found, String)> = Vec::new();
    for one in now {
        match one.file.as_deref().and_then(|file| by_file.get(file)) {
            None => before.push(one.clone()),
            Some(Change {
                old: Some(at_revision),
                ..
            }) => {
                let file = one.file.clone().unwrap_or_default();
                let found = Found {
                    file,
                    path: one.path.clone(),
                    config: one.config.clone(),
                };
                old.push((found, at_revision.clone()));
            }
            Some(_) => {}
        }
    }
    // What was deleted is a neighbour that the others had.
    let roots: Vec<PathBuf> = paths.iter().map(|path| absolute(&base, path)).collect();
    for change in changes.files.iter().filter(|change| change.file.is_none()) {
        let Some(at_revision) = &change.old else {
            continue;
        };
        let file = changes.root.join(at_revision);
        let is_meant = is_markdown(&file) && roots.iter().any(|root| file.starts_with(root));
        // Its folder may be gone with its configuration; then nothing depends on it either.
        if is_meant
            && let Ok(config) = configs.for_document(&file)
            && config.resolve(Some(&file)).included.value
        {
            let path = display(&base, &file);
            old.push((Found { file, path, config }, at_revision.clone()));
        }
    }
    // One reviewer for each configuration, made once.
    let mut reviewers: FxHashMap<usize, Reviewer<'_>> = FxHashMap::default();
    for (Found { config, .. }, _) in &old {
        reviewers
            .entry(Arc::as_ptr(config).addr())
            .or_insert_with(|| Reviewer::new(&config.rules));
    }
    let read: Vec<Option<Examined>> = old
        .par_iter()
        .map(|(found, at_revision)| {
            // What cannot be read at the revision has no findings there.
            let text = git::file_at(&changes.root, &changes.revision, at_revision)?;
            Some(examine(
                &found.config,
                reviewers.get(&Arc::as_ptr(&found.config).addr())?,
                Some(&found.file),
                &found.path,
                &text,
            ))
        })
        .collect();
    before.extend(read.into_iter().flatten());
    before.sort_by(|a, b| a.file.cmp(&b.file));
    let mut listings = crate::run::listings(&before);
    listings.go_back(changes);
    Ok((before, listings))
}
