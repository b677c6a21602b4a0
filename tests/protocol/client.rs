//! An editor: starts the server, sends messages, and keeps what comes back until it is wanted.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A design document that leaves much open, and a configuration under which that is reported.
pub const DESIGN: &str = "\
# Proposal: Move orders to a message queue

Status: accepted

## Motivation

Orders are lost when the payment service is down. We propose to put them on Kafka, a message queue,
and to deploy the new consumer to production next week.

## Proposal

The web shop publishes every order to a topic. A consumer service reads it and calls the payment
service. The database schema is migrated during the release, and the API gets a new endpoint.

## References

- Notes of the last meeting
";

/// Everything is reported that could be, so that the tests do not depend on what is tuned.
pub const LOUD: &str = "confidence = 0.0\n";

/// A decision record without a status.
pub const ADR: &str = "\
# 2. Send mail through one provider

Date: 2026-02-18

## Context

Mail is sent from four programs with four passwords, and one of them was lost in January.

## Decision

We will send all mail through the provider that purchasing has a contract with.

## Consequences

- Programs ask the mail service instead of sending themselves.
";

/// A running server and the editor's end of the pipes.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    /// What came and was not wanted yet.
    kept: Vec<Value>,
    next: i64,
    folder: tempfile::TempDir,
}

impl Client {
    /// A server in an empty workspace, not initialized.
    pub fn start() -> Self {
        Client::start_with(&[], &[])
    }

