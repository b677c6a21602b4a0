//! What packs give: their texts, changes to other packs, learned numbers.
#![allow(clippy::unwrap_used)]

use archlint_rules::{
    Expect, Kind, Role, RuleRef, Rules, Severity, Source, TermUse, load, load_with_builtin,
    render_errors,
};

fn source(text: &str) -> Source {
    Source {
        name: "pack.toml".into(),
        text: text.into(),
    }
}

fn loaded(text: &str) -> Rules {
    let sources = [source(text)];
    load(&sources).unwrap_or_else(|errors| panic!("{}", render_errors(&errors, &sources, false)))
}

fn on_builtin(text: &str) -> Rules {
    let sources = [source(text)];
    load_with_builtin(&sources)
        .unwrap_or_else(|errors| panic!("{}", render_errors(&errors, &sources, false)))
}

/// The uses of the terms that are exactly `text`.
fn uses(rules: &Rules, text: &str) -> Vec<TermUse> {
    let term = rules.matcher.term(text).unwrap();
    rules.matcher.uses(term).to_vec()
}

/// The topics that the term `text` speaks for or against, and how strongly.
fn signals(rules: &Rules, text: &str) -> Vec<(usize, f32)> {
    let term = rules.matcher.term(text).unwrap();
    let signals = rules.matcher.signals(term);
    signals
        .map(|signal| (signal.topic, signal.weight))
        .collect()
}

/// The terms in `text` that do nothing but signal.
fn heard<'r>(rules: &'r Rules, text: &str) -> Vec<&'r str> {
    let (mut words, mut hits, mut signals) = (Vec::new(), Vec::new(), Vec::new());
    rules.matcher.words(text, 0, &mut words);
    rules.matcher.hits(&words, text, &mut hits, &mut signals);
    signals
        .iter()
        .map(|term| rules.matcher.text(*term))
        .collect()
}

const PACK: &str = r###"
[[concept]]
id = "release"
terms = ["release"]

[[topic]]
id = "ops/rollback"
title = "Rollback"
group = "Operations"
question = "How back?"
answered_when = "it says how"
asked_when = "something is released"
message = "no way back"
help = "Say how."
severity = "warning"
kinds = ["adr", "other"]
references = ["https://example.org/back"]
scaffold = """
## Rollback

- Trigger: <what>
"""
[topic.asked]
always = true
when = ["{release}"]
[topic.answer]
strong = ["roll back"]
weak = ["undo"]
headings = ["way back"]
code = ["revisionHistoryLimit"]
not = ["undo log"]
[[topic.example]]
answers = true
text = "one"
[[topic.example]]
answers = true
text = "two"
[[topic.example]]
answers = false
text = "three"
[[topic.example]]
answers = false
text = "four"

[[pattern]]
id = "prose/vague"
title = "Vague"
message = "vague"
help = "Be clear."
severity = "info"
regex = '(?i)\bblazing fast\b'
unless_figure = true
unless = ["measured"]
sections = ["decision"]
not_sections = ["alternatives"]
[[pattern.example]]
fires = true
text = "x"
[[pattern.example]]
fires = false
text = "y"

[[structure]]
id = "adr/context"
title = "Context"
message = "has no context"
help = "Say why."
severity = "error"
kinds = ["adr"]
expect = "no-match"
query = "(section (atx_heading) @here)"
scaffold = "## Context"
[[structure.example]]
fires = true
text = "x"
[[structure.example]]
fires = false
text = "y"
"###;

#[test]
fn a_pack_is_given_as_it_is_written() {
    let rules = loaded(PACK);
    let topic = &rules.topics[0];
    assert_eq!(&*topic.id, "ops/rollback");
    assert_eq!(topic.group, "Operations");
    assert_eq!(topic.severity, Severity::Warning);
    assert_eq!(topic.kinds, [Kind::Adr, Kind::Other]);
    assert_eq!(topic.references, ["https://example.org/back"]);
    assert!(topic.scaffold.starts_with("## Rollback\n"));
    assert!(topic.asked.always);
    assert_eq!(topic.examples.len(), 4);
    assert!(topic.examples[0].answers && &*topic.examples[0].text == "one");
    assert_eq!(topic.weights, None);
    let roles = [
        ("{release}", Role::When),
        ("roll back", Role::Strong),
        ("undo", Role::Weak),
        ("way back", Role::Heading),
        ("revisionHistoryLimit", Role::Code),
        ("undo log", Role::Not),
    ];
    for (term, role) in roles {
        let expected = TermUse {
            rule: RuleRef::Topic(0),
            role,
        };
        assert_eq!(uses(&rules, term), [expected], "{term}");
    }

    let pattern = &rules.patterns[0];
    assert!(pattern.unless_figure);
    assert_eq!(pattern.kinds, [Kind::Adr, Kind::Design, Kind::Overview]);
    let regex = pattern.regex.as_ref().unwrap();
    assert!(regex.get().unwrap().is_match("Blazing FAST"));
    for (term, role) in [
        ("measured", Role::PatternUnless),
        ("decision", Role::PatternSection),
        ("alternatives", Role::PatternNotSection),
    ] {
        let found = uses(&rules, term);
        assert_eq!((found[0].rule, found[0].role), (RuleRef::Pattern(0), role));
    }

    let structure = &rules.structures[0];
    assert_eq!(structure.expect, Expect::NoMatch);
    assert_eq!(structure.scaffold.as_deref(), Some("## Context"));
    assert_eq!(
        structure
            .query
            .as_ref()
            .unwrap()
            .get()
            .unwrap()
            .capture_names(),
        ["here"]
    );
}

