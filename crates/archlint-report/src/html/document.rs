//! The part of the report on one document: every asked question by group with its state, the
//! quoted evidence and why it is asked; then those that are not asked.

use super::mark::{bar, icon, in_words};
use crate::answers::{DocumentAnswers, QuestionAnswer, QuotedPassage};
use crate::coverage::mark;
use crate::matrix::{Matrix, Row};
use crate::printable::one_line;
use maud::{Markup, html};

/// Passages quoted for one question.
const QUOTED: usize = 3;

/// The document of the row `at`, named `d{at}` in the page.
pub(super) fn document(matrix: &Matrix<'_>, at: usize, row: &Row<'_>) -> Markup {
    let answers = row.document;
    html! {
        section.document id=(format!("d{at}")) data-kind=(answers.kind.name()) aria-labelledby=(format!("d{at}-name")) {
            header {
                h2 id=(format!("d{at}-name")) tabindex="-1" { bdi { (path(&answers.path)) } }
                p.muted { "Read as " (answers.kind.name()) ": " (one_line(&answers.kind_reason)) "." }
                p.sum {
                    strong { (row.all.settled()) " of " (row.all.asked()) }
                    " asked questions answered" span.muted { " · " (in_words(row.all)) }
                }
                (bar(row.all))
                @if matrix.rows.len() > 1 { (neighbours(matrix, at)) }
            }
            @for (number, group) in matrix.groups.iter().enumerate() {
                @let asked = group.questions.iter().filter_map(|q| row.answer(&q.id)).filter(|q| q.asked);
                @let count = row.groups.get(number).copied().unwrap_or_default();
                @if count.asked() > 0 {
                    section.group id=(format!("d{at}-g{number}")) data-group=(number) aria-labelledby=(format!("d{at}-g{number}-name")) {
                        h3 id=(format!("d{at}-g{number}-name")) tabindex="-1" {
                            (one_line(group.name)) " "
                            span.share { (count.settled()) " of " (count.asked()) }
                        }
                        ul.questions {
                            @for question in asked { (asked_question(answers, question)) }
                        }
                    }
                }
            }
            (not_asked(matrix, row))
        }
    }
}

fn neighbours(matrix: &Matrix<'_>, at: usize) -> Markup {
    let name = |at: usize| matrix.rows.get(at).map(|row| path(&row.document.path));
    html! {
        nav.neighbours aria-label="Documents" {
            a href="#overview" { "Overview" }
            @if let Some(before) = at.checked_sub(1) {
                a href=(format!("#d{before}")) title=[name(before)] { "← Previous" span.unseen { " document" } }
            }
            @if at + 1 < matrix.rows.len() {
                a href=(format!("#d{}", at + 1)) title=[name(at + 1)] { "Next" span.unseen { " document" } " →" }
            }
        }
    }
}

fn asked_question(document: &DocumentAnswers, question: &QuestionAnswer) -> Markup {
    let state = question.state();
    html! {
        li class=(format!("question {state}")) data-state=(state) {
            h4 {
                (icon(state)) (name(question)) " "
                span.state { (state) }
            }
            p.asks { (one_line(&question.question)) " " code.id { (one_line(&question.id)) } }
            @if let Some(reason) = &question.waiver {
                p.waiver { "Waived: " bdi { (one_line(reason)) } }
            }
            @for passage in question.evidence.iter().take(QUOTED) {
                (quotation(document, passage))
            }
            @if let Some(reason) = question.reasons.first() {
                @let shown = question.evidence.iter().take(QUOTED).any(|p| covers(p, reason));
                p.why {
                    "Asked because " code { (place(document, reason)) } " "
                    bdi { (one_line(&reason.reason)) }
                    @if !shown { ": " q { bdi { (one_line(&reason.quote)) } } }
                }
            }
        }
    }
}

/// Whether the reason for asking can be read in the quotation already.
fn covers(quotation: &QuotedPassage, reason: &QuotedPassage) -> bool {
    quotation.quote.contains(reason.quote.trim_end_matches('…'))
}

fn quotation(document: &DocumentAnswers, passage: &QuotedPassage) -> Markup {
    html! {
        blockquote {
            p dir="auto" { (one_line(&passage.quote)) }
            footer { code { (place(document, passage)) } " · " bdi { (one_line(&passage.reason)) } }
        }
    }
}

/// `docs/a.md:3`, as editors and compilers write it.
fn place(document: &DocumentAnswers, passage: &QuotedPassage) -> String {
    let path = path(&document.path);
    match passage.start_line == passage.end_line {
        true => format!("{path}:{}", passage.start_line),
        false => format!("{path}:{}-{}", passage.start_line, passage.end_line),
    }
}

/// Questions that are not asked, folded away; those that the document answers all the same say so.
fn not_asked(matrix: &Matrix<'_>, row: &Row<'_>) -> Markup {
    let rest: Vec<_> = matrix
        .groups
        .iter()
        .enumerate()
        .flat_map(|(at, group)| group.questions.iter().map(move |q| (at, q)))
        .filter_map(|(at, q)| Some((at, row.answer(&q.id).filter(|q| !q.asked)?)))
        .collect();
    html! {
        @if !rest.is_empty() {
            details.rest {
                summary { "Not asked of this document (" (rest.len()) ")" }
                ul {
                    @for (at, question) in rest {
                        @let state = question.state();
                        li data-state="rest" data-group=(at) {
                            (name(question))
                            @if state != "open" {
                                span.muted { " " (mark(Some(state))) " " (state) @if let Some(p) = question.evidence.first() { ", line " (p.start_line) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a question is called.
pub(super) fn name(question: &QuestionAnswer) -> String {
    let title = one_line(&question.title);
    match title.is_empty() {
        true => one_line(&question.id).into_owned(),
        false => title.into_owned(),
    }
}

/// A path as it can be shown.
pub(super) fn path(path: &str) -> String {
    one_line(path).into_owned()
}
