//! The documents under `examples/`, which the README reviews.

use crate::stage::{Ran, archlint, ran};

fn review(path: &str) -> Ran {
    let mut command = archlint(&["check", "--format", "json", path]);
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    ran(command, b"")
}

fn open(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .filter_map(|f| f["question"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn the_good_design_leaves_far_less_open_than_the_poor_one() {
    let good = open(&review("examples/good").exits(0));
    let poor = open(&review("examples/poor").exits(1));
    assert!(good.len() <= 3, "{good:?}");
    assert!(poor.len() >= 8, "{poor:?}");
    for question in ["reliability/idempotency", "observability/monitoring"] {
        assert!(
            poor.iter().any(|id| id == question),
            "{question} in {poor:?}"
        );
    }
}

#[test]
fn of_three_decisions_one_has_defects() {
    let ran = review("examples/adr").exits(1);
    let findings = ran.findings();
    assert!(
        findings
            .iter()
            .filter(|(_, rule)| rule.starts_with("adr/"))
            .all(|(path, _)| path == "examples/adr/0003-send-sms-through-one-provider.md"),
        "{findings:?}"
    );
    for rule in ["adr/status", "adr/date", "adr/consequences"] {
        let placeholder =
            rule == "adr/consequences" && findings.iter().any(|(_, r)| r == "adr/placeholder");
        assert!(
            placeholder || findings.iter().any(|(_, r)| r == rule),
            "{rule} in {findings:?}"
        );
    }
}
