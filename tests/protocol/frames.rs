//! Messages that are not as they should be are answered with an error, and the session goes on.

use crate::client::{Client, DESIGN, ordinary_capabilities};
use serde_json::{Value, json};

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;

/// The code of the next error that belongs to no request.
#[track_caller]
fn unclaimed_error(client: &mut Client) -> i64 {
    let message = client.wait("an error without an id", |message| {
        message["id"].is_null() && message.get("error").is_some()
    });
    message["error"]["code"].as_i64().unwrap()
}

#[track_caller]
fn is_alive(client: &mut Client) {
    client.open("design/alive.md", DESIGN);
    assert!(!client.pushed("design/alive.md").is_empty());
    client.close("design/alive.md");
    assert!(client.pushed("design/alive.md").is_empty());
}

#[test]
fn content_that_is_not_json_is_answered() {
    let mut client = Client::ordinary(&[]);
    let deep = format!(
        r#"{{"jsonrpc":"2.0","method":"x","params":{}1{}}}"#,
        "[".repeat(5000),
        "]".repeat(5000)
    );
    for content in [
        &b"{"[..],
        b"",
        b"not json",
        b"\xff\xfe",
        br#"{"jsonrpc":"2.0","id":1,"method":"\ud8"}"#,
        deep.as_bytes(),
    ] {
        client.send_content(content);
        assert_eq!(
            unclaimed_error(&mut client),
            PARSE_ERROR,
            "{}",
            String::from_utf8_lossy(content)
        );
    }
    is_alive(&mut client);
}

#[test]
fn json_that_is_no_message_is_answered() {
    let mut client = Client::ordinary(&[]);
    for content in [
        "[]",
        "1",
        "null",
        "{}",
        r#"[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]"#,
        r#"{"jsonrpc":"2.0"}"#,
        r#"{"jsonrpc":"2.0","method":7}"#,
        r#"{"jsonrpc":"2.0","id":{},"method":"shutdown"}"#,
    ] {
        client.send_content(content.as_bytes());
        assert_eq!(unclaimed_error(&mut client), INVALID_REQUEST, "{content}");
    }
    client.send(&json!({ "jsonrpc": "1.0", "id": 77, "method": "shutdown" }));
    assert_eq!(client.response(77)["error"]["code"], INVALID_REQUEST);
    is_alive(&mut client);
}

#[test]
fn headers_that_are_none_are_answered() {
    let mut client = Client::ordinary(&[]);
    for bytes in [
        &b"what is this\r\n\r\n"[..],
        b"Content-Length: many\r\n\r\n",
        b"Content-Length: -1\r\n\r\n",
    ] {
        client.send_bytes(bytes);
        assert_eq!(unclaimed_error(&mut client), PARSE_ERROR);
    }
    is_alive(&mut client);
    // Told too short, told too long: the message is lost, not the next one.
    let message = br#"{"jsonrpc":"2.0","method":"$/nothing"}"#;
    client.send_bytes(b"Content-Length: 10\r\n\r\n");
    client.send_bytes(message);
    is_alive(&mut client);
    assert_eq!(unclaimed_error(&mut client), PARSE_ERROR);
    client.send_bytes(b"Content-Length: 100\r\n\r\n");
    client.send_bytes(message);
    is_alive(&mut client);
    assert_eq!(unclaimed_error(&mut client), PARSE_ERROR);
}

#[test]
fn a_response_that_nobody_waits_for_is_passed_over() {
    let mut client = Client::ordinary(&[]);
    client.send(&json!({ "jsonrpc": "2.0", "id": 4711, "result": null }));
    client.send(&json!({ "jsonrpc": "2.0", "id": "x", "error": { "code": 1, "message": "no" } }));
    is_alive(&mut client);
}

#[test]
fn unknown_methods_are_refused_and_unknown_notifications_passed_over() {
    let mut client = Client::ordinary(&[]);
    assert_eq!(
        client.error("textDocument/brew", json!({})),
        METHOD_NOT_FOUND
    );
    client.notify("textDocument/didBrew", json!({}));
    client.notify("$/setTrace", json!({ "value": "off" }));
    is_alive(&mut client);
}

#[test]
fn parameters_that_do_not_fit_are_refused() {
    let mut client = Client::ordinary(&[]);
    for (method, params) in [
        ("textDocument/hover", json!({})),
        (
            "textDocument/hover",
            json!({ "textDocument": { "uri": "no uri" }, "position": { "line": 0, "character": 0 } }),
        ),
        ("textDocument/codeAction", json!({ "range": 1 })),
        ("archlint/checklist", json!({})),
        (
            "archlint/checklist",
            json!({ "textDocument": { "uri": "file:///not/open.md" } }),
        ),
        (
            "workspace/executeCommand",
            json!({ "command": "archlint.explain", "arguments": [] }),
        ),
        (
            "workspace/executeCommand",
            json!({ "command": "rm", "arguments": [{ "uri": "file:///a", "rule": "b" }] }),
        ),
    ] {
        assert_eq!(client.error(method, params), INVALID_PARAMS, "{method}");
    }
    client.notify("textDocument/didOpen", json!({ "textDocument": 1 }));
    client.notify("textDocument/didChange", json!([]));
    is_alive(&mut client);
}

#[test]
fn half_a_character_is_taken_in_as_a_replacement() {
    let mut client = Client::start();
    client.initialize(ordinary_capabilities());
    let uri = client.uri("design/a.md");
    let open = format!(
        r##"{{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{{"textDocument":{{"uri":"{uri}","languageId":"markdown","version":1,"text":"# One \ud83d two\n\nx\n"}}}}}}"##
    );
    client.send_content(open.as_bytes());
    client.pushed("design/a.md");
    // The half counts as one unit: "two" stands behind it.
    let selected = word_at(&mut client, 0, 9);
    assert_eq!(
        selected,
        json!({ "start": { "line": 0, "character": 8 }, "end": { "line": 0, "character": 11 } })
    );
    let change = format!(
        r##"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{uri}","version":2}},"contentChanges":[{{"range":{{"start":{{"line":0,"character":8}},"end":{{"line":0,"character":8}}}},"text":"\ude00\ude00a"}}]}}}}"##
    );
    client.send_content(change.as_bytes());
    let selected = word_at(&mut client, 0, 12);
    assert_eq!(
        selected,
        json!({ "start": { "line": 0, "character": 10 }, "end": { "line": 0, "character": 14 } })
    );
}

fn word_at(client: &mut Client, line: usize, character: usize) -> Value {
    let mut params = client.of("design/a.md");
    params["positions"] = json!([{ "line": line, "character": character }]);
    client.request("textDocument/selectionRange", params)[0]["range"].clone()
}
