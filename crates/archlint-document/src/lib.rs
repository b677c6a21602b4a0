//! Markdown in, [`Document`] out: sections, blocks, sentences, links, diagrams, code fences,
//! front matter and directives, all with byte spans into the source text.
//!
//! This crate knows nothing of rules. It does no I/O and never fails: every byte string that is
//! UTF-8 is a document.
//!
//! ```
//! let document = archlint_document::parse("# Title\n\nWe use **Kafka**. It holds the events.\n");
//! assert_eq!(document.heading_title(1), "Title");
//! assert_eq!(document.visible_text(&document.sentences[1]), "We use Kafka.");
//! ```

mod ascii_art;
mod code;
mod diagrams;
mod front_matter;
mod html;
mod inline;
mod instructions;
mod marks;
mod model;
mod outline;
mod parse;
mod placeholders;
mod position;
mod query;
mod residue;
mod sentences;

pub use model::*;
pub use parse::parse;
pub use position::{Encoding, LineIndex, Position};
