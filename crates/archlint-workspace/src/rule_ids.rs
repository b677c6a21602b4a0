//! The rules that this crate itself reports by: those that look at several documents, at waivers,
//! and at templates. They are not in a rule pack, but a pack may carry their texts.

use archlint_review::Severity;
use archlint_rules::Rules;

/// A rule that is code rather than data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnRule {
    /// Its id.
    pub id: &'static str,
    /// What a heading or a column would call it.
    pub title: &'static str,
    /// What it reports, as a clause.
    pub message: &'static str,
    /// What to do.
    pub help: &'static str,
    /// How much it matters.
    pub severity: Severity,
}

/// Two ADRs with one number, a number left out, or a file name that says another number.
pub const ADR_NUMBER: &str = "adr/number";
/// A link to an ADR or a heading of one that is not there.
pub const ADR_LINKS: &str = "adr/links";
/// A superseded ADR without a successor, or a successor that does not point back.
pub const ADR_SUPERSEDED: &str = "adr/superseded";
/// A section of the template that the document does not have.
pub const TEMPLATE_MISSING: &str = "template/missing-section";
/// A section that still holds what the template put there.
pub const TEMPLATE_UNFILLED: &str = "template/unfilled";
/// A waiver that gives no reason.
pub const WAIVER_NO_REASON: &str = "waiver/no-reason";
/// A waiver of a rule that does not exist.
pub const WAIVER_UNKNOWN_RULE: &str = "waiver/unknown-rule";
/// A waiver whose date has passed.
pub const WAIVER_EXPIRED: &str = "waiver/expired";
/// A waiver of something that would not be reported.
pub const WAIVER_UNNEEDED: &str = "waiver/unneeded";
/// A directive that cannot be read.
pub const WAIVER_SYNTAX: &str = "waiver/syntax";

/// All of them, by id.
pub const OWN_RULES: &[OwnRule] = &[
    OwnRule {
        id: ADR_LINKS,
        title: "Links between ADRs",
        message: "links to a decision that is not there",
        help: "Correct the link, or take it out.",
        severity: Severity::Warning,
    },
    OwnRule {
        id: ADR_NUMBER,
        title: "ADR number",
        message: "its number does not fit the others",
        help: "Give every decision a number of its own, the same in the file name and the title.",
        severity: Severity::Warning,
    },
    OwnRule {
        id: ADR_SUPERSEDED,
        title: "Successor",
        message: "is superseded without saying by which decision",
        help: "Link the decision that takes its place, and link back from there.",
        severity: Severity::Warning,
    },
    OwnRule {
        id: TEMPLATE_MISSING,
        title: "Missing section",
        message: "lacks a section of its template",
        help: "Add the section, or say in it why there is nothing to say.",
        severity: Severity::Warning,
    },
    OwnRule {
        id: TEMPLATE_UNFILLED,
        title: "Unfilled section",
        message: "still holds the text of its template",
        help: "Write what the template asks for, or say why it does not apply.",
        severity: Severity::Warning,
    },
    OwnRule {
        id: WAIVER_EXPIRED,
        title: "Expired waiver",
        message: "the waiver has expired",
        help: "Answer the question now, or set a new date.",
        severity: Severity::Warning,
    },
    OwnRule {
        id: WAIVER_NO_REASON,
        title: "Waiver without a reason",
        message: "the waiver gives no reason",
        help: "Say after a colon why the rule does not apply here.",
        severity: Severity::Warning,
    },
    OwnRule {
        id: WAIVER_SYNTAX,
        title: "Unreadable directive",
        message: "archlint cannot read this directive",
        help: "Write `<!-- archlint: waive RULE: why it does not apply -->`.",
        severity: Severity::Warning,
    },
    OwnRule {
        id: WAIVER_UNKNOWN_RULE,
        title: "Waiver of an unknown rule",
        message: "the waiver names a rule that does not exist",
        help: "`archlint rules` lists the rules.",
        severity: Severity::Warning,
    },
    OwnRule {
        id: WAIVER_UNNEEDED,
        title: "Waiver that is not needed",
        message: "the waiver is not needed",
        help: "Take it out: nothing would be reported without it.",
        severity: Severity::Info,
    },
];

impl OwnRule {
    /// Stands in for an id that is none of them.
    pub(crate) const NONE: OwnRule = OwnRule {
        id: "",
        title: "",
        message: "",
        help: "",
        severity: Severity::Info,
    };
}

/// The rule of this crate with that id.
pub fn own(id: &str) -> Option<OwnRule> {
    OWN_RULES.iter().find(|rule| rule.id == id).copied()
}

/// Whether the rule looks at the other documents of the folder.
pub(crate) fn needs_neighbours(id: &str) -> bool {
    [ADR_NUMBER, ADR_LINKS, ADR_SUPERSEDED].contains(&id)
}

/// The ids of all rules: those of the packs and those of this crate, sorted.
pub fn known(rules: &Rules) -> Vec<String> {
    let mut known: Vec<String> = OWN_RULES.iter().map(|rule| rule.id.to_owned()).collect();
    known.extend(rules.topics.iter().map(|rule| rule.id.to_string()));
    known.extend(rules.patterns.iter().map(|rule| rule.id.to_string()));
    known.extend(rules.structures.iter().map(|rule| rule.id.to_string()));
    known.sort();
    known.dedup();
    known
}
