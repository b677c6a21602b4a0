//! What a heading of a decision record announces, whatever the house calls it.

use super::names::{HELD, WHOLE};
use super::plain::{floor, holds, words};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Longer headings are sentences; what they announce stands in front.
const MAX_HEADING: usize = 200;

/// What a part of a decision record is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Where the decision stands.
    Status,
    /// When it was made.
    Date,
    /// Other facts on the record itself: deciders, tags, a change log, references.
    Record,
    /// The forces and the problem.
    Context,
    /// The options weighed.
    Options,
    /// What was decided.
    Decision,
    /// What follows from it.
    Consequences,
}

/// How surely a name announces its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// A name that is used for other things too: "Summary", "Implementation".
    Maybe,
    /// A name for this role.
    Sure,
}

use Certainty::Sure;
use Role::{Consequences, Context};

type Named = FxHashMap<&'static str, Vec<(Role, Certainty)>>;

static BY_NAME: LazyLock<Named> = LazyLock::new(|| {
    let mut by_name = Named::default();
    for (role, certainty, names) in WHOLE {
        for name in *names {
            add(by_name.entry(name).or_default(), *role, *certainty);
        }
    }
    by_name
});

/// Roles that the heading `text` (as a reader sees it) may announce, the likeliest first.
pub fn roles_of(text: &str) -> Vec<(Role, Certainty)> {
    let text = &text[..floor(text, MAX_HEADING)];
    let name = name_of(text);
    if let Some(roles) = BY_NAME.get(name.as_str()).or_else(|| misspelled(&name)) {
        return roles.clone();
    }
    let mut roles = Vec::new();
    // "Decision: one queue for each tenant" carries its content in the heading.
    if let Some((head, rest)) = text.split_once([':', '–', '—'])
        && !rest.trim().is_empty()
        && let Some(known) = BY_NAME.get(name_of(head).as_str())
    {
        roles.extend(known.iter().filter(|(_, certainty)| *certainty == Sure));
    }
    if !roles.is_empty() || name.len() > 80 {
        return roles;
    }
    for (role, certainty, phrases) in HELD {
        if phrases.iter().any(|phrase| holds(&name, phrase)) {
            add(&mut roles, *role, *certainty);
            break;
        }
    }
    roles
}

/// What a long word stands for that is hardly misspelled: "Consquences", "Backround".
fn misspelled(name: &str) -> Option<&'static Vec<(Role, Certainty)>> {
    const LONG: [&str; 6] = [
        "alternatives",
        "background",
        "consequences",
        "decision",
        "implications",
        "motivation",
    ];
    let is_word = (7..=14).contains(&name.len()) && name.is_ascii() && !name.contains(' ');
    let meant = LONG.iter().find(|long| {
        is_word
            && long[..1] == name[..1]
            && strsim::damerau_levenshtein(long, name) <= long.len() / 6
    })?;
    BY_NAME.get(meant)
}

/// The role of a heading that is, word for word, a name for a part of a record.
pub fn part_name(text: &str) -> Option<Role> {
    let name = name_of(&text[..floor(text, MAX_HEADING)]);
    let (role, certainty) = BY_NAME.get(name.as_str())?.first()?;
    (*certainty == Sure).then_some(*role)
}

/// The role of a label in running text ("**Context:** ..."), where only plain names count, and of
/// those that are used for other things too only the ones for context and consequences.
pub fn role_of_label(text: &str) -> Option<(Role, Certainty)> {
    let roles = BY_NAME.get(name_of(text).as_str())?;
    let loose = |role: Role| matches!(role, Consequences | Context);
    roles
        .iter()
        .find(|(_, certainty)| *certainty == Sure)
        .or_else(|| roles.iter().find(|(role, _)| loose(*role)))
        .copied()
}

fn add(roles: &mut Vec<(Role, Certainty)>, role: Role, certainty: Certainty) {
    if !roles.iter().any(|(known, _)| *known == role) {
        roles.push((role, certainty));
    }
}

/// `text` as names are compared: without numbering, marks, "(optional)" and a leading "ADR".
fn name_of(text: &str) -> String {
    let without_remarks = match text.find('(') {
        Some(at) if at > 0 => text[..at].to_owned(),
        _ => text.to_owned(),
    };
    let mut name = words(&without_remarks).replace(" and or ", " and ");
    if let Some((first, rest)) = name.split_once(' ') {
        let numbering = first.chars().all(|c| c.is_ascii_digit())
            || (first.len() <= 4 && first.chars().all(|c| matches!(c, 'i' | 'v' | 'x')));
        if numbering {
            name = rest
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ')
                .to_owned();
        }
    }
    for article in ["the ", "adr ", "our ", "key ", "main "] {
        if let Some(rest) = name.strip_prefix(article)
            && !rest.is_empty()
        {
            name = rest.to_owned();
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::Role::{Decision, Options, Record, Status};
    use super::*;

    fn first(text: &str) -> Option<(Role, Certainty)> {
        roles_of(text).first().copied()
    }

    #[test]
    fn knows_house_names() {
        for (heading, role) in [
            ("📝 Context", Context),
            ("Context and Problem Statement", Context),
            ("2. Background & Motivation", Context),
            ("Why?", Context),
            ("What is the problem", Context),
            ("Decision Outcome", Decision),
            ("Decision: a queue for each tenant", Decision),
            ("Resolution", Decision),
            ("Approach", Decision),
            ("Considered Options", Options),
            ("Options considered for the decision", Options),
            ("Rejected alternatives", Options),
            ("Implications", Consequences),
            ("Trade-offs", Consequences),
            ("What becomes easier?", Consequences),
            ("Positive Consequences <!-- optional -->", Consequences),
            ("Status", Status),
            ("Decision Makers", Record),
            ("Change log", Record),
            ("Consquences", Consequences),
            ("Backround", Context),
        ] {
            assert_eq!(
                first(heading).map(|(role, _)| role),
                Some(role),
                "{heading}"
            );
        }
    }

    #[test]
    fn leaves_other_headings_alone() {
        for heading in [
            "Bounded contexts of the shop",
            "Encryption",
            "Message header",
            "",
        ] {
            assert!(
                !roles_of(heading)
                    .iter()
                    .any(|(_, certainty)| *certainty == Sure),
                "{heading}"
            );
        }
    }
}
