//! Documents held to their template.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Folder, shown};

const TEMPLATE: &str = "# Title of the proposal

## Summary

Say in one paragraph what this is about.

## Motivation

### Goals

### Non-Goals

## Proposal

<!-- The design itself. -->

### User Stories (Optional)

#### Story 1

## Risks and Mitigations

## Rollback

## Alternatives

### {option 1}
";

const CONFIG: &str = "[[template]]\nfile = \"template.md\"\nfiles = [\"proposals/*.md\"]\n";

const GOOD: &str = "# Move the queue

## Abstract

We move it.

## Background

It is old.

### Objectives

Speed.

### Out of scope

Everything else.

## Proposed solution

Do it.

## Risks

None that we know of, as nothing reads it.

## Backout plan

Move it back.

## Considered options

Leave it.
";

/// The findings on `proposals/a.md` by the rules on templates.
fn found(config: &str, document: &str) -> Vec<String> {
    let folder = Folder::new(&[
        ("archlint.toml", config),
        ("template.md", TEMPLATE),
        ("old.md", "# Title\n\n## Summary\n\n## Verdict\n"),
        ("proposals/a.md", document),
    ]);
    let mut outcome = folder.run(&["proposals"], None);
    let document = outcome.documents.remove(0);
    let mut findings = document.review.findings;
    findings.retain(|finding| finding.rule.starts_with("template/"));
    shown(&document.document.text, &findings)
}

#[test]
fn sections_are_found_by_meaning() {
    assert_eq!(found(CONFIG, GOOD), Vec::<String>::new());
}

#[test]
fn a_missing_section_is_reported_where_it_would_come() {
    let document = GOOD
        .replace("## Backout plan\n\nMove it back.\n\n", "")
        .replace("## Background", "## Things");
    assert_eq!(
        found(CONFIG, &document),
        [
            "template/missing-section@3: after this, `template.md` asks for “Motivation”",
            "template/missing-section@23: after this, `template.md` asks for “Rollback”",
        ]
    );
    let headless = "We move the queue, instead of leaving it. We propose to do so now.\n";
    let lines = found(CONFIG, headless);
    assert_eq!(
        lines[0],
        "template/missing-section@1: `template.md` asks for “Summary”"
    );
    assert_eq!(
        lines.len(),
        6,
        "what is in a missing or optional section is not asked for: {lines:?}"
    );
}

#[test]
fn what_the_template_left_is_unfilled() {
    let document = GOOD
        .replace("We move it.", "Say in one paragraph what this is about.")
        .replace("Move it back.", "TBD")
        .replace("Leave it.\n", "");
    assert_eq!(
        found(CONFIG, &document),
        [
            "template/unfilled@3: all that stands here is what `template.md` says",
            "template/unfilled@29: this is still to be written",
            "template/unfilled@31: nothing is written here",
        ]
    );
}

#[test]
fn a_stage_needs_only_its_sections_and_questions() {
    let config = format!(
        "{CONFIG}[template.stages.provisional]\nsections = [\"Summary\", \"Motivation\"]\nquestions = []\n[template.stages.implementable]\n"
    );
    let document = |status: &str| {
        format!(
            "---\nstatus: {status}\n---\n# Move the queue\n\n## Summary\n\nWe will deploy a new order service that consumes messages from a Kafka queue and writes customer data to a PostgreSQL database. We will migrate the existing tables and upgrade all production clusters. Clients call it over a public REST API with personal data.\n"
        )
    };
    assert_eq!(
        found(&config, &document("provisional")),
        ["template/missing-section@6: after this, `template.md` asks for “Motivation”"]
    );
    assert_eq!(found(&config, &document("implementable")).len(), 5);
    let folder = Folder::new(&[
        ("archlint.toml", &config),
        ("template.md", TEMPLATE),
        ("proposals/a.md", &document("Provisional")),
        ("proposals/b.md", &document("implementable")),
    ]);
    let outcome = folder.run(&["proposals"], None);
    let asked = |at: usize| {
        outcome.documents[at]
            .review
            .answers
            .iter()
            .filter(|a| a.asked)
            .count()
    };
    assert_eq!(asked(0), 0);
    assert!(asked(1) > 0);
    assert!(
        outcome.documents[0]
            .review
            .findings
            .iter()
            .all(|finding| finding.question.is_none())
    );
}

#[test]
fn a_document_is_held_to_the_version_that_it_names() {
    let config = format!(
        "[[template]]\nfile = \"old.md\"\nfiles = [\"proposals/*.md\"]\nversion = \"1\"\n{CONFIG}"
    );
    let old = "---\ntemplate: 1\n---\n# Move the queue\n\n## Summary\n\nWe move it.\n";
    assert_eq!(
        found(&config, old),
        ["template/missing-section@6: after this, `old.md` asks for “Verdict”"]
    );
    assert_eq!(found(&config, GOOD), Vec::<String>::new());
}

#[test]
fn a_record_may_tell_status_and_date_in_its_own_form() {
    let config = "[[template]]\nfile = \"adr.md\"\nfiles = [\"adr/*.md\"]\n";
    let folder = Folder::new(&[
        ("archlint.toml", config),
        (
            "adr.md",
            "# Title\n\n## Status\n\n## Date\n\n## Context\n\n## Decision\n\n## Consequences\n",
        ),
        (
            "adr/0001-a.md",
            "# 1. Use queues\n\n* Status: accepted\n* Date: 2024-05-01\n\n**Context:** It is slow.\n\n**Decision:** We will use queues.\n\n**Consequences:** More to run.\n",
        ),
    ]);
    let mut outcome = folder.run(&["adr"], None);
    let findings = std::mem::take(&mut outcome.documents[0].review.findings);
    let lacking: Vec<_> = findings
        .iter()
        .filter(|f| f.rule.starts_with("template/"))
        .map(|f| &f.label)
        .collect();
    assert_eq!(lacking, Vec::<&String>::new());
}

#[test]
fn a_template_is_no_document_unless_it_is_named() {
    let config = "[[template]]\nfile = \"adr/template.md\"\nfiles = [\"adr/*.md\"]\n";
    let folder = Folder::new(&[
        ("archlint.toml", config),
        ("adr/template.md", "# Title\n\n## Context\n"),
        ("adr/0001-a.md", "# 1. A\n\n## Context\n\nx\n"),
    ]);
    assert_eq!(folder.run(&["."], None).documents.len(), 1);
    assert_eq!(folder.run(&["adr/template.md"], None).documents.len(), 1);
}

#[test]
fn a_template_that_is_not_there_is_a_mistake_of_the_configuration() {
    let folder = Folder::new(&[(
        "archlint.toml",
        "[[template]]\nfile = \"no.md\"\nfiles = [\"a\"]\n",
    )]);
    let errors = folder.configs().for_folder(folder.path()).unwrap_err();
    let shown = errors.render(folder.path(), false);
    assert!(
        shown.contains("the template cannot be read: it does not exist"),
        "{shown}"
    );
    assert!(shown.contains("archlint.toml:2:8"), "{shown}");
}
