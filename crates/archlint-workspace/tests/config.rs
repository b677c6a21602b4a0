//! `archlint.toml` as users meet it: text in, what holds or what is wrong out.
#![allow(clippy::unwrap_used)]

use archlint_review::{Kind, Severity};
use archlint_workspace::config::{Caller, Configs, FailOn, Level, Resolved, schema};
use std::collections::BTreeSet;
use std::path::Path;

/// A folder with files in it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Folder(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn configs(&self) -> Configs {
        Configs::new(
            self.path(),
            Caller {
                name: "the command line".into(),
                ..Caller::default()
            },
        )
    }

    fn resolve(&self, document: &str) -> Resolved {
        let path = self.path().join(document);
        let config = self.configs().for_document(&path);
        let config = config.unwrap_or_else(|errors| panic!("{errors}"));
        config.resolve(Some(&path))
    }

    fn rows(&self, document: &str) -> Vec<String> {
        let rows = self.resolve(document).rows(self.path());
        rows.into_iter()
            .map(|row| format!("{} = {} ({})", row.key, row.value, row.origin))
            .collect()
    }

    fn errors(&self, document: &str) -> String {
        let errors = self
            .configs()
            .for_document(&self.path().join(document))
            .unwrap_err();
        errors.render(self.path(), false)
    }
}

#[test]
fn without_a_file_everything_is_the_default() {
    let folder = Folder::new(&[]);
    let rows = folder.rows("docs/a.md");
    assert_eq!(
        rows,
        [
            "included = true (default)",
            "kind = judged from the document (default)",
            "fail-on = \"warning\" (default)",
            "confidence = built in (default)",
        ]
    );
}

#[test]
fn every_value_says_where_it_comes_from() {
    let folder = Folder::new(&[(
        "archlint.toml",
        r#"exclude = ["drafts"]
fail-on = "error"
confidence = 0.7

[kinds]
"docs/adr/*.md" = "adr"

[rules]
"adr/number" = "hint"
"adr/*" = "off"

[[override]]
files = ["docs/adr/old/**"]
kind = "other"
fail-on = "hint"
rules = { "adr/number" = "error" }

[[set]]
name = "decisions"
files = ["docs/adr"]
"#,
    )]);
    assert_eq!(
        folder.rows("docs/adr/0001-a.md"),
        [
            "included = true (default)",
            "kind = \"adr\" (archlint.toml:6)",
            "fail-on = \"error\" (archlint.toml:2)",
            "confidence = 0.7 (archlint.toml:3)",
            "rules.\"adr/*\" = \"off\" (archlint.toml:10)",
            "rules.\"adr/number\" = \"hint\" (archlint.toml:9)",
            "set = \"decisions\" (archlint.toml:19)",
        ]
    );
    let old = folder.resolve("docs/adr/old/0001-a.md");
    assert_eq!(old.kind.as_ref().unwrap().value, Kind::Other);
    assert_eq!(old.fail_on.value, FailOn::Severity(Severity::Hint));
    assert_eq!(old.level("adr/number"), Some(Level::At(Severity::Error)));
    assert_eq!(old.level("adr/links"), Some(Level::Off));
    assert_eq!(old.level("waiver/syntax"), None);
    let draft = folder.resolve("docs/drafts/a.md");
    assert!(!draft.included.value);
    assert_eq!(
        draft.included.origin.describe(folder.path()),
        "archlint.toml:1"
    );
}

#[test]
fn a_nearer_file_inherits_only_by_extends() {
    let folder = Folder::new(&[
        (
            "archlint.toml",
            "fail-on = \"error\"\nconfidence = 0.9\nexclude = [\"team/old\"]\n[kinds]\n\"team/**\" = \"design\"\n",
        ),
        (
            "team/archlint.toml",
            "extends = \"../archlint.toml\"\nconfidence = 0.5\n",
        ),
        ("alone/archlint.toml", "confidence = 0.4\n"),
    ]);
    let team = folder.resolve("team/a.md");
    assert_eq!(team.fail_on.value, FailOn::Severity(Severity::Error));
    assert_eq!(team.confidence.value, Some(0.5));
    assert_eq!(
        team.kind.unwrap().origin.describe(folder.path()),
        "archlint.toml:5"
    );
    assert!(!folder.resolve("team/old/a.md").included.value);
    let alone = folder.resolve("alone/deep/a.md");
    assert_eq!(alone.fail_on.value, FailOn::Severity(Severity::Warning));
    assert_eq!(alone.confidence.value, Some(0.4));
}

