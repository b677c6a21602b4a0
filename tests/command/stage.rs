//! A folder of files, and runs of the command in it.

use serde_json::Value;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A decision record with nothing to complain of.
pub const GOOD_ADR: &str = "\
# 1. Store dates as ISO 8601

Date: 2026-02-17

## Status

Accepted

## Context

Files of three teams hold dates in three forms, and two of them were mixed up last month.

## Considered options

- ISO 8601: sorts as text, known to every library.
- Seconds since 1970: short, but nobody can read them.

## Decision

We will write every date as `YYYY-MM-DD`.

## Consequences

- Old files are converted once by a script.
- Readers reject any other form.
";

/// A decision record that lacks its status.
pub const ADR_WITHOUT_STATUS: &str = "\
# 2. Send mail through one provider

Date: 2026-02-18

## Context

Mail is sent from four programs with four passwords, and one of them was lost in January.

## Considered options

- One provider for all: one password, one bill.
- Our own mail server: no bill, but nobody who looks after it.

## Decision

We will send all mail through the provider that purchasing has a contract with.

## Consequences

- Programs ask the mail service instead of sending themselves.
- When the provider is away, mail waits.
";

/// A temporary folder, removed at the end.
pub struct Folder(tempfile::TempDir);

/// What a run left behind.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    /// A folder with these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Folder::new();
        for (path, text) in files {
            folder.write(path, text.as_bytes());
        }
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, path: &str, bytes: &[u8]) -> PathBuf {
        let file = self.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, bytes).unwrap();
        file
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// The command, to be run in the folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = archlint(arguments);
        command.current_dir(self.path());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments), b"")
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ran {
        ran(self.command(arguments), input)
    }
}

/// The command with an environment that does not depend on where the tests run.
pub fn archlint(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_archlint"));
    command.args(arguments);
    for name in [
        "NO_COLOR",
        "GITHUB_REPOSITORY",
        "GITHUB_SHA",
        "CI_PROJECT_PATH",
        "CI_COMMIT_SHA",
    ] {
        command.env_remove(name);
    }
    command
}

/// A run is stopped when it takes longer than this: far more than anything here needs, even
/// unoptimised on a busy machine; far less than a hang.
const LIMIT: Duration = Duration::from_secs(60);

pub fn ran(mut command: Command, input: &[u8]) -> Ran {
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A command that reads no standard input closes it.
    std::thread::spawn(move || drop(stdin.write_all(&input)));
    let out = read(child.stdout.take().unwrap());
    let err = read(child.stderr.take().unwrap());
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > LIMIT {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("still running after {LIMIT:?}: {command:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    Ran {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8(out.join().unwrap()).unwrap(),
        err: String::from_utf8(err.join().unwrap()).unwrap(),
    }
}

/// Reads a pipe to its end beside the rest, so that the command never waits for us.
fn read(mut pipe: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        bytes
    })
}

impl Ran {
    /// The exit code is this; else the output is shown.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            code,
            "\n--- out\n{}\n--- err\n{}",
            cut(&self.out),
            cut(&self.err)
        );
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}: {}", cut(&self.out)))
    }

    /// `path` and `rule` of every finding in the JSON output.
    pub fn findings(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let report = self.json();
        report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| (text(&f["path"]), text(&f["rule"])))
            .collect()
    }
}

fn cut(text: &str) -> String {
    text.chars().take(4000).collect()
}
