//! From paths to reviews: finding files, `archlint.toml`, kinds, sets, waivers, baseline, and
//! reviewing in parallel.

mod model;

pub use model::*;
