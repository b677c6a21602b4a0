//! Findings as the editor gets them: pushed, and pulled where it can.

use crate::client::{ADR, Client, DESIGN, LOUD, codes, ordinary_capabilities};
use serde_json::{Value, json};

const WARNING: u64 = 2;
const INFO: u64 = 3;
const HINT: u64 = 4;

fn pulling() -> Value {
    let mut capabilities = ordinary_capabilities();
    capabilities["textDocument"]["diagnostic"] = json!({ "dynamicRegistration": false });
    capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    capabilities
}

fn severities(found: &[Value]) -> Vec<u64> {
    let questions = found
        .iter()
        .filter(|one| !one["code"].as_str().unwrap().starts_with("adr/"));
    questions
        .map(|one| one["severity"].as_u64().unwrap())
        .collect()
}

#[test]
fn a_finding_comes_with_its_rule_its_page_and_what_belongs_to_it() {
    let mut client = Client::ordinary(&[]);
    client.open("design/a.md", DESIGN);
    let found = client.pushed("design/a.md");
    assert!(found.len() > 3, "{found:?}");
    for one in &found {
        assert_eq!(one["source"], "archlint");
        let page = one["codeDescription"]["href"].as_str().unwrap();
        assert!(page.starts_with("https://"), "{page}");
        assert!(one["code"].as_str().unwrap().contains('/'));
        // One line is underlined.
        assert_eq!(one["range"]["start"]["line"], one["range"]["end"]["line"]);
    }
    let related = found
        .iter()
        .find(|one| one["relatedInformation"].is_array())
        .unwrap();
    let first = &related["relatedInformation"][0];
    assert_eq!(first["location"]["uri"], client.uri("design/a.md"));
    assert!(!first["message"].as_str().unwrap().is_empty());
}

#[test]
fn what_the_baseline_knows_is_a_hint() {
    let record = ADR.replace("2026-02-18", "18 February 2026");
    let mut client = Client::ordinary(&[("adr/0002-mail.md", &record)]);
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_archlint"))
        .args(["baseline", "adr"])
        .current_dir(client.folder())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{ran:?}");
    let severity = |found: &[Value], code: &str| {
        let one = found.iter().find(|one| one["code"] == code);
        one.and_then(|one| one["severity"].as_u64())
    };
    client.open("adr/0002-mail.md", &record);
    let found = client.pushed("adr/0002-mail.md");
    assert_eq!(severity(&found, "adr/status"), Some(HINT));
    let known = found
        .iter()
        .find(|one| one["code"] == "adr/status")
        .unwrap();
    let message = known["message"].as_str().unwrap();
    assert!(
        message.ends_with("Known: it stands in the baseline"),
        "{message}"
    );
    // What is new is as loud as ever, and what is known may move.
    let moved = record.replace(
        "## Decision\n\nWe will send",
        "## Decision\n\nTBD\n\nWe will send",
    );
    let without = moved.split("## Consequences").next().unwrap();
    client.replace("adr/0002-mail.md", 2, &format!("\n\n{without}"));
    let found = client.pushed("adr/0002-mail.md");
    assert_eq!(severity(&found, "adr/status"), Some(HINT));
    assert_eq!(severity(&found, "adr/consequences"), Some(INFO));
    // A baseline that goes is noticed.
    std::fs::remove_file(client.folder().join("archlint-baseline.jsonl")).unwrap();
    client.pushed_until("adr/0002-mail.md", |found| {
        severity(found, "adr/status") == Some(WARNING)
    });
}

#[test]
fn a_draft_is_told_quietly_what_it_leaves_open() {
    let mut client = Client::ordinary(&[]);
    let draft = format!(
        "---\nstatus: draft\n---\n{}",
        DESIGN.replace("Status: accepted\n\n", "")
    );
    client.open("design/a.md", &draft);
    let quiet = severities(&client.pushed("design/a.md"));
    assert!(
        !quiet.is_empty() && quiet.iter().all(|severity| *severity > WARNING),
        "{quiet:?}"
    );
    client.replace(
        "design/a.md",
        2,
        &draft.replace("status: draft", "status: accepted"),
    );
    let loud = severities(&client.pushed("design/a.md"));
    assert!(loud.contains(&WARNING), "{loud:?}");
}

