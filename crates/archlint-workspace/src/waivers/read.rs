//! The waivers of a document, from its comments and its front matter.

use super::directive::{SyntaxError, Waive, is_date, is_pattern, parse};
use archlint_document::{Document, Field, Span};
use serde_json::Value;

/// A waiver and where it stands. Spans are bytes of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The comment, or the entry of the front matter.
    pub span: Span,
    /// What it says.
    pub waive: Waive,
    /// The section that it is for; `None`: the whole document.
    pub section: Option<usize>,
}

/// What a document waives, and what looks like it but cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waivers {
    /// In the order of the document.
    pub waivers: Vec<Waiver>,
    /// Directives and entries that cannot be read; spans are bytes of the document.
    pub mistakes: Vec<SyntaxError>,
}

/// Reads the waivers of a document.
pub fn read(document: &Document) -> Waivers {
    let mut waivers = Waivers::default();
    let fields = document
        .front_matter
        .iter()
        .flat_map(|matter| &matter.fields);
    for field in fields.filter(|field| field.key.eq_ignore_ascii_case("archlint")) {
        from_field(document, field, &mut waivers);
    }
    for directive in document.directives.iter().take(MOST_DIRECTIVES) {
        let at = directive.text_span.start;
        match parse(&directive.text) {
            Ok(waive) => waivers.waivers.push(Waiver {
                span: directive.span.clone(),
                waive: moved(waive, at),
                section: scope(document, directive.section, directive.span.start),
            }),
            Err(error) => waivers.mistakes.push(SyntaxError {
                span: error.span.start + at..error.span.end + at,
                ..error
            }),
        }
    }
    if let Some(more) = document.directives.get(MOST_DIRECTIVES) {
        waivers.mistakes.push(SyntaxError {
            span: more.span.clone(),
            message: format!("only the first {MOST_DIRECTIVES} directives of a document are read"),
            help: "waive a group (`group/*`), or switch rules off in archlint.toml".to_owned(),
        });
    }
    waivers.waivers.truncate(2 * MOST_DIRECTIVES);
    waivers
}

/// Each waiver is held against all findings: this keeps the time linear.
const MOST_DIRECTIVES: usize = 1_000;

/// The section that a directive is for. One before the first heading or under the title is for the
/// document.
fn scope(document: &Document, section: usize, offset: usize) -> Option<usize> {
    if section == 0 {
        return None;
    }
    let own = document.sections.get(section)?;
    let is_only_of_its_level = || {
        document
            .sections
            .iter()
            .skip(2)
            .all(|other| other.level > own.level)
    };
    // Of several headings of level 1 the first is a title to those who write directly under it.
    let is_directly_below = || {
        let heading = own.heading.as_ref().map_or(0, |heading| heading.span.end);
        own.level == 1
            && document
                .blocks
                .get(own.own_blocks.clone())
                .unwrap_or_default()
                .iter()
                .all(|block| {
                    !block.is_text() || block.span.start < heading || block.span.start > offset
                })
    };
    if section == 1 && (is_only_of_its_level() || is_directly_below()) {
        return None;
    }
    Some(section)
}

fn moved(waive: Waive, by: usize) -> Waive {
    let span = |span: Span| span.start + by..span.end + by;
    Waive {
        rules: waive
            .rules
            .into_iter()
            .map(|(rule, at)| (rule, span(at)))
            .collect(),
        until: waive.until.map(|(date, at)| (date, span(at))),
        reason: waive.reason.map(|(reason, at)| (reason, span(at))),
    }
}

/// `archlint: { waive: ... }`: a mapping of rules to reasons, or a list.
fn from_field(document: &Document, field: &Field, waivers: &mut Waivers) {
    let mut finder = Finder {
        text: document.source(&field.value_span),
        start: field.value_span.start,
        at: 0,
        searches: 0,
        whole: field.key_span.start..field.value_span.end.max(field.key_span.end),
    };
    let Value::Object(map) = &field.value else {
        return waivers.mistakes.push(mistake(
            finder.whole,
            "`archlint` in the front matter must be a mapping",
        ));
    };
    for (key, value) in map {
        if key != "waive" {
            let span = finder.find(key);
            waivers.mistakes.push(SyntaxError {
                span,
                message: format!("`{key}` is not a key that archlint knows here"),
                help: "the key is `waive`".to_owned(),
            });
            continue;
        }
        match value {
            Value::Object(entries) => {
                for (rule, said) in entries {
                    let span = finder.find(rule);
                    entry(rule, said, span, &mut finder, waivers);
                }
            }
            Value::Array(entries) => {
                for said in entries {
                    list_entry(said, &mut finder, waivers);
                }
            }
            Value::String(text) => {
                let span = finder.find(text);
                directive_text(text, span, waivers);
            }
            _ => waivers.mistakes.push(mistake(
                finder.find("waive"),
                "`waive` must be a mapping of rules to reasons, or a list",
            )),
        }
    }
}

