//! How coverage moved: several checklists in JSON, one per release say, in the order given.

use crate::coverage::mark;
use crate::findings::VERSION;
use crate::matrix::Count;
use crate::printable::one_line;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::fmt;
use std::io::{self, Write};

/// Coverage over several reports.
#[derive(Debug)]
pub struct Trend {
    pub(crate) points: Vec<Point>,
    /// The groups of all reports, those of the latest first.
    pub(crate) groups: Vec<Line>,
    /// What the last report says otherwise than the one before it of the same documents.
    pub(crate) changes: Vec<Change>,
    /// Documents that the last report has and the one before has not.
    pub(crate) added: Vec<(String, Count)>,
    /// Documents that the last report has no more, with what they were before.
    pub(crate) removed: Vec<(String, Count)>,
}

/// One report.
#[derive(Debug)]
pub(crate) struct Point {
    pub(crate) label: String,
    /// Reviewed documents.
    pub(crate) documents: usize,
    pub(crate) count: Count,
}

/// One group over all reports.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) name: String,
    /// A count per report.
    pub(crate) counts: Vec<Count>,
}

/// A question of a document that has another state than before.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) path: String,
    pub(crate) title: String,
    /// `None` where it was not asked.
    pub(crate) before: Option<&'static str>,
    pub(crate) after: Option<&'static str>,
}

/// Why a file is no report to draw a trend from.
#[derive(Debug, PartialEq, Eq)]
pub struct NotAReport(String);

impl fmt::Display for NotAReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotAReport {}

/// What of a checklist counts here. Fields that are not listed do not matter.
#[derive(Debug, Deserialize)]
pub struct PastReport {
    version: u32,
    documents: Vec<PastDocument>,
}

#[derive(Debug, Deserialize)]
struct PastDocument {
    path: String,
    #[serde(default)]
    skipped: Option<String>,
    questions: Vec<PastAnswer>,
}

#[derive(Debug, Deserialize)]
struct PastAnswer {
    id: String,
    group: String,
    title: String,
    status: Status,
    asked: bool,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Absent,
    Touched,
    Answered,
    Waived,
}

impl PastAnswer {
    fn state(&self) -> Option<&'static str> {
        self.asked.then_some(match self.status {
            Status::Absent => "open",
            Status::Touched => "touched",
            Status::Answered => "answered",
            Status::Waived => "waived",
        })
    }
}

/// Reads what `archlint checklist --format json` has written.
///
/// # Errors
/// When it is something else, or written by a later archlint.
pub fn past_report(text: &str) -> Result<PastReport, NotAReport> {
    let text = text.trim_start_matches('\u{feff}');
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| NotAReport(format!("is not JSON: {error}")))?;
    if value.get("findings").is_some() {
        return Err(NotAReport(
            "is a report of `archlint check`, which does not say what is answered".into(),
        ));
    }
    let version = value.get("version").and_then(serde_json::Value::as_u64);
    if version.is_some_and(|version| version > u64::from(VERSION)) {
        return Err(NotAReport("is written by a later archlint".into()));
    }
    let report: PastReport = serde_json::from_value(value)
        .map_err(|error| NotAReport(format!("is not a checklist: {error}")))?;
    match report.version {
        0 => Err(NotAReport("is of a version that never was: 0".into())),
        _ => Ok(report),
    }
}

/// The trend of reports with their labels, the oldest first.
pub fn trend(reports: &[(String, PastReport)]) -> Trend {
    let points = reports.iter().map(|(label, report)| Point {
        label: one_line(label).into_owned(),
        documents: report.reviewed().count(),
        count: report.answers().fold(Count::default(), counted),
    });
    let (changes, added, removed) = match reports {
        [.., (_, before), (_, after)] => (
            changes(before, after),
            only_in(after, before),
            only_in(before, after),
        ),
        _ => Default::default(),
    };
    Trend {
        points: points.collect(),
        groups: lines(reports),
        changes,
        added,
        removed,
    }
}

impl PastReport {
    fn reviewed(&self) -> impl Iterator<Item = &PastDocument> {
        self.documents.iter().filter(|d| d.skipped.is_none())
    }

    fn paths(&self) -> FxHashSet<&str> {
        self.reviewed().map(|d| d.path.as_str()).collect()
    }

    fn answers(&self) -> impl Iterator<Item = &PastAnswer> {
        self.reviewed().flat_map(|d| &d.questions)
    }
}

fn counted(mut count: Count, answer: &PastAnswer) -> Count {
    if let Some(state) = answer.state() {
        count.add(state);
    }
    count
}

fn lines(reports: &[(String, PastReport)]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, (_, report)) in reports.iter().enumerate().rev() {
        for answer in report.answers() {
            let place = *places.entry(&answer.group).or_insert_with(|| {
                lines.push(Line {
                    name: one_line(&answer.group).into_owned(),
                    counts: vec![Count::default(); reports.len()],
                });
                lines.len() - 1
            });
            let count = lines.get_mut(place).and_then(|l| l.counts.get_mut(at));
            if let Some(count) = count {
                *count = counted(*count, answer);
            }
        }
    }
    lines.retain(|line| line.counts.iter().any(|count| count.asked() > 0));
    lines
}

