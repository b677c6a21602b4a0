//! What a change brings, in a repository with history.
#![allow(clippy::unwrap_used)]

mod common;

use archlint_workspace::since::{GitError, SinceError, changes, run_since};
use archlint_workspace::{Outcome, Progress};
use common::{Folder, shown};
use std::path::PathBuf;
use std::process::Command;

fn git(folder: &Folder, arguments: &[&str]) {
    let status = Command::new("git")
        .arg("-C")
        .arg(folder.path())
        .args([
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.org",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        status.status.success(),
        "{}",
        String::from_utf8_lossy(&status.stderr)
    );
}

fn commit(folder: &Folder) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-qm", "x"]);
}

fn since(folder: &Folder, revision: &str) -> Result<Outcome, SinceError> {
    run_since(
        &mut folder.configs(),
        &[PathBuf::from(".")],
        revision,
        None,
        &Progress::default(),
    )
}

/// `path: rule@line: label` of the rules over folders, and `path (held back: n)`.
fn lines(outcome: &Outcome) -> Vec<String> {
    let mut lines = Vec::new();
    for document in &outcome.documents {
        lines.push(document.path.clone());
        let mut findings = document.review.findings.clone();
        findings.retain(|f| {
            ["adr/links", "adr/superseded", "adr/number", "waiver/syntax"].contains(&&*f.rule)
        });
        lines.extend(shown(&document.document.text, &findings));
    }
    lines
}

fn record(title: &str, more: &str) -> String {
    format!(
        "# {title}\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## Decision\n\ny\n\n## Consequences\n\nz\n\n{more}\n"
    )
}

fn repository() -> Folder {
    let folder = Folder::new(&[
        (
            "adr/0001-a.md",
            &record("1. A", "[b](0002-b.md) [gone](0009-gone.md)"),
        ),
        ("adr/0002-b.md", &record("2. B", "<!-- archlint: x -->")),
        ("adr/0003-c.md", &record("3. C", "")),
    ]);
    git(&folder, &["init", "-q"]);
    commit(&folder);
    folder
}

#[test]
fn only_what_the_change_brings_is_reported() {
    let folder = repository();
    folder.write(
        "adr/0002-b.md",
        record(
            "2. B",
            "more\n\n<!-- archlint: x -->\n\n<!-- archlint: wave -->",
        ),
    );
    folder.write("adr/0004-d.md", record("4. D", "[x](nowhere.md)"));
    let outcome = since(&folder, "HEAD").unwrap();
    assert_eq!(
        lines(&outcome),
        [
            "adr/0002-b.md",
            "waiver/syntax@23: `wave` is not a directive",
            "adr/0004-d.md",
            "adr/links@19: there is no `nowhere.md` in this folder",
        ]
    );
    assert!(outcome.documents[0].held_back > 0);
}

#[test]
fn a_renamed_document_keeps_its_old_findings_and_breaks_those_who_link_to_it() {
    let folder = repository();
    git(&folder, &["mv", "adr/0002-b.md", "adr/0002-bee.md"]);
    let outcome = since(&folder, "HEAD").unwrap();
    assert_eq!(
        lines(&outcome),
        [
            "adr/0001-a.md",
            "adr/links@19: there is no `0002-b.md` in this folder",
            "adr/0002-bee.md"
        ]
    );
}

#[test]
fn committed_changes_count_and_those_of_the_other_branch_do_not() {
    let folder = repository();
    git(&folder, &["branch", "-M", "main"]);
    git(&folder, &["checkout", "-qb", "topic"]);
    folder.write("adr/0003-c.md", record("3. C", "[x](nowhere.md)"));
    commit(&folder);
    git(&folder, &["checkout", "-q", "main"]);
    folder.write("adr/0001-a.md", record("1. A", "changed on main"));
    commit(&folder);
    git(&folder, &["checkout", "-q", "topic"]);
    let outcome = since(&folder, "main").unwrap();
    assert_eq!(
        lines(&outcome),
        [
            "adr/0003-c.md",
            "adr/links@19: there is no `nowhere.md` in this folder"
        ]
    );
}

#[test]
fn nothing_changed_is_nothing_to_report() {
    assert_eq!(
        lines(&since(&repository(), "HEAD").unwrap()),
        Vec::<String>::new()
    );
}

#[test]
fn deleting_a_record_is_a_change_too() {
    let folder = repository();
    std::fs::remove_file(folder.path().join("adr/0002-b.md")).unwrap();
    let outcome = since(&folder, "HEAD").unwrap();
    assert_eq!(
        lines(&outcome),
        [
            "adr/0001-a.md",
            "adr/links@19: there is no `0002-b.md` in this folder",
            "adr/0003-c.md",
            "adr/number@1: there is no 2",
        ]
    );
}

#[test]
fn a_revision_that_is_none_is_refused_whatever_it_looks_like() {
    let folder = repository();
    let marker = folder.path().join("marker");
    let option = format!("--output={}", marker.display());
    for revision in [
        "no-such-branch",
        "-h",
        "--all",
        "",
        &option,
        "HEAD; touch marker",
        "HEAD:adr",
    ] {
        let error = changes(folder.path(), revision).unwrap_err();
        assert_eq!(error, GitError::Revision(revision.to_owned()));
    }
    assert!(!marker.exists());
}

#[test]
fn outside_of_a_repository_that_is_said() {
    let folder = Folder::new(&[("a.md", "# A\n")]);
    let error = since(&folder, "HEAD").unwrap_err().to_string();
    assert!(error.contains("in no git work tree"), "{error}");
}
