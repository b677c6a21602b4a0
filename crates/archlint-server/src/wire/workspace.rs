//! The diagnostics of a whole workspace, on the request of the client.

use super::capabilities::Client as Capabilities;
use super::params::WorkspaceDiagnostics;
use super::{convert, offers};
use crate::analysis::Analysis;
use crate::baselines::Baselines;
use crate::desk::Workspace;
use archlint_workspace::config::{Caller, Configs};
use archlint_workspace::{Progress, run};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::notification::Notification;
use tower_lsp::lsp_types::{Diagnostic, NumberOrString, Url};

/// Documents in one part of the result.
const PART: usize = 50;
/// How often progress is told.
const INTERVAL: Duration = Duration::from_millis(200);

/// What is to be reviewed.
pub struct Task {
    /// The workspace.
    pub workspace: Workspace,
    /// The open documents, whose text counts rather than the file's.
    pub open: Vec<Arc<Analysis>>,
    /// Today, as `YYYY-MM-DD`.
    pub today: Option<String>,
    /// What the client can do.
    pub can: Capabilities,
}

/// `$/progress` with any value.
enum AnyProgress {}

impl Notification for AnyProgress {
    type Params = Value;
    const METHOD: &'static str = "$/progress";
}

/// Reviews, and answers the request; parts of the result and progress go out meanwhile where the
/// client has a token for them.
pub async fn answer(client: &Client, task: Task, params: WorkspaceDiagnostics) -> Result<Value> {
    let tell = async |token: &Option<NumberOrString>, value: Value| {
        if let Some(token) = token {
            let params = json!({ "token": token, "value": value });
            client.send_notification::<AnyProgress>(params).await;
        }
    };
    let progress = Arc::new(Progress::default());
    let begin = json!({ "kind": "begin", "title": "archlint: reviewing", "percentage": 0 });
    tell(&params.work_done_token, begin).await;
    let seen = progress.clone();
    let previous = params.previous_result_ids;
    let mut work = tokio::task::spawn_blocking(move || {
        let known = |uri: &Url| {
            let previous = previous.iter().find(|known| known.uri == *uri);
            previous.map(|known| known.value.clone())
        };
        let found = review(&task, &seen);
        // What the client knows of and is no longer there has no findings any more.
        let gone = previous
            .iter()
            .filter(|known| !found.iter().any(|(uri, ..)| *uri == known.uri));
        let gone = gone.map(|known| item(&known.uri, None, &[], None));
        let items = found
            .iter()
            .map(|(uri, version, items)| item(uri, *version, items, known(uri)));
        items.chain(gone).collect::<Vec<Value>>()
    });
    let mut items = loop {
        match tokio::time::timeout(INTERVAL, &mut work).await {
            Ok(done) => break done.map_err(|error| failed(&error.to_string()))?,
            Err(_) => {
                let (total, done) = (&progress.total, &progress.done);
                let total = total.load(Ordering::Relaxed);
                let done = done.load(Ordering::Relaxed);
                if let Some(percentage) = (done * 100).checked_div(total) {
                    let message = format!("{done} of {total} documents");
                    let report =
                        json!({ "kind": "report", "percentage": percentage, "message": message });
                    tell(&params.work_done_token, report).await;
                }
            }
        }
    };
    tell(&params.work_done_token, json!({ "kind": "end" })).await;
    if params.partial_result_token.is_some() {
        for part in items.chunks(PART) {
            tell(&params.partial_result_token, json!({ "items": part })).await;
        }
        items.clear();
    }
    Ok(json!({ "items": items }))
}

type Found = (Url, Option<i32>, Vec<Diagnostic>);

fn review(task: &Task, progress: &Progress) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let add = |analysis: &Analysis, found: &mut Vec<Found>| {
        if let Ok(uri) = Url::parse(&analysis.uri)
            && !found.iter().any(|(known, ..)| *known == uri)
        {
            found.push((
                uri,
                analysis.version,
                convert::findings(analysis, &task.can),
            ));
        }
    };
    for analysis in &task.open {
        add(analysis, &mut found);
    }
    for folder in &task.workspace.folders {
        let caller = Caller {
            name: "the editor's settings".to_owned(),
            file: task.workspace.settings.config.clone(),
            confidence: task.workspace.settings.confidence,
            ..Caller::default()
        };
        let mut configs = Configs::new(folder, caller);
        // Mistakes in configuration are shown where they are made.
        let outcome = run(
            &mut configs,
            std::slice::from_ref(folder),
            task.today.as_deref(),
            progress,
        );
        let mut baselines = Baselines::default();
        for reviewed in outcome.unwrap_or_default().documents {
            let Some(file) = reviewed.file.clone() else {
                continue;
            };
            let (Some(uri), Ok(config)) = (convert::uri(&file), configs.for_document(&file)) else {
                continue;
            };
            let analysis = Analysis {
                uri: uri.to_string(),
                version: None,
                revision: 0,
                known: baselines.known(&reviewed),
                reviewed: Arc::new(reviewed),
                resolved: Arc::new(config.resolve(Some(&file))),
                config,
                failure: None,
                folder_fixes: Vec::new(),
                others: Vec::new(),
            };
            add(&analysis, &mut found);
        }
    }
    found
}

fn item(uri: &Url, version: Option<i32>, items: &[Diagnostic], known: Option<String>) -> Value {
    let id = offers::result_id(items);
    if known.as_deref() == Some(&id) {
        json!({ "kind": "unchanged", "uri": uri, "version": version, "resultId": id })
    } else {
        json!({ "kind": "full", "uri": uri, "version": version, "resultId": id, "items": items })
    }
}

fn failed(why: &str) -> Error {
    Error {
        code: ErrorCode::InternalError,
        message: format!("archlint failed: a defect, please report it ({why})").into(),
        data: None,
    }
}
