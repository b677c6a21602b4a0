//! What a template left behind is found, and ordinary prose is not taken for it.

use ResidueKind::{BareNotApplicable, EmptySection, Instruction, OnlyComment, Placeholder, Tbd};
use archlint_document::{ResidueKind, parse};

/// Kind and source of each piece of residue.
fn residue(text: &str) -> Vec<(ResidueKind, String)> {
    let document = parse(text);
    document
        .residue
        .iter()
        .map(|residue| (residue.kind, document.source(&residue.span).to_owned()))
        .collect()
}

#[track_caller]
fn finds(text: &str, expected: &[(ResidueKind, &str)]) {
    let found = residue(text);
    let found: Vec<(ResidueKind, &str)> = found
        .iter()
        .map(|(kind, text)| (*kind, text.as_str()))
        .collect();
    assert_eq!(found, expected, "{text:?}");
}

#[track_caller]
fn finds_none(text: &str) {
    finds(text, &[]);
}

#[test]
fn empty_sections() {
    finds(
        "# T\n\nText.\n\n## Risks\n\n## Costs\n\nLow.\n",
        &[(EmptySection, "## Risks")],
    );
    finds(
        "# T\n\nText.\n\n## Risks\n\n<a id=\"x\"></a>\n\n***\n",
        &[(EmptySection, "## Risks")],
    );
    finds(
        "# T\n\nText.\n\n## Risks\n\n<!-- archlint: off -->\n",
        &[(EmptySection, "## Risks")],
    );
}

#[test]
fn sections_with_subsections_titles_and_link_targets_are_not_empty() {
    finds_none("# T\n\n## A\n\n### B\n\nText.\n");
    finds_none("# Title\n\n# Context\n\nText.\n");
    finds_none("# T\n\nText [a].\n\n## Links\n\n[a]: http://b\n");
    finds_none("# T\n\n## Picture\n\n![](a.png)\n\n## Code\n\n```\nx\n```\n");
}

#[test]
fn headings_over_nothing_but_a_comment() {
    finds(
        "# T\n\nText.\n\n## Risks\n\n<!-- What could\n\ngo wrong? -->\n",
        &[(OnlyComment, "## Risks")],
    );
    finds_none("# T\n\n## Risks\n\n<!-- What? -->\n\n### One\n\nText.\n");
    finds_none(
        "# T\n\n## Risks\n\n<!-- What? -->\n\nNone that we know of, since it is read-only.\n",
    );
}

#[test]
fn marks_for_what_is_still_to_be_written() {
    for (body, span) in [
        ("TBD", "TBD"),
        ("_TODO_", "TODO"),
        ("[tbd].", "[tbd]."),
        ("To be determined.", "To be determined."),
        ("...", "..."),
        ("?", "?"),
        ("- TBD", "TBD"),
        ("TODO: say more about it", "TODO: say more about it"),
        ("TBD (after the tests)", "TBD (after the tests)"),
        ("Status: TBD", "TBD"),
        ("**Date:** to be defined", "to be defined"),
        ("The retention is TBD.", "TBD"),
    ] {
        finds(&format!("# T\n\n{body}\n"), &[(Tbd, span)]);
    }
    finds("| a | b |\n|---|---|\n| TBD | 5 |\n", &[(Tbd, "TBD")]);
    finds("---\nowner: TBD\n---\ntext\n", &[(Tbd, "TBD")]);
}

#[test]
fn ordinary_uses_of_such_words() {
    for body in [
        "The TODO list is kept in memory.",
        "We practise trunk-based development (TBD).",
        "A todo app needs to do little.",
        "The value of `TBD` is replaced.",
        "To do this, it is to be decided by the leader.",
    ] {
        finds_none(&format!("# T\n\n{body}\n"));
    }
    finds_none("# T\n\n## TODO\n\n- write the migration\n");
    finds_none("| a | ? |\n|---|---|\n| ... | None |\n");
}

