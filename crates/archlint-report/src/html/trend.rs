//! The trend as a page.

use super::chart::{chart, spark};
use super::mark::{bar, icon, in_words};
use super::page::page;
use crate::matrix::Count;
use crate::trend::{Change, Trend, moved};
use maud::{Markup, html};
use std::io::{self, Write};

/// The most reports that have a column each.
const COLUMNS: usize = 6;

/// Writes the trend as a page with a chart, tables of its numbers, and what the last report says
/// otherwise than the one before.
///
/// # Errors
/// Those of `out`.
pub fn trend_html(trend: &Trend, out: &mut dyn Write) -> io::Result<()> {
    let percents: Vec<(&str, Option<usize>)> = trend
        .points
        .iter()
        .map(|point| (point.label.as_str(), point.count.percent()))
        .collect();
    let body = html! {
        header.masthead { h1 { "How coverage moved" } }
        main #main tabindex="-1" {
            section aria-labelledby="all" {
                h2 #all { "Answered of the asked questions" }
                @if !percents.is_empty() {
                    (chart(&percents, "Share of the asked questions that are answered, by report; the table below has the numbers"))
                }
                (reports(trend))
            }
            section aria-labelledby="groups" {
                h2 #groups { "By group" }
                (groups(trend))
            }
            @if let [.., before, last] = trend.points.as_slice() {
                section aria-labelledby="changes" {
                    h2 #changes { "From " bdi { (before.label) } " to " bdi { (last.label) } }
                    (changes(trend))
                }
            }
        }
    };
    out.write_all(page("How coverage moved", &body).as_bytes())
}

fn reports(trend: &Trend) -> Markup {
    let before = std::iter::once(None).chain(trend.points.iter().map(|p| p.count.percent()));
    html! {
        div.wide role="region" aria-labelledby="all" tabindex="0" {
            table.figures {
                thead { tr { th scope="col" { "Report" } th scope="col" { "Answered" } th scope="col" { span.unseen { "States" } } th scope="col" { "Questions" } th.number scope="col" { "Documents" } } }
                tbody {
                    @for (point, before) in trend.points.iter().zip(before) {
                        tr {
                            th scope="row" { bdi { (point.label) } }
                            td.number { (percent(point.count)) " " (move_of(before, point.count.percent())) }
                            td { (bar(point.count)) }
                            td { (point.count.settled()) " of " (point.count.asked()) span.muted { " · " (in_words(point.count)) } }
                            td.number { (point.documents) }
                        }
                    }
                }
            }
        }
    }
}

fn groups(trend: &Trend) -> Markup {
    // Of many reports the line tells the way, and the ends are enough.
    let last = trend.points.len().saturating_sub(1);
    let shown = |at: usize| last < COLUMNS || at == 0 || at == last;
    html! {
        div.wide role="region" aria-labelledby="groups" tabindex="0" {
            table.figures {
                thead { tr {
                    th scope="col" { "Group" } th scope="col" { span.unseen { "Line" } }
                    @for (_, point) in trend.points.iter().enumerate().filter(|(at, _)| shown(*at)) { th.number scope="col" { bdi { (point.label) } } }
                    th.number scope="col" { "Change" }
                } }
                tbody {
                    @for line in &trend.groups {
                        @let percents: Vec<_> = line.counts.iter().map(|c| c.percent()).collect();
                        @let ends = (percents.first().copied().flatten(), percents.last().copied().flatten());
                        tr {
                            th scope="row" { bdi { (line.name) } }
                            td { (spark(&percents)) }
                            @for (_, count) in line.counts.iter().enumerate().filter(|(at, _)| shown(*at)) { td.number title=(in_words(*count)) { (percent(*count)) } }
                            td.number { (move_of(ends.0, ends.1)) }
                        }
                    }
                }
            }
        }
    }
}

fn percent(count: Count) -> String {
    count.percent().map_or("–".to_owned(), |p| format!("{p} %"))
}

fn move_of(before: Option<usize>, after: Option<usize>) -> Markup {
    let class = if after > before { "better" } else { "worse" };
    html! {
        @if let Some(moved) = moved(before, after) {
            span class=(class) { (moved.replace('-', "−")) }
        }
    }
}

fn changes(trend: &Trend) -> Markup {
    let of = |better| -> Vec<&Change> {
        let changes = trend.changes.iter();
        changes.filter(|c| c.better() == better).collect()
    };
    html! {
        @if trend.is_same() { p { "Nothing changed." } }
        (documents("New documents", &trend.added))
        (documents("No longer reviewed", &trend.removed))
        (list("Answered or waived now", &of(Some(true))))
        (list("Left open now", &of(Some(false))))
        (list("Otherwise changed", &of(None)))
    }
}

fn documents(name: &str, documents: &[(String, Count)]) -> Markup {
    html! {
        @if !documents.is_empty() {
            h3 { (name) " " span.share { (documents.len()) } }
            ul.changes {
                @for (path, count) in documents {
                    li { span { code { bdi { (path) } } " " span.muted { (count.settled()) " of " (count.asked()) " answered" } } }
                }
            }
        }
    }
}

fn list(name: &str, changes: &[&Change]) -> Markup {
    html! {
        @if !changes.is_empty() {
            h3 { (name) " " span.share { (changes.len()) } }
            ul.changes {
                @for change in changes {
                    li {
                        @if let Some(state) = change.after { (icon(state)) }
                        @else { span.icon aria-hidden="true" { "–" } }
                        span { bdi { (change.title) } " " span.muted { (change.in_words()) } " " code { bdi { (change.path) } } }
                    }
                }
            }
        }
    }
}
