//! What the renderers write for runs made by hand.
#![allow(clippy::unwrap_used)]

mod outcome;

use archlint_report::*;
use outcome::{document, finding, outcome};

fn rendered(render: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    render(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn shown(text: &str, findings: Vec<archlint_review::Finding>) -> String {
    let run = outcome(vec![document("docs/a.md", text, findings)]);
    rendered(|out| {
        human(&run, Terminal::default(), out)?;
        human_summary(&run, Terminal::default(), out)
    })
}

#[test]
fn a_person_sees_the_passage_underlined_and_what_to_do() {
    let text = "# Notify\n\nEvents go to Kafka.\n\n\n\n## Risks\n";
    let mut one = finding("reliability/idempotency", text, "Kafka");
    one.help = "Say what happens when a message arrives twice.".into();
    one.related
        .push(outcome::passage(text, "## Risks", "heading “Risks”"));
    assert_eq!(
        shown(text, vec![one]),
        "\
docs/a.md  design: it lies in a folder `design`

warning[reliability/idempotency]: nothing is said
  ┌─ docs/a.md:3:14
  │
3 │ Events go to Kafka.
  │              ^^^^^ because of this
  ·
7 │ ## Risks
  │ -------- heading “Risks”
  │
  = help: Say what happens when a message arrives twice.

1 document, 1 reviewed; 1 open question
`archlint explain reliability/idempotency` says more about a rule.
"
    );
}

#[test]
fn severities_have_our_names() {
    let text = "# A\n\nfast\n";
    for (severity, name) in [
        (archlint_review::Severity::Error, "error[prose/vague]"),
        (archlint_review::Severity::Info, "info[prose/vague]"),
        (archlint_review::Severity::Hint, "hint[prose/vague]"),
    ] {
        let mut one = finding("prose/vague", text, "fast");
        one.question = None;
        one.severity = severity;
        let shown = shown(text, vec![one]);
        assert!(
            shown.contains(&format!("\n{name}: nothing is said\n")),
            "{shown}"
        );
    }
}

#[test]
fn nothing_of_a_document_commands_the_terminal() {
    let text = "# A\u{1b}[31m\u{9b}2J\n\n\u{202e}fast\0 \u{7}\r\nnext\n";
    let mut one = finding("prose/vague", text, "fast");
    one.label = "\u{1b}]0;title\u{7}".into();
    one.message = "a\nb\u{1b}".into();
    one.related
        .push(outcome::passage(text, "# A\u{1b}[31m\u{9b}2J", "\u{9d}"));
    let mut run = outcome(vec![document("docs/\u{1b}[2J\n.md", text, vec![one])]);
    run.documents[0].review.answers = vec![outcome::answer(
        "reliability/idempotency",
        text,
        "\u{202e}fast\0",
    )];
    let rules = outcome::rules();
    let rules = [&rules];
    let checked = check_report(&run);
    let asked = checklist_report(&run, &rules);
    let origin = Origin::default();
    let all = [
        rendered(|out| human(&run, Terminal::default(), out)),
        rendered(|out| short(&checked, out)),
        rendered(|out| json(&checked, out)),
        rendered(|out| json(&asked, out)),
        rendered(|out| jsonl(&asked, &origin, out)),
        rendered(|out| sarif(&checked, out)),
        rendered(|out| github(&checked, out)),
        rendered(|out| gitlab(&checked, out)),
        rendered(|out| junit(&checked, out)),
        rendered(|out| rdjson(&checked, out)),
        rendered(|out| checkstyle(&checked, out)),
        rendered(|out| checklist_markdown(&asked, out)),
        rendered(|out| checklist_csv(&asked, out)),
    ];
    for shown in all {
        let bad: Vec<char> = shown
            .chars()
            .filter(|c| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c))
            .collect();
        assert!(bad.is_empty(), "{bad:?} in {shown}");
        assert!(shown.contains("fast") || shown.contains("vague"), "{shown}");
    }
}

#[test]
fn colours_come_only_when_asked_for() {
    let text = "# A\n\nfast\n";
    let run = outcome(vec![document(
        "a.md",
        text,
        vec![finding("prose/vague", text, "fast")],
    )]);
    let plain = rendered(|out| human(&run, Terminal::default(), out));
    let coloured = rendered(|out| {
        human(
            &run,
            Terminal {
                colour: true,
                width: 100,
            },
            out,
        )
    });
    assert!(!plain.contains('\u{1b}'));
    assert!(coloured.contains("\u{1b}["), "{coloured}");
}

#[test]
fn of_a_line_of_megabytes_only_the_passage_is_shown() {
    let text = format!(
        "# A\n\n{}fast enough{}\n",
        "word ".repeat(1_000_000),
        " more".repeat(1_000_000)
    );
    let shown = shown(&text, vec![finding("prose/vague", &text, "fast enough")]);
    assert!(shown.len() < 1500, "{}", shown.len());
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.contains("fast enough"))
        .unwrap();
    let column = |line: &str, what: &str| line[..line.find(what).unwrap()].chars().count();
    assert!(lines[at].contains("│ …word word"), "{}", lines[at]);
    assert!(lines[at].trim_end().ends_with('…'));
    assert_eq!(
        column(lines[at], "fast"),
        column(lines[at + 1], "^^^^^^^^^^^ ")
    );
    assert!(shown.contains("docs/a.md:3:5000001"), "{shown}");
}

