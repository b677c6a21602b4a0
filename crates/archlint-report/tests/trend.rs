//! Trends of reports made by hand.
#![allow(clippy::unwrap_used)]

use archlint_report::{Trend, past_report, trend, trend_html, trend_text};
use serde_json::{Value, json};

fn question(id: &str, status: &str) -> Value {
    json!({"id": format!("deployment/{id}"), "group": "Deployment", "title": id,
        "status": status, "asked": status != "unasked"})
}

/// A report of documents with the states of their questions `rollback` and `flags`.
fn report(documents: &[(&str, [&str; 2])]) -> String {
    let documents: Vec<Value> = documents
        .iter()
        .map(|(path, [rollback, flags])| {
            let asked = |status: &str| {
                if status == "unasked" {
                    "absent"
                } else {
                    status
                }
                .to_owned()
            };
            let mut questions = [question("rollback", rollback), question("flags", flags)];
            questions[0]["status"] = json!(asked(rollback));
            questions[1]["status"] = json!(asked(flags));
            json!({"path": path, "skipped": null, "questions": questions})
        })
        .collect();
    json!({"version": 1, "tool": {"name": "archlint"}, "documents": documents, "new": 1})
        .to_string()
}

fn of(reports: &[(&str, String)]) -> Trend {
    let reports: Vec<_> = reports
        .iter()
        .map(|(label, text)| (label.to_string(), past_report(text).unwrap()))
        .collect();
    trend(&reports)
}

fn text(trend: &Trend) -> String {
    let mut out = Vec::new();
    trend_text(trend, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn releases() -> [(&'static str, String); 3] {
    [
        ("v1", report(&[("a.md", ["absent", "unasked"])])),
        (
            "v2",
            report(&[
                ("a.md", ["absent", "answered"]),
                ("old.md", ["touched", "unasked"]),
            ]),
        ),
        (
            "v3",
            report(&[
                ("a.md", ["answered", "touched"]),
                ("new.md", ["waived", "absent"]),
            ]),
        ),
    ]
}

#[test]
fn the_terminal_shows_each_report_the_groups_and_what_changed_last() {
    assert_eq!(
        text(&of(&releases())),
        "\
Answered of the asked questions

v1 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0 %  0 of 1 in 1 document
v2 ██████████░░░░░░░░░░░░░░░░░░░░  33 %  1 of 3 in 2 documents  +33
v3 ███████████████░░░░░░░░░░░░░░░  50 %  2 of 4 in 2 documents  +17

By group, first to last

Deployment  ▁▃▅    0 % →  50 %  +50

From v2 to v3

+ new.md: new, 1 of 2 answered
- old.md: no longer reviewed
✔ a.md: rollback (open → answered)
◐ a.md: flags (answered → touched)
"
    );
}

#[test]
fn one_report_has_nothing_to_compare() {
    let shown = text(&of(&releases()[..1]));
    assert!(!shown.contains("From"), "{shown}");
}

#[test]
fn equal_reports_say_so() {
    let [first, ..] = releases();
    let shown = text(&of(&[first.clone(), first]));
    assert!(shown.ends_with("Nothing changed.\n"), "{shown}");
}

#[test]
fn where_nothing_is_asked_no_share_is_claimed() {
    let nothing = report(&[("a.md", ["unasked", "unasked"])]);
    let shown = text(&of(&[("v1", nothing)]));
    assert!(shown.contains("    –  0 of 0 in 1 document"), "{shown}");
}

#[test]
fn the_page_tells_better_from_worse_and_runs_nothing_of_a_report() {
    let evil = "<script>alert(1)</script>";
    let mut releases = releases();
    releases[1].1 = report(&[(evil, ["answered", "absent"])]);
    releases[2].1 = report(&[(evil, ["absent", "answered"])]);
    let mut out = Vec::new();
    trend_html(&of(&releases), &mut out).unwrap();
    let page = String::from_utf8(out).unwrap();
    let better = page.find("Answered or waived now").unwrap();
    let worse = page.find("Left open now").unwrap();
    assert!(better < page.find("open → answered").unwrap());
    assert!(worse < page.find("answered → open").unwrap());
    assert!(!page.contains(evil));
}

#[test]
fn what_is_no_checklist_is_refused_with_the_reason() {
    let reason = |text: &str| past_report(text).unwrap_err().to_string();
    assert!(reason("{").starts_with("is not JSON: "));
    assert!(reason("{\"findings\": []}").contains("archlint check"));
    assert!(reason("[]").starts_with("is not a checklist: "));
    assert_eq!(
        reason(&report(&[]).replace("\"version\":1", "\"version\":2")),
        "is written by a later archlint"
    );
    let nested = "[".repeat(100_000);
    assert!(reason(&nested).starts_with("is not JSON: "));
}
