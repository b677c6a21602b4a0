//! `archlint.toml`, `archlint config` and `archlint init`.

use crate::stage::{ADR_WITHOUT_STATUS, Folder, GOOD_ADR};

#[test]
fn the_nearest_file_above_a_document_counts() {
    let project = Folder::with(&[
        ("docs/archlint.toml", "[rules]\n\"adr/status\" = \"off\"\n"),
        ("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS),
        ("other/adr/0002-mail.md", ADR_WITHOUT_STATUS),
    ]);
    let ran = project.run(&["--format", "json"]).exits(1);
    assert_eq!(
        ran.findings(),
        [("other/adr/0002-mail.md".into(), "adr/status".into())]
    );
    project.run(&["docs", "--no-config"]).exits(1);
    project
        .run(&["other", "--config", "docs/archlint.toml"])
        .exits(0);
}

#[test]
fn a_severity_and_a_failing_severity_can_be_set() {
    let project = Folder::with(&[
        (
            "archlint.toml",
            "fail-on = \"error\"\n[rules]\n\"adr/status\" = \"hint\"\n",
        ),
        ("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS),
    ]);
    let ran = project.run(&["docs"]).exits(0);
    assert!(ran.out.contains("hint[adr/status]"), "{}", ran.out);
    project.run(&["docs", "--fail-on", "hint"]).exits(1);
}

#[test]
fn some_documents_may_never_fail() {
    let project = Folder::with(&[
        (
            "archlint.toml",
            "[[override]]\nfiles = \"docs/old/**\"\nfail-on = \"never\"\n",
        ),
        ("docs/old/adr/0002-mail.md", ADR_WITHOUT_STATUS),
    ]);
    let ran = project.run(&["docs"]).exits(0);
    assert!(ran.out.contains("warning[adr/status]"), "{}", ran.out);
    let config = project.run(&["config", "docs/old/adr/0002-mail.md"]);
    assert!(config.out.contains("fail-on = \"never\""), "{}", config.out);
    // What is said on the command line wins, and so does a document that no glob names.
    project.run(&["docs", "--fail-on", "warning"]).exits(1);
    project.write("docs/new/adr/0002-mail.md", ADR_WITHOUT_STATUS.as_bytes());
    project.run(&["docs"]).exits(1);
}

#[test]
fn a_mistake_is_shown_in_its_place_with_a_suggestion() {
    let project = Folder::with(&[
        ("archlint.toml", "exclud = [\"a\"]\n"),
        ("docs/adr/0001-dates.md", GOOD_ADR),
    ]);
    let ran = project.run(&["docs"]).exits(2);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("archlint.toml:1:1"), "{}", ran.err);
    assert!(ran.err.contains("1 │ exclud = [\"a\"]"), "{}", ran.err);
    assert!(ran.err.contains("`exclude`"), "{}", ran.err);
}

#[test]
fn a_document_can_be_given_a_kind() {
    let project = Folder::with(&[
        ("archlint.toml", "[kinds]\n\"notes/**\" = \"adr\"\n"),
        ("notes/mail.md", "# Mail\n\nWe send it.\n"),
    ]);
    let report = project.run(&["--format", "json"]).json();
    assert_eq!(report["documents"][0]["kind"], "adr");
    assert!(
        report["documents"][0]["kind_reason"]
            .as_str()
            .unwrap()
            .contains("archlint.toml:2"),
        "{report}"
    );
}

#[test]
fn config_says_what_applies_and_from_where() {
    let project = Folder::with(&[
        (
            "archlint.toml",
            "fail-on = \"error\"\n[rules]\n\"adr/status\" = \"off\"\n",
        ),
        ("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS),
    ]);
    let ran = project.run(&["config", "docs/adr/0002-mail.md"]).exits(0);
    let line = |key: &str| {
        ran.out
            .lines()
            .find(|line| line.starts_with(key))
            .unwrap_or_else(|| panic!("{}", ran.out))
            .to_owned()
    };
    assert!(line("fail-on").contains("\"error\"") && line("fail-on").contains("archlint.toml:1"));
    assert!(line("rules.").contains("\"off\"") && line("rules.").contains("archlint.toml:3"));
}

#[test]
fn init_writes_a_file_that_fits_and_that_archlint_takes() {
    let project = Folder::with(&[
        ("docs/decisions/0001-dates.md", GOOD_ADR),
        ("docs/decisions/0002-mail.md", ADR_WITHOUT_STATUS),
        (
            "rfcs/0001-reports.md",
            "# RFC 1: reports\n\n## Motivation\n\nSlow.\n\n## Proposal\n\nA queue.\n",
        ),
        ("README.md", "# Shop\n"),
    ]);
    let ran = project.run(&["init"]).exits(0);
    assert!(
        ran.out.contains("docs/decisions: adr, 2 documents"),
        "{}",
        ran.out
    );
    let written = project.read("archlint.toml");
    assert!(
        written.contains("\"docs/decisions/**\" = \"adr\"\n"),
        "{written}"
    );
    assert!(written.contains("\"rfcs/**\" = \"design\"\n"), "{written}");
    let ran = project.run(&["config", "rfcs/0001-reports.md"]).exits(0);
    assert!(
        ran.out
            .lines()
            .any(|line| line.starts_with("kind = \"design\"") && line.contains("archlint.toml:")),
        "{}",
        ran.out
    );
    let ran = project.run(&["init"]).exits(2);
    assert!(ran.err.contains("is there already"), "{}", ran.err);
    project.run(&["init", "--force"]).exits(0);
}

const ROOT: &str = r#"
fail-on = "error"

[rules]
"adr/*" = "hint"

[[override]]
files = ["docs/adr/000*"]
rules = { "adr/status" = "off" }

[[override]]
files = ["notes/**"]
kind = "adr"
fail-on = "hint"
"#;

#[test]
fn overrides_change_rules_kind_and_failing_level_of_some_documents() {
    let project = Folder::with(&[
        ("archlint.toml", ROOT),
        ("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS),
        ("docs/adr/0010-mail.md", ADR_WITHOUT_STATUS),
    ]);
    let ran = project.run(&["docs", "--format", "json"]).exits(0);
    let status: Vec<_> = ran
        .findings()
        .into_iter()
        .filter(|(_, rule)| rule == "adr/status")
        .collect();
    assert_eq!(
        status,
        [("docs/adr/0010-mail.md".into(), "adr/status".into())]
    );
    project.write("notes/mail.md", b"# Mail\n\nWe send it.\n");
    let report = project.run(&["--format", "json"]).exits(1).json();
    let notes = report["documents"]
        .as_array()
        .unwrap()
        .iter()
        .find(|document| document["path"] == "notes/mail.md")
        .unwrap();
    assert_eq!(notes["kind"], "adr");
}

#[test]
fn a_file_below_keeps_what_it_extends_and_wins() {
    let project = Folder::with(&[
        ("archlint.toml", ROOT),
        (
            "shop/archlint.toml",
            "extends = \"../archlint.toml\"\n[rules]\n\"adr/status\" = \"error\"\n",
        ),
        ("shop/adr/0002-mail.md", ADR_WITHOUT_STATUS),
    ]);
    let ran = project.run(&["shop"]).exits(1);
    assert!(ran.out.contains("error[adr/status]"), "{}", ran.out);
    let out = project
        .run(&["config", "shop/adr/0002-mail.md"])
        .exits(0)
        .out;
    for (value, place) in [
        ("fail-on = \"error\"", "# archlint.toml:2"),
        ("rules.\"adr/*\" = \"hint\"", "# archlint.toml:5"),
        ("rules.\"adr/status\" = \"error\"", "# shop/archlint.toml:3"),
    ] {
        assert!(
            out.lines()
                .any(|line| line.starts_with(value) && line.ends_with(place)),
            "{value} {place}\n{out}"
        );
    }
}
