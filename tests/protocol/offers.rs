//! Hover, completion, code lens, links, folding, selection and the checklist.

use crate::client::{ADR, Client, DESIGN, codes};
use serde_json::{Value, json};

#[track_caller]
fn hover(client: &mut Client, path: &str, line: usize, character: usize) -> String {
    let params = client.at(path, line, character);
    let hover = client.request("textDocument/hover", params);
    hover["contents"]["value"]
        .as_str()
        .unwrap_or_else(|| panic!("no hover: {hover}"))
        .to_owned()
}

/// The labels of what may be written at the mark `|`, which is taken out.
fn completed(client: &mut Client, path: &str, marked: &str) -> Vec<Value> {
    let at = marked.find('|').unwrap();
    let line = marked[..at].matches('\n').count();
    let column = marked[..at]
        .rsplit('\n')
        .next()
        .unwrap()
        .encode_utf16()
        .count();
    client.open(path, &marked.replacen('|', "", 1));
    let params = client.at(path, line, column);
    client
        .request("textDocument/completion", params)
        .as_array()
        .unwrap()
        .clone()
}

fn labels(items: &[Value]) -> Vec<&str> {
    items
        .iter()
        .map(|item| item["label"].as_str().unwrap())
        .collect()
}

#[test]
fn a_finding_says_its_question_what_answers_it_and_what_is_there() {
    let mut client = Client::ordinary(&[]);
    client.open("design/a.md", DESIGN);
    let found = client.pushed("design/a.md");
    let finding = found
        .iter()
        .find(|one| one["code"] == "deployment/rollback")
        .unwrap();
    let start = &finding["range"]["start"];
    let number = |key: &str| usize::try_from(start[key].as_u64().unwrap()).unwrap();
    let text = hover(
        &mut client,
        "design/a.md",
        number("line"),
        number("character"),
    );
    for part in [
        "rollback strategies",
        "What counts as an answer",
        "What to do",
    ] {
        assert!(text.contains(part), "no {part}: {text}");
    }
}

#[test]
fn headings_directives_and_fields_say_what_they_mean() {
    let mut client = Client::ordinary(&[]);
    let text = format!(
        "---\nstatus: draft\n---\n{}",
        DESIGN.replace(
            "## References",
            "## Rollback\n\n<!-- archlint: waive data/backup: none -->\n\nWe roll back to the previous version within five minutes when error rates rise.\n\n## References",
        )
    );
    client.open("design/a.md", &text);
    let line = |part: &str| text[..text.find(part).unwrap()].matches('\n').count();
    assert!(hover(&mut client, "design/a.md", 1, 2).contains("draft, proposed, accepted"));
    let heading = hover(&mut client, "design/a.md", line("## Rollback"), 4);
    assert!(
        heading.contains("Rollback") && heading.contains("answered here"),
        "{heading}"
    );
    let directive = hover(&mut client, "design/a.md", line("<!--"), 25);
    assert!(
        directive.contains("Waives `data/backup` in “Rollback”"),
        "{directive}"
    );
    let nothing = client.at("design/a.md", 2, 0);
    let nothing = client.request("textDocument/hover", nothing);
    assert!(nothing.is_null() || nothing["contents"].is_object());
}

#[test]
fn headings_of_open_questions_are_completed() {
    let mut client = Client::ordinary(&[]);
    let text = DESIGN.replace("## References", "### |\n\n## References");
    let items = completed(&mut client, "design/a.md", &text);
    let item = items
        .iter()
        .find(|item| item["label"].as_str().unwrap().starts_with("### Roll"))
        .unwrap();
    assert_eq!(item["textEdit"]["range"]["start"]["character"], 0);
    assert_eq!(item["insertTextFormat"], 2);
    assert!(
        item["textEdit"]["newText"]
            .as_str()
            .unwrap()
            .starts_with("### Roll")
    );
}

#[test]
fn rules_are_completed_in_directives() {
    let mut client = Client::ordinary(&[]);
    let with =
        |directive: &str| DESIGN.replace("## Motivation", &format!("{directive}\n\n## Motivation"));
    let verbs = completed(&mut client, "design/a.md", &with("<!-- archlint:|"));
    assert_eq!(labels(&verbs), ["waive"]);
    let rules = completed(
        &mut client,
        "design/b.md",
        &with("<!-- archlint: waive depl| -->"),
    );
    assert!(labels(&rules).contains(&"deployment/rollback"));
    let rule = rules
        .iter()
        .find(|item| item["label"] == "deployment/rollback")
        .unwrap();
    assert_eq!(rule["textEdit"]["range"]["start"]["character"], 21);
    let reason = completed(
        &mut client,
        "design/c.md",
        &with("<!-- archlint: waive data/backup: be|"),
    );
    assert!(reason.is_empty());
}

#[test]
fn front_matter_and_links_are_completed() {
    let mut client = Client::ordinary(&[
        ("adr/0001-dates.md", "# 1. Dates\n"),
        ("adr/0003-x.md", "# 3. X\n"),
    ]);
    let keys = completed(
        &mut client,
        "adr/0002-mail.md",
        &format!("---\ndate: 2026-02-18\nst|\n---\n{ADR}"),
    );
    assert!(
        labels(&keys).contains(&"status") && !labels(&keys).contains(&"date"),
        "{keys:?}"
    );
    let values = completed(
        &mut client,
        "adr/0002-mail.md",
        &format!("---\nstatus: acc|\n---\n{ADR}"),
    );
    assert!(labels(&values).contains(&"accepted"));
    let links = completed(
        &mut client,
        "adr/0002-mail.md",
        &format!("{ADR}\nSee [dates](|"),
    );
    assert_eq!(labels(&links), ["0001-dates.md", "0003-x.md"]);
    assert_eq!(links[0]["detail"], "1. Dates");
}

