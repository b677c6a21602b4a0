//! Decision records of a folder, looked at together.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Folder, shown};

/// What is said of the records of `adr/` by the rules over folders, as `file: rule@line: label`.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let folder = Folder::new(&[]);
    for (name, text) in files {
        folder.write(&format!("adr/{name}"), text);
    }
    let outcome = folder.run(&["adr"], None);
    let rules = ["adr/number", "adr/links", "adr/superseded"];
    let mut lines = Vec::new();
    for document in outcome.documents {
        let mut findings = document.review.findings;
        findings.retain(|finding| rules.contains(&finding.rule.as_str()));
        let name = document.path.trim_start_matches("adr/");
        for line in shown(&document.document.text, &findings) {
            lines.push(format!("{name}: {line}"));
        }
    }
    lines
}

fn record(title: &str, status: &str) -> String {
    format!(
        "# {title}\n\n## Status\n\n{status}\n\n## Context\n\nx\n\n## Decision\n\ny\n\n## Consequences\n\nz\n"
    )
}

#[test]
fn numbers_that_fit_are_not_mentioned() {
    let text = record("1. Use queues", "Accepted");
    let second = record("2. Use topics", "Accepted");
    let third = record("Use streams", "Accepted");
    let files = [
        ("0001-queues.md", &*text),
        ("0002-topics.md", &second),
        ("0003-streams.md", &third),
        ("README.md", "# Decisions\n"),
    ];
    assert_eq!(found(&files), Vec::<String>::new());
}

#[test]
fn doubled_missing_and_contradicting_numbers_are_found() {
    let files = [
        ("0001-a.md", &*record("1. A", "Accepted")),
        ("0002-b.md", &record("2. B", "Accepted")),
        ("0002-c.md", &record("2. C", "Accepted")),
        ("0004-d.md", &record("5. D", "Accepted")),
    ];
    assert_eq!(
        found(&files),
        [
            "0002-b.md: adr/number@1: `0002-c.md` is 2, too",
            "0002-c.md: adr/number@1: `0002-b.md` is 2, too",
            "0004-d.md: adr/number@1: the title says 5, the file name 4",
            "0004-d.md: adr/number@1: there is no 3",
        ]
    );
}

#[test]
fn dates_and_translations_are_no_doubled_numbers() {
    let text = record("A", "Accepted");
    let files = [
        ("2023-07-19-a.md", &*text),
        ("2023-07-20-b.md", &text),
        ("0001-a.md", &text),
        ("0001-a.de.md", &text),
    ];
    assert_eq!(found(&files), Vec::<String>::new());
}

#[test]
fn only_a_part_of_a_folder_brings_up_no_gaps() {
    let text = record("A", "Accepted");
    let folder = Folder::new(&[
        ("adr/0001-a.md", &text),
        ("adr/0002-b.md", &text),
        ("adr/0003-c.md", &text),
    ]);
    let outcome = folder.run(&["adr/0001-a.md", "adr/0003-c.md"], None);
    let findings = outcome
        .documents
        .iter()
        .flat_map(|document| &document.review.findings);
    assert_eq!(
        findings
            .filter(|finding| finding.rule == "adr/number")
            .count(),
        0
    );
}

#[test]
fn links_that_lead_nowhere_are_found() {
    let first = record("1. A", "Accepted")
        + "\n[good](0002-b.md#context) [anchor](./0002-b.md#the-weather) [file](0002-bb.md) [web](https://example.org/x.md) [own](#decision) [broken](#nothing)\n";
    let files = [
        ("0001-a.md", &*first),
        ("0002-b.md", &record("2. B", "Accepted")),
    ];
    assert_eq!(
        found(&files),
        [
            "0001-a.md: adr/links@19: 0002-b.md has no heading `#the-weather`",
            "0001-a.md: adr/links@19: there is no `0002-bb.md` in this folder",
            "0001-a.md: adr/links@19: this document has no heading `#nothing`",
        ]
    );
}

#[test]
fn a_superseded_record_names_its_successor_which_names_it() {
    let files = [
        ("0001-a.md", &*record("1. A", "Superseded")),
        (
            "0002-b.md",
            &record("2. B", "Superseded by [ADR-0003](0003-c.md)"),
        ),
        ("0003-c.md", &record("3. C", "Accepted")),
        (
            "0004-d.md",
            &record("4. D", "Superseded by [ADR-0005](0005-e.md)"),
        ),
        (
            "0005-e.md",
            &record("5. E", "Accepted\n\nSupersedes [ADR-0004](0004-d.md)"),
        ),
        ("0006-f.md", &record("6. F", "Superseded by ADR-0042")),
    ];
    assert_eq!(
        found(&files),
        [
            "0001-a.md: adr/superseded@5: no other decision is named",
            "0003-c.md: adr/superseded@1: `0002-b.md` says that it is superseded by this one",
            "0006-f.md: adr/superseded@5: there is no decision 42 in this folder",
        ]
    );
}

#[test]
fn a_record_that_is_replaced_should_not_say_accepted() {
    let files = [
        ("0001-a.md", &*record("1. A", "Accepted")),
        (
            "0002-b.md",
            &record("2. B", "Accepted\n\nSupersedes [ADR-0001](0001-a.md)"),
        ),
    ];
    assert_eq!(
        found(&files),
        ["0001-a.md: adr/superseded@5: `0002-b.md` says that it supersedes this one"]
    );
}

#[test]
fn findings_over_folders_can_be_waived_and_the_waiver_is_needed() {
    let waived = format!(
        "<!-- archlint: waive adr/superseded: its successor is confidential -->\n{}",
        record("1. A", "Superseded")
    );
    let unneeded = format!(
        "<!-- archlint: waive adr/number: x -->\n{}",
        record("2. B", "Accepted")
    );
    let folder = Folder::new(&[("adr/0001-a.md", &waived), ("adr/0002-b.md", &unneeded)]);
    let outcome = folder.run(&["."], None);
    let rules: Vec<_> = outcome
        .documents
        .iter()
        .map(|d| {
            d.review
                .findings
                .iter()
                .map(|f| f.rule.as_str())
                .filter(|r| r.starts_with("waiver/") || *r == "adr/superseded")
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(rules, [vec![], vec!["waiver/unneeded"]]);
}
