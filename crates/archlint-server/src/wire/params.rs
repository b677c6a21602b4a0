//! Parameters for which the library's types are too narrow or too wide.

use crate::text::Change;
use archlint_document::Position;
use serde::Deserialize;
use tower_lsp::lsp_types::{NumberOrString, PreviousResultId, Range, Url};

/// A document, named by its URI.
#[derive(Debug, Deserialize)]
pub struct Named {
    /// The URI.
    pub uri: Url,
}

/// A version of a document; LSP 3.15 allows it to have no number.
#[derive(Debug, Deserialize)]
pub struct Versioned {
    /// The URI.
    pub uri: Url,
    /// The number.
    #[serde(default)]
    pub version: Option<i32>,
}

/// Of `textDocument/didChange`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DidChange {
    /// The document.
    pub text_document: Versioned,
    /// What changes.
    pub content_changes: Vec<ContentChange>,
}

/// One change.
#[derive(Debug, Deserialize)]
pub struct ContentChange {
    #[serde(default)]
    range: Option<Range>,
    text: String,
}

impl From<ContentChange> for Change {
    fn from(change: ContentChange) -> Self {
        let position = |at: tower_lsp::lsp_types::Position| Position {
            line: at.line as usize,
            column: at.character as usize,
        };
        Change {
            range: change
                .range
                .map(|range| (position(range.start), position(range.end))),
            text: change.text,
        }
    }
}

/// Of `archlint/checklist`, and of what else is about one document.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OfDocument {
    /// The document.
    pub text_document: Named,
}

/// Of `textDocument/codeAction`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeAction {
    /// The document.
    pub text_document: Named,
    /// Where.
    pub range: Range,
    /// What for.
    #[serde(default)]
    pub context: Context,
}

/// What actions are wanted for.
#[derive(Debug, Default, Deserialize)]
pub struct Context {
    /// The kinds that are wanted; `None`: any.
    #[serde(default)]
    pub only: Option<Vec<String>>,
}

/// Of the commands that the server carries out.
#[derive(Debug, Deserialize)]
pub struct OnRule {
    /// The document.
    pub uri: Url,
    /// The rule's id.
    pub rule: String,
    /// Why it is waived.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Of `workspace/diagnostic`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceDiagnostics {
    /// What the client knows.
    #[serde(default)]
    pub previous_result_ids: Vec<PreviousResultId>,
    /// Where parts of the result may go.
    #[serde(default)]
    pub partial_result_token: Option<NumberOrString>,
    /// Where progress may go.
    #[serde(default)]
    pub work_done_token: Option<NumberOrString>,
}
