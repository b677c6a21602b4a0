//! What the tests share: folders of files, and reviews made by hand, so that what is tested does
//! not depend on how the engine judges prose.
#![allow(clippy::unwrap_used, dead_code)]

use archlint_document::{Document, LineIndex};
use archlint_review::adr::fields_in_file;
use archlint_review::{Answer, Finding, Kind, Passage, Review, Severity, Status};
use archlint_workspace::config::{Caller, Configs};
use archlint_workspace::{Examined, Outcome, Progress, run};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder with files in it.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn configs(&self) -> Configs {
        Configs::new(
            self.path(),
            Caller {
                name: "the command line".into(),
                ..Caller::default()
            },
        )
    }

    pub fn run(&self, paths: &[&str], today: Option<&str>) -> Outcome {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        run(&mut self.configs(), &paths, today, &Progress::default())
            .unwrap_or_else(|errors| panic!("{errors}"))
    }

    /// A document of this folder with a review without answers and findings.
    pub fn examined(&self, name: &str, kind: Kind, text: &str) -> Examined {
        let file = self.path().join(name);
        let config = self
            .configs()
            .for_document(&file)
            .unwrap_or_else(|e| panic!("{e}"));
        let document = archlint_document::parse(text);
        let record = (kind == Kind::Adr).then(|| Arc::new(fields_in_file(&document, Some(name))));
        Examined {
            path: name.to_owned(),
            document: Arc::new(document),
            lines: Arc::new(LineIndex::new(text)),
            review: Review {
                kind,
                kind_reason: "the test says so".into(),
                answers: Vec::new(),
                findings: Vec::new(),
                record,
            },
            resolved: Arc::new(config.resolve(Some(&file))),
            config,
            file: Some(file),
        }
    }
}

/// An answer that is asked and raised by the first `passage` of the text.
pub fn answer(document: &Document, rule: &str, status: Status, passage: &str) -> Answer {
    let start = document.text.find(passage).unwrap();
    Answer {
        rule: rule.into(),
        status,
        asked: true,
        raised_by: vec![Passage {
            span: start..start + passage.len(),
            reason: "it says so".into(),
        }],
        evidence: Vec::new(),
        waiver: None,
        answered_probability: 0.1,
        open_probability: 0.8,
    }
}

/// A finding on the first `passage` of the text.
pub fn finding(document: &Document, rule: &str, question: bool, passage: &str) -> Finding {
    let start = document.text.find(passage).unwrap();
    Finding {
        rule: rule.into(),
        question: question.then(|| rule.into()),
        severity: Severity::Warning,
        message: "it is open".into(),
        label: "raised here".into(),
        help: "Say it.".into(),
        span: start..start + passage.len(),
        related: Vec::new(),
        confidence: 0.8,
    }
}

/// Adds an open question to a document: asked, and reported at `passage`.
pub fn ask(one: &mut Examined, rule: &str, passage: &str) {
    let document = one.document.clone();
    one.review
        .answers
        .push(answer(&document, rule, Status::Absent, passage));
    one.review
        .findings
        .push(finding(&document, rule, true, passage));
}

/// The findings as `rule@line: label`.
pub fn shown(text: &str, findings: &[Finding]) -> Vec<String> {
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    findings
        .iter()
        .map(|f| format!("{}@{}: {}", f.rule, line(f.span.start), f.label))
        .collect()
}