#[test]
fn a_waiver_that_is_not_needed_is_shown_as_such() {
    let mut client = Client::ordinary(&[]);
    let text = DESIGN.replace(
        "## Motivation",
        "<!-- archlint: waive adr/status: this is no record -->\n\n## Motivation",
    );
    client.open("design/a.md", &text);
    let found = client.pushed("design/a.md");
    let unneeded = found
        .iter()
        .find(|one| one["code"] == "waiver/unneeded")
        .unwrap();
    assert_eq!(unneeded["tags"], json!([1]));
}

#[test]
fn who_pulls_is_not_pushed_to() {
    let mut client = Client::start_with(&[("archlint.toml", LOUD)], &[]);
    client.initialize(pulling());
    client.open("design/a.md", DESIGN);
    let of = client.of("design/a.md");
    let first = client.request("textDocument/diagnostic", of.clone());
    assert_eq!(first["kind"], "full");
    assert!(!first["items"].as_array().unwrap().is_empty());
    let id = first["resultId"].as_str().unwrap().to_owned();

    let mut again = of.clone();
    again["previousResultId"] = json!(id);
    let second = client.request("textDocument/diagnostic", again.clone());
    assert_eq!(second, json!({ "kind": "unchanged", "resultId": id }));

    client.replace("design/a.md", 2, "# Nothing\n");
    let third = client.request("textDocument/diagnostic", again);
    assert_eq!(third["kind"], "full");
    assert_ne!(third["resultId"], json!(id));
    let uri = client.uri("design/a.md");
    assert!(client.stays_silent(|message| {
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
    }));
    let unknown = client.of("design/unknown.md");
    assert_eq!(
        client.request("textDocument/diagnostic", unknown)["items"],
        json!([])
    );
}

#[test]
fn who_can_ask_again_is_told_to_under_either_name_of_that() {
    let silent = json!({});
    let names = [
        (json!({ "diagnostics": { "refreshSupport": true } }), true),
        (json!({ "diagnostic": { "refreshSupport": true } }), true),
        (json!({ "diagnostics": { "refreshSupport": false } }), false),
        (silent, false),
    ];
    for (workspace, is_told) in names {
        let mut client = Client::start_with(&[("archlint.toml", LOUD)], &[]);
        let mut capabilities = pulling();
        capabilities["workspace"] = workspace.clone();
        client.initialize(capabilities);
        client.open("design/a.md", DESIGN);
        let of = client.of("design/a.md");
        client.request("textDocument/diagnostic", of);
        client.write("archlint.toml", "confidence = 0.9\n");
        let uri = client.uri("archlint.toml");
        client.notify(
            "workspace/didChangeWatchedFiles",
            json!({ "changes": [{ "uri": uri, "type": 2 }] }),
        );
        let is_refresh = |message: &Value| message["method"] == "workspace/diagnostic/refresh";
        if is_told {
            client.wait("a refresh", is_refresh);
        } else {
            assert!(client.stays_silent(is_refresh), "{workspace}");
        }
    }
}

