//! From paths to reviews: finding files, `archlint.toml`, kinds, sets, waivers, baseline, and
//! reviewing in parallel.

pub mod baseline;
pub mod config;
pub mod discover;
mod fingerprint;
pub mod fixes;
pub mod folder;
mod model;
mod paths;
pub mod read;
mod rule_ids;
mod run;
pub mod sets;
pub mod since;
pub mod templates;
pub mod waivers;

pub use fingerprint::fingerprints;
pub use model::*;
pub use paths::{absolute, display};
pub use rule_ids::*;
pub use run::*;
