//! Reading, checking and compiling rule packs, and the built-in pack.
//!
//! This crate knows nothing of files: packs come in as named texts ([`Source`]) and every error
//! points into them. The format is described in `docs/rule-format.md`.

mod builtin;
mod check;
mod compile;
mod error;
mod frozen;
mod kind;
mod lazy;
pub mod lexicon;
mod load;
mod matcher;
mod merge;
mod pack;
mod read;
mod render;
mod rules;
mod schema;
mod table;
mod term;

pub use builtin::{BUILTIN_FILES, builtin};
pub use error::{ErrorLabel, PackError, PackErrors};
pub use kind::{Kind, Severity, UnknownName};
pub use lazy::{LazyQuery, LazyRegex};
pub use lexicon::Word;
pub use load::{Source, load, load_with_builtin};
pub use matcher::{MAX_DISTANCE, Matcher, Role, RuleRef, Signal, TermHit, TermId, TermUse};
pub use pack::{
    AnswerTerms, Asked, Check, Concept, Example, Expect, Model, Numbers, Pattern, Place, Structure,
    Text, Topic, TopicExample, TopicWeights, default_kinds,
};
pub use render::render_errors;
pub use rules::Rules;
pub use schema::schema;
