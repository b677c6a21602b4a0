//! How sessions begin and end.

use crate::client::{Client, DESIGN, ordinary_capabilities};
use serde_json::json;
use std::time::Duration;

/// "At once", on a busy machine.
const AT_ONCE: Duration = Duration::from_secs(5);

#[test]
fn exit_ends_the_process_although_standard_input_stays_open() {
    let mut client = Client::start();
    client.initialize(json!({}));
    client.request("shutdown", json!({}));
    client.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(client.exit_code(AT_ONCE), Some(0));
}

#[test]
fn shutdown_and_exit_are_understood_with_null_parameters() {
    let mut client = Client::start();
    client.initialize(json!({}));
    client.request("shutdown", json!(null));
    client.notify("exit", json!(null));
    assert_eq!(client.exit_code(AT_ONCE), Some(0));
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let mut client = Client::start();
    client.initialize(json!({}));
    client.notify("exit", json!({}));
    assert_eq!(client.exit_code(AT_ONCE), Some(1));
}

#[test]
fn exit_ends_the_process_before_it_is_initialized_and_behind_slow_work() {
    let mut client = Client::start();
    client.notify("exit", json!({}));
    assert_eq!(client.exit_code(AT_ONCE), Some(1));

    let slow = [("ARCHLINT_TEST_FAULTS", "review-takes=30000")];
    let mut client = Client::start_with(&[], &slow);
    client.initialize(ordinary_capabilities());
    client.open("design/a.md", DESIGN);
    let params = client.at("design/a.md", 0, 0);
    client.ask("textDocument/hover", params);
    client.request("shutdown", json!(null));
    client.notify("exit", json!({}));
    assert_eq!(client.exit_code(AT_ONCE), Some(0));
}

#[test]
fn a_closed_pipe_is_an_end() {
    let mut client = Client::start();
    client.initialize(json!({}));
    client.hang_up();
    assert_eq!(client.exit_code(AT_ONCE), Some(1));

    let mut client = Client::start();
    client.initialize(json!({}));
    client.request("shutdown", json!({}));
    client.hang_up();
    assert_eq!(client.exit_code(AT_ONCE), Some(0));

    // In the middle of a message.
    let mut client = Client::start();
    client.send_bytes(b"Content-Length: 100\r\n\r\n{\"json");
    client.hang_up();
    assert_eq!(client.exit_code(AT_ONCE), Some(1));
}

#[test]
fn requests_come_after_initialize_and_before_shutdown() {
    let mut client = Client::start();
    let early = client.at("a.md", 0, 0);
    assert_eq!(client.error("textDocument/hover", early), -32002);
    client.initialize(json!({}));
    let uri = client.uri("");
    assert_eq!(
        client.error("initialize", json!({ "rootUri": uri, "capabilities": {} })),
        -32600
    );
    client.request("shutdown", json!(null));
    let late = client.at("a.md", 0, 0);
    assert_eq!(client.error("textDocument/hover", late), -32600);
}

#[test]
fn what_is_offered_depends_on_what_the_client_can_do() {
    let mut client = Client::start();
    let plain = client.initialize(json!({}));
    assert_eq!(plain["serverInfo"]["name"], "archlint");
    assert!(
        plain["capabilities"].get("diagnosticProvider").is_none(),
        "{plain}"
    );
    assert!(
        plain["capabilities"].get("positionEncoding").is_none(),
        "{plain}"
    );

    let mut client = Client::start();
    let able = client.initialize(json!({
        "general": { "positionEncodings": ["utf-32", "utf-8"] },
        "textDocument": { "diagnostic": {} },
    }));
    assert_eq!(able["capabilities"]["positionEncoding"], "utf-32");
    assert_eq!(
        able["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"],
        true
    );
}
