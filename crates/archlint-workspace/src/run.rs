//! From documents to reviews: each on its own first, then what needs several of them.

use crate::config::{Config, ConfigErrors, Configs, FailOn, Level, Resolved};
use crate::discover::{Discovered, Found, discover};
use crate::folder::Listings;
use crate::waivers::{self, Judging};
use crate::{Outcome, Reviewed, Unreadable, folder, read, rule_ids, sets, templates};
use archlint_document::{Document, LineIndex};
use archlint_review::{Kind, Review, Reviewer, Settings};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How far a run is; read it from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    /// How many documents there are; 0 while they are looked for.
    pub total: AtomicUsize,
    /// How many are done.
    pub done: AtomicUsize,
}

/// A document reviewed on its own: what [`conclude`] starts from.
#[derive(Debug, Clone)]
pub struct Examined {
    /// As [`Reviewed::file`]; absolute.
    pub file: Option<PathBuf>,
    /// As [`Reviewed::path`].
    pub path: String,
    /// The document.
    pub document: Arc<Document>,
    /// Its lines.
    pub lines: Arc<LineIndex>,
    /// The review as the engine gives it: nothing of the configuration but the kind and the
    /// confidence is applied.
    pub review: Review,
    /// What configuration says of the document.
    pub resolved: Arc<Resolved>,
    /// The configuration of its folder.
    pub config: Arc<Config>,
}

/// Reviews one document on its own. `reviewer` holds the rules of `config`; `file` is where the
/// document is, if it is a file (absolute), `path` how it is called. Pure.
pub fn examine(
    config: &Arc<Config>,
    reviewer: &Reviewer<'_>,
    file: Option<&Path>,
    path: &str,
    text: &str,
) -> Examined {
    let resolved = config.resolve(file);
    let document = archlint_document::parse(text);
    let lines = LineIndex::new(text);
    let settings = Settings {
        kind: resolved.kind.as_ref().map(|kind| {
            let place = kind.origin.describe(config.base());
            (kind.value, format!("configuration says so ({place})"))
        }),
        path: file.map(|_| path.to_owned()),
        confidence: resolved.confidence.value,
    };
    let mut review = reviewer.review(&document, &settings);
    if review.kind != Kind::Other {
        templates::check(&document, &mut review, &resolved, config);
    }
    Examined {
        file: file.map(Path::to_owned),
        path: path.to_owned(),
        document: Arc::new(document),
        lines: Arc::new(lines),
        review,
        resolved: Arc::new(resolved),
        config: config.clone(),
    }
}

/// Applies what needs several documents (sets, rules over folders) and what configuration and the
/// documents say (waivers, levels of rules). The order stays. `listings` says what lies in their
/// folders, `today` is `YYYY-MM-DD`.
pub fn conclude(
    mut examined: Vec<Examined>,
    listings: &Listings,
    today: Option<&str>,
) -> Vec<Reviewed> {
    folder::check(&mut examined, listings);
    let complete = complete_folders(&examined, listings);
    for one in &mut examined {
        waive(one, &complete, today);
    }
    sets::apply(&mut examined);
    examined.into_iter().map(finish).collect()
}

/// The folders whose records are all among the documents.
fn complete_folders(examined: &[Examined], listings: &Listings) -> FxHashSet<PathBuf> {
    let files: FxHashSet<&Path> = examined
        .iter()
        .filter_map(|one| one.file.as_deref())
        .collect();
    let folders: FxHashSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    let is_complete = |folder: &&Path| folder::is_complete(folder, listings, &files);
    folders
        .into_iter()
        .filter(is_complete)
        .map(Path::to_owned)
        .collect()
}

fn waive(one: &mut Examined, complete: &FxHashSet<PathBuf>, today: Option<&str>) {
    if one.review.kind == Kind::Other {
        return;
    }
    let waivers = waivers::read(&one.document);
    let folder = one.file.as_deref().and_then(Path::parent);
    let all_there = folder.is_some_and(|folder| complete.contains(folder));
    let resolved = one.resolved.clone();
    let undecided = |rule: &str| {
        let is_off = resolved.level(rule) == Some(Level::Off);
        // Without its neighbours it is not known what they would bring up.
        is_off || rule.starts_with("waiver/") || (!all_there && rule_ids::needs_neighbours(rule))
    };
    let judging = Judging {
        known: &one.config.known,
        today,
        undecided: &undecided,
    };
    waivers::apply(&one.document, &mut one.review, &waivers, judging);
}

/// Applies the levels of rules and puts the findings in order.
fn finish(one: Examined) -> Reviewed {
    let Examined {
        file,
        path,
        document,
        lines,
        mut review,
        resolved,
        config,
    } = one;
    let skipped = (review.kind == Kind::Other).then(|| review.kind_reason.clone());
    if !resolved.rules.is_empty() {
        review
            .answers
            .retain(|answer| resolved.level(&answer.rule) != Some(Level::Off));
        review
            .findings
            .retain_mut(|finding| match resolved.level(&finding.rule) {
                Some(Level::Off) => false,
                Some(Level::At(severity)) => {
                    finding.severity = severity;
                    true
                }
                None => true,
            });
    }
    let disabled = &config.rules.disabled;
    if !disabled.is_empty() {
        // Rules of the packs are gone by now; those of this crate are not in the packs.
        review
            .findings
            .retain(|finding| !disabled.contains(&finding.rule));
    }
    review
        .findings
        .sort_by_key(|finding| (finding.span.start, finding.span.end));
    Reviewed {
        file,
        path,
        document,
        lines,
        review,
        skipped,
        held_back: 0,
    }
}