#[test]
fn globs_of_a_shared_file_elsewhere_are_taken_from_the_folder_that_uses_it() {
    let folder = Folder::new(&[
        ("shared/base.toml", "[kinds]\n\"docs/adr/*.md\" = \"adr\"\n"),
        (
            "project/archlint.toml",
            "extends = \"../shared/base.toml\"\n",
        ),
    ]);
    let kind = folder.resolve("project/docs/adr/1.md").kind.unwrap();
    assert_eq!(kind.value, Kind::Adr);
    assert_eq!(kind.origin.describe(folder.path()), "shared/base.toml:2");
}

#[test]
fn the_caller_has_the_last_word() {
    let folder = Folder::new(&[("archlint.toml", "fail-on = \"error\"\n")]);
    let caller = Caller {
        name: "the command line".into(),
        fail_on: Some(FailOn::Severity(Severity::Hint)),
        rules: vec![("adr/*".into(), Level::Off)],
        ..Caller::default()
    };
    let path = folder.path().join("a.md");
    let config = Configs::new(folder.path(), caller)
        .for_document(&path)
        .unwrap();
    let resolved = config.resolve(Some(&path));
    assert_eq!(resolved.fail_on.value, FailOn::Severity(Severity::Hint));
    assert_eq!(
        resolved.fail_on.origin.describe(folder.path()),
        "the command line"
    );
    assert_eq!(resolved.level("adr/number"), Some(Level::Off));
}

#[test]
fn all_mistakes_are_shown_with_their_places() {
    let folder = Folder::new(&[(
        "archlint.toml",
        r#"exlude = ["a"]
include = ["docs/[a"]
fail-on = "fatal"
confidence = 1.5
packs = ["no-such-pack"]

[kinds]
"x" = "ard"

[rules]
"adr/nubmer" = "off"
"adr/links" = true

[[override]]
rules = {}
"#,
    )]);
    let shown = folder.errors("a.md");
    for part in [
        "unknown key `exlude` in archlint.toml",
        "archlint.toml:1:1",
        "did you mean `exclude`?",
        "`docs/[a` is not a glob: unclosed character class",
        "archlint.toml:2:12",
        "`fatal` is not a severity",
        "expected a number from 0 to 1",
        "this rule pack does not exist",
        "archlint.toml:5:10",
        "`ard` is not a kind",
        "did you mean `adr`?",
        "no rule is called `adr/nubmer`",
        "did you mean `adr/number`?",
        "found true or false",
        "`[[override]]` has no `files`",
    ] {
        assert!(shown.contains(part), "{part:?} is missing in:\n{shown}");
    }
    assert!(shown.contains("^^^^^^"), "nothing is underlined:\n{shown}");
}

#[test]
fn what_is_not_toml_is_shown_with_its_place() {
    let folder = Folder::new(&[("archlint.toml", "fail-on = \"error\"\nkinds = [\n")]);
    let shown = folder.errors("a.md");
    assert!(shown.contains("this is not TOML"), "{shown}");
    assert!(shown.contains("archlint.toml:"), "{shown}");
}

#[test]
fn files_that_build_on_each_other_in_a_circle_are_refused() {
    let folder = Folder::new(&[
        ("archlint.toml", "extends = \"b.toml\"\n"),
        ("b.toml", "extends = \"archlint.toml\"\n"),
    ]);
    let shown = folder.errors("a.md");
    assert!(shown.contains("goes in a circle"), "{shown}");
    assert!(shown.contains("b.toml:1:11"), "{shown}");
}

