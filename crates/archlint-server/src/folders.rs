//! The folders of the editor's workspace, each with its configuration.

use crate::settings::Settings;
use archlint_document::Span;
use archlint_workspace::config::{Caller, Config, ConfigErrors, Configs};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// What is wrong in one configuration file or rule pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenFile {
    /// The file.
    pub file: PathBuf,
    /// Its text, as it was read.
    pub text: Arc<str>,
    /// The mistakes, in its order.
    pub mistakes: Vec<Mistake>,
}

/// One mistake in a configuration file or rule pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// What is wrong and what to do.
    pub message: String,
}

/// When a file was changed last, and how long it is; `None` when it is not there.
pub type Stamp = Option<(SystemTime, u64)>;

/// The stamp of a file.
pub fn stamp(file: &Path) -> Stamp {
    let metadata = std::fs::metadata(file).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Configuration by workspace folder. A document outside of all of them counts as one in a
/// workspace of its own folder.
#[derive(Default)]
pub struct Folders {
    roots: Vec<PathBuf>,
    settings: Settings,
    configs: FxHashMap<PathBuf, Configs>,
    /// The last configuration of a folder that could be read: what holds while it is broken.
    good: FxHashMap<PathBuf, Arc<Config>>,
    broken: BTreeMap<PathBuf, BrokenFile>,
    stamps: FxHashMap<PathBuf, Stamp>,
}

impl Folders {
    /// Takes these folders and settings, and reads everything again.
    pub fn set(&mut self, roots: Vec<PathBuf>, settings: Settings) {
        if settings != self.settings {
            self.good.clear();
        }
        self.roots = roots;
        self.settings = settings;
        self.reload();
    }

    /// Forgets what was read, and reads the configuration of the workspace folders again.
    pub fn reload(&mut self) {
        self.configs.clear();
        self.broken.clear();
        self.stamps.clear();
        for root in self.roots.clone() {
            self.look(&root, &root);
        }
    }

    /// The workspace folder that a document belongs to: what its path is shown relative to.
    pub fn base(&self, file: Option<&Path>) -> PathBuf {
        let inside = |file: &Path| {
            let around = self.roots.iter().filter(|root| file.starts_with(root));
            around.max_by_key(|root| root.as_os_str().len()).cloned()
        };
        match file {
            Some(file) => inside(file)
                .or_else(|| file.parent().map(Path::to_owned))
                .unwrap_or_default(),
            None => self
                .roots
                .first()
                .cloned()
                .unwrap_or_else(|| PathBuf::from("/")),
        }
    }

    /// The configuration of a document. While it has mistakes, the last one without holds, or the
    /// built-in rules.
    pub fn config(&mut self, file: Option<&Path>) -> Arc<Config> {
        let base = self.base(file);
        let folder = file.and_then(Path::parent).unwrap_or(&base).to_owned();
        match self.look(&base, &folder) {
            Some(config) => config,
            None => self
                .good
                .get(&folder)
                .cloned()
                .unwrap_or_else(|| self.built_in(&base)),
        }
    }

    /// Everything that is wrong in configuration files and rule packs, as far as they were read.
    pub fn broken(&self) -> Vec<BrokenFile> {
        self.broken.values().cloned().collect()
    }

    /// Whether a file that was read has changed since, and, if so, that it was seen.
    pub fn has_changed(&mut self) -> bool {
        let mut changed = false;
        for (file, old) in &mut self.stamps {
            let new = stamp(file);
            changed |= new != *old;
            *old = new;
        }
        changed
    }

    fn look(&mut self, base: &Path, folder: &Path) -> Option<Arc<Config>> {
        let caller = self.caller();
        let configs = self.configs.entry(base.to_owned());
        let configs = configs.or_insert_with(|| Configs::new(base, caller));
        let before = configs.files_read().len();
        let found = configs.for_folder(folder);
        for file in configs.files_read().iter().skip(before) {
            self.stamps.insert(file.clone(), stamp(file));
        }
        // A configuration file may come into being where none is.
        let nearest = folder.join(archlint_workspace::config::FILE_NAME);
        self.stamps
            .entry(nearest)
            .or_insert_with_key(|file| stamp(file));
        match found {
            Ok(config) => {
                self.good.insert(folder.to_owned(), config.clone());
                Some(config)
            }
            Err(errors) => {
                self.note(&errors);
                None
            }
        }
    }

    fn caller(&self) -> Caller {
        Caller {
            name: "the editor's settings".to_owned(),
            file: self.settings.config.clone(),
            confidence: self.settings.confidence,
            ..Caller::default()
        }
    }

    fn built_in(&self, base: &Path) -> Arc<Config> {
        let caller = Caller {
            no_files: true,
            file: None,
            ..self.caller()
        };
        match Configs::new(base, caller).for_folder(base) {
            Ok(config) => config,
            // No file is read.
            Err(errors) => unreachable!("{errors}"),
        }
    }

    fn note(&mut self, errors: &ConfigErrors) {
        let packs = errors.packs.iter().flat_map(|pack| &pack.errors);
        for error in errors.errors.iter().chain(packs) {
            let mut message = error.message.clone();
            if !error.label.is_empty() && error.label != error.message {
                message.push_str(&format!(": {}", error.label));
            }
            if let Some(help) = &error.help {
                message.push_str(&format!("\n{help}"));
            }
            let mistake = Mistake {
                span: error.span.clone().unwrap_or(0..0),
                message,
            };
            let file = self.broken.entry(error.file.clone());
            let file = file.or_insert_with(|| BrokenFile {
                file: error.file.clone(),
                text: error.text.clone(),
                mistakes: Vec::new(),
            });
            if !file.mistakes.contains(&mistake) {
                file.mistakes.push(mistake);
                file.mistakes.sort_by_key(|mistake| mistake.span.start);
            }
        }
    }
}
