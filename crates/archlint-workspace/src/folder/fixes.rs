//! What can be mended between the records of a folder without asking what they mean: links to a
//! record that got another name, and the statement on the other side of a replacement.

use super::Listings;
use super::record::{Record, file_number, target_name};
use crate::Reviewed;
use crate::fixes::{FileEdits, Fix, Place, TextEdit};
use crate::rule_ids::{ADR_LINKS, ADR_SUPERSEDED};
use archlint_document::{Link, Span};
use archlint_review::Finding;
use archlint_review::adr::{Form, Relation, State};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The fixes for the findings of `adr/links` and `adr/superseded`. Findings that are waived,
/// switched off or held back are not mended.
pub fn fixes(documents: &[Reviewed], listings: &Listings) -> Vec<Fix> {
    let mut folders: BTreeMap<PathBuf, Vec<Record>> = BTreeMap::new();
    for (at, one) in documents.iter().enumerate() {
        let file = one.file.as_deref();
        if let Some(folder) = file.and_then(Path::parent)
            && let Some(record) = Record::new(at, file, &one.review)
        {
            folders.entry(folder.to_owned()).or_default().push(record);
        }
    }
    let mut fixes = Vec::new();
    for (folder, records) in &folders {
        for record in records {
            let Some(one) = documents.get(record.at) else {
                continue;
            };
            if let Some(names) = listings.names(folder) {
                fixes.extend(renamed(one, names));
            }
            let reported: Vec<&Finding> = one
                .review
                .findings
                .iter()
                .filter(|f| f.rule == ADR_SUPERSEDED)
                .collect();
            if !reported.is_empty() {
                fixes.extend(other_side(one, record, records, documents, &reported));
            }
        }
    }
    fixes
}

fn fix(one: &Reviewed, rule: &str, finding: &Span, title: String, edit: TextEdit) -> Option<Fix> {
    let files = vec![FileEdits {
        file: one.file.clone()?,
        edits: vec![edit],
    }];
    Some(Fix {
        rule: rule.to_owned(),
        title,
        files,
        finding: Some(finding.clone()),
        said_by: None,
    })
}

/// Links to a file that is not there, when one other has its number.
fn renamed(one: &Reviewed, names: &BTreeSet<String>) -> Vec<Fix> {
    let reported = one
        .review
        .findings
        .iter()
        .filter(|finding| finding.rule == ADR_LINKS);
    let places: BTreeSet<(usize, usize)> = reported
        .map(|finding| (finding.span.start, finding.span.end))
        .collect();
    let is_reported = |link: &&Link| places.contains(&(link.span.start, link.span.end));
    let mend = |link: &Link| {
        let old = target_name(&link.target).filter(|old| !names.contains(old))?;
        let number = file_number(&old)?;
        let mut candidates = names
            .iter()
            .filter(|name| file_number(name) == Some(number));
        let (new, None) = (candidates.next()?, candidates.next()) else {
            return None;
        };
        // A link by reference is defined elsewhere, and one with escapes is not written as it reads.
        let source = one.document.source(&link.span);
        let at = link.span.start + source.rfind(&old)?;
        let title = format!("Link to `{new}`");
        let edit = TextEdit {
            span: at..at + old.len(),
            text: new.replace(' ', "%20"),
        };
        fix(one, ADR_LINKS, &link.span, title, edit)
    };
    one.document
        .links
        .iter()
        .filter(is_reported)
        .filter_map(mend)
        .collect()
}

/// What another record says of this one, said here too.
fn other_side(
    one: &Reviewed,
    record: &Record,
    records: &[Record],
    documents: &[Reviewed],
    reported: &[&Finding],
) -> Vec<Fix> {
    let mut fixes = Vec::new();
    let Some(status) = &record.fields.status else {
        return fixes;
    };
    for other in records.iter().filter(|other| other.at != record.at) {
        let names_it = |finding: &&&Finding| finding.label.contains(&format!("`{}`", other.name));
        let (Some(finding), Some(document)) =
            (reported.iter().find(names_it), documents.get(other.at))
        else {
            continue;
        };
        let link = format!(
            "[{}]({})",
            document.document.title().replace(['[', ']'], ""),
            other.name.replace(' ', "%20")
        );
        let means_me = |relation: &&Relation| record.is_meant_by(relation);
        let replaces_me = other.fields.predecessors().find(means_me);
        let in_text = matches!(
            status.form,
            Form::Section | Form::BoldLine | Form::PlainLine | Form::ListItem
        );
        if !in_text {
            continue;
        }
        let (title, edit) = match replaces_me {
            Some(_) if matches!(status.state, Some(State::Accepted | State::Open)) => (
                format!("Set the status to superseded by `{}`", other.name),
                TextEdit {
                    span: status.span.clone(),
                    text: format!("Superseded by {link}"),
                },
            ),
            None if status.form != Form::ListItem => {
                // Behind the block of the status, as a paragraph of its own.
                let block = one.document.block_at(status.span.start);
                let Some(block) = block.and_then(|block| one.document.blocks.get(block)) else {
                    continue;
                };
                (
                    format!("Say that it supersedes `{}`", other.name),
                    TextEdit {
                        span: block.span.end..block.span.end,
                        text: format!("\n\nSupersedes {link}"),
                    },
                )
            }
            _ => continue,
        };
        let said = replaces_me.or_else(|| other.fields.successors().find(means_me));
        let said_by = said.zip(document.file.clone()).map(|(said, file)| Place {
            file,
            span: said.span.clone(),
        });
        let fix = fix(one, ADR_SUPERSEDED, &finding.span, title, edit);
        fixes.extend(fix.map(|fix| Fix { said_by, ..fix }));
    }
    fixes
}
