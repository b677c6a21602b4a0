//! What may be written at a place: headings for open questions, rule ids in directives, fields of
//! the front matter, links to other decisions.

use super::fields::FIELDS;
use super::insert::{escaped, with_stops};
use super::links;
use super::texts::rule_text;
use crate::analysis::Analysis;
use archlint_document::Span;
use archlint_review::Status;
use archlint_workspace::waivers::{Expected, expected_at};

/// Something to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What the list shows.
    pub label: String,
    /// A remark beside it.
    pub detail: String,
    /// What is replaced.
    pub span: Span,
    /// What is written, as plain text.
    pub text: String,
    /// The same as a snippet, where there is something to fill in.
    pub snippet: Option<String>,
    /// What it is.
    pub kind: ItemKind,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// A section with its text.
    Section,
    /// A rule's id.
    Rule,
    /// A word that means something here.
    Keyword,
    /// A key of the front matter.
    Key,
    /// A value of the front matter.
    Value,
    /// Another file.
    File,
}

/// What may be written at a byte, the likeliest first.
pub fn completions(analysis: &Analysis, offset: usize) -> Vec<Item> {
    let line = analysis.line_span(analysis.line(offset));
    let Some(before) = analysis
        .text()
        .get(line.start..offset.clamp(line.start, line.end))
    else {
        return Vec::new();
    };
    if let Some(at) = directive(before) {
        return in_directive(analysis, &before[at..], line.start + at);
    }
    let matter = analysis.document().front_matter.as_ref();
    if matter.is_some_and(|matter| matter.span.start < offset && offset < matter.span.end) {
        return in_front_matter(analysis, before, line);
    }
    if before.starts_with('#') {
        return headings(analysis, before, line);
    }
    match before.rfind("](") {
        Some(at) if !before[at..].contains(')') => files(analysis, &before[at + 2..], offset),
        _ => Vec::new(),
    }
}

/// Where the text of a directive begins that is being written on this line.
fn directive(before: &str) -> Option<usize> {
    let open = before.rfind("<!--")?;
    let inner = &before[open + 4..];
    let name = inner.trim_start().strip_prefix("archlint:")?;
    (!inner.contains("-->")).then_some(before.len() - name.len())
}

fn in_directive(analysis: &Analysis, written: &str, start: usize) -> Vec<Item> {
    let item = |span: Span, text: String, detail: String, kind: ItemKind| Item {
        label: text.clone(),
        detail,
        span: start + span.start..start + span.end,
        text,
        snippet: None,
        kind,
    };
    match expected_at(written, written.len()) {
        Expected::Verb(span) => {
            let lead = if written[..span.start].is_empty() {
                " "
            } else {
                ""
            };
            let mut verb = item(
                span,
                "waive".to_owned(),
                "waives a rule, with a reason".to_owned(),
                ItemKind::Keyword,
            );
            verb.text = format!("{lead}waive ");
            vec![verb]
        }
        Expected::Rule(span) => {
            // What is reported here is likelier to be meant than what is not.
            let reported: Vec<&str> = analysis
                .findings()
                .iter()
                .map(|f| f.rule.as_str())
                .collect();
            let mut known: Vec<&String> = analysis.config.known.iter().collect();
            known.sort_by_key(|id| !reported.contains(&id.as_str()));
            let rules = known.into_iter().filter(|id| !id.starts_with("waiver/"));
            let detail = |id: &str| {
                rule_text(analysis, id)
                    .map_or("", |rule| rule.title)
                    .to_owned()
            };
            rules
                .map(|id| item(span.clone(), id.clone(), detail(id), ItemKind::Rule))
                .collect()
        }
        Expected::Date(_) | Expected::Reason => Vec::new(),
    }
}

fn in_front_matter(analysis: &Analysis, before: &str, line: Span) -> Vec<Item> {
    let item = |label: &str, text: String, detail: &str, span: Span, kind: ItemKind| Item {
        label: label.to_owned(),
        detail: detail.to_owned(),
        span,
        text,
        snippet: None,
        kind,
    };
    let end = line.start + before.len();
    if let Some((key, value)) = before.split_once(':') {
        let field = FIELDS.iter().find(|field| {
            field
                .keys
                .iter()
                .any(|known| known.eq_ignore_ascii_case(key.trim()))
        });
        let written = value.trim_start();
        let lead = if value.is_empty() { " " } else { "" };
        let values = field.map_or(&[][..], |field| field.values);
        return values
            .iter()
            .map(|value| {
                item(
                    value,
                    format!("{lead}{value}"),
                    "",
                    end - written.len()..end,
                    ItemKind::Value,
                )
            })
            .collect();
    }
    if before.starts_with([' ', '\t', '-']) {
        return Vec::new();
    }
    let document = analysis.document();
    FIELDS
        .iter()
        .filter(|field| !field.keys.iter().any(|key| document.field(key).is_some()))
        .filter_map(|field| Some((field.keys.first()?, field.meaning)))
        .map(|(key, meaning)| {
            item(
                key,
                format!("{key}: "),
                meaning,
                line.start..end,
                ItemKind::Key,
            )
        })
        .collect()
}

/// Sections for the questions that are open, those that are reported first.
fn headings(analysis: &Analysis, before: &str, line: Span) -> Vec<Item> {
    let marks = before.bytes().take_while(|byte| *byte == b'#').count();
    if marks > 6 || before[marks..].chars().next().is_some_and(|c| c != ' ') {
        return Vec::new();
    }
    let answers = analysis.reviewed.review.answers.iter();
    let is_reported = |rule: &str| analysis.findings().iter().any(|it| it.rule == rule);
    let mut open: Vec<_> = answers
        .filter(|it| (it.asked || is_reported(&it.rule)) && it.status < Status::Answered)
        .collect();
    open.sort_by(|a, b| b.open_probability.total_cmp(&a.open_probability));
    let items = open.into_iter().filter_map(|answer| {
        let topic = analysis.topic(&answer.rule)?;
        let (heading, body) = topic.scaffold.trim().split_once('\n')?;
        let name = heading.trim_start_matches('#').trim();
        let text = format!("{} {name}\n{body}", "#".repeat(marks));
        let snippet = with_stops(&text);
        Some(Item {
            label: format!("{} {name}", "#".repeat(marks)),
            detail: topic.question.clone(),
            span: line.start..line.start + before.len(),
            snippet: (snippet != escaped(&text)).then_some(snippet),
            text,
            kind: ItemKind::Section,
        })
    });
    items.collect()
}

fn files(analysis: &Analysis, written: &str, offset: usize) -> Vec<Item> {
    let Some(file) = analysis.file() else {
        return Vec::new();
    };
    let Some(folder) = file.parent() else {
        return Vec::new();
    };
    let start = offset - written.len();
    let others = links::decisions(folder)
        .into_iter()
        .filter(|other| other != file);
    let items = others.filter_map(|other| {
        let name = other.file_name()?.to_str()?.to_owned();
        Some(Item {
            text: name.replace(' ', "%20"),
            detail: title(&other),
            label: name,
            span: start..offset,
            snippet: None,
            kind: ItemKind::File,
        })
    });
    items.collect()
}

/// The first heading of a file, read from its beginning.
fn title(file: &std::path::Path) -> String {
    use std::io::Read;
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file);
    // What cannot be read has no title to show.
    let _ = opened.and_then(|file| file.take(4096).read_to_end(&mut bytes));
    let document = archlint_document::parse(&String::from_utf8_lossy(&bytes));
    document.title().to_owned()
}