#[test]
fn the_lens_counts_what_the_checklist_says() {
    let mut client = Client::ordinary(&[]);
    client.open("design/a.md", DESIGN);
    let of = client.of("design/a.md");
    let lens = client.request("textDocument/codeLens", of.clone());
    let checklist = client.request("archlint/checklist", of);
    let questions = checklist["questions"].as_array().unwrap();
    let asked = questions.iter().filter(|q| q["asked"] == true).count();
    let settled = questions
        .iter()
        .filter(|q| q["asked"] == true && (q["status"] == "answered" || q["status"] == "waived"))
        .count();
    assert_eq!(
        lens[0]["command"]["title"],
        format!("{settled} of {asked} asked questions answered · show checklist")
    );
    assert_eq!(lens[0]["command"]["command"], "archlint.showChecklist");
    assert_eq!(
        lens[0]["command"]["arguments"],
        json!([client.uri("design/a.md")])
    );
    assert_eq!(lens[0]["range"]["start"]["line"], 0);
    client.open("guide/readme.md", "# Notes\n\nShort.\n");
    let other = client.of("guide/readme.md");
    assert_eq!(client.request("textDocument/codeLens", other), json!([]));
}

#[test]
fn the_checklist_is_that_of_the_command() {
    let mut client = Client::ordinary(&[("design/a.md", DESIGN)]);
    client.open("design/a.md", DESIGN);
    let of = client.of("design/a.md");
    let ours = client.request("archlint/checklist", of);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_archlint"))
        .args(["checklist", "--format", "json", "design/a.md"])
        .current_dir(client.folder())
        .output()
        .unwrap();
    let theirs: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(ours, theirs["documents"][0]);
}

#[test]
fn links_lead_to_other_records() {
    let mut client =
        Client::ordinary(&[("adr/0001-dates.md", "# 1. Dates\n\n## The why\n\nText.\n")]);
    let text = format!(
        "{ADR}\nSee [dates](0001-dates.md#the-why), ADR-1, [gone](0009-gone.md) and\n[above](#context).\n"
    );
    client.open("adr/0002-mail.md", &text);
    let of = client.of("adr/0002-mail.md");
    let links = client.request("textDocument/documentLink", of);
    let dates = client.uri("adr/0001-dates.md");
    assert_eq!(links.as_array().unwrap().len(), 1, "{links}");
    assert_eq!(links[0]["target"], format!("{dates}#the-why"));

    let line = text[..text.find("See [").unwrap()].matches('\n').count();
    let mut definition = |line: usize, character: usize| {
        let params = client.at("adr/0002-mail.md", line, character);
        client.request("textDocument/definition", params)
    };
    let link = definition(line, 8);
    assert_eq!(link["uri"], dates);
    assert_eq!(link["range"]["start"]["line"], 2);
    let named = definition(line, 40);
    assert_eq!(named["uri"], dates);
    assert_eq!(definition(line, 55), Value::Null);
    assert_eq!(definition(line + 1, 3)["range"]["start"]["line"], 4);
}

#[test]
fn folds_and_selections_follow_the_blocks() {
    let mut client = Client::ordinary(&[]);
    let text = "# Title\n\n## One\n\nA first word. Next.\n\n```sh\nls\n```\n\nUnder\n-----\n\ntext\nmore\n";
    client.open("design/a.md", text);
    let of = client.of("design/a.md");
    let folds = client.request("textDocument/foldingRange", of.clone());
    let fold = |line: usize| {
        let fold = folds
            .as_array()
            .unwrap()
            .iter()
            .find(|fold| fold["startLine"] == line);
        fold.map(|fold| fold["endLine"].as_u64().unwrap())
    };
    assert_eq!(
        (fold(0), fold(6), fold(10)),
        (Some(14), Some(8), Some(14)),
        "{folds}"
    );
    let mut params = of;
    params["positions"] = json!([{ "line": 4, "character": 3 }]);
    let mut selection = &client.request("textDocument/selectionRange", params)[0];
    let mut widths = Vec::new();
    while selection.is_object() {
        let range = &selection["range"];
        widths.push((range["start"].clone(), range["end"].clone()));
        selection = &selection["parent"];
    }
    let at = |line: usize, character: usize| json!({ "line": line, "character": character });
    assert_eq!(widths[0], (at(4, 2), at(4, 7)));
    assert_eq!(widths[1], (at(4, 0), at(4, 13)));
    assert_eq!(widths[2], (at(4, 0), at(4, 19)));
    assert_eq!(*widths.last().unwrap(), (at(0, 0), at(15, 0)));
}

#[test]
fn a_document_that_is_no_design_is_left_alone() {
    let mut client = Client::ordinary(&[]);
    client.open("guide/readme.md", "# Notes\n\nShort.\n");
    assert!(codes(&client.pushed("guide/readme.md")).is_empty());
}