#[test]
fn of_a_long_passage_the_beginning_is_shown() {
    let text = format!("# A\n\n{}\n", "A line of the passage.\n".repeat(50));
    let passage = text[5..text.len() - 2].to_owned();
    let shown = shown(&text, vec![finding("prose/vague", &text, &passage)]);
    assert_eq!(
        shown.matches("A line of the passage.").count(),
        3,
        "{shown}"
    );
}

#[test]
fn passages_at_the_edges_are_shown() {
    for (text, passage) in [
        ("", ""),
        ("x", "x"),
        ("\u{feff}# Über\r\n", "# Über"),
        ("a\n\n", ""),
        ("日本語のテキスト", "本語"),
    ] {
        let shown = shown(text, vec![finding("prose/vague", text, passage)]);
        assert!(shown.contains("because of this"), "{shown}");
        assert!(shown.contains(passage), "{shown}");
    }
}

#[test]
fn places_count_from_one_in_characters() {
    let text = "\u{feff}# Ä\r\n\r\n👍🏽 fast\r\n";
    let run = outcome(vec![document(
        "docs/a.md",
        text,
        vec![finding("reliability/idempotency", text, "fast")],
    )]);
    let report = check_report(&run);
    let value: serde_json::Value =
        serde_json::from_str(&rendered(|out| json(&report, out))).unwrap();
    assert_eq!(value["version"], 1);
    let found = &value["findings"][0];
    assert_eq!(
        found["range"]["start"],
        serde_json::json!({"line": 3, "column": 4, "offset": text.find("fast").unwrap()})
    );
    assert_eq!(found["range"]["end"]["column"], 8);
    assert_eq!(found["severity"], "warning");
    assert_eq!(
        rendered(|out| short(&report, out)),
        "docs/a.md:3:4: warning[reliability/idempotency] nothing is said\n"
    );
}

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let name = |text: &str, passage: &str| {
        let mut one = finding("prose/vague", text, passage);
        one.question = None;
        check_report(&outcome(vec![document("a.md", text, vec![one])])).findings[0]
            .fingerprint
            .clone()
    };
    assert_eq!(
        name("# A\n\nfast enough\n", "fast enough"),
        name("# A\n\nNew.\n\nfast\nenough\n", "fast\nenough")
    );
    assert_ne!(
        name("fast enough\n", "fast enough"),
        name("slow enough\n", "slow enough")
    );
}

#[test]
fn the_checklist_quotes_the_evidence_with_its_line() {
    let text = "# A\n\nWe use `Kafka` | *twice*.\n";
    let mut run = outcome(vec![document("docs/a.md", text, vec![])]);
    run.documents[0].review.answers = vec![
        outcome::answer("reliability/idempotency", text, "We use `Kafka` | *twice*."),
        archlint_review::Answer {
            asked: false,
            evidence: vec![],
            status: archlint_review::Status::Absent,
            ..outcome::answer("deployment/rollback", text, "# A")
        },
    ];
    let list =
        rendered(|out| checklist_markdown(&checklist_report(&run, &[&outcome::rules()]), out));
    assert!(list.contains("- [x] **Idempotency**: answered"), "{list}");
    assert!(
        list.contains("`docs/a.md:3` `` We use `Kafka` | *twice*. `` (says so)"),
        "{list}"
    );
    assert!(
        list.contains("<summary>Not asked (1)</summary>\n\n- Rollback\n"),
        "{list}"
    );
    assert!(!list.contains("# Coverage"), "{list}");
}

#[test]
fn several_documents_get_a_table_with_totals() {
    let text = "# A\n\nTwice.\n";
    let answered = || vec![outcome::answer("reliability/idempotency", text, "Twice.")];
    let mut run = outcome(vec![
        document("docs/a.md", text, vec![]),
        document("docs/b.md", text, vec![]),
    ]);
    run.documents[0].review.answers = answered();
    run.documents[1].review.answers = answered();
    run.documents[1].review.answers[0].status = archlint_review::Status::Touched;
    let list =
        rendered(|out| checklist_markdown(&checklist_report(&run, &[&outcome::rules()]), out));
    assert!(list.contains("| `docs/a.md` | 1/1 | 1/1 |"), "{list}");
    assert!(list.contains("| `docs/b.md` | 0/1 | 0/1 |"), "{list}");
    assert!(list.contains("| **All** | 1/2 | 1/2 |"), "{list}");
}

#[test]
fn the_schema_knows_every_field_that_is_written() {
    let text = "# A\n\nfast\n";
    let mut run = outcome(vec![document(
        "a.md",
        text,
        vec![finding("reliability/idempotency", text, "fast")],
    )]);
    run.documents[0].review.answers =
        vec![outcome::answer("reliability/idempotency", text, "fast")];
    let schema = output_schema();
    let written = serde_json::to_value(check_report(&run)).unwrap();
    for (name, value) in [
        ("CheckReport", &written),
        ("ReportedFinding", &written["findings"][0]),
    ] {
        let known = &schema["$defs"][name]["properties"];
        for key in value.as_object().unwrap().keys() {
            assert!(
                known.get(key).is_some(),
                "{name}.{key} is not in the schema"
            );
        }
    }
}
