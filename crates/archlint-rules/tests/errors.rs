//! What is said about packs that are wrong.
#![allow(clippy::unwrap_used)]

use archlint_rules::{Source, load, load_with_builtin, render_errors};

fn sources(texts: &[&str]) -> Vec<Source> {
    texts
        .iter()
        .enumerate()
        .map(|(i, text)| Source {
            name: format!("pack{}.toml", i + 1),
            text: text.to_string(),
        })
        .collect()
}

/// The errors of packs, as shown.
fn shown(texts: &[&str]) -> String {
    let sources = sources(texts);
    let errors = load(&sources).unwrap_err();
    render_errors(&errors, &sources, false)
}

/// The messages of a pack on top of the built-in one.
fn messages(text: &str) -> Vec<String> {
    match load_with_builtin(&sources(&[text])) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.errors.into_iter().map(|e| e.message).collect(),
    }
}

const TOPIC: &str = r###"
[[topic]]
id = "ops/pager"
title = "Pager"
group = "Operations"
question = "Who is paged?"
answered_when = "it says who"
asked_when = "something runs"
message = "nobody is paged"
help = "Say who."
severity = "warning"
scaffold = "## Pager"
answer.strong = ["pager"]
example = [
  { answers = true, text = "a" }, { answers = true, text = "b" },
  { answers = false, text = "c" }, { answers = false, text = "d" },
]
"###;

const PATTERN: &str = r#"
[[pattern]]
id = "prose/test"
title = "Test"
message = "test"
help = "Test."
severity = "info"
terms = ["test"]
example = [{ fires = true, text = "x" }, { fires = false, text = "y" }]
"#;

const STRUCTURE: &str = r#"
[[structure]]
id = "adr/test"
title = "Test"
message = "test"
help = "Test."
severity = "info"
expect = "match"
query = "(section)"
example = [{ fires = true, text = "x" }, { fires = false, text = "y" }]
"#;

#[test]
fn the_packs_that_the_tests_break_are_good() {
    for text in [TOPIC, PATTERN, STRUCTURE] {
        assert!(load(&sources(&[text])).is_ok(), "{text}");
    }
}

#[test]
fn all_errors_of_all_sources_are_shown_where_they_are() {
    let first = r#"[[concept]]
id = "queue"
terms = ["message queue", "{brocker} topic", "{broker"]

[[concept]]
id = "broker"
termes = ["broker"]
terms = 3
"#;
    let second = "[[concept]]\nid = \"queue\"\nterms = []\n";
    assert_eq!(
        shown(&[first, second]),
        r#"error: unknown concept `brocker`
  ┌─ pack1.toml:3:29
  │
3 │ terms = ["message queue", "{brocker} topic", "{broker"]
  │                             ^^^^^^^ no [[concept]] has this id
  │
  = help: did you mean `broker`?

error: a `{` without a `}`
  ┌─ pack1.toml:3:47
  │
3 │ terms = ["message queue", "{brocker} topic", "{broker"]
  │                                               ^^^^^^^
  │
  = help: a concept is written in braces, such as `{release}`

error: unknown key `termes` in a [[concept]]
  ┌─ pack1.toml:7:1
  │
7 │ termes = ["broker"]
  │ ^^^^^^ not a key of this table
  │
  = help: did you mean `terms`?

error: `terms` must be a list of texts, not a number
  ┌─ pack1.toml:8:9
  │
8 │ terms = 3
  │         ^ this is a number

error: the id `queue` is taken
  ┌─ pack2.toml:2:6
  │
2 │ id = "queue"
  │      ^^^^^^^ defined again here
  │
  ┌─ pack1.toml:2:6
  │
2 │ id = "queue"
  │      ------- first defined here
  │
  = help: choose another id; to change what exists, use [[extend]] or [[override]]

error: `terms` is empty
  ┌─ pack2.toml:3:9
  │
3 │ terms = []
  │         ^^

"#
    );
}

#[test]
fn a_file_that_is_not_toml_does_not_hide_the_errors_of_others() {
    assert_eq!(
        shown(&[
            "[[concept]]\nid = \"a\nterms = []\n",
            "[[concept]]\nid = \"A b\"\nterms = [\"a\"]\n"
        ]),
        r#"error: not TOML: invalid basic string, expected `"`
  ┌─ pack1.toml:2:8
  │
2 │ id = "a
  │        ^
  │
  = help: the rest of this file is not checked until this is mended

error: `A b` is not a good id
  ┌─ pack2.toml:2:6
  │
2 │ id = "A b"
  │      ^^^^^
  │
  = help: a concept's id is lower case, words joined by hyphens: `message-queue`

"#
    );
}

