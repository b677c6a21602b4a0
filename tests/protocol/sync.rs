//! The server's text stays that of the editor.

use crate::client::{Client, DESIGN, LOUD, codes, ordinary_capabilities};
use crate::text::{Numbers, lines, replace};
use serde_json::{Value, json};

/// Pieces that change what a text is made of.
const PIECES: &[&str] = &[
    "a",
    " ",
    "\n",
    "\r\n",
    "\r",
    "😀",
    "é",
    "## Section\n",
    "- item\n",
    "```\ncode\n```\n",
    "| a | b |\n",
    "<!-- archlint: waive data/backup: tests -->\n",
    "We roll back.",
    "\u{301}",
    "> ",
    "---\n",
    "👩‍👩‍👧",
    "\u{feff}",
];

const NUMBER: usize = 2000;

/// All that can be seen of a text without reading it: the words around many places, folds, answers
/// and the end.
fn seen(client: &mut Client, path: &str, text: &str) -> Value {
    let all = lines(text);
    let step = (all.len() / 200).max(1);
    let mut places = Vec::new();
    for (line, text) in all.iter().enumerate().step_by(step) {
        for part in 0..4 {
            let units = text.encode_utf16().count();
            places.push(json!({ "line": line, "character": units * part / 3 }));
        }
    }
    let mut params = client.of(path);
    params["positions"] = json!(places);
    let selections = client.request("textDocument/selectionRange", params);
    let params = client.of(path);
    let folds = client.request("textDocument/foldingRange", params.clone());
    let mut checklist = client.request("archlint/checklist", params);
    checklist["path"] = json!(null);
    json!([selections, folds, checklist])
}

/// The server's text at `path` is `text`: it looks like one that was opened as a whole.
#[track_caller]
fn is_in_step(client: &mut Client, path: &str, text: &str) {
    let ours = seen(client, path, text);
    client.open("design/fresh.md", text);
    let fresh = seen(client, "design/fresh.md", text);
    client.close("design/fresh.md");
    assert!(ours == fresh, "the texts differ");
}

fn edit(
    client: &mut Client,
    path: &str,
    version: usize,
    start: (usize, usize),
    end: (usize, usize),
    by: &str,
) {
    let place = |(line, character): (usize, usize)| json!({ "line": line, "character": character });
    let uri = client.uri(path);
    client.notify(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": uri, "version": version },
            "contentChanges": [{ "range": { "start": place(start), "end": place(end) }, "text": by }],
        }),
    );
}

/// Edits at random, interleaved with requests that nobody waits for.
fn edit_at_random(
    client: &mut Client,
    path: &str,
    text: &mut String,
    numbers: &mut Numbers,
) -> Vec<i64> {
    let mut asked = Vec::new();
    for version in 0..NUMBER {
        let mut places = [numbers.place(text), numbers.place(text)];
        places.sort_unstable();
        if numbers.below(4) > 0 || places[1].0 > places[0].0 + 1 {
            places[1] = places[0];
        }
        let by = PIECES[numbers.below(PIECES.len())];
        edit(client, path, version + 2, places[0], places[1], by);
        replace(text, places[0], places[1], by);
        let at = client.at(path, places[0].0, places[0].1);
        let of = client.of(path);
        match numbers.below(12) {
            0 => asked.push(client.ask("textDocument/hover", at)),
            1 => asked.push(client.ask("textDocument/completion", at)),
            2 => asked.push(client.ask("textDocument/codeLens", of)),
            3 => asked.push(client.ask("archlint/checklist", of)),
            _ => {}
        }
    }
    asked
}

#[test]
fn two_thousand_edits_back_to_back_leave_both_with_one_text() {
    let mut client = Client::start();
    client.initialize(ordinary_capabilities());
    let mut text = DESIGN.replace('\n', "\r\n").replace("Kafka", "Kafka 😀");
    client.open("design/a.md", &text);
    let mut numbers = Numbers::new(1);
    let asked = edit_at_random(&mut client, "design/a.md", &mut text, &mut numbers);
    assert!(asked.len() > 300);
    for id in asked {
        assert!(client.response(id).get("error").is_none());
    }
    is_in_step(&mut client, "design/a.md", &text);
}

