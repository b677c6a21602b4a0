//! `archlint explain`: what a rule asks, what answers it, and how to waive it.

use super::print;
use crate::arguments::Explain;
use crate::failure::Failure;
use crate::rule_text::{RuleText, all};
use crate::{CLEAN, session};
use archlint_report::one_line;
use archlint_rules::Topic;

/// Characters in a line of running text.
const COLUMNS: usize = 84;

/// Prints the explanation.
///
/// # Errors
/// When there is no such rule, with the rules that may have been meant.
pub fn run(arguments: &Explain) -> Result<u8, Failure> {
    let config = session::config_here(&arguments.setup)?;
    let rules = all(&config.rules);
    let id = arguments.id.trim();
    let Some(rule) = rules.iter().find(|rule| rule.id == id) else {
        if config.rules.disabled.iter().any(|disabled| disabled == id) {
            return Err(Failure::asked(
                format!("the rule `{id}` is switched off by a rule pack"),
                "",
            ));
        }
        return Err(Failure::asked(
            format!("there is no rule `{id}`"),
            meant(id, &rules),
        ));
    };
    print(&explained(rule, arguments.setup.color.for_stdout()))?;
    Ok(CLEAN)
}

fn explained(rule: &RuleText<'_>, colour: bool) -> String {
    let strong = |text: &str| {
        if colour {
            format!("\u{1b}[1m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    };
    let mut text = format!("{}: {}\n", strong(&one_line(rule.id)), one_line(rule.title));
    let mut part = |name: &str, body: &str| {
        if !body.trim().is_empty() {
            text.push_str(&format!("\n{}\n{}\n", strong(name), indented(body)));
        }
    };
    if let Some(topic) = rule.question {
        part("Question", &wrapped(&topic.question));
        part("What counts as an answer", &wrapped(&topic.answered_when));
        part("When it is asked", &wrapped(&topic.asked_when));
    }
    part(
        "What is reported",
        &format!("{}: {}", rule.severity, rule.message),
    );
    part("What to do", &wrapped(rule.help));
    let [good, bad] = rule.examples;
    part(
        if rule.question.is_some() {
            "An example that answers it"
        } else {
            "An example without a finding"
        },
        good.unwrap_or_default(),
    );
    part(
        if rule.question.is_some() {
            "An example that does not"
        } else {
            "An example with one"
        },
        bad.unwrap_or_default(),
    );
    let kinds: Vec<&str> = rule.kinds.iter().map(|kind| kind.name()).collect();
    part("Kinds of document", &kinds.join(", "));
    part("How to waive it", &waiver(rule.id));
    part(
        "How well it works",
        &rule.question.and_then(measured).unwrap_or_default(),
    );
    part("References", &rule.references.join("\n"));
    text
}

fn waiver(id: &str) -> String {
    format!(
        "In the document, or under the heading of a section, with your reason:\n\
         <!-- archlint: waive {id}: why it does not apply -->\n\
         For many documents, in archlint.toml:\n\
         [rules]\n\
         \"{id}\" = \"off\""
    )
}

/// What was measured on labelled documents, when the rule has it.
fn measured(topic: &Topic) -> Option<String> {
    let measured = &topic.weights.as_ref()?.measured;
    let percent = |name: &str| {
        measured
            .get(name)
            .map(|share| format!("{:.0} %", share * 100.0))
    };
    let precision = percent("precision")?;
    let recall = percent("recall")?;
    let documents = measured
        .get("documents")
        .map_or(String::new(), |n| format!(" ({n:.0} documents)"));
    Some(wrapped(&format!(
        "On labelled documents{documents}, {precision} of what it takes for an answer is one, \
         and it finds {recall} of the answers."
    )))
}

/// `text` in lines that are read with ease.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > COLUMNS {
            lines.push('\n');
            used = 0;
        } else if used > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += length;
    }
    lines
}

/// `text` moved in, harmless line by line.
fn indented(text: &str) -> String {
    let lines: Vec<String> = text
        .trim_matches('\n')
        .lines()
        .map(|line| format!("  {}", kept(line)).trim_end().to_owned())
        .collect();
    lines.join("\n")
}

/// A line of an example with its own indentation.
fn kept(line: &str) -> String {
    let body = line.trim_start_matches(' ');
    format!("{}{}", &line[..line.len() - body.len()], one_line(body))
}

/// Which rules may have been meant: those with a similar name, or the word in theirs.
fn meant(id: &str, rules: &[RuleText<'_>]) -> String {
    let wanted = id.to_lowercase();
    let last = wanted.rsplit('/').next().unwrap_or_default();
    let mut near: Vec<(f64, &str)> = rules
        .iter()
        .map(|rule| {
            let name = rule.id.rsplit('/').next().unwrap_or_default();
            let likeness =
                strsim::jaro_winkler(&wanted, rule.id).max(strsim::jaro_winkler(last, name));
            let holds = !last.is_empty() && rule.id.contains(last);
            (if holds { likeness + 1.0 } else { likeness }, rule.id)
        })
        .filter(|(likeness, _)| *likeness > 0.85)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    match near.is_empty() {
        true => "`archlint rules` lists the rules".to_owned(),
        false => {
            let names: Vec<String> = near
                .iter()
                .take(3)
                .map(|(_, id)| format!("`{id}`"))
                .collect();
            format!("did you mean {}?", names.join(" or "))
        }
    }
}
