//! Templates that documents follow: which sections they ask for, found by meaning rather than by
//! exact heading, and what a document needs at its stage.

mod learn;
mod meaning;

pub use learn::Learned;

use crate::config::{Config, Resolved, Stage, Template, is_for};
use crate::rule_ids::{OwnRule, TEMPLATE_MISSING, TEMPLATE_UNFILLED, own};
use archlint_document::{Document, Residue, ResidueKind, Span};
use archlint_review::adr::{Role, fields};
use archlint_review::{Finding, Review};
use archlint_rules::Rules;
use learn::{Asked, body, title_section};
use meaning::{ALIKE, HOLDS, Meaning, SAME};

/// Holds a document to its template: adds the findings of `template/missing-section` and
/// `template/unfilled`, and drops the questions that are not asked at its stage.
pub fn check(document: &Document, review: &mut Review, resolved: &Resolved, config: &Config) {
    let Some(template) = chosen(document, resolved) else {
        return;
    };
    let Some(learned) = config.templates.get(&template.file.value) else {
        return;
    };
    let own = Own::of(document, &config.rules);
    let stage = own
        .stage
        .as_ref()
        .and_then(|stage| stage_named(template, stage));
    if let Some(questions) = stage.and_then(|stage| stage.questions.as_ref()) {
        let asked = |rule: &str| questions.iter().any(|said| is_for(&said.value, rule));
        for answer in review
            .answers
            .iter_mut()
            .filter(|answer| !asked(&answer.rule))
        {
            answer.asked = false;
        }
        review
            .findings
            .retain(|finding| finding.question.as_deref().is_none_or(asked));
    }
    let needed = |section: &Asked| match stage.and_then(|stage| stage.sections.as_ref()) {
        Some(names) => names
            .iter()
            .any(|name| Meaning::of(&name.value, &config.rules).likeness(&section.meaning) >= SAME),
        None => !section.optional,
    };
    let found = own.find(&learned.sections);
    missing(document, learned, &found, &own, needed, review);
    unfilled(document, learned, &found, &own, review);
}

/// The template that the document follows: the one of the version that it names, else the last one
/// that is for everybody.
fn chosen<'r>(document: &Document, resolved: &'r Resolved) -> Option<&'r Template> {
    let templates = || resolved.templates.iter().map(|template| &template.value);
    let keys = ["template", "template-version", "template_version"];
    let named = keys
        .iter()
        .find_map(|key| document.field(key))
        .and_then(|value| match value {
            serde_json::Value::String(text) => Some(text.trim().to_owned()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        });
    let of_version = named.and_then(|named| {
        templates().rev().find(|t| {
            t.version
                .as_ref()
                .is_some_and(|version| version.value == named)
        })
    });
    of_version.or_else(|| current(resolved))
}

/// The template for a document that names no version: the last one without a version, else the last
/// one of all.
pub fn current(resolved: &Resolved) -> Option<&Template> {
    let templates = || resolved.templates.iter().rev().map(|one| &one.value);
    templates()
        .find(|template| template.version.is_none())
        .or_else(|| templates().next())
}

fn stage_named<'t>(template: &'t Template, stage: &str) -> Option<&'t Stage> {
    let named = |stage: &str| {
        template
            .stages
            .iter()
            .find(|other| other.name.value == stage)
    };
    // "Accepted, 2024-05-01" is at the stage "accepted".
    named(stage).or_else(|| {
        let first = stage.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'));
        first.filter(|word| !word.is_empty()).find_map(named)
    })
}

/// Sections after this many are not compared: no document has them, and the time stays linear.
const MOST_SECTIONS: usize = 5_000;

/// A section of the document, or a labelled part of it.
struct Candidate {
    meaning: Meaning,
    /// Where its name stands.
    span: Span,
    /// Its section; `None` for a part under a label.
    section: Option<usize>,
}

/// What a document has to offer.
struct Own {
    candidates: Vec<Candidate>,
    title: Option<usize>,
    /// Its status or stage, in lower case.
    stage: Option<String>,
    has_status: bool,
    has_date: bool,
}

impl Own {
    fn of(document: &Document, rules: &Rules) -> Self {
        let title = title_section(document);
        let fields = fields(document);
        let mut candidates = Vec::new();
        for (at, section) in document.sections.iter().enumerate().take(MOST_SECTIONS) {
            if let Some(heading) = section.heading.as_ref().filter(|_| Some(at) != title) {
                candidates.push(Candidate {
                    meaning: Meaning::of(&heading.text, rules),
                    span: heading.span.clone(),
                    section: Some(at),
                });
            }
        }
        for part in fields.parts.iter().filter(|part| part.section.is_none()) {
            candidates.push(Candidate {
                meaning: Meaning::of(&part.name, rules),
                span: part.heading.clone(),
                section: None,
            });
        }
        let field = ["stage", "status", "state"]
            .iter()
            .find_map(|key| document.field(key)?.as_str());
        let status = fields.status.as_ref().map(|status| status.text.as_str());
        Own {
            candidates,
            title,
            stage: field.or(status).map(|stage| stage.trim().to_lowercase()),
            has_status: fields.status.is_some(),
            has_date: fields.date.is_some(),
        }
    }

