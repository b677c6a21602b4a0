//! What can be done about findings.

use crate::client::{ADR, Client, DESIGN, LOUD, codes, ordinary_capabilities};
use crate::text::replace;
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The document after the edits of an action.
fn after(text: &str, edits: &Value) -> String {
    let place = |at: &Value| {
        let number = |key: &str| usize::try_from(at[key].as_u64().unwrap()).unwrap();
        (number("line"), number("character"))
    };
    let mut edits: Vec<&Value> = edits.as_array().unwrap().iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(place(&edit["range"]["start"])));
    let mut text = text.to_owned();
    for edit in edits {
        let range = &edit["range"];
        replace(
            &mut text,
            place(&range["start"]),
            place(&range["end"]),
            edit["newText"].as_str().unwrap(),
        );
    }
    text
}

fn edits(action: &Value) -> &Value {
    &action["edit"]["documentChanges"][0]["edits"]
}

#[track_caller]
fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    actions
        .iter()
        .find(|action| action["title"].as_str().unwrap().starts_with(title))
        .unwrap_or_else(|| panic!("no {title}: {actions:#?}"))
}

/// An open design document, and a finding on a question in it.
fn with_finding(text: &str, capabilities: Value) -> (Client, Value) {
    let mut client = Client::start_with(&[("archlint.toml", LOUD)], &[]);
    client.initialize(capabilities);
    client.open("design/a.md", text);
    let found = client.pushed("design/a.md");
    let finding = found
        .into_iter()
        .find(|one| one["code"] == "deployment/rollback");
    (client, finding.expect("rollback is not asked for"))
}

/// The action that inserts the section of the question that is tried here.
fn insertion(actions: &[Value]) -> &Value {
    let is_it = |action: &&Value| {
        let title = action["title"].as_str().unwrap();
        title.starts_with("Insert section")
            && action["diagnostics"][0]["code"] == "deployment/rollback"
    };
    actions.iter().find(is_it).unwrap()
}

#[test]
fn a_section_goes_before_what_closes_the_document() {
    let (mut client, finding) = with_finding(DESIGN, ordinary_capabilities());
    let actions = client.actions("design/a.md", &finding["range"]);
    let insert = insertion(&actions);
    assert_eq!(insert["kind"], "quickfix");
    assert_eq!(
        insert["edit"]["documentChanges"][0]["textDocument"]["version"],
        1
    );
    let text = after(DESIGN, edits(insert));
    let new = text.find("\n\n## Roll").unwrap_or_else(|| panic!("{text}"));
    assert!(new < text.find("\n\n## References\n").unwrap(), "{text}");
    assert!(!text.contains("\n\n\n"), "{text}");
    assert!(text.ends_with("- Notes of the last meeting\n"));
    // Filled in, it answers the question.
    let filled = text.replace(['<', '>'], "");
    client.replace("design/a.md", 2, &filled);
    client.pushed_until("design/a.md", |found| {
        !codes(found).contains(&"deployment/rollback")
    });
}

#[test]
fn a_section_fits_the_levels_and_line_endings_of_the_document() {
    let text = DESIGN
        .replace("## References\n\n- Notes of the last meeting\n", "")
        .replace("\n## ", "\n### ");
    let text = text.trim_end().replace('\n', "\r\n");
    let (mut client, finding) = with_finding(&text, ordinary_capabilities());
    let actions = client.actions("design/a.md", &finding["range"]);
    let insert = insertion(&actions);
    let text = after(&text, edits(insert));
    assert!(text.contains("\r\n\r\n### Roll"), "{text:?}");
    assert!(!text.replace("\r\n", "").contains('\n'), "{text:?}");
    assert!(
        text.ends_with("\r\n") && !text.ends_with("\r\n\r\n"),
        "{text:?}"
    );
}

#[test]
fn an_empty_section_that_is_meant_for_it_is_filled() {
    let text = DESIGN.replace("## References", "## Rollback\n\n## References");
    let (mut client, finding) = with_finding(&text, ordinary_capabilities());
    let actions = client.actions("design/a.md", &finding["range"]);
    let insert = insertion(&actions);
    let text = after(&text, edits(insert));
    assert_eq!(text.matches("\n## Rollback").count(), 1, "{text}");
    assert!(text.contains("## Rollback\n\n-"), "{text}");
}

