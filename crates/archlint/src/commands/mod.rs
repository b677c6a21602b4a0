//! One file per subcommand.

mod check;
mod checklist;
mod config;
mod explain;
mod init;
mod rules;
mod schema;
mod test;

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;
use std::io::{BufWriter, StdoutLock, Write};

/// Does what was asked; the result is the exit code.
///
/// # Errors
/// Why it could not be done.
pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    match arguments.command {
        None => check::run(&arguments.check),
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Checklist(checklist)) => checklist::run(&checklist),
        Some(Command::Rules(rules)) => rules::run(&rules),
        Some(Command::Explain(explain)) => explain::run(&explain),
        Some(Command::Test(test)) => test::run(&test),
        Some(Command::Schema(schema)) => schema::run(&schema),
        Some(Command::Init(init)) => init::run(&init),
        Some(Command::Config(config)) => config::run(&config),
    }
}

/// Standard output, written in large pieces. Flush it: what is left when it is dropped is written,
/// too, but an error would go unseen.
fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, std::io::stdout().lock())
}

/// Writes `text` to standard output.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
