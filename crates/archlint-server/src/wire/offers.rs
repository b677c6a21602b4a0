//! Answers to requests about one document, in the protocol's types.

use super::capabilities::Client;
use super::convert::{self, Places};
use crate::analysis::Analysis;
use crate::features::completion::{self, ItemKind};
use crate::features::structure::{self, Trees};
use crate::features::{hover as hovering, lens, links as linking};
use archlint_document::LineIndex;
use archlint_workspace::{Outcome, Reviewed};
use serde_json::{Value, json};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use tower_lsp::lsp_types::*;

/// What is said of a place.
pub fn hover(analysis: &Analysis, at: Position, can: &Client) -> Option<Hover> {
    let places = Places::of(analysis, can.encoding);
    let said = hovering::hover(analysis, places.offset(at))?;
    let kind = if can.markdown {
        MarkupKind::Markdown
    } else {
        MarkupKind::PlainText
    };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind,
            value: said.text,
        }),
        range: Some(places.range(&said.span)),
    })
}

/// What may be written at a place.
pub fn completions(analysis: &Analysis, at: Position, can: &Client) -> Vec<CompletionItem> {
    let places = Places::of(analysis, can.encoding);
    let items = completion::completions(analysis, places.offset(at));
    let items = items.into_iter().enumerate().map(|(place, item)| {
        let snippet = item.snippet.filter(|_| can.completion_snippets);
        let format = snippet.as_ref().map(|_| InsertTextFormat::SNIPPET);
        let new_text = snippet
            .unwrap_or(item.text)
            .replace('\n', analysis.newline());
        CompletionItem {
            // Editors match what is written against this, so it begins with what is replaced.
            filter_text: Some(item.label.clone()),
            label: item.label,
            detail: Some(item.detail).filter(|detail| !detail.is_empty()),
            kind: Some(kind(item.kind)),
            sort_text: Some(format!("{place:04}")),
            insert_text_format: format,
            text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                range: places.range(&item.span),
                new_text,
            })),
            ..CompletionItem::default()
        }
    });
    items.collect()
}

fn kind(kind: ItemKind) -> CompletionItemKind {
    match kind {
        ItemKind::Section => CompletionItemKind::SNIPPET,
        ItemKind::Rule => CompletionItemKind::CONSTANT,
        ItemKind::Keyword => CompletionItemKind::KEYWORD,
        ItemKind::Key => CompletionItemKind::PROPERTY,
        ItemKind::Value => CompletionItemKind::VALUE,
        ItemKind::File => CompletionItemKind::FILE,
    }
}

/// The line over the title.
pub fn lenses(analysis: &Arc<Analysis>, can: &Client) -> Vec<CodeLens> {
    let places = Places::of(analysis, can.encoding);
    let lens = lens::lens(analysis).map(|lens| CodeLens {
        range: places.range(&lens.span),
        command: Some(Command {
            title: lens.title,
            command: "archlint.showChecklist".to_owned(),
            arguments: Some(vec![json!(analysis.uri)]),
        }),
        data: None,
    });
    lens.into_iter().collect()
}

/// Links to other files.
pub fn links(analysis: &Arc<Analysis>, can: &Client) -> Vec<DocumentLink> {
    let places = Places::of(analysis, can.encoding);
    let links = linking::links(analysis).into_iter().filter_map(|link| {
        let mut target = convert::uri(&link.file)?;
        target.set_fragment(Some(link.anchor.as_str()).filter(|anchor| !anchor.is_empty()));
        Some(DocumentLink {
            range: places.range(&link.span),
            target: Some(target),
            tooltip: None,
            data: None,
        })
    });
    links.collect()
}

/// Where a place leads.
pub fn definition(analysis: &Analysis, at: Position, can: &Client) -> Option<Location> {
    let places = Places::of(analysis, can.encoding);
    let target = linking::definition(analysis, places.offset(at))?;
    let Some(file) = target
        .file
        .filter(|file| Some(file.as_path()) != analysis.file())
    else {
        let start = places.position(linking::heading_at(analysis.document(), &target.anchor));
        return Some(Location::new(
            Url::parse(&analysis.uri).ok()?,
            Range::new(start, start),
        ));
    };
    let start = if target.anchor.is_empty() {
        Position::default()
    } else {
        let text = std::fs::read_to_string(&file).ok()?;
        let lines = LineIndex::new(&text);
        let document = archlint_document::parse(&text);
        let offset = linking::heading_at(&document, &target.anchor);
        Places::new(&text, &lines, can.encoding).position(offset)
    };
    Some(Location::new(
        convert::uri(&file)?,
        Range::new(start, start),
    ))
}

/// What can be folded.
pub fn folds(analysis: &Analysis, trees: &Trees) -> Vec<FoldingRange> {
    let tree = trees.tree(analysis);
    let short = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let folds = structure::folds(analysis, tree.as_ref()).into_iter();
    let folds = folds.map(|fold| FoldingRange {
        start_line: short(fold.first),
        end_line: short(fold.last),
        kind: Some(if fold.is_comment {
            FoldingRangeKind::Comment
        } else {
            FoldingRangeKind::Region
        }),
        ..FoldingRange::default()
    });
    folds.collect()
}

/// What encloses each place.
pub fn selections(
    analysis: &Analysis,
    at: &[Position],
    trees: &Trees,
    can: &Client,
) -> Vec<SelectionRange> {
    let places = Places::of(analysis, can.encoding);
    let tree = trees.tree(analysis);
    let selection = |position: &Position| {
        let spans = structure::selections(analysis, tree.as_ref(), places.offset(*position));
        let outer = spans.iter().rev().fold(None, |parent, span| {
            Some(SelectionRange {
                range: places.range(span),
                parent: parent.map(Box::new),
            })
        });
        outer.unwrap_or_else(|| SelectionRange {
            range: Range::new(*position, *position),
            parent: None,
        })
    };
    at.iter().map(selection).collect()
}

/// The diagnostics of a document, or that they are those that the client knows by `known`.
pub fn report(analysis: &Analysis, known: Option<&str>, can: &Client) -> DocumentDiagnosticReport {
    let items = convert::findings(analysis, can);
    let id = result_id(&items);
    if known == Some(id.as_str()) {
        let report = UnchangedDocumentDiagnosticReport { result_id: id };
        return DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: report,
        });
    }
    full(Some(id), items)
}

/// The report of a document that is not open.
pub fn no_report() -> DocumentDiagnosticReport {
    full(None, Vec::new())
}

fn full(result_id: Option<String>, items: Vec<Diagnostic>) -> DocumentDiagnosticReport {
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
}

/// A name for diagnostics that is the same for the same ones.
pub fn result_id(items: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    json!(items).to_string().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The document object of `archlint checklist --format json`.
pub fn checklist(analysis: &Analysis) -> Value {
    let reviewed = &analysis.reviewed;
    let outcome = Outcome {
        documents: vec![Reviewed {
            file: reviewed.file.clone(),
            path: reviewed.path.clone(),
            document: reviewed.document.clone(),
            lines: reviewed.lines.clone(),
            review: reviewed.review.clone(),
            skipped: reviewed.skipped.clone(),
            held_back: reviewed.held_back,
        }],
        unreadable: Vec::new(),
    };
    let report = archlint_report::checklist_report(&outcome, &[analysis.rules()]);
    let document = report.documents.first();
    // By way of the text, in which a number has the digits that the command writes.
    let text = serde_json::to_string(&document).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}
