//! The command as a person or a CI uses it: arguments in; output, files and exit code out.
#![allow(clippy::unwrap_used)]

mod baseline;
mod changes;
mod check;
mod checklist;
mod configuration;
mod examples;
mod fixing;
mod formats;
mod hostile;
mod new;
mod rules;
mod sets;
mod stage;
mod templates;
mod waivers;
mod watch;
