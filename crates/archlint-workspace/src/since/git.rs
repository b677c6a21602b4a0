//! Asking the `git` command. What a caller passes on (a revision, a path) never reaches it where it
//! could be taken for an option, and nothing that a repository configures is run.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A file that differs from the revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it is now, absolute; `None`: it was deleted.
    pub file: Option<PathBuf>,
    /// Where it was at the revision, from the root of the repository; `None`: it was not there.
    pub old: Option<String>,
}

/// What differs from a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The commit that is compared with: where the current branch left that of the revision.
    pub revision: String,
    /// The root of the work tree, absolute.
    pub root: PathBuf,
    /// The files, committed or not, those that git does not know yet included.
    pub files: Vec<Change>,
}

/// Why git could not be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitError {
    /// There is no `git` command.
    Missing(String),
    /// The folder is in no work tree.
    NoRepository(String),
    /// The revision does not exist.
    Revision(String),
    /// Git said something else.
    Failed(String),
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GitError::Missing(why) => write!(f, "`git` cannot be run: {why}"),
            GitError::NoRepository(folder) => write!(
                f,
                "{folder} is in no git work tree, so it cannot be said what changed"
            ),
            GitError::Revision(revision) => write!(
                f,
                "git knows no revision `{revision}` (in CI, fetch it first: a shallow clone has one commit only)"
            ),
            GitError::Failed(said) => write!(f, "git failed: {said}"),
        }
    }
}

impl std::error::Error for GitError {}

/// What differs from `revision` in the work tree around `folder` (absolute).
///
/// # Errors
/// There is no git, no repository, or no such revision.
pub fn changes(folder: &Path, revision: &str) -> Result<Changes, GitError> {
    let unknown = || GitError::Revision(revision.to_owned());
    // Git refuses it as a revision, too; but it must not be read as an option before that.
    if revision.starts_with('-') || revision.is_empty() {
        return Err(unknown());
    }
    let root = match git(folder, ["rev-parse", "--show-toplevel"]) {
        Ok(root) => PathBuf::from(root.trim_end_matches(['\n', '\r'])),
        Err(GitError::Failed(_)) => {
            return Err(GitError::NoRepository(folder.display().to_string()));
        }
        Err(error) => return Err(error),
    };
    // Git resolves symbolic links; files are compared by the names that the caller knows.
    let root = match (
        folder.canonicalize(),
        git(folder, ["rev-parse", "--show-prefix"]),
    ) {
        (Ok(real), Ok(prefix)) if real != folder => {
            let depth = Path::new(prefix.trim_end()).components().count();
            folder.ancestors().nth(depth).map_or(root, Path::to_owned)
        }
        _ => root,
    };
    let commit = format!("{revision}^{{commit}}");
    let verify = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ];
    let commit = git(&root, verify).map_err(|error| match error {
        GitError::Failed(_) => unknown(),
        other => other,
    })?;
    let commit = commit.trim().to_owned();
    // What happened on the other branch since is not brought by this change. Without a common
    // ancestor (a shallow clone) the revision itself has to do.
    let base = git(&root, ["merge-base", &commit, "HEAD"]);
    let commit = base.map_or(commit, |base| base.trim().to_owned());
    let mut files = Vec::new();
    let diff = [
        "diff",
        "--no-ext-diff",
        "--no-textconv",
        "--name-status",
        "-M",
        "-z",
        &commit,
        "--",
    ];
    let said = git(&root, diff)?;
    let mut parts = said.split('\0').filter(|part| !part.is_empty());
    while let Some(status) = parts.next() {
        let Some(path) = parts.next() else { break };
        files.push(match status.as_bytes().first() {
            Some(b'A') => Change {
                file: Some(root.join(path)),
                old: None,
            },
            Some(b'D') => Change {
                file: None,
                old: Some(path.to_owned()),
            },
            Some(b'R' | b'C') => {
                let Some(new) = parts.next() else { break };
                Change {
                    file: Some(root.join(new)),
                    old: Some(path.to_owned()),
                }
            }
            _ => Change {
                file: Some(root.join(path)),
                old: Some(path.to_owned()),
            },
        });
    }
    let new = git(
        &root,
        ["ls-files", "--others", "--exclude-standard", "-z", "--"],
    )?;
    for path in new.split('\0').filter(|path| !path.is_empty()) {
        files.push(Change {
            file: Some(root.join(path)),
            old: None,
        });
    }
    Ok(Changes {
        revision: commit,
        root,
        files,
    })
}

/// The text of a file at a commit (as [`changes`] resolved it); `None` when it was not there or is
/// not UTF-8.
pub(super) fn file_at(root: &Path, commit: &str, path: &str) -> Option<String> {
    git(root, ["cat-file", "blob", &format!("{commit}:{path}")]).ok()
}

fn git<'a>(
    folder: &Path,
    arguments: impl IntoIterator<Item = &'a str>,
) -> Result<String, GitError> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        // A monitor is a program of the repository's choice.
        .args(["-c", "core.fsmonitor=false"].map(OsStr::new))
        .args(arguments)
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| GitError::Missing(crate::config::plain(&error)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(GitError::Failed(said.trim().to_owned()));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| GitError::Failed("its answer is not UTF-8".to_owned()))
}
