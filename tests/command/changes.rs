//! `archlint --since`, in a git repository with history.

use crate::stage::{ADR_WITHOUT_STATUS, Folder, GOOD_ADR};
use std::process::Command;

fn git(folder: &Folder, arguments: &[&str]) {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=team", "-c", "user.email=team@example.org"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .current_dir(folder.path());
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Two records, the second with a defect, committed.
fn repository() -> Folder {
    let folder = Folder::with(&[
        ("docs/adr/0001-dates.md", GOOD_ADR),
        ("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS),
    ]);
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "--message=Decide"]);
    folder
}

#[test]
fn old_findings_are_nobodys_fault() {
    let folder = repository();
    folder.run(&["docs"]).exits(1);
    folder.run(&["docs", "--since", "HEAD"]).exits(0);
    let moved = ADR_WITHOUT_STATUS.replace("## Context", "More is said here.\n\n## Context");
    folder.write("docs/adr/0002-mail.md", moved.as_bytes());
    folder.run(&["docs", "--since", "main"]).exits(0);
}

#[test]
fn what_the_change_brings_fails() {
    let folder = repository();
    let undecided = GOOD_ADR.replace("## Status\n\nAccepted\n\n", "");
    folder.write("docs/adr/0001-dates.md", undecided.as_bytes());
    let ran = folder
        .run(&["docs", "--since", "HEAD", "--format", "json"])
        .exits(1);
    assert_eq!(
        ran.findings(),
        [("docs/adr/0001-dates.md".into(), "adr/status".into())]
    );
}

#[test]
fn a_rename_brings_nothing_and_a_branch_is_held_against_where_it_left() {
    let folder = repository();
    git(&folder, &["switch", "--quiet", "--create", "mail"]);
    git(
        &folder,
        &["mv", "docs/adr/0002-mail.md", "docs/adr/0002-send-mail.md"],
    );
    git(&folder, &["commit", "--quiet", "--message=Rename"]);
    folder.run(&["docs", "--since", "main"]).exits(0);
    // What happens on the main branch meanwhile is not this branch's doing.
    git(&folder, &["switch", "--quiet", "main"]);
    let mended = ADR_WITHOUT_STATUS.replace("## Context", "## Status\n\nAccepted\n\n## Context");
    folder.write("docs/adr/0002-mail.md", mended.as_bytes());
    git(
        &folder,
        &["commit", "--quiet", "--all", "--message=Say the status"],
    );
    git(&folder, &["switch", "--quiet", "mail"]);
    folder.run(&["docs", "--since", "main"]).exits(0);
}

#[test]
fn a_change_that_breaks_another_document_is_told() {
    let folder = repository();
    let linking = GOOD_ADR.replace(
        "## Consequences\n",
        "## Consequences\n\nSee [mail](0002-mail.md).\n",
    );
    folder.write("docs/adr/0001-dates.md", linking.as_bytes());
    git(&folder, &["commit", "--quiet", "--all", "--message=Link"]);
    folder.run(&["docs", "--since", "HEAD"]).exits(0);
    std::fs::remove_file(folder.path().join("docs/adr/0002-mail.md")).unwrap();
    let ran = folder.run(&[
        "docs",
        "--since",
        "HEAD",
        "--format",
        "json",
        "--fail-on",
        "hint",
    ]);
    assert_eq!(
        ran.exits(1).findings(),
        [("docs/adr/0001-dates.md".into(), "adr/links".into())]
    );
}

#[test]
fn a_revision_that_git_does_not_know_is_told() {
    let ran = repository().run(&["docs", "--since", "nowhere"]).exits(2);
    assert!(ran.err.contains("nowhere"), "{}", ran.err);
    let ran = Folder::with(&[("adr/0001-dates.md", GOOD_ADR)])
        .run(&["--since", "HEAD"])
        .exits(2);
    assert!(ran.err.contains("git"), "{}", ran.err);
}
