//! What is known already: the baselines over the documents.

use crate::folders::{Stamp, stamp};
use archlint_workspace::Reviewed;
use archlint_workspace::baseline::{Baseline, nearest};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A longer baseline knows nothing: at about 200 bytes a finding it holds more than anybody has.
const MOST_BYTES: u64 = 64 << 20;

/// The baselines that were read.
#[derive(Default)]
pub struct Baselines {
    /// By folder, the nearest file in or above it, when it was last looked for.
    nearest: FxHashMap<PathBuf, Option<PathBuf>>,
    /// By file, its stamp and what stands in it; `None`: it cannot be read.
    read: FxHashMap<PathBuf, (Stamp, Option<Arc<Baseline>>)>,
}

impl Baselines {
    /// For each finding of a document, whether the nearest baseline in or above its folder knows it.
    /// One that cannot be read knows nothing; the command says what is wrong with it.
    pub fn known(&mut self, reviewed: &Reviewed) -> Vec<bool> {
        let unknown = vec![false; reviewed.review.findings.len()];
        let Some(folder) = reviewed.file.as_deref().and_then(Path::parent) else {
            return unknown;
        };
        let found = self.nearest.entry(folder.to_owned());
        let Some(file) = found.or_insert_with(|| nearest(folder)).clone() else {
            return unknown;
        };
        match (self.read(&file), file.parent()) {
            (Some(baseline), Some(folder)) => {
                let documents = std::slice::from_ref(reviewed);
                let known = baseline.known(documents, folder).into_iter().next();
                known.unwrap_or(unknown)
            }
            _ => unknown,
        }
    }

    /// Whether a baseline has changed, come or gone since it was last looked at.
    pub fn has_changed(&mut self) -> bool {
        let moved = self
            .nearest
            .iter()
            .any(|(folder, file)| nearest(folder) != *file);
        let changed = self.read.iter().any(|(file, (old, _))| stamp(file) != *old);
        if moved || changed {
            *self = Baselines::default();
        }
        moved || changed
    }

    fn read(&mut self, file: &Path) -> Option<Arc<Baseline>> {
        let (_, baseline) = self.read.entry(file.to_owned()).or_insert_with(|| {
            let now = stamp(file);
            let is_read = now.is_some_and(|(_, length)| length <= MOST_BYTES);
            let text = is_read
                .then(|| std::fs::read_to_string(file).ok())
                .flatten();
            let baseline = text.and_then(|text| Baseline::parse(&text).ok());
            (now, baseline.map(Arc::new))
        });
        baseline.clone()
    }
}
