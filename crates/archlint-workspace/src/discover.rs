//! Which files are documents.

use crate::Unreadable;
use crate::config::{Config, ConfigErrors, Configs};
use crate::paths::{absolute, display};
use ignore::WalkBuilder;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file to review.
#[derive(Debug, Clone)]
pub struct Found {
    /// Where it is, absolute.
    pub file: PathBuf,
    /// How it is called in reports.
    pub path: String,
    /// The configuration of its folder.
    pub config: Arc<Config>,
}

/// What was found, in the order of the paths, each file once.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The files to review.
    pub files: Vec<Found>,
    /// What could not be looked at.
    pub unreadable: Vec<Unreadable>,
}

/// Whether a file is Markdown by its name.
pub fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
    })
}

/// Finds the documents under `paths`, which are taken from the folder that `configs` starts from.
///
/// A file that is named is always taken. In a folder, Markdown files are taken that `.gitignore`
/// does not ignore, that are not hidden, and that `include` and `exclude` let through; symbolic
/// links in it are not followed.
///
/// # Errors
/// The mistakes of all configuration files that apply.
pub fn discover(configs: &mut Configs, paths: &[PathBuf]) -> Result<Discovered, ConfigErrors> {
    let base = configs.base().to_owned();
    let mut discovered = Discovered::default();
    // A file, and whether it was named.
    let mut candidates: Vec<(PathBuf, bool)> = Vec::new();
    for path in paths {
        let path = absolute(&base, path);
        match std::fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => {
                walk(&base, &path, &mut candidates, &mut discovered.unreadable);
            }
            Ok(_) => candidates.push((path, true)),
            Err(error) => discovered.unreadable.push(Unreadable {
                path: display(&base, &path),
                message: crate::config::plain(&error).replacen("it does", "does", 1),
                span: None,
            }),
        }
    }
    // Named before found, so that of two the named one stays.
    candidates.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    candidates.dedup_by(|later, earlier| later.0 == earlier.0);

    let mut errors = ConfigErrors::default();
    for (file, named) in candidates {
        match configs.for_document(&file) {
            Ok(config) => {
                if named || config.resolve(Some(&file)).included.value {
                    let path = display(&base, &file);
                    discovered.files.push(Found { file, path, config });
                }
            }
            Err(found) => errors.merge(&found),
        }
    }
    discovered.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    discovered.unreadable.dedup();
    if errors.count() > 0 {
        Err(errors)
    } else {
        Ok(discovered)
    }
}

fn walk(
    base: &Path,
    folder: &Path,
    candidates: &mut Vec<(PathBuf, bool)>,
    unreadable: &mut Vec<Unreadable>,
) {
    // A `.gitignore` counts without a repository around it, too: in an unpacked archive or an image.
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                if is_file && is_markdown(entry.path()) {
                    candidates.push((entry.into_path(), false));
                }
            }
            Err(error) => unreadable.push(Unreadable {
                path: display(base, place(&error).unwrap_or(folder)),
                message: error
                    .io_error()
                    .map_or_else(|| error.to_string(), crate::config::plain),
                span: None,
            }),
        }
    }
}

/// The path that an error of the walk is about.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            place(err)
        }
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}
