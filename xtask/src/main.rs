//! The project's own chores: learning the numbers of the rule pack and measuring them.

mod accuracy;
mod corpus;
mod docs;
mod expectation;
mod figures;
mod folds;
mod gate;
mod gold;
mod layout;
mod linear;
mod lines;
mod pack;
mod samples;
mod signals;
mod stages;
mod weights;

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(about = "Chores of the archlint project")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures the review against labelled documents, leaving out one organisation at a time.
    Accuracy(accuracy::AccuracyArgs),
    /// Writes the generated pages of docs/, or checks that they are up to date.
    Docs(docs::DocsArgs),
    /// Learns the numbers of rules/weights.toml from labelled documents.
    Tune(accuracy::TuneArgs),
}

/// Where the labelled documents are.
#[derive(Args, Debug, Clone)]
pub struct CorpusArgs {
    /// A folder of labels; give it twice for two readers.
    #[arg(long, required = true)]
    labels: Vec<PathBuf>,
    /// The folder of the documents.
    #[arg(long)]
    docs: PathBuf,
    /// A TSV with the columns `document` and `repository`: what stands before the `/` is the
    /// organisation. Without it, the first part of the file name is.
    #[arg(long)]
    manifest: Option<PathBuf>,
    /// A folder of further labelled documents, to learn from but not to measure on: `NAME.md` with
    /// `NAME.tsv` beside it.
    #[arg(long)]
    taught: Vec<PathBuf>,
    /// The root of the repository.
    #[arg(long, default_value = ".")]
    root: PathBuf,
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Accuracy(args) => accuracy::accuracy(&args),
        Command::Docs(args) => docs::docs(&args),
        Command::Tune(args) => accuracy::tune(&args),
    };
    match result {
        Ok(code) => code,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}