/// One entry of the list form: `- group/rule: reason`, `- "group/rule until 2027-01-01: reason"`,
/// or `- { rule: group/rule, reason: ..., until: ... }`.
fn list_entry(said: &Value, finder: &mut Finder<'_>, waivers: &mut Waivers) {
    match said {
        Value::String(text) => {
            let span = finder.find(text);
            directive_text(text, span, waivers);
        }
        Value::Object(fields) => match fields.get("rule").and_then(Value::as_str) {
            Some(rule) => {
                let span = finder.find(rule);
                entry(rule, said, span, finder, waivers);
            }
            None => {
                for (rule, said) in fields {
                    let span = finder.find(rule);
                    entry(rule, said, span, finder, waivers);
                }
            }
        },
        _ => waivers.mistakes.push(mistake(
            finder.whole.clone(),
            "an entry of `waive` must name a rule and a reason",
        )),
    }
}

fn directive_text(text: &str, span: Span, waivers: &mut Waivers) {
    match parse(&format!("waive {text}")) {
        Ok(waive) => {
            // Places inside of a YAML string are not known: quotes and escapes may stand there.
            let here = |(text, _): (String, Span)| (text, span.clone());
            let waive = Waive {
                rules: waive.rules.into_iter().map(here).collect(),
                until: waive.until.map(here),
                reason: waive.reason.map(here),
            };
            waivers.waivers.push(Waiver {
                span: span.clone(),
                waive,
                section: None,
            });
        }
        Err(error) => waivers.mistakes.push(SyntaxError { span, ..error }),
    }
}

fn entry(rule: &str, said: &Value, span: Span, finder: &mut Finder<'_>, waivers: &mut Waivers) {
    if !is_pattern(rule) {
        return waivers
            .mistakes
            .push(mistake(span, &format!("`{rule}` is not the id of a rule")));
    }
    let text = |key: &str| said.get(key).and_then(Value::as_str);
    let (reason, until) = match said {
        Value::String(reason) => (Some(reason.as_str()), None),
        Value::Object(_) => (text("reason"), text("until")),
        Value::Null => (None, None),
        _ => {
            let message = format!("the reason for waiving `{rule}` must be a text");
            return waivers.mistakes.push(mistake(span, &message));
        }
    };
    let until = until.map(|date| (date.to_owned(), finder.find(date)));
    if let Some((date, place)) = &until
        && !is_date(date)
    {
        let message = format!("`{date}` is not a date, YYYY-MM-DD");
        return waivers.mistakes.push(mistake(place.clone(), &message));
    }
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    waivers.waivers.push(Waiver {
        span: span.clone(),
        waive: Waive {
            rules: vec![(rule.to_owned(), span.clone())],
            until,
            reason: reason.map(|reason| (reason.to_owned(), span)),
        },
        section: None,
    });
}

fn mistake(span: Span, message: &str) -> SyntaxError {
    SyntaxError {
        span,
        message: message.to_owned(),
        help: "write `archlint: { waive: { \"group/rule\": \"why it does not apply\" } }`"
            .to_owned(),
    }
}

/// Finds values of the front matter in its source: the YAML reader gives no places inside a field.
struct Finder<'t> {
    text: &'t str,
    start: usize,
    at: usize,
    /// How often the text was searched from its start.
    searches: usize,
    whole: Span,
}

/// Nobody writes more entries out of order than this; it keeps the time linear.
const MOST_SEARCHES: usize = 500;

impl Finder<'_> {
    /// The next place of `needle`, or the whole field when it is not written as it reads.
    fn find(&mut self, needle: &str) -> Span {
        let after = self.text.get(self.at..).and_then(|rest| rest.find(needle));
        // A mapping need not come in the order written.
        let mut found = after.map(|at| self.at + at);
        if found.is_none() && self.searches < MOST_SEARCHES {
            self.searches += 1;
            found = self.text.find(needle);
        }
        match found {
            Some(at) if !needle.is_empty() => {
                self.at = at + needle.len();
                self.start + at..self.start + at + needle.len()
            }
            _ => self.whole.clone(),
        }
    }
}
