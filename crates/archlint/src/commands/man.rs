//! `archlint man`: the man pages, one for the command and one for each subcommand.

use crate::CLEAN;
use crate::arguments::{Arguments, Man};
use crate::failure::Failure;
use clap::CommandFactory;

/// Writes the pages.
///
/// # Errors
/// When the folder cannot be made or written to.
pub fn run(arguments: &Man) -> Result<u8, Failure> {
    let folder = &arguments.folder;
    let failed = |error: std::io::Error| Failure::file("write", folder, &error);
    std::fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(Arguments::command(), folder).map_err(failed)?;
    Ok(CLEAN)
}