#[test]
fn edits_are_understood_in_every_encoding() {
    for (encoding, units) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        let mut client = Client::start();
        let mut capabilities = ordinary_capabilities();
        capabilities["general"]["positionEncodings"] = json!([encoding]);
        let result = client.initialize(capabilities);
        assert_eq!(result["capabilities"]["positionEncoding"], encoding);
        client.open("design/a.md", "# 😀 title\n\ntext\n");
        let behind = 2 + units;
        edit(
            &mut client,
            "design/a.md",
            2,
            (0, behind + 1),
            (0, behind + 6),
            "other",
        );
        let mut params = client.of("design/a.md");
        params["positions"] = json!([{ "line": 0, "character": behind + 2 }]);
        let word = client.request("textDocument/selectionRange", params)[0]["range"].clone();
        assert_eq!(word["start"]["character"], behind + 1, "{encoding}");
        assert_eq!(word["end"]["character"], behind + 6, "{encoding}");
    }
}

#[test]
fn several_changes_in_one_message_build_on_each_other() {
    let mut client = Client::start();
    client.initialize(ordinary_capabilities());
    client.open("design/a.md", "one\n");
    let uri = client.uri("design/a.md");
    let at = |line: usize, character: usize| json!({ "line": line, "character": character });
    client.notify(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": uri, "version": 2 },
            "contentChanges": [
                { "range": { "start": at(0, 3), "end": at(1, 0) }, "text": " two three" },
                { "range": { "start": at(0, 4), "end": at(0, 8) }, "rangeLength": 4, "text": "" },
                { "range": { "start": at(7, 7), "end": at(9, 9) }, "text": "\n# End\n" },
            ],
        }),
    );
    is_in_step(&mut client, "design/a.md", "one three\n# End\n");
    client.replace("design/a.md", 3, "# All new\n");
    is_in_step(&mut client, "design/a.md", "# All new\n");
}

#[test]
fn a_document_may_be_opened_twice_and_closed_unopened() {
    let mut client = Client::ordinary(&[]);
    client.close("design/never.md");
    edit(&mut client, "design/never.md", 2, (0, 0), (0, 0), "x");
    client.open("design/a.md", DESIGN);
    client.open("design/a.md", "# Other\n\nNothing to see.\n");
    is_in_step(&mut client, "design/a.md", "# Other\n\nNothing to see.\n");
    client.close("design/a.md");
    client.close("design/a.md");
    let params = client.at("design/a.md", 0, 0);
    assert_eq!(client.request("textDocument/hover", params), Value::Null);
}

#[test]
fn a_renamed_document_is_reviewed_under_its_new_name() {
    let mut client = Client::ordinary(&[("guide/a.md", "# Notes\n\nShort.\n")]);
    client.open("guide/a.md", "# Notes\n\nShort.\n");
    assert!(client.pushed("guide/a.md").is_empty());
    std::fs::create_dir(client.folder().join("adr")).unwrap();
    std::fs::rename(
        client.folder().join("guide/a.md"),
        client.folder().join("adr/0001-a.md"),
    )
    .unwrap();
    client.close("guide/a.md");
    client.open("adr/0001-a.md", "# Notes\n\nShort.\n");
    let checklist = client.of("adr/0001-a.md");
    let checklist = client.request("archlint/checklist", checklist);
    assert_eq!(checklist["kind"], "adr", "{checklist}");
    assert_eq!(checklist["path"], "adr/0001-a.md");
}

#[test]
fn a_document_that_is_deleted_on_the_disk_lives_on_in_the_editor() {
    let mut client = Client::ordinary(&[("design/a.md", DESIGN)]);
    client.open("design/a.md", DESIGN);
    let before = client.pushed("design/a.md");
    std::fs::remove_dir_all(client.folder().join("design")).unwrap();
    let uri = client.uri("design/a.md");
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri, "type": 3 }] }),
    );
    client.replace("design/a.md", 2, &format!("{DESIGN}\nMore.\n"));
    let after = client.pushed("design/a.md");
    let sorted = |found: &[serde_json::Value]| {
        let mut codes = codes(found);
        codes.sort_unstable();
        codes.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(sorted(&before), sorted(&after));
}

