//! tower-lsp's handlers. They only turn messages into events; what needs time is done on threads
//! that may block.

use super::capabilities::{self, Client as Capabilities, Snippets};
use super::convert::{self, Places};
use super::params::{CodeAction, DidChange, OfDocument, OnRule, WorkspaceDiagnostics};
use super::{Parts, notices, offers, workspace};
use crate::analysis::Analysis;
use crate::desk::{Beginning, Event, Notice};
use crate::features::actions::{self, FileEdits};
use crate::features::insert::{self, Edit};
use crate::features::structure::Trees;
use crate::features::texts::{explanation, summary};
use crate::settings::Settings;
use archlint_workspace::discover::is_markdown;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, OnceLock};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::{oneshot, watch};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::*;
use tower_lsp::{Client, LanguageServer};

/// The server as tower-lsp sees it.
pub struct Backend {
    client: Client,
    events: Sender<Event>,
    capabilities: Arc<OnceLock<Capabilities>>,
    /// Until the notices are passed on.
    notices: Mutex<Option<UnboundedReceiver<Notice>>>,
    changes: watch::Receiver<u64>,
    /// The state of `changes` that the last review of the whole workspace saw.
    served: AtomicU64,
    trees: Arc<Trees>,
    today: fn() -> Option<String>,
}

impl Backend {
    /// A server that sends events to the desk and passes its notices to the editor.
    pub fn new(client: Client, parts: Parts) -> Self {
        Backend {
            client,
            events: parts.events,
            capabilities: Arc::default(),
            notices: Mutex::new(Some(parts.notices)),
            changes: parts.changes,
            served: AtomicU64::new(u64::MAX),
            trees: Arc::default(),
            today: parts.today,
        }
    }

    fn send(&self, event: Event) {
        // The desk lives as long as the process.
        let _ = self.events.send(event);
    }

    /// The review of the present version of a document; `None` when it is not open.
    async fn analysis(&self, uri: &Url) -> Option<Arc<Analysis>> {
        let (reply, analysis) = oneshot::channel();
        self.send(Event::Ask {
            uri: uri.to_string(),
            reply,
        });
        analysis.await.ok().flatten()
    }