#[test]
fn the_whole_workspace_can_be_pulled_with_progress_and_in_parts() {
    let files = [
        ("archlint.toml", LOUD),
        ("design/a.md", DESIGN),
        ("adr/0002-mail.md", ADR),
    ];
    let mut client = Client::start_with(&files, &[]);
    client.initialize(pulling());
    // The editor's text counts, not the file's.
    client.open("design/a.md", "# Nothing\n");
    let all = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let items = all["items"].as_array().unwrap().clone();
    let of = |path: &str, client: &Client| {
        let uri = client.uri(path);
        items
            .iter()
            .find(|item| item["uri"] == uri)
            .unwrap_or_else(|| panic!("{items:#?}"))
            .clone()
    };
    assert_eq!(of("design/a.md", &client)["version"], 1);
    let mail = of("adr/0002-mail.md", &client);
    assert!(!mail["items"].as_array().unwrap().is_empty());
    assert_eq!(mail["version"], Value::Null);

    let known: Vec<Value> = items
        .iter()
        .map(|item| json!({ "uri": item["uri"], "value": item["resultId"] }))
        .collect();
    // Nothing is new: the answer waits until something is.
    let waiting = client.ask(
        "workspace/diagnostic",
        json!({ "previousResultIds": known, "workDoneToken": "w", "partialResultToken": "p" }),
    );
    assert!(client.stays_silent(|message| message["id"] == json!(waiting)));
    client.write(
        "adr/0002-mail.md",
        &ADR.replace("Date: 2026-02-18", "Status: Accepted"),
    );
    let uri = client.uri("adr/0002-mail.md");
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri, "type": 2 }] }),
    );
    assert_eq!(client.response(waiting)["result"], json!({ "items": [] }));
    let mut parts = Vec::new();
    let mut kinds = Vec::new();
    while kinds.last() != Some(&json!("end")) || parts.is_empty() {
        let told = client.told("$/progress");
        match told["token"].as_str() {
            Some("p") => parts.extend(told["value"]["items"].as_array().unwrap().clone()),
            _ => kinds.push(told["value"]["kind"].clone()),
        }
    }
    assert_eq!(kinds.first(), Some(&json!("begin")));
    let kind = |uri: &str| parts.iter().find(|part| part["uri"] == uri).unwrap()["kind"].clone();
    assert_eq!(kind(&client.uri("design/a.md")), "unchanged");
    assert_eq!(kind(&uri), "full");
}

#[test]
fn the_editor_and_the_command_find_the_same() {
    let mut client = Client::ordinary(&[("design/a.md", DESIGN), ("adr/0002-mail.md", ADR)]);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_archlint"))
        .args(["check", "--format", "json", "."])
        .current_dir(client.folder())
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    for (path, text) in [("design/a.md", DESIGN), ("adr/0002-mail.md", ADR)] {
        let findings = report["findings"].as_array().unwrap().iter();
        let expected: Vec<(String, u64)> = findings
            .filter(|finding| finding["path"] == path)
            .map(|f| {
                (
                    f["rule"].as_str().unwrap().to_owned(),
                    f["range"]["start"]["line"].as_u64().unwrap() - 1,
                )
            })
            .collect();
        client.open(path, text);
        let found = client.pushed(path);
        let found: Vec<(String, u64)> = found
            .iter()
            .map(|f| {
                (
                    f["code"].as_str().unwrap().to_owned(),
                    f["range"]["start"]["line"].as_u64().unwrap(),
                )
            })
            .collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn records_are_seen_together_with_their_neighbours() {
    let mut client = Client::ordinary(&[("adr/0002-mail.md", ADR)]);
    client.open("adr/0002-letters.md", &ADR.replace("mail", "letters"));
    let found = client.pushed_until("adr/0002-letters.md", |found| {
        codes(found).contains(&"adr/number")
    });
    assert!(found.len() > 1);
    // A neighbour that is open is told, too; renumbered, both are content.
    client.open("adr/0002-mail.md", ADR);
    client.pushed_until("adr/0002-mail.md", |found| {
        codes(found).contains(&"adr/number")
    });
    client.close("adr/0002-letters.md");
    std::fs::write(
        client.folder().join("adr/0003-letters.md"),
        ADR.replace("# 2.", "# 3."),
    )
    .unwrap();
    client.replace("adr/0002-mail.md", 2, ADR);
    client.pushed_until("adr/0002-mail.md", |found| {
        !codes(found).contains(&"adr/number")
    });
}
