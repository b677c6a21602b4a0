//! One file per subcommand.

mod baseline;
mod check;
mod checklist;
mod completions;
mod config;
mod explain;
mod init;
mod lsp;
mod man;
mod new;
mod rules;
mod schema;
mod test;
mod trend;

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;
use clap::CommandFactory;
use std::io::{BufWriter, StdoutLock, Write};
use std::path::PathBuf;

/// Does what was asked; the result is the exit code.
///
/// # Errors
/// Why it could not be done.
pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    match arguments.command {
        None => {
            refuse_commands(&arguments.check.input.paths)?;
            check::run(&arguments.check)
        }
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Checklist(checklist)) => checklist::run(&checklist),
        Some(Command::Trend(trend)) => trend::run(&trend),
        Some(Command::Baseline(baseline)) => baseline::run(&baseline),
        Some(Command::New(new)) => new::run(&new),
        Some(Command::Rules(rules)) => rules::run(&rules),
        Some(Command::Explain(explain)) => explain::run(&explain),
        Some(Command::Test(test)) => test::run(&test),
        Some(Command::Schema(schema)) => schema::run(&schema),
        Some(Command::Init(init)) => init::run(&init),
        Some(Command::Config(config)) => config::run(&config),
        Some(Command::Lsp(_)) => lsp::run(),
        Some(Command::Completions(completions)) => completions::run(&completions),
        Some(Command::Man(man)) => man::run(&man),
    }
}

/// A path that does not exist and is called like a command, or nearly so, is meant as one.
fn refuse_commands(paths: &[PathBuf]) -> Result<(), Failure> {
    for path in paths.iter().filter(|path| !path.exists()) {
        let Some(word) = path.to_str() else { continue };
        let commands = Arguments::command();
        let near = commands
            .get_subcommands()
            .map(|command| command.get_name())
            .find(|name| strsim::damerau_levenshtein(name, word) <= name.len() / 4);
        if let Some(name) = near {
            return Err(Failure::asked(
                format!("there is no file or folder `{word}` to review"),
                format!("if you mean the command, it comes first: `archlint {name} ...`"),
            ));
        }
    }
    Ok(())
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
