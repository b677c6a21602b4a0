//! The baseline: findings that are known, so that only new ones are reported.
//!
//! It is a text of one line of JSON per finding, sorted, that reads well in a diff and merges well.

use crate::fingerprint::fingerprints;
use crate::{Reviewed, paths};
use archlint_review::Finding;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};

/// The usual name of the file.
pub const FILE_NAME: &str = "archlint-baseline.jsonl";

/// The baseline that counts in `folder`: the nearest one in it or above it, up to the root of the
/// repository.
pub fn nearest(folder: &Path) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        let file = folder.join(FILE_NAME);
        if file.is_file() {
            return Some(file);
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    None
}

/// A quote has at most this many characters.
const QUOTE: usize = 60;

/// Findings that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Sorted.
    pub entries: Vec<Entry>,
}

/// A known finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// The document, relative to the folder of the baseline, with `/` between the parts.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// What the passage says, shortened: for people.
    pub quote: String,
    /// What it is known by.
    pub fingerprint: String,
}

/// The first line: what the file is, and in which version of the format.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Head {
    archlint_baseline: u32,
}

const VERSION: u32 = 1;

/// A baseline that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for BaselineError {}

impl Baseline {
    /// The findings of these documents. `folder` is that of the baseline's file, absolute.
    pub fn of(documents: &[Reviewed], folder: &Path) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for document in documents {
            let path = path_in(document, folder);
            let names = fingerprints(&document.document, &document.review.findings);
            for (finding, fingerprint) in document.review.findings.iter().zip(names) {
                entries.push(Entry {
                    path: path.clone(),
                    rule: finding.rule.clone(),
                    quote: quote(document, finding),
                    fingerprint,
                });
            }
        }
        entries.sort();
        Baseline { entries }
    }

    /// Reads the text of a baseline. Lines may be in any order, as after a merge; empty ones do not
    /// count.
    ///
    /// # Errors
    /// The first line that is not an entry.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let mut entries = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (at, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            let error = |message: String| BaselineError {
                line: at + 1,
                message,
            };
            if line.starts_with("<<<<<<<")
                || line.starts_with("=======")
                || line.starts_with(">>>>>>>")
            {
                let advice =
                    "a conflict of a merge is left: keep both sides, or write the baseline anew";
                return Err(error(advice.to_owned()));
            }
            if let Ok(head) = serde_json::from_str::<Head>(line) {
                if head.archlint_baseline > VERSION {
                    return Err(error("it was written by a newer archlint".to_owned()));
                }
                continue;
            }
            let entry = serde_json::from_str(line)
                .map_err(|why| error(format!("this is not an entry of a baseline ({why})")))?;
            entries.push(entry);
        }
        entries.sort();
        Ok(Baseline { entries })
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        let mut text = format!("{{\"archlint-baseline\":{VERSION}}}\n");
        for entry in &self.entries {
            // A struct of four strings can always be written.
            text.push_str(&serde_json::to_string(entry).unwrap_or_default());
            text.push('\n');
        }
        text
    }

    /// Holds the known findings back: they leave the documents and are counted in
    /// [`Reviewed::held_back`]. Returns the entries that were met, as indices.
    ///
    /// An entry is met once: by a finding with its fingerprint in its document, by the same question
    /// of its document, or by a finding with its fingerprint anywhere (the document was renamed).
    pub fn apply(&self, documents: &mut [Reviewed], folder: &Path) -> FxHashSet<usize> {
        let (known, met) = self.meet(documents, folder);
        for (document, known) in documents.iter_mut().zip(known) {
            let mut known = known.into_iter();
            let before = document.review.findings.len();
            document
                .review
                .findings
                .retain(|_| !known.next().unwrap_or(false));
            document.held_back += before - document.review.findings.len();
        }
        met
    }

    /// For each finding of each document, whether it is known, as [`Baseline::apply`] tells it.
    pub fn known(&self, documents: &[Reviewed], folder: &Path) -> Vec<Vec<bool>> {
        self.meet(documents, folder).0
    }

    fn meet(&self, documents: &[Reviewed], folder: &Path) -> (Vec<Vec<bool>>, FxHashSet<usize>) {
        let paths: Vec<String> = documents.iter().map(|d| path_in(d, folder)).collect();
        let mut known: Vec<Vec<bool>> = Vec::with_capacity(documents.len());
        let mut names: Vec<Vec<String>> = Vec::with_capacity(documents.len());
        for document in documents.iter() {
            names.push(fingerprints(&document.document, &document.review.findings));
            known.push(vec![false; document.review.findings.len()]);
        }
        let mut unmet = Unmet::new(&self.entries);
        for step in [Step::SamePlace, Step::SameQuestion, Step::Renamed] {
            for (at, document) in documents.iter().enumerate() {
                for (number, finding) in document.review.findings.iter().enumerate() {
                    if !known[at][number] {
                        known[at][number] =
                            unmet.take(step, &paths[at], finding, &names[at][number]);
                    }
                }
            }
        }
        (known, unmet.met)
    }

    /// The baseline without the entries that nothing meets any more. `met` is what
    /// [`Baseline::apply`] returned, `is_settled` tells of a path whether the run knows all about
    /// it: the document was reviewed, or is no longer there.
    pub fn prune(&self, met: &FxHashSet<usize>, is_settled: impl Fn(&str) -> bool) -> Baseline {
        let entries = self.entries.iter().enumerate();
        let kept = entries.filter(|(at, entry)| met.contains(at) || !is_settled(&entry.path));
        Baseline {
            entries: kept.map(|(_, entry)| entry.clone()).collect(),
        }
    }
}

