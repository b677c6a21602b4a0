//! The reference of the built-in rules: a page for each group, and a list of all.

use super::{Pages, RULES};
use archlint_rules::{Kind, Pattern, Severity, Structure, Topic, builtin};
use archlint_workspace::{OWN_RULES, OwnRule};
use std::collections::BTreeMap;
use std::fmt::Write;

const MARK: &str = "<!-- Written by `cargo xtask docs` from the rule pack. -->";

/// A page: what it is called, and the rules on it.
struct Page {
    title: String,
    intro: &'static str,
    rules: Vec<Entry>,
}

/// A rule on a page.
struct Entry {
    id: String,
    title: String,
    severity: Severity,
    text: String,
}

/// The pages by their path.
pub fn pages() -> Pages {
    let groups = groups();
    let mut pages: Pages = groups
        .iter()
        .map(|(name, page)| (format!("{RULES}/{name}.md"), group_page(name, page)))
        .collect();
    pages.insert("docs/rules.md".to_owned(), list(&groups));
    pages
}

/// The groups by the first part of the ids of their rules.
fn groups() -> BTreeMap<String, Page> {
    let rules = builtin();
    let mut groups: BTreeMap<String, Page> = BTreeMap::new();
    let mut add = |title: Option<&str>, entry: Entry| {
        let group = entry.id.split('/').next().unwrap_or_default().to_owned();
        let page = groups.entry(group.clone()).or_insert_with(|| {
            let (own, intro) = introduction(&group);
            Page {
                title: title.unwrap_or(own).to_owned(),
                intro,
                rules: Vec::new(),
            }
        });
        if !page.rules.iter().any(|rule| rule.id == entry.id) {
            page.rules.push(entry);
        }
    };
    for topic in &rules.topics {
        add(Some(&topic.group), question(topic));
    }
    for rule in &rules.patterns {
        add(None, pattern(rule));
    }
    for rule in &rules.structures {
        add(None, structure(rule));
    }
    for rule in OWN_RULES {
        add(None, own(rule));
    }
    groups
}

/// The title of a group that is not one of the catalogue, and what its page says first.
fn introduction(group: &str) -> (&'static str, &'static str) {
    match group {
        "adr" => (
            "Decision records",
            "These look at the form of architecture decision records: Nygard's, MADR and their many variants. They find a status, a date or a section in whatever form a house writes it.",
        ),
        "prose" => (
            "Prose",
            "These find words that are a problem in themselves. Headings, code, quotations and questions are never looked at.",
        ),
        "template" => (
            "Templates",
            "These hold a document to the template that `[[template]]` in archlint.toml names for it: see [Templates and stages](../templates.md).",
        ),
        "waiver" => (
            "Waivers",
            "These look at [waivers](../waivers.md) themselves: a waiver that does not count is told, not ignored.",
        ),
        _ => (
            "Questions",
            "A question is asked of a document whose content raises it, and reported where it is raised when the document leaves it open: see [How it reviews](../reviewing.md).",
        ),
    }
}

fn group_page(name: &str, page: &Page) -> String {
    let (_, questions) = introduction("");
    let intro = if page.intro.is_empty() {
        questions
    } else {
        page.intro
    };
    let mut text = format!("# {}\n\n{MARK}\n\n{intro}\n", page.title);
    for rule in &page.rules {
        let _ = write!(text, "\n## {}\n\n{}", rule.id, rule.text);
    }
    let _ = write!(
        text,
        "\n## How to waive these\n\nIn the document, or under the heading of a section, with your reason:\n\n```markdown\n<!-- archlint: waive {id}: why it does not apply -->\n```\n\nFor many documents, in `archlint.toml` (`\"{name}/*\"` stands for all of them):\n\n```toml\n[rules]\n\"{id}\" = \"off\"\n```\n",
        id = page.rules.first().map_or("", |rule| &rule.id),
    );
    text
}

fn list(groups: &BTreeMap<String, Page>) -> String {
    let mut text = format!(
        "# Rules\n\n{MARK}\n\nThe built-in rules by group. `archlint rules` lists them with the levels that your configuration gives them, `archlint explain ID` shows one. Rules of your own are [data in TOML](rule-format.md).\n"
    );
    for (name, page) in groups {
        let _ = write!(
            text,
            "\n## {}\n\n| rule | | reported as |\n| --- | --- | --- |\n",
            page.title
        );
        for rule in &page.rules {
            let anchor: String = rule
                .id
                .chars()
                .filter(|c| c.is_alphanumeric() || *c == '-')
                .collect();
            let _ = writeln!(
                text,
                "| [`{}`](rules/{name}.md#{anchor}) | {} | {} |",
                rule.id, rule.title, rule.severity
            );
        }
    }
    text
}

