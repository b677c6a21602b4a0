//! `archlint checklist`.

use crate::stage::{Folder, GOOD_ADR};
use serde_json::Value;

const DESIGN: &str = "\
# Proposal: ship reports by queue

## Motivation

Reports are built while the customer waits, up to 40 seconds.

## Security

TBD

## Risks

TBD

## Design

Requests go to a RabbitMQ queue and workers build the reports.

## Rollback

If error rates rise we redeploy the previous image; the schema change is additive, so the old version runs on it.
";

fn project() -> Folder {
    Folder::with(&[
        ("docs/design/reports.md", DESIGN),
        ("docs/adr/0001-dates.md", GOOD_ADR),
        ("docs/notes.md", "# Notes\n\nMilk.\n"),
    ])
}

fn document<'a>(report: &'a Value, path: &str) -> &'a Value {
    report["documents"]
        .as_array()
        .unwrap()
        .iter()
        .find(|d| d["path"] == path)
        .unwrap()
}

#[test]
fn json_has_every_question_of_every_reviewed_document() {
    let ran = project()
        .run(&["checklist", "--format", "json", "docs"])
        .exits(0);
    let report = ran.json();
    assert_eq!(report["version"], 1);
    for path in ["docs/design/reports.md", "docs/adr/0001-dates.md"] {
        let questions = document(&report, path)["questions"].as_array().unwrap();
        assert_eq!(questions.len(), 78, "{path}");
        for question in questions {
            for key in ["id", "group", "title", "question", "status"] {
                assert!(
                    !question[key].as_str().unwrap().is_empty(),
                    "{key} in {question}"
                );
            }
        }
    }
    assert!(
        document(&report, "docs/notes.md")["questions"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert!(document(&report, "docs/notes.md")["skipped"].is_string());
}

#[test]
fn an_answer_comes_with_its_lines() {
    let report = project()
        .run(&["checklist", "--format", "json", "docs/design"])
        .exits(0)
        .json();
    let questions = document(&report, "docs/design/reports.md")["questions"]
        .as_array()
        .unwrap();
    let rollback = questions
        .iter()
        .find(|q| q["id"] == "deployment/rollback")
        .unwrap();
    assert_eq!(rollback["status"], "answered");
    let lines = rollback["evidence"].as_array().unwrap().iter();
    assert!(
        lines
            .clone()
            .any(|e| e["start_line"].as_u64() >= Some(19) && e["end_line"].as_u64() <= Some(21)),
        "{rollback}"
    );
    assert!(
        lines
            .clone()
            .all(|e| e["start_line"].as_u64() <= e["end_line"].as_u64())
    );
}

#[test]
fn markdown_is_the_list_a_chair_would_print() {
    let ran = project().run(&["checklist", "docs/design"]).exits(0);
    assert!(
        ran.out
            .starts_with("# Review of `docs/design/reports.md`\n\nRead as design: "),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("## Deployment Strategies\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("- [x] **"), "{}", ran.out);
    assert!(ran.out.contains("- [ ] **"), "{}", ran.out);
    assert!(
        ran.out.contains("`docs/design/reports.md:21`"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("<summary>Not asked ("), "{}", ran.out);
}

#[test]
fn several_documents_begin_with_a_table_of_what_is_covered() {
    let ran = project().run(&["checklist", "docs"]).exits(0);
    assert!(ran.out.starts_with("# Coverage\n"), "{}", ran.out);
    assert!(
        ran.out.contains("| `docs/adr/0001-dates.md` |"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("| **All** |"), "{}", ran.out);
    assert!(
        ran.out.contains("# Not reviewed\n\n- `docs/notes.md`: "),
        "{}",
        ran.out
    );
}

#[test]
fn csv_and_jsonl_have_a_row_per_question() {
    let project = project();
    let csv = project
        .run(&["checklist", "--format", "csv", "docs/design"])
        .exits(0)
        .out;
    assert_eq!(csv.lines().count(), 1 + 78);
    let rows = project
        .run(&["checklist", "--format", "jsonl", "docs"])
        .exits(0)
        .out;
    assert_eq!(rows.lines().count(), 2 * 78);
    let row: Value = serde_json::from_str(rows.lines().next().unwrap()).unwrap();
    assert_eq!(row["path"], "docs/adr/0001-dates.md");
    assert_eq!(row["repository"], Value::Null);
    assert_eq!(
        project.run(&["check", "--format", "jsonl", "docs"]).out,
        rows
    );
}

#[test]
fn csv_of_several_documents_is_a_matrix_with_totals() {
    let csv = project()
        .run(&["checklist", "--format", "csv", "docs"])
        .exits(0)
        .out;
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("path,kind,deployment/"), "{csv}");
    assert!(lines[0].ends_with(",All: answered,All: asked"), "{csv}");
    assert!(lines[1].starts_with("docs/adr/0001-dates.md,adr,"), "{csv}");
    assert!(
        lines[2].starts_with("docs/design/reports.md,design,"),
        "{csv}"
    );
    assert!(lines[3].starts_with("All,,"), "{csv}");
    assert_eq!(lines.len(), 4);
}

#[test]
fn jsonl_names_repository_and_commit() {
    let project = project();
    project.write(".git/HEAD", b"ref: refs/heads/main\n");
    project.write(
        ".git/refs/heads/main",
        b"0123456789abcdef0123456789abcdef01234567\n",
    );
    project.write(
        ".git/config",
        b"[core]\n\tbare = false\n[remote \"origin\"]\n\turl = git@host.example:team/shop.git\n",
    );
    let rows = project
        .run(&["checklist", "--format", "jsonl", "docs/adr"])
        .exits(0)
        .out;
    let row: Value = serde_json::from_str(rows.lines().next().unwrap()).unwrap();
    assert_eq!(row["repository"], "team/shop");
    assert_eq!(row["revision"], "0123456789abcdef0123456789abcdef01234567");
}

#[test]
fn a_waived_question_stands_there_with_its_reason() {
    let waived = DESIGN.replace(
        "## Security\n",
        "## Security\n\n<!-- archlint: waive security/secure-design: reports hold public figures only -->\n",
    );
    let project = Folder::with(&[("docs/design/reports.md", &waived)]);
    let report = project
        .run(&["checklist", "--format", "json", "docs"])
        .json();
    let questions = document(&report, "docs/design/reports.md")["questions"]
        .as_array()
        .unwrap();
    let security = questions
        .iter()
        .find(|q| q["id"] == "security/secure-design")
        .unwrap();
    assert_eq!(security["status"], "waived");
    assert_eq!(security["waiver"], "reports hold public figures only");
}
