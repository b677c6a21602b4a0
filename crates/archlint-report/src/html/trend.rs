//! The trend as a page.

use super::chart::{chart, spark};
use super::mark::{bar, icon, in_words};
use super::page::page;
use crate::matrix::Count;
use crate::summary::counted;
use crate::trend::{Change, Trend, moved};
use maud::{Markup, html};
use std::io::{self, Write};

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
                    (changes(&trend.changes))
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
                thead { tr { th scope="col" { "Report" } th scope="col" { "Answered" } th scope="col" { span.unseen { "States" } } th scope="col" { "Questions" } th scope="col" { "Documents" } } }
                tbody {
                    @for (point, before) in trend.points.iter().zip(before) {
                        tr {
                            th scope="row" { bdi { (point.label) } }
                            td.number { (percent(point.count)) " " (move_of(before, point.count.percent())) }
                            td { (bar(point.count)) }
                            td { (point.count.settled()) " of " (point.count.asked()) span.muted { " · " (in_words(point.count)) } }
                            td { (counted(point.documents, "document")) }
                        }
                    }
                }
            }
        }
    }
}

fn groups(trend: &Trend) -> Markup {
    html! {
        div.wide role="region" aria-labelledby="groups" tabindex="0" {
            table.figures {
                thead { tr {
                    th scope="col" { "Group" } th scope="col" { span.unseen { "Line" } }
                    @for point in &trend.points { th.number scope="col" { bdi { (point.label) } } }
                    th.number scope="col" { "Change" }
                } }
                tbody {
                    @for line in &trend.groups {
                        @let percents: Vec<_> = line.counts.iter().map(|c| c.percent()).collect();
                        @let ends = (percents.first().copied().flatten(), percents.last().copied().flatten());
                        tr {
                            th scope="row" { bdi { (line.name) } }
                            td { (spark(&percents)) }
                            @for count in &line.counts { td.number title=(in_words(*count)) { (percent(*count)) } }
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

fn changes(changes: &[Change]) -> Markup {
    let of = |better| {
        let chosen: Vec<_> = changes.iter().filter(|c| c.better() == better).collect();
        chosen
    };
    html! {
        @if changes.is_empty() { p { "Nothing changed." } }
        (list("Answered or waived now", &of(Some(true))))
        (list("Left open now", &of(Some(false))))
        (list("Otherwise changed", &of(None)))
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
                        span { bdi { (change.title) } " " span.muted { (change.in_words()) } br; code { bdi { (change.path) } } }
                    }
                }
            }
        }
    }
}