#[test]
fn a_section_that_says_nothing_yet_is_filled() {
    for (body, kept) in [
        ("TBD", ""),
        ("- TODO", ""),
        ("N/A", ""),
        (
            "<!-- How do you go back? -->",
            "<!-- How do you go back? -->\n\n",
        ),
        (
            "TBD: ask the people who run it",
            "TBD: ask the people who run it\n\n",
        ),
    ] {
        let section = format!("## Rollback\n\n{body}\n\n## References");
        let text = DESIGN.replace("## References", &section);
        let (mut client, finding) = with_finding(&text, ordinary_capabilities());
        let actions = client.actions("design/a.md", &finding["range"]);
        let insert = titled(&actions, "Insert section “Rollback”");
        let text = after(&text, edits(insert));
        assert_eq!(text.matches("\n## Rollback").count(), 1, "{text}");
        let start = format!("\n## Rollback\n\n{kept}- Trigger");
        assert!(text.contains(&start), "{body}: {text}");
        assert!(text.contains(">\n\n## References\n"), "{body}: {text}");
    }
    // What says something is left alone.
    let section = "## Rollback\n\nTBD\n\n### Who\n\nAlice.\n\n## References";
    let text = DESIGN.replace("## References", section);
    let (mut client, finding) = with_finding(&text, ordinary_capabilities());
    let actions = client.actions("design/a.md", &finding["range"]);
    let text = after(&text, edits(titled(&actions, "Insert section “Rollback”")));
    assert!(
        text.contains("## Rollback\n\nTBD\n\n### Who\n\nAlice.\n\n"),
        "{text}"
    );
}

#[test]
fn a_section_goes_into_the_empty_one_that_raises_its_question() {
    let heading = "## Steps, costs and rollback";
    let text = DESIGN.replace("## References", &format!("{heading}\n\n## References"));
    let (mut client, finding) = with_finding(&text, ordinary_capabilities());
    assert!(
        finding["message"]
            .as_str()
            .unwrap()
            .contains("has nothing under it"),
        "{finding}"
    );
    let actions = client.actions("design/a.md", &finding["range"]);
    let text = after(&text, edits(insertion(&actions)));
    assert!(text.contains(&format!("\n{heading}\n\n### Roll")), "{text}");
    assert!(!text.contains("\n## Roll"), "{text}");
    let filled = text.replace(['<', '>'], "");
    client.replace("design/a.md", 2, &filled);
    client.pushed_until("design/a.md", |found| {
        !codes(found).contains(&"deployment/rollback")
    });
}

#[test]
fn a_waiver_in_the_last_section_stands_in_that_section() {
    for end in ["", "\n", "\r\n\r\n"] {
        let text = DESIGN.replace(
            "## References\n\n- Notes of the last meeting\n",
            "### Steps\n\nThe new release is deployed to production in one step.",
        ) + end;
        let (mut client, finding) = with_finding(&text, ordinary_capabilities());
        let actions = client.actions("design/a.md", &finding["range"]);
        let section = "Waive deployment/rollback in “";
        let Some(waive) = actions
            .iter()
            .find(|action| action["title"].as_str().unwrap().starts_with(section))
        else {
            panic!("the finding is in no section: {finding}");
        };
        let text = after(&text, edits(waive)).replace("<why it does not apply>", "tests");
        assert!(text.contains("in one step."), "{text}");
        client.replace("design/a.md", 2, &text);
        let found = client.pushed("design/a.md");
        assert!(!codes(&found).contains(&"deployment/rollback"), "{text}");
        assert!(
            !codes(&found).iter().any(|code| code.starts_with("waiver/")),
            "{text}"
        );
    }
}

#[test]
fn a_waiver_counts_when_it_has_a_reason() {
    let (mut client, finding) = with_finding(DESIGN, ordinary_capabilities());
    let actions = client.actions("design/a.md", &finding["range"]);
    let waive = titled(&actions, "Waive deployment/rollback in this document");
    let text = after(DESIGN, edits(waive));
    let comment = "<!-- archlint: waive deployment/rollback: <why it does not apply> -->";
    assert!(
        text.contains(&format!("queue\n\n{comment}\n\nStatus")),
        "{text}"
    );
    // The placeholder is no reason.
    client.replace("design/a.md", 2, &text);
    let found = client.pushed("design/a.md");
    assert!(
        codes(&found).contains(&"deployment/rollback"),
        "{:?}",
        codes(&found)
    );
    assert!(
        codes(&found).contains(&"waiver/no-reason"),
        "{:?}",
        codes(&found)
    );
    client.replace(
        "design/a.md",
        3,
        &text.replace("<why it does not apply>", "orders can be replayed"),
    );
    let found = client.pushed("design/a.md");
    assert!(!codes(&found).contains(&"deployment/rollback"));
    assert!(
        !codes(&found).iter().any(|code| code.starts_with("waiver/")),
        "{:?}",
        codes(&found)
    );
}

