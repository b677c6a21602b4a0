//! Documents that nobody writes: a correct answer or a clear message, in time that grows with their
//! length.
#![allow(clippy::unwrap_used)]

mod common;

use archlint_workspace::waivers;
use common::Folder;
use std::time::{Duration, Instant};

/// Far more than any of these take, far less than what grows with the square would.
const LONG: Duration = Duration::from_secs(60);

#[test]
fn heaps_of_directives_links_and_relations_take_no_time() {
    let start = Instant::now();
    let head =
        "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## Decision\n\ny\n\n## Links\n\n";
    let directives = "<!-- archlint: waive adr/date: x -->\n\n".repeat(20_000);
    let links: String = (0..20_000)
        .map(|n| format!("[x](00{n}-gone.md) "))
        .collect();
    let relations: String = (0..5_000)
        .map(|n| format!("Superseded by [x](0{n}-gone.md)\n\n"))
        .collect();
    let folder = Folder::new(&[
        ("adr/0001-a.md", &format!("{head}{directives}")),
        ("adr/0002-b.md", &format!("{head}{links}\n")),
        ("adr/0003-c.md", &format!("{head}{relations}")),
    ]);
    let outcome = folder.run(&["adr"], Some("2026-01-01"));
    assert_eq!(outcome.documents.len(), 3);
    let findings = |at: usize, rule: &str| {
        outcome.documents[at]
            .review
            .findings
            .iter()
            .filter(|f| f.rule == rule)
            .count()
    };
    assert_eq!(
        findings(0, "waiver/syntax"),
        1,
        "the rest is not read, and that is said"
    );
    assert_eq!(findings(1, "adr/links"), 20_000);
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}

#[test]
fn a_directive_of_many_rules_is_refused() {
    let rules = "adr/date, ".repeat(100_000);
    let text = format!("# A\n<!-- archlint: waive {rules}: x -->\n");
    let read = waivers::read(&archlint_document::parse(&text));
    assert_eq!((read.waivers.len(), read.mistakes.len()), (0, 1));
}

#[test]
fn front_matter_of_many_waivers_out_of_order_takes_no_time() {
    let start = Instant::now();
    let entries: String = (0..20_000)
        .map(|n| format!("    x{}/y: reason\n", (n * 7919) % 20_000))
        .collect();
    let text = format!("---\narchlint:\n  waive:\n{entries}---\n# A\n");
    let read = waivers::read(&archlint_document::parse(&text));
    assert!(read.waivers.len() <= 2_000);
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}
