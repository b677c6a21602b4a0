//! Compiling what is otherwise compiled at first use, to find its errors when a pack is loaded.

use crate::error::{PackError, did_you_mean, inside};
use crate::lazy::{compile_query, compile_regex};
use crate::merge::Pack;
use crate::table::Errors;
use crate::{LazyQuery, LazyRegex};
use tree_sitter::QueryErrorKind;

/// Checks all regular expressions and queries of `pack`.
pub(crate) fn check(pack: &Pack, texts: &[&str], errors: &Errors) {
    for pattern in &pack.patterns {
        if let Some(regex) = &pattern.regex {
            check_regex(regex, texts, errors);
        }
    }
    for structure in &pack.structures {
        if let Some(query) = &structure.query {
            check_query(query, texts, errors);
        }
        if let Some(needs) = &structure.needs {
            check_regex(needs, texts, errors);
        }
    }
}

fn check_regex(regex: &LazyRegex, texts: &[&str], errors: &Errors) {
    let Err(error) = compile_regex(regex.as_str()) else {
        return;
    };
    let (range, message) = match &error {
        regex::Error::CompiledTooBig(_) => (
            0..regex.as_str().len(),
            "the expression is too large".to_string(),
        ),
        other => syntax_error(regex.as_str(), &other.to_string()),
    };
    errors.borrow_mut().push(
        PackError::at(
            inside(texts, &regex.source, range),
            format!("not a regular expression: {message}"),
        )
        .help("expressions are those of Rust's `regex` crate: no look-around, no back-references"),
    );
}

/// Place and message of an error that the `regex` crate gives as a drawing: the line after the
/// expression points at the place with `^`.
fn syntax_error(pattern: &str, drawing: &str) -> (std::ops::Range<usize>, String) {
    let message = drawing
        .lines()
        .rev()
        .find_map(|line| line.trim().strip_prefix("error: "))
        .unwrap_or(drawing)
        .to_string();
    let caret = drawing.lines().find_map(|line| {
        let at = line.find('^')?;
        line.trim().bytes().all(|b| b == b'^').then(|| {
            let width = line[at..].trim_end().len();
            (at, width)
        })
    });
    // The drawing is indented by four; a pattern of several lines is drawn with line numbers.
    match caret {
        Some((at, width)) if at >= 4 && !pattern.contains('\n') => {
            let mut ends = pattern.char_indices().map(|(i, _)| i).skip(at - 4);
            let start = ends.next().unwrap_or(pattern.len());
            let end = pattern[start..]
                .char_indices()
                .nth(width)
                .map_or(pattern.len(), |(i, _)| start + i);
            (start..end, message)
        }
        _ => (0..pattern.len(), message),
    }
}

fn check_query(query: &LazyQuery, texts: &[&str], errors: &Errors) {
    let Err(error) = compile_query(query.as_str()) else {
        return;
    };
    let text = query.as_str();
    let start = error.offset.min(text.len());
    let name_len = text
        .get(start..)
        .unwrap_or_default()
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b == b'-' || *b == b'.')
        .count();
    let range = start..(start + name_len.max(1)).min(text.len());
    let name = text.get(range.clone()).unwrap_or_default();
    let language: tree_sitter::Language = tree_sitter_md::LANGUAGE.into();
    let (message, known): (String, Vec<&str>) = match error.kind {
        QueryErrorKind::NodeType => (
            format!("the Markdown block grammar has no node `{name}`"),
            (0..language.node_kind_count() as u16)
                .filter(|&id| language.node_kind_is_named(id))
                .filter_map(|id| language.node_kind_for_id(id))
                .collect(),
        ),
        QueryErrorKind::Field => (
            format!("the Markdown block grammar has no field `{name}`"),
            (1..=language.field_count() as u16)
                .filter_map(|id| language.field_name_for_id(id))
                .collect(),
        ),
        QueryErrorKind::Capture => (format!("the query captures nothing as `{name}`"), vec![]),
        QueryErrorKind::Predicate => (
            error.message.lines().next().unwrap_or_default().to_string(),
            vec![],
        ),
        QueryErrorKind::Structure => ("this can never match in Markdown".to_string(), vec![]),
        QueryErrorKind::Syntax | QueryErrorKind::Language => {
            ("it cannot be read from here on".to_string(), vec![])
        }
    };
    let help = did_you_mean(name, known)
        .unwrap_or_else(|| "try it in Neovim: `:InspectTree`, then `:EditQuery`".to_string());
    errors.borrow_mut().push(
        PackError::at(
            inside(texts, &query.source, range),
            format!("not a tree-sitter query: {message}"),
        )
        .help(help),
    );
}
