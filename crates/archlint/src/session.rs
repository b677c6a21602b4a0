//! From arguments to a finished run.

use crate::arguments::{Input, Setup};
use crate::failure::Failure;
use crate::{clock, progress};
use archlint_report::ChecklistReport;
use archlint_rules::Rules;
use archlint_workspace::config::{Caller, Config, Configs, FailOn};
use archlint_workspace::folder::Listings;
use archlint_workspace::read::{MOST_BYTES, decode};
use archlint_workspace::since::run_since;
use archlint_workspace::{Outcome, Unreadable};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder that relative paths are taken from.
///
/// # Errors
/// When it is gone or may not be read.
pub fn working_directory() -> Result<PathBuf, Failure> {
    std::env::current_dir().map_err(|error| Failure::file("read", Path::new("."), &error))
}

/// Configuration as the command line asks for it.
///
/// # Errors
/// When the working directory is gone.
pub fn configs(setup: &Setup) -> Result<Configs, Failure> {
    Ok(Configs::new(&working_directory()?, caller(setup)))
}

/// The configuration of the working directory.
///
/// # Errors
/// Its mistakes.
pub fn config_here(setup: &Setup) -> Result<Arc<Config>, Failure> {
    let mut configs = configs(setup)?;
    let base = configs.base().to_owned();
    configs
        .for_folder(&base)
        .map_err(|errors| Failure::Configuration((*errors).clone()))
}

fn caller(setup: &Setup) -> Caller {
    Caller {
        name: "the command line".to_owned(),
        file: setup.config.clone(),
        no_files: setup.no_config,
        packs: setup.packs.clone(),
        ..Caller::default()
    }
}

/// A finished run.
pub struct Session {
    /// What it gave.
    pub outcome: Outcome,
    /// What applies to its documents.
    pub configs: Configs,
}

impl Session {
    /// The configurations of the documents, each once. Most runs have one.
    pub fn configurations(&mut self) -> Vec<Arc<Config>> {
        let mut all: Vec<Arc<Config>> = Vec::new();
        let base = self.configs.base().to_owned();
        for document in &self.outcome.documents {
            let config = match &document.file {
                Some(file) => self.configs.for_document(file),
                None => self.configs.for_folder(&base),
            };
            // What could not be read would have ended the run before.
            if let Ok(config) = config
                && !all.iter().any(|seen| Arc::ptr_eq(seen, &config))
            {
                all.push(config);
            }
        }
        all
    }

    /// The checklist of the run.
    pub fn checklist(&mut self) -> ChecklistReport {
        let configurations = self.configurations();
        let rules: Vec<&Rules> = configurations.iter().map(|config| &*config.rules).collect();
        archlint_report::checklist_report(&self.outcome, &rules)
    }

    /// Whether a finding is at or above the line that its document's configuration draws.
    pub fn fails(&mut self) -> bool {
        let Session { outcome, configs } = self;
        outcome.documents.iter().any(|document| {
            let worst = document
                .review
                .findings
                .iter()
                .map(|finding| finding.severity)
                .max();
            worst.is_some_and(|worst| archlint_workspace::fail_on(configs, document).fails(worst))
        })
    }
}

/// Reviews what `input` names, standard input included; with `since`, what changed since that git
/// revision.
///
/// # Errors
/// Mistakes in configuration or rule packs; git cannot tell what changed.
pub fn review(
    input: &Input,
    fail_on: Option<FailOn>,
    since: Option<&str>,
    quiet: bool,
) -> Result<Session, Failure> {
    let caller = Caller {
        kind: input.kind,
        confidence: input.confidence,
        fail_on,
        ..caller(&input.setup)
    };
    let mut configs = Configs::new(&working_directory()?, caller);
    let today = clock::today();
    let (stdin, mut paths): (Vec<PathBuf>, Vec<PathBuf>) = input
        .paths
        .iter()
        .cloned()
        .partition(|path| path.as_os_str() == "-");
    let stdin = !stdin.is_empty() || input.stdin_path.is_some();
    if paths.is_empty() && !stdin {
        paths.push(PathBuf::from("."));
    }
    let mut outcome = progress::shown(quiet, |progress| {
        let today = today.as_deref();
        match since {
            Some(revision) => {
                run_since(&mut configs, &paths, revision, today, progress).map_err(Failure::from)
            }
            None => archlint_workspace::run(&mut configs, &paths, today, progress)
                .map_err(Failure::from),
        }
    })?;
    if stdin {
        review_stdin(
            &mut configs,
            input.stdin_path.as_deref(),
            today.as_deref(),
            &mut outcome,
        )?;
    }
    let found_none = outcome.documents.is_empty() && outcome.unreadable.is_empty();
    if found_none && since.is_none() && !quiet {
        let paths: Vec<_> = paths
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        eprintln!(
            "{}",
            archlint_report::one_line(&format!("no Markdown documents in {}", paths.join(", ")))
        );
    }
    Ok(Session { outcome, configs })
}

fn review_stdin(
    configs: &mut Configs,
    named: Option<&Path>,
    today: Option<&str>,
    outcome: &mut Outcome,
) -> Result<(), Failure> {
    let base = configs.base().to_owned();
    let file = named.map(|path| archlint_workspace::absolute(&base, path));
    let path = file.as_ref().map_or("<stdin>".to_owned(), |file| {
        archlint_workspace::display(&base, file)
    });
    let config = match &file {
        Some(file) => configs.for_document(file),
        None => configs.for_folder(&base),
    };
    let config = config.map_err(|errors| Failure::Configuration((*errors).clone()))?;
    match read_stdin(&path) {
        Ok(text) => {
            let listings = Listings::read(file.as_deref());
            let file = file.as_deref();
            let reviewed =
                archlint_workspace::review_text(&config, file, &path, &text, &listings, today);
            outcome.documents.push(reviewed);
        }
        Err(unreadable) => outcome.unreadable.push(unreadable),
    }
    Ok(())
}

fn read_stdin(path: &str) -> Result<String, Unreadable> {
    let mut bytes = Vec::new();
    let unreadable = |message: String| Unreadable {
        path: path.to_owned(),
        message,
        span: None,
    };
    std::io::stdin()
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(format!("cannot be read: {error}")))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(unreadable(format!(
            "is larger than {} MB, the most that archlint reads",
            MOST_BYTES >> 20
        )));
    }
    decode(bytes, path)
}
