//! `adr/links`: links between records lead somewhere.

use super::record::{Record, decoded, finding, target_name};
use crate::config::nearest;
use crate::rule_ids::ADR_LINKS;
use crate::run::Examined;
use archlint_document::Document;
use archlint_review::Finding;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// In one document this many broken links get a suggestion: each is compared with all names.
const MOST_SUGGESTIONS: usize = 50;

/// The findings on the records of one folder, whose files are `names`.
pub(super) fn check(
    records: &[Record],
    names: Option<&BTreeSet<String>>,
    examined: &[Examined],
    found: &mut Vec<(usize, Finding)>,
) {
    let by_name: FxHashMap<&str, usize> = records
        .iter()
        .map(|record| (record.name.as_str(), record.at))
        .collect();
    let mut anchors: FxHashMap<usize, FxHashSet<String>> = FxHashMap::default();
    for record in records {
        let Some(one) = examined.get(record.at) else {
            continue;
        };
        let mut suggestions = 0;
        for link in one.document.links.iter().filter(|link| !link.image) {
            let mut report = |message: &str, label: String, help: Option<String>| {
                let mut finding = finding(
                    &one.config.rules,
                    ADR_LINKS,
                    link.span.clone(),
                    message,
                    label,
                );
                finding.help = help.unwrap_or(finding.help);
                found.push((record.at, finding));
            };
            let (path, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
            let target = if path.is_empty() {
                Some(record.name.clone())
            } else {
                target_name(path)
            };
            let Some(name) = target.filter(|name| crate::discover::is_markdown(name.as_ref()))
            else {
                continue;
            };
            if let Some(names) = names
                && !names.contains(&name)
            {
                suggestions += 1;
                let near = (suggestions <= MOST_SUGGESTIONS)
                    .then(|| nearest(&name, names.iter().map(String::as_str)))
                    .flatten();
                report(
                    "links to a decision that is not there",
                    format!("there is no `{name}` in this folder"),
                    near.map(|near| format!("Did you mean `{near}`?")),
                );
                continue;
            }
            let Some(&other) = by_name.get(name.as_str()) else {
                continue;
            };
            let Some(document) = examined.get(other).map(|one| &one.document) else {
                continue;
            };
            let known = anchors.entry(other).or_insert_with(|| anchors_of(document));
            let wanted = plain(&decoded(anchor));
            if !anchor.is_empty() && !known.contains(&wanted) && !is_line(anchor) {
                let place = if other == record.at {
                    "this document"
                } else {
                    name.as_str()
                };
                report(
                    "links to a heading that is not there",
                    format!("{place} has no heading `#{anchor}`"),
                    None,
                );
            }
        }
    }
}

/// `#L12`, as code browsers write it, and GitHub's own anchors.
fn is_line(anchor: &str) -> bool {
    let rest = anchor.strip_prefix(['L', 'l']).unwrap_or_default();
    rest.starts_with(|c: char| c.is_ascii_digit())
        || anchor == "top"
        || anchor.starts_with("user-content-")
        || anchor.starts_with("fn")
}

/// What links may lead to in a document: its headings, and anchors set by hand. Renderers differ in
/// how they join the words of a heading, so only letters and digits count.
fn anchors_of(document: &Document) -> FxHashSet<String> {
    let mut anchors = FxHashSet::default();
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for heading in document
        .sections
        .iter()
        .filter_map(|section| section.heading.as_ref())
    {
        let name = plain(&heading.text);
        // The second heading of a name is reached by `name-1`.
        let count = seen.entry(name.clone()).or_insert(0);
        if *count > 0 {
            anchors.insert(format!("{name}{count}"));
        }
        *count += 1;
        // `## Context {#why}`
        if let Some((text, id)) = heading.text.split_once("{#") {
            anchors.insert(plain(text));
            anchors.insert(plain(id));
        }
        anchors.insert(name);
    }
    for mark in ["name=", "id="] {
        for (at, _) in document.text.match_indices(mark) {
            let rest = document.text.get(at + mark.len()..).unwrap_or_default();
            let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
            let end = rest
                .find(['"', '\'', '>', ' ', '\n'])
                .unwrap_or(rest.len().min(100));
            anchors.insert(plain(rest.get(..end).unwrap_or_default()));
        }
    }
    anchors
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
