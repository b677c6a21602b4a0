//! Markdown in, [`Document`] out: sections, blocks, sentences, links, diagrams, code fences,
//! front matter and directives, all with byte spans into the source text.
//!
//! This crate knows nothing of rules. It does no I/O and never fails: every byte string that is
//! UTF-8 is a document.

mod model;
pub use model::*;