#[test]
fn a_mistyped_key_is_one_error() {
    let text = TOPIC.replace("answered_when", "answerd_when");
    assert_eq!(
        shown(&[&text]),
        r#"error: unknown key `answerd_when` in a [[topic]]
  ┌─ pack1.toml:7:1
  │
7 │ answerd_when = "it says who"
  │ ^^^^^^^^^^^^ not a key of this table
  │
  = help: did you mean `answered_when`?

"#
    );
}

#[test]
fn a_missing_key_is_shown_at_its_table() {
    let text = TOPIC.replace("help = \"Say who.\"\n", "");
    assert_eq!(
        shown(&[&text]),
        r#"error: a [[topic]] has no `help`
  ┌─ pack1.toml:2:1
  │
2 │ [[topic]]
  │ ^^^^^^^^^ `help` is missing
  │
  = help: add `help`: a text

"#
    );
}

#[test]
fn a_bad_expression_is_shown_where_it_is_bad() {
    let text = PATTERN.replace("terms = [\"test\"]", "regex = 'fast(ly'");
    assert_eq!(
        shown(&[&text]),
        r#"error: not a regular expression: unclosed group
  ┌─ pack1.toml:8:14
  │
8 │ regex = 'fast(ly'
  │              ^
  │
  = help: expressions are those of Rust's `regex` crate: no look-around, no back-references

"#
    );
}

#[test]
fn an_expression_that_would_be_huge_is_refused() {
    let text = PATTERN.replace("terms = [\"test\"]", r"regex = '(\w{1000}){1000}'");
    assert!(shown(&[&text]).contains("the expression is too large"));
}

#[test]
fn a_bad_query_is_shown_where_it_is_bad() {
    let text = STRUCTURE.replace(
        "query = \"(section)\"",
        "query = '''\n(section\n  (atx_heding) @h)\n'''",
    );
    assert_eq!(
        shown(&[&text]),
        r#"error: not a tree-sitter query: the Markdown block grammar has no node `atx_heding`
   ┌─ pack1.toml:11:4
   │
11 │   (atx_heding) @h)
   │    ^^^^^^^^^^
   │
   = help: did you mean `atx_heading`?

"#
    );
}

#[test]
fn each_kind_of_bad_query_is_an_error() {
    for (query, message) in [
        ("(section", "it cannot be read from here on"),
        ("(section headng: (inline))", "has no field `headng`"),
        ("((section) @a (#eq? @b \"x\"))", "captures nothing as `b`"),
        (
            "((section) @a (#match? @a \"(\"))",
            "not a tree-sitter query",
        ),
        ("(paragraph (section))", "this can never match in Markdown"),
    ] {
        let text = STRUCTURE.replace("\"(section)\"", &format!("'{query}'"));
        let shown = shown(&[&text]);
        assert!(shown.contains(message), "{query}: {shown}");
    }
}

#[test]
fn concepts_in_a_circle_are_shown_with_the_circle() {
    let text = r#"
[[concept]]
id = "a"
terms = ["{b}"]
[[concept]]
id = "b"
terms = ["x", "{c} y"]
[[concept]]
id = "c"
terms = ["{a}"]
"#;
    assert_eq!(
        shown(&[text]),
        r#"error: concepts that refer to each other in a circle: `a` → `b` → `c` → `a`
   ┌─ pack1.toml:10:10
   │
10 │ terms = ["{a}"]
   │          ^^^^^ closes the circle
   │
   = help: leave one of the references out

"#
    );
}

#[test]
fn a_long_chain_of_concepts_is_no_circle_and_no_overflow() {
    let mut text = String::from("[[concept]]\nid = \"c0\"\nterms = [\"x\"]\n");
    for n in 1..5000 {
        text += &format!("[[concept]]\nid = \"c{n}\"\nterms = [\"{{c{}}}\"]\n", n - 1);
    }
    assert!(load(&sources(&[&text])).is_ok());
}

#[test]
fn concepts_that_multiply_are_refused() {
    let words: Vec<String> = (0..100).map(|n| format!("\"w{n}\"")).collect();
    let text = format!(
        "[[concept]]\nid = \"w\"\nterms = [{}]\n[[concept]]\nid = \"x\"\nterms = [\"{{w}} {{w}} {{w}}\"]\n",
        words.join(", ")
    );
    assert!(shown(&[&text]).contains("a term that stands for too many phrases"));
}

#[test]
fn concepts_that_add_up_to_too_much_are_refused() {
    let words: Vec<String> = (0..4000).map(|n| format!("\"w{n}\"")).collect();
    let mut text = format!("[[concept]]\nid = \"c0\"\nterms = [{}]\n", words.join(", "));
    for n in 1..300 {
        text += &format!("[[concept]]\nid = \"c{n}\"\nterms = [\"{{c{}}}\"]\n", n - 1);
    }
    assert!(shown(&[&text]).contains("the terms of the packs stand for too many phrases"));
}

