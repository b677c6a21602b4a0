//! The protocol: everything that names tower-lsp or its types.

mod backend;
mod capabilities;
mod convert;
mod notices;
mod offers;
mod params;
mod workspace;

use crate::desk::{Event, Notice};
use crate::input::BROKEN;
use backend::Backend;
use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::Sender;
use std::task::{Context, Poll};
use tokio::io::DuplexStream;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::watch;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::{ExitedError, LspService, Server};
use tower_service::Service;

/// Requests that may wait for an answer at once: many, as a cancellation is only read when there is
/// room for it.
const CONCURRENT: usize = 1024;

/// Methods whose parameters or results tower-lsp's types cannot hold, and the names under which our
/// own types serve them.
const OWN: &[(&str, &str)] = &[
    // LSP 3.15 allows a null version.
    ("textDocument/didChange", "archlint/didChange"),
    // Snippets in edits came with LSP 3.18.
    ("textDocument/codeAction", "archlint/codeAction"),
    // Partial results are told as such.
    ("workspace/diagnostic", "archlint/workspaceDiagnostic"),
];

/// What connects the handlers with the other threads.
pub struct Parts {
    /// To the desk.
    pub events: Sender<Event>,
    /// From the desk.
    pub notices: UnboundedReceiver<Notice>,
    /// Counts what may change the review of a document that nobody types in.
    pub changes: watch::Receiver<u64>,
    /// Tells the day as `YYYY-MM-DD`.
    pub today: fn() -> Option<String>,
}

/// Serves messages from `input` and to standard output until the input ends.
pub async fn serve(input: DuplexStream, parts: Parts) {
    let (service, socket) = LspService::build(|client| Backend::new(client, parts))
        .custom_method("archlint/didChange", Backend::change)
        .custom_method("archlint/codeAction", Backend::actions)
        .custom_method("archlint/workspaceDiagnostic", Backend::whole_workspace)
        .custom_method("archlint/checklist", Backend::checklist)
        .finish();
    Server::new(input, tokio::io::stdout(), socket)
        .concurrency_level(CONCURRENT)
        .serve(Session(service))
        .await;
}

/// tower-lsp's service, with what its types cannot hold led around them.
struct Session(LspService<Backend>);

type Answer = Pin<Box<dyn Future<Output = Result<Option<Response>, ExitedError>> + Send>>;

impl Service<Request> for Session {
    type Response = Option<Response>;
    type Error = ExitedError;
    type Future = Answer;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), ExitedError>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Answer {
        let own = OWN.iter().find(|(method, _)| *method == request.method());
        if request.method() == BROKEN {
            let response = broken(request);
            return Box::pin(async { Ok(Some(response)) });
        }
        let is_initialize = request.method() == "initialize";
        if own.is_none() && !is_initialize {
            return self.0.call(request);
        }
        let (method, id, params) = request.into_parts();
        let mut renamed = Request::build(own.map_or(method, |(_, name)| (*name).into()));
        if let Some(id) = id {
            renamed = renamed.id(id);
        }
        if let Some(mut params) = params {
            if is_initialize {
                keep_snippet_support(&mut params);
                keep_refresh_support(&mut params);
            }
            renamed = renamed.params(params);
        }
        self.0.call(renamed.finish())
    }
}

/// The error for a message that could not be read.
fn broken(request: Request) -> Response {
    let (_, id, params) = request.into_parts();
    let params = params.unwrap_or_default();
    let code = params.get("code").and_then(Value::as_i64).unwrap_or(-32600);
    let message = params
        .get("message")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let error = Error {
        code: ErrorCode::from(code),
        message: message.to_owned().into(),
        data: None,
    };
    Response::from_error(id.unwrap_or(Id::Null), error)
}

/// Moves what LSP 3.18 says of snippets to where tower-lsp's types keep it.
fn keep_snippet_support(params: &mut Value) {
    let support = params.pointer("/capabilities/workspace/workspaceEdit/snippetEditSupport");
    if support != Some(&Value::Bool(true)) {
        return;
    }
    if let Some(capabilities) = params
        .get_mut("capabilities")
        .and_then(Value::as_object_mut)
    {
        let experimental = capabilities
            .entry("experimental")
            .or_insert_with(|| json!({}));
        if !experimental.is_object() {
            *experimental = json!({});
        }
        experimental["snippetEditSupport"] = json!(true);
    }
}

/// Moves what LSP 3.17 says of `workspace.diagnostics` to `workspace.diagnostic`, where tower-lsp's
/// types look for it.
fn keep_refresh_support(params: &mut Value) {
    let workspace = params.pointer_mut("/capabilities/workspace");
    if let Some(workspace) = workspace.and_then(Value::as_object_mut)
        && let Some(Value::Bool(support)) = workspace
            .get("diagnostics")
            .and_then(|it| it.get("refreshSupport"))
    {
        let support = json!({ "refreshSupport": support });
        workspace.insert("diagnostic".to_owned(), support);
    }
}
