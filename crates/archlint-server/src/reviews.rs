//! The thread that reviews. It owns configuration and what is known of files on the disk, takes one
//! document at a time, and survives a review that panics.

use crate::analysis::{Analysis, Other};
use crate::baselines::Baselines;
use crate::faults;
use crate::folders::{BrokenFile, Folders, Stamp, stamp};
use crate::settings::Settings;
use archlint_document::{Document, LineIndex};
use archlint_review::{Kind, Review, Reviewer};
use archlint_workspace::config::Config;
use archlint_workspace::discover::{Found, discover, is_markdown};
use archlint_workspace::fixes::Fix;
use archlint_workspace::folder::{self, Listings};
use archlint_workspace::{Examined, Reviewed, conclude, examine, examine_file};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError};

/// A version of an open document.
#[derive(Debug, Clone)]
pub struct Version {
    /// As [`Analysis::uri`].
    pub uri: String,
    /// The file, if it is one.
    pub file: Option<PathBuf>,
    /// As [`Analysis::version`].
    pub version: Option<i32>,
    /// As [`Analysis::revision`].
    pub revision: u64,
    /// The text.
    pub text: String,
}

/// What this thread is asked to do.
#[derive(Debug)]
pub enum Job {
    /// Work with these workspace folders and settings.
    Set(Vec<PathBuf>, Settings),
    /// Files have changed on the disk; with `true`, configuration among them.
    Refresh(bool),
    /// Look whether configuration has changed on the disk.
    Poll,
    /// Report what is wrong with the configuration for documents in a folder.
    Configure(PathBuf),
    /// Review a document.
    Review(Version),
    /// A document is closed: what lies on the disk counts again.
    Close(String, Option<PathBuf>),
}

/// What this thread tells.
#[derive(Debug)]
pub enum Done {
    /// A review is done. Other open documents may have changed with it.
    Reviewed(Vec<Arc<Analysis>>),
    /// Neighbours from the disk have been taken in after a review.
    Completed(Vec<Arc<Analysis>>),
    /// What is wrong in configuration files is this now.
    Broken(Vec<BrokenFile>),
    /// Configuration has changed: what was reviewed must be reviewed again.
    Outdated,
}

/// What is known of a document beside the one that is reviewed.
struct Known {
    /// The version, when it is open.
    open: Option<Version>,
    stamp: Stamp,
    /// `None`: it cannot be read.
    examined: Option<Examined>,
}

/// The state of the thread.
pub struct Reviews {
    folders: Folders,
    baselines: Baselines,
    known: FxHashMap<PathBuf, Known>,
    /// The members of sets, by the folder that was searched, as far as it was.
    sets: FxHashMap<PathBuf, Vec<PathBuf>>,
    broken: Vec<BrokenFile>,
    today: fn() -> Option<String>,
}

/// Works until `jobs` ends.
pub fn run(jobs: &Receiver<Job>, today: fn() -> Option<String>, tell: &dyn Fn(Done)) {
    // Unpacked while the editor starts, not at the first keystroke.
    archlint_rules::builtin();
    let mut reviews = Reviews {
        folders: Folders::default(),
        baselines: Baselines::default(),
        known: FxHashMap::default(),
        sets: FxHashMap::default(),
        broken: Vec::new(),
        today,
    };
    // A document whose neighbours are still to be read.
    let mut incomplete: Option<PathBuf> = None;
    loop {
        let job = match &incomplete {
            None => jobs.recv().ok(),
            Some(_) => match jobs.try_recv() {
                Ok(job) => Some(job),
                Err(TryRecvError::Disconnected) => None,
                Err(TryRecvError::Empty) => {
                    if let Some(file) = incomplete.take() {
                        tell(Done::Completed(reviews.complete(&file)));
                    }
                    continue;
                }
            },
        };
        let Some(job) = job else { return };
        match job {
            Job::Review(version) => {
                let file = version.file.clone();
                let (analyses, is_complete) = reviews.review(version);
                tell(Done::Reviewed(analyses));
                if !is_complete {
                    incomplete = file;
                }
            }
            Job::Set(roots, settings) => {
                reviews.folders.set(roots, settings);
                reviews.forget_files();
            }
            Job::Refresh(configuration) => {
                if configuration {
                    reviews.folders.reload();
                }
                reviews.forget_files();
            }
            Job::Poll => {
                let baselines = reviews.baselines.has_changed();
                if reviews.folders.has_changed() || baselines {
                    reviews.folders.reload();
                    reviews.forget_files();
                    tell(Done::Outdated);
                }
            }
            Job::Configure(folder) => {
                reviews.folders.config(Some(&folder.join("-")));
            }
            Job::Close(uri, file) => {
                if let Some(file) = file
                    && let Some(known) = reviews.known.get(&file)
                    && known.open.as_ref().is_some_and(|open| open.uri == uri)
                {
                    reviews.known.remove(&file);
                }
            }
        }
        let broken = reviews.folders.broken();
        if broken != reviews.broken {
            reviews.broken.clone_from(&broken);
            tell(Done::Broken(broken));
        }
    }
}

