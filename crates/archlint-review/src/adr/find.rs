//! Putting together what a record says about itself.

use super::badge::{Badge, badges};
use super::date::find;
use super::entries::{Entry, Form, entries, trimmed};
use super::parts::{Part, owners, parts};
use super::plain::plain;
use super::prose::{Prose, weighs};
use super::relations::relations;
use super::roles::{Certainty, Role};
use super::status::State;
use super::substance::substance;
use super::title::{Title, front_matter_number, title};
use super::{Date, DateForm, Fields, RelationKind, Status};
use archlint_document::{BlockKind, Document, Span};

/// What the record `document` says about itself. Pure; meant for documents of kind `adr`, harmless
/// for others. Linear in the document's length.
pub fn fields(document: &Document) -> Fields {
    fields_in_file(document, None)
}

/// As [`fields`], with a date in the file's name (or in its folder's) taken for the record's when
/// the text has none. `path` uses `/`.
pub fn fields_in_file(document: &Document, path: Option<&str>) -> Fields {
    let title = title(document);
    let title_section = title.as_ref().and_then(|title| title.section);
    let says = substance(document);
    let parts = parts(document, title_section, &says);
    let owners = owners(document, &parts);
    let mut about_itself = vec![false; document.sections.len()];
    for part in &parts {
        let is_fact = matches!(part.role, Role::Status | Role::Date | Role::Record);
        if let (true, Certainty::Sure, Some(section)) = (is_fact, part.certainty, part.section) {
            about_itself[section] = true;
        }
    }
    for section in title_section.into_iter().chain([0]) {
        if let Some(about) = about_itself.get_mut(section) {
            *about = true;
        }
    }
    let badges = badges(document)
        .into_iter()
        .filter(|badge| about_itself.get(document.section_at(badge.span.start)) == Some(&true))
        .collect();
    let record = Record {
        document,
        about_itself,
        title: title.as_ref(),
        entries: entries(document),
        badges,
        parts: &parts,
        owners: &owners,
    };
    let (status, open_status) = record.status();
    let (mut date, open_date) = record.date(status.as_ref());
    if date.is_none() {
        date = path.and_then(from_path);
    }
    let relations = relations(document, &record.entries, |section| {
        record.is_about_itself(section)
    });
    let status = status.or_else(|| superseded_by_relation(document, &relations));
    let prose = Prose {
        document,
        title: title_section,
        says: &says,
        owners: &owners,
    };
    let has = |role: Role, elsewhere: &dyn Fn() -> bool| {
        let named = |certainty| {
            parts
                .iter()
                .filter(move |p| p.role == role && p.certainty == certainty)
        };
        named(Certainty::Sure).any(|part| part.filled)
            || named(Certainty::Maybe).any(|part| part.filled)
            // A heading left empty is not made good by a turn of phrase elsewhere.
            || (named(Certainty::Sure).next().is_none() && elsewhere())
    };
    let weighed = || {
        parts
            .iter()
            .any(|p| p.role == Role::Options && p.filled && weighs(document.source(&p.span)))
    };
    Fields {
        number: title
            .as_ref()
            .and_then(|title| title.number)
            .or_else(|| front_matter_number(document)),
        has_context: has(Role::Context, &|| prose.tells_context()),
        has_decision: has(Role::Decision, &|| prose.decides()),
        has_consequences: has(Role::Consequences, &|| {
            prose.tells_consequences() || weighed()
        }),
        title,
        status,
        open_status,
        date,
        open_date,
        relations,
        parts,
    }
}

/// What is known of a record while its fields are looked for.
pub(super) struct Record<'a> {
    pub(super) document: &'a Document,
    /// For each section, whether it is about the record rather than about its subject: what stands
    /// before the first heading and under the title, and sections on status, date and history.
    pub(super) about_itself: Vec<bool>,
    pub(super) title: Option<&'a Title>,
    pub(super) entries: Vec<Entry>,
    pub(super) badges: Vec<Badge>,
    pub(super) parts: &'a [Part],
    pub(super) owners: &'a [Option<Role>],
}

impl Record<'_> {
    pub(super) fn is_about_itself(&self, section: usize) -> bool {
        self.about_itself.get(section) == Some(&true)
    }

    pub(super) fn parts_of(&self, roles: &[Role]) -> impl Iterator<Item = &Part> {
        self.parts
            .iter()
            .filter(move |part| part.certainty == Certainty::Sure && roles.contains(&part.role))
    }

    /// The first lines of the paragraphs before the first part.
    pub(super) fn lines_about_itself(&self) -> impl Iterator<Item = Span> {
        let limit = self
            .title
            .and_then(|title| title.section)
            .map_or(0, |section| section);
        self.document
            .blocks
            .iter()
            .take_while(move |block| block.section <= limit)
            .filter(|block| {
                matches!(
                    block.kind,
                    BlockKind::Paragraph | BlockKind::ListItem { .. }
                )
            })
            .take(12)
            .map(|block| {
                let source = self.document.source(&block.span);
                let line = source.split('\n').next().unwrap_or_default();
                trimmed(
                    self.document,
                    block.span.start..block.span.start + line.len(),
                )
            })
    }
}

/// A record that names its successor is superseded, whether it says so in a status or not.
fn superseded_by_relation(document: &Document, relations: &[super::Relation]) -> Option<Status> {
    let relation = relations.iter().find(|r| {
        r.kind == RelationKind::SupersededBy && (r.target.is_some() || r.number.is_some())
    })?;
    Some(Status {
        text: plain(document.source(&relation.span)),
        state: Some(State::Superseded),
        span: relation.span.clone(),
        form: Form::PlainLine,
    })
}

/// A date in the file's name or its folder's: `2022-05-13-use-queues.md`.
fn from_path(path: &str) -> Option<Date> {
    path.rsplit('/').take(2).find_map(|name| {
        let found = find(name).filter(|found| found.iso.is_some())?;
        Some(Date {
            text: name.get(found.range.clone())?.to_owned(),
            iso: found.iso,
            written: DateForm::Iso,
            span: 0..0,
            form: Form::FileName,
        })
    })
}
