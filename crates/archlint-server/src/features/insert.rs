//! Where a new section or a waiver goes in a document, and how it is written there.

use crate::analysis::Analysis;
use archlint_document::{BlockKind, Heading, Residue, ResidueKind, Span};
use archlint_review::Status;
use archlint_workspace::waivers::{self, Waive};
use std::fmt::Write;

/// An edit of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced, in bytes; empty where something is put in.
    pub span: Span,
    /// What stands there afterwards, with the line endings of the document.
    pub text: String,
    /// The same as an editor's snippet, where there is something to fill in.
    pub snippet: Option<String>,
}

/// Sections that close a document: a new one goes before them.
const CLOSING: &[&str] = &[
    "references",
    "reference",
    "links",
    "appendix",
    "appendices",
    "glossary",
    "further reading",
    "change log",
    "changelog",
    "history",
    "revision history",
    "notes",
    "footnotes",
    "acknowledgements",
    "acknowledgments",
    "see also",
    "related documents",
    "bibliography",
    "more information",
    "resources",
];

/// What an empty section of a document is for a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fits {
    /// It is the section itself, to be filled.
    Itself,
    /// It is the one that the new section belongs into.
    Around,
}

/// The edit that puts a section in: `scaffold` is Markdown that begins with a heading of level 2;
/// `fits` tells what a section with the given heading, that says nothing yet, is for it; `near` is
/// where related things stand.
pub fn section(
    analysis: &Analysis,
    scaffold: &str,
    fits: impl Fn(&Heading) -> Option<Fits>,
    near: Option<usize>,
) -> Edit {
    let scaffold = scaffold.trim();
    if let Some((unfilled, level, fits)) = unfilled_section(analysis, fits) {
        let text = match fits {
            Fits::Itself => scaffold
                .split_once('\n')
                .map_or("", |(_, body)| body)
                .trim()
                .to_owned(),
            Fits::Around => at_level(scaffold, (level + 1).min(6)),
        };
        return put_in(analysis, unfilled, &text);
    }
    let level = top_level(analysis);
    let at = place(analysis, level, near);
    put_in(analysis, at..at, &at_level(scaffold, level))
}

/// Where the sections that answer questions of a group stand: the end of that with most of them.
pub fn near_group(analysis: &Analysis, group: &str) -> Option<usize> {
    let topics = analysis
        .rules()
        .topics
        .iter()
        .filter(|topic| topic.group == group);
    let answers = topics
        .filter_map(|topic| analysis.answer(&topic.id))
        .filter(|answer| answer.status == Status::Answered);
    let mut places: Vec<usize> = answers
        .filter_map(|answer| Some(answer.evidence.first()?.span.start))
        .collect();
    places.sort_unstable();
    // The middle one stands for most of them.
    places.get(places.len() / 2).copied()
}

/// Where text goes in a section that says nothing yet and fits, its level, and how it fits; one that
/// is the section itself before one around it. A mark such as `TBD` is replaced, what helps to write
/// the section stays in front.
fn unfilled_section(
    analysis: &Analysis,
    fits: impl Fn(&Heading) -> Option<Fits>,
) -> Option<(Span, u8, Fits)> {
    let document = analysis.document();
    let mut found = document.residue.iter().filter_map(|residue| {
        let section = document.sections.get(residue.section)?;
        let fits = fits(section.heading.as_ref()?)?;
        let end = section.span.end;
        let span = match residue.kind {
            ResidueKind::EmptySection | ResidueKind::OnlyComment | ResidueKind::Instruction => {
                Some(end..end)
            }
            ResidueKind::Tbd | ResidueKind::BareNotApplicable => mark(analysis, residue),
            ResidueKind::Placeholder => None,
        };
        Some((span?, section.level, fits))
    });
    let first = found.next()?;
    if first.2 == Fits::Itself {
        return Some(first);
    }
    let itself = found.find(|(_, _, fits)| *fits == Fits::Itself);
    Some(itself.unwrap_or(first))
}

/// A mark longer than this (in bytes) may say something that should not be lost.
const LONGEST_MARK: usize = 20;

/// The lines of a mark such as `TBD`, if there is nothing else in its section; behind them, if they
/// may say more than that the section is open.
fn mark(analysis: &Analysis, residue: &Residue) -> Option<Span> {
    let document = analysis.document();
    if document.has_children(residue.section) {
        return None;
    }
    let mut blocks = document
        .section_body_blocks(residue.section)
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Comment { .. }));
    let (block, None) = (blocks.next()?, blocks.next()) else {
        return None;
    };
    let length = document.block_text(block).trim().len();
    if length > document.source(&residue.span).trim().len() {
        return None;
    }
    let end = block.span.end;
    let start = analysis.line_span(analysis.line(block.span.start)).start;
    Some(if length > LONGEST_MARK { end } else { start }..end)
}

/// The heading's words in lower case, without a number in front.
pub fn plain(heading: &str) -> String {
    let text = heading.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    text.trim().to_lowercase().replace('-', " ")
}

/// The level of the document's main sections: that below the title.
fn top_level(analysis: &Analysis) -> u8 {
    let levels = || {
        let sections = analysis.document().sections.iter();
        sections
            .filter(|section| section.heading.is_some())
            .map(|section| section.level)
    };
    match levels().filter(|level| *level == 1).count() {
        0 => levels().min().unwrap_or(2),
        1 => levels().filter(|level| *level > 1).min().unwrap_or(2),
        _ => 1,
    }
}

