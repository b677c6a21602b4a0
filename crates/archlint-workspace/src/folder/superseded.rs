//! `adr/superseded`: a decision and the one that takes its place know of each other.

use super::record::{Record, finding, target_name};
use crate::rule_ids::ADR_SUPERSEDED;
use crate::run::Examined;
use archlint_review::Finding;
use archlint_review::adr::State;
use std::collections::BTreeSet;

/// A record that names more others is a list of them; each is looked for among all records.
const MOST_RELATIONS: usize = 50;

/// The findings on the records of one folder, whose files are `names`.
pub(super) fn check(
    records: &[Record],
    names: Option<&BTreeSet<String>>,
    examined: &[Examined],
    found: &mut Vec<(usize, Finding)>,
) {
    for record in records {
        let Some(one) = examined.get(record.at) else {
            continue;
        };
        let rules = &one.config.rules;
        let status = record.fields.status.as_ref();
        let is_superseded = status.is_some_and(|status| status.state == Some(State::Superseded));
        if is_superseded && record.fields.successors().next().is_none() {
            let span = status.map_or_else(|| record.title_span(one), |status| status.span.clone());
            let message = "is superseded without saying by which decision";
            let label = "no other decision is named".to_owned();
            found.push((
                record.at,
                finding(rules, ADR_SUPERSEDED, span, message, label),
            ));
        }
        for relation in record.fields.successors().take(MOST_RELATIONS) {
            let successor = records.iter().find(|other| other.is_meant_by(relation));
            match successor {
                Some(successor) if successor.at != record.at => {
                    points_back(record, successor, examined, found);
                }
                Some(_) => {}
                None => {
                    // A broken link is reported as such.
                    let (Some(number), None) = (relation.number, &relation.target) else {
                        continue;
                    };
                    let Some(names) = names else { continue };
                    if !names
                        .iter()
                        .any(|name| super::record::file_number(name) == Some(number))
                    {
                        let message = "the decision that takes its place is not there";
                        let label = format!("there is no decision {number} in this folder");
                        let span = relation.span.clone();
                        found.push((
                            record.at,
                            finding(rules, ADR_SUPERSEDED, span, message, label),
                        ));
                    }
                }
            }
        }
        for relation in record.fields.predecessors().take(MOST_RELATIONS) {
            let predecessor = records.iter().find(|other| other.is_meant_by(relation));
            if let Some(predecessor) = predecessor.filter(|other| other.at != record.at) {
                still_in_force(record, predecessor, examined, found);
            }
        }
    }
}

/// `successor` takes the place of `record`, and should say so.
fn points_back(
    record: &Record,
    successor: &Record,
    examined: &[Examined],
    found: &mut Vec<(usize, Finding)>,
) {
    let Some(one) = examined.get(successor.at) else {
        return;
    };
    let says_so = successor
        .fields
        .predecessors()
        .any(|relation| record.is_meant_by(relation));
    // Any link to it will do: it is named, and a reader finds it.
    let links = one.document.links.iter();
    let mut targets = links.filter_map(|link| target_name(&link.target));
    if says_so || targets.any(|name| name == record.name) {
        return;
    }
    let message = "takes the place of another decision without saying so";
    let label = format!("`{}` says that it is superseded by this one", record.name);
    let span = successor.title_span(one);
    let mut finding = finding(&one.config.rules, ADR_SUPERSEDED, span, message, label);
    finding.help = format!("Say that it supersedes `{}`, with a link.", record.name);
    found.push((successor.at, finding));
}

/// `record` says that it takes the place of `predecessor`, which should not claim to be in force.
fn still_in_force(
    record: &Record,
    predecessor: &Record,
    examined: &[Examined],
    found: &mut Vec<(usize, Finding)>,
) {
    let Some(one) = examined.get(predecessor.at) else {
        return;
    };
    let Some(status) = &predecessor.fields.status else {
        return;
    };
    if !matches!(status.state, Some(State::Accepted | State::Open)) {
        return;
    }
    // "accepted, superseded in part by" names the successor: enough.
    if predecessor
        .fields
        .successors()
        .any(|relation| record.is_meant_by(relation))
    {
        return;
    }
    let message = "is superseded by another decision and does not say so";
    let label = format!("`{}` says that it supersedes this one", record.name);
    let mut finding = finding(
        &one.config.rules,
        ADR_SUPERSEDED,
        status.span.clone(),
        message,
        label,
    );
    finding.help = format!(
        "Set the status to superseded by `{}`, with a link.",
        record.name
    );
    found.push((predecessor.at, finding));
}
