//! The language server as an editor uses it: whole sessions over standard input and output.
#![allow(clippy::unwrap_used)]

mod actions;
mod client;
mod configuration;
mod diagnostics;
mod faults;
mod frames;
mod lifecycle;
mod offers;
mod old;
mod sync;
mod text;