#[test]
fn not_applicable_without_a_reason() {
    for body in ["N/A", "n/a.", "None", "_None._", "Not applicable", "- N/A"] {
        let found = residue(&format!("# T\n\nText.\n\n## Risks\n\n{body}\n"));
        assert_eq!(found.len(), 1, "{body}: {found:?}");
        assert_eq!(found[0].0, BareNotApplicable, "{body}");
    }
    finds(
        "# T\n\n- **Can it be undone?**\n  N/A\n",
        &[(BareNotApplicable, "N/A")],
    );
    finds_none("# T\n\n## Risks\n\nN/A, since nothing is stored.\n");
    finds_none("# T\n\n## Risks\n\nNone of them blocks the release.\n");
    finds_none("# T\n\n## Risks\n\nNo.\n");
}

#[test]
fn placeholders_in_brackets() {
    for (text, span) in [
        ("# {{title}}", "{{title}}"),
        (
            "# {short title of the problem and solution}",
            "{short title of the problem and solution}",
        ),
        ("# [short title]", "[short title]"),
        ("# <name of the service>", "<name of the service>"),
        ("# ADR-NNNN: Use a queue", "NNNN"),
        ("Status: [proposed | rejected]", "[proposed | rejected]"),
        ("Date: YYYY-MM-DD", "YYYY-MM-DD"),
        (
            "Date: {YYYY-MM-DD when it was decided}",
            "{YYYY-MM-DD when it was decided}",
        ),
        ("Good, because [argument a]", "[argument a]"),
        ("Owner: <team>", "<team>"),
        (
            "The <name of the service> stores events.",
            "<name of the service>",
        ),
        (
            "<description of the context>",
            "<description of the context>",
        ),
        (
            "[Describe the context, e.g., in two sentences.]",
            "[Describe the context, e.g., in two sentences.]",
        ),
    ] {
        finds(&format!("{text}\n\ntext\n"), &[(Placeholder, span)]);
    }
    finds(
        "---\nstatus: \"{proposed | accepted}\"\n---\ntext\n",
        &[(Placeholder, "\"{proposed | accepted}\"")],
    );
}

#[test]
fn brackets_that_are_ordinary_punctuation() {
    for text in [
        "The set {a, b} and Map<String, List> hold <K, V> pairs.",
        "Call /users/{id}/orders/{order id} or ${{ github.ref }}.",
        "As said [see below] and [RFC 7231] by [us](u).",
        "See [the design document][missing] and [KEP-12].",
        "## Open questions [optional]",
        "- [x] Reviewed by [community meeting]",
        "`{{title}}` and `<name of x>` are replaced by {{ .Values.name }}.",
        "Keys are named <region>-<service> in all places.",
        "Status: [draft]",
        "If a <b and c> d, it fails.",
        "<kbd>x</kbd> <details open> <Tabs groupId=\"a\">",
        "{key: value, other: value}",
    ] {
        finds_none(&format!("{text}\n\ntext\n"));
    }
}

#[test]
fn instructions_of_a_template_as_the_whole_body() {
    for body in [
        "Describe the context here.",
        "*Briefly explain how the change works.*",
        "> Please describe any alternatives.",
        "What is the issue that we're seeing that is motivating this decision or change?",
        "List the alternatives that were considered. Explain why each was rejected.",
        "This section should state the goals of the proposal.",
        "Describe the risks.\n\nE.g. data loss.",
        "- Describe the problem.\n- Explain why this matters.",
    ] {
        let found = residue(&format!("# T\n\nText.\n\n## Part\n\n{body}\n"));
        assert_eq!(found.len(), 1, "{body}: {found:?}");
        assert_eq!(found[0].0, Instruction, "{body}");
    }
}

#[test]
fn prose_that_uses_the_words_of_instructions() {
    for body in [
        "We describe the context in the other document.",
        "Describe the context here. The service is slow since May.",
        "This section describes the API.",
        "The labels describe the node. List operations are slow.",
        "How should we store sessions?",
        "Document databases are a bad fit.",
        "List the brokers.\n\n```\nkafka-topics --list\n```",
        "Provide each tenant with its own key.",
        "Explain plans show a full scan.",
        "State is kept in the database.",
    ] {
        finds_none(&format!("# T\n\n## Part\n\n{body}\n"));
    }
    finds_none("# T\n\n## Open questions\n\nWhat does this change break?\n");
}
