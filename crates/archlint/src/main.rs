//! The command `archlint`.

mod arguments;
mod clock;
mod commands;
mod failure;
mod known;
mod mend;
mod progress;
mod repository;
mod rule_text;
mod screen;
mod session;
mod watch;

use arguments::Arguments;
use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

/// Nothing at or above the failing severity.
const CLEAN: u8 = 0;
/// Something at or above it.
const FINDINGS: u8 = 1;
/// The command could not do what was asked.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let colour = arguments.colour();
    match commands::run(arguments) {
        Ok(code) => ExitCode::from(code),
        // Who reads our output has seen enough: `archlint docs | head`.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::from(CLEAN)
        }
        Err(failure) => {
            eprint!("{}", failure.render(colour.for_stderr()));
            ExitCode::from(FAILED)
        }
    }
}
