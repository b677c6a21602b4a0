//! What is said of a rule, as Markdown.

use crate::analysis::Analysis;
use archlint_review::{Passage, Status};
use archlint_workspace::own;
use std::fmt::Write;

/// Where the built-in rules are described for people, a page for each group.
const DOCUMENTATION: &str = "https://github.com/archlint/archlint/blob/main/docs/rules";
/// Lines of evidence that are shown.
const SHOWN: usize = 5;

/// The page that describes a rule; `None` for rules of other packs.
pub fn page(id: &str) -> Option<String> {
    let rules = archlint_rules::builtin();
    let is_known = own(id).is_some()
        || rules.topics.iter().any(|rule| &*rule.id == id)
        || rules.patterns.iter().any(|rule| &*rule.id == id)
        || rules.structures.iter().any(|rule| &*rule.id == id);
    let (group, _) = id.split_once('/').filter(|_| is_known)?;
    Some(format!(
        "{DOCUMENTATION}/{group}.md#{}",
        id.replace('/', "")
    ))
}

/// What can be said of any rule.
pub struct RuleText<'a> {
    /// What a heading would call it.
    pub title: &'a str,
    /// What is reported.
    pub message: &'a str,
    /// What to do.
    pub help: &'a str,
    /// Pages that say more.
    pub references: &'a [String],
}

/// The texts of the rule with that id.
pub fn rule_text<'a>(analysis: &'a Analysis, id: &str) -> Option<RuleText<'a>> {
    let rules = analysis.rules();
    macro_rules! found {
        ($list:expr) => {
            $list
                .iter()
                .find(|rule| &*rule.id == id)
                .map(|rule| RuleText {
                    title: &rule.title,
                    message: &rule.message,
                    help: &rule.help,
                    references: &rule.references,
                })
        };
    }
    found!(rules.topics)
        .or_else(|| found!(rules.patterns))
        .or_else(|| found!(rules.structures))
        .or_else(|| {
            own(id).map(|rule| RuleText {
                title: rule.title,
                message: rule.message,
                help: rule.help,
                references: &[],
            })
        })
}

/// All that is known of a rule and of what the document says to it.
pub fn explanation(analysis: &Analysis, id: &str) -> Option<String> {
    let rule = rule_text(analysis, id)?;
    let name = page(id).map_or_else(|| format!("`{id}`"), |page| format!("[{id}]({page})"));
    let mut text = format!("**{}** · {name}\n\n", rule.title);
    // Writing to a string does not fail.
    if let Some(topic) = analysis.topic(id) {
        let _ = writeln!(text, "{}\n", topic.question);
        let _ = writeln!(
            text,
            "*What counts as an answer:* {}\n",
            topic.answered_when
        );
        if let Some(answer) = analysis.answer(id) {
            text.push_str(&said(
                analysis,
                answer.status,
                answer.asked,
                &answer.evidence,
            ));
            if let Some(reason) = &answer.waiver {
                let _ = writeln!(text, "*Waived:* {reason}\n");
            }
        }
    } else {
        let _ = writeln!(text, "{}\n", rule.message);
    }
    let _ = writeln!(text, "*What to do:* {}", rule.help);
    for reference in rule.references {
        let _ = write!(text, "\n<{reference}>\n");
    }
    Some(text)
}

/// What the document already says, with links to the lines.
fn said(analysis: &Analysis, status: Status, asked: bool, evidence: &[Passage]) -> String {
    let state = match (status, asked) {
        (Status::Answered, _) => "This document answers it",
        (Status::Waived, _) => "This document waives it",
        (Status::Touched, true) => "This document touches it and leaves it open",
        (Status::Touched, false) => "This document touches it, and is not asked to answer it",
        (Status::Absent, true) => return "*This document says nothing on it.*\n\n".to_owned(),
        (Status::Absent, false) => return "*This document is not asked it.*\n\n".to_owned(),
    };
    if evidence.is_empty() {
        return format!("*{state}.*\n\n");
    }
    let mut text = format!("*{state}:*\n");
    for passage in evidence.iter().take(SHOWN) {
        let line = analysis.line(passage.span.start) + 1;
        let _ = writeln!(
            text,
            "- [line {line}]({}#L{line}): {}",
            analysis.uri, passage.reason
        );
    }
    text.push('\n');
    text
}

/// The same in two sentences, as plain text.
pub fn summary(analysis: &Analysis, id: &str) -> Option<String> {
    let rule = rule_text(analysis, id)?;
    let what = analysis
        .topic(id)
        .map_or(rule.message, |topic| &topic.question);
    Some(format!("{}: {what} {}", rule.title, rule.help))
}