fn question(topic: &Topic) -> Entry {
    let mut text = format!("**{}.** {}\n\n", topic.title, topic.question);
    item(&mut text, "Answered when", &topic.answered_when);
    item(&mut text, "Asked when", &topic.asked_when);
    common(
        &mut text,
        topic.severity,
        &topic.message,
        &topic.help,
        &topic.kinds,
    );
    if let Some(measured) = measured(topic) {
        item(&mut text, "Measured", &measured);
    }
    references(&mut text, &topic.references);
    for (answers, name) in [(true, "Answers it"), (false, "Does not answer it")] {
        if let Some(example) = topic.examples.iter().find(|e| e.answers == answers) {
            quoted(&mut text, name, &example.text);
        }
    }
    entry(&topic.id, &topic.title, topic.severity, text)
}

fn pattern(rule: &Pattern) -> Entry {
    let mut text = format!("**{}.**\n\n", rule.title);
    common(
        &mut text,
        rule.severity,
        &rule.message,
        &rule.help,
        &rule.kinds,
    );
    references(&mut text, &rule.references);
    for (fires, name) in [(true, "Reported"), (false, "Not reported")] {
        if let Some(example) = rule.examples.iter().find(|e| e.fires == fires) {
            quoted(&mut text, name, &example.text);
        }
    }
    entry(&rule.id, &rule.title, rule.severity, text)
}

fn structure(rule: &Structure) -> Entry {
    let mut text = format!("**{}.**\n\n", rule.title);
    common(
        &mut text,
        rule.severity,
        &rule.message,
        &rule.help,
        &rule.kinds,
    );
    references(&mut text, &rule.references);
    for (fires, name) in [(true, "Reported"), (false, "Not reported")] {
        if let Some(example) = rule.examples.iter().find(|e| e.fires == fires) {
            quoted(&mut text, name, &example.text);
        }
    }
    entry(&rule.id, &rule.title, rule.severity, text)
}

fn own(rule: &OwnRule) -> Entry {
    let mut text = format!("**{}.**\n\n", rule.title);
    let kinds: &[Kind] = if rule.id.starts_with("adr/") {
        &[Kind::Adr]
    } else {
        &[Kind::Adr, Kind::Design, Kind::Overview]
    };
    common(&mut text, rule.severity, rule.message, rule.help, kinds);
    entry(rule.id, rule.title, rule.severity, text)
}

fn entry(id: &str, title: &str, severity: Severity, text: String) -> Entry {
    Entry {
        id: id.to_owned(),
        title: title.to_owned(),
        severity,
        text,
    }
}

fn common(text: &mut String, severity: Severity, message: &str, help: &str, kinds: &[Kind]) {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    item(text, "Reported as", &format!("{severity}: “{message}”"));
    item(text, "What to do", help);
    item(text, "Kinds of document", &kinds.join(", "));
}

fn item(text: &mut String, name: &str, said: &str) {
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    // Placeholders such as <name> and [title](...) are words here; in code they are already.
    let parts: Vec<String> = said
        .split('`')
        .enumerate()
        .map(|(at, part)| match at % 2 {
            0 => part.replace('<', "&lt;").replace("](", "]\\("),
            _ => part.to_owned(),
        })
        .collect();
    let _ = writeln!(text, "- *{name}:* {}", parts.join("`"));
}

fn references(text: &mut String, references: &[String]) {
    if !references.is_empty() {
        let links: Vec<String> = references.iter().map(|link| format!("<{link}>")).collect();
        let _ = writeln!(text, "- *References:* {}", links.join(", "));
    }
}

/// What was measured on labelled documents, when the rule has it.
fn measured(topic: &Topic) -> Option<String> {
    let measured = &topic.weights.as_ref()?.measured;
    let percent = |name: &str| {
        let share = measured.get(name)?;
        Some(format!("{:.0} %", share * 100.0))
    };
    let documents = measured
        .get("documents")
        .map_or(String::new(), |number| format!(" on {number:.0} documents"));
    Some(format!(
        "precision {}, recall {}{documents} ([how](../accuracy.md))",
        percent("precision")?,
        percent("recall")?
    ))
}

/// A text in a fence longer than any in it.
fn quoted(text: &mut String, name: &str, example: &str) {
    let longest = example
        .lines()
        .map(|line| line.trim_start().chars().take_while(|c| *c == '`').count())
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = write!(
        text,
        "\n{name}:\n\n{fence}markdown\n{}\n{fence}\n",
        example.trim_matches('\n')
    );
}