#[test]
fn a_waiver_can_be_for_one_section() {
    let (mut client, finding) = with_finding(DESIGN, ordinary_capabilities());
    let actions = client.actions("design/a.md", &finding["range"]);
    let waive = titled(&actions, "Waive deployment/rollback in “");
    let text = after(DESIGN, edits(waive)).replace("<why it does not apply>", "tests");
    client.replace("design/a.md", 2, &text);
    let found = client.pushed("design/a.md");
    assert!(!codes(&found).contains(&"deployment/rollback"), "{text}");
}

#[test]
fn who_can_take_snippets_gets_the_cursor_on_the_reason() {
    let mut standard = ordinary_capabilities();
    standard["workspace"]["workspaceEdit"]["snippetEditSupport"] = json!(true);
    let (mut client, finding) = with_finding(DESIGN, standard);
    let actions = client.actions("design/a.md", &finding["range"]);
    let edit = &edits(titled(&actions, "Waive deployment/rollback in this"))[0];
    assert_eq!(edit["snippet"]["kind"], "snippet");
    let value = edit["snippet"]["value"].as_str().unwrap();
    assert!(
        value.contains("rollback: ${1:<why it does not apply>} -->"),
        "{value}"
    );
    let insert = &edits(titled(&actions, "Insert section"))[0];
    assert!(
        insert["snippet"]["value"]
            .as_str()
            .unwrap()
            .contains("${1:<"),
        "{insert}"
    );

    let mut extension = ordinary_capabilities();
    extension["experimental"] = json!({ "snippetTextEdit": true });
    let (mut client, finding) = with_finding(DESIGN, extension);
    let actions = client.actions("design/a.md", &finding["range"]);
    let edit = &edits(titled(&actions, "Waive deployment/rollback in this"))[0];
    assert_eq!(edit["insertTextFormat"], 2);
    assert!(
        edit["newText"]
            .as_str()
            .unwrap()
            .contains("${1:<why it does not apply>}"),
        "{edit}"
    );
}

#[test]
fn fields_of_a_record_are_mended_one_by_one_and_all_together() {
    let mut client = Client::ordinary(&[]);
    let record = ADR.replace("2026-02-18", "18 February 2026");
    client.open("adr/0002-mail.md", &record);
    let found = client.pushed_until("adr/0002-mail.md", |found| {
        codes(found).contains(&"adr/status")
    });
    let finding = found
        .iter()
        .find(|one| one["code"] == "adr/status")
        .unwrap();
    let actions = client.actions("adr/0002-mail.md", &finding["range"]);
    let fix = titled(&actions, "Add “Status");
    assert_eq!(fix["isPreferred"], true);
    assert!(
        after(&record, edits(fix))
            .to_lowercase()
            .contains("proposed")
    );

    let uri = client.uri("adr/0002-mail.md");
    let all = client.request(
        "textDocument/codeAction",
        json!({
            "textDocument": { "uri": uri },
            "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } },
            "context": { "diagnostics": [], "only": ["source.fixAll"] },
        }),
    );
    assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
    assert_eq!(all[0]["kind"], "source.fixAll.archlint");
    let mended = after(&record, edits(&all[0]));
    assert!(mended.contains("2026-02-18"), "{mended}");
    client.replace("adr/0002-mail.md", 2, &mended);
    let found = client.pushed("adr/0002-mail.md");
    assert!(
        !codes(&found).contains(&"adr/status") && !codes(&found).contains(&"adr/date-format"),
        "{:?}",
        codes(&found)
    );
}

const OLD: &str = "\
# 1. Send mail from every program

Date: 2025-01-10

## Status

Superseded by [2](0002-mail.md)

## Context

Mail is sent from two programs.

## Decision

We will send mail where it is made.

## Consequences

- Every program has a password.
";

/// The record that takes the place of [`OLD`] and does not say so.
fn successor() -> String {
    ADR.replace("\n## Context", "\n## Status\n\nAccepted\n\n## Context")
}

fn line_of(text: &str, part: &str) -> Value {
    let line = text[..text.find(part).unwrap()].matches('\n').count();
    json!({ "start": { "line": line, "character": 0 }, "end": { "line": line, "character": 1 } })
}

#[test]
fn a_record_says_what_the_other_one_says() {
    let mut client = Client::ordinary(&[("adr/0001-mail.md", OLD)]);
    let new = successor();
    client.open("adr/0002-mail.md", &new);
    let found = client.pushed_until("adr/0002-mail.md", |found| {
        codes(found).contains(&"adr/superseded")
    });
    let finding = found
        .iter()
        .find(|one| one["code"] == "adr/superseded")
        .unwrap();
    let actions = client.actions("adr/0002-mail.md", &finding["range"]);
    let fix = titled(&actions, "Say that it supersedes `0001-mail.md`");
    assert_eq!(fix["isPreferred"], true);
    let mended = after(&new, edits(fix));
    assert!(mended.contains("Accepted\n\nSupersedes ["), "{mended}");
    // The editor that mends all on saving mends this, too, and nothing in other files.
    let all = titled(&actions, "Fix all");
    assert_eq!(all["edit"]["documentChanges"].as_array().unwrap().len(), 1);
    assert_eq!(after(&new, edits(all)), mended);
    client.replace("adr/0002-mail.md", 2, &mended);
    client.pushed_until("adr/0002-mail.md", |found| {
        !codes(found).contains(&"adr/superseded")
    });
}

