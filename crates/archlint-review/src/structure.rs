//! Running `[[structure]]` rules: tree-sitter queries over the block tree, and built-in checks.

use crate::adr::{self, Fields, Hit};
use crate::{Finding, Passage};
use archlint_document::{Document, Span};
use archlint_rules::{Check, Expect, Kind, Rules, Structure};
use std::cell::OnceCell;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};
use tree_sitter::{
    ParseOptions, ParseState, Parser, QueryCursor, QueryCursorOptions, QueryCursorState,
    StreamingIterator, Tree,
};

/// Longer documents have no block tree: it takes 50 times their size in memory.
const MAX_BYTES: usize = 2 << 20;
/// The time that parsing, and each query, may take before it is given up.
const MAX_TIME: Duration = Duration::from_secs(1);
/// A query reports at most this many places in a document.
const MAX_MATCHES: usize = 100;

/// Findings of all structure rules that apply to documents of `kind`, in the order of the rules.
/// `record` is what the document says about itself, when that was read before. A document that is too
/// long or too deep for a block tree gets no findings of queries.
pub fn findings(
    document: &Document,
    record: Option<&Fields>,
    rules: &Rules,
    kind: Kind,
) -> Vec<Finding> {
    let mut tree: Option<Option<Tree>> = None;
    // Read only when a rule asks for it: for a long design it takes time.
    let own_record = OnceCell::new();
    let mut findings = Vec::new();
    for rule in rules
        .structures
        .iter()
        .filter(|rule| rule.kinds.contains(&kind))
    {
        let hits = match (rule.check, &rule.query) {
            (Some(check), _) => {
                let read = || own_record.get_or_init(|| adr::fields(document));
                adr::check(check, document, record.unwrap_or_else(read))
            }
            (None, Some(_)) if !is_tried(rule, &document.text) => Vec::new(),
            (None, Some(_)) => {
                let tree = tree.get_or_insert_with(|| block_tree(&document.text, None));
                tree.as_ref()
                    .map_or_else(Vec::new, |tree| run_query(document, tree, rule))
            }
            (None, None) => Vec::new(),
        };
        findings.extend(hits.into_iter().map(|hit| finding(document, rule, hit)));
    }
    findings
}

/// Whether a rule fires on a text alone, for the rules' own examples.
pub fn fires(rule: &Structure, document: &Document) -> bool {
    if rule.check == Some(Check::Folder) {
        return false;
    }
    match rule.check {
        Some(check) => !adr::check(check, document, &adr::fields(document)).is_empty(),
        None if !is_tried(rule, &document.text) => false,
        None => block_tree(&document.text, None)
            .is_some_and(|tree| !run_query(document, &tree, rule).is_empty()),
    }
}

/// Whether a rule's query is worth compiling and parsing for.
fn is_tried(rule: &Structure, text: &str) -> bool {
    let needs = rule.needs.as_ref().and_then(|needs| needs.get());
    needs.is_none_or(|needs| needs.is_match(text))
}

/// The tree of `text` by the Markdown block grammar, `None` when the text is longer than 2 MB or
/// takes longer than a second. `old` is the tree of an earlier version, edited to fit.
pub fn block_tree(text: &str, old: Option<&Tree>) -> Option<Tree> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_md::LANGUAGE.into()).ok()?;
    let until = Instant::now() + MAX_TIME;
    let mut watch = |_: &ParseState| stop_at(until);
    let mut read = |at: usize, _| text.as_bytes().get(at..).unwrap_or_default();
    let options = ParseOptions::new().progress_callback(&mut watch);
    parser.parse_with_options(&mut read, old, Some(options))
}

fn stop_at(until: Instant) -> ControlFlow<()> {
    if Instant::now() > until {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

fn run_query(document: &Document, tree: &Tree, rule: &Structure) -> Vec<Hit> {
    let Some(query) = rule.query.as_ref().and_then(|query| query.get()) else {
        return Vec::new();
    };
    let here = query.capture_index_for_name("here");
    let until = Instant::now() + MAX_TIME;
    let mut stopped = false;
    let mut watch = |_: &QueryCursorState| {
        let flow = stop_at(until);
        stopped |= flow.is_break();
        flow
    };
    let mut cursor = QueryCursor::new();
    cursor.set_match_limit(10_000);
    let options = QueryCursorOptions::new().progress_callback(&mut watch);
    let mut places: Vec<Span> = Vec::new();
    let mut matched = false;
    let mut matches =
        cursor.matches_with_options(query, tree.root_node(), document.text.as_bytes(), options);
    while let Some(found) = matches.next() {
        matched = true;
        if rule.expect == Expect::Match || places.len() >= MAX_MATCHES {
            break;
        }
        let captures = found.captures();
        let place = captures
            .iter()
            .find(|capture| Some(capture.index) == here)
            .or(captures.first())
            .map_or(tree.root_node(), |capture| capture.node);
        places.push(first_line(document, place.byte_range()));
    }
    drop(matches);
    match rule.expect {
        Expect::NoMatch => {
            places.sort_by_key(|span| (span.start, span.end));
            places.dedup();
            places
                .into_iter()
                .map(|span| Hit::new(span, String::new()))
                .collect()
        }
        // What was given up on may still have matched.
        Expect::Match if matched || stopped => Vec::new(),
        Expect::Match => vec![Hit::new(start(document), String::new())],
    }
}

/// The visible part of the first line of a node, which ends at the next line's first column.
fn first_line(document: &Document, span: Span) -> Span {
    let text = document.source(&span);
    let lead = text.len() - text.trim_start().len();
    let line = text
        .trim_start()
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end();
    span.start + lead..span.start + lead + line.len()
}

/// Where something is reported that is nowhere: the first heading, else the first line.
fn start(document: &Document) -> Span {
    let heading = document
        .sections
        .iter()
        .find_map(|section| section.heading.as_ref());
    let block = document.blocks.first();
    heading
        .map(|heading| &heading.span)
        .or(block.map(|block| &block.span))
        .map_or(0..0, |span| first_line(document, span.clone()))
}

fn finding(document: &Document, rule: &Structure, hit: Hit) -> Finding {
    let related = hit
        .related
        .into_iter()
        .map(|span| Passage {
            reason: format!("“{}”", excerpt(document.source(&span))),
            span,
        })
        .collect();
    Finding {
        rule: rule.id.text.clone(),
        question: None,
        severity: hit.severity.unwrap_or(rule.severity),
        message: rule.message.clone(),
        label: if hit.label.is_empty() {
            rule.title.to_lowercase()
        } else {
            hit.label
        },
        help: rule.help.clone(),
        span: hit.span,
        related,
        confidence: 1.0,
    }
}

/// At most 60 characters of the first line of `text`.
fn excerpt(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    let mut cut: String = line.chars().take(60).collect();
    if cut.len() < line.len() {
        cut.push('…');
    }
    cut
}
