//! `archlint.toml`: found upwards from each document, read with every mistake in its place, and
//! resolved to what holds for one document.
//!
//! The nearest file counts. It builds on a farther one only when it says `extends = "path"`. What
//! is said later wins: an extended file comes first, in a file the values for all documents come
//! before `[[override]]`, and of the rules in one table a single rule wins over its group.

mod check;
mod errors;
mod fail_on;
mod fields;
mod file;
mod globs;
mod loader;
mod packs;
mod read;
mod resolve;
mod schema;

pub use errors::{ConfigError, ConfigErrors, PackMistakes};
pub use fail_on::FailOn;
pub use fields::{Located, nearest};
pub use file::{
    ConfigFile, KINDS, Level, Override, RuleLevel, Set, Stage, Template, Values, level_name,
};
pub use globs::Glob;
pub(crate) use loader::plain;
pub use loader::{Caller, Config, Configs, FILE_NAME};
pub use packs::RuleSet;
pub use resolve::{Origin, Resolved, Row, Valued, is_for};
pub use schema::schema;