#[test]
fn the_other_record_is_mended_from_this_one() {
    // On the disk only, then open with text that is not saved.
    for is_open in [false, true] {
        let on_disk = if is_open { ADR.to_owned() } else { successor() };
        let mut client = Client::ordinary(&[("adr/0002-mail.md", &on_disk)]);
        let new = format!("{}\n", successor().replace('\n', "\r\n"));
        let new = if is_open { new } else { successor() };
        if is_open {
            client.open("adr/0002-mail.md", &new);
            client.pushed("adr/0002-mail.md");
        }
        client.open("adr/0001-mail.md", OLD);
        client.pushed("adr/0001-mail.md");
        let status = line_of(OLD, "Superseded by");
        let title = "In 0002-mail.md: say that it supersedes `0001-mail.md`";
        // A neighbour on the disk is read after the first review.
        let deadline = Instant::now() + Duration::from_secs(30);
        let action = loop {
            let actions = client.actions("adr/0001-mail.md", &status);
            if let Some(found) = actions.iter().find(|action| action["title"] == title) {
                break found.clone();
            }
            assert!(Instant::now() < deadline, "not offered: {actions:#?}");
            sleep(Duration::from_millis(20));
        };
        let changes = action["edit"]["documentChanges"].as_array().unwrap();
        let uri = client.uri("adr/0002-mail.md");
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0]["textDocument"]["uri"], uri);
        let version = if is_open { json!(1) } else { Value::Null };
        assert_eq!(changes[0]["textDocument"]["version"], version);
        let mended = after(&new, &changes[0]["edits"]);
        let newline = if is_open { "\r\n" } else { "\n" };
        let expected = format!("Accepted{newline}{newline}Supersedes [");
        assert!(mended.contains(&expected), "{mended:?}");
        assert!(mended.contains("(0001-mail.md)"), "{mended}");
        // It is offered where it is said, and nowhere else.
        let elsewhere = client.actions("adr/0001-mail.md", &line_of(OLD, "## Context"));
        assert!(elsewhere.iter().all(|action| action["title"] != title));
    }
}

#[test]
fn only_what_is_wanted_is_offered() {
    let (mut client, finding) = with_finding(DESIGN, ordinary_capabilities());
    let mut params = client.of("design/a.md");
    params["range"] = finding["range"].clone();
    params["context"] = json!({ "diagnostics": [], "only": ["refactor"] });
    assert_eq!(client.request("textDocument/codeAction", params), json!([]));
    let elsewhere =
        json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 0 } });
    assert!(client.actions("design/a.md", &elsewhere).is_empty());
}

#[test]
fn commands_explain_insert_and_waive() {
    let (mut client, finding) = with_finding(DESIGN, ordinary_capabilities());
    let actions = client.actions("design/a.md", &finding["range"]);
    let command = &titled(&actions, "Explain deployment/rollback")["command"];
    let text = client.request(
        "workspace/executeCommand",
        json!({ "command": command["command"], "arguments": command["arguments"] }),
    );
    assert!(
        text.as_str().unwrap().contains("What counts as an answer"),
        "{text}"
    );
    assert!(
        client.told("window/showMessage")["message"]
            .as_str()
            .unwrap()
            .contains("roll")
    );

    let uri = client.uri("design/a.md");
    let mut run = |command: &str, argument: Value| {
        let params = json!({ "command": command, "arguments": [argument] });
        client.request("workspace/executeCommand", params);
        client.told("workspace/applyEdit")["edit"]["documentChanges"][0]["edits"].clone()
    };
    let rule = "deployment/rollback";
    let inserted = run(
        "archlint.insertSection",
        json!({ "uri": uri, "rule": rule }),
    );
    assert!(after(DESIGN, &inserted).contains("\n## Roll"));
    let waived = run(
        "archlint.waive",
        json!({ "uri": uri, "rule": rule, "reason": "we replay" }),
    );
    assert!(
        after(DESIGN, &waived).contains("<!-- archlint: waive deployment/rollback: we replay -->")
    );
    let no_reason = json!({ "command": "archlint.waive", "arguments": [{ "uri": uri, "rule": rule, "reason": " " }] });
    assert_eq!(client.error("workspace/executeCommand", no_reason), -32602);
}
