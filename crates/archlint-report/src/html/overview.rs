//! The first page of a report on several documents: a heat map of documents × groups, and for each
//! group the matrix of documents × questions.

use super::document::{name, path};
use super::mark::{STATES, bar, heat, icon, in_words};
use crate::coverage::mark;
use crate::matrix::{Count, Group, Matrix};
use crate::printable::one_line;
use maud::{Markup, html};

/// The overview, named `overview` in the page.
pub(super) fn overview(matrix: &Matrix<'_>) -> Markup {
    html! {
        section #overview aria-labelledby="overview-name" {
            h2 #overview-name tabindex="-1" { "Overview" }
            p.sum {
                strong { (matrix.all.settled()) " of " (matrix.all.asked()) }
                " asked questions answered" span.muted { " in " (matrix.rows.len()) " documents · " (in_words(matrix.all)) }
            }
            (bar(matrix.all))
            div.map-head {
                h3 #map-name { "Answered of asked, by document and group" }
                label #ordering hidden { "Documents "
                    select #order {
                        option value="name" { "by path" }
                        option value="share" { "least answered first" }
                        option value="unsettled" { "most left open first" }
                    }
                }
            }
            (heat_map(matrix))
            (legend())
            div.by-question {
                h3 { "By question" }
                p.muted.key {
                    @for state in STATES { span { (icon(state)) (state) } }
                    span { span.icon aria-hidden="true" { "–" } "not asked" }
                }
                @for (at, group) in matrix.groups.iter().enumerate() { (questions(matrix, at, group)) }
            }
        }
    }
}

fn heat_map(matrix: &Matrix<'_>) -> Markup {
    html! {
        div.wide role="region" aria-labelledby="map-name" tabindex="0" {
            table.map #map aria-labelledby="map-name" {
                thead {
                    tr {
                        th.corner scope="col" { "Document" }
                        @for group in &matrix.groups { th scope="col" { span.upright { (one_line(group.name)) } } }
                        th scope="col" { span.upright { "All" } }
                    }
                }
                tbody {
                    @for (at, row) in matrix.rows.iter().enumerate() {
                        tr data-document=(format!("d{at}")) data-name=(path(&row.document.path)) data-share=(row.all.percent().unwrap_or(100)) data-unsettled=(row.all.asked() - row.all.settled()) {
                            th scope="row" { a href=(format!("#d{at}")) { bdi { (path(&row.document.path)) } } }
                            @for (number, (count, group)) in row.groups.iter().zip(&matrix.groups).enumerate() {
                                (cell(*count, Some(&format!("#d{at}-g{number}")), group.name))
                            }
                            (cell(row.all, None, "All"))
                        }
                    }
                }
                tfoot {
                    tr {
                        th scope="row" { "All" }
                        @for group in &matrix.groups { (cell(group.all, None, group.name)) }
                        (cell(matrix.all, None, "All"))
                    }
                }
            }
        }
    }
}

fn cell(count: Count, link: Option<&str>, group: &str) -> Markup {
    // Three figures and more would not fit; the title has them.
    let share = match (count.asked(), count.percent()) {
        (100.., Some(percent)) => format!("{percent} %"),
        (asked, _) => format!("{}/{asked}", count.settled()),
    };
    let title = format!("{}: {}", one_line(group), in_words(count));
    let said = format!("{} of {}", count.settled(), count.asked());
    html! {
        td class=(heat(count)) title=(title) {
            @match (count.asked(), link) {
                (0, _) => { span aria-hidden="true" { "–" } span.unseen { "not asked" } }
                (_, Some(link)) => a href=(link) aria-label=(said) { (share) },
                (_, None) => (share),
            }
        }
    }
}

fn legend() -> Markup {
    html! {
        p.legend.muted {
            "None answered"
            @for step in 0..6 { span class=(format!("swatch heat-{step}")) aria-hidden="true" {} }
            "all answered"
        }
    }
}

fn questions(matrix: &Matrix<'_>, at: usize, group: &Group<'_>) -> Markup {
    html! {
        details.matrix data-group=(at) {
            summary { (one_line(group.name)) " " span.share { (group.all.settled()) " of " (group.all.asked()) } }
            div.wide role="region" aria-label=(one_line(group.name)) tabindex="0" {
                table.map {
                    thead {
                        tr {
                            th.corner scope="col" { "Document" }
                            @for question in &group.questions {
                                th scope="col" title=(one_line(&question.question)) { span.upright { (name(question)) } }
                            }
                            th scope="col" { span.upright { "All" } }
                        }
                    }
                    tbody {
                        @for (number, row) in matrix.rows.iter().enumerate() {
                            @let count = row.groups.get(at).copied().unwrap_or_default();
                            tr data-document=(format!("d{number}")) {
                                th scope="row" {
                                    @let place = if count.asked() > 0 { format!("#d{number}-g{at}") } else { format!("#d{number}") };
                                    a href=(place) { bdi { (path(&row.document.path)) } }
                                }
                                @for question in &group.questions { (state_cell(row.state(&question.id))) }
                                (cell(count, None, group.name))
                            }
                        }
                    }
                    tfoot {
                        tr {
                            th scope="row" { "All" }
                            @for question in &group.questions { (cell(matrix.question(&question.id), None, &name(question))) }
                            (cell(group.all, None, group.name))
                        }
                    }
                }
            }
        }
    }
}

fn state_cell(state: Option<&str>) -> Markup {
    html! {
        td class=(state.unwrap_or("heat-none")) {
            span aria-hidden="true" { (mark(state)) }
            span.unseen { (state.unwrap_or("not asked")) }
        }
    }
}