    /// For each section of a template the candidate that will do for it, the most alike first. A
    /// candidate does for a second section only when its name holds that of both.
    fn find(&self, asked: &[Asked]) -> Vec<Option<usize>> {
        let mut pairs = Vec::new();
        let named = asked.iter().enumerate().filter(|(_, asked)| !asked.open);
        for (section, asked) in named {
            for (candidate, own) in self.candidates.iter().enumerate() {
                let likeness = asked.meaning.likeness(&own.meaning);
                if likeness >= ALIKE {
                    pairs.push((likeness, section, candidate));
                }
            }
        }
        // Of equals the first ones of both, which a stable sort keeps in front.
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut found = vec![None; asked.len()];
        let mut used = vec![false; self.candidates.len()];
        for (likeness, section, candidate) in pairs {
            if found[section].is_none() && (!used[candidate] || likeness >= HOLDS) {
                found[section] = Some(candidate);
                used[candidate] = true;
            }
        }
        found
    }

    /// Whether a fact that a template gives a section of its own is told elsewhere.
    fn tells(&self, section: &Asked) -> bool {
        (section.meaning.has_role(Role::Status) && self.has_status)
            || (section.meaning.has_role(Role::Date) && self.has_date)
    }
}

fn missing(
    document: &Document,
    learned: &Learned,
    found: &[Option<usize>],
    own: &Own,
    needed: impl Fn(&Asked) -> bool,
    review: &mut Review,
) {
    let is_missing = |at: usize| {
        learned.sections.get(at).is_some_and(|section| {
            found.get(at).is_some_and(Option::is_none) && needed(section) && !own.tells(section)
        })
    };
    for (at, section) in learned.sections.iter().enumerate() {
        // Who lacks a section lacks what is in it.
        let in_missing = section
            .parent
            .is_some_and(|parent| found.get(parent) == Some(&None));
        if !is_missing(at) || in_missing {
            continue;
        }
        let before = found
            .get(..at)
            .unwrap_or_default()
            .iter()
            .rev()
            .flatten()
            .next();
        let before = before.and_then(|candidate| own.candidates.get(*candidate));
        let place = match before {
            Some(candidate) => candidate.span.clone(),
            None => start(document, own.title),
        };
        let (title, name) = (&section.title, &learned.name);
        let label = match before {
            Some(_) => format!("after this, `{name}` asks for “{title}”"),
            None => format!("`{name}` asks for “{title}”"),
        };
        let mut finding = finding(TEMPLATE_MISSING, place, label);
        finding.message = format!("lacks the section “{title}” of its template");
        review.findings.push(finding);
    }
}

fn start(document: &Document, title: Option<usize>) -> Span {
    let heading = title.and_then(|title| document.sections.get(title)?.heading.as_ref());
    let first = document.blocks.first().map(|block| &block.span);
    heading
        .map(|heading| &heading.span)
        .or(first)
        .cloned()
        .unwrap_or(0..0)
}

fn unfilled(
    document: &Document,
    learned: &Learned,
    found: &[Option<usize>],
    own: &Own,
    review: &mut Review,
) {
    let mut seen = Vec::new();
    for (asked, candidate) in learned.sections.iter().zip(found) {
        let candidate = candidate.and_then(|candidate| own.candidates.get(candidate));
        let Some(section) = candidate.and_then(|candidate| candidate.section) else {
            continue;
        };
        if seen.contains(&section) {
            continue;
        }
        seen.push(section);
        let Some((span, label)) = left_over(document, section, asked, &learned.name) else {
            continue;
        };
        // The rule on placeholders says the same of decision records.
        let is_said = review.findings.iter().any(|finding| {
            finding.rule == "adr/placeholder" && document.section_at(finding.span.start) == section
        });
        if !is_said {
            review
                .findings
                .push(finding(TEMPLATE_UNFILLED, span, label));
        }
    }
}

/// What of the template is left in a section instead of a text of its own.
fn left_over(
    document: &Document,
    section: usize,
    asked: &Asked,
    name: &str,
) -> Option<(Span, String)> {
    if document.has_children(section) {
        return None;
    }
    let heading = document
        .sections
        .get(section)?
        .heading
        .as_ref()?
        .span
        .clone();
    let own = body(document, section);
    if !own.is_empty() && own.is_subset(&asked.body) {
        return Some((
            heading,
            format!("all that stands here is what `{name}` says"),
        ));
    }
    let is_whole = |residue: &&Residue| {
        residue.section == section && (residue.kind != ResidueKind::Placeholder || own.len() <= 1)
    };
    let residue = document.residue.iter().find(is_whole)?;
    let label = match residue.kind {
        ResidueKind::EmptySection | ResidueKind::OnlyComment => "nothing is written here",
        ResidueKind::Tbd => "this is still to be written",
        ResidueKind::BareNotApplicable => "no reason is given why it does not apply",
        ResidueKind::Placeholder => "a placeholder stands here",
        ResidueKind::Instruction => "this says what to write",
    };
    Some((residue.span.clone(), label.to_owned()))
}

fn finding(rule: &str, span: Span, label: String) -> Finding {
    let texts = own(rule).unwrap_or(OwnRule::NONE);
    Finding {
        rule: rule.to_owned(),
        question: None,
        severity: texts.severity,
        message: texts.message.to_owned(),
        label,
        help: texts.help.to_owned(),
        span,
        related: Vec::new(),
        confidence: 1.0,
    }
}
