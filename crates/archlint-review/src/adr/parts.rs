//! The parts of a decision record: its sections, and what takes their place in house variants
//! (labels in bold, plain labels, rows of a table).

use super::plain::{floor, plain, words};
use super::roles::{Certainty, Role, role_of_label, roles_of};
use super::substance::is_template_text;
use archlint_document::{Block, BlockKind, Document, Span};

/// A part of a decision record that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is there for.
    pub role: Role,
    /// Whether its name says so beyond doubt.
    pub certainty: Certainty,
    /// What the document calls it.
    pub name: String,
    /// Its heading or label.
    pub heading: Span,
    /// From the heading to the part's end, parts within it included.
    pub span: Span,
    /// Whether it says something of its own: not empty, not a template's text.
    pub filled: bool,
    /// Index of the section, when a heading opens it; `None` for a label.
    pub section: Option<usize>,
}

/// All parts of `document` in its order. `title` is the section whose heading is the title, `says`
/// tells for each block whether it says something.
pub(crate) fn parts(document: &Document, title: Option<usize>, says: &[bool]) -> Vec<Part> {
    let mut parts = Vec::new();
    let roles = section_roles(document, title);
    for (index, section) in document.sections.iter().enumerate() {
        if let (Some(heading), false) = (&section.heading, roles[index].is_empty()) {
            // "## Status: accepted", "## Decision: one queue for each tenant".
            let carried = heading
                .text
                .split_once(':')
                .map_or(0, |(_, rest)| words(rest).len());
            for (role, certainty) in &roles[index] {
                parts.push(Part {
                    role: *role,
                    certainty: *certainty,
                    name: heading.text.clone(),
                    heading: heading.span.clone(),
                    span: section.span.clone(),
                    filled: carried > least(*role)
                        || section_says_something(document, &roles, index, says),
                    section: Some(index),
                });
            }
        }
        labelled(document, index, &roles, says, &mut parts);
    }
    parts
}

/// How long what follows a colon in a heading must be more than to be a part's content.
fn least(role: Role) -> usize {
    if matches!(role, Role::Status | Role::Date) {
        2
    } else {
        8
    }
}

/// The roles of each section by its heading. A section under one of options has none: its pros and
/// cons are an option's.
fn section_roles(document: &Document, title: Option<usize>) -> Vec<Vec<(Role, Certainty)>> {
    let mut roles: Vec<Vec<(Role, Certainty)>> = Vec::with_capacity(document.sections.len());
    let mut in_options = vec![false; document.sections.len()];
    for (index, section) in document.sections.iter().enumerate() {
        let parent_in_options = section.parent.is_some_and(|parent| {
            in_options.get(parent).copied().unwrap_or(false)
                || roles
                    .get(parent)
                    .is_some_and(|r| r.iter().any(|(role, _)| *role == Role::Options))
        });
        in_options[index] = parent_in_options;
        let found = match &section.heading {
            Some(heading) if Some(index) != title => roles_of(&heading.text),
            _ => Vec::new(),
        };
        roles.push(if parent_in_options {
            found
                .into_iter()
                .filter(|(role, certainty)| {
                    *role == Role::Decision && *certainty == Certainty::Sure
                })
                .collect()
        } else {
            found
        });
    }
    roles
}

/// Whether a section says something, without what stands in subsections that have a sure role of
/// their own.
fn section_says_something(
    document: &Document,
    roles: &[Vec<(Role, Certainty)>],
    index: usize,
    says: &[bool],
) -> bool {
    let own = roles[index].first().map(|(role, _)| *role);
    let is_other = |section: usize| {
        roles[section]
            .iter()
            .any(|(role, certainty)| *certainty == Certainty::Sure && Some(*role) != own)
    };
    document.sections[index].blocks.clone().any(|at| {
        says.get(at) == Some(&true)
            && document.blocks.get(at).is_some_and(|block| {
                let section = block.section;
                section == index
                    || (!is_other(section)
                        && document
                            .ancestors(section)
                            .take_while(|ancestor| *ancestor != index)
                            .all(|ancestor| !is_other(ancestor)))
            })
    })
}

/// A label at the beginning of a block.
struct Label<'a> {
    text: &'a str,
    /// The label with its marks, in the document.
    span: Span,
    /// What follows it in the block.
    rest: Span,
}

