//! Reading the rule packs that configuration names.

use super::errors::{ConfigError, PackMistakes};
use super::loader::plain;
use archlint_rules::{PackErrors, Rules, Source};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The built-in rules, or those with further packs.
#[derive(Debug, Clone)]
pub enum RuleSet {
    /// The built-in ones, which are loaded once for the whole process.
    BuiltIn,
    /// The built-in ones with what packs add and change.
    WithPacks(Arc<Rules>),
}

impl Deref for RuleSet {
    type Target = Rules;

    fn deref(&self) -> &Rules {
        match self {
            RuleSet::BuiltIn => archlint_rules::builtin(),
            RuleSet::WithPacks(rules) => rules,
        }
    }
}

/// Rules, or what is wrong with their packs.
pub(super) type Loaded = Result<RuleSet, PackMistakes>;

/// Loads packs (folders of TOML files, or files) over the built-in one. Files that are read are
/// added to `read`; `base` is what their names are relative to in messages.
pub(super) fn load(packs: &[PathBuf], base: &Path, read: &mut Vec<PathBuf>) -> Loaded {
    if packs.is_empty() {
        return Ok(RuleSet::BuiltIn);
    }
    let mut sources = Vec::new();
    let mut places = Vec::new();
    let mut unreadable = Vec::new();
    for pack in packs {
        let files = match files(pack) {
            Ok(files) => files,
            Err(error) => {
                unreadable.push((pack.clone(), plain(&error)));
                continue;
            }
        };
        for file in files {
            read.push(file.clone());
            match std::fs::read(&file) {
                Ok(bytes) => match String::from_utf8(bytes) {
                    Ok(text) => {
                        sources.push(Source {
                            name: crate::paths::short(base, &file),
                            text,
                        });
                        places.push(file);
                    }
                    Err(_) => unreadable.push((file, "it is not UTF-8".to_owned())),
                },
                Err(error) => unreadable.push((file, plain(&error))),
            }
        }
    }
    if !unreadable.is_empty() {
        let lines = unreadable.iter().map(|(file, why)| {
            format!(
                "error: rule pack {}: {why}\n",
                crate::paths::short(base, file)
            )
        });
        let plain: String = lines.collect();
        let count = unreadable.len();
        return Err(PackMistakes {
            config: None,
            errors: unreadable.into_iter().map(whole_file).collect(),
            count,
            coloured: plain.clone(),
            plain,
        });
    }
    let loaded = archlint_rules::load_with_builtin(&sources);
    loaded
        .map(|rules| RuleSet::WithPacks(Arc::new(rules)))
        .map_err(|errors| PackMistakes {
            config: None,
            errors: in_place(&errors, &places, &sources),
            count: errors.errors.len(),
            plain: archlint_rules::render_errors(&errors, &sources, false),
            coloured: archlint_rules::render_errors(&errors, &sources, true),
        })
}

fn whole_file((file, why): (PathBuf, String)) -> ConfigError {
    ConfigError {
        file,
        text: "".into(),
        span: None,
        message: format!("the rule pack cannot be read: {why}"),
        label: String::new(),
        help: None,
    }
}

/// The mistakes in the files that they stand in. User's sources are numbered first.
fn in_place(errors: &PackErrors, files: &[PathBuf], sources: &[Source]) -> Vec<ConfigError> {
    let texts: Vec<Arc<str>> = sources
        .iter()
        .map(|source| source.text.as_str().into())
        .collect();
    let found = errors.errors.iter().filter_map(|error| {
        Some(ConfigError {
            file: files.get(error.source)?.clone(),
            text: texts.get(error.source)?.clone(),
            span: Some(error.span.clone()),
            message: error.message.clone(),
            label: error.label.clone(),
            help: (!error.help.is_empty()).then(|| error.help.clone()),
        })
    });
    found.collect()
}

/// The files of a pack, sorted: itself, or the TOML files directly in it.
fn files(pack: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !std::fs::metadata(pack)?.is_dir() {
        return Ok(vec![pack.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(pack)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
            && path.is_file()
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
