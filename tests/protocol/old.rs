//! A client that only knows LSP 3.15: no position encodings, no pulling, no change annotations, and
//! versions that may be null.

use crate::client::{Client, DESIGN, LOUD};
use serde_json::{Value, json};

#[test]
fn a_session_of_lsp_3_15() {
    let mut client = Client::start_with(&[("archlint.toml", LOUD)], &[]);
    let root = client.uri("");
    let result = client.request(
        "initialize",
        json!({
            "processId": 1,
            "rootPath": client.folder(),
            "rootUri": root,
            "trace": "off",
            "capabilities": {
                "textDocument": {
                    "synchronization": { "didSave": true },
                    "publishDiagnostics": { "relatedInformation": true },
                },
                "workspace": { "applyEdit": true },
            },
        }),
    );
    let capabilities = &result["capabilities"];
    assert_eq!(capabilities["textDocumentSync"]["change"], 2);
    assert!(capabilities.get("positionEncoding").is_none());
    assert!(capabilities.get("diagnosticProvider").is_none());
    assert_eq!(capabilities["codeActionProvider"], true);
    client.notify("initialized", json!({}));

    let uri = client.uri("design/a.md");
    client.open("design/a.md", "# A\n");
    client.pushed("design/a.md");
    client.notify(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": uri, "version": null },
            "contentChanges": [{
                "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } },
                "rangeLength": 4,
                "text": DESIGN,
            }],
        }),
    );
    let found = client.pushed("design/a.md");
    assert!(!found.is_empty());
    for diagnostic in &found {
        assert!(diagnostic.get("codeDescription").is_none(), "{diagnostic}");
        assert!(diagnostic.get("tags").is_none(), "{diagnostic}");
    }
    let actions = client.actions("design/a.md", &found[0]["range"]);
    assert!(!actions.is_empty());
    for action in &actions {
        // Without the newer form of edits, the older one.
        let has_edit = action["edit"]["changes"][&uri].is_array();
        assert!(has_edit || action["command"].is_object(), "{action}");
        assert_eq!(action["edit"]["documentChanges"], Value::Null);
    }
    let params = client.at("design/a.md", 0, 3);
    let hover = client.request("textDocument/hover", params);
    assert_eq!(hover["contents"]["kind"], "plaintext");
    client.request("shutdown", json!(null));
    client.notify("exit", json!(null));
    assert_eq!(client.exit_code(std::time::Duration::from_secs(5)), Some(0));
}
