//! `archlint rules`: what is checked, and the catalogue with the rules that ask its questions.

use super::print;
use crate::arguments::Rules as Arguments;
use crate::failure::Failure;
use crate::rule_text::{RuleText, all};
use crate::{CLEAN, FINDINGS, session};
use archlint_report::{counted, one_line};
use archlint_rules::Rules;

/// The catalogue: id, group and question, separated by tabs.
const CATALOGUE: &str = include_str!("../catalogue.tsv");

/// Prints the list.
///
/// # Errors
/// Mistakes in configuration or rule packs.
pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let config = session::config_here(&arguments.setup)?;
    if arguments.catalogue {
        return catalogue(&config.rules);
    }
    let rules = all(&config.rules);
    let level = config.resolve(None);
    let mut text = String::new();
    let width = rules
        .iter()
        .map(|rule| rule.id.chars().count())
        .max()
        .unwrap_or(0);
    for rule in &rules {
        let level = match level.level(rule.id) {
            Some(level) => archlint_workspace::config::level_name(level),
            None => rule.severity.name(),
        };
        text.push_str(&format!(
            "{:width$}  {level:<8}  {}\n",
            one_line(rule.id),
            one_line(rule.title)
        ));
    }
    text.push_str(&format!("\n{}\n", counted(rules.len(), "rule")));
    print(&text)?;
    Ok(CLEAN)
}

fn catalogue(rules: &Rules) -> Result<u8, Failure> {
    let rules = all(rules);
    let mut text = String::new();
    let mut group_before = "";
    let (mut questions, mut left_over) = (0, 0);
    for line in CATALOGUE.lines() {
        let [id, group, question] = line.splitn(3, '\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        if group != group_before {
            text.push_str(&format!(
                "{}## {group}\n\n| Question | Rules |\n| --- | --- |\n",
                if questions > 0 { "\n" } else { "" }
            ));
            group_before = group;
        }
        questions += 1;
        let asking: Vec<String> = rules
            .iter()
            .filter(|rule: &&RuleText<'_>| rule.question.is_some() && rule.id == id)
            .map(|rule| format!("`{}`", rule.id))
            .collect();
        left_over += usize::from(asking.is_empty());
        let asking = if asking.is_empty() {
            "**none**".to_owned()
        } else {
            asking.join(", ")
        };
        text.push_str(&format!(
            "| {} | {asking} |\n",
            question.replace('|', "\\|")
        ));
    }
    text.push_str(&format!(
        "\n{}, {left_over} without a rule.\n",
        counted(questions, "question")
    ));
    print(&text)?;
    Ok(if left_over == 0 { CLEAN } else { FINDINGS })
}
