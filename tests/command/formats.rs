//! Reports that other programs read, held against the programs' own definitions.

use crate::stage::{ADR_WITHOUT_STATUS, Folder, GOOD_ADR};
use serde_json::Value;

/// A project whose paths and texts try to break out of every format.
fn project() -> Folder {
    let nasty = ADR_WITHOUT_STATUS.replace(
        "Send mail",
        "100% <b>\"mail\"</b> ::error::pwned & 'more', a:b",
    );
    Folder::with(&[
        ("docs/adr/0001-dates.md", GOOD_ADR),
        ("docs/adr/0002-a&b, <c>%0A::x.md", &nasty),
        ("docs/notes.md", "# Notes\n\nMilk.\n"),
        ("docs/broken.md", "broken \u{0}"),
    ])
}

fn report(format: &str) -> String {
    let project = project();
    project.write("docs/broken.md", b"\xff\xfe");
    project.run(&["docs", "--format", format]).exits(2).out
}

/// The first way in which `instance` is not what `schema` says.
fn violation(schema: &Value, instance: &Value) -> Option<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    let mut errors = validator.iter_errors(instance);
    errors
        .next()
        .map(|error| format!("{error} at {}", error.instance_path()))
}

fn stored_schema(name: &str) -> Value {
    let file = format!(
        "{}/../../tests/command/schemas/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn sarif_schema() -> Value {
    let mut schema = stored_schema("sarif-2.1.0.json");
    // The published pattern for languages has a bracket too many and is no regular expression.
    for part in ["run", "toolComponent"] {
        let language = format!("/definitions/{part}/properties/language");
        let language = schema.pointer_mut(&language).unwrap();
        language.as_object_mut().unwrap().remove("pattern").unwrap();
    }
    schema
}

#[test]
fn json_is_what_the_schema_says() {
    let schema = Folder::new().run(&["schema", "output"]).exits(0).json();
    let project = project();
    for arguments in [
        &["check", "docs", "--format", "json"][..],
        &["checklist", "docs", "--format", "json"],
    ] {
        let report = project.run(arguments).json();
        assert_eq!(violation(&schema, &report), None, "{arguments:?}");
        let mut wrong = report;
        wrong["version"] = "one".into();
        assert!(violation(&schema, &wrong).is_some());
    }
    for row in project
        .run(&["docs", "--format", "jsonl"])
        .out
        .lines()
        .take(80)
    {
        assert_eq!(
            violation(&schema, &serde_json::from_str(row).unwrap()),
            None
        );
    }
}

#[test]
fn sarif_is_sarif() {
    let log: Value = serde_json::from_str(&report("sarif")).unwrap();
    assert_eq!(violation(&sarif_schema(), &log), None);
    let run = &log["runs"][0];
    let result = run["results"]
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["ruleId"] == "adr/status")
        .unwrap();
    let index = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "adr/status");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "docs/adr/0002-a%26b%2C%20%3Cc%3E%250A%3A%3Ax.md"
    );
    assert_eq!(place["region"]["startLine"], 1);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn gitlab_issues_have_unique_fingerprints() {
    let issues: Value = serde_json::from_str(&report("gitlab")).unwrap();
    assert_eq!(
        violation(&stored_schema("gitlab-code-quality.json"), &issues),
        None
    );
    let mut fingerprints: Vec<_> = issues
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["fingerprint"].as_str().unwrap())
        .collect();
    let count = fingerprints.len();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert!(count > 0 && fingerprints.len() == count);
}

#[test]
fn rdjson_is_what_reviewdog_reads() {
    let result: Value = serde_json::from_str(&report("rdjson")).unwrap();
    assert_eq!(violation(&stored_schema("rdjson.json"), &result), None);
    assert_eq!(result["diagnostics"][0]["code"]["value"], "adr/status");
}

#[test]
fn github_commands_stay_one_command_each() {
    let out = report("github");
    assert!(!out.is_empty());
    for line in out.lines() {
        let rest = line.strip_prefix("::").unwrap();
        let (command, message) = rest.split_once("::").unwrap();
        let name = command.split(' ').next().unwrap();
        assert!(["error", "warning", "notice"].contains(&name), "{line}");
        assert!(
            !message.contains("::") && !command.contains("%0A::"),
            "{line}"
        );
        let properties = command.split_once(' ').unwrap().1;
        assert!(
            properties.split(',').all(|p| p
                .split_once('=')
                .is_some_and(|(_, value)| !value.contains(':'))),
            "{line}"
        );
    }
    assert!(
        out.contains("file=docs/adr/0002-a&b%2C <c>%250A%3A%3Ax.md,line=1,"),
        "{out}"
    );
}

#[test]
fn xml_is_well_formed_and_counts_right() {
    let junit = report("junit");
    let document = roxmltree::Document::parse(&junit).unwrap();
    let root = document.root_element();
    let count = |tag: &str| {
        root.descendants()
            .filter(|node| node.has_tag_name(tag))
            .count()
            .to_string()
    };
    assert_eq!(root.attribute("tests").unwrap(), count("testcase"));
    assert_eq!(root.attribute("failures").unwrap(), count("failure"));
    assert_eq!(root.attribute("errors").unwrap(), count("error"));
    assert_eq!(count("skipped"), "1");
    let names: Vec<_> = root
        .children()
        .filter_map(|suite| suite.attribute("name"))
        .collect();
    assert!(
        names.contains(&"docs/adr/0002-a&b, <c>%0A::x.md"),
        "{names:?}"
    );

    let checkstyle = report("checkstyle");
    let document = roxmltree::Document::parse(&checkstyle).unwrap();
    let sources: Vec<_> = document
        .descendants()
        .filter_map(|node| node.attribute("source"))
        .collect();
    assert!(
        sources.contains(&"archlint.adr/status") && sources.contains(&"archlint.unreadable"),
        "{sources:?}"
    );
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let fingerprints = |text: &str| -> Vec<String> {
        let folder = Folder::with(&[("docs/adr/0002-mail.md", text)]);
        let report = folder.run(&["--format", "json"]).json();
        report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["fingerprint"].as_str().unwrap().to_owned())
            .collect()
    };
    let moved = ADR_WITHOUT_STATUS.replace("## Context\n", "\n\n\n## Context\n\n");
    assert_eq!(fingerprints(ADR_WITHOUT_STATUS), fingerprints(&moved));
    assert_eq!(fingerprints(ADR_WITHOUT_STATUS).len(), 1);
}
