//! What terms match.
#![allow(clippy::unwrap_used)]

use archlint_rules::{
    MAX_DISTANCE, Matcher, Role, RuleRef, Rules, Source, TermHit, Word, load, render_errors,
};

/// A pack of one pattern with these terms, and further tables.
fn pack(terms: &[&str], more: &str) -> Rules {
    let text = format!(
        r#"
[[pattern]]
id = "test/pattern"
title = "Test"
message = "test"
help = "Test."
severity = "info"
terms = {terms:?}
example = [{{ fires = true, text = "x" }}, {{ fires = false, text = "y" }}]

{more}"#
    );
    let sources = [Source {
        name: "pack.toml".into(),
        text,
    }];
    load(&sources).unwrap_or_else(|errors| panic!("{}", render_errors(&errors, &sources, false)))
}

fn search(matcher: &Matcher, text: &str) -> (Vec<Word>, Vec<TermHit>) {
    let (mut words, mut hits) = (Vec::new(), Vec::new());
    matcher.words(text, 0, &mut words);
    matcher.hits(&words, text, &mut hits, &mut Vec::new());
    (words, hits)
}

/// The passages of `text` that are hits, each with its term.
fn found(matcher: &Matcher, text: &str) -> Vec<String> {
    let (words, hits) = search(matcher, text);
    hits.iter()
        .map(|hit| {
            let first = &words[hit.words.start as usize];
            let last = &words[hit.words.end as usize - 1];
            let passage = &text[first.span.start..last.span.end];
            format!("{}: {passage}", matcher.text(hit.term))
        })
        .collect()
}

#[track_caller]
fn matches(term: &str, texts: &[&str]) {
    let rules = pack(&[term], "");
    for text in texts {
        assert!(
            !found(&rules.matcher, text).is_empty(),
            "{term:?} should match {text:?}"
        );
    }
}

#[track_caller]
fn does_not_match(term: &str, texts: &[&str]) {
    let rules = pack(&[term], "");
    for text in texts {
        let found = found(&rules.matcher, text);
        assert!(
            found.is_empty(),
            "{term:?} should not match {text:?}: {found:?}"
        );
    }
}

#[test]
fn words_in_a_row_match_by_stem_and_in_any_joining() {
    matches(
        "roll back",
        &[
            "we roll back",
            "it was rolled back",
            "rolling back is easy",
            "roll-back",
            "ROLL BACK",
            "a rollback",
            "two rollbacks",
            "roll\n  back",
            "**roll** back",
            "rollBack",
            "roll_back",
        ],
    );
    does_not_match(
        "roll back",
        &["back to the roll", "roll it back", "rolls", "backs"],
    );
    matches("rollback plan", &["the rollback plans"]);
}

#[test]
fn a_term_written_as_one_word_matches_two_where_another_term_has_them_apart() {
    let rules = pack(&["fail over", "failover", "failover plan"], "");
    assert_eq!(
        found(&rules.matcher, "It fails over."),
        ["fail over: fails over", "failover: fails over"]
    );
    assert_eq!(
        found(&rules.matcher, "A failover-plan."),
        [
            "fail over: failover",
            "failover: failover",
            "failover plan: failover-plan"
        ]
    );
}

#[test]
fn a_part_of_a_joined_word_is_no_match() {
    let rules = pack(&["log in", "log"], "");
    assert_eq!(found(&rules.matcher, "the login"), ["log in: login"]);
    assert_eq!(found(&rules.matcher, "the log"), ["log: log"]);
}

#[test]
fn identifiers_are_read_as_their_words() {
    matches(
        "max unavailable",
        &[
            "`maxUnavailable`",
            "max_unavailable",
            "max-unavailable",
            "MAX_UNAVAILABLE",
            "MaxUnavailable: 1",
        ],
    );
    matches(
        "GitHub Actions",
        &["github actions", "GitHub Action", "Github-actions"],
    );
    matches("RabbitMQ", &["rabbitmq", "RabbitMQ"]);
    matches("SLO", &["our SLOs", "the slo"]);
    matches("p99", &["p99", "P99 latency"]);
    matches("99.9", &["99.9 %"]);
    does_not_match("99.9", &["99.95 %", "99"]);
}

#[test]
fn exact_words_keep_their_case_and_form() {
    matches("=SLO", &["an SLO of", "(SLO)"]);
    does_not_match("=SLO", &["slo", "SLOs", "Slo"]);
    matches("=operator", &["the operator"]);
    does_not_match("=operator", &["Operator", "operators", "operate"]);
    matches("=MVP pattern", &["the MVP pattern"]);
    does_not_match("=MVP pattern", &["the MVP patterns", "the mvp pattern"]);
}

#[test]
fn parts_match_in_any_order_within_a_sentence() {
    let term = "roll back + release + fast";
    matches(
        term,
        &[
            "a fast release can be rolled back",
            "roll back the fast release",
        ],
    );
    does_not_match(term, &["a release can be rolled back", "fast"]);
}

#[test]
fn parts_do_not_share_words() {
    does_not_match("release + release plan", &["the release plan"]);
    matches(
        "release + release plan",
        &["the release plan for this release"],
    );
}

#[test]
fn the_range_of_a_cooccurrence_covers_its_nearest_parts() {
    let rules = pack(&["alarm + page"], "");
    assert_eq!(
        found(&rules.matcher, "page a b c d alarm e page f"),
        ["alarm + page: alarm e page"]
    );
}

