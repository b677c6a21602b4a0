//! What goes wrong inside: `ARCHLINT_TEST_FAULTS` makes it go wrong on purpose (see `faults.rs` of
//! the server).

use crate::client::{Client, DESIGN, codes, ordinary_capabilities};
use serde_json::json;
use std::time::{Duration, Instant};

const CANCELLED: i64 = -32800;

fn with_fault(fault: &str) -> Client {
    let mut client = Client::start_with(&[], &[("ARCHLINT_TEST_FAULTS", fault)]);
    client.initialize(ordinary_capabilities());
    client
}

#[test]
fn a_panic_in_a_review_is_told_and_the_session_goes_on() {
    let mut client = with_fault("review-panics=BOOM");
    client.open("design/a.md", "# A\n\nBOOM\n");
    let found = client.pushed("design/a.md");
    assert_eq!(codes(&found), ["archlint/failure"]);
    assert!(
        found[0]["message"]
            .as_str()
            .unwrap()
            .contains("please report"),
        "{found:?}"
    );
    let logged = client.told("window/logMessage");
    assert!(
        logged["message"].as_str().unwrap().contains("design/a.md"),
        "{logged}"
    );
    let params = client.at("design/a.md", 0, 2);
    client.request("textDocument/hover", params);
    let params = client.of("design/a.md");
    assert_eq!(
        client.request("archlint/checklist", params)["questions"],
        json!([])
    );
    client.replace("design/a.md", 2, DESIGN);
    assert!(!codes(&client.pushed("design/a.md")).contains(&"archlint/failure"));
}

#[test]
fn a_panic_elsewhere_ends_the_process_rather_than_leaving_a_silent_one() {
    for fault in ["server-panics=BOOM", "reviewer-panics=BOOM"] {
        let mut client = with_fault(fault);
        client.open("design/a.md", "# A\n\nBOOM\n");
        let code = client.exit_code(Duration::from_secs(10));
        assert_ne!(code, Some(0), "{fault}");
    }
}

#[test]
fn a_cancelled_request_is_answered_at_once_behind_slow_work() {
    let mut client = with_fault("review-takes=20000");
    client.open("design/a.md", DESIGN);
    let params = client.of("design/a.md");
    let asked: Vec<i64> = (0..50)
        .map(|_| client.ask("textDocument/codeLens", params.clone()))
        .collect();
    let start = Instant::now();
    for id in asked.iter().rev() {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    for id in asked {
        assert_eq!(client.response(id)["error"]["code"], CANCELLED);
    }
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_cancellation_that_comes_too_late_or_for_nothing_is_passed_over() {
    let mut client = with_fault("");
    client.notify("$/cancelRequest", json!({ "id": 4711 }));
    client.open("design/a.md", DESIGN);
    let params = client.of("design/a.md");
    let id = client.ask("textDocument/codeLens", params.clone());
    assert!(client.response(id)["result"].is_array());
    client.notify("$/cancelRequest", json!({ "id": id }));
    assert!(client.request("textDocument/codeLens", params).is_array());
}

#[test]
fn typing_does_not_wait_for_a_review() {
    let mut client = with_fault("review-takes=3000");
    client.open("design/a.md", DESIGN);
    let start = Instant::now();
    for version in 2..500 {
        client.replace("design/a.md", version, DESIGN);
    }
    // Answered by the one owner of the documents, behind all those edits.
    let params = client.of("design/never.md");
    assert_eq!(client.error("archlint/checklist", params), -32602);
    assert!(
        start.elapsed() < Duration::from_millis(2500),
        "{:?}",
        start.elapsed()
    );
}