/// How a finding may meet an entry, the surest way first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Step {
    SamePlace,
    SameQuestion,
    Renamed,
}

/// The entries that no finding has met yet.
struct Unmet<'e> {
    by_key: FxHashMap<(Step, &'e str, &'e str), Vec<usize>>,
    met: FxHashSet<usize>,
}

impl<'e> Unmet<'e> {
    fn new(entries: &'e [Entry]) -> Self {
        let mut by_key: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        for (at, entry) in entries.iter().enumerate().rev() {
            let keys = [
                (
                    Step::SamePlace,
                    entry.path.as_str(),
                    entry.fingerprint.as_str(),
                ),
                (Step::SameQuestion, entry.path.as_str(), entry.rule.as_str()),
                (Step::Renamed, "", entry.fingerprint.as_str()),
            ];
            for key in keys {
                by_key.entry(key).or_default().push(at);
            }
        }
        Unmet {
            by_key,
            met: FxHashSet::default(),
        }
    }

    /// Whether there is an entry for the finding; it is used up.
    fn take(
        &mut self,
        step: Step,
        path: &'e str,
        finding: &'e Finding,
        fingerprint: &'e str,
    ) -> bool {
        let key = match step {
            Step::SamePlace => (step, path, fingerprint),
            Step::SameQuestion if finding.question.is_some() => (step, path, finding.rule.as_str()),
            Step::SameQuestion => return false,
            Step::Renamed => (step, "", fingerprint),
        };
        let Some(entries) = self.by_key.get_mut(&key) else {
            return false;
        };
        while let Some(at) = entries.pop() {
            if self.met.insert(at) {
                return true;
            }
        }
        false
    }
}

fn path_in(document: &Reviewed, folder: &Path) -> String {
    match &document.file {
        Some(file) => paths::display(folder, file),
        None => document.path.clone(),
    }
}

fn quote(document: &Reviewed, finding: &Finding) -> String {
    let source = document.document.source(&finding.span);
    // Enough for the quote even if most of it is white space; a passage may be a megabyte.
    let start: String = source.chars().take(10 * QUOTE).collect();
    let words = start.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= QUOTE {
        return words;
    }
    let cut: String = words.chars().take(QUOTE - 1).collect();
    format!("{}…", cut.trim_end())
}