#[test]
fn extend_adds_to_lists() {
    let rules = on_builtin(
        r#"
[[extend]]
id = "deployment/rollback"
references = ["https://example.org/"]
example = [{ answers = true, text = "flip the switch" }]
[extend.asked]
when = ["promote to live zone"]
[extend.answer]
strong = ["flip the switch back"]

[[extend]]
id = "message-queue"
terms = ["QuuxMQ"]
"#,
    );
    let index = rules
        .topics
        .iter()
        .position(|t| &*t.id == "deployment/rollback")
        .unwrap();
    let topic = &rules.topics[index];
    let original = archlint_rules::builtin()
        .topics
        .iter()
        .find(|t| &*t.id == "deployment/rollback")
        .unwrap();
    assert_eq!(topic.answer.strong.len(), original.answer.strong.len() + 1);
    assert_eq!(topic.examples.len(), original.examples.len() + 1);
    assert_eq!(topic.references.last().unwrap(), "https://example.org/");
    let added = uses(&rules, "flip the switch back");
    assert_eq!(
        (added[0].rule, added[0].role),
        (RuleRef::Topic(index), Role::Strong)
    );

    let (mut words, mut hits) = (Vec::new(), Vec::new());
    rules.matcher.words("quuxmq", 0, &mut words);
    rules
        .matcher
        .hits(&words, "quuxmq", &mut hits, &mut Vec::new());
    let queue = rules.matcher.concept_term("message-queue").unwrap();
    assert!(hits.iter().any(|hit| hit.term == queue));
}

#[test]
fn override_replaces_values() {
    let sources = [
        source(PACK),
        source(
            r####"
[[override]]
id = "ops/rollback"
severity = "hint"
kinds = ["design"]
message = "how back?"
always = false
scaffold = "### Back"
references = []
[[override]]
id = "prose/vague"
regex = "slow"
unless_figure = false
[[override]]
id = "adr/context"
expect = "match"
query = "(paragraph) @here"
"####,
        ),
    ];
    let rules = load(&sources).unwrap();
    let topic = &rules.topics[0];
    assert_eq!(topic.severity, Severity::Hint);
    assert_eq!(topic.kinds, [Kind::Design]);
    assert_eq!(topic.message, "how back?");
    assert_eq!(topic.scaffold, "### Back");
    assert!(!topic.asked.always);
    assert!(topic.references.is_empty());
    assert_eq!(topic.title, "Rollback");
    assert_eq!(rules.patterns[0].regex.as_ref().unwrap().as_str(), "slow");
    assert!(!rules.patterns[0].unless_figure);
    assert_eq!(rules.structures[0].expect, Expect::Match);
}

#[test]
fn a_rule_that_is_switched_off_is_gone_and_the_others_keep_their_terms() {
    let first = archlint_rules::builtin().topics[0].id.to_string();
    let rules = on_builtin(&format!("[[override]]\nid = {first:?}\nenabled = false\n"));
    assert_eq!(rules.disabled.join(" "), first);
    assert_eq!(
        rules.topics.len() + 1,
        archlint_rules::builtin().topics.len()
    );
    assert!(rules.topics.iter().all(|topic| *topic.id != first));
    for (index, topic) in rules.topics.iter().enumerate() {
        let strong = &topic.answer.strong[0];
        let used = uses(&rules, strong);
        assert!(
            used.iter()
                .any(|u| u.rule == RuleRef::Topic(index) && u.role == Role::Strong),
            "{}",
            topic.id
        );
    }
}

#[test]
fn learned_numbers_are_kept_by_name_and_signals_become_terms() {
    let sources = [
        source(PACK),
        source(
            r#"
[model.answered]
bias = -1.5
heading = 2
[model.asked]
kind_adr = 0.25

[[weights]]
id = "ops/rollback"
[weights.answered]
bias = 0.5
[weights.signals]
"earlier version" = 1.25
"undo" = -0.5
[weights.measured]
precision = 0.8
documents = 69
"#,
        ),
    ];
    let rules = load(&sources).unwrap();
    let model = rules.model.as_ref().unwrap();
    assert_eq!(model.tables["answered"]["bias"], -1.5);
    assert_eq!(model.tables["answered"]["heading"], 2.0);
    assert_eq!(model.tables["asked"]["kind_adr"], 0.25);
    let weights = rules.topics[0].weights.as_ref().unwrap();
    assert_eq!(weights.answered["bias"], 0.5);
    assert_eq!(weights.measured["documents"], 69.0);
    assert_eq!(signals(&rules, "earlier version"), [(0, 1.25)]);
    assert_eq!(signals(&rules, "undo"), [(0, -0.5)]);
    // A term that does nothing but signal is only named, one with a rule is a hit.
    assert_eq!(heard(&rules, "the earlier version"), ["earlier version"]);
    assert!(heard(&rules, "undo it").is_empty());
}

#[test]
fn signals_of_topics_behind_one_that_is_switched_off_keep_their_topic() {
    let second = PACK
        .replace("ops/rollback", "ops/second")
        .replace("prose/vague", "prose/second");
    let second = second
        .replace("adr/context", "adr/second")
        .replace("id = \"release\"", "id = \"r\"");
    let second = second.replace("{release}", "{r}");
    let sources = [
        source(PACK),
        source(&second),
        source(
            "[[override]]\nid = \"ops/rollback\"\nenabled = false\n\
             [[weights]]\nid = \"ops/second\"\nsignals.\"earlier version\" = 1\n",
        ),
    ];
    let rules = load(&sources).unwrap();
    assert_eq!(signals(&rules, "earlier version"), [(0, 1.0)]);
    assert_eq!(&*rules.topics[0].id, "ops/second");
}