impl Reviews {
    fn forget_files(&mut self) {
        self.known.retain(|_, known| known.open.is_some());
        self.sets.clear();
    }

    /// Reviews a version; whether all its neighbours on the disk were known.
    fn review(&mut self, version: Version) -> (Vec<Arc<Analysis>>, bool) {
        faults::in_reviewer(&version.text);
        let config = self.folders.config(version.file.as_deref());
        let base = self.folders.base(version.file.as_deref());
        let path = match &version.file {
            Some(file) => archlint_workspace::display(&base, file),
            None => version.uri.clone(),
        };
        let examined = catch_unwind(AssertUnwindSafe(|| {
            faults::in_review(&version.text);
            let reviewer = Reviewer::new(&config.rules);
            let file = version.file.as_deref();
            examine(&config, &reviewer, file, &path, &version.text)
        }));
        let examined = match examined {
            Ok(examined) => examined,
            Err(panic) => {
                return (
                    vec![failed(version, path, config, &said(panic.as_ref()))],
                    true,
                );
            }
        };
        let Some(file) = version.file.clone() else {
            let (concluded, _) = self.conclude(vec![examined.clone()], &Listings::default());
            let reviewed = concluded.into_iter().next();
            let analysis = reviewed.map(|reviewed| analysis(&version, reviewed, &examined));
            return (analysis.map(Arc::new).into_iter().collect(), true);
        };
        let known = Known {
            open: Some(version),
            stamp: None,
            examined: Some(examined),
        };
        self.known.insert(file.clone(), known);
        let (members, listings) = self.neighbours(&file);
        let is_complete = members.iter().all(|member| self.known.contains_key(member));
        (self.together(&file, &members, &listings), is_complete)
    }

    /// Takes in the neighbours of an open document from the disk.
    fn complete(&mut self, file: &Path) -> Vec<Arc<Analysis>> {
        let (members, listings) = self.neighbours(file);
        for member in &members {
            self.read(member);
        }
        self.together(file, &members, &listings)
    }

    fn read(&mut self, file: &Path) {
        let now = stamp(file);
        if self
            .known
            .get(file)
            .is_some_and(|known| known.open.is_some() || known.stamp == now)
        {
            return;
        }
        let config = self.folders.config(Some(file));
        let found = Found {
            file: file.to_owned(),
            path: archlint_workspace::display(&self.folders.base(Some(file)), file),
            config: config.clone(),
        };
        let examined = examine_file(&found, &Reviewer::new(&config.rules)).ok();
        let known = Known {
            open: None,
            stamp: now,
            examined: examined.map(light),
        };
        self.known.insert(file.to_owned(), known);
    }

