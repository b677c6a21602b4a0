//! Settings, `archlint.toml` and rule packs, read again when they change.

use crate::client::{Client, DESIGN, codes, ordinary_capabilities};
use serde_json::json;

const OFF: &str = "confidence = 0.0\n[rules]\n\"*\" = \"off\"\n";

fn changed(client: &mut Client, path: &str) {
    let uri = client.uri(path);
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri, "type": 2 }] }),
    );
}

#[test]
fn each_workspace_folder_has_its_own_configuration() {
    let files = [
        ("one/archlint.toml", "confidence = 0.0\n"),
        ("two/archlint.toml", OFF),
    ];
    let mut client = Client::start_with(&files, &[]);
    let folders = json!([{ "uri": client.uri("one"), "name": "one" }]);
    client.initialize_with(
        ordinary_capabilities(),
        json!({ "workspaceFolders": folders }),
    );
    client.open("one/design/a.md", DESIGN);
    client.open("two/design/a.md", DESIGN);
    assert!(!client.pushed("one/design/a.md").is_empty());
    assert!(client.pushed("two/design/a.md").is_empty());
    let checklist = client.of("two/design/a.md");
    assert_eq!(
        client.request("archlint/checklist", checklist.clone())["path"],
        "a.md"
    );
    let two = json!({ "uri": client.uri("two"), "name": "two" });
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [two], "removed": [] } }),
    );
    assert_eq!(
        client.request("archlint/checklist", checklist)["path"],
        "design/a.md"
    );
}

#[test]
fn a_review_under_way_does_not_outlive_what_it_is_made_by() {
    let slow = [("ARCHLINT_TEST_FAULTS", "review-takes=500")];
    let mut client = Client::start_with(&[("two/design/a.md", DESIGN)], &slow);
    let folders = json!([{ "uri": client.uri("one"), "name": "one" }]);
    client.initialize_with(
        ordinary_capabilities(),
        json!({ "workspaceFolders": folders }),
    );
    client.open("two/design/a.md", DESIGN);
    std::thread::sleep(std::time::Duration::from_millis(200));
    let two = json!({ "uri": client.uri("two"), "name": "two" });
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [two], "removed": [] } }),
    );
    let checklist = client.of("two/design/a.md");
    assert_eq!(
        client.request("archlint/checklist", checklist)["path"],
        "design/a.md"
    );
}

#[test]
fn configuration_is_read_again_when_it_changes() {
    let mut client = Client::ordinary(&[]);
    client.open("design/a.md", DESIGN);
    assert!(!client.pushed("design/a.md").is_empty());
    client.write("archlint.toml", OFF);
    changed(&mut client, "archlint.toml");
    assert!(client.pushed("design/a.md").is_empty());
    // An editor that tells nothing of files is not needed for it.
    client.write("archlint.toml", "confidence = 0.0 # on again\n");
    client.pushed_until("design/a.md", |found| !found.is_empty());
}

#[test]
fn a_broken_configuration_is_shown_in_its_file_and_the_last_one_holds() {
    let mut client = Client::ordinary(&[]);
    client.open("design/a.md", DESIGN);
    let before = client.pushed("design/a.md");
    client.write(
        "archlint.toml",
        "confidence = 0.0\n\n[rules]\n\"data/backups\" = \"offf\"\n",
    );
    changed(&mut client, "archlint.toml");
    let mistakes = client.pushed("archlint.toml");
    assert!(!mistakes.is_empty());
    assert_eq!(mistakes[0]["severity"], 1);
    assert_eq!(mistakes[0]["range"]["start"]["line"], 3);
    let shown = client.told("window/showMessage");
    assert!(
        shown["message"].as_str().unwrap().contains("archlint.toml"),
        "{shown}"
    );
    client.replace("design/a.md", 2, DESIGN);
    let meanwhile = client.pushed("design/a.md");
    assert_eq!(codes(&meanwhile), codes(&before));
    client.write("archlint.toml", OFF);
    changed(&mut client, "archlint.toml");
    assert!(client.pushed("archlint.toml").is_empty());
    client.pushed_until("design/a.md", |found| found.is_empty());
}

#[test]
fn a_broken_rule_pack_is_shown_in_its_file() {
    let config = "packs = [\"rules\"]\n";
    let pack = "[[pattern]]\nid = \"house/words\"\nseverity = \"loud\"\n";
    let mut client = Client::ordinary(&[("archlint.toml", config), ("rules/house.toml", pack)]);
    let mistakes = client.pushed("rules/house.toml");
    let place = |message: &serde_json::Value| message["range"]["start"]["line"].as_u64();
    assert!(
        mistakes.iter().any(|mistake| place(mistake) == Some(2)),
        "{mistakes:#?}"
    );
    client.write("archlint.toml", "confidence = 0.0\n");
    changed(&mut client, "archlint.toml");
    assert!(client.pushed("rules/house.toml").is_empty());
}

#[test]
fn settings_of_the_editor_count() {
    let files = [
        ("strict.toml", "confidence = 0.0\n"),
        ("archlint.toml", OFF),
    ];
    let mut client = Client::start_with(&files, &[]);
    client.initialize_with(
        ordinary_capabilities(),
        json!({ "initializationOptions": { "config": "strict.toml" } }),
    );
    client.open("design/a.md", DESIGN);
    assert!(!client.pushed("design/a.md").is_empty());
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "archlint": { "config": null } } }),
    );
    client.pushed_until("design/a.md", |found| found.is_empty());
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "archlint": { "config": "strict.toml", "confidence": 1.0 } } }),
    );
    client.replace("design/a.md", 2, DESIGN);
    client.pushed_until("design/a.md", |found| {
        found
            .iter()
            .all(|one| one["code"].as_str().unwrap().starts_with("prose/"))
    });
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "archlint": { "confidence": "much" } } }),
    );
    let shown = client.told("window/showMessage");
    assert!(
        shown["message"].as_str().unwrap().contains("settings"),
        "{shown}"
    );
}
