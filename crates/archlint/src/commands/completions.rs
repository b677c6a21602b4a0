//! `archlint completions`: what a shell completes.

use super::print;
use crate::CLEAN;
use crate::arguments::{Arguments, Completions};
use crate::failure::Failure;
use clap::CommandFactory;

/// Prints the script.
///
/// # Errors
/// Those of standard output.
pub fn run(arguments: &Completions) -> Result<u8, Failure> {
    // Into memory first: the generator panics when its writer fails.
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "archlint", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(CLEAN)
}
