//! `archlint check` and `archlint PATH`.

use crate::stage::{ADR_WITHOUT_STATUS, Folder, GOOD_ADR};
use std::process::Stdio;

fn project() -> Folder {
    Folder::with(&[
        ("docs/adr/0001-dates.md", GOOD_ADR),
        ("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS),
        (
            "README.md",
            "# Shop\n\nA shop.\n\n## Installation\n\nRun it.\n\n## Usage\n\nUse it.\n",
        ),
    ])
}

#[test]
fn a_clean_document_exits_with_0() {
    let ran = project().run(&["docs/adr/0001-dates.md"]).exits(0);
    assert_eq!(ran.out, "1 document, 1 reviewed; nothing to report\n");
    assert_eq!(ran.err, "");
}

#[test]
fn a_finding_exits_with_1_and_is_shown_with_its_passage() {
    let ran = project().run(&["docs/adr/0002-mail.md"]).exits(1);
    assert!(
        ran.out.starts_with("docs/adr/0002-mail.md  adr: "),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("[adr/status]: "), "{}", ran.out);
    assert!(
        ran.out
            .contains("1 │ # 2. Send mail through one provider\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("= help: "), "{}", ran.out);
    assert!(
        ran.out.contains("1 document, 1 reviewed; 1 ADR problem\n"),
        "{}",
        ran.out
    );
}

#[test]
fn a_folder_is_walked_and_only_documents_of_a_kind_are_reviewed() {
    let ran = project().run(&["--format", "json"]).exits(1);
    let report = ran.json();
    assert_eq!(report["summary"]["documents"], 3);
    assert_eq!(report["summary"]["reviewed"], 2);
    let kinds: Vec<_> = report["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| (d["path"].as_str().unwrap(), d["kind"].as_str().unwrap()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("README.md", "other"),
            ("docs/adr/0001-dates.md", "adr"),
            ("docs/adr/0002-mail.md", "adr")
        ]
    );
    assert_eq!(
        ran.findings(),
        [("docs/adr/0002-mail.md".into(), "adr/status".into())]
    );
}

#[test]
fn check_is_what_happens_without_a_subcommand() {
    let project = project();
    let short = project.run(&["docs", "--format", "short"]).exits(1);
    assert_eq!(
        short.out,
        project
            .run(&["check", "docs", "--format", "short"])
            .exits(1)
            .out
    );
    assert!(
        short.out.starts_with("docs/adr/0002-mail.md:1:1: "),
        "{}",
        short.out
    );
    assert_eq!(short.out.lines().count(), 1);
}

#[test]
fn what_git_ignores_is_left_out() {
    let project = project();
    project.write(".gitignore", b"docs/adr/0002*\n");
    project.run(&[]).exits(0);
    // What is named is meant.
    project.run(&["docs/adr/0002-mail.md"]).exits(1);
}

#[test]
fn standard_input_is_a_document() {
    let project = project();
    let ran = project.run_with_input(
        &["-", "--kind", "adr", "--format", "json"],
        ADR_WITHOUT_STATUS.as_bytes(),
    );
    assert_eq!(ran.findings(), [("<stdin>".into(), "adr/status".into())]);
    let named = [
        "--stdin-path",
        "docs/adr/0003-new.md",
        "-",
        "--format",
        "json",
    ];
    let third = ADR_WITHOUT_STATUS.replace("# 2.", "# 3.");
    let ran = project.run_with_input(&named, third.as_bytes());
    assert_eq!(
        ran.findings(),
        [("docs/adr/0003-new.md".into(), "adr/status".into())]
    );
    let ran = project.run_with_input(&["-"], b"\xff\xfe").exits(2);
    assert!(ran.out.contains("<stdin> is not UTF-8"), "{}", ran.out);
}

#[test]
fn the_failing_severity_can_be_chosen() {
    let project = project();
    let ran = project.run(&["docs", "--fail-on", "never"]).exits(0);
    assert!(ran.out.contains("adr/status"));
    project.run(&["docs", "--fail-on", "hint"]).exits(1);
    let ran = project.run(&["docs", "--fail-on", "sometimes"]).exits(2);
    assert!(
        ran.err.contains("one of error, warning, info, hint, never"),
        "{}",
        ran.err
    );
}

#[test]
fn quiet_gives_findings_alone() {
    let project = project();
    assert_eq!(
        project.run(&["-q", "docs/adr/0001-dates.md"]).exits(0).out,
        ""
    );
    let ran = project.run(&["-q", "docs"]).exits(1);
    assert!(
        ran.out.contains("adr/status") && !ran.out.contains("reviewed;"),
        "{}",
        ran.out
    );
}

#[test]
fn colours_follow_the_option_and_the_environment() {
    let project = project();
    assert!(!project.run(&["docs"]).out.contains('\u{1b}'));
    assert!(
        !project
            .run(&["docs", "--color", "never"])
            .out
            .contains('\u{1b}')
    );
    assert!(
        project
            .run(&["docs", "--color", "always"])
            .out
            .contains("\u{1b}[")
    );
}

#[test]
fn several_reports_come_from_one_run() {
    let project = project();
    let ran = project
        .run(&[
            "docs",
            "--output",
            "json=report.json",
            "--output",
            "junit=report.xml",
        ])
        .exits(1);
    assert!(ran.out.contains("1 ADR problem"));
    let report: serde_json::Value = serde_json::from_str(&project.read("report.json")).unwrap();
    assert_eq!(report["findings"][0]["rule"], "adr/status");
    assert!(project.read("report.xml").contains("<testsuites "));
    let ran = project
        .run(&["docs", "--output", "json=no/such/folder.json"])
        .exits(2);
    assert!(
        ran.err
            .contains("cannot write no/such/folder.json: no such file or folder"),
        "{}",
        ran.err
    );
    let ran = project.run(&["docs", "--output", "report.json"]).exits(2);
    assert!(
        ran.err.contains("a format and a file, such as"),
        "{}",
        ran.err
    );
}

#[test]
fn a_path_that_does_not_exist_is_named_and_the_rest_is_reviewed() {
    let ran = project()
        .run(&["docs/adr/0002-mail.md", "docs/gone.md"])
        .exits(2);
    assert!(
        ran.out.contains("docs/gone.md does not exist"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("adr/status"), "{}", ran.out);
}

#[test]
fn an_empty_folder_is_not_an_error_but_is_said() {
    let folder = Folder::with(&[("docs/picture.png", "")]);
    let ran = folder.run(&["docs"]).exits(0);
    assert_eq!(ran.err, "no Markdown documents in docs\n");
}

#[test]
fn a_reader_that_stops_early_is_not_an_error() {
    let folder = Folder::new();
    for number in 1..200 {
        folder.write(
            &format!("docs/adr/{number:04}-mail.md"),
            ADR_WITHOUT_STATUS.as_bytes(),
        );
    }
    for arguments in [
        &["docs"][..],
        &["docs", "--format", "json"],
        &["checklist", "docs"],
        &["explain", "adr/status"],
    ] {
        let mut child = folder
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            "",
            "{arguments:?}"
        );
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{arguments:?} {:?}",
            output.status
        );
    }
}

#[test]
fn the_same_input_gives_the_same_output() {
    let project = project();
    let once = project.run(&["--format", "json"]).out;
    for _ in 0..5 {
        assert_eq!(project.run(&["--format", "json"]).out, once);
    }
}

#[test]
fn a_mistyped_command_is_not_taken_for_a_path() {
    for arguments in [&["rulez"][..], &["--color", "never", "rules"]] {
        let ran = Folder::new().run(arguments).exits(2);
        assert!(
            ran.err.contains("it comes first: `archlint rules ...`"),
            "{}",
            ran.err
        );
    }
}
