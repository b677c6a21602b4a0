//! From plain data to the protocol's types and back.

use super::capabilities::{Client, Snippets};
use crate::analysis::Analysis;
use crate::features::actions::{Action, FileEdits};
use crate::features::diagnostics::{Diagnostic, diagnostics};
use crate::features::insert::Edit;
use crate::features::texts::page;
use crate::folders::BrokenFile;
use crate::text;
use archlint_document::{Encoding, LineIndex, Span};
use archlint_review::Severity;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tower_lsp::lsp_types as lsp;
use tower_lsp::lsp_types::Url;

const SOURCE: &str = "archlint";

/// The file that a URI names, if it names one.
pub fn file(uri: &Url) -> Option<PathBuf> {
    (uri.scheme() == "file")
        .then(|| uri.to_file_path().ok())
        .flatten()
}

/// The URI of a file; of a path that is not absolute there is none.
pub fn uri(file: &Path) -> Option<Url> {
    Url::from_file_path(file).ok()
}

/// A text with its lines, to convert places in it.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    text: &'a str,
    lines: &'a LineIndex,
    encoding: Encoding,
}

impl<'a> Places<'a> {
    /// Those of a document.
    pub fn of(analysis: &'a Analysis, encoding: Encoding) -> Self {
        Places::new(analysis.text(), analysis.lines(), encoding)
    }

    /// Those of any text; `lines` are its own.
    pub fn new(text: &'a str, lines: &'a LineIndex, encoding: Encoding) -> Self {
        Places {
            text,
            lines,
            encoding,
        }
    }

    /// A place for the editor.
    pub fn position(&self, offset: usize) -> lsp::Position {
        let position = text::position(self.lines, self.text, offset, self.encoding);
        // A text with more lines than that cannot be held.
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        lsp::Position::new(short(position.line), short(position.column))
    }

    /// A passage for the editor.
    pub fn range(&self, span: &Span) -> lsp::Range {
        lsp::Range::new(self.position(span.start), self.position(span.end))
    }

    /// The byte of a place that the editor names.
    pub fn offset(&self, position: lsp::Position) -> usize {
        let position = archlint_document::Position {
            line: position.line as usize,
            column: position.character as usize,
        };
        text::offset(self.lines, self.text, position, self.encoding)
    }

    /// The bytes of a passage that the editor names.
    pub fn span(&self, range: lsp::Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        start.min(end)..start.max(end)
    }
}

/// All findings of a document.
pub fn findings(analysis: &Analysis, client: &Client) -> Vec<lsp::Diagnostic> {
    let places = Places::of(analysis, client.encoding);
    let uri = Url::parse(&analysis.uri).ok();
    let convert = |found: Diagnostic| diagnostic(found, places, uri.as_ref(), client);
    diagnostics(analysis).into_iter().map(convert).collect()
}

fn diagnostic(
    found: Diagnostic,
    places: Places<'_>,
    uri: Option<&Url>,
    client: &Client,
) -> lsp::Diagnostic {
    let related = uri
        .filter(|_| client.related && !found.related.is_empty())
        .map(|uri| {
            let related = found.related.iter();
            let related = related.map(|(span, reason)| lsp::DiagnosticRelatedInformation {
                location: lsp::Location::new(uri.clone(), places.range(span)),
                message: reason.clone(),
            });
            related.collect()
        });
    let href = page(&found.code).and_then(|page| Url::parse(&page).ok());
    lsp::Diagnostic {
        range: places.range(&found.span),
        severity: Some(severity(found.severity)),
        code_description: href
            .filter(|_| client.code_links)
            .map(|href| lsp::CodeDescription { href }),
        code: Some(lsp::NumberOrString::String(found.code)),
        source: Some(SOURCE.to_owned()),
        message: found.message,
        related_information: related,
        tags: (client.tags && found.is_unneeded).then(|| vec![lsp::DiagnosticTag::UNNECESSARY]),
        data: None,
    }
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Info => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

/// The mistakes of a configuration file or rule pack.
pub fn mistakes(broken: &BrokenFile, encoding: Encoding) -> Vec<lsp::Diagnostic> {
    let lines = LineIndex::new(&broken.text);
    let places = Places::new(&broken.text, &lines, encoding);
    let mistakes = broken.mistakes.iter();
    let mistakes = mistakes.map(|mistake| lsp::Diagnostic {
        range: places.range(&mistake.span),
        severity: Some(lsp::DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: mistake.message.clone(),
        ..lsp::Diagnostic::default()
    });
    mistakes.collect()
}

/// A code action as JSON: `diagnostics` are those of the document, by finding.
pub fn action(
    action: &Action,
    analysis: &Analysis,
    diagnostics: &[lsp::Diagnostic],
    client: &Client,
) -> Value {
    let kind = if action.is_fix_all {
        "source.fixAll.archlint"
    } else {
        "quickfix"
    };
    let mut value = json!({ "title": action.title, "kind": kind });
    if let Some(diagnostic) = action.finding.and_then(|at| diagnostics.get(at)) {
        value["diagnostics"] = json!([diagnostic]);
    }
    if action.is_preferred {
        value["isPreferred"] = json!(true);
    }
    if let Some(rule) = &action.explain {
        value["command"] = json!({
            "title": action.title,
            "command": "archlint.explain",
            "arguments": [{ "uri": analysis.uri, "rule": rule }],
        });
    } else {
        value["edit"] = edits(&action.changes, analysis, client, client.snippets);
    }
    value
}

/// A workspace edit as JSON.
pub fn edits(
    changes: &[FileEdits],
    analysis: &Analysis,
    client: &Client,
    snippets: Snippets,
) -> Value {
    let mut parts: Vec<(Value, Value, Vec<Value>)> = Vec::new();
    for change in changes {
        match &change.file {
            None => {
                let places = Places::of(analysis, client.encoding);
                let edits = change
                    .edits
                    .iter()
                    .map(|one| edit(one, places, snippets))
                    .collect();
                parts.push((json!(analysis.uri), json!(analysis.version), edits));
            }
            Some(file) => {
                let Some(other) = analysis.other(file) else {
                    continue;
                };
                let (uri, version) = match &other.open {
                    Some((uri, version)) => (json!(uri), json!(version)),
                    None => match uri(file) {
                        Some(uri) => (json!(uri), Value::Null),
                        None => continue,
                    },
                };
                let places = Places::new(&other.document.text, &other.lines, client.encoding);
                let edits = change
                    .edits
                    .iter()
                    .map(|one| edit(one, places, Snippets::None));
                parts.push((uri, version, edits.collect()));
            }
        }
    }
    if client.document_changes {
        let changes: Vec<Value> = parts
            .into_iter()
            .map(|(uri, version, edits)| {
                json!({ "textDocument": { "uri": uri, "version": version }, "edits": edits })
            })
            .collect();
        json!({ "documentChanges": changes })
    } else {
        let changes: serde_json::Map<String, Value> = parts
            .into_iter()
            .map(|(uri, _, edits)| (uri.as_str().unwrap_or_default().to_owned(), json!(edits)))
            .collect();
        json!({ "changes": changes })
    }
}

fn edit(edit: &Edit, places: Places<'_>, snippets: Snippets) -> Value {
    let range = places.range(&edit.span);
    match (&edit.snippet, snippets) {
        (Some(snippet), Snippets::Standard) => {
            json!({ "range": range, "snippet": { "kind": "snippet", "value": snippet } })
        }
        (Some(snippet), Snippets::Extension) => {
            json!({ "range": range, "newText": snippet, "insertTextFormat": 2 })
        }
        _ => json!({ "range": range, "newText": edit.text }),
    }
}
