//! What can be done about findings.

use super::insert::{self, Edit};
use super::texts::rule_text;
use crate::analysis::Analysis;
use archlint_document::Span;
use archlint_review::Finding;
use archlint_workspace::fixes::{self, Fix, plan};
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
        for fix in fixes.iter().filter(|fix| fix.rule == finding.rule) {
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
    actions.extend(fix_all(analysis, &fixes));
    actions
}

/// The section that answers a rule, and its name.
pub fn section_for(analysis: &Analysis, rule: &str) -> Option<(String, Edit)> {
    if let Some(topic) = analysis.topic(rule) {
        let mut headings: Vec<&str> = topic.answer.headings.iter().map(|text| &**text).collect();
        headings.push(&topic.title);
        headings.extend(raising_heading(analysis, rule));
        let near = insert::near_group(analysis, &topic.group);
        let edit = insert::section(analysis, &topic.scaffold, None, &headings, near);
        return Some((name_of(&topic.scaffold), edit));
    }
    let structure = analysis
        .rules()
        .structures
        .iter()
        .find(|structure| &*structure.id == rule)?;
    let scaffold = structure.scaffold.as_ref()?;
    let name = name_of(scaffold);
    let edit = insert::section(analysis, scaffold, None, &[&name], None);
    Some((name, edit))
}

/// The heading that raises a question, where one does: an empty section is to be filled, not to get
/// a sister.
fn raising_heading<'a>(analysis: &'a Analysis, rule: &str) -> Option<&'a str> {
    let passage = analysis.answer(rule)?.raised_by.first()?;
    let mut headings = analysis
        .document()
        .sections
        .iter()
        .filter_map(|section| section.heading.as_ref());
    let heading = headings.find(|heading| heading.span == passage.span)?;
    Some(&heading.text)
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

fn safe_fixes(analysis: &Analysis, today: Option<&str>) -> Vec<Fix> {
    fixes::of_document(&analysis.reviewed, today)
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
        let edits = part.edits.iter().map(|edit| Edit {
            span: edit.span.clone(),
            text: edit
                .text
                .replace("\r\n", "\n")
                .replace('\n', analysis.newline()),
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
