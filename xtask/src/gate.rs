//! The figures of the last tuning, on record: later ones must not fall below them.

use crate::figures::Figures;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Where the figures are recorded, from the root of the repository.
pub const RECORD: &str = "xtask/figures.toml";
/// How far a figure may fall.
const MAY_FALL: f64 = 0.01;
/// A number to look at, not one that is better when it is higher.
const NO_FIGURE: &str = "findings per document";

type Record = BTreeMap<String, BTreeMap<String, f64>>;

/// Writes the record.
///
/// # Errors
/// When the file cannot be written.
pub fn record(path: &Path, left_out: &Figures, plain: &Figures) -> Result<(), String> {
    let mut text = String::from(
        "# The figures of the last `cargo xtask tune`, which `cargo xtask accuracy --gate` holds later ones\n\
         # against: by numbers learned without the document's organisation, and by rules/weights.toml.\n",
    );
    for (name, figures) in [("left-out", left_out), ("as-shipped", plain)] {
        text.push_str(&format!("\n[{name}]\n"));
        for (figure, value) in figures.rows() {
            text.push_str(&format!("\"{figure}\" = {value:.3}\n"));
        }
    }
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Says which figures have fallen.
///
/// # Errors
/// When the record cannot be read.
pub fn check(path: &Path, left_out: &Figures, plain: &Figures) -> Result<ExitCode, String> {
    let at = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| at(&error))?;
    let record: Record = toml::from_str(&text).map_err(|error| at(&error))?;
    let mut fallen = 0;
    for (name, figures) in [("left-out", left_out), ("as-shipped", plain)] {
        for (figure, value) in figures.rows() {
            let Some(before) = record.get(name).and_then(|table| table.get(figure)) else {
                return Err(at(&format!(
                    "no `{figure}` in [{name}]: record it with `cargo xtask tune`"
                )));
            };
            if figure != NO_FIGURE && value < before - MAY_FALL {
                println!("{name}: {figure} fell from {before:.3} to {value:.3}");
                fallen += 1;
            }
        }
    }
    if fallen > 0 {
        return Ok(ExitCode::FAILURE);
    }
    println!("no figure fell by more than {MAY_FALL}");
    Ok(ExitCode::SUCCESS)
}
