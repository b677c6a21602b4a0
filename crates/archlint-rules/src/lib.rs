//! Reading, checking and compiling rule packs, and the built-in pack.
//!
//! This crate knows nothing of files: packs come in as named texts ([`Source`]) and every error
//! points into them.

pub mod lexicon;