    /// The documents that are reviewed together with an open one, itself left out, and what lies in
    /// their folder. Files that have changed on the disk are no longer known.
    fn neighbours(&mut self, file: &Path) -> (BTreeSet<PathBuf>, Listings) {
        let mut members = BTreeSet::new();
        let mut listings = Listings::default();
        let Some(examined) = self
            .known
            .get(file)
            .and_then(|known| known.examined.as_ref())
        else {
            return (members, listings);
        };
        let (kind, resolved) = (examined.review.kind, examined.resolved.clone());
        let config = examined.config.clone();
        if kind == Kind::Adr {
            let folder = file.parent().unwrap_or(file);
            listings = self.listings(file, folder);
            for name in listings.names(folder).into_iter().flatten() {
                let member = folder.join(name);
                if is_markdown(&member) && config.resolve(Some(&member)).included.value {
                    members.insert(member);
                }
            }
        }
        if !resolved.sets.is_empty()
            && let Some(folder) = config.files.first().and_then(|file| file.path.parent())
        {
            let names: Vec<&String> = resolved.sets.iter().map(|set| &set.value).collect();
            let in_set = |other: &PathBuf| {
                let other = config.resolve(Some(other));
                other.sets.iter().any(|set| names.contains(&&set.value))
            };
            members.extend(
                self.documents_under(folder, &config)
                    .into_iter()
                    .filter(in_set),
            );
        }
        members.remove(file);
        self.known.retain(|member, known| {
            known.open.is_some() || !members.contains(member) || known.stamp == stamp(member)
        });
        (members, listings)
    }

    /// What lies in the folder of a file; documents that are open lie there although they may not
    /// be saved yet.
    fn listings(&self, file: &Path, folder: &Path) -> Listings {
        let mut listings = Listings::read([file]);
        let mut names = listings.names(folder).cloned().unwrap_or_default();
        let open = self.known.iter().filter(|(_, known)| known.open.is_some());
        let here = open.filter(|(other, _)| other.parent() == Some(folder));
        names.extend(
            here.filter_map(|(other, _)| Some(other.file_name()?.to_string_lossy().into_owned())),
        );
        listings.add(folder, names);
        listings
    }

    /// The documents under a folder that holds a configuration file.
    fn documents_under(&mut self, folder: &Path, config: &Arc<Config>) -> Vec<PathBuf> {
        if let Some(files) = self.sets.get(folder) {
            return files.clone();
        }
        let caller = (*config.caller).clone();
        let mut configs = archlint_workspace::config::Configs::new(folder, caller);
        let found = discover(&mut configs, &[folder.to_owned()]).unwrap_or_default();
        let files: Vec<PathBuf> = found.files.into_iter().map(|found| found.file).collect();
        self.sets.insert(folder.to_owned(), files.clone());
        files
    }

    /// Reviews an open document and its neighbours, as far as they are known, together.
    fn together(
        &mut self,
        file: &Path,
        members: &BTreeSet<PathBuf>,
        listings: &Listings,
    ) -> Vec<Arc<Analysis>> {
        let mut files: Vec<&Path> = members.iter().map(PathBuf::as_path).collect();
        files.push(file);
        files.sort_unstable();
        let group: Vec<(&Known, &Examined)> = files
            .iter()
            .filter_map(|file| self.known.get(*file))
            .filter_map(|known| Some((known, known.examined.as_ref()?)))
            .collect();
        let examined: Vec<Examined> = group
            .iter()
            .map(|(_, examined)| (*examined).clone())
            .collect();
        let (concluded, fixes) = self.conclude(examined, listings);
        let mut analyses: Vec<Analysis> = concluded
            .into_iter()
            .zip(&group)
            .filter_map(|(reviewed, (known, examined))| {
                let mut analysis = analysis(known.open.as_ref()?, reviewed, examined);
                take_fixes(&mut analysis, &fixes, &group);
                Some(analysis)
            })
            .collect();
        for analysis in &mut analyses {
            analysis.known = self.baselines.known(&analysis.reviewed);
        }
        analyses.into_iter().map(Arc::new).collect()
    }

