//! `--watch`: a review after every change, on a screen that does not flicker.

use crate::clock;
use crate::failure::Failure;
use crate::session::working_directory;
use archlint_workspace::absolute;
use notify::{Event, EventKind, RecursiveMode, Watcher, recommended_watcher};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Editors write a file in several steps: what comes within this time of one another is one change.
const PAUSE: Duration = Duration::from_millis(200);

/// Changes that never pause are reviewed all the same after this time.
const LONGEST: Duration = Duration::from_secs(2);

/// To the top of the screen, and away with what stands there: sent in one piece with what comes next.
const CLEAR: &str = "\u{1b}[H\u{1b}[2J\u{1b}[3J";

/// Reviews now and whenever a document or a configuration file under `paths` changes. `review` puts
/// the text that it is given before what it writes to standard output. A review that cannot run
/// says why and waits for the next change. Ends when the process is ended, or with the last exit
/// code when there is nothing to watch any more.
///
/// # Errors
/// When the paths cannot be watched.
pub fn run(paths: &[PathBuf], review: impl Fn(&str) -> Result<u8, Failure>) -> Result<u8, Failure> {
    let here = working_directory()?;
    let cannot =
        |error: notify::Error| Failure::asked(format!("cannot watch for changes: {error}"), "");
    let (send, changes) = channel();
    let mut watcher = recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(&event)) {
            // When nobody listens any more, the process is about to end.
            let _ = send.send(());
        }
    })
    .map_err(cannot)?;
    for folder in watched(&here, paths) {
        watcher
            .watch(&folder, RecursiveMode::Recursive)
            .map_err(cannot)?;
    }
    let mut code = show(&review);
    while changed(&changes) {
        code = show(&review);
    }
    Ok(code)
}

/// Waits for a change and for the pause after it; `false`: none will come.
fn changed(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    let start = Instant::now();
    while start.elapsed() < LONGEST && changes.recv_timeout(PAUSE).is_ok() {}
    true
}

fn show(review: &impl Fn(&str) -> Result<u8, Failure>) -> u8 {
    let screen = std::io::stdout().is_terminal();
    let clear = if screen { CLEAR } else { "" };
    let code = match review(clear) {
        Ok(code) => code,
        Err(failure) => {
            let _ = write!(std::io::stdout(), "{clear}");
            let _ = std::io::stdout().flush();
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

/// Whether a review may come out otherwise after it. That a file was opened or read is none: a
/// review does that itself.
fn is_change(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| is_read(path))
}