/// Adds the parts that labels open in a section's own blocks.
fn labelled(
    document: &Document,
    section: usize,
    roles: &[Vec<(Role, Certainty)>],
    says: &[bool],
    parts: &mut Vec<Part>,
) {
    let is_options = |index: usize| roles[index].iter().any(|(role, _)| *role == Role::Options);
    let is_about_record = roles[section].iter().any(|(role, certainty)| {
        matches!(role, Role::Status | Role::Date | Role::Record) && *certainty == Certainty::Sure
    });
    if is_about_record || is_options(section) || document.ancestors(section).any(is_options) {
        return;
    }
    let around = std::iter::once(section)
        .chain(document.ancestors(section))
        .find_map(|index| roles[index].first())
        .map(|(role, _)| *role);
    let own = document.sections[section].own_blocks.clone();
    let labels: Vec<(usize, (Role, Certainty), Label<'_>)> = own
        .clone()
        .filter_map(|at| {
            let label = label(document, document.blocks.get(at)?)?;
            let (role, certainty) = role_of_label(label.text)?;
            // "Cost:" among the forces is one of them; "Cons:" under a decision is its price.
            let fits =
                certainty == Certainty::Sure || matches!(around, None | Some(Role::Decision));
            fits.then_some((at, (role, certainty), label))
        })
        .collect();
    let depth = |at: usize| document.blocks.get(at).map_or(0, |block| block.list_depth);
    for (position, (at, (role, certainty), label)) in labels.iter().enumerate() {
        // Up to the next label that stands no deeper.
        let next = labels[position + 1..]
            .iter()
            .map(|(next, ..)| *next)
            .find(|next| depth(*next) <= depth(*at))
            .unwrap_or(own.end);
        let rest = document.source(&label.rest);
        let says_itself = !words(&plain(rest)).is_empty()
            && says.get(*at) == Some(&true)
            && !is_template_text(rest);
        let end = document
            .blocks
            .get(next - 1)
            .map_or(label.span.end, |block| block.span.end);
        parts.push(Part {
            role: *role,
            certainty: *certainty,
            name: label.text.to_owned(),
            heading: label.span.clone(),
            span: label.span.start..end.max(label.span.end),
            filled: says_itself || says.get(at + 1..next).is_some_and(|s| s.contains(&true)),
            section: None,
        });
    }
}

/// The label that `block` begins with: in bold, or a few words and a colon, or in the first cell of
/// a row.
fn label<'a>(document: &'a Document, block: &Block) -> Option<Label<'a>> {
    if let BlockKind::TableCell { column, .. } = block.kind {
        let text = document.source(&block.span);
        return (column == 0 && text.len() < 60)
            .then(|| bare(text))
            .filter(|text| !text.is_empty())
            .map(|text| Label {
                text,
                span: block.span.clone(),
                rest: block.span.end..block.span.end,
            });
    }
    if !matches!(
        block.kind,
        BlockKind::Paragraph | BlockKind::ListItem { .. }
    ) {
        return None;
    }
    let source = document.source(&block.span);
    let line = source.split('\n').next().unwrap_or_default();
    let line = &line[..floor(line, 200)];
    let marks = |c: char| !c.is_alphanumeric() && !matches!(c, '*' | '_' | '[' | '`');
    let start = line.len() - line.trim_start_matches(marks).len();
    let body = &line[start..];
    let (text, used) = bold(body)
        .or_else(|| {
            let at = body.find(':')?;
            (at < 40).then(|| (&body[..at], at + 1))
        })
        .or_else(|| {
            // A few words alone on their line: "Pros", with a list below.
            let alone = body.trim_end();
            (alone.len() < 30 && block.kind == BlockKind::Paragraph).then_some((alone, body.len()))
        })?;
    let text = bare(text);
    (!text.is_empty()).then(|| {
        let from = block.span.start + start;
        Label {
            text,
            span: from..from + used,
            rest: from + used..block.span.end,
        }
    })
}

/// The text in bold that `body` begins with, and how many bytes it and a colon behind it take.
fn bold(body: &str) -> Option<(&str, usize)> {
    let mark = ["***", "**", "__"]
        .into_iter()
        .find(|mark| body.starts_with(mark))?;
    let inner = &body[mark.len()..];
    let close = inner.find(mark)?;
    let text = &inner[..close];
    let mut used = mark.len() + close + mark.len();
    let colon_inside = bare(text).len() < text.trim_end().len() && text.trim_end().ends_with(':');
    let after = &body[used..];
    let blanks = after.len() - after.trim_start().len();
    if after.trim_start().starts_with(':') {
        used += blanks + 1;
    } else if !colon_inside && !after.trim().is_empty() {
        // Bold words that a sentence goes on from are emphasis.
        return after
            .trim_start()
            .starts_with(['-', '–', '—'])
            .then_some((text, used));
    }
    Some((text, used))
}

/// `text` without the marks and blanks around it.
fn bare(text: &str) -> &str {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let text = text.strip_prefix("u>").unwrap_or(text);
    text.strip_suffix("</u").unwrap_or(text).trim()
}

/// For each block of `document`, the role of the innermost sure part around it.
pub(crate) fn owners(document: &Document, parts: &[Part]) -> Vec<Option<Role>> {
    let mut coming = parts
        .iter()
        .filter(|part| part.certainty == Certainty::Sure)
        .peekable();
    let mut open: Vec<&Part> = Vec::new();
    document
        .blocks
        .iter()
        .map(|block| {
            while let Some(part) = coming.next_if(|part| part.span.start <= block.span.start) {
                open.push(part);
            }
            while open
                .last()
                .is_some_and(|part| part.span.end < block.span.end)
            {
                open.pop();
            }
            open.last().map(|part| part.role)
        })
        .collect()
}
