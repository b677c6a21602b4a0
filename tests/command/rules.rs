//! `archlint rules`, `explain`, `test` and `schema`.

use crate::stage::{Folder, GOOD_ADR};
use serde_json::Value;

#[test]
fn every_question_of_the_catalogue_has_a_rule() {
    let ran = Folder::new().run(&["rules", "--catalogue"]).exits(0);
    assert!(
        ran.out.ends_with("\n78 questions, 0 without a rule.\n"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains(
            "| How do you handle rollback strategies in production? | `deployment/rollback` |"
        ),
        "{}",
        ran.out
    );
}

#[test]
fn rules_are_listed_with_their_severity() {
    let folder = Folder::with(&[(
        "archlint.toml",
        "[rules]\n\"adr/status\" = \"error\"\n\"deployment/rollback\" = \"off\"\n",
    )]);
    let ran = folder.run(&["rules"]).exits(0);
    let severity = |id: &str| {
        let line = ran
            .out
            .lines()
            .find(|line| line.split_whitespace().next() == Some(id))
            .unwrap_or_else(|| panic!("{}", ran.out));
        line.split_whitespace().nth(1).unwrap().to_owned()
    };
    assert_eq!(severity("adr/status"), "error");
    assert_eq!(severity("deployment/rollback"), "off");
    assert!(
        ran.out.lines().filter(|line| line.contains('/')).count() > 88,
        "{}",
        ran.out
    );
}

#[test]
fn explain_says_what_a_question_is_about() {
    let ran = Folder::new()
        .run(&["explain", "deployment/rollback"])
        .exits(0);
    for part in [
        "How do you handle rollback strategies in production?",
        "What counts as an answer",
        "When it is asked",
        "An example that answers it",
        "<!-- archlint: waive deployment/rollback: why it does not apply -->",
    ] {
        assert!(ran.out.contains(part), "{part} in {}", ran.out);
    }
    for rule in ["adr/status", "adr/number", "waiver/expired"] {
        let ran = Folder::new().run(&["explain", rule]).exits(0);
        assert!(ran.out.starts_with(&format!("{rule}: ")), "{}", ran.out);
    }
}

#[test]
fn explain_suggests_what_may_have_been_meant() {
    for (id, meant) in [
        ("deployment/rolback", "`deployment/rollback`"),
        ("idempotency", "`reliability/idempotency`"),
    ] {
        let ran = Folder::new().run(&["explain", id]).exits(2);
        assert!(
            ran.err.contains("there is no rule") && ran.err.contains(meant),
            "{}",
            ran.err
        );
    }
}

const PACK: &str = r#"
[[topic]]
id = "team/glossary"
title = "Glossary"
group = "Team"
question = "Which words does the document define?"
answered_when = "it has a list of terms with their meaning"
asked_when = "always"
message = "no words are defined"
help = "Add a glossary."
severity = "warning"
scaffold = """
## Glossary

- <term>: <meaning>
"""
[topic.asked]
always = true
[topic.answer]
strong = ["zyxomatic term means"]
headings = ["zyxomatic glossary"]
[[topic.example]]
answers = true
text = "The zyxomatic term means the last stop of a van."
[[topic.example]]
answers = true
text = """
## Zyxomatic glossary

- Van: a small lorry that brings parcels to people and takes their returns.
"""
[[topic.example]]
answers = false
text = "Vans bring parcels."
[[topic.example]]
answers = false
text = "Nobody knows what zyxomatic is."
"#;

#[test]
fn the_examples_of_a_pack_are_run() {
    let folder = Folder::with(&[("pack/team.toml", PACK)]);
    let ran = folder.run(&["test", "pack"]).exits(0);
    assert_eq!(ran.out, "4 examples, 0 failed\n");
    let wrong = PACK.replace(
        "text = \"Vans bring parcels.\"",
        "text = \"Here the zyxomatic term means a van.\"",
    );
    folder.write("pack/team.toml", wrong.as_bytes());
    let ran = folder.run(&["test", "pack"]).exits(1);
    assert!(
        ran.out
            .contains("`team/glossary`: this example should not answer the question"),
        "{}",
        ran.out
    );
    let line = wrong
        .lines()
        .position(|line| line.contains("Here the zyxomatic"))
        .unwrap()
        + 1;
    assert!(
        ran.out.contains(&format!("pack/team.toml:{line}:")),
        "{}",
        ran.out
    );
    assert!(ran.out.ends_with("4 examples, 1 failed\n"), "{}", ran.out);
}

#[test]
fn a_mistake_in_a_pack_is_shown_in_its_place() {
    let folder = Folder::with(&[(
        "pack/team.toml",
        &PACK.replace("answered_when", "answered_wen"),
    )]);
    let ran = folder.run(&["test", "pack"]).exits(2);
    assert!(
        ran.err.contains("pack/team.toml:7:1") && ran.err.contains("answered_when"),
        "{}",
        ran.err
    );
    let ran = folder.run(&["test", "gone"]).exits(2);
    assert!(
        ran.err.contains("cannot read gone: no such file or folder"),
        "{}",
        ran.err
    );
}

#[test]
fn a_pack_takes_part_in_reviews() {
    let folder = Folder::with(&[
        ("pack/team.toml", PACK),
        ("archlint.toml", "packs = [\"pack\"]\n"),
        ("docs/adr/0001-dates.md", GOOD_ADR),
    ]);
    let report = folder
        .run(&["checklist", "--format", "json", "docs"])
        .exits(0)
        .json();
    let questions = report["documents"][0]["questions"].as_array().unwrap();
    let glossary = questions
        .iter()
        .find(|q| q["id"] == "team/glossary")
        .unwrap();
    assert_eq!(glossary["group"], "Team");
    assert_eq!(questions.len(), 79);
    let ran = folder
        .run(&["explain", "team/glossary", "--no-config", "--pack", "pack"])
        .exits(0);
    assert!(
        ran.out.contains("Which words does the document define?"),
        "{}",
        ran.out
    );
}

#[test]
fn the_built_in_examples_hold() {
    let ran = Folder::new().run(&["test"]).exits(0);
    assert!(ran.out.ends_with(" examples, 0 failed\n"), "{}", ran.out);
}

#[test]
fn schemas_are_printed() {
    for of in ["rules", "output", "config"] {
        let schema = Folder::new().run(&["schema", of]).exits(0).json();
        assert!(
            schema["$schema"]
                .as_str()
                .unwrap()
                .contains("json-schema.org"),
            "{of}"
        );
        assert!(
            schema
                .get("properties")
                .or(schema.get("$defs"))
                .is_some_and(Value::is_object),
            "{of}"
        );
    }
}
