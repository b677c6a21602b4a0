//! From answers to findings: the open questions that a reviewer would raise.

use crate::{Answer, Finding, Status};
use archlint_document::{Document, Span};
use archlint_rules::Rules;

/// Findings of topic rules whose probability reaches `line`.
pub(crate) fn open_questions(
    document: &Document,
    rules: &Rules,
    answers: &[Answer],
    line: f32,
) -> Vec<Finding> {
    rules
        .topics
        .iter()
        .zip(answers)
        .filter(|(_, answer)| answer.status < Status::Answered && answer.open_probability >= line)
        .map(|(rule, answer)| {
            let place = answer.raised_by.first();
            Finding {
                rule: rule.id.text.clone(),
                question: Some(rule.id.text.clone()),
                severity: rule.severity,
                message: rule.message.clone(),
                label: place.map_or_else(
                    || match rule.asked.always {
                        true => "asked of every document".to_owned(),
                        false => format!("asked when {}", rule.asked_when),
                    },
                    |passage| match answer.status {
                        Status::Touched => format!("touched but left open: {}", passage.reason),
                        _ => format!("raised here: {}", passage.reason),
                    },
                ),
                help: rule.help.clone(),
                span: place.map_or_else(|| title(document), |passage| passage.span.clone()),
                related: answer.raised_by.iter().skip(1).cloned().collect(),
                confidence: answer.open_probability,
            }
        })
        .collect()
}

/// Where a finding stands that no passage raises: the title, else the first block.
fn title(document: &Document) -> Span {
    document
        .sections
        .iter()
        .find_map(|section| section.heading.as_ref())
        .map(|heading| heading.span.clone())
        .or_else(|| document.blocks.first().map(|block| block.span.clone()))
        .unwrap_or(0..0)
}
