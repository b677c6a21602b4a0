//! The command as a person or a CI uses it: arguments in; output, files and exit code out.
#![allow(clippy::unwrap_used)]

mod check;
mod checklist;
mod configuration;
mod examples;
mod formats;
mod hostile;
mod rules;
mod stage;