#[test]
fn parts_that_are_far_apart_do_not_match() {
    let rules = pack(&["alarm + page"], "");
    let text = |between: u32| format!("alarm {} page", "x ".repeat(between as usize));
    assert_eq!(found(&rules.matcher, &text(MAX_DISTANCE - 2)).len(), 1);
    assert_eq!(found(&rules.matcher, &text(MAX_DISTANCE - 1)).len(), 0);
}

const CONCEPTS: &str = r#"
[[concept]]
id = "queue"
terms = ["message queue", "Kafka", "=MQ"]

[[concept]]
id = "bus"
terms = ["{queue}", "event bus", "{queue} topic"]

[[concept]]
id = "ordering"
terms = ["in order", "sequence + message"]
"#;

#[test]
fn a_concept_stands_for_all_its_terms_and_those_of_its_concepts() {
    let rules = pack(&["{bus}"], CONCEPTS);
    let bus = rules.matcher.concept_term("bus").unwrap();
    assert_eq!(rules.matcher.text(bus), "{bus}");
    for (text, passage) in [
        ("a Kafka topic", "Kafka topic"),
        ("the message queues", "message queues"),
        ("an MQ", "MQ"),
        ("the event bus", "event bus"),
    ] {
        let found = found(&rules.matcher, text);
        assert!(found.contains(&format!("{{bus}}: {passage}")), "{found:?}");
    }
    assert!(found(&rules.matcher, "an mq").is_empty());
}

#[test]
fn concepts_are_found_even_where_no_rule_uses_them() {
    let rules = pack(&["x"], CONCEPTS);
    assert_eq!(
        found(&rules.matcher, "messages of one sequence"),
        ["{ordering}: messages of one sequence"]
    );
    let ids: Vec<&str> = rules.matcher.concepts().map(|(id, _)| id).collect();
    assert_eq!(ids, ["queue", "bus", "ordering"]);
    assert_eq!(rules.matcher.concept_term("none"), None);
}

#[test]
fn concepts_can_be_parts_and_be_followed_by_words() {
    let rules = pack(&["{queue} + retry", "{queue} consumer"], CONCEPTS);
    let found = found(&rules.matcher, "The Kafka consumer retries");
    assert!(
        found.contains(&"{queue} + retry: Kafka consumer retries".into()),
        "{found:?}"
    );
    assert!(
        found.contains(&"{queue} consumer: Kafka consumer".into()),
        "{found:?}"
    );
}

#[test]
fn of_hits_of_a_term_inside_each_other_the_longest_counts() {
    let rules = pack(
        &["x"],
        "[[concept]]\nid = \"release\"\nterms = [\"release\", \"new release\"]",
    );
    assert_eq!(
        found(&rules.matcher, "a new release and a release"),
        ["{release}: new release", "{release}: release"]
    );
}

#[test]
fn a_term_of_many_rules_is_one_term_with_all_its_uses() {
    let rules = pack(&["soon", "fast"], "");
    let (_, hits) = search(&rules.matcher, "soon");
    assert_eq!(hits.len(), 1);
    let uses = rules.matcher.uses(hits[0].term);
    assert_eq!(uses.len(), 1);
    assert_eq!(
        (uses[0].rule, uses[0].role),
        (RuleRef::Pattern(0), Role::PatternTerm)
    );
    assert_eq!(rules.matcher.term("soon"), Some(hits[0].term));

    let matcher = &archlint_rules::builtin().matcher;
    let shared = (0..matcher.len() as u32)
        .filter(|term| {
            let uses = matcher.uses(*term);
            uses.iter().any(|u| u.rule != uses[0].rule)
        })
        .count();
    assert!(shared > 100, "{shared}");
}

#[test]
fn a_part_that_no_rule_uses_alone_is_not_given_out() {
    let rules = pack(&["alarm + page"], "");
    assert!(found(&rules.matcher, "the page").is_empty());
}

#[test]
fn words_carry_spans_of_the_document() {
    let rules = pack(&["fast"], "");
    let mut words = Vec::new();
    rules
        .matcher
        .words("the team's naïve HTTPServer", 10, &mut words);
    let spans: Vec<_> = words.iter().map(|w| w.span.clone()).collect();
    assert_eq!(spans, [10..13, 14..18, 21..27, 28..32, 32..38]);
}

#[test]
fn two_matchers_on_one_thread_do_not_mix_their_words() {
    let (a, b) = (pack(&["alpha", "beta"], ""), pack(&["beta"], ""));
    for _ in 0..3 {
        assert_eq!(found(&a.matcher, "beta"), ["beta: beta"]);
        assert_eq!(found(&b.matcher, "beta"), ["beta: beta"]);
        assert!(found(&b.matcher, "alpha").is_empty());
    }
}

#[test]
fn a_sentence_of_megabytes_takes_time_in_proportion() {
    let matcher = &archlint_rules::builtin().matcher;
    let text = "roll back the release to the previous version if the canary fails ".repeat(10_000);
    let (words, hits) = search(matcher, &text);
    assert_eq!(words.len(), 120_000);
    assert!(hits.len() > 10_000);
    let long_word = "x".repeat(5_000_000);
    assert_eq!(search(matcher, &long_word).0.len(), 1);
}
