//! What the editor is told without asking.

use super::capabilities::Client as Capabilities;
use super::convert;
use crate::desk::Notice;
use std::sync::{Arc, OnceLock};
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp::Client;
use tower_lsp::lsp_types::{MessageType, Url};

/// Passes notices on until there are no more. `capabilities` are known before the first one comes.
pub async fn pass(
    mut notices: UnboundedReceiver<Notice>,
    client: Client,
    capabilities: Arc<OnceLock<Capabilities>>,
) {
    while let Some(notice) = notices.recv().await {
        let Some(can) = capabilities.get() else {
            continue;
        };
        match notice {
            Notice::Findings(analysis) => {
                if !can.pulls
                    && let Ok(uri) = Url::parse(&analysis.uri)
                {
                    let found = convert::findings(&analysis, can);
                    client
                        .publish_diagnostics(uri, found, analysis.version)
                        .await;
                }
            }
            Notice::Closed(uri) => {
                if !can.pulls
                    && let Ok(uri) = Url::parse(&uri)
                {
                    client.publish_diagnostics(uri, Vec::new(), None).await;
                }
            }
            Notice::Broken(broken) => {
                if let Some(uri) = convert::uri(&broken.file) {
                    let found = convert::mistakes(&broken, can.encoding);
                    if let Some(first) = broken.mistakes.first() {
                        let name = broken
                            .file
                            .file_name()
                            .unwrap_or_default()
                            .to_string_lossy();
                        let more = match broken.mistakes.len() {
                            1 => String::new(),
                            count => format!(" (and {} more)", count - 1),
                        };
                        let what = first.message.lines().next().unwrap_or_default();
                        let text = format!("archlint: {name}: {what}{more}");
                        client.show_message(MessageType::WARNING, text).await;
                    }
                    client.publish_diagnostics(uri, found, None).await;
                }
            }
            Notice::Outdated => {
                // An answer is awaited by a task of its own: the editor may take its time.
                let client = client.clone();
                let (diagnostics, lenses) =
                    (can.refreshes_diagnostics && can.pulls, can.refreshes_lenses);
                tokio::spawn(async move {
                    if diagnostics {
                        let _ = client.workspace_diagnostic_refresh().await;
                    }
                    if lenses {
                        let _ = client.code_lens_refresh().await;
                    }
                });
            }
            Notice::Failure(text) => {
                let text = format!("archlint failed on {text}");
                client.log_message(MessageType::ERROR, text).await;
            }
        }
    }
}
