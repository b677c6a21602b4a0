//! What a status says: house words mapped to where a decision stands.

use super::plain::{holds, plain, words};

/// Where a decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Proposed, draft, in review, pending.
    Open,
    /// Accepted, adopted, in force, done.
    Accepted,
    /// Rejected, declined, withdrawn, abandoned.
    Rejected,
    /// Deprecated, retired, no longer followed.
    Deprecated,
    /// Superseded or replaced by another decision.
    Superseded,
}

impl State {
    /// The plain word for it.
    pub fn name(self) -> &'static str {
        match self {
            State::Open => "proposed",
            State::Accepted => "accepted",
            State::Rejected => "rejected",
            State::Deprecated => "deprecated",
            State::Superseded => "superseded",
        }
    }
}

/// The words that say a state, as whole words in lower case. The more specific come first: "not
/// accepted" before "accepted".
#[rustfmt::skip]
const WORDS: &[(State, &[&str])] = &[
    (
        State::Superseded,
        &[
            "superseded", "superceded", "superseeded", "supersed", "replaced by", "replaced",
            "overridden", "obsoleted by", "merged into",
        ],
    ),
    (
        State::Rejected,
        &[
            "not accepted", "not approved", "not adopted", "not implemented", "won't do",
            "wontfix", "won't fix", "rejected", "reject", "declined", "denied", "refused",
            "withdrawn", "abandoned", "cancelled", "canceled", "discarded", "dropped",
            "turned down", "stalled",
        ],
    ),
    (
        State::Deprecated,
        &[
            "deprecated", "obsolete", "retired", "outdated", "archived", "historical", "historic",
            "inactive", "reverted", "revoked", "reversed", "expired", "discontinued", "legacy",
            "no longer valid", "no longer relevant", "no longer used", "sunset", "invalidated",
            "void", "removed", "undone",
        ],
    ),
    (
        State::Open,
        &[
            "proposed", "proposal", "proposing", "draft", "drafted", "drafting", "rfc",
            "request for comments", "request for comment", "in review", "under review",
            "for review", "review", "in discussion", "under discussion", "for discussion",
            "discussion", "discussing", "pending", "wip", "work in progress", "in progress",
            "open", "provisional", "experimental", "trial", "deferred", "postponed", "on hold",
            "paused", "blocked", "undecided", "idea", "exploration", "exploring", "investigating",
            "under consideration", "considering", "candidate", "awaiting", "waiting", "submitted",
            "new", "initial", "tentative", "planned", "ready", "in development", "incomplete",
            "unresolved", "suggested", "suggestion", "in the works", "requested", "to be decided",
        ],
    ),
    (
        State::Accepted,
        &[
            "accepted", "accept", "acccepted", "aceppted", "approved", "approval", "adopted",
            "agreed", "decided", "decision made", "active", "done", "final", "finalised",
            "finalized", "implemented", "implementable", "implementing", "implementation",
            "complete", "completed", "closed", "ratified", "confirmed", "in effect", "effective",
            "in force", "current", "stable", "living", "valid", "published", "released",
            "resolved", "solved", "merged", "enacted", "in use", "in production", "in place",
            "live", "recommended", "mandatory", "standard", "signed off", "committed", "endorsed",
            "passed", "shipped", "enforced", "applied", "ok", "yes", "settled", "established",
            "concluded", "chosen", "selected", "granted", "delivered", "deployed", "ongoing",
            "partially implemented", "supported", "operational", "binding", "validated",
            "verified", "informational", "amended", "updated", "revised", "clarified", "accpeted",
        ],
    ),
];

/// The state that `value` says (source text, mark-up allowed), when its first words hold a known
/// one. Dates, names and reasons may follow.
pub fn state_of(value: &str) -> Option<State> {
    let text = words(&plain(value));
    // What follows the first dozen words is history or reasons.
    let head = text
        .match_indices(' ')
        .nth(11)
        .map_or(text.as_str(), |(at, _)| &text[..at]);
    // The word that stands first counts: "Accepted, replaced the proposal of May".
    WORDS
        .iter()
        .flat_map(|(state, words)| words.iter().map(move |word| (state, *word)))
        .filter(|(_, word)| holds(head, word))
        .min_by_key(|(_, word)| {
            let at = head.find(word).unwrap_or(usize::MAX);
            (at, std::cmp::Reverse(word.len()))
        })
        .map(|(state, _)| *state)
}

