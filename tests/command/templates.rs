//! Documents that follow a template of their team's.

use crate::stage::Folder;

const TEMPLATE: &str = "\
# Title

## Summary

Tell it in a paragraph.

## Motivation

Say why this matters.

## Rollback

## Drawbacks (optional)
";

const CONFIG: &str = r#"
[[template]]
file = "templates/proposal-1.md"
files = ["proposals/**"]
version = "1"

[[template]]
file = "templates/proposal.md"
files = ["proposals/**"]

[template.stages.provisional]
sections = ["Summary"]

[template.stages.implementable]
"#;

fn found(front_matter: &str, body: &str) -> Vec<String> {
    let text = format!("---\n{front_matter}\n---\n# Parcels by post\n\n{body}");
    let folder = Folder::with(&[
        ("archlint.toml", CONFIG),
        ("templates/proposal.md", TEMPLATE),
        (
            "templates/proposal-1.md",
            "# Title\n\n## Summary\n\n## Signatures\n",
        ),
        ("proposals/7-parcels.md", &text),
    ]);
    let report = folder.run(&["proposals", "--format", "json"]).json();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .filter(|f| f["rule"].as_str().unwrap().starts_with("template/"))
        .map(|f| f["message"].as_str().unwrap().to_owned())
        .collect()
}

const SUMMARY: &str = "## Summary\n\nParcels go by post from May on.\n\n";

#[test]
fn missing_and_unfilled_sections_are_told() {
    assert_eq!(
        found("status: implementable", SUMMARY),
        [
            "lacks the section “Motivation” of its template",
            "lacks the section “Rollback” of its template"
        ]
    );
    let unfilled = format!(
        "{SUMMARY}## Motivation\n\nSay why this matters.\n\n## Rollback\n\nVans drive again.\n"
    );
    assert_eq!(
        found("status: implementable", &unfilled),
        ["still holds the text of its template"]
    );
}

#[test]
fn sections_are_found_by_meaning() {
    let renamed = format!(
        "{SUMMARY}## Problem statement\n\nVans cost more each year.\n\n## Backout plan\n\nVans drive again.\n"
    );
    assert_eq!(found("status: implementable", &renamed), [""; 0]);
}

#[test]
fn an_early_stage_needs_less() {
    assert_eq!(found("status: provisional", SUMMARY), [""; 0]);
    assert_eq!(found("status: implementable", SUMMARY).len(), 2);
    // A stage that is not named needs everything.
    assert_eq!(found("status: implemented", SUMMARY).len(), 2);
}

#[test]
fn an_old_document_is_held_to_its_version() {
    assert_eq!(
        found("status: implementable\ntemplate: \"1\"", SUMMARY),
        ["lacks the section “Signatures” of its template"]
    );
}

#[test]
fn a_new_document_begins_from_the_template_of_its_folder() {
    let folder = Folder::with(&[
        ("archlint.toml", CONFIG),
        ("templates/proposal.md", TEMPLATE),
        ("templates/proposal-1.md", "# Title\n\n## Signatures\n"),
    ]);
    let out = folder
        .run(&["new", "design", "Parcels by post", "--folder", "proposals"])
        .exits(0)
        .out;
    let text = folder.read(out.trim());
    assert!(text.starts_with("# Parcels by post\n"), "{text}");
    assert!(
        text.contains("## Motivation") && !text.contains("Signatures"),
        "{text}"
    );
}
