//! The structure of decision records: what each of them says about itself and where, in whatever
//! form its house writes it.

mod badge;
mod check;
mod date;
mod entries;
mod find;
mod find_date;
mod find_status;
mod fixes;
mod label;
mod names;
mod parts;
mod plain;
mod prose;
mod relations;
mod roles;
mod status;
mod substance;
mod title;

pub use check::{Check, Hit, check};
pub use date::{DateForm, FoundDate};
pub use entries::Form;
pub use find::{fields, fields_in_file};
pub use fixes::{Edit, fixes};
pub use parts::Part;
pub use relations::{Relation, RelationKind};
pub use roles::{Certainty, Role, roles_of};
pub use status::{State, state_of};
pub use title::Title;

use archlint_document::Span;

/// What a decision record says about itself, and where.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// Its title.
    pub title: Option<Title>,
    /// Its number, from the title or the front matter.
    pub number: Option<u32>,
    /// Where the decision stands.
    pub status: Option<Status>,
    /// Where a status is called for but none is given: the heading or label of an empty status, or
    /// the template's choice left in.
    pub open_status: Option<Span>,
    /// When it was made or last changed.
    pub date: Option<Date>,
    /// Where a date is called for but none is given.
    pub open_date: Option<Span>,
    /// Statements that it replaces another decision or is replaced by one.
    pub relations: Vec<Relation>,
    /// Its named parts, in the order of the document.
    pub parts: Vec<Part>,
    /// Whether a reader learns what led to the decision.
    pub has_context: bool,
    /// Whether a reader learns what was decided.
    pub has_decision: bool,
    /// Whether a reader learns what follows from it.
    pub has_consequences: bool,
}

/// The status of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// As a reader sees it.
    pub text: String,
    /// What it says; `None` when its words are not known.
    pub state: Option<State>,
    /// The value in the document.
    pub span: Span,
    /// The form that it is written in.
    pub form: Form,
}

/// The date of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// As written.
    pub text: String,
    /// As `YYYY-MM-DD`, when it says one day beyond doubt.
    pub iso: Option<String>,
    /// How it is written.
    pub written: DateForm,
    /// Where it stands; empty at the document's start when it is in the file's name.
    pub span: Span,
    /// The form that it is written in.
    pub form: Form,
}

impl Fields {
    /// The named parts with a role, in the order of the document.
    pub fn parts_of(&self, role: Role) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.role == role)
    }

    /// The decision that replaces this one, when the record names it.
    pub fn successors(&self) -> impl Iterator<Item = &Relation> {
        self.relations
            .iter()
            .filter(|relation| relation.kind == RelationKind::SupersededBy)
    }

    /// The decisions that this one replaces.
    pub fn predecessors(&self) -> impl Iterator<Item = &Relation> {
        self.relations
            .iter()
            .filter(|relation| relation.kind == RelationKind::Supersedes)
    }
}
