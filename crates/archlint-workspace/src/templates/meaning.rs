//! What a heading means, so that "Alternatives considered" is found under "Options".

use archlint_review::adr::{Certainty, Role, roles_of};
use archlint_rules::lexicon::{for_each_word, stem_of};
use archlint_rules::{RuleRef, Rules};
use std::collections::BTreeSet;

/// Names that house templates use for one and the same section of a proposal. What decision records
/// have in common is known to [`roles_of`].
const SYNONYMS: &[&[&str]] = &[
    &[
        "summary",
        "abstract",
        "tldr",
        "executive summary",
        "overview",
        "introduction",
    ],
    &[
        "motivation",
        "background",
        "context",
        "problem",
        "problem statement",
        "rationale",
        "why",
    ],
    &["goals", "objectives", "aims"],
    &["non goals", "out of scope", "anti goals", "not in scope"],
    &[
        "proposal",
        "design",
        "solution",
        "proposed solution",
        "detailed design",
        "design details",
        "technical design",
        "approach",
        "implementation",
        "how",
    ],
    &[
        "alternatives",
        "options",
        "alternatives considered",
        "considered options",
        "rejected alternatives",
        "other approaches",
    ],
    &[
        "risks",
        "drawbacks",
        "disadvantages",
        "risks and mitigations",
        "limitations",
        "trade offs",
        "caveats",
    ],
    &[
        "open questions",
        "unresolved questions",
        "unknowns",
        "open issues",
    ],
    &[
        "test plan",
        "testing",
        "tests",
        "verification",
        "test strategy",
    ],
    &[
        "rollout",
        "migration",
        "release plan",
        "rollout plan",
        "migration plan",
        "deployment plan",
        "upgrade strategy",
        "upgrade downgrade strategy",
        "adoption",
    ],
    &[
        "references",
        "links",
        "see also",
        "related",
        "further reading",
        "resources",
        "prior art",
        "related work",
    ],
    &[
        "security",
        "security considerations",
        "security impact",
        "threat model",
    ],
    &[
        "observability",
        "monitoring",
        "metrics",
        "monitoring requirements",
        "telemetry",
    ],
    &[
        "compatibility",
        "backward compatibility",
        "backwards compatibility",
        "version skew strategy",
    ],
    &[
        "history",
        "implementation history",
        "changelog",
        "change log",
        "revisions",
    ],
    &["glossary", "terminology", "definitions", "terms"],
    &[
        "future work",
        "next steps",
        "follow up",
        "outlook",
        "future possibilities",
    ],
    &["requirements", "user stories", "use cases", "stories"],
];

/// Words that say nothing about a section.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "and",
    "or",
    "for",
    "to",
    "in",
    "on",
    "with",
    "this",
    "that",
    "section",
    "optional",
    "our",
    "your",
    "its",
    "is",
    "are",
    "be",
    "considered",
    "proposed",
];

/// What a heading means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Its words by stem, empty ones left out.
    stems: BTreeSet<String>,
    /// Its words by stem in a row, for synonyms and equality.
    phrase: Vec<String>,
    /// What it announces in a decision record.
    roles: Vec<Role>,
    /// The rows of synonyms that it stands in.
    rows: Vec<usize>,
    /// The questions (indices into the topics) that a heading of these words answers.
    topics: BTreeSet<usize>,
}

/// How alike two headings are for certain.
pub(super) const SAME: f32 = 0.9;
/// One name holds the other: a section may be two of the template's at once.
pub(super) const HOLDS: f32 = 0.75;
/// From here on they are taken for one another.
pub(super) const ALIKE: f32 = 0.6;

impl Meaning {
    pub fn of(heading: &str, rules: &Rules) -> Self {
        let heading = heading
            .get(..heading.floor_char_boundary(200))
            .unwrap_or_default();
        let phrase = stems(heading);
        let stems: BTreeSet<String> = phrase
            .iter()
            .filter(|stem| !EMPTY.contains(&stem.as_str()))
            .cloned()
            .collect();
        let rows = SYNONYMS.iter().enumerate().filter(|(_, row)| {
            row.iter().any(|name| {
                let name = self::stems(name);
                name == phrase
                    || name.iter().all(|stem| stems.contains(stem)) && name.len() == stems.len()
            })
        });
        Meaning {
            roles: roles_of(heading)
                .into_iter()
                .filter(|(_, certainty)| *certainty == Certainty::Sure)
                .map(|(role, _)| role)
                .collect(),
            rows: rows.map(|(row, _)| row).collect(),
            topics: topics(heading, rules),
            phrase,
            stems,
        }
    }

