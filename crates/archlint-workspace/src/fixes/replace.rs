//! Replacing a file in one step.

use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Why a file was not replaced. It is untouched.
#[derive(Debug)]
pub enum ReplaceError {
    /// Somebody changed it since it was read.
    Changed,
    /// It, or the folder that it lies in, cannot be read or written.
    Failed(io::Error),
}

impl fmt::Display for ReplaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReplaceError::Changed => {
                f.write_str("was changed meanwhile and is left as it is: run archlint again")
            }
            ReplaceError::Failed(error) => {
                write!(f, "cannot be written: {}", crate::config::plain(error))
            }
        }
    }
}

impl std::error::Error for ReplaceError {}

impl From<io::Error> for ReplaceError {
    fn from(error: io::Error) -> Self {
        ReplaceError::Failed(error)
    }
}

/// Writes a file that is not there yet: whoever looks sees all of it or none.
///
/// # Errors
/// There is one already, or it cannot be written.
pub fn create(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut new = builder();
    // Temporary files are made for their owner's eyes alone; who may read a document is for the
    // process's own mask to say.
    #[cfg(unix)]
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    new.permissions(mode);
    let mut new = new.tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().sync_all()?;
    new.persist_noclobber(file).map_err(|error| error.error)?;
    Ok(())
}

fn builder<'n>() -> tempfile::Builder<'n, 'n> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".archlint-");
    builder
}

/// Replaces the text `before` of a file by `after`: whoever reads the file sees one or the other,
/// even if the machine stops in between. Permissions stay; a symbolic link stays, and what it
/// points to is replaced.
///
/// # Errors
/// The file no longer holds `before`, or it cannot be written. It is untouched then.
pub fn replace(file: &Path, before: &str, after: &str) -> Result<(), ReplaceError> {
    let file = file.canonicalize()?;
    let permissions = std::fs::metadata(&file)?.permissions();
    if permissions.readonly() {
        // A rename would get past the mark that the owner set.
        return Err(ReplaceError::Failed(io::ErrorKind::PermissionDenied.into()));
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut new = builder().tempfile_in(folder)?;
    new.write_all(after.as_bytes())?;
    new.as_file().set_permissions(permissions)?;
    new.as_file().sync_all()?;
    // As late as can be: what is written between this and the next line would be lost.
    if std::fs::read(&file)? != before.as_bytes() {
        return Err(ReplaceError::Changed);
    }
    new.persist(&file).map_err(|error| error.error)?;
    // The new name is not on the disk before its folder is. Not every system can open a folder.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}
