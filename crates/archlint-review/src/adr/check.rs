//! The built-in checks of decision records: what is missing or wrong, and where to say so.

use super::plain::{floor, holds, words};
use super::roles::{Certainty, Role};
use super::status::is_choice;
use super::title::first_line;
use super::{DateForm, Fields, Form};
use archlint_document::{Document, Residue, ResidueKind, Span};
pub use archlint_rules::Check;
use archlint_rules::Severity;
use rustc_hash::FxHashMap;

/// A place where a check found something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it is reported.
    pub span: Span,
    /// What is seen there, as a clause.
    pub label: String,
    /// Other places that belong to it.
    pub related: Vec<Span>,
    /// The severity, where it differs from the rule's.
    pub severity: Option<Severity>,
}

impl Hit {
    pub(crate) fn new(span: Span, label: impl Into<String>) -> Self {
        Hit {
            span,
            label: label.into(),
            related: Vec::new(),
            severity: None,
        }
    }
}

/// What `check` finds in a record, in the order of the document. [`Check::Folder`] finds nothing in
/// a single document.
pub fn check(check: Check, document: &Document, fields: &Fields) -> Vec<Hit> {
    let hits = match check {
        Check::AdrTitle => title(document, fields),
        Check::AdrStatus => status(document, fields),
        Check::AdrStatusValue => status_value(document, fields),
        Check::AdrDate => date(document, fields),
        Check::AdrDateFormat => date_format(fields),
        Check::AdrContext => (!fields.has_context).then(|| {
            missing(
                document,
                fields,
                Role::Context,
                "nothing here tells what led to the decision",
            )
        }),
        Check::AdrDecision => (!fields.has_decision).then(|| {
            missing(
                document,
                fields,
                Role::Decision,
                "nothing here tells what was decided",
            )
        }),
        Check::AdrConsequences => (!fields.has_consequences).then(|| {
            missing(
                document,
                fields,
                Role::Consequences,
                "nothing here tells what follows from the decision",
            )
        }),
        Check::Placeholder => return placeholders(document, fields),
        Check::Folder => None,
    };
    hits.into_iter().collect()
}

fn title(document: &Document, fields: &Fields) -> Option<Hit> {
    let says_so = "begins without one";
    fields
        .title
        .is_none()
        .then(|| Hit::new(home(document, fields), says_so))
}

fn status(document: &Document, fields: &Fields) -> Option<Hit> {
    if fields.status.is_some() {
        return None;
    }
    Some(match &fields.open_status {
        Some(span) => Hit::new(span.clone(), "called for here, but not given"),
        None => Hit::new(
            home(document, fields),
            "no status in this record, in any form",
        ),
    })
}

fn status_value(document: &Document, fields: &Fields) -> Option<Hit> {
    let status = fields
        .status
        .as_ref()
        .filter(|status| status.state.is_none())?;
    let line = first_line(document, &status.span);
    let length = floor(document.source(&line), 80);
    Some(Hit::new(
        line.start..line.start + length,
        "says none of proposed, accepted, rejected, deprecated, superseded",
    ))
}

fn date(document: &Document, fields: &Fields) -> Option<Hit> {
    if fields.date.is_some() {
        return None;
    }
    Some(match &fields.open_date {
        Some(span) => Hit::new(span.clone(), "called for here, but not given"),
        None => Hit::new(
            home(document, fields),
            "no date in this record, in any form",
        ),
    })
}

fn date_format(fields: &Fields) -> Option<Hit> {
    let date = fields.date.as_ref()?;
    if matches!(date.form, Form::FileName | Form::Badge) {
        return None;
    }
    let label = match (date.written, &date.iso) {
        (DateForm::Iso, _) => return None,
        (DateForm::Ambiguous, _) => "day and month can be taken for each other".to_owned(),
        (_, Some(iso)) => format!("{iso} in ISO 8601"),
        _ => "names no day".to_owned(),
    };
    let mut hit = Hit::new(date.span.clone(), label);
    if date.written == DateForm::Ambiguous {
        hit.severity = Some(Severity::Info);
    }
    Some(hit)
}

