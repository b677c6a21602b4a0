//! The front-matter fields that archlint reads.

/// A field of front matter.
pub struct Field {
    /// Its names.
    pub keys: &'static [&'static str],
    /// What it says, as a sentence.
    pub meaning: &'static str,
    /// What is commonly written there.
    pub values: &'static [&'static str],
}

/// All of them.
pub const FIELDS: &[Field] = &[
    Field {
        keys: &["status", "state", "stage"],
        meaning: "Where the document or its decision stands. While it is a draft, open questions are shown quietly.",
        values: &[
            "draft",
            "proposed",
            "accepted",
            "rejected",
            "deprecated",
            "superseded",
        ],
    },
    Field {
        keys: &["date"],
        meaning: "When the decision was made or last changed, as `YYYY-MM-DD`.",
        values: &[],
    },
    Field {
        keys: &["archlint-kind", "kind", "type", "doc-type", "document-type"],
        meaning: "What kind of document it is, which decides what it is asked.",
        values: &["adr", "design", "overview", "other"],
    },
    Field {
        keys: &["template", "template-version", "template_version"],
        meaning: "The version of the template that the document follows, as `archlint.toml` names it.",
        values: &[],
    },
    Field {
        keys: &["title"],
        meaning: "The document's title, when it has no heading of level 1.",
        values: &[],
    },
    Field {
        keys: &["archlint"],
        meaning: "Waivers: `archlint: { waive: { \"group/rule\": \"why it does not apply\" } }`.",
        values: &[],
    },
    Field {
        keys: &["deciders", "decision-makers"],
        meaning: "Who made the decision.",
        values: &[],
    },
];
