//! Globs as `archlint.toml` writes them.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::path::Path;

/// A glob of a configuration file.
///
/// One without a `/` matches the name of a file or folder at any depth; one with a `/` is taken
/// from the folder of the configuration file. What matches a folder matches everything under it.
/// `*` and `?` stay within one part of a path, `**` crosses them, `{a,b}` and `[a-z]` are allowed.
#[derive(Debug, Clone)]
pub struct Glob {
    /// As it is written.
    pub text: String,
    set: GlobSet,
}

impl Glob {
    /// Compiles `text`; the error is a clause for a person ("unclosed character class").
    pub fn new(text: &str) -> Result<Self, String> {
        let trimmed = text.strip_prefix("./").unwrap_or(text);
        let anchored = trimmed.len() < text.len() || trimmed.trim_end_matches('/').contains('/');
        let body = trimmed.trim_start_matches('/').trim_end_matches('/');
        if body.is_empty() {
            return Err("it is empty".to_owned());
        }
        if body.split('/').any(|part| part == "..") {
            return Err("`..` leads out of the folder of this file".to_owned());
        }
        let whole = if anchored {
            body.to_owned()
        } else {
            format!("**/{body}")
        };
        let mut set = GlobSetBuilder::new();
        for variant in [whole.clone(), format!("{whole}/**")] {
            let glob = GlobBuilder::new(&variant)
                .literal_separator(true)
                .build()
                .map_err(|error| error.kind().to_string())?;
            set.add(glob);
        }
        let set = set.build().map_err(|error| error.kind().to_string())?;
        Ok(Glob {
            text: text.to_owned(),
            set,
        })
    }

    /// Whether it matches `path`, which is relative to the folder of the configuration file.
    pub fn matches(&self, path: &Path) -> bool {
        self.set.is_match(path)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn matches(glob: &str, path: &str) -> bool {
        Glob::new(glob).unwrap().matches(Path::new(path))
    }

    #[test]
    fn a_name_matches_at_any_depth() {
        assert!(matches("CHANGELOG.md", "docs/CHANGELOG.md"));
        assert!(matches("drafts", "docs/drafts/a/b.md"));
        assert!(matches("drafts/", "docs/drafts/a.md"));
        assert!(!matches("drafts", "docs/drafts-old/a.md"));
    }

    #[test]
    fn a_path_is_taken_from_the_folder_of_the_file() {
        assert!(matches("docs/adr", "docs/adr/0001-a.md"));
        assert!(matches("./docs/*.md", "docs/a.md"));
        assert!(!matches("docs/*.md", "docs/b/a.md"));
        assert!(!matches("docs/adr", "x/docs/adr/a.md"));
        assert!(matches("/a.md", "a.md"));
        assert!(!matches("/a.md", "b/a.md"));
        assert!(matches("**/{adr,decisions}/**", "x/decisions/1.md"));
    }

    #[test]
    fn a_bad_glob_says_why() {
        assert!(
            Glob::new("docs/[a")
                .unwrap_err()
                .contains("character class")
        );
        assert!(Glob::new("").unwrap_err().contains("empty"));
        assert!(Glob::new("../docs/*.md").unwrap_err().contains(".."));
    }
}