/// Where a part is missing: at its heading when that stands empty, at the heading that it should
/// follow, at the title.
fn missing(document: &Document, fields: &Fields, role: Role, label: &str) -> Hit {
    let empty = fields
        .parts_of(role)
        .find(|part| part.certainty == Certainty::Sure && !part.filled);
    if let Some(part) = empty {
        return Hit::new(
            first_line(document, &part.heading),
            "nothing stands under it",
        );
    }
    let after = match role {
        Role::Consequences => Some(Role::Decision),
        Role::Decision => Some(Role::Options),
        _ => None,
    };
    let neighbour = after.and_then(|role| {
        fields
            .parts_of(role)
            .find(|part| part.certainty == Certainty::Sure && part.section.is_some())
    });
    let span = neighbour.map_or_else(
        || home(document, fields),
        |part| first_line(document, &part.heading),
    );
    Hit::new(span, label)
}

/// Where something is reported that stands nowhere: the title, else the first line that says
/// anything.
fn home(document: &Document, fields: &Fields) -> Span {
    if let Some(title) = &fields.title {
        return first_line(document, &title.span);
    }
    let heading = document
        .sections
        .iter()
        .find_map(|section| section.heading.as_ref());
    let block = document.blocks.first();
    heading
        .map(|heading| &heading.span)
        .or(block.map(|block| &block.span))
        .map_or(0..0, |span| first_line(document, span))
}

/// What the template left, one hit for each section that holds any.
fn placeholders(document: &Document, fields: &Fields) -> Vec<Hit> {
    let mut parts: FxHashMap<usize, (Role, bool)> = FxHashMap::default();
    for part in &fields.parts {
        if let Some(section) = part.section {
            let (_, filled) = parts.entry(section).or_insert((part.role, part.filled));
            *filled |= part.filled;
        }
    }
    let mut found: Vec<(Span, String)> = document
        .residue
        .iter()
        .filter(|residue| counts(fields, residue, parts.get(&residue.section)))
        .map(|residue| {
            (
                first_line(document, &residue.span),
                describe(residue.kind).to_owned(),
            )
        })
        .collect();
    let choice = fields.open_status.as_ref();
    let choice = choice.filter(|span| is_choice(document.source(span)));
    found.extend(choice.map(|span| (span.clone(), "still the template's choice".to_owned())));
    found.extend(
        title_of_template(fields).map(|span| (span, "still the template's title".to_owned())),
    );
    found.sort_by_key(|(span, _)| span.start);
    let mut hits: Vec<(usize, Hit)> = Vec::new();
    for (span, label) in found {
        let section = document.section_at(span.start);
        match hits.last_mut() {
            Some((last, hit)) if *last == section => {
                if span.start >= hit.related.last().unwrap_or(&hit.span).end {
                    hit.related.push(span);
                }
            }
            _ => hits.push((section, Hit::new(span, label))),
        }
    }
    hits.into_iter().map(|(_, hit)| hit).collect()
}

/// Whether residue is worth telling. `part` is the part that its section is, with whether it says
/// something.
fn counts(fields: &Fields, residue: &Residue, part: Option<&(Role, bool)>) -> bool {
    let is_title = || {
        fields
            .title
            .as_ref()
            .is_some_and(|t| t.section == Some(residue.section))
    };
    match residue.kind {
        // `## Status: accepted` says all there is; a title may be followed by chapters of its level.
        ResidueKind::EmptySection => !is_title() && part.is_none_or(|(_, filled)| !filled),
        // "N/A" is an answer to what a record is asked about itself.
        ResidueKind::BareNotApplicable => part.is_some_and(|(role, _)| {
            matches!(
                role,
                Role::Context | Role::Decision | Role::Consequences | Role::Options
            )
        }),
        _ => true,
    }
}

fn describe(kind: ResidueKind) -> &'static str {
    match kind {
        ResidueKind::EmptySection => "nothing stands under it",
        ResidueKind::OnlyComment => "only the template's comment stands under it",
        ResidueKind::Tbd => "still to be written",
        ResidueKind::BareNotApplicable => "says that it does not apply, but not why",
        ResidueKind::Placeholder => "the template's placeholder",
        ResidueKind::Instruction => "the template's instruction",
    }
}

fn title_of_template(fields: &Fields) -> Option<Span> {
    let title = fields.title.as_ref()?;
    let text = words(&title.text);
    let names_record = ["adr", "decision record", "decision"]
        .iter()
        .any(|name| holds(&text, name));
    ((names_record && text.ends_with(" template")) || text == "title").then(|| title.span.clone())
}