/// Reviews one text on its own, as the server does while somebody types and the command does with
/// standard input. Arguments as of [`examine`] and [`conclude`].
pub fn review_text(
    config: &Arc<Config>,
    file: Option<&Path>,
    path: &str,
    text: &str,
    listings: &Listings,
    today: Option<&str>,
) -> Reviewed {
    let examined = examine(config, &Reviewer::new(&config.rules), file, path, text);
    let mut concluded = conclude(vec![examined.clone()], listings, today);
    // One goes in, one comes out.
    concluded.pop().unwrap_or_else(|| finish(examined))
}

/// Finds, reads and reviews all documents under `paths`, on all cores; the result is in the order
/// of the paths. A document that cannot be read, or over which the review fails, is reported and
/// the others go on. `today` is `YYYY-MM-DD`.
///
/// # Errors
/// The mistakes of all configuration files that apply.
pub fn run(
    configs: &mut Configs,
    paths: &[PathBuf],
    today: Option<&str>,
    progress: &Progress,
) -> Result<Outcome, ConfigErrors> {
    let ExaminedAll {
        examined,
        unreadable,
    } = examine_all(configs, paths, progress)?;
    let listings = listings(&examined);
    Ok(Outcome {
        documents: conclude(examined, &listings, today),
        unreadable,
    })
}

/// What lies in the folders of the decision records among the documents: what [`conclude`] needs.
pub fn listings(examined: &[Examined]) -> Listings {
    let records = examined.iter().filter(|one| one.review.kind == Kind::Adr);
    Listings::read(records.filter_map(|one| one.file.as_deref()))
}

/// The documents under some paths, each reviewed on its own.
#[derive(Debug, Default)]
pub struct ExaminedAll {
    /// In the order of their paths.
    pub examined: Vec<Examined>,
    /// The files that cannot be read.
    pub unreadable: Vec<Unreadable>,
}

/// The first half of [`run`]: what the server keeps, to [`conclude`] again after every edit.
///
/// # Errors
/// The mistakes of all configuration files that apply.
pub fn examine_all(
    configs: &mut Configs,
    paths: &[PathBuf],
    progress: &Progress,
) -> Result<ExaminedAll, ConfigErrors> {
    let Discovered {
        files,
        mut unreadable,
    } = discover(configs, paths)?;
    progress.total.store(files.len(), Ordering::Relaxed);
    // One reviewer for each configuration, made once.
    let mut reviewers: FxHashMap<usize, Reviewer<'_>> = FxHashMap::default();
    for found in &files {
        let config = &found.config;
        reviewers
            .entry(Arc::as_ptr(config).addr())
            .or_insert_with(|| Reviewer::new(&config.rules));
    }
    let examine = |found: &Found| {
        let result = reviewers
            .get(&Arc::as_ptr(&found.config).addr())
            .map(|reviewer| examine_file(found, reviewer));
        progress.done.fetch_add(1, Ordering::Relaxed);
        result
    };
    let results: Vec<Result<Examined, Unreadable>> = match files.as_slice() {
        // The threads would take longer to start than the review takes.
        [one] => examine(one).into_iter().collect(),
        many => many.par_iter().filter_map(examine).collect(),
    };
    let mut examined = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(one) => examined.push(one),
            Err(why) => unreadable.push(why),
        }
    }
    unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(ExaminedAll {
        examined,
        unreadable,
    })
}

/// Reads and reviews one file on its own. `reviewer` holds the rules of its configuration.
///
/// # Errors
/// Why it cannot be read, or that the review failed: a defect in archlint, which must not take
/// the other documents with it.
pub fn examine_file(found: &Found, reviewer: &Reviewer<'_>) -> Result<Examined, Unreadable> {
    let text = read::read_document(&found.file, &found.path)?;
    let examine = || {
        examine(
            &found.config,
            reviewer,
            Some(&found.file),
            &found.path,
            &text,
        )
    };
    catch_unwind(AssertUnwindSafe(examine)).map_err(|panic| {
        let said = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        Unreadable {
            path: found.path.clone(),
            message: format!(
                "could not be reviewed: a defect in archlint, please report it ({said})"
            ),
            span: None,
        }
    })
}

/// What makes a run fail over this document: what `configs` say of it.
pub fn fail_on(configs: &mut Configs, reviewed: &Reviewed) -> FailOn {
    // A text without a file counts as one in the working directory.
    let nowhere = configs.base().join("-");
    let config = configs.for_document(reviewed.file.as_ref().unwrap_or(&nowhere));
    let resolved = config.map(|config| config.resolve(reviewed.file.as_deref()));
    resolved.map_or(FailOn::default(), |resolved| resolved.fail_on.value)
}
