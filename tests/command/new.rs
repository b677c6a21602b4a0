//! `archlint new`.

use crate::stage::{Folder, GOOD_ADR};

#[test]
fn the_first_record_goes_to_docs_adr() {
    let folder = Folder::new();
    let ran = folder
        .run(&["new", "adr", "Keep the state in PostgreSQL"])
        .exits(0);
    assert_eq!(ran.out, "docs/adr/0001-keep-the-state-in-postgresql.md\n");
    let text = folder.read("docs/adr/0001-keep-the-state-in-postgresql.md");
    assert!(
        text.starts_with("# 1. Keep the state in PostgreSQL\n\nDate: 20"),
        "{text}"
    );
    // Nothing is wrong with its form but what is still to be written.
    let ran = folder.run(&["docs", "--format", "json"]).exits(1);
    for (_, rule) in ran.findings() {
        assert!(
            [
                "adr/placeholder",
                "adr/context",
                "adr/decision",
                "adr/consequences"
            ]
            .contains(&rule.as_str()),
            "{rule}"
        );
    }
}

#[test]
fn a_record_joins_its_neighbours() {
    let folder = Folder::with(&[("decisions/007-dates.md", GOOD_ADR)]);
    let ran = folder.run(&["new", "adr", "Use queues"]).exits(0);
    assert_eq!(ran.out, "decisions/008-use-queues.md\n");
    let other = "---\nstatus: accepted\ndate: 2026-02-17\n---\n\n# Dates\n\n## Context and problem statement\n\nx\n\n## Decision outcome\n\ny\n";
    let folder = Folder::with(&[("adr/0001-dates.md", other)]);
    folder.run(&["new", "adr", "Use queues"]).exits(0);
    assert!(
        folder
            .read("adr/0002-use-queues.md")
            .starts_with("---\nstatus: proposed\ndate: 20")
    );
}

#[test]
fn a_design_opens_with_the_questions_of_its_profile() {
    let folder = Folder::new();
    let ran = folder
        .run(&["new", "design", "Parcel notifications", "--profile", "data"])
        .exits(0);
    assert_eq!(ran.out, "docs/design/parcel-notifications.md\n");
    let data = folder.read("docs/design/parcel-notifications.md");
    folder
        .run(&["new", "design", "Small", "--profile", "minimal"])
        .exits(0);
    let minimal = folder.read("docs/design/small.md");
    assert!(data.starts_with("# Parcel notifications\n"));
    assert!(data.matches("\n## ").count() > minimal.matches("\n## ").count());
    assert!(!data.contains("{{") && !minimal.contains("{{"));
}

#[test]
fn a_team_begins_from_its_own_template() {
    let folder = Folder::with(&[
        (
            "template.md",
            "# Title of the decision\n\nOwner: {{title}}? {{date}}\n",
        ),
        ("plain.md", "# Title of the decision\n\n## Why\n"),
    ]);
    folder
        .run(&[
            "new",
            "adr",
            "Use queues",
            "--template",
            "template.md",
            "--folder",
            "a",
        ])
        .exits(0);
    assert!(
        folder
            .read("a/0001-use-queues.md")
            .contains("Owner: Use queues? 20")
    );
    folder
        .run(&[
            "new",
            "adr",
            "Use queues",
            "--template",
            "plain.md",
            "--folder",
            "b",
        ])
        .exits(0);
    assert_eq!(
        folder.read("b/0001-use-queues.md"),
        "# Use queues\n\n## Why\n"
    );
}

#[test]
fn nothing_is_overwritten() {
    let folder = Folder::new();
    folder.run(&["new", "design", "Small"]).exits(0);
    folder.write("docs/design/small.md", b"mine");
    let ran = folder
        .run(&["new", "design", "Small", "--folder", "docs/design"])
        .exits(2);
    assert!(ran.err.contains("small.md"), "{}", ran.err);
    assert_eq!(folder.read("docs/design/small.md"), "mine");
    let ran = folder.run(&["new", "adr", "!!!"]).exits(2);
    assert!(ran.err.contains("no letters or digits"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn who_may_read_a_new_document_is_as_for_any_other_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.run(&["new", "adr", "Use queues"]).exits(0);
    let mode = |path: &str| {
        let metadata = std::fs::metadata(folder.path().join(path)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    folder.write("other.md", b"");
    assert_eq!(mode("docs/adr/0001-use-queues.md"), mode("other.md"));
}
