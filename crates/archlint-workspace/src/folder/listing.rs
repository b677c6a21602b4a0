//! What lies in the folders of documents, read once, so that the rules over folders stay pure.

use crate::since::Changes;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The names of the files in folders. A folder that is not listed is unknown: nothing is said of
/// what is missing in it.
#[derive(Debug, Clone, Default)]
pub struct Listings(FxHashMap<PathBuf, BTreeSet<String>>);

impl Listings {
    /// Lists the folders of `files` (absolute). A folder that cannot be read stays unknown.
    pub fn read<'p>(files: impl IntoIterator<Item = &'p Path>) -> Self {
        let mut listings = Listings::default();
        for folder in files.into_iter().filter_map(Path::parent) {
            if listings.0.contains_key(folder) {
                continue;
            }
            if let Ok(entries) = std::fs::read_dir(folder) {
                let names = entries
                    .filter_map(Result::ok)
                    .map(|entry| entry.file_name().to_string_lossy().into_owned());
                listings.add(folder, names);
            }
        }
        listings
    }

    /// Says what lies in a folder.
    pub fn add(&mut self, folder: &Path, names: impl IntoIterator<Item = String>) {
        self.0
            .insert(folder.to_owned(), names.into_iter().collect());
    }

    /// Turns what lies in the folders now into what lay there before `changes`.
    pub(crate) fn go_back(&mut self, changes: &Changes) {
        // First what came, then what went: a file may have moved onto the place of another.
        for file in changes
            .files
            .iter()
            .filter_map(|change| change.file.as_deref())
        {
            if let Some((names, name)) = self.place(file) {
                names.remove(&name);
            }
        }
        for old in changes
            .files
            .iter()
            .filter_map(|change| change.old.as_deref())
        {
            if let Some((names, name)) = self.place(&changes.root.join(old)) {
                names.insert(name);
            }
        }
    }

    /// The names in the folder of a file, if it is known, and the file's own.
    fn place(&mut self, file: &Path) -> Option<(&mut BTreeSet<String>, String)> {
        let name = file.file_name()?.to_string_lossy().into_owned();
        Some((self.0.get_mut(file.parent()?)?, name))
    }

    /// The names in a folder, if it is known.
    pub fn names(&self, folder: &Path) -> Option<&BTreeSet<String>> {
        self.0.get(folder)
    }
}
