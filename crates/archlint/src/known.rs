//! The baseline's file: finding, reading and writing it.

use crate::failure::Failure;
use archlint_workspace::Outcome;
use archlint_workspace::absolute;
use archlint_workspace::baseline::{Baseline, nearest};
use archlint_workspace::fixes::{create, replace};
use std::fs;
use std::path::{Path, PathBuf};

/// A baseline that was read.
pub struct Known {
    /// The file, absolute.
    pub file: PathBuf,
    /// What stands in it.
    pub text: String,
    /// Its entries.
    pub baseline: Baseline,
}

impl Known {
    /// The folder that its paths are relative to.
    pub fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new("/"))
    }

    /// Holds back what is known.
    pub fn apply(&self, outcome: &mut Outcome) {
        self.baseline.apply(&mut outcome.documents, self.folder());
    }
}

/// The baseline that counts: the file that is named, else the nearest one in `here` or above it,
/// up to the root of the repository.
///
/// # Errors
/// It cannot be read, is no baseline, or a file that is named does not exist.
pub fn read(here: &Path, named: Option<&Path>) -> Result<Option<Known>, Failure> {
    let file = match named {
        Some(named) => absolute(here, named),
        None => match nearest(here) {
            Some(file) => file,
            None => return Ok(None),
        },
    };
    let text = fs::read_to_string(&file).map_err(|error| Failure::file("read", &file, &error))?;
    let baseline = Baseline::parse(&text).map_err(|error| {
        Failure::asked(
            format!("{}:{}: {}", file.display(), error.line, error.message),
            "write it anew with `archlint baseline`",
        )
    })?;
    Ok(Some(Known {
        file,
        text,
        baseline,
    }))
}

/// Writes a baseline in one step. `before` is what the file held when it was read; `None`: there was
/// no such file.
///
/// # Errors
/// It cannot be written, or somebody wrote it meanwhile.
pub fn write(file: &Path, before: Option<&str>, baseline: &Baseline) -> Result<(), Failure> {
    let text = baseline.to_text();
    match before {
        Some(before) => replace(file, before, &text)
            .map_err(|error| Failure::asked(format!("{} {error}", file.display()), "")),
        None => create(file, &text).map_err(|error| Failure::file("write", file, &error)),
    }
}
