//! What the client can do and what the server offers.

use archlint_document::Encoding;
use serde_json::Value;
use tower_lsp::lsp_types::*;

/// Commands that the server carries out.
pub const COMMANDS: &[&str] = &[
    "archlint.explain",
    "archlint.insertSection",
    "archlint.waive",
];

/// How snippets in edits are written, where the client can take them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Snippets {
    /// Not at all.
    None,
    /// As LSP 3.18 has it.
    Standard,
    /// As an extension of the edit that several editors share.
    Extension,
}

/// What the client can do.
#[derive(Debug, Clone)]
pub struct Client {
    /// The units of columns.
    pub encoding: Encoding,
    /// Whether it pulls diagnostics.
    pub pulls: bool,
    /// Whether it asks again when told to.
    pub refreshes_diagnostics: bool,
    /// Whether it asks for code lenses again when told to.
    pub refreshes_lenses: bool,
    /// Whether diagnostics can have related passages.
    pub related: bool,
    /// Whether a code may link to its description.
    pub code_links: bool,
    /// Whether passages can be shown as unneeded.
    pub tags: bool,
    /// Whether edits can name versions.
    pub document_changes: bool,
    /// How snippets in edits are written.
    pub snippets: Snippets,
    /// Whether completion items can be snippets.
    pub completion_snippets: bool,
    /// Whether code actions are objects rather than commands.
    pub action_literals: bool,
    /// Whether hover texts may be Markdown.
    pub markdown: bool,
    /// Whether it tells of files that change on the disk.
    pub watches: bool,
    /// Whether it takes changes of configuration by registration.
    pub registers_configuration: bool,
}

impl Client {
    /// Reads what the client says of itself.
    pub fn new(capabilities: &ClientCapabilities) -> Self {
        let text = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let published = text.and_then(|text| text.publish_diagnostics.as_ref());
        let experimental = |name: &str| {
            let experimental = capabilities.experimental.as_ref();
            experimental.and_then(|all| all.get(name)) == Some(&Value::Bool(true))
        };
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let hover = text.and_then(|text| text.hover.as_ref());
        let formats = hover.and_then(|hover| hover.content_format.as_ref());
        Client {
            encoding: encoding(capabilities),
            pulls: text.is_some_and(|text| text.diagnostic.is_some()),
            refreshes_diagnostics: workspace
                .and_then(|workspace| workspace.diagnostic.as_ref())
                .and_then(|diagnostic| diagnostic.refresh_support)
                .unwrap_or(false),
            refreshes_lenses: workspace
                .and_then(|workspace| workspace.code_lens.as_ref())
                .and_then(|lens| lens.refresh_support)
                .unwrap_or(false),
            related: published
                .and_then(|it| it.related_information)
                .unwrap_or(false),
            code_links: published
                .and_then(|it| it.code_description_support)
                .unwrap_or(false),
            tags: published.is_some_and(|it| it.tag_support.is_some()),
            document_changes: edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            snippets: if experimental("snippetEditSupport") {
                Snippets::Standard
            } else if experimental("snippetTextEdit") {
                Snippets::Extension
            } else {
                Snippets::None
            },
            completion_snippets: text
                .and_then(|text| text.completion.as_ref()?.completion_item.as_ref())
                .and_then(|item| item.snippet_support)
                .unwrap_or(false),
            action_literals: text
                .and_then(|text| text.code_action.as_ref())
                .is_some_and(|action| action.code_action_literal_support.is_some()),
            markdown: formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            watches: workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref())
                .and_then(|watched| watched.dynamic_registration)
                .unwrap_or(false),
            registers_configuration: workspace
                .and_then(|workspace| workspace.did_change_configuration.as_ref())
                .and_then(|configuration| configuration.dynamic_registration)
                .unwrap_or(false),
        }
    }
}

/// The first encoding of the client's choice that is known.
fn encoding(capabilities: &ClientCapabilities) -> Encoding {
    let offered = capabilities
        .general
        .as_ref()
        .and_then(|it| it.position_encodings.as_ref());
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    offered
        .into_iter()
        .flatten()
        .find_map(known)
        .unwrap_or(Encoding::Utf16)
}

/// What the server offers this client.
pub fn server(client: &Client, capabilities: &ClientCapabilities) -> ServerCapabilities {
    let offers_encoding = capabilities
        .general
        .as_ref()
        .is_some_and(|general| general.position_encodings.is_some());
    let kind = match client.encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    };
    ServerCapabilities {
        position_encoding: offers_encoding.then_some(kind),
        text_document_sync: Some(TextDocumentSyncCapability::Options(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::Supported(true)),
                ..TextDocumentSyncOptions::default()
            },
        )),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(if client.action_literals {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QUICKFIX,
                    CodeActionKind::new("source.fixAll.archlint"),
                ]),
                ..CodeActionOptions::default()
            })
        } else {
            CodeActionProviderCapability::Simple(true)
        }),
        diagnostic_provider: client.pulls.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("archlint".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        }),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["#", ":", "(", "/"].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        code_lens_provider: Some(CodeLensOptions {
            resolve_provider: Some(false),
        }),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        definition_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: COMMANDS
                .iter()
                .map(|command| (*command).to_owned())
                .collect(),
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}
