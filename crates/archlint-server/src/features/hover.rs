//! What is said of the passage under the pointer.

use super::texts::explanation;
use crate::analysis::Analysis;
use archlint_document::Span;
use archlint_review::Status;
use archlint_workspace::waivers;
use std::fmt::Write;

/// Questions that are listed for a heading.
const LISTED: usize = 12;

/// What is said, as Markdown, and of which passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The passage.
    pub span: Span,
    /// What is said.
    pub text: String,
}

/// What is said at a byte.
pub fn hover(analysis: &Analysis, offset: usize) -> Option<Hover> {
    on_directive(analysis, offset)
        .or_else(|| on_field(analysis, offset))
        .or_else(|| on_findings(analysis, offset))
        .or_else(|| on_heading(analysis, offset))
}

fn holds(span: &Span, offset: usize) -> bool {
    span.start <= offset && offset <= span.end
}

fn on_findings(analysis: &Analysis, offset: usize) -> Option<Hover> {
    let findings = analysis
        .findings()
        .iter()
        .filter(|finding| holds(&finding.span, offset));
    let mut parts = Vec::new();
    let mut span: Option<Span> = None;
    for finding in findings {
        let text = explanation(analysis, &finding.rule).unwrap_or_else(|| finding.help.clone());
        parts.push(format!(
            "{}: {}\n\n{text}",
            finding.severity, finding.message
        ));
        let length = finding.span.len();
        if span.as_ref().is_none_or(|span| span.len() > length) {
            span = Some(finding.span.clone());
        }
    }
    Some(Hover {
        span: span?,
        text: parts.join("\n\n---\n\n"),
    })
}

fn on_heading(analysis: &Analysis, offset: usize) -> Option<Hover> {
    let document = analysis.document();
    let section = document.sections.get(document.section_at(offset))?;
    let heading = section
        .heading
        .as_ref()
        .filter(|heading| holds(&heading.span, offset))?;
    let mut text = String::new();
    let mut listed = 0;
    for answer in &analysis.reviewed.review.answers {
        let here = |passages: &[archlint_review::Passage]| {
            passages
                .iter()
                .any(|passage| section.span.contains(&passage.span.start))
        };
        let what = match answer.status {
            Status::Answered if here(&answer.evidence) => "answered here",
            Status::Touched if here(&answer.evidence) && answer.asked => "touched here, still open",
            Status::Absent if here(&answer.raised_by) && answer.asked => "raised here, open",
            _ => continue,
        };
        let Some(topic) = analysis.topic(&answer.rule) else {
            continue;
        };
        listed += 1;
        if listed <= LISTED {
            // Writing to a string does not fail.
            let _ = writeln!(text, "- **{}** ({what}): {}", topic.title, topic.question);
        }
    }
    if listed > LISTED {
        let _ = writeln!(text, "- and {} more", listed - LISTED);
    }
    if text.is_empty() {
        return None;
    }
    Some(Hover {
        span: heading.span.clone(),
        text: format!("Questions of a review in “{}”:\n\n{text}", heading.text),
    })
}

fn on_directive(analysis: &Analysis, offset: usize) -> Option<Hover> {
    let waivers = waivers::read(analysis.document());
    let waiver = waivers
        .waivers
        .into_iter()
        .find(|waiver| holds(&waiver.span, offset))?;
    let mut rules = waiver.waive.rules.iter();
    let (rule, span) = rules
        .clone()
        .find(|(_, span)| holds(span, offset))
        .or_else(|| rules.next())?;
    let scope = match waiver.section {
        Some(section) => format!("in “{}”", analysis.document().heading_title(section)),
        None => "in the whole document".to_owned(),
    };
    let about = explanation(analysis, rule).unwrap_or_default();
    Some(Hover {
        span: span.clone(),
        text: format!("Waives `{rule}` {scope}.\n\n{about}"),
    })
}

fn on_field(analysis: &Analysis, offset: usize) -> Option<Hover> {
    let matter = analysis.document().front_matter.as_ref()?;
    let field = matter
        .fields
        .iter()
        .find(|field| holds(&(field.key_span.start..field.value_span.end), offset))?;
    let known = super::fields::FIELDS.iter().find(|known| {
        known
            .keys
            .iter()
            .any(|key| key.eq_ignore_ascii_case(&field.key))
    })?;
    let mut text = format!("**{}**: {}", field.key, known.meaning);
    if !known.values.is_empty() {
        let _ = write!(text, "\n\nValues: {}", known.values.join(", "));
    }
    for finding in analysis
        .findings()
        .iter()
        .filter(|finding| holds(&finding.span, offset))
    {
        let _ = write!(
            text,
            "\n\n---\n\n{}: {}. {}",
            finding.severity, finding.message, finding.help
        );
    }
    Some(Hover {
        span: field.key_span.clone(),
        text,
    })
}
