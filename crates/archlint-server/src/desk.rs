//! The one owner of the open documents. Handlers send it events in the order in which messages came
//! and wait for its replies; it never waits for anything but the next event.

use crate::analysis::Analysis;
use crate::faults;
use crate::folders::BrokenFile;
use crate::reviews::{Done, Job, Version};
use crate::settings::Settings;
use crate::text::{self, Change};
use archlint_document::Encoding;
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{oneshot, watch};

/// How often configuration is looked at on the disk when the editor does not tell of changes.
const POLL: Duration = Duration::from_secs(2);

/// What happens.
#[derive(Debug)]
pub enum Event {
    /// The session begins.
    Begin(Beginning),
    /// The settings are these now.
    Settings(Settings),
    /// The workspace folders change.
    Folders {
        /// New ones.
        added: Vec<PathBuf>,
        /// Those that are left.
        removed: Vec<PathBuf>,
    },
    /// A document is opened; one that is open is replaced.
    Open {
        /// Its URI.
        uri: String,
        /// Its file, if it is one.
        file: Option<PathBuf>,
        /// The editor's number of the version.
        version: Option<i32>,
        /// Its text.
        text: String,
    },
    /// A document changes; one that is not open is left alone.
    Change {
        /// Its URI.
        uri: String,
        /// The editor's number of the new version.
        version: Option<i32>,
        /// The changes, each on top of the one before.
        changes: Vec<Change>,
    },
    /// A document is closed.
    Close {
        /// Its URI.
        uri: String,
    },
    /// Something that is no document, such as a configuration file, is opened in this folder.
    Look(PathBuf),
    /// A document or another file is saved.
    Saved,
    /// Files have changed on the disk; with `true`, configuration may be among them.
    Files(bool),
    /// The review of a document is wanted, of its present version or a later one.
    Ask {
        /// Its URI.
        uri: String,
        /// Where it goes: `None` when no such document is open.
        reply: oneshot::Sender<Option<Arc<Analysis>>>,
    },
    /// What a review of the whole workspace needs to know is wanted.
    AskWorkspace(oneshot::Sender<Workspace>),
    /// The reviewing thread is done with something.
    Done(Done),
}

/// What a review of the whole workspace needs to know.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    /// The workspace folders.
    pub folders: Vec<PathBuf>,
    /// The settings.
    pub settings: Settings,
    /// The URIs of the open documents.
    pub open: Vec<String>,
}

/// How a session begins.
#[derive(Debug)]
pub struct Beginning {
    /// The workspace folders.
    pub folders: Vec<PathBuf>,
    /// The settings.
    pub settings: Settings,
    /// The units of columns.
    pub encoding: Encoding,
    /// Whether the editor tells of files that change on the disk.
    pub watches: bool,
}

/// What the editor is told without asking.
#[derive(Debug)]
pub enum Notice {
    /// The findings of a document are these now.
    Findings(Arc<Analysis>),
    /// A document is closed.
    Closed(String),
    /// The mistakes of a configuration file or rule pack are these now.
    Broken(BrokenFile),
    /// Reviews of any document may be others now.
    Outdated,
    /// The review of a document failed: a defect in archlint, in words.
    Failure(String),
}

/// An open document.
struct Open {
    file: Option<PathBuf>,
    version: Option<i32>,
    /// Of its text and of what it is reviewed by.
    revision: u64,
    text: String,
    /// Whether this revision is still to be reviewed.
    is_due: bool,
    analysis: Option<Arc<Analysis>>,
    /// Requests, with the revision that they were made at.
    waiting: Vec<(u64, oneshot::Sender<Option<Arc<Analysis>>>)>,
}

struct Desk {
    documents: FxHashMap<String, Open>,
    folders: Vec<PathBuf>,
    settings: Settings,
    encoding: Encoding,
    watches: bool,
    revision: u64,
    /// Whether the reviewing thread has a document.
    is_busy: bool,
    broken: Vec<BrokenFile>,
    jobs: Sender<Job>,
    notices: UnboundedSender<Notice>,
    /// Counts what may change the review of a document that nobody types in.
    changes: watch::Sender<u64>,
}