    /// What several documents make of each other, and what can be mended between them; without that,
    /// should it fail, each on its own.
    fn conclude(&self, examined: Vec<Examined>, listings: &Listings) -> (Vec<Reviewed>, Vec<Fix>) {
        let today = (self.today)();
        let concluded = catch_unwind(AssertUnwindSafe(|| {
            let concluded = conclude(examined.clone(), listings, today.as_deref());
            let fixes = folder::fixes(&concluded, listings);
            (concluded, fixes)
        }));
        concluded.unwrap_or_else(|_| (examined.into_iter().map(alone).collect(), Vec::new()))
    }
}

fn alone(one: Examined) -> Reviewed {
    Reviewed {
        file: one.file,
        path: one.path,
        document: one.document,
        lines: one.lines,
        skipped: (one.review.kind == Kind::Other).then(|| one.review.kind_reason.clone()),
        review: one.review,
        held_back: 0,
    }
}

/// What neighbours need to know of a document that is not open: its findings are shown nowhere.
fn light(mut examined: Examined) -> Examined {
    examined
        .review
        .findings
        .retain(|finding| finding.question.is_some());
    if examined.resolved.sets.is_empty() {
        examined.review.findings.clear();
        examined.review.answers.clear();
    }
    examined
}

/// Gives an analysis the fixes that change its document, or that its document asks for in others.
fn take_fixes(analysis: &mut Analysis, fixes: &[Fix], group: &[(&Known, &Examined)]) {
    let Some(file) = analysis.file().map(Path::to_owned) else {
        return;
    };
    let changes = |fix: &Fix| fix.files.iter().any(|part| part.file == file);
    let asks = |fix: &Fix| fix.said_by.as_ref().is_some_and(|place| place.file == file);
    let own = fixes.iter().filter(|fix| changes(fix) || asks(fix));
    analysis.folder_fixes = own.cloned().collect();
    let changed: BTreeSet<&Path> = analysis
        .folder_fixes
        .iter()
        .flat_map(|fix| &fix.files)
        .map(|part| part.file.as_path())
        .filter(|other| *other != file)
        .collect();
    let others = group.iter().filter_map(|(known, examined)| {
        let file = examined.file.as_ref()?;
        changed.contains(file.as_path()).then(|| Other {
            file: file.clone(),
            open: known
                .open
                .as_ref()
                .map(|open| (open.uri.clone(), open.version)),
            document: examined.document.clone(),
            lines: examined.lines.clone(),
        })
    });
    analysis.others = others.collect();
}

fn analysis(version: &Version, reviewed: Reviewed, examined: &Examined) -> Analysis {
    Analysis {
        uri: version.uri.clone(),
        version: version.version,
        revision: version.revision,
        reviewed: Arc::new(reviewed),
        resolved: examined.resolved.clone(),
        config: examined.config.clone(),
        failure: None,
        known: Vec::new(),
        folder_fixes: Vec::new(),
        others: Vec::new(),
    }
}

/// What can be said of a document whose review panicked.
fn failed(version: Version, path: String, config: Arc<Config>, why: &str) -> Arc<Analysis> {
    let parsed = catch_unwind(|| archlint_document::parse(&version.text));
    let document = parsed.unwrap_or_else(|_| Document {
        text: version.text.clone(),
        ..Document::default()
    });
    let reason = "its review failed: a defect in archlint";
    Arc::new(Analysis {
        resolved: Arc::new(config.resolve(version.file.as_deref())),
        reviewed: Arc::new(Reviewed {
            file: version.file,
            path,
            lines: Arc::new(LineIndex::new(&document.text)),
            document: Arc::new(document),
            review: Review {
                kind: Kind::Other,
                kind_reason: reason.to_owned(),
                answers: Vec::new(),
                findings: Vec::new(),
                record: None,
            },
            skipped: Some(reason.to_owned()),
            held_back: 0,
        }),
        uri: version.uri,
        version: version.version,
        revision: version.revision,
        config,
        failure: Some(why.to_owned()),
        known: Vec::new(),
        folder_fixes: Vec::new(),
        others: Vec::new(),
    })
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
        .to_owned()
}
