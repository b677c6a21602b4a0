//! What running text tells when no heading announces it: a decision, its context, its consequences.

use super::roles::Role;
use archlint_document::{Block, BlockKind, Document};
use regex::Regex;
use std::sync::LazyLock;

/// What speaks against an option.
static AGAINST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i-u)\b(?:bad,\s+because|cons|disadvantages?|drawbacks?|downsides?|negatives?|weaknesses)\b").ok()
});

/// Whether a text on options says what speaks against them.
pub(crate) fn weighs(text: &str) -> bool {
    AGAINST
        .as_ref()
        .is_some_and(|pattern| pattern.is_match(text))
}

/// Sentences in which somebody decides or sets a rule.
static DECIDES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix-u)
        \b(?:we|i|they|the\s+(?:team|group|project|board|committee|council|tsc))
          (?:\s+(?:have|has|had|'ve))?(?:\s+(?:therefore|thus|now|also|all|collectively|jointly|then))?
          \s+(?:decided|chosen|chose|agreed|opted|selected|settled|resolved|concluded|elected|picked|went)\b
        | \bwe(?:\s+(?:will|shall|should|must|adopt|use|choose|propose|recommend|go|suggest|prefer|require)\b|'ll\b|\s+are\s+going\s+to\b)
        | \b(?:it|this|that)\s+(?:is|was|has\s+been)\s+(?:decided|agreed|proposed|recommended)\b
        | \b(?:chosen|selected|preferred)\s+(?:option|solution|approach)\b
        | \bdecision\s+(?:is|was|has\s+been)\b
        | \bthis\s+(?:adr|rfc|document|proposal|record|decision|design)\s+(?:\w+\s+)?
          (?:proposes|describes|defines|specifies|decides|introduces|recommends|outlines|establishes|documents|aims|sets|covers|adopts)\b
        | \b(?:will|shall|must|should)\s+(?:not\s+|now\s+|always\s+|never\s+)?(?:be|use|have|support|provide|allow|follow|adopt|contain|return|include)\b
        | \b(?:are|is)\s+(?:to\s+be|required\s+to|expected\s+to)\b
        ",
    )
    .ok()
});

/// Sentences that tell what leads to a decision.
static SITUATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix-u)
        \b(?:currently|at\s+present|at\s+the\s+moment|today|historically|previously|so\s+far|in\s+the\s+past|as\s+of\s+now)\b
        | \b(?:problem|issue|challenge|difficult|limitation|pain|confus|bottleneck|concern)\w*\b
        | \bwe\s+(?:need|want|have\s+to|lack|cannot|can't|are\s+looking|would\s+like)\b
        | \b(?:needs?\s+to|in\s+order\s+to|because|since|due\s+to|the\s+reason|motivat\w+|requirement\w*)\b
        ",
    )
    .ok()
});

/// Words that name a consequence as such.
static FOLLOWS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix-u)
        \b(?:consequence|consequently|trade-?\s?off|down-?side|drawback|disadvantage|implication|ramification|side[\s-]effect)\w*\b
        | \bas\s+a\s+result\b | \bthis\s+(?:\w+\s+)?(?:means|implies|requires)\b
        | \b(?:will|would)\s+(?:need|have|be\s+(?:able|required|easier|harder|slower|faster|possible|necessary))\s+to\b
        | \b(?:benefit|advantage|pro|con)s?\s*(?:is|are|of|include|:)
        | \bat\s+the\s+(?:cost|expense|price)\s+of\b | \bmakes?\s+it\s+(?:easier|harder|possible|simpler)\b
        ",
    )
    .ok()
});

/// Running text of a record, with what it stands under.
pub(crate) struct Prose<'a> {
    /// The document.
    pub document: &'a Document,
    /// The section of the title.
    pub title: Option<usize>,
    /// For each block, whether it says something.
    pub says: &'a [bool],
    /// For each block, the role of the part around it.
    pub owners: &'a [Option<Role>],
}

impl Prose<'_> {
    /// Whether it decides something, outside of what is named as something else.
    pub fn decides(&self) -> bool {
        self.matches(
            DECIDES.as_ref(),
            &[
                Role::Context,
                Role::Options,
                Role::Consequences,
                Role::Record,
            ],
        )
    }

    /// Whether it names what follows from the decision.
    pub fn tells_consequences(&self) -> bool {
        self.matches(
            FOLLOWS.as_ref(),
            &[Role::Context, Role::Options, Role::Record],
        )
    }

    /// Whether it tells what leads to the decision: in an introduction under the title, or in
    /// sentences about the situation outside of what is named as something else.
    pub fn tells_context(&self) -> bool {
        let introduces = |block: &Block| {
            (block.section == 0 || Some(block.section) == self.title)
                && self.document.source(&block.span).split_whitespace().count() >= 12
        };
        self.paragraphs(&[
            Role::Options,
            Role::Consequences,
            Role::Record,
            Role::Decision,
        ])
        .any(introduces)
            || self.matches(
                SITUATION.as_ref(),
                &[
                    Role::Options,
                    Role::Consequences,
                    Role::Record,
                    Role::Decision,
                ],
            )
    }

    fn matches(&self, pattern: Option<&Regex>, without: &[Role]) -> bool {
        pattern.is_some_and(|pattern| {
            self.paragraphs(without)
                .any(|block| pattern.is_match(self.document.source(&block.span)))
        })
    }

    /// Paragraphs and list items that say something and lie outside of the parts of given roles.
    fn paragraphs(&self, without: &[Role]) -> impl Iterator<Item = &Block> {
        self.document
            .blocks
            .iter()
            .zip(self.says)
            .zip(self.owners)
            .filter(move |((block, says), owner)| {
                **says
                    && matches!(
                        block.kind,
                        BlockKind::Paragraph | BlockKind::ListItem { .. }
                    )
                    && block.span.len() >= 20
                    && owner.is_none_or(|role| !without.contains(&role))
            })
            .map(|((block, _), _)| block)
    }
}
