//! Whether a text is a template's own instruction ("Describe the ... here") that nobody replaced.
//!
//! "Describe", "list" and "document" are ordinary words. A text counts only when each of its
//! sentences is an instruction to the author; the caller passes whole bodies of sections.

/// Whether there are sentences and all of them instruct the author.
pub(crate) fn are_all(sentences: impl Iterator<Item = String>) -> bool {
    let mut any = false;
    for sentence in sentences {
        match read(&sentence) {
            Reading::Instruction => any = true,
            Reading::Example => {}
            Reading::Prose => return false,
        }
    }
    any
}

enum Reading {
    Instruction,
    /// An example that goes with an instruction.
    Example,
    Prose,
}

/// Verbs that are hardly anything but an instruction at the start of a sentence.
const STRONG: &[&str] = &[
    "describe",
    "discuss",
    "elaborate",
    "explain",
    "outline",
    "summarise",
    "summarize",
];

/// Verbs of instruction that also start ordinary sentences and steps.
const WEAK: &[&str] = &[
    "add",
    "define",
    "detail",
    "document",
    "enumerate",
    "give",
    "identify",
    "include",
    "insert",
    "list",
    "mention",
    "note",
    "provide",
    "specify",
    "state",
    "write",
];

/// What an instruction goes on with.
const OBJECTS: &[&str] = &[
    "a", "all", "an", "and", "any", "briefly", "each", "here", "how", "if", "in", "other", "some",
    "the", "this", "what", "when", "where", "whether", "which", "who", "why", "your",
];

/// What only a template speaks of.
const CUES: &[&str] = &[
    " here",
    " your ",
    "any other",
    "e.g.",
    "if applicable",
    "if any",
    "relevant",
    "the alternatives",
    "the change",
    "the consequences",
    "the context",
    "the decision",
    "the motivation",
    "the problem",
    "the proposal",
    "the reason",
    "the risks",
    "this adr",
    "this change",
    "this decision",
    "this design",
    "this document",
    "this feature",
    "this kep",
    "this proposal",
    "this rfc",
    "this section",
    "we're doing",
    "we're proposing",
    "we're seeing",
];

fn read(sentence: &str) -> Reading {
    let lower = sentence.to_lowercase().replace('’', "'");
    let mut text = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    if ["e.g.", "for example", "example:", "examples:"]
        .iter()
        .any(|start| text.starts_with(start))
    {
        return Reading::Example;
    }
    let mut urged = false;
    for word in [
        "optional",
        "please",
        "briefly",
        "here",
        "you should",
        "clearly",
    ] {
        if let Some(rest) = text.strip_prefix(word)
            && rest.starts_with(|c: char| !c.is_alphanumeric())
        {
            text = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
            urged = true;
        }
    }
    let mut words = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let cued = || CUES.iter().any(|cue| text.contains(cue));
    let instructs = if STRONG.contains(&first) {
        urged || OBJECTS.contains(&second)
    } else if WEAK.contains(&first) {
        OBJECTS.contains(&second) && (urged || cued())
    } else if matches!(first, "what" | "why" | "how" | "who") {
        text.trim_end().ends_with('?') && cued()
    } else {
        text.starts_with("this section ")
            && ["should", "must", "is for", "is where", "is intended"]
                .iter()
                .any(|word| text["this section ".len()..].starts_with(word))
    };
    if instructs {
        Reading::Instruction
    } else {
        Reading::Prose
    }
}