#[test]
fn a_file_that_is_extended_must_be_there() {
    let folder = Folder::new(&[("archlint.toml", "extends = \"../base.toml\"\n")]);
    let shown = folder.errors("a.md");
    assert!(
        shown.contains("cannot be read: it does not exist"),
        "{shown}"
    );
    assert!(shown.contains("archlint.toml:1:11"), "{shown}");
}

#[test]
fn control_characters_of_a_file_do_not_reach_the_terminal() {
    let folder = Folder::new(&[("archlint.toml", "a\u{1b}[31m = 1\n")]);
    assert!(!folder.errors("a.md").contains('\u{1b}'));
}

#[test]
fn rule_packs_are_loaded_and_their_mistakes_shown() {
    let folder = Folder::new(&[
        ("archlint.toml", "packs = [\"rules\"]\n"),
        (
            "rules/own.toml",
            "[[pattern]]\nid = \"own/word\"\ncolour = \"red\"\n",
        ),
    ]);
    let shown = folder.errors("a.md");
    assert!(shown.contains("rules/own.toml:"), "{shown}");
    assert!(shown.contains("colour"), "{shown}");
}

#[test]
fn a_cleared_cache_reads_again() {
    let folder = Folder::new(&[("archlint.toml", "confidence = 0.1\n")]);
    let path = folder.path().join("a.md");
    let mut configs = folder.configs();
    let line = |configs: &mut Configs| {
        configs
            .for_document(&path)
            .unwrap()
            .resolve(Some(&path))
            .confidence
            .value
    };
    assert_eq!(line(&mut configs), Some(0.1));
    std::fs::write(folder.path().join("archlint.toml"), "confidence = 0.2\n").unwrap();
    assert_eq!(line(&mut configs), Some(0.1));
    assert_eq!(configs.files_read(), [folder.path().join("archlint.toml")]);
    configs.clear();
    assert_eq!(line(&mut configs), Some(0.2));
}

/// The names of the properties of a schema, those of its definitions included.
fn properties(schema: &serde_json::Value, names: &mut BTreeSet<String>) {
    if let Some(object) = schema.as_object() {
        if let Some(properties) = object.get("properties").and_then(|p| p.as_object()) {
            names.extend(properties.keys().cloned());
        }
        object
            .values()
            .for_each(|value| properties_of(value, names));
    }
}

fn properties_of(value: &serde_json::Value, names: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| properties_of(item, names)),
        _ => properties(value, names),
    }
}

#[test]
fn the_schema_knows_the_keys_that_are_read_and_no_others() {
    let mut in_schema = BTreeSet::new();
    properties(&serde_json::to_value(schema()).unwrap(), &mut in_schema);
    // One file that holds every key and is read without a mistake.
    let text = r#"
include = "**/*.md"
exclude = []
packs = []
fail-on = "error"
confidence = 0.5
kinds = {}
rules = {}
override = [{ files = "a", kind = "adr", fail-on = "info", confidence = 1, rules = {} }]
set = [{ name = "a", files = "b" }]

[[template]]
file = "t.md"
files = ["a"]
version = "1"
[template.stages.draft]
sections = ["Summary"]
questions = ["deployment/*"]
"#;
    let folder = Folder::new(&[
        ("base.toml", text),
        ("archlint.toml", "extends = \"base.toml\"\n"),
        ("t.md", "# T\n\n## Summary\n"),
    ]);
    folder.resolve("a.md");
    let words: BTreeSet<String> = text
        .split(|c: char| !(c.is_ascii_alphabetic() || c == '-'))
        .map(str::to_owned)
        .chain(["extends".to_owned()])
        .collect();
    assert_eq!(
        in_schema.difference(&words).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    // Whatever the reader asks for is listed when a key is unknown.
    let folder = Folder::new(&[("archlint.toml", "zzz = 1\n")]);
    let shown = folder.errors("a.md");
    for line in shown.lines().filter(|line| line.contains("the keys are")) {
        for key in line.split('`').skip(1).step_by(2) {
            assert!(in_schema.contains(key), "{key} is not in the schema");
        }
    }
    assert!(shown.contains("the keys are"), "{shown}");
}
