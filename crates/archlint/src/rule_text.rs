//! What every rule has to say of itself, whatever its kind.

use archlint_rules::{Kind, Pattern, Rules, Severity, Structure, Topic};
use archlint_workspace::{OWN_RULES, OwnRule};

/// A rule in words.
#[derive(Debug, Clone, Copy)]
pub struct RuleText<'a> {
    /// Its id.
    pub id: &'a str,
    /// What a heading would call it.
    pub title: &'a str,
    /// The question it asks, if it asks one.
    pub question: Option<&'a Topic>,
    /// What it reports.
    pub message: &'a str,
    /// What to do.
    pub help: &'a str,
    /// How much it matters.
    pub severity: Severity,
    /// The kinds of document that it looks at.
    pub kinds: &'a [Kind],
    /// Pages that say more.
    pub references: &'a [String],
    /// A text in which it reports nothing, and one in which it reports.
    pub examples: [Option<&'a str>; 2],
}

/// All rules: questions, then patterns, structures, and what archlint itself checks.
pub fn all(rules: &Rules) -> Vec<RuleText<'_>> {
    let mut all: Vec<RuleText<'_>> = rules.topics.iter().map(topic).collect();
    all.extend(rules.patterns.iter().map(pattern));
    all.extend(rules.structures.iter().map(structure));
    for own in OWN_RULES {
        if !all.iter().any(|rule| rule.id == own.id) {
            all.push(own_rule(own));
        }
    }
    all
}

fn topic(topic: &Topic) -> RuleText<'_> {
    let example = |answers| {
        topic
            .examples
            .iter()
            .find(|e| e.answers == answers)
            .map(|e| &*e.text)
    };
    RuleText {
        id: &topic.id,
        title: &topic.title,
        question: Some(topic),
        message: &topic.message,
        help: &topic.help,
        severity: topic.severity,
        kinds: &topic.kinds,
        references: &topic.references,
        examples: [example(true), example(false)],
    }
}

fn pattern(rule: &Pattern) -> RuleText<'_> {
    let example = |fires| {
        rule.examples
            .iter()
            .find(|e| e.fires == fires)
            .map(|e| &*e.text)
    };
    RuleText {
        id: &rule.id,
        title: &rule.title,
        question: None,
        message: &rule.message,
        help: &rule.help,
        severity: rule.severity,
        kinds: &rule.kinds,
        references: &rule.references,
        examples: [example(false), example(true)],
    }
}

fn structure(rule: &Structure) -> RuleText<'_> {
    let example = |fires| {
        rule.examples
            .iter()
            .find(|e| e.fires == fires)
            .map(|e| &*e.text)
    };
    RuleText {
        id: &rule.id,
        title: &rule.title,
        question: None,
        message: &rule.message,
        help: &rule.help,
        severity: rule.severity,
        kinds: &rule.kinds,
        references: &rule.references,
        examples: [example(false), example(true)],
    }
}

fn own_rule(rule: &'static OwnRule) -> RuleText<'static> {
    RuleText {
        id: rule.id,
        title: rule.title,
        question: None,
        message: rule.message,
        help: rule.help,
        severity: rule.severity,
        kinds: if rule.id.starts_with("adr/") {
            &[Kind::Adr]
        } else {
            &[Kind::Adr, Kind::Design, Kind::Overview]
        },
        references: &[],
        examples: [None, None],
    }
}
