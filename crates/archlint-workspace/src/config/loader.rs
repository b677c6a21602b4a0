//! Finding configuration files and keeping what was read, as long as the caller wants.

use super::check;
use super::errors::{ConfigError, ConfigErrors};
use super::fail_on::FailOn;
use super::fields::Located;
use super::file::{ConfigFile, Level, Template};
use super::packs::{self, Loaded, RuleSet};
use super::read::read;
use super::resolve::{Resolved, resolve};
use crate::templates::Learned;
use archlint_document::Span;
use archlint_rules::Kind;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of configuration files.
pub const FILE_NAME: &str = "archlint.toml";

/// A file of configuration larger than this is not read.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// What the caller wants, whatever the files say: command-line options or an editor's settings.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// How the caller is named as the origin of values: "the command line".
    pub name: String,
    /// The one configuration file to use, instead of those that are found.
    pub file: Option<PathBuf>,
    /// Whether to look for no configuration file at all.
    pub no_files: bool,
    /// The kind of every document.
    pub kind: Option<Kind>,
    /// What makes a run fail.
    pub fail_on: Option<FailOn>,
    /// How sure a finding of a topic rule must be, 0-1.
    pub confidence: Option<f32>,
    /// Rules and groups with their levels; the last one that is for a rule holds.
    pub rules: Vec<(String, Level)>,
    /// Rule packs to load after those of the files.
    pub packs: Vec<PathBuf>,
}

/// The configuration of a folder: a chain of files, and the rules that they ask for.
#[derive(Debug)]
pub struct Config {
    /// The nearest file first, then what it extends; empty when there is none.
    pub files: Vec<Arc<ConfigFile>>,
    /// The built-in rules with the packs of the chain.
    pub rules: RuleSet,
    /// The templates that the files name, learned, by their path.
    pub templates: FxHashMap<PathBuf, Learned>,
    /// The ids of all rules that there are under this configuration, sorted.
    pub known: Arc<Vec<String>>,
    /// What the caller wants.
    pub caller: Arc<Caller>,
    base: PathBuf,
}

impl Config {
    /// What holds for a document; `path` is absolute, `None` for text without a file.
    pub fn resolve(&self, path: Option<&Path>) -> Resolved {
        resolve(self, path)
    }

    /// The folder that file names in messages are relative to.
    pub fn base(&self) -> &Path {
        &self.base
    }
}

type Found = Result<Arc<Config>, Arc<ConfigErrors>>;

/// Reads configuration and keeps it. The caller owns it, and drops or [clears](Self::clear) it to
/// read again.
#[derive(Debug)]
pub struct Configs {
    base: PathBuf,
    caller: Arc<Caller>,
    folders: FxHashMap<PathBuf, Found>,
    chains: FxHashMap<Option<PathBuf>, Found>,
    packs: FxHashMap<Vec<PathBuf>, Loaded>,
    read: Vec<PathBuf>,
}

impl Configs {
    /// Nothing is read yet. Relative paths are taken from `working_directory`, which is absolute.
    pub fn new(working_directory: &Path, mut caller: Caller) -> Self {
        let absolute = |path: &PathBuf| crate::paths::absolute(working_directory, path);
        caller.file = caller.file.as_ref().map(absolute);
        caller.packs = caller.packs.iter().map(absolute).collect();
        Configs {
            base: working_directory.to_owned(),
            caller: Arc::new(caller),
            folders: FxHashMap::default(),
            chains: FxHashMap::default(),
            packs: FxHashMap::default(),
            read: Vec::new(),
        }
    }

    /// The folder that relative paths are taken from.
    pub fn base(&self) -> &Path {
        &self.base
    }

    /// Forgets everything, so that files are read again.
    pub fn clear(&mut self) {
        self.folders.clear();
        self.chains.clear();
        self.packs.clear();
        self.read.clear();
    }

    /// The files that were read or looked for: configuration files and those of rule packs. When
    /// one of them changes, [clear](Self::clear).
    pub fn files_read(&self) -> &[PathBuf] {
        &self.read
    }

    /// The configuration of the document at `path`.
    ///
    /// # Errors
    /// All mistakes in the files of the chain and in their rule packs.
    pub fn for_document(&mut self, path: &Path) -> Found {
        let path = crate::paths::absolute(&self.base, path);
        let folder = path.parent().unwrap_or(&path).to_owned();
        self.for_folder(&folder)
    }

    /// The configuration of the documents in `folder`.
    ///
    /// # Errors
    /// As [`Configs::for_document`].
    pub fn for_folder(&mut self, folder: &Path) -> Found {
        if self.caller.no_files {
            return self.chain(None);
        }
        if let Some(file) = self.caller.file.clone() {
            return self.chain(Some(file));
        }
        let folder = crate::paths::absolute(&self.base, folder);
        if let Some(found) = self.folders.get(&folder) {
            return found.clone();
        }
        let file = folder.join(FILE_NAME);
        let found = if file.is_file() {
            self.chain(Some(file))
        } else {
            match folder.parent() {
                Some(parent) => self.for_folder(parent),
                None => self.chain(None),
            }
        };
        self.folders.insert(folder, found.clone());
        found
    }