#[test]
fn a_document_without_a_file_is_reviewed() {
    let mut client = Client::ordinary(&[]);
    client.open_uri("untitled:Untitled-1", DESIGN);
    let told = client.told("textDocument/publishDiagnostics");
    assert_eq!(told["uri"], "untitled:Untitled-1");
    assert!(!told["diagnostics"].as_array().unwrap().is_empty());
}

#[test]
fn only_the_newest_version_is_reported() {
    let mut client = Client::start_with(
        &[("archlint.toml", LOUD)],
        &[("ARCHLINT_TEST_FAULTS", "review-takes=200")],
    );
    client.initialize(ordinary_capabilities());
    client.open("design/a.md", "# One\n");
    for version in 2..40 {
        client.replace("design/a.md", version, DESIGN);
    }
    let mut versions = Vec::new();
    while versions.last() != Some(&39) {
        versions.push(
            client.told("textDocument/publishDiagnostics")["version"]
                .as_i64()
                .unwrap(),
        );
    }
    assert!(versions.len() <= 3, "{versions:?}");
}

/// Without optimisation, a smaller one shows the same in a time that somebody waits for.
const MEGABYTE: usize = if cfg!(debug_assertions) {
    150_000
} else {
    1_000_000
};

#[test]
fn two_thousand_edits_in_a_megabyte_neither_stall_nor_drift() {
    let mut client = Client::start();
    client.initialize(ordinary_capabilities());
    let section =
        "## Part\n\nWe deploy the service 😀 to production, and roll back when errors rise.\r\n\n";
    let mut text = section.repeat(MEGABYTE / section.len());
    client.open("design/a.md", &text);
    client.pushed("design/a.md");
    let count = lines(&text).len();
    let mut numbers = Numbers::new(7);
    for version in 0..NUMBER {
        // Lines are only made longer, so that places are known without looking at a megabyte.
        let place = (numbers.below(count), 0);
        edit(&mut client, "design/a.md", version + 2, place, place, "x😀");
        replace_at_line(&mut text, place.0, "x😀");
    }
    let told = client.wait("the last version", |message| {
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["version"] == NUMBER + 1
    });
    assert!(told["params"]["diagnostics"].is_array());
    is_in_step(&mut client, "design/a.md", &text);
}

#[test]
fn a_document_too_long_for_a_syntax_tree_is_followed_all_the_same() {
    let mut client = Client::start();
    client.initialize(ordinary_capabilities());
    let part = format!(
        "## Part\n\n{}\n\n",
        "Orders go to the warehouse. 😀 ".repeat(2_000)
    );
    let mut text = part.repeat((2 << 20) / part.len() + 1);
    client.open("design/a.md", &text);
    client.pushed("design/a.md");
    let last = lines(&text).len() - 1;
    // Shorter than two megabytes in between, and longer again.
    for (version, (start, end, by)) in [
        ((0, 0), (0, 0), "# Orders 😀\n\n"),
        ((0, 0), (20, 0), ""),
        ((4, 2), (4, 2), "x😀"),
        ((0, 0), (0, 0), part.repeat(4).as_str()),
        (
            (last, 0),
            (last, 0),
            "## End\n\nWe roll back when errors rise.\n",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        edit(&mut client, "design/a.md", version + 2, start, end, by);
        replace(&mut text, start, end, by);
    }
    client.wait("the last version", |message| {
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == 6
    });
    is_in_step(&mut client, "design/a.md", &text);
}

/// Puts a piece in at the start of a line of a text in which no line ends with a lone CR.
fn replace_at_line(text: &mut String, line: usize, piece: &str) {
    let start = match line {
        0 => 0,
        _ => text
            .match_indices('\n')
            .nth(line - 1)
            .map_or(text.len(), |(at, _)| at + 1),
    };
    text.insert_str(start, piece);
}
