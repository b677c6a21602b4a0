//! What can be said on the command line.

use crate::screen::Colour;
use archlint_review::Kind;
use archlint_workspace::config::FailOn;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reviews architecture documents and decision records in Markdown.
///
/// Says which questions of a design review each document answers, and which it leaves open.
#[derive(Debug, Parser)]
#[command(name = "archlint", version, args_conflicts_with_subcommands = true)]
#[command(
    after_help = "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 it could not run."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub check: Check,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Reviews documents and reports what is open or wrong (what `archlint PATH` does, too)
    Check(Check),
    /// Lists every question with its state and the lines that answer it
    Checklist(Checklist),
    /// Draws how coverage moved over several checklists in JSON
    Trend(Trend),
    /// Records today's findings, so that only new ones are reported
    Baseline(Baseline),
    /// Begins a decision record or a design from a template
    New(New),
    /// Lists the rules
    Rules(Rules),
    /// Says what a rule asks, what counts as an answer, and how to waive it
    Explain(Explain),
    /// Runs the examples of the built-in rules, or of a rule pack
    Test(Test),
    /// Prints a JSON Schema
    Schema(Schema),
    /// Writes an archlint.toml that fits what is found here
    Init(Init),
    /// Shows what applies to a document, and where each value comes from
    Config(Config),
    /// Runs the language server for editors, on standard input and output
    Lsp(Lsp),
    /// Prints the completions of a shell
    Completions(Completions),
    /// Writes the man pages
    Man(Man),
}

/// What is reviewed, and how it is set up.
#[derive(Debug, Args)]
pub struct Input {
    /// Documents and folders; `-` is standard input; without any, the current folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Name of the document on standard input: decides its kind and configuration
    #[arg(long, value_name = "PATH")]
    pub stdin_path: Option<PathBuf>,
    /// Take every document for one of this kind [adr, design, overview, other]
    #[arg(long, value_name = "KIND")]
    pub kind: Option<Kind>,
    /// Report only what is at least this sure, from 0 to 1
    #[arg(long, value_name = "NUMBER", value_parser = fraction)]
    pub confidence: Option<f32>,
    #[command(flatten)]
    pub setup: Setup,
}

/// Where configuration comes from.
#[derive(Debug, Args)]
pub struct Setup {
    /// Use this configuration file instead of those found above the documents
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Use no configuration file
    #[arg(long)]
    pub no_config: bool,
    /// Load a rule pack, a folder or a TOML file, on top of the built-in rules
    #[arg(long = "pack", value_name = "PATH")]
    pub packs: Vec<PathBuf>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
}

#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub input: Input,
    /// How to report on standard output
    #[arg(long, default_value = "human")]
    pub format: CheckFormat,
    /// Write a further report to a file, such as `sarif=archlint.sarif`
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = output)]
    pub outputs: Vec<(CheckFormat, PathBuf)>,
    /// Also write a picture for a README: how many of the asked questions are answered
    #[arg(long, value_name = "FILE.svg")]
    pub badge: Option<PathBuf>,
    /// Only findings: no summary and no progress
    #[arg(short, long)]
    pub quiet: bool,
    /// The least severity that makes the exit code 1 [error, warning, info, hint, never]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on)]
    pub fail_on: Option<FailOn>,
    /// Report only what the change since this git revision brings
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// The file of known findings [default: archlint-baseline.jsonl, in this folder or above]
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline")]
    pub baseline: Option<PathBuf>,
    /// Report known findings, too
    #[arg(long)]
    pub no_baseline: bool,
    /// Mend what is safe to mend: fields of decision records, and links between them
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long)]
    pub diff: bool,
    /// Review again whenever a document changes, until Ctrl+C
    #[arg(long, conflicts_with_all = ["diff", "fix"])]
    pub watch: bool,
}

