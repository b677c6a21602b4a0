//! What the server offers, as pure functions from an [`Analysis`](crate::analysis::Analysis) to
//! plain data with byte spans.

pub mod actions;
pub mod completion;
pub mod diagnostics;
pub mod fields;
pub mod hover;
pub mod insert;
pub mod lens;
pub mod links;
pub mod structure;
pub mod texts;
