//! The thread between standard input and tower-lsp. It lets through what tower-lsp can read,
//! turns what it cannot into a request for an error, and ends the session after `exit`: tower-lsp
//! itself ends silently at the first malformed frame, refuses `shutdown` with any parameters, and
//! waits for ever for standard input to close.

use crate::frames::{Frame, Frames};
use crate::surrogates::replace_lone;
use serde_json::{Value, json};
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncWriteExt, DuplexStream};
use tokio::runtime::Handle;
use tower_lsp::jsonrpc::{Id, Request, Response};

/// The method by which this thread asks for an error to be sent. Parameters: `code`, `message`.
pub const BROKEN: &str = "archlint/broken";
const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
/// How long answers may take to get out after `exit`.
const GRACE: Duration = Duration::from_millis(500);

/// What the client said of the end.
#[derive(Debug, Default)]
pub struct Ending {
    shutdown: AtomicBool,
}

impl Ending {
    /// The exit code that the protocol asks for: 0 after `shutdown`, else 1.
    pub fn code(&self) -> i32 {
        i32::from(!self.shutdown.load(Ordering::SeqCst))
    }
}

/// Passes messages from `input` on to `output` until `exit` or the end of the input. Then it closes
/// `output` and, should the session not end by itself, ends the process.
pub fn pass(input: impl Read, mut output: DuplexStream, runtime: &Handle, ending: &Ending) {
    let mut frames = Frames::new(input);
    let mut is_exit = false;
    // An input that cannot be read any more has ended.
    while !is_exit && let Ok(Some(frame)) = frames.next() {
        let message = match frame {
            Frame::Broken(why) => broken(Id::Null, PARSE_ERROR, why),
            Frame::Content(content) => {
                let message = readable(content, &mut frames);
                if let Some(method) = message.method.as_deref() {
                    is_exit = method == "exit";
                    ending
                        .shutdown
                        .fetch_or(method == "shutdown", Ordering::SeqCst);
                }
                message.content
            }
        };
        let header = format!("Content-Length: {}\r\n\r\n", message.len());
        let written = runtime.block_on(async {
            output.write_all(header.as_bytes()).await?;
            output.write_all(&message).await?;
            output.flush().await
        });
        if written.is_err() {
            break;
        }
    }
    drop(output);
    std::thread::sleep(GRACE);
    std::process::exit(ending.code());
}

/// A message that tower-lsp can read.
struct Message {
    content: Vec<u8>,
    /// The method of a request or notification.
    method: Option<String>,
}

fn readable<R: Read>(content: Vec<u8>, frames: &mut Frames<R>) -> Message {
    let is_broken = |content| Message {
        content,
        method: None,
    };
    let (content, value) = match serde_json::from_slice::<Value>(&content) {
        Ok(value) => (content, value),
        Err(error) => {
            let mended = replace_lone(&content)
                .and_then(|mended| Some((serde_json::from_slice(&mended).ok()?, mended)));
            match mended {
                Some((value, mended)) => (mended, value),
                None => {
                    frames.resume_within(&content);
                    let why = format!("the message is not JSON: {error}");
                    return is_broken(broken(Id::Null, PARSE_ERROR, &why));
                }
            }
        }
    };
    let id = match value.get("id") {
        Some(Value::String(id)) => Id::String(id.clone()),
        Some(Value::Number(id)) => id.as_i64().map_or(Id::Null, Id::Number),
        _ => Id::Null,
    };
    let is_request = value.get("method").is_some_and(Value::is_string);
    if !is_request {
        let is_response = serde_json::from_value::<Response>(value).is_ok();
        return is_broken(if is_response {
            content
        } else {
            broken(
                id,
                INVALID_REQUEST,
                "the message is neither a request nor a response",
            )
        });
    }
    let takes_none = ["shutdown", "exit"].contains(&value["method"].as_str().unwrap_or_default());
    let is_too_much = value
        .get("params")
        .is_some_and(|params| params.is_null() || takes_none);
    match serde_json::from_value::<Request>(value) {
        Ok(request) => {
            let method = Some(request.method().to_owned());
            let content = if is_too_much {
                let (method, id, _) = request.into_parts();
                let bare = Request::build(method);
                let bare = match id {
                    Some(id) => bare.id(id),
                    None => bare,
                };
                bare.finish().to_string().into_bytes()
            } else {
                content
            };
            Message { content, method }
        }
        Err(error) => {
            let why = format!("the message is not a JSON-RPC 2.0 request: {error}");
            is_broken(broken(id, INVALID_REQUEST, &why))
        }
    }
}

fn broken(id: Id, code: i32, why: &str) -> Vec<u8> {
    Request::build(BROKEN)
        .id(id)
        .params(json!({ "code": code, "message": why }))
        .finish()
        .to_string()
        .into_bytes()
}