/// The questions of documents that both reports have, by the order of the later one.
fn changes(before: &PastReport, after: &PastReport) -> Vec<Change> {
    let old: FxHashMap<(&str, &str), Option<&'static str>> = before
        .reviewed()
        .flat_map(|d| d.questions.iter().map(move |q| (d, q)))
        .map(|(d, q)| ((d.path.as_str(), q.id.as_str()), q.state()))
        .collect();
    let paths = before.paths();
    let mut changes = Vec::new();
    for document in after.reviewed().filter(|d| paths.contains(d.path.as_str())) {
        for answer in &document.questions {
            let key = (document.path.as_str(), answer.id.as_str());
            let (before, after) = (old.get(&key).copied().flatten(), answer.state());
            if before != after {
                changes.push(Change {
                    path: one_line(&document.path).into_owned(),
                    title: one_line(&answer.title).into_owned(),
                    before,
                    after,
                });
            }
        }
    }
    changes
}

/// The documents of `one` that `other` does not have.
fn only_in(one: &PastReport, other: &PastReport) -> Vec<(String, Count)> {
    let paths = other.paths();
    one.reviewed()
        .filter(|document| !paths.contains(document.path.as_str()))
        .map(|document| {
            let count = document.questions.iter().fold(Count::default(), counted);
            (one_line(&document.path).into_owned(), count)
        })
        .collect()
}

impl Trend {
    /// Whether the last report says the same as the one before.
    pub(crate) fn is_same(&self) -> bool {
        self.changes.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }
}

impl Change {
    /// Whether it counts for the better (`Some(true)`), for the worse, or for neither.
    pub(crate) fn better(&self) -> Option<bool> {
        let settled = |state: Option<&str>| matches!(state, Some("answered" | "waived"));
        match (settled(self.before), settled(self.after)) {
            (false, true) => Some(true),
            (true, false) if self.after.is_some() => Some(false),
            (false, false) if self.before.is_none() => Some(false),
            _ => None,
        }
    }

    /// "open → answered".
    pub(crate) fn in_words(&self) -> String {
        let word = |state: Option<&'static str>| state.unwrap_or("not asked");
        format!("{} → {}", word(self.before), word(self.after))
    }
}

/// Cells of the longest bar in the terminal.
const BAR: usize = 30;
/// Changes that are listed in the terminal.
const LISTED: usize = 20;

/// Writes the trend for a terminal, without colours.
///
/// # Errors
/// Those of `out`.
pub fn trend_text(trend: &Trend, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Answered of the asked questions\n")?;
    let labels = widest(trend.points.iter().map(|p| p.label.as_str()));
    let mut before = None;
    for point in &trend.points {
        let percent = point.count.percent();
        writeln!(
            out,
            "{} {} {}  {} of {} in {}{}",
            padded(&point.label, labels),
            bar(percent.unwrap_or(0)),
            share(percent),
            point.count.settled(),
            point.count.asked(),
            crate::summary::counted(point.documents, "document"),
            moved(before, percent)
                .map(|m| format!("  {m}"))
                .unwrap_or_default(),
        )?;
        before = percent;
    }
    groups(trend, out)?;
    listed_changes(trend, out)
}

fn groups(trend: &Trend, out: &mut dyn Write) -> io::Result<()> {
    if trend.groups.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nBy group, first to last\n")?;
    let names = widest(trend.groups.iter().map(|line| line.name.as_str()));
    for line in &trend.groups {
        let shares: Vec<_> = line.counts.iter().map(|count| count.percent()).collect();
        let (first, last) = (
            shares.first().copied().flatten(),
            shares.last().copied().flatten(),
        );
        let steps: String = shares.iter().map(|share| step(*share)).collect();
        writeln!(
            out,
            "{}  {steps}  {} → {}{}",
            padded(&line.name, names),
            share(first),
            share(last),
            moved(first, last)
                .map(|m| format!("  {m}"))
                .unwrap_or_default()
        )?;
    }
    Ok(())
}

fn listed_changes(trend: &Trend, out: &mut dyn Write) -> io::Result<()> {
    let [.., before, last] = trend.points.as_slice() else {
        return Ok(());
    };
    writeln!(out, "\nFrom {} to {}\n", before.label, last.label)?;
    if trend.is_same() {
        return writeln!(out, "Nothing changed.");
    }
    for (path, count) in &trend.added {
        let (settled, asked) = (count.settled(), count.asked());
        writeln!(out, "+ {path}: new, {settled} of {asked} answered")?;
    }
    for (path, _) in &trend.removed {
        writeln!(out, "- {path}: no longer reviewed")?;
    }
    for change in trend.changes.iter().take(LISTED) {
        writeln!(
            out,
            "{} {}: {} ({})",
            mark(change.after),
            change.path,
            change.title,
            change.in_words()
        )?;
    }
    match trend.changes.len().checked_sub(LISTED) {
        None | Some(0) => Ok(()),
        Some(more) => writeln!(out, "and {more} more; --format html lists them all"),
    }
}

/// "+12" or "-3" percentage points; nothing where nothing moved or nothing can be compared.
pub(crate) fn moved(before: Option<usize>, after: Option<usize>) -> Option<String> {
    let (before, after) = (before?, after?);
    match after.checked_sub(before) {
        Some(0) => None,
        Some(more) => Some(format!("+{more}")),
        None => Some(format!("-{}", before - after)),
    }
}

fn share(percent: Option<usize>) -> String {
    percent.map_or("    –".to_owned(), |p| format!("{p:>3} %"))
}

fn bar(percent: usize) -> String {
    let full = (percent * BAR + 50) / 100;
    format!(
        "{}{}",
        "█".repeat(full),
        "░".repeat(BAR.saturating_sub(full))
    )
}

/// One of eight heights.
fn step(percent: Option<usize>) -> char {
    let steps = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let at = percent.map(|p| (p * 7 + 50) / 100);
    at.and_then(|at| steps.get(at).copied()).unwrap_or('·')
}

fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}

fn padded(text: &str, width: usize) -> String {
    format!("{text:<width$}")
}
