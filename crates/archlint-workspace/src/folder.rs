//! Rules over the decision records of a folder: their numbers, the links between them, and which
//! takes the place of which. Pure: what lies in the folders comes in as [`Listings`].

mod fixes;
mod links;
mod listing;
mod number;
mod record;
mod superseded;

pub use fixes::fixes;
pub use listing::Listings;
pub use record::file_number;

use crate::run::Examined;
use archlint_review::Finding;
use record::Record;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Adds the findings of `adr/number`, `adr/links` and `adr/superseded` to the documents of kind
/// `adr`.
pub fn check(examined: &mut [Examined], listings: &Listings) {
    let mut folders: BTreeMap<PathBuf, Vec<Record>> = BTreeMap::new();
    for (at, one) in examined.iter().enumerate() {
        let file = one.file.as_deref();
        if let Some(folder) = file.and_then(Path::parent)
            && let Some(record) = Record::new(at, file, &one.review)
        {
            folders.entry(folder.to_owned()).or_default().push(record);
        }
    }
    let mut found: Vec<(usize, Finding)> = Vec::new();
    for (folder, records) in &folders {
        let names = listings.names(folder);
        number::check(records, names, examined, &mut found);
        links::check(records, names, examined, &mut found);
        superseded::check(records, names, examined, &mut found);
    }
    for (at, finding) in found {
        if let Some(one) = examined.get_mut(at) {
            one.review.findings.push(finding);
        }
    }
}

/// Whether all numbered records of `folder` are among the `reviewed` files (absolute): only then
/// is it known what the rules over folders would report.
pub(crate) fn is_complete(folder: &Path, listings: &Listings, reviewed: &FxHashSet<&Path>) -> bool {
    listings.names(folder).is_some_and(|names| {
        names
            .iter()
            .filter(|name| {
                file_number(name).is_some() && crate::discover::is_markdown(name.as_ref())
            })
            .all(|name| reviewed.contains(folder.join(name).as_path()))
    })
}
