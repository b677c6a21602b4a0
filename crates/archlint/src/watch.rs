//! `--watch`: a review after every change, on a screen that does not flicker.

use crate::clock;
use crate::failure::Failure;
use crate::session::working_directory;
use archlint_workspace::absolute;
use notify_debouncer_mini::notify::RecursiveMode;
use notify_debouncer_mini::{DebounceEventResult, new_debouncer};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

/// Editors write a file in several steps: what comes within this time is one change.
const PAUSE: Duration = Duration::from_millis(200);

/// Reviews now and whenever a document or a configuration file under `paths` changes. A review that
/// cannot run says why and waits for the next change. Ends when the process is ended, or with the
/// last exit code when there is nothing to watch any more.
///
/// # Errors
/// When the paths cannot be watched.
pub fn run(paths: &[PathBuf], review: impl Fn() -> Result<u8, Failure>) -> Result<u8, Failure> {
    let here = working_directory()?;
    let cannot = |error: &dyn std::fmt::Display| {
        Failure::asked(format!("cannot watch for changes: {error}"), "")
    };
    let (send, changes) = channel::<DebounceEventResult>();
    let mut debouncer = new_debouncer(PAUSE, send).map_err(|error| cannot(&error))?;
    for folder in watched(&here, paths) {
        debouncer
            .watcher()
            .watch(&folder, RecursiveMode::Recursive)
            .map_err(|error| cannot(&error))?;
    }
    let mut code = show(&review);
    for change in changes {
        let Ok(events) = change else { continue };
        if events.iter().any(|event| is_read(&event.path)) {
            code = show(&review);
        }
    }
    Ok(code)
}

fn show(review: &impl Fn() -> Result<u8, Failure>) -> u8 {
    let screen = std::io::stdout().is_terminal();
    if screen {
        // To the top, and away with what stood there, in one piece with what follows.
        let _ = write!(std::io::stdout(), "\u{1b}[H\u{1b}[2J\u{1b}[3J");
    }
    let code = match review() {
        Ok(code) => code,
        Err(failure) => {
            eprint!("{}", failure.render(screen));
            crate::FAILED
        }
    };
    let _ = writeln!(
        std::io::stdout(),
        "\n{} UTC: waiting for changes, Ctrl+C ends",
        clock::time()
    );
    code
}

/// The folders of the paths; a file is watched with its folder, as editors replace files.
fn watched(here: &Path, paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = paths
        .iter()
        .map(|path| absolute(here, path))
        .map(|path| match path.is_dir() {
            true => path,
            false => path.parent().unwrap_or(here).to_owned(),
        })
        .collect();
    if folders.is_empty() {
        folders.push(here.to_owned());
    }
    folders.sort();
    folders.dedup();
    folders
}

/// Whether a review may read the file.
fn is_read(path: &Path) -> bool {
    // Version control and builds write all the time, and none of it is read.
    let hidden = path.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        name == ".git" || name == "node_modules" || name == "target"
    });
    let ending = path.extension().and_then(|ending| ending.to_str());
    !hidden && matches!(ending, Some("md" | "markdown" | "toml" | "jsonl"))
}