/// Works until `events` ends.
pub fn run(
    events: &Receiver<Event>,
    jobs: Sender<Job>,
    notices: UnboundedSender<Notice>,
    changes: watch::Sender<u64>,
) {
    let mut desk = Desk {
        documents: FxHashMap::default(),
        folders: Vec::new(),
        settings: Settings::default(),
        encoding: Encoding::Utf16,
        watches: false,
        revision: 0,
        is_busy: false,
        broken: Vec::new(),
        jobs,
        notices,
        changes,
    };
    loop {
        match events.recv_timeout(POLL) {
            Ok(event) => desk.handle(event),
            Err(RecvTimeoutError::Timeout) => {
                if !desk.watches && !desk.documents.is_empty() {
                    desk.send(Job::Poll);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
        // What has come meanwhile may make a review needless.
        while let Ok(event) = events.try_recv() {
            desk.handle(event);
        }
        desk.review();
    }
}

impl Desk {
    fn handle(&mut self, event: Event) {
        match event {
            Event::Begin(beginning) => {
                self.folders = beginning.folders;
                self.settings = beginning.settings;
                self.encoding = beginning.encoding;
                self.watches = beginning.watches;
                self.send(Job::Set(self.folders.clone(), self.settings.clone()));
            }
            Event::Settings(settings) => {
                self.settings = settings;
                self.set();
            }
            Event::Folders { added, removed } => {
                self.folders.retain(|folder| !removed.contains(folder));
                for folder in added {
                    if !self.folders.contains(&folder) {
                        self.folders.push(folder);
                    }
                }
                self.set();
            }
            Event::Open {
                uri,
                file,
                version,
                text,
            } => self.open(uri, file, version, text),
            Event::Change {
                uri,
                version,
                changes,
            } => self.change(&uri, version, changes),
            Event::Close { uri } => {
                if let Some(open) = self.documents.remove(&uri) {
                    self.send(Job::Close(uri.clone(), open.file));
                    self.tell(Notice::Closed(uri));
                    self.count_change();
                }
            }
            Event::Look(folder) => self.send(Job::Configure(folder)),
            Event::Saved => {
                self.send(Job::Poll);
                self.count_change();
            }
            Event::Files(configuration) => {
                self.send(Job::Refresh(configuration));
                self.all_are_due();
            }
            Event::Ask { uri, reply } => self.ask(&uri, reply),
            Event::AskWorkspace(reply) => {
                let workspace = Workspace {
                    folders: self.folders.clone(),
                    settings: self.settings.clone(),
                    open: self.documents.keys().cloned().collect(),
                };
                // Who asked may have given up.
                let _ = reply.send(workspace);
            }
            Event::Done(done) => self.done(done),
        }
    }

    fn open(&mut self, uri: String, file: Option<PathBuf>, version: Option<i32>, text: String) {
        faults::in_server(&text);
        self.revision += 1;
        let waiting = self
            .documents
            .remove(&uri)
            .map_or_else(Vec::new, |open| open.waiting);
        let open = Open {
            file,
            version,
            revision: self.revision,
            text,
            is_due: true,
            analysis: None,
            waiting,
        };
        self.documents.insert(uri, open);
    }

    fn change(&mut self, uri: &str, version: Option<i32>, changes: Vec<Change>) {
        let Some(open) = self.documents.get_mut(uri) else {
            return;
        };
        self.revision += 1;
        open.revision = self.revision;
        open.version = version;
        open.is_due = true;
        text::apply(&mut open.text, changes, self.encoding);
    }

    fn ask(&mut self, uri: &str, reply: oneshot::Sender<Option<Arc<Analysis>>>) {
        let Some(open) = self.documents.get_mut(uri) else {
            // Who asked may have given up.
            let _ = reply.send(None);
            return;
        };
        match &open.analysis {
            Some(analysis) if !open.is_due && analysis.revision == open.revision => {
                let _ = reply.send(Some(analysis.clone()));
            }
            _ => {
                open.waiting.retain(|(_, reply)| !reply.is_closed());
                open.waiting.push((open.revision, reply));
            }
        }
    }

    fn done(&mut self, done: Done) {
        match done {
            Done::Reviewed(analyses) => {
                self.is_busy = false;
                self.take(analyses);
            }
            Done::Completed(analyses) => self.take(analyses),
            Done::Outdated => self.all_are_due(),
            Done::Broken(broken) => {
                for old in std::mem::take(&mut self.broken) {
                    if !broken.iter().any(|new| new.file == old.file) {
                        self.tell(Notice::Broken(BrokenFile {
                            mistakes: Vec::new(),
                            ..old
                        }));
                    }
                }
                for file in &broken {
                    self.tell(Notice::Broken(file.clone()));
                }
                self.broken = broken;
            }
        }
    }

    fn take(&mut self, analyses: Vec<Arc<Analysis>>) {
        for analysis in analyses {
            let Some(open) = self.documents.get_mut(&analysis.uri) else {
                continue;
            };
            let (answered, waiting) = std::mem::take(&mut open.waiting)
                .into_iter()
                .partition(|(revision, _)| *revision <= analysis.revision);
            open.waiting = waiting;
            for (_, reply) in answered {
                let _: Result<(), _> = reply.send(Some(analysis.clone()));
            }
            // A newer version exists: nobody wants to see this one.
            if open.revision != analysis.revision {
                continue;
            }
            let is_seen = open
                .analysis
                .as_ref()
                .is_some_and(|seen| is_same(seen, &analysis));
            open.analysis = Some(analysis.clone());
            if let Some(failure) = &analysis.failure {
                self.tell(Notice::Failure(format!(
                    "{}: {failure}",
                    analysis.reviewed.path
                )));
            }
            if !is_seen {
                self.tell(Notice::Findings(analysis));
            }
        }
    }

    /// Has the document reviewed that was changed last, if the reviewing thread is free.
    fn review(&mut self) {
        if self.is_busy {
            return;
        }
        let due = self.documents.iter_mut().filter(|(_, open)| open.is_due);
        let Some((uri, open)) = due.max_by_key(|(_, open)| open.revision) else {
            return;
        };
        open.is_due = false;
        let version = Version {
            uri: uri.clone(),
            file: open.file.clone(),
            version: open.version,
            revision: open.revision,
            text: open.text.clone(),
        };
        self.is_busy = true;
        self.send(Job::Review(version));
    }

    fn set(&mut self) {
        self.send(Job::Set(self.folders.clone(), self.settings.clone()));
        self.all_are_due();
    }

    fn all_are_due(&mut self) {
        // A review that is under way does not know of it: it counts as one of an older version.
        self.revision += 1;
        for open in self.documents.values_mut() {
            open.revision = self.revision;
            open.is_due = true;
        }
        self.tell(Notice::Outdated);
        self.count_change();
    }

    fn count_change(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    fn send(&self, job: Job) {
        // The reviewing thread lives as long as this one.
        let _ = self.jobs.send(job);
    }

    fn tell(&self, notice: Notice) {
        // At the end of the session there is nobody to tell.
        let _ = self.notices.send(notice);
    }
}

/// Whether two reviews of one revision say the same.
fn is_same(one: &Analysis, other: &Analysis) -> bool {
    let shown = |analysis: &Analysis| {
        let findings = analysis.findings().iter();
        let shown = findings.map(|f| (f.rule.clone(), f.span.clone(), f.severity, f.label.clone()));
        shown.collect::<Vec<_>>()
    };
    one.revision == other.revision
        && Arc::ptr_eq(&one.config, &other.config)
        && shown(one) == shown(other)
}