    /// The configuration that starts at `file`.
    fn chain(&mut self, file: Option<PathBuf>) -> Found {
        if let Some(found) = self.chains.get(&file) {
            return found.clone();
        }
        let found = self.build(file.as_deref()).map(Arc::new).map_err(Arc::new);
        self.chains.insert(file, found.clone());
        found
    }

    fn build(&mut self, first: Option<&Path>) -> Result<Config, ConfigErrors> {
        let mut errors = ConfigErrors::default();
        let mut files: Vec<Arc<ConfigFile>> = Vec::new();
        // The next file of the chain, and where it is asked for.
        type Next = (PathBuf, Option<(Arc<ConfigFile>, Span)>);
        let mut next: Option<Next> = first.map(|path| (path.to_owned(), None));
        while let Some((path, from)) = next.take() {
            if let Some((file, span)) = &from
                && files.iter().any(|seen| seen.path == path)
            {
                let label = "this file builds on itself".to_owned();
                errors.errors.push(check::at(
                    file,
                    span,
                    "`extends` goes in a circle".to_owned(),
                    label,
                ));
                break;
            }
            self.read.push(path.clone());
            match read_text(&path) {
                Ok(text) => {
                    let (file, mistakes) = read(&path, text.into());
                    errors
                        .errors
                        .extend(mistakes.into_iter().map(|m| check::in_file(&file, m)));
                    let file = Arc::new(file);
                    next = file
                        .extends
                        .clone()
                        .map(|Located { value, span }| (value, Some((file.clone(), span))));
                    files.push(file);
                }
                Err(why) => errors.errors.push(match &from {
                    Some((file, span)) => {
                        let name = crate::paths::short(&self.base, &path);
                        check::at(file, span, format!("`{name}` cannot be read: {why}"), why)
                    }
                    None => ConfigError {
                        file: path,
                        text: "".into(),
                        span: None,
                        message: why,
                        label: String::new(),
                        help: None,
                    },
                }),
            }
        }
        let rules = self.rules(first, &files, &mut errors);
        let known = rules
            .as_deref()
            .map(crate::rule_ids::known)
            .unwrap_or_default();
        let mut templates = FxHashMap::default();
        if let Some(rules) = &rules {
            for file in &files {
                check::rules(file, &known, &mut errors);
                self.learn(file, rules, &mut templates, &mut errors);
            }
        }
        errors.errors.sort_by_key(|error| {
            let place = files.iter().position(|file| file.path == error.file);
            (place, error.span.as_ref().map(|span| span.start))
        });
        match rules {
            Some(rules) if errors.count() == 0 => {
                let (caller, base) = (self.caller.clone(), self.base.clone());
                Ok(Config {
                    files,
                    rules,
                    templates,
                    known: Arc::new(known),
                    caller,
                    base,
                })
            }
            _ => Err(errors),
        }
    }

    /// Learns the templates that `file` names.
    fn learn(
        &mut self,
        file: &Arc<ConfigFile>,
        rules: &RuleSet,
        templates: &mut FxHashMap<PathBuf, Learned>,
        errors: &mut ConfigErrors,
    ) {
        for Template {
            file: Located { value: path, span },
            ..
        } in &file.templates
        {
            if templates.contains_key(path) {
                continue;
            }
            self.read.push(path.clone());
            let name = crate::paths::short(&self.base, path);
            match read_text(path) {
                Ok(text) => {
                    templates.insert(path.clone(), Learned::new(&name, &text, rules));
                }
                Err(why) => {
                    errors.errors.push(check::at(
                        file,
                        span,
                        format!("the template cannot be read: {why}"),
                        why,
                    ));
                }
            }
        }
    }

    /// The rules of the chain; the farthest file's packs are loaded first.
    fn rules(
        &mut self,
        first: Option<&Path>,
        files: &[Arc<ConfigFile>],
        errors: &mut ConfigErrors,
    ) -> Option<RuleSet> {
        let mut paths: Vec<PathBuf> = Vec::new();
        for file in files.iter().rev() {
            for pack in &file.packs {
                if !pack.value.exists() {
                    let message = "this rule pack does not exist".to_owned();
                    let place = crate::paths::short(&self.base, &pack.value);
                    errors.errors.push(check::at(
                        file,
                        &pack.span,
                        message,
                        format!("no `{place}`"),
                    ));
                } else if !paths.contains(&pack.value) {
                    paths.push(pack.value.clone());
                }
            }
        }
        for pack in &self.caller.packs {
            if !paths.contains(pack) {
                paths.push(pack.clone());
            }
        }
        if !self.packs.contains_key(&paths) {
            let loaded = packs::load(&paths, &self.base, &mut self.read);
            self.packs.insert(paths.clone(), loaded);
        }
        match self.packs.get(&paths)? {
            Ok(rules) => Some(rules.clone()),
            Err(mistakes) => {
                let mut mistakes = mistakes.clone();
                mistakes.config = first.map(Path::to_owned);
                errors.packs.push(mistakes);
                None
            }
        }
    }
}

/// The text of a configuration file.
fn read_text(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path)
        .map_err(|error| plain(&error))?
        .len();
    if size > MOST_BYTES {
        return Err(format!(
            "it has {size} bytes, more than a configuration file may have"
        ));
    }
    let bytes = std::fs::read(path).map_err(|error| plain(&error))?;
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
}

/// An I/O error as a clause, without the number of the operating system.
pub(crate) fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it does not exist".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or(&text)
                .to_lowercase()
        }
    }
}
