//! What can be done about findings.

use super::insert::{self, Edit, Fits};
use super::texts::rule_text;
use crate::analysis::{Analysis, newline};
use archlint_document::{Heading, Span};
use archlint_review::Finding;
use archlint_rules::{Role, RuleRef, Rules};
use archlint_workspace::fixes::{self, Fix, plan};
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// The edits of one file; `file` is `None` for the document itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdits {
    /// The file.
    pub file: Option<PathBuf>,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does, in the imperative.
    pub title: String,
    /// Whether it mends everything that is safe to mend, rather than one finding.
    pub is_fix_all: bool,
    /// The finding, as an index into those of the document.
    pub finding: Option<usize>,
    /// What changes.
    pub changes: Vec<FileEdits>,
    /// The rule to explain, for the action that changes nothing.
    pub explain: Option<String>,
    /// Whether it is the one to take when nobody chooses.
    pub is_preferred: bool,
}

/// What can be done about the findings on the lines of `span`. `today` is `YYYY-MM-DD`.
pub fn actions(analysis: &Analysis, span: &Span, today: Option<&str>) -> Vec<Action> {
    let mut actions = Vec::new();
    let fixes = safe_fixes(analysis, today);
    let (first, last) = (analysis.line(span.start), analysis.line(span.end));
    for (at, finding) in analysis.findings().iter().enumerate() {
        let line = analysis.line(finding.span.start);
        if line < first || line > last {
            continue;
        }
        let action = |title: String, changes: Vec<FileEdits>| Action {
            title,
            is_fix_all: false,
            finding: Some(at),
            changes,
            explain: None,
            is_preferred: false,
        };
        for fix in fixes.iter().filter(|fix| mends(fix, finding)) {
            actions.push(Action {
                is_preferred: true,
                ..action(
                    fix.title.clone(),
                    changes(analysis, std::slice::from_ref(fix)),
                )
            });
        }
        if let Some((name, edit)) = section_for(analysis, &finding.rule) {
            actions.push(action(format!("Insert section “{name}”"), own(edit)));
        }
        if !finding.rule.starts_with("waiver/") {
            let edit = insert::waiver(analysis, &finding.rule, "", None);
            actions.push(action(
                format!("Waive {} in this document …", finding.rule),
                own(edit),
            ));
            actions.extend(
                waive_in_section(analysis, finding).map(|(title, edit)| action(title, own(edit))),
            );
        }
        if rule_text(analysis, &finding.rule).is_some() {
            actions.push(Action {
                explain: Some(finding.rule.clone()),
                ..action(format!("Explain {}", finding.rule), Vec::new())
            });
        }
    }
    actions.extend(elsewhere(analysis, first..=last));
    actions.extend(fix_all(analysis, &fixes));
    actions
}

/// The section that answers a rule, and its name.
pub fn section_for(analysis: &Analysis, rule: &str) -> Option<(String, Edit)> {
    let topics = &analysis.rules().topics;
    if let Some(at) = topics.iter().position(|topic| &*topic.id == rule) {
        let topic = &topics[at];
        let raised_by = analysis
            .answer(rule)
            .and_then(|answer| answer.raised_by.first());
        let fits = |heading: &Heading| {
            let heading_text = insert::plain(&heading.text);
            if heading_text == insert::plain(&topic.title)
                || announces(&heading_text, at, analysis.rules())
            {
                return Some(Fits::Itself);
            }
            // What raises the question by its mere heading is to be filled, not to get a sister.
            let raises = raised_by.is_some_and(|passage| passage.span == heading.span);
            raises.then_some(Fits::Around)
        };
        let near = insert::near_group(analysis, &topic.group);
        let edit = insert::section(analysis, &topic.scaffold, fits, near);
        return Some((name_of(&topic.scaffold), edit));
    }
    let structures = &analysis.rules().structures;
    let structure = structures.iter().find(|structure| &*structure.id == rule)?;
    let scaffold = structure.scaffold.as_ref()?;
    let name = name_of(scaffold);
    let fits = |heading: &Heading| {
        (insert::plain(&heading.text) == insert::plain(&name)).then_some(Fits::Itself)
    };
    let edit = insert::section(analysis, scaffold, fits, None);
    Some((name, edit))
}

