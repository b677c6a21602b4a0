//! The rule pack in the repository, with learned numbers put in.

use archlint_rules::{BUILTIN_FILES, Rules, Source, load, render_errors};
use std::fs;
use std::path::Path;

/// The file that holds the learned numbers.
pub const WEIGHTS: &str = "rules/weights.toml";

/// The pack's files as they are on disk, without the learned numbers.
///
/// # Errors
/// A file that cannot be read.
pub fn sources(root: &Path) -> Result<Vec<Source>, String> {
    BUILTIN_FILES
        .iter()
        .filter(|(name, _)| *name != WEIGHTS)
        .map(|(name, _)| {
            let path = root.join(name);
            let text = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            Ok(Source {
                name: (*name).to_owned(),
                text,
            })
        })
        .collect()
}

/// Compiles the pack with these learned numbers.
///
/// # Errors
/// Everything that is wrong in it, rendered.
pub fn compile(sources: &[Source], weights: &str) -> Result<Rules, String> {
    let mut all = sources.to_vec();
    all.push(Source {
        name: WEIGHTS.to_owned(),
        text: weights.to_owned(),
    });
    load(&all).map_err(|errors| render_errors(&errors, &all, false))
}
