//! Why the command could not do what was asked, for a person.

use archlint_report::one_line;
use archlint_workspace::config::ConfigErrors;
use archlint_workspace::since::SinceError;
use std::io;
use std::path::Path;

/// A reason to stop with exit code 2.
#[derive(Debug)]
pub enum Failure {
    /// Something is wrong with what was asked: the problem, and what to do.
    Asked {
        /// One line, no full stop.
        problem: String,
        /// One line, may be empty.
        help: String,
    },
    /// Configuration or rule packs have mistakes.
    Configuration(ConfigErrors),
    /// A text for a person that is already laid out, such as the mistakes of a rule pack.
    Rendered(String),
    /// Standard output could not be written.
    Output(io::Error),
}

impl Failure {
    /// A problem with what was asked and what to do about it.
    pub fn asked(problem: impl Into<String>, help: impl Into<String>) -> Self {
        Failure::Asked {
            problem: problem.into(),
            help: help.into(),
        }
    }

    /// A file that could not be read or written; `verb` is which of the two.
    pub fn file(verb: &str, path: &Path, error: &io::Error) -> Self {
        let why = match error.kind() {
            io::ErrorKind::NotFound => "no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            _ => error.to_string(),
        };
        Failure::asked(format!("cannot {verb} {}: {why}", path.display()), "")
    }

    /// The text for standard error.
    pub fn render(&self, colour: bool) -> String {
        let error = if colour {
            "\u{1b}[1;31merror\u{1b}[0m"
        } else {
            "error"
        };
        match self {
            Failure::Asked { problem, help } if help.is_empty() => {
                format!("{error}: {}\n", one_line(problem))
            }
            Failure::Asked { problem, help } => {
                format!(
                    "{error}: {}\n  = help: {}\n",
                    one_line(problem),
                    one_line(help)
                )
            }
            Failure::Configuration(errors) => {
                let base = std::env::current_dir().unwrap_or_default();
                errors.render(&base, colour)
            }
            Failure::Rendered(text) => text.clone(),
            Failure::Output(cause) => format!("{error}: cannot write the report: {cause}\n"),
        }
    }
}

impl From<ConfigErrors> for Failure {
    fn from(errors: ConfigErrors) -> Self {
        Failure::Configuration(errors)
    }
}

impl From<SinceError> for Failure {
    fn from(error: SinceError) -> Self {
        match error {
            SinceError::Config(errors) => Failure::Configuration(errors),
            SinceError::Git(error) => Failure::asked(
                error.to_string(),
                "--since takes what git can name: a branch, a tag, a commit; a shallow clone may lack it",
            ),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}