    /// What `work` makes of a document, on a thread of its own; `None` when it is not open.
    async fn with<T: Send + 'static>(
        &self,
        uri: &Url,
        work: impl FnOnce(&Arc<Analysis>, &Capabilities) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(analysis) = self.analysis(uri).await else {
            return Ok(None);
        };
        let capabilities = self.capabilities.clone();
        let result =
            tokio::task::spawn_blocking(move || capabilities.get().map(|can| work(&analysis, can)));
        result.await.map_err(|error| failed(&error.to_string()))
    }

    /// `textDocument/didChange`.
    pub async fn change(&self, params: DidChange) {
        self.send(Event::Change {
            uri: params.text_document.uri.to_string(),
            version: params.text_document.version,
            changes: params.content_changes.into_iter().map(Into::into).collect(),
        });
    }

    /// `textDocument/codeAction`.
    pub async fn actions(&self, params: CodeAction) -> Result<Value> {
        let today = (self.today)();
        let only = params.context.only;
        let made = self.with(&params.text_document.uri, move |analysis, can| {
            let span = Places::of(analysis, can.encoding).span(params.range);
            let found = convert::findings(analysis, can);
            let wanted = |kind: &str| {
                only.as_ref().is_none_or(|only| {
                    only.iter()
                        .any(|only| kind == only || kind.starts_with(&format!("{only}.")))
                })
            };
            let actions = actions::actions(analysis, &span, today.as_deref());
            actions
                .iter()
                .map(|action| convert::action(action, analysis, &found, can))
                .filter(|action| action["kind"].as_str().is_none_or(wanted))
                .collect::<Vec<Value>>()
        });
        Ok(json!(made.await?))
    }

    /// `archlint/checklist`: the document object of `archlint checklist --format json`.
    pub async fn checklist(&self, params: OfDocument) -> Result<Value> {
        let uri = params.text_document.uri;
        let made = self
            .with(&uri, |analysis, _| offers::checklist(analysis))
            .await?;
        made.ok_or_else(|| refused(&format!("{uri} is not open")))
    }

    /// `workspace/diagnostic`: once everything was told, the answer waits until there may be news.
    pub async fn whole_workspace(&self, params: WorkspaceDiagnostics) -> Result<Value> {
        let Some(can) = self.capabilities.get().cloned() else {
            return Ok(json!({ "items": [] }));
        };
        let mut changes = self.changes.clone();
        if !params.previous_result_ids.is_empty() {
            let served = self.served.load(Ordering::SeqCst);
            // The desk lives as long as the process.
            let _ = changes.wait_for(|count| *count != served).await;
        }
        self.served
            .store(*changes.borrow_and_update(), Ordering::SeqCst);
        let (reply, workspace) = oneshot::channel();
        self.send(Event::AskWorkspace(reply));
        let workspace = workspace.await.unwrap_or_default();
        let mut open = Vec::new();
        for uri in &workspace.open {
            if let Ok(uri) = Url::parse(uri) {
                open.extend(self.analysis(&uri).await);
            }
        }
        let task = workspace::Task {
            workspace,
            open,
            today: (self.today)(),
            can,
        };
        workspace::answer(&self.client, task, params).await
    }

    /// Reviews `uri`'s document and makes the edit that `make` says.
    async fn apply(
        &self,
        uri: &Url,
        make: impl FnOnce(&Analysis) -> Option<Edit> + Send + 'static,
    ) -> Result<Option<Value>> {
        let edit = self.with(uri, move |analysis, can| {
            let changes = [FileEdits {
                file: None,
                edits: vec![make(analysis)?],
            }];
            Some(convert::edits(&changes, analysis, can, Snippets::None))
        });
        let edit = edit.await?.flatten();
        let Some(edit) = edit.and_then(|edit| serde_json::from_value(edit).ok()) else {
            return Err(refused("there is nothing to insert for this rule here"));
        };
        let applied = self.client.apply_edit(edit).await?;
        Ok(Some(json!({ "applied": applied.applied })))
    }

    /// Asks for news of files and settings, where the client has to be asked.
    async fn register(&self) {
        let Some(can) = self.capabilities.get() else {
            return;
        };
        let mut registrations = Vec::new();
        if can.watches {
            let globs = ["**/*.toml", "**/*.{md,markdown}"];
            let watchers: Vec<Value> = globs
                .iter()
                .map(|glob| json!({ "globPattern": glob }))
                .collect();
            registrations.push(Registration {
                id: "archlint-files".to_owned(),
                method: "workspace/didChangeWatchedFiles".to_owned(),
                register_options: Some(json!({ "watchers": watchers })),
            });
        }
        if can.registers_configuration {
            registrations.push(Registration {
                id: "archlint-settings".to_owned(),
                method: "workspace/didChangeConfiguration".to_owned(),
                register_options: Some(json!({ "section": "archlint" })),
            });
        }
        if !registrations.is_empty() {
            // A client that refuses leaves things as they are.
            let _ = self.client.register_capability(registrations).await;
        }
    }
}

fn failed(why: &str) -> Error {
    Error {
        code: ErrorCode::InternalError,
        message: format!("archlint failed: a defect, please report it ({why})").into(),
        data: None,
    }
}