    /// A server in a workspace with these files, with these environment variables.
    pub fn start_with(files: &[(&str, &str)], variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            write(&folder.path().join(path), text);
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_archlint"))
            .arg("lsp")
            .envs(variables.iter().copied())
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        let (sender, output) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut reader) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Client {
            child,
            input,
            output,
            kept: Vec::new(),
            next: 0,
            folder,
        }
    }

    /// A server for an ordinary editor: everything is reported, diagnostics are pushed.
    pub fn ordinary(files: &[(&str, &str)]) -> Self {
        let mut client = Client::start_with(files, &[]);
        if !client.folder().join("archlint.toml").exists() {
            client.write("archlint.toml", LOUD);
        }
        client.initialize(ordinary_capabilities());
        client
    }

    /// Goes through `initialize` and `initialized`; the result is that of `initialize`.
    pub fn initialize(&mut self, capabilities: Value) -> Value {
        self.initialize_with(capabilities, json!({}))
    }

    /// As [`Client::initialize`], with `more` parameters.
    pub fn initialize_with(&mut self, capabilities: Value, more: Value) -> Value {
        let uri = self.uri("");
        let mut params = json!({
            "processId": null,
            "rootUri": uri,
            "workspaceFolders": [{ "uri": uri, "name": "test" }],
            "capabilities": capabilities,
        });
        for (key, value) in more.as_object().unwrap() {
            params[key] = value.clone();
        }
        let result = self.request("initialize", params);
        self.notify("initialized", json!({}));
        result
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    /// The URI of a file of the workspace.
    pub fn uri(&self, path: &str) -> String {
        let folder = self.folder();
        let folder = folder.to_str().unwrap().replace('\\', "/");
        let root = if folder.starts_with('/') { "" } else { "/" };
        let slash = if path.is_empty() { "" } else { "/" };
        format!("file://{root}{folder}{slash}{path}")
    }

    pub fn write(&self, path: &str, text: &str) {
        write(&self.folder().join(path), text);
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    /// Sends content in a frame.
    pub fn send_content(&mut self, content: &[u8]) {
        let mut frame = format!("Content-Length: {}\r\n\r\n", content.len()).into_bytes();
        frame.extend_from_slice(content);
        self.send_bytes(&frame);
    }

    pub fn send(&mut self, message: &Value) {
        self.send_content(message.to_string().as_bytes());
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request; the result is its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The response to a request: the whole message.
    #[track_caller]
    pub fn response(&mut self, id: i64) -> Value {
        self.wait("a response", |message| {
            message["id"] == json!(id) && message.get("method").is_none()
        })
    }

    /// Sends a request and waits for its result.
    #[track_caller]
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let response = self.response(id);
        assert!(response.get("error").is_none(), "{method}: {response}");
        response["result"].clone()
    }

    /// Sends a request and waits for the code of its error.
    #[track_caller]
    pub fn error(&mut self, method: &str, params: Value) -> i64 {
        let id = self.ask(method, params);
        let response = self.response(id);
        response["error"]["code"]
            .as_i64()
            .unwrap_or_else(|| panic!("no error: {response}"))
    }

    /// The parameters of the next notification or request of the server.
    #[track_caller]
    pub fn told(&mut self, method: &str) -> Value {
        self.wait(method, |message| message["method"] == method)["params"].clone()
    }

    /// The next message for which `wanted` holds. What the server asks meanwhile is answered.
    #[track_caller]
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at);
        }
        let until = Instant::now() + PATIENCE;
        loop {
            match self
                .output
                .recv_timeout(until.saturating_duration_since(Instant::now()))
            {
                Ok(message) => {
                    self.reply(&message);
                    if wanted(&message) {
                        return message;
                    }
                    self.kept.push(message);
                }
                Err(RecvTimeoutError::Timeout) => panic!("no {what}; kept: {:#?}", self.kept),
                Err(RecvTimeoutError::Disconnected) => panic!("the server is gone before {what}"),
            }
        }
    }

    /// Whether no message for which `unwanted` holds comes for a while.
    pub fn stays_silent(&mut self, unwanted: impl Fn(&Value) -> bool) -> bool {
        let until = Instant::now() + Duration::from_millis(500);
        while let Ok(message) = self
            .output
            .recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            self.reply(&message);
            self.kept.push(message);
        }
        !self.kept.iter().any(unwanted)
    }

    fn reply(&mut self, message: &Value) {
        if let (Some(id), Some(method)) = (message.get("id"), message.get("method")) {
            let result = match method.as_str() {
                Some("workspace/applyEdit") => json!({ "applied": true }),
                _ => Value::Null,
            };
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
        }
    }

    /// Opens a document of the workspace.
    pub fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        self.open_uri(&uri, text);
    }

    pub fn open_uri(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the whole text of an open document.
    pub fn replace(&mut self, path: &str, version: i64, text: &str) {
        let uri = self.uri(path);
        self.notify(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri, "version": version },
                "contentChanges": [{ "text": text }],
            }),
        );
    }

    pub fn close(&mut self, path: &str) {
        let params = self.of(path);
        self.notify("textDocument/didClose", params);
    }

    /// `{ textDocument: { uri } }` of a document.
    pub fn of(&self, path: &str) -> Value {
        json!({ "textDocument": { "uri": self.uri(path) } })
    }

    /// As [`Client::of`], with a position.
    pub fn at(&self, path: &str, line: usize, character: usize) -> Value {
        let mut params = self.of(path);
        params["position"] = json!({ "line": line, "character": character });
        params
    }

    /// The next diagnostics that are pushed for a file.
    #[track_caller]
    pub fn pushed(&mut self, path: &str) -> Vec<Value> {
        let uri = self.uri(path);
        let message = self.wait("diagnostics", |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// Diagnostics that are pushed for a file, the first ones that `wanted` holds for.
    #[track_caller]
    pub fn pushed_until(&mut self, path: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        loop {
            let found = self.pushed(path);
            if wanted(&found) {
                return found;
            }
        }
    }

    /// The code actions for a passage.
    #[track_caller]
    pub fn actions(&mut self, path: &str, range: &Value) -> Vec<Value> {
        let mut params = self.of(path);
        params["range"] = range.clone();
        params["context"] = json!({ "diagnostics": [] });
        self.request("textDocument/codeAction", params)
            .as_array()
            .unwrap()
            .clone()
    }

    /// Closes the pipe.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// The exit code, if the process ends within `limit`; `None` when a signal ended it.
    #[track_caller]
    pub fn exit_code(&mut self, limit: Duration) -> Option<i32> {
        let until = Instant::now() + limit;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(Instant::now() < until, "the server does not end");
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What an ordinary editor of today can do, but for pulling diagnostics.
pub fn ordinary_capabilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true,
                "codeDescriptionSupport": true,
                "tagSupport": { "valueSet": [1, 2] },
            },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "completion": { "completionItem": { "snippetSupport": true } },
        },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    })
}

/// The codes of diagnostics.
pub fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic["code"].as_str())
        .collect()
}

fn write(file: &Path, text: &str) {
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

fn read(reader: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.parse().ok();
        }
    }
    let mut content = vec![0; length?];
    reader.read_exact(&mut content).ok()?;
    Some(serde_json::from_slice(&content).unwrap())
}