/// The byte behind which a section of `level` goes: behind the main section around `near`, else at
/// the end, but before what closes the document.
fn place(analysis: &Analysis, level: u8, near: Option<usize>) -> usize {
    let document = analysis.document();
    let main = || {
        let sections = document
            .sections
            .iter()
            .filter(|section| section.heading.is_some());
        sections.filter(|section| section.level == level)
    };
    let title = analysis.title().map_or(0, |title| title.end);
    let around = near.and_then(|near| {
        main().find(|section| section.span.contains(&near) && section.span.start >= title)
    });
    let is_closing = |title: &str| CLOSING.contains(&plain(title).as_str());
    if let Some(section) = around
        && !section
            .heading
            .as_ref()
            .is_some_and(|heading| is_closing(&heading.text))
    {
        return section.span.end;
    }
    let closing = main()
        .rev()
        .take_while(|section| {
            section
                .heading
                .as_ref()
                .is_some_and(|heading| is_closing(&heading.text))
        })
        .last();
    closing.map_or(analysis.text().len(), |section| section.span.start)
}

/// The scaffold with its headings moved from level 2 to `level`.
fn at_level(scaffold: &str, level: u8) -> String {
    let mut text = String::new();
    let mut in_fence = false;
    for line in scaffold.lines() {
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        in_fence ^= line.trim_start().starts_with("```");
        if marks > 0 && !in_fence && line[marks..].starts_with(' ') {
            let marks = (marks + usize::from(level)).saturating_sub(2).clamp(1, 6);
            let title = line.trim_start_matches('#').trim();
            // Writing to a string does not fail.
            let _ = writeln!(text, "{} {title}", "#".repeat(marks));
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.trim_end().to_owned()
}

/// Puts blocks in the place of `replaced`, behind the block that ends before it, with an empty line
/// around them.
fn put_in(analysis: &Analysis, replaced: Span, blocks: &str) -> Edit {
    let text = analysis.text();
    let before = text.get(..replaced.start).unwrap_or(text);
    let front = analysis
        .document()
        .front_matter
        .as_ref()
        .map_or(0, |matter| matter.span.end);
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let at = before.trim_end().len().max(front).max(mark);
    let removed = text.get(at..replaced.end).unwrap_or_default();
    let end = at + removed.trim_end().len();
    let lead = if at > mark { "\n\n" } else { "" };
    let rest = text.get(end..).unwrap_or_default();
    let tail = match rest.trim_start_matches('\r').strip_prefix('\n') {
        _ if rest.is_empty() => "\n",
        None => "\n\n",
        // An empty line follows, or the end.
        Some(rest) if rest.is_empty() || rest.trim_start_matches(['\r', ' ']).starts_with('\n') => {
            ""
        }
        Some(_) => "\n",
    };
    let plain = format!("{lead}{blocks}{tail}");
    let snippet = with_stops(&plain);
    Edit {
        span: at..end,
        snippet: (snippet != escaped(&plain)).then(|| snippet.replace('\n', analysis.newline())),
        text: plain.replace('\n', analysis.newline()),
    }
}

/// What stands for the reason of a waiver until somebody writes it. It is not taken for one.
pub const REASON: &str = "<why it does not apply>";

/// The edit that waives a rule, with a reason or a place for one; `section` is where, `None`: for
/// the document.
pub fn waiver(analysis: &Analysis, rule: &str, reason: &str, section: Option<usize>) -> Edit {
    let document = analysis.document();
    let section = section.unwrap_or_else(|| {
        let is_title = document.sections.get(1).is_some_and(|first| {
            first.level == 1
                || document
                    .sections
                    .iter()
                    .skip(2)
                    .all(|other| other.level > first.level)
        });
        usize::from(is_title)
    });
    let at = waivers::insertion_point(document, section);
    let text = analysis.text();
    let is_behind_line = at > 0 && text.get(..at).is_some_and(|before| before.ends_with('\n'));
    let is_start = at == 0 || (at == 3 && text.starts_with('\u{feff}'));
    let lead = match (is_start, is_behind_line) {
        (true, _) => "",
        (false, true) => "\n",
        (false, false) => "\n\n",
    };
    let rest = text.get(at..).unwrap_or_default();
    let is_apart = rest.is_empty() || rest.starts_with(['\n', '\r']);
    let tail = if is_apart { "\n" } else { "\n\n" };
    let comment = Waive::new(rule, if reason.is_empty() { REASON } else { reason }).comment();
    let plain = format!("{lead}{comment}{tail}");
    let snippet = reason.is_empty().then(|| {
        // With its brackets: without them it would be taken for a reason before one is written.
        let stop = format!("${{1:{}}}", escaped(REASON));
        escaped(&plain)
            .replacen(&escaped(REASON), &stop, 1)
            .replace('\n', analysis.newline())
    });
    Edit {
        span: at..at,
        text: plain.replace('\n', analysis.newline()),
        snippet,
    }
}

/// Text in which nothing means anything to a snippet.
pub fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '$' | '}') {
            result.push('\\');
        }
        result.push(character);
    }
    result
}

/// The text as a snippet in which every `<placeholder>` is a place to stop at.
pub fn with_stops(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    let mut number = 0;
    while let Some(start) = rest.find('<') {
        let Some(length) = rest[start..].find('>') else {
            break;
        };
        let inner = &rest[start + 1..start + length];
        let is_placeholder = inner.starts_with(char::is_alphabetic) && !inner.contains(['\n', '<']);
        if is_placeholder {
            number += 1;
            let _ = write!(
                result,
                "{}${{{number}:{}}}",
                escaped(&rest[..start]),
                escaped(&rest[start..=start + length])
            );
        } else {
            result.push_str(&escaped(&rest[..=start + length]));
        }
        rest = &rest[start + length + 1..];
    }
    result + &escaped(rest)
}
