//! From documents to reviews: each on its own first, then what needs several of them.

use crate::config::{Config, ConfigErrors, Configs, Level, Resolved};
use crate::discover::{Found, discover};
use crate::waivers::{self, Judging};
use crate::{Outcome, Reviewed, Unreadable, folder, read, rule_ids, sets, templates};
use archlint_document::{Document, LineIndex};
use archlint_review::{Kind, Review, Settings};
use rayon::prelude::*;
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

/// Reviews one document on its own. `file` is where it is, if it is a file (absolute), `path` how
/// it is called; `today` is `YYYY-MM-DD`. Pure but for its arguments.
pub fn examine(
    config: &Arc<Config>,
    file: Option<&Path>,
    path: &str,
    text: &str,
    today: Option<&str>,
) -> Examined {
    let resolved = config.resolve(file);
    let document = archlint_document::parse(text);
    let lines = LineIndex::new(text);
    let settings = Settings {
        kind: resolved.kind.as_ref().map(|kind| {
            (
                kind.value,
                format!(
                    "configuration says so ({})",
                    kind.origin.describe(config.base())
                ),
            )
        }),
        path: file.map(|_| path.to_owned()),
        confidence: resolved.confidence.value,
        today: today.map(str::to_owned),
    };
    let mut review = archlint_review::review(&document, &config.rules, &settings);
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
/// documents say (waivers, levels of rules). The order stays. `today` is `YYYY-MM-DD`.
///
/// The documents should be all of a folder or set; of a part, less is found.
pub fn conclude(mut examined: Vec<Examined>, today: Option<&str>) -> Vec<Reviewed> {
    folder::check(&mut examined);
    let alone = examined.len() == 1;
    examined.par_iter_mut().for_each(|one| {
        if one.review.kind == Kind::Other {
            return;
        }
        let waivers = waivers::read(&one.document);
        let resolved = one.resolved.clone();
        let undecided = |rule: &str| {
            let is_off = resolved.level(rule) == Some(Level::Off);
            // Of one document alone it is not known what its neighbours would bring up.
            is_off || rule.starts_with("waiver/") || (alone && rule_ids::needs_neighbours(rule))
        };
        let judging = Judging {
            known: &one.config.known,
            today,
            undecided: &undecided,
        };
        waivers::apply(&one.document, &mut one.review, &waivers, judging);
    });
    sets::apply(&mut examined);
    examined.into_iter().map(finish).collect()
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
        ..
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
/// standard input. Arguments as of [`examine`].
pub fn review_text(
    config: &Arc<Config>,
    file: Option<&Path>,
    path: &str,
    text: &str,
    today: Option<&str>,
) -> Reviewed {
    finish_one(examine(config, file, path, text, today), today)
}

fn finish_one(examined: Examined, today: Option<&str>) -> Reviewed {
    let mut concluded = conclude(vec![examined.clone()], today);
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
    let discovered = discover(configs, paths)?;
    progress
        .total
        .store(discovered.files.len(), Ordering::Relaxed);
    let results: Vec<Result<Examined, Unreadable>> = discovered
        .files
        .par_iter()
        .map(|found| {
            let result = examine_file(found, today);
            progress.done.fetch_add(1, Ordering::Relaxed);
            result
        })
        .collect();
    let mut unreadable = discovered.unreadable;
    let mut examined = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(one) => examined.push(one),
            Err(why) => unreadable.push(why),
        }
    }
    unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Outcome {
        documents: conclude(examined, today),
        unreadable,
    })
}

/// Reads and reviews one file on its own.
///
/// # Errors
/// Why it cannot be read, or that the review failed: a defect in archlint, which must not take
/// the other documents with it.
pub fn examine_file(found: &Found, today: Option<&str>) -> Result<Examined, Unreadable> {
    let text = read::read_document(&found.file, &found.path)?;
    let examine = || examine(&found.config, Some(&found.file), &found.path, &text, today);
    catch_unwind(AssertUnwindSafe(examine)).map_err(|panic| {
        let said = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        Unreadable {
            path: found.path.clone(),
            message: format!(
                "could not be reviewed, a defect in archlint: please report it ({said})"
            ),
            span: None,
        }
    })
}