/// Whether `value` begins with a word that says a state (after marks and emoji).
pub(crate) fn begins_with_state(value: &str) -> Option<State> {
    let text = words(&plain(value));
    WORDS
        .iter()
        .flat_map(|(state, words)| words.iter().map(move |word| (state, *word)))
        .filter(|(_, word)| {
            text.strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
        .max_by_key(|(_, word)| word.len())
        .map(|(state, _)| *state)
}

/// The states that templates offer.
const NAMED: [&str; 7] = [
    "proposed",
    "draft",
    "accepted",
    "approved",
    "rejected",
    "deprecated",
    "superseded",
];

/// Whether `value` is still the template's list of choices ("{proposed | rejected | ...}",
/// "Proposed, Accepted, Deprecated or Superseded?") or its instruction rather than one status.
pub(crate) fn is_choice(value: &str) -> bool {
    let shown = plain(value);
    let text = words(&shown);
    if text.is_empty() {
        return false;
    }
    if text.starts_with("what is the status") || text.starts_with("status of the") {
        return true;
    }
    let chars: Vec<char> = shown.chars().collect();
    let bracketed = matches!(
        (chars.first(), chars.last()),
        (Some('{'), Some('}')) | (Some('['), Some(']')) | (Some('<'), Some('>'))
    );
    let separators = shown.matches(['|', '/']).count();
    let commas = shown.matches(',').count() + usize::from(holds(&text, "or"));
    let named = NAMED.iter().filter(|word| holds(&text, word)).count();
    // "Accepted or Rejected" and nothing else.
    let nothing_else = text
        .split(' ')
        .all(|word| matches!(word, "or" | "and") || NAMED.contains(&word));
    if named >= 2 && nothing_else && holds(&text, "or") {
        return true;
    }
    // One alternative set in bold among the others is the choice made.
    let bold = value.matches("**").count();
    if bold == 2 && named >= 2 {
        return false;
    }
    (named >= 3 && (separators >= 2 || commas >= 2))
        || (named >= 2 && (separators >= 1 || bracketed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_house_words_with_what_follows() {
        for (value, state) in [
            ("Accepted", State::Accepted),
            ("✅ **Approved** (by vote on 10/6/21)", State::Accepted),
            ("ACCEPTED - Not implemented", State::Accepted),
            ("Partially Implemented", State::Accepted),
            ("Draft, for review by the platform team", State::Open),
            ("In Review", State::Open),
            ("Not accepted", State::Rejected),
            ("Withdrawn by the author", State::Rejected),
            ("Superseded by [ADR 7](0007.md)", State::Superseded),
            ("~~Accepted~~ Deprecated 2021-01-01", State::Deprecated),
            ("Done", State::Accepted),
        ] {
            assert_eq!(state_of(value), Some(state), "{value}");
        }
    }

    #[test]
    fn does_not_guess() {
        for value in ["", "The gateway", "Purple", "see below"] {
            assert_eq!(state_of(value), None, "{value}");
        }
    }

    #[test]
    fn tells_a_choice_list_from_a_choice() {
        for value in [
            "{proposed | rejected | accepted | deprecated | … | superseded by ADR-0123}",
            "[proposed | accepted]",
            "Proposed / Accepted / Superseded",
            "Proposed, Accepted, Deprecated or Superseded",
            "Accepted or Rejected",
            "What is the status, such as proposed, accepted, rejected, deprecated, superseded, etc.?",
        ] {
            assert!(is_choice(value), "{value}");
        }
        for value in [
            "Accepted, superseded by ADR 3",
            "Proposed 2020-01-01, accepted 2020-02-02",
            "**Accepted** | Deprecated",
            "Accepted",
        ] {
            assert!(!is_choice(value), "{value}");
        }
    }
}