#[test]
fn a_concept_with_cooccurrences_is_no_part_of_a_term() {
    let text = "[[concept]]\nid = \"a\"\nterms = [\"x + y\"]\n[[concept]]\nid = \"b\"\nterms = [\"z + {a}\"]\n";
    let shown = shown(&[text]);
    assert!(
        shown.contains("`{a}` cannot be a part of a term"),
        "{shown}"
    );
    assert!(shown.contains("pack1.toml:6:16"), "{shown}");
}

#[test]
fn examples_are_demanded() {
    let text = TOPIC.replace(
        "  { answers = false, text = \"c\" }, { answers = false, text = \"d\" },\n",
        "",
    );
    assert!(
        shown(&[&text]).contains("topic `ops/pager` has 2 examples that answer and 0 that do not")
    );
    let text = PATTERN.replace("fires = true", "fires = false");
    assert!(
        shown(&[&text]).contains("pattern `prose/test` has 0 examples that fire and 2 that do not")
    );
    let text = STRUCTURE.replace("fires = false", "fires = true");
    assert!(
        shown(&[&text]).contains("structure `adr/test` has 2 examples that fire and 0 that do not")
    );
}

#[test]
fn values_are_checked() {
    for (from, to, message) in [
        (
            "severity = \"warning\"",
            "severity = \"warn\"",
            "`warn` is not a value of `severity`",
        ),
        (
            "\"## Pager\"",
            "\"Pager\"",
            "the scaffold does not begin with a heading",
        ),
        (
            "\"## Pager\"",
            "\"##Pager\"",
            "the scaffold does not begin with a heading",
        ),
        (
            "nobody is paged",
            "nobody is paged.",
            "the message ends with a full stop",
        ),
        ("title = \"Pager\"", "title = \" \"", "`title` is empty"),
        (
            "id = \"ops/pager\"",
            "id = \"pager\"",
            "`pager` is not a good id",
        ),
        (
            "severity",
            "kinds = [\"dsign\"]\nseverity",
            "`dsign` is not a value of `kinds`",
        ),
        (
            "severity",
            "references = [\"page\"]\nseverity",
            "a reference that is not an address",
        ),
        (
            "title = \"Pager\"",
            "title = 3",
            "`title` must be a text, not a number",
        ),
        (
            "answer.strong",
            "answer.strog",
            "unknown key `strog` in [topic.answer]",
        ),
        (
            "answers = true, text = \"a\"",
            "answers = 1, text = \"a\"",
            "`answers` must be true or false, not a number",
        ),
    ] {
        let text = TOPIC.replace(from, to);
        assert_ne!(text, TOPIC, "{from}");
        let shown = shown(&[&text]);
        assert!(shown.contains(message), "{message}: {shown}");
    }
}

#[test]
fn extend_and_override_name_what_exists() {
    assert_eq!(
        messages("[[extend]]\nid = \"deployment/rolback\"\n[extend.asked]\nwhen = [\"x\"]\n"),
        ["there is no rule or concept `deployment/rolback`"]
    );
    let sources = sources(&["[[override]]\nid = \"deployment/rolback\"\nseverity = \"hint\"\n"]);
    let errors = load_with_builtin(&sources).unwrap_err();
    assert_eq!(errors.errors[0].help, "did you mean `deployment/rollback`?");
    assert_eq!(
        messages("[[extend]]\nid = \"deployment/rollback\"\nterms = [\"x\"]\n"),
        ["`deployment/rollback` has no `terms` that could be changed here"]
    );
    assert_eq!(
        messages("[[override]]\nid = \"release\"\nenabled = false\n"),
        ["`release` is not a rule"]
    );
    assert_eq!(
        messages("[[override]]\nid = \"deployment/rollback\"\n"),
        ["an [[override]] that replaces nothing"]
    );
}

#[test]
fn an_id_that_the_built_in_pack_has_is_shown_in_both() {
    let text = TOPIC.replace("ops/pager", "deployment/rollback");
    let sources = sources(&[&text]);
    let errors = load_with_builtin(&sources).unwrap_err();
    let shown = render_errors(&errors, &sources, false);
    assert!(shown.contains("pack1.toml:3:6"), "{shown}");
    assert!(shown.contains("built-in rules/deployment.toml:"), "{shown}");
}

#[test]
fn colour_is_only_added_when_asked_for() {
    let sources = sources(&["x = 1"]);
    let errors = load(&sources).unwrap_err();
    assert!(render_errors(&errors, &sources, true).contains('\u{1b}'));
    assert!(!render_errors(&errors, &sources, false).contains('\u{1b}'));
}

#[test]
fn positions_are_right_behind_a_byte_order_mark_and_with_crlf() {
    let text = "\u{feff}[[concept]]\r\nid = \"a\"\r\nterms = [\"ä {b}\"]\r\n";
    assert!(
        shown(&[text]).contains("pack1.toml:3:14"),
        "{}",
        shown(&[text])
    );
}
