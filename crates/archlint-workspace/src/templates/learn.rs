//! What a template asks for.

use super::meaning::Meaning;
use archlint_document::{BlockKind, Document};
use archlint_rules::Rules;
use std::collections::BTreeSet;

/// A template, learned.
#[derive(Debug, Clone, Default)]
pub struct Learned {
    /// How it is called in messages.
    pub name: String,
    /// Its sections, without its title.
    pub(super) sections: Vec<Asked>,
}

/// A section that a template has.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub title: String,
    pub meaning: Meaning,
    /// Index of the section of the template that it lies in.
    pub parent: Option<usize>,
    /// The template leaves its name to the author: it is looked for in no document.
    pub open: bool,
    /// The template says that it may be left out, or leaves its name open.
    pub optional: bool,
    /// The blocks of its body, as [`normal`] gives them.
    pub body: BTreeSet<String>,
}

impl Learned {
    /// Learns a template from its text. `name` is how messages call it, `rules` tell which headings
    /// are about the same question.
    pub fn new(name: &str, text: &str, rules: &Rules) -> Self {
        let document = archlint_document::parse(text);
        let title = title_section(&document);
        let mut index_of = vec![None; document.sections.len()];
        let mut sections: Vec<Asked> = Vec::new();
        for (at, section) in document.sections.iter().enumerate() {
            let Some(heading) = section.heading.as_ref().filter(|_| Some(at) != title) else {
                continue;
            };
            let body = body(&document, at);
            let meaning = Meaning::of(&heading.text, rules);
            let open = is_open(&heading.text) || meaning.is_empty();
            let optional = open || says_optional(&document, at, &heading.text);
            index_of[at] = Some(sections.len());
            sections.push(Asked {
                title: without_mark(&heading.text),
                meaning,
                parent: section.parent.and_then(|parent| index_of[parent]),
                open,
                optional,
                body,
            });
        }
        Learned {
            name: name.to_owned(),
            sections,
        }
    }
}

/// The section that is the title: the only one of level 1, first of all.
pub(super) fn title_section(document: &Document) -> Option<usize> {
    let mut top = document
        .sections
        .iter()
        .enumerate()
        .filter(|(_, section)| section.level == 1);
    match (top.next(), top.next()) {
        (Some((1, _)), None) => Some(1),
        _ => None,
    }
}

/// The blocks that stand directly in a section, comments left out.
pub(super) fn body(document: &Document, section: usize) -> BTreeSet<String> {
    let blocks = document.section_body_blocks(section).iter();
    let texts = blocks.filter_map(|block| match &block.kind {
        BlockKind::Comment { .. } => None,
        _ => Some(normal(document.source(&block.span))),
    });
    texts.filter(|text| !text.is_empty()).collect()
}

/// A text of which only letters and digits count.
fn normal(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// A heading that leaves its name to the author: `{option 1}`, `<name>`, "Story 2".
fn is_open(heading: &str) -> bool {
    let marks = [('{', '}'), ('<', '>'), ('[', ']')];
    if marks
        .iter()
        .any(|(open, close)| heading.contains(*open) && heading.contains(*close))
    {
        return true;
    }
    let mut words = heading.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(word), Some(number), None) => {
            word.chars().all(char::is_alphabetic)
                && number
                    .trim_end_matches(':')
                    .bytes()
                    .all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// Whether the heading, or a comment or the first line under it, says that it may be left out.
fn says_optional(document: &Document, section: usize, heading: &str) -> bool {
    let says = |text: &str| {
        let start = text
            .get(..text.floor_char_boundary(200))
            .unwrap_or_default()
            .to_lowercase();
        start.contains("optional")
            || start.contains("if applicable")
            || start.contains("feel free to remove")
    };
    let first = document.section_body_blocks(section).first();
    says(heading) || first.is_some_and(|block| says(document.source(&block.span)))
}

/// A heading without "(optional)".
fn without_mark(heading: &str) -> String {
    let lower = heading.to_lowercase();
    match lower.find("(optional") {
        Some(at) if heading.is_char_boundary(at) => {
            heading.get(..at).unwrap_or_default().trim().to_owned()
        }
        _ => heading.to_owned(),
    }
}
