//! `archlint baseline`, and a check that knows what is known.

use crate::stage::{ADR_WITHOUT_STATUS, Folder};

fn project() -> Folder {
    Folder::with(&[("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS)])
}

#[test]
fn what_is_recorded_is_not_reported_again() {
    let project = project();
    let ran = project.run(&["baseline"]).exits(0);
    assert!(
        ran.out.starts_with("wrote archlint-baseline.jsonl: "),
        "{}",
        ran.out
    );
    let text = project.read("archlint-baseline.jsonl");
    assert!(text.starts_with("{\"archlint-baseline\":1}\n"), "{text}");
    assert!(text.contains("\"rule\":\"adr/status\""), "{text}");
    let ran = project.run(&["docs"]).exits(0);
    assert!(ran.out.contains("held back"), "{}", ran.out);
    // From a folder below it counts, too, and it can be left aside.
    let mut below = project.command(&["."]);
    below.current_dir(project.path().join("docs"));
    crate::stage::ran(below, b"").exits(0);
    project.run(&["docs", "--no-baseline"]).exits(1);
}

#[test]
fn it_survives_moved_lines_and_renamed_files_but_not_new_findings() {
    let project = project();
    project.run(&["baseline"]).exits(0);
    let moved = ADR_WITHOUT_STATUS.replace("## Context", "Some text before.\n\n## Context");
    std::fs::remove_file(project.path().join("docs/adr/0002-mail.md")).unwrap();
    project.write("docs/adr/0002-send-mail.md", moved.as_bytes());
    project.run(&["docs"]).exits(0);
    let emptied = moved
        .replace("- When the provider is away, mail waits.\n", "")
        .replace(
            "- Programs ask the mail service instead of sending themselves.\n",
            "",
        );
    project.write("docs/adr/0002-send-mail.md", emptied.as_bytes());
    let ran = project
        .run(&["docs", "--format", "json", "--fail-on", "info"])
        .exits(1);
    let findings = ran.findings();
    assert!(
        !findings.iter().any(|(_, rule)| rule == "adr/status"),
        "{findings:?}"
    );
    assert!(
        findings.iter().any(|(_, rule)| rule == "adr/consequences"),
        "{findings:?}"
    );
}

#[test]
fn it_shrinks_when_findings_are_gone() {
    let project = project();
    project.run(&["baseline"]).exits(0);
    let mended = ADR_WITHOUT_STATUS.replace("## Context", "## Status\n\nAccepted\n\n## Context");
    project.write("docs/adr/0002-mail.md", mended.as_bytes());
    let ran = project.run(&["baseline", "--prune"]).exits(0);
    assert!(ran.out.contains("0 new"), "{}", ran.out);
    assert!(
        !project
            .read("archlint-baseline.jsonl")
            .contains("adr/status")
    );
    // What came back is new.
    project.write("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS.as_bytes());
    project.run(&["docs"]).exits(1);
}

#[test]
fn what_another_folder_left_stays_recorded() {
    let project = Folder::with(&[
        ("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS),
        ("more/adr/0002-post.md", ADR_WITHOUT_STATUS),
    ]);
    project.run(&["baseline"]).exits(0);
    project.run(&["baseline", "docs"]).exits(0);
    assert!(
        project
            .read("archlint-baseline.jsonl")
            .contains("more/adr/0002-post.md")
    );
}

#[test]
fn a_broken_baseline_is_told_with_its_line() {
    let project = project();
    project.write(
        "archlint-baseline.jsonl",
        b"{\"archlint-baseline\":1}\n<<<<<<< ours\n",
    );
    let ran = project.run(&["docs"]).exits(2);
    assert!(
        ran.err.contains("archlint-baseline.jsonl:2: "),
        "{}",
        ran.err
    );
    let ran = project
        .run(&["docs", "--baseline", "nowhere.jsonl"])
        .exits(2);
    assert!(ran.err.contains("nowhere.jsonl"), "{}", ran.err);
    let ran = Folder::new().run(&["baseline", "--prune"]).exits(2);
    assert!(ran.err.contains("no baseline to prune"), "{}", ran.err);
}

#[test]
fn reports_and_baseline_know_a_finding_by_one_fingerprint() {
    let project = project();
    project.run(&["baseline"]).exits(0);
    let recorded: Vec<String> = project
        .read("archlint-baseline.jsonl")
        .lines()
        .skip(1)
        .map(|line| {
            let entry: serde_json::Value = serde_json::from_str(line).unwrap();
            entry["fingerprint"].as_str().unwrap().to_owned()
        })
        .collect();
    assert!(!recorded.is_empty());
    for format in ["json", "sarif", "gitlab"] {
        let report = project
            .run(&["docs", "--no-baseline", "--format", format])
            .exits(1)
            .out;
        for fingerprint in &recorded {
            assert!(report.contains(fingerprint), "{format}: {report}");
        }
    }
}