    /// Nothing is left of it without empty words: it cannot be found by meaning.
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }

    pub fn has_role(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// How well a section called `other` will do for one that a template calls so, 0-1.
    pub fn likeness(&self, other: &Meaning) -> f32 {
        if self.phrase == other.phrase {
            return 1.0;
        }
        if self.stems == other.stems && !self.stems.is_empty() {
            return SAME;
        }
        let shared = self.stems.intersection(&other.stems).count() as f32;
        let all = self.stems.union(&other.stems).count().max(1) as f32;
        let mut likeness: f32 = shared / all;
        // "Risks" is in "Risks and mitigations", and the other way round.
        let smaller = self.stems.len().min(other.stems.len());
        if smaller > 0 && shared as usize == smaller {
            likeness = likeness.max(HOLDS);
        }
        let role = self.roles.iter().any(|role| other.roles.contains(role));
        // Roles are wider than rows: goals, too, are part of what leads to a decision.
        let row = self.rows.iter().any(|row| other.rows.contains(row));
        if row {
            likeness = likeness.max(0.7);
        }
        if role {
            likeness = likeness.max(0.66);
        }
        if self.topics.intersection(&other.topics).next().is_some() {
            likeness = likeness.max(0.65);
        }
        // "Goals" is in "Non-goals", and means its opposite.
        let negated = |meaning: &Meaning| meaning.phrase.iter().any(|s| s == "non" || s == "not");
        if negated(self) != negated(other) && !row {
            return 0.0;
        }
        likeness
    }
}

/// The stems of a heading's words; numbers before it do not count.
fn stems(heading: &str) -> Vec<String> {
    let mut stems = Vec::new();
    for_each_word(heading, |word, _| {
        if !word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            stems.push(stem_of(&word.to_lowercase()).into_owned());
        }
    });
    stems
}

/// The questions that a section of this heading answers.
fn topics(heading: &str, rules: &Rules) -> BTreeSet<usize> {
    let (mut words, mut hits) = (Vec::new(), Vec::new());
    rules.matcher.words(heading, 0, &mut words);
    rules
        .matcher
        .hits(&words, heading, &mut hits, &mut Vec::new());
    let uses = hits.iter().flat_map(|hit| rules.matcher.uses(hit.term));
    uses.filter(|used| used.role == archlint_rules::Role::Heading)
        .filter_map(|used| match used.rule {
            RuleRef::Topic(topic) => Some(topic),
            RuleRef::Pattern(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> f32 {
        let rules = archlint_rules::builtin();
        Meaning::of(a, rules).likeness(&Meaning::of(b, rules))
    }

    #[test]
    fn other_names_for_a_section_are_alike() {
        for (template, document) in [
            ("1. Introduction", "Introduction"),
            ("Alternatives", "Considered Options"),
            ("Risks and Mitigations", "Risks"),
            ("Motivation", "Problem statement"),
            ("Non-Goals", "Out of scope"),
            ("Decision Outcome", "Decision"),
            ("Test Plan", "Testing"),
            ("Unresolved questions", "Open Questions"),
            ("Rollback", "Backout plan"),
        ] {
            let found = likeness(template, document);
            assert!(found >= ALIKE, "{template} / {document}: {found}");
        }
    }

    #[test]
    fn sections_of_another_meaning_are_not() {
        for (template, document) in [
            ("Goals", "Non-Goals"),
            ("Summary", "Alternatives"),
            ("Test Plan", "Rollout Plan"),
            ("Decision", "Consequences"),
            ("Risks", "References"),
        ] {
            let found = likeness(template, document);
            assert!(found < ALIKE, "{template} / {document}: {found}");
        }
    }
}
