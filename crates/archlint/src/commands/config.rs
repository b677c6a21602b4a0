//! `archlint config`: what applies to a document, and where each value comes from.

use super::print;
use crate::arguments::Config;
use crate::failure::Failure;
use crate::{CLEAN, session};
use archlint_report::one_line;
use archlint_workspace::{absolute, display};

/// Prints the values.
///
/// # Errors
/// Mistakes in configuration.
pub fn run(arguments: &Config) -> Result<u8, Failure> {
    let mut configs = session::configs(&arguments.setup)?;
    let base = configs.base().to_owned();
    let file = absolute(&base, &arguments.path);
    let config = configs
        .for_document(&file)
        .map_err(|errors| Failure::Configuration((*errors).clone()))?;
    let mut text = format!("# {}\n", one_line(&display(&base, &file)));
    let rows = config.resolve(Some(&file)).rows(&base);
    let lines: Vec<(String, &str)> = rows
        .iter()
        .map(|row| (format!("{} = {}", row.key, row.value), row.origin.as_str()))
        .collect();
    let width = lines
        .iter()
        .map(|(line, _)| line.chars().count())
        .max()
        .unwrap_or(0);
    for (line, origin) in &lines {
        text.push_str(&format!(
            "{:width$}  # {}\n",
            one_line(line),
            one_line(origin)
        ));
    }
    if config.files.is_empty() {
        text.push_str("# no archlint.toml was found at or above it\n");
    }
    print(&text)?;
    Ok(CLEAN)
}
