//! The pages of the user guide that are generated: the configuration reference from the types of
//! `archlint.toml`, the rule reference from the rule pack.

mod configuration;
mod rules;

use clap::Args;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The folder of pages of rules; all that is in it is generated.
const RULES: &str = "docs/rules";

/// What `cargo xtask docs` is told.
#[derive(Args, Debug)]
pub struct DocsArgs {
    /// Write nothing: fail when a page is not what it would be
    #[arg(long)]
    check: bool,
    /// The root of the repository
    #[arg(long, default_value = ".")]
    root: PathBuf,
}

/// A page by its path from the root of the repository.
type Pages = BTreeMap<String, String>;

/// Writes the generated pages, or checks them.
///
/// # Errors
/// When a page cannot be read or written.
pub fn docs(args: &DocsArgs) -> Result<ExitCode, String> {
    let mut pages = rules::pages();
    pages.insert(
        "docs/configuration-reference.md".to_owned(),
        configuration::page()?,
    );
    let stale = stale(&args.root, &pages)?;
    if args.check {
        for page in &stale {
            eprintln!("{page} is not up to date: run `cargo xtask docs`");
        }
        return Ok(ExitCode::from(u8::from(!stale.is_empty())));
    }
    for page in &stale {
        let path = args.root.join(page);
        match pages.get(page) {
            Some(text) => write(&path, text)?,
            None => fs::remove_file(&path).map_err(|error| told(&path, &error))?,
        }
        println!("{page}");
    }
    Ok(ExitCode::SUCCESS)
}

/// The pages whose file is another one or missing, and the files that are no page any more.
fn stale(root: &Path, pages: &Pages) -> Result<Vec<String>, String> {
    let mut stale: Vec<String> = pages
        .iter()
        .filter(|(page, text)| fs::read_to_string(root.join(page)).ok().as_ref() != Some(*text))
        .map(|(page, _)| page.clone())
        .collect();
    let folder = root.join(RULES);
    if folder.is_dir() {
        for entry in fs::read_dir(&folder).map_err(|error| told(&folder, &error))? {
            let name = entry.map_err(|error| told(&folder, &error))?.file_name();
            let page = format!("{RULES}/{}", name.to_string_lossy());
            if !pages.contains_key(&page) {
                stale.push(page);
            }
        }
    }
    Ok(stale)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
    }
    fs::write(path, text).map_err(|error| told(path, &error))
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