fn refused(why: &str) -> Error {
    Error {
        code: ErrorCode::InvalidParams,
        message: why.to_owned().into(),
        data: None,
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let can = Capabilities::new(&params.capabilities);
        let options = params.initialization_options.unwrap_or_default();
        let (settings, mistake) = match Settings::read(&options) {
            Ok(settings) => (settings, None),
            Err(mistake) => (Settings::default(), Some(mistake)),
        };
        let folders = match params.workspace_folders {
            Some(folders) => folders
                .iter()
                .filter_map(|folder| convert::file(&folder.uri))
                .collect(),
            #[allow(deprecated)]
            None => params
                .root_uri
                .as_ref()
                .and_then(convert::file)
                .into_iter()
                .collect(),
        };
        self.send(Event::Begin(Beginning {
            folders,
            settings,
            encoding: can.encoding,
            watches: can.watches,
        }));
        let capabilities = capabilities::server(&can, &params.capabilities);
        // tower-lsp lets a client initialize once.
        let _ = self.capabilities.set(can);
        let notices = self
            .notices
            .lock()
            .ok()
            .and_then(|mut notices| notices.take());
        if let Some(notices) = notices {
            tokio::spawn(notices::pass(
                notices,
                self.client.clone(),
                self.capabilities.clone(),
            ));
        }
        if let Some(mistake) = mistake {
            self.client
                .show_message(MessageType::WARNING, mistake)
                .await;
        }
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "archlint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.register().await;
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let file = convert::file(&document.uri);
        let is_document = document.language_id.eq_ignore_ascii_case("markdown")
            || file.as_deref().is_some_and(is_markdown);
        if is_document {
            self.send(Event::Open {
                uri: document.uri.to_string(),
                file,
                version: Some(document.version),
                text: document.text,
            });
        } else if let Some(folder) = file.as_deref().and_then(std::path::Path::parent) {
            self.send(Event::Look(folder.to_owned()));
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.send(Event::Close {
            uri: params.text_document.uri.to_string(),
        });
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.send(Event::Saved);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let is_configuration = params
            .changes
            .iter()
            .any(|change| !convert::file(&change.uri).is_some_and(|file| is_markdown(&file)));
        self.send(Event::Files(is_configuration));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        match Settings::read(&params.settings) {
            Ok(settings) => self.send(Event::Settings(settings)),
            Err(mistake) => {
                self.client
                    .show_message(MessageType::WARNING, mistake)
                    .await
            }
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let files = |folders: &[WorkspaceFolder]| -> Vec<PathBuf> {
            folders
                .iter()
                .filter_map(|folder| convert::file(&folder.uri))
                .collect()
        };
        self.send(Event::Folders {
            added: files(&params.event.added),
            removed: files(&params.event.removed),
        });
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let made = self.with(&at.text_document.uri, move |analysis, can| {
            offers::hover(analysis, at.position, can)
        });
        Ok(made.await?.flatten())
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let made = self.with(&at.text_document.uri, move |analysis, can| {
            offers::completions(analysis, at.position, can)
        });
        Ok(made.await?.map(CompletionResponse::Array))
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.with(&params.text_document.uri, offers::lenses).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.with(&params.text_document.uri, offers::links).await
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        let made = self.with(&at.text_document.uri, move |analysis, can| {
            offers::definition(analysis, at.position, can)
        });
        Ok(made.await?.flatten().map(GotoDefinitionResponse::Scalar))
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let trees = self.trees.clone();
        let made = self.with(&params.text_document.uri, move |analysis, _| {
            offers::folds(analysis, &trees)
        });
        made.await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        let trees = self.trees.clone();
        let made = self.with(&params.text_document.uri, move |analysis, can| {
            offers::selections(analysis, &params.positions, &trees, can)
        });
        made.await
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let known = params.previous_result_id;
        let made = self.with(&params.text_document.uri, move |analysis, can| {
            offers::report(analysis, known.as_deref(), can)
        });
        Ok(DocumentDiagnosticReportResult::Report(
            made.await?.unwrap_or_else(offers::no_report),
        ))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        let argument = params.arguments.into_iter().next().unwrap_or_default();
        let argument: OnRule = serde_json::from_value(argument)
            .map_err(|error| refused(&format!("the command's argument cannot be read: {error}")))?;
        let OnRule { uri, rule, reason } = argument;
        match params.command.as_str() {
            "archlint.explain" => {
                let id = rule.clone();
                let made = self.with(&uri, move |analysis, _| {
                    Some((explanation(analysis, &id)?, summary(analysis, &id)?))
                });
                let Some((text, summary)) = made.await?.flatten() else {
                    return Err(refused(&format!(
                        "no rule is called {rule}, or {uri} is not open"
                    )));
                };
                self.client.show_message(MessageType::INFO, summary).await;
                Ok(Some(json!(text)))
            }
            "archlint.insertSection" => {
                self.apply(&uri, move |analysis| {
                    Some(actions::section_for(analysis, &rule)?.1)
                })
                .await
            }
            "archlint.waive" => {
                let reason = reason.unwrap_or_default().trim().to_owned();
                if reason.is_empty() {
                    return Err(refused("a waiver needs a reason"));
                }
                self.apply(&uri, move |analysis| {
                    Some(insert::waiver(analysis, &rule, &reason, None))
                })
                .await
            }
            other => Err(refused(&format!("there is no command {other}"))),
        }
    }
}
