//! tower-lsp's handlers. They only turn messages into events; what needs time is done on threads
//! that may block.

use super::capabilities::{self, Client as Capabilities};
use super::convert::{self, Places};
use super::notices;
use super::params::{CodeAction, DidChange, OfDocument};
use crate::analysis::Analysis;
use crate::desk::{Beginning, Event, Notice};
use crate::features::{actions, hover};
use crate::settings::Settings;
use archlint_document::Encoding;
use archlint_workspace::Outcome;
use archlint_workspace::discover::is_markdown;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, OnceLock};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
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
    today: fn() -> Option<String>,
}

impl Backend {
    /// A server that sends events to the desk and passes its notices to the editor.
    pub fn new(
        client: Client,
        events: Sender<Event>,
        notices: UnboundedReceiver<Notice>,
        today: fn() -> Option<String>,
    ) -> Self {
        Backend {
            client,
            events,
            capabilities: Arc::default(),
            notices: Mutex::new(Some(notices)),
            today,
        }
    }

    fn send(&self, event: Event) {
        // The desk lives as long as the process.
        let _ = self.events.send(event);
    }

    fn encoding(&self) -> Encoding {
        self.capabilities
            .get()
            .map_or(Encoding::Utf16, |can| can.encoding)
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
        let made = self.with(&uri, |analysis, _| checklist(analysis)).await?;
        made.ok_or_else(|| Error {
            code: ErrorCode::InvalidParams,
            message: format!("{uri} is not open").into(),
            data: None,
        })
    }

    /// `workspace/diagnostic`.
    pub async fn whole_workspace(&self, _: Value) -> Result<Value> {
        Ok(json!({ "items": [] }))
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

fn checklist(analysis: &Analysis) -> Value {
    let reviewed = &analysis.reviewed;
    let outcome = Outcome {
        documents: vec![archlint_workspace::Reviewed {
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
    report
        .documents
        .first()
        .map_or(Value::Null, |document| json!(document))
}

fn failed(why: &str) -> Error {
    Error {
        code: ErrorCode::InternalError,
        message: format!("archlint failed: a defect, please report it ({why})").into(),
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
            let places = Places::of(analysis, can.encoding);
            let said = hover::hover(analysis, places.offset(at.position))?;
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
        });
        Ok(made.await?.flatten())
    }
}
