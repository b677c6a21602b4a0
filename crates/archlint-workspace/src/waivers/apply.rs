//! What waivers do to a review, and what is wrong with the waivers.

use super::read::{Waiver, Waivers};
use crate::config::{is_for, nearest};
use crate::rule_ids::{
    OwnRule, WAIVER_EXPIRED, WAIVER_NO_REASON, WAIVER_SYNTAX, WAIVER_UNKNOWN_RULE, WAIVER_UNNEEDED,
    own,
};
use archlint_document::{Document, Span};
use archlint_review::{Finding, Review, Status};

/// What judging waivers needs to know beside the document.
#[derive(Clone, Copy)]
pub struct Judging<'a> {
    /// The ids of all rules there are.
    pub known: &'a [String],
    /// Today, `YYYY-MM-DD`; without it no waiver expires.
    pub today: Option<&'a str>,
    /// Rules of which it is not known here whether they would be reported: waivers of them are not
    /// called unneeded.
    pub undecided: &'a dyn Fn(&str) -> bool,
}

/// Applies the waivers to the review of their document: waived findings go, waived questions get
/// [`Status::Waived`] and the reason, and what is wrong with a waiver becomes a finding.
pub fn apply(document: &Document, review: &mut Review, waivers: &Waivers, judging: Judging<'_>) {
    for mistake in &waivers.mistakes {
        let mut finding = finding(WAIVER_SYNTAX, mistake.span.clone());
        finding.label.clone_from(&mistake.message);
        finding.help.clone_from(&mistake.help);
        review.findings.push(finding);
    }
    // All are matched against what the document would report without any of them: of two waivers
    // of one rule neither makes the other unneeded.
    let mut waived = vec![false; review.findings.len()];
    let mut problems = Vec::new();
    for waiver in &waivers.waivers {
        if let Some(problem) = void(waiver, judging) {
            problems.push(problem);
            continue;
        }
        for (rule, place) in &waiver.waive.rules {
            if !judging.known.iter().any(|id| is_for(rule, id)) {
                problems.push(unknown(rule, place, judging.known));
                continue;
            }
            let reason = waiver
                .waive
                .reason
                .as_ref()
                .map_or("", |(reason, _)| reason);
            let scope = waiver
                .section
                .and_then(|section| document.sections.get(section));
            let reaches =
                |span: &Span| scope.is_none_or(|section| section.span.contains(&span.start));
            let mut needed = false;
            for (finding, gone) in review.findings.iter().zip(&mut waived) {
                if is_for(rule, &finding.rule) && reaches(&finding.span) {
                    *gone = true;
                    needed = true;
                }
            }
            needed |= waive_answers(review, rule, reason, &reaches);
            if !needed
                && !judging
                    .known
                    .iter()
                    .any(|id| is_for(rule, id) && (judging.undecided)(id))
            {
                problems.push(unneeded(review, rule, waiver, place));
            }
        }
    }
    let mut gone = waived.into_iter();
    review.findings.retain(|_| !gone.next().unwrap_or(false));
    review.findings.extend(problems);
}

/// Waives the questions of `rule` that are asked and open; whether there was one.
fn waive_answers(
    review: &mut Review,
    rule: &str,
    reason: &str,
    reaches: &impl Fn(&Span) -> bool,
) -> bool {
    let findings = &review.findings;
    let mut any = false;
    for answer in review
        .answers
        .iter_mut()
        .filter(|answer| is_for(rule, &answer.rule))
    {
        if !answer.asked || answer.status == Status::Answered {
            continue;
        }
        let reported = findings.iter().find(|finding| finding.rule == answer.rule);
        let place = reported
            .map(|finding| &finding.span)
            .or_else(|| answer.raised_by.first().map(|passage| &passage.span));
        let in_scope = place.is_none_or(reaches)
            || answer
                .raised_by
                .first()
                .is_some_and(|passage| reaches(&passage.span));
        if in_scope {
            answer.status = Status::Waived;
            answer.waiver = Some(reason.to_owned());
            any = true;
        }
    }
    any
}

/// Why a waiver does not count at all.
fn void(waiver: &Waiver, judging: Judging<'_>) -> Option<Finding> {
    let expired = match (&waiver.waive.until, judging.today) {
        (Some((until, place)), Some(today)) if until.as_str() < today => Some((until, place)),
        _ => None,
    };
    if let Some((until, place)) = expired {
        let mut finding = finding(WAIVER_EXPIRED, place.clone());
        finding.label = format!("it held until {until}, and no longer counts");
        return Some(finding);
    }
    if waiver.waive.reason.is_none() {
        let mut finding = finding(WAIVER_NO_REASON, waiver.span.clone());
        "without a reason it does not count".clone_into(&mut finding.label);
        return Some(finding);
    }
    None
}

fn unknown(rule: &str, place: &Span, known: &[String]) -> Finding {
    let mut finding = finding(WAIVER_UNKNOWN_RULE, place.clone());
    finding.label = format!("no rule is called `{rule}`");
    if let Some(near) = nearest(rule, known.iter().map(String::as_str)) {
        finding.help = format!("Did you mean `{near}`?");
    }
    finding
}

fn unneeded(review: &Review, rule: &str, waiver: &Waiver, place: &Span) -> Finding {
    let mut finding = finding(WAIVER_UNNEEDED, place.clone());
    let answer = review.answers.iter().find(|answer| answer.rule == rule);
    let elsewhere = review
        .findings
        .iter()
        .any(|finding| is_for(rule, &finding.rule));
    finding.label = match answer {
        _ if elsewhere && waiver.section.is_some() => {
            "the waiver has no effect".clone_into(&mut finding.message);
            "To waive it for the whole document, put the comment under the title."
                .clone_into(&mut finding.help);
            format!("`{rule}` is raised outside of this section")
        }
        Some(answer) if answer.status == Status::Answered => {
            "the document answers the question".to_owned()
        }
        Some(answer) if !answer.asked => "the question is not asked of this document".to_owned(),
        _ => "nothing here would be reported".to_owned(),
    };
    finding
}

fn finding(rule: &str, span: Span) -> Finding {
    let texts = own(rule).unwrap_or(OwnRule::NONE);
    Finding {
        rule: rule.to_owned(),
        question: None,
        severity: texts.severity,
        message: texts.message.to_owned(),
        label: String::new(),
        help: texts.help.to_owned(),
        span,
        related: Vec::new(),
        confidence: 1.0,
    }
}