/// Whether a heading, as a whole, is one under which the topic at this index is answered.
fn announces(heading: &str, topic: usize, rules: &Rules) -> bool {
    let (mut words, mut hits) = (Vec::new(), Vec::new());
    let matcher = &rules.matcher;
    matcher.words(heading, 0, &mut words);
    matcher.hits(&words, heading, &mut hits, &mut Vec::new());
    let whole = hits.iter().filter(|hit| hit.words.len() == words.len());
    whole
        .flat_map(|hit| matcher.uses(hit.term))
        .any(|used| used.role == Role::Heading && used.rule == RuleRef::Topic(topic))
}

/// The text of the heading that a scaffold begins with.
fn name_of(scaffold: &str) -> String {
    let heading = scaffold.trim().lines().next().unwrap_or_default();
    heading.trim_start_matches('#').trim().to_owned()
}

fn waive_in_section(analysis: &Analysis, finding: &Finding) -> Option<(String, Edit)> {
    let document = analysis.document();
    let section = document.section_at(finding.span.start);
    if section <= 1 {
        return None;
    }
    let title = document.heading_title(section);
    let edit = insert::waiver(analysis, &finding.rule, "", Some(section));
    Some((format!("Waive {} in “{title}” …", finding.rule), edit))
}

/// What can be mended in this document.
fn safe_fixes(analysis: &Analysis, today: Option<&str>) -> Vec<Fix> {
    let mut fixes = fixes::of_document(&analysis.reviewed, today);
    let is_here = |fix: &&Fix| {
        let mut files = fix.files.iter();
        files.all(|part| Some(part.file.as_path()) == analysis.file())
    };
    fixes.extend(analysis.folder_fixes.iter().filter(is_here).cloned());
    fixes
}

fn mends(fix: &Fix, finding: &Finding) -> bool {
    fix.rule == finding.rule
        && fix
            .finding
            .as_ref()
            .is_none_or(|span| *span == finding.span)
}

/// What this document says on `lines` (from 0) of other records, said in those, too.
fn elsewhere(analysis: &Analysis, lines: RangeInclusive<usize>) -> Vec<Action> {
    let asked = |fix: &&Fix| {
        fix.said_by.as_ref().is_some_and(|place| {
            Some(place.file.as_path()) == analysis.file()
                && lines.contains(&analysis.line(place.span.start))
        })
    };
    let action = |fix: &Fix| {
        let name = fix.files.first()?.file.file_name()?.to_string_lossy();
        Some(Action {
            title: format!("In {name}: {}", lower_first(&fix.title)),
            is_fix_all: false,
            finding: None,
            changes: changes(analysis, std::slice::from_ref(fix)),
            explain: None,
            is_preferred: false,
        })
    };
    let fixes = analysis.folder_fixes.iter().filter(asked);
    fixes.filter_map(action).collect()
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(characters).collect()
}

fn fix_all(analysis: &Analysis, fixes: &[Fix]) -> Option<Action> {
    if fixes.is_empty() {
        return None;
    }
    let own_file = analysis.file();
    let texts = |file: &std::path::Path| (Some(file) == own_file).then_some(analysis.text());
    let left_out = plan(fixes, texts).left_out;
    let together: Vec<Fix> = fixes
        .iter()
        .filter(|fix| !left_out.contains(fix))
        .cloned()
        .collect();
    Some(Action {
        title: "Fix all that is safe to fix".to_owned(),
        is_fix_all: true,
        finding: None,
        changes: changes(analysis, &together),
        explain: None,
        is_preferred: false,
    })
}

fn changes(analysis: &Analysis, fixes: &[Fix]) -> Vec<FileEdits> {
    let mut changes: Vec<FileEdits> = Vec::new();
    for part in fixes.iter().flat_map(|fix| &fix.files) {
        let file = (Some(part.file.as_path()) != analysis.file()).then(|| part.file.clone());
        let text = file.as_deref().and_then(|file| analysis.other(file));
        let newline = text.map_or(analysis.newline(), |other| newline(&other.document.text));
        let edits = part.edits.iter().map(|edit| Edit {
            span: edit.span.clone(),
            text: edit.text.replace("\r\n", "\n").replace('\n', newline),
            snippet: None,
        });
        match changes.iter_mut().find(|change| change.file == file) {
            Some(change) => change.edits.extend(edits),
            None => changes.push(FileEdits {
                file,
                edits: edits.collect(),
            }),
        }
    }
    changes
}

fn own(edit: Edit) -> Vec<FileEdits> {
    vec![FileEdits {
        file: None,
        edits: vec![edit],
    }]
}