#[derive(Debug, Args)]
pub struct Baseline {
    #[command(flatten)]
    pub input: Input,
    /// The file to write [default: archlint-baseline.jsonl, in this folder or above]
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Only take out what is no longer found
    #[arg(long)]
    pub prune: bool,
    /// No progress
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct New {
    /// What to begin
    pub what: NewKind,
    /// Its title
    pub title: String,
    /// The folder to write into [default: where there are such documents, else docs/adr or
    /// docs/design]
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// The template to begin from [default: that of archlint.toml for the folder, else a built-in
    /// one]
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// Which questions a design opens with
    #[arg(long, default_value = "service")]
    pub profile: Profile,
    #[command(flatten)]
    pub setup: Setup,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NewKind {
    /// A decision record
    Adr,
    /// A design
    Design,
}

/// Whose questions a new design opens with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Profile {
    /// Something that runs: release, rollback, failure, monitoring, security
    Service,
    /// Something that keeps or moves data: store, integrity, migration, retention, recovery
    Data,
    /// Something that others call or build on: versions, compatibility, errors, documentation
    Library,
    /// Only what every design answers
    Minimal,
}

#[derive(Debug, Args)]
pub struct Checklist {
    #[command(flatten)]
    pub input: Input,
    /// How to write it
    #[arg(long, default_value = "markdown")]
    pub format: ChecklistFormat,
    /// Also write a picture for a README: how many of the asked questions are answered
    #[arg(long, value_name = "FILE.svg")]
    pub badge: Option<PathBuf>,
    /// No progress
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct Trend {
    /// What `archlint checklist --format json` wrote, the oldest first
    #[arg(value_name = "FILE.json", required = true)]
    pub reports: Vec<PathBuf>,
    /// How to draw it
    #[arg(long, default_value = "text")]
    pub format: TrendFormat,
}

#[derive(Debug, Args)]
pub struct Rules {
    /// The questions of the catalogue with the rules that ask them
    #[arg(long)]
    pub catalogue: bool,
    #[command(flatten)]
    pub setup: Setup,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// The rule, such as `deployment/rollback`
    pub id: String,
    #[command(flatten)]
    pub setup: Setup,
}

#[derive(Debug, Args)]
pub struct Test {
    /// A rule pack: a folder or a TOML file; without one, the built-in rules
    pub pack: Option<PathBuf>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
}

#[derive(Debug, Args)]
pub struct Schema {
    /// Of what
    pub of: SchemaOf,
}

#[derive(Debug, Args)]
pub struct Init {
    /// The folder to look through and to write archlint.toml into
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// Overwrite an archlint.toml that is there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Config {
    /// A document; it need not exist
    pub path: PathBuf,
    #[command(flatten)]
    pub setup: Setup,
}

#[derive(Debug, Args)]
pub struct Lsp {
    /// Ignored: standard input and output are all there is (many editors pass it)
    #[arg(long, hide = true)]
    pub stdio: bool,
}

#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct Man {
    /// The folder to write them into, such as `/usr/local/share/man/man1`; it is made if need be
    pub folder: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Findings with the passage, underlined
    Human,
    /// A line per finding
    Short,
    /// Everything; see `archlint schema output`
    Json,
    /// A row per document and question, for analysis over many repositories
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitHub workflow commands
    Github,
    /// GitLab code quality
    Gitlab,
    /// JUnit XML
    Junit,
    /// reviewdog
    Rdjson,
    /// Checkstyle XML
    Checkstyle,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChecklistFormat {
    /// For people
    Markdown,
    /// For people, as one file for a browser, with a heat map of several documents
    Html,
    /// Everything; see `archlint schema output`
    Json,
    /// A row per document and question, for analysis over many repositories
    Jsonl,
    /// For a spreadsheet: a line per question or, of several documents, a line per document
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TrendFormat {
    /// For a terminal
    Text,
    /// One file for a browser, with charts
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// Rule packs
    Rules,
    /// What --format json and jsonl write
    Output,
    /// archlint.toml
    Config,
}

impl Arguments {
    /// When to use colours.
    pub fn colour(&self) -> Colour {
        match &self.command {
            None => self.check.input.setup.color,
            Some(Command::Check(check)) => check.input.setup.color,
            Some(Command::Checklist(checklist)) => checklist.input.setup.color,
            Some(Command::Rules(rules)) => rules.setup.color,
            Some(Command::Explain(explain)) => explain.setup.color,
            Some(Command::Test(test)) => test.color,
            Some(Command::Config(config)) => config.setup.color,
            Some(Command::Baseline(baseline)) => baseline.input.setup.color,
            Some(Command::New(new)) => new.setup.color,
            Some(
                Command::Schema(_)
                | Command::Trend(_)
                | Command::Init(_)
                | Command::Lsp(_)
                | Command::Completions(_)
                | Command::Man(_),
            ) => Colour::Auto,
        }
    }
}

fn fail_on(name: &str) -> Result<FailOn, String> {
    let found = FailOn::NAMES.iter().find(|(known, _)| *known == name);
    found
        .map(|(_, fail_on)| *fail_on)
        .ok_or_else(|| "one of error, warning, info, hint, never".to_owned())
}

fn fraction(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("a number from 0 to 1".to_owned()),
    }
}

fn output(text: &str) -> Result<(CheckFormat, PathBuf), String> {
    let (format, file) = text
        .split_once('=')
        .filter(|(_, file)| !file.is_empty())
        .ok_or("a format and a file, such as sarif=archlint.sarif")?;
    Ok((CheckFormat::from_str(format, true)?, file.into()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds_together() {
        super::Arguments::command().debug_assert();
    }
}
