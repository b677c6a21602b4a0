//! Input that is not nice: the work grows with the length, and nothing panics.
#![allow(clippy::unwrap_used)]

use archlint_review::adr::{Check, check, fields, fixes};
use archlint_review::{Kind, pattern, reading, structure};
use archlint_rules::builtin;
use std::time::Instant;

/// Seconds that all of this crate's work on records takes for a text.
fn seconds(text: &str) -> f64 {
    let document = archlint_document::parse(text);
    let start = Instant::now();
    let fields = fields(&document);
    for (_, which) in Check::ALL {
        check(which, &document, &fields);
    }
    fixes(&document, &fields, Some("2026-11-25"));
    structure::findings(&document, None, builtin(), Kind::Adr);
    start.elapsed().as_secs_f64()
}

#[test]
fn the_work_grows_with_the_length() {
    let repeated: [(&str, &str); 12] = [
        ("headings", "## Context\n\nx\n\n"),
        ("empty headings", "## Status\n\n"),
        ("labels", "**Decision:** x\n\n"),
        ("list labels", "* Status: accepted\n"),
        ("dates", "* Date: 2020-01-02\n"),
        ("history", "## Changelog\n\n- soon\n\n"),
        ("residue", "TBD\n\n"),
        ("placeholders", "{short title} [option 1] "),
        ("relations", "Superseded by [ADR 1](x.md)\n\n"),
        ("rows", "| Status | x | y |\n"),
        (
            "badges",
            "![a](https://img.shields.io/badge/status-accepted-green)\n",
        ),
        ("marks", "*a **a ~~b [c <d "),
    ];
    for (name, piece) in repeated {
        let text = |count: usize| {
            let head = if name == "rows" {
                "| Status | Date | x |\n|--|--|--|\n"
            } else {
                "# T\n\n"
            };
            head.to_owned() + &piece.repeat(count)
        };
        let few = seconds(&text(300)).max(0.01);
        let many = seconds(&text(2_400));
        // Eight times the text: linear work takes eight times as long, quadratic 64 times.
        assert!(many < few * 30.0, "{name}: {few:.3} s, then {many:.3} s");
    }
}

#[test]
fn deep_and_odd_input_is_survived() {
    let deep_quotes = "> ".repeat(3_000) + "**Status:** accepted\n";
    let deep_lists: String = (0..600)
        .map(|depth| " ".repeat(depth * 2) + "- **Context:** x\n")
        .collect();
    let long_line = "**Status:** ".to_owned() + &"accepted ".repeat(20_000);
    let fence = "# T\n\n```\n".to_owned() + &"Status: accepted\n".repeat(10_000);
    let quotes = "> ".repeat(300) + "x\n";
    for text in [
        &*deep_quotes,
        &*deep_lists,
        &*long_line,
        &*fence,
        &*quotes,
        "\0\0# T\n\nStatus: \0\n",
    ] {
        let taken = seconds(text);
        assert!(taken < 10.0, "{taken} s for {:?}", &text[..20]);
    }
}

#[test]
fn a_text_over_the_limit_has_no_block_tree_but_is_checked() {
    let text = "# T\n\n## Context\n\n".to_owned() + &"words and more words\n".repeat(120_000);
    assert!(text.len() > 2 << 20);
    assert!(structure::block_tree(&text, None).is_none());
    let document = archlint_document::parse(&text);
    let found = structure::findings(&document, None, builtin(), Kind::Adr);
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
    assert!(rules.contains(&"adr/status"), "{rules:?}");
    assert!(!rules.contains(&"adr/title"), "{rules:?}");
}

#[test]
fn patterns_survive_long_sentences() {
    let text = "The service is highly available and fast enough ".repeat(4_000);
    let document = archlint_document::parse(&text);
    let reading = reading::read(&document, builtin());
    let start = Instant::now();
    let found = pattern::findings(&document, &reading, builtin(), Kind::Adr);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    assert!(found.len() <= 2, "{} findings", found.len());
}
