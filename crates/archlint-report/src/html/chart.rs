//! Lines over several reports, as SVG that takes its colours from the page's style.

use maud::{Markup, html};

const WIDTH: usize = 720;
const HEIGHT: usize = 240;
const LEFT: usize = 44;
const RIGHT: usize = 24;
const TOP: usize = 24;
const BOTTOM: usize = 32;
/// Points that have their own figure; more would overlap.
const FIGURES: usize = 12;

/// Percentages (`None`: nothing asked) by label. The same numbers are to stand on the page as text.
pub(super) fn chart(points: &[(&str, Option<usize>)], name: &str) -> Markup {
    let every = points.len().div_ceil(FIGURES).max(1);
    // The last point always has its figure; those before it keep clear of it.
    let figure = |at: usize| (points.len() - 1 - at).is_multiple_of(every);
    html! {
        svg.chart viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(name) {
            @for percent in [0, 25, 50, 75, 100] {
                line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(height(percent)) y2=(height(percent)) {}
                text.axis x=(LEFT - 8) y=(height(percent) + 4) text-anchor="end" { (percent) " %" }
            }
            @for run in runs(points) { polyline.line points=(run) {} }
            @for (at, (label, percent)) in points.iter().enumerate() {
                @let x = place(at, points.len());
                @if let Some(percent) = percent {
                    circle.point cx=(x) cy=(height(*percent)) r="4" { title { (label) ": " (percent) " %" } }
                    @if figure(at) {
                        @let y = if *percent > 92 { height(*percent) + 20 } else { height(*percent) - 10 };
                        text.figure x=(x) y=(y) text-anchor="middle" { (percent) " %" }
                    }
                }
                @if figure(at) {
                    text.axis x=(x) y=(HEIGHT - 10) text-anchor="middle" { (short(label)) }
                }
            }
        }
    }
}

/// A line without axes, for a row of a table.
pub(super) fn spark(percents: &[Option<usize>]) -> Markup {
    let last = percents.len().saturating_sub(1);
    let x = |at: usize| 3 + (at * 90).checked_div(last).unwrap_or(45);
    let y = |percent: usize| 21 - percent * 18 / 100;
    let points: Vec<(usize, usize)> = percents
        .iter()
        .enumerate()
        .filter_map(|(at, percent)| Some((x(at), y((*percent)?))))
        .collect();
    html! {
        svg.spark viewBox="0 0 96 24" aria-hidden="true" focusable="false" {
            polyline.line points=(joined(&points)) {}
            @if let Some((x, y)) = points.last() { circle.point cx=(x) cy=(y) r="2.5" {} }
        }
    }
}

/// Lines are broken where nothing was asked.
fn runs(points: &[(&str, Option<usize>)]) -> Vec<String> {
    let places: Vec<Option<(usize, usize)>> = points
        .iter()
        .enumerate()
        .map(|(at, (_, percent))| Some((place(at, points.len()), height((*percent)?))))
        .collect();
    places
        .split(Option::is_none)
        .map(|run| run.iter().copied().flatten().collect::<Vec<_>>())
        .filter(|run| run.len() > 1)
        .map(|run| joined(&run))
        .collect()
}

fn joined(points: &[(usize, usize)]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    points.join(" ")
}

/// From left to right; points keep half a label's width from the axis.
fn place(at: usize, points: usize) -> usize {
    let (first, room) = (LEFT + 32, WIDTH - LEFT - RIGHT - 64);
    match points {
        0 | 1 => first + room / 2,
        _ => first + at * room / (points - 1),
    }
}

fn height(percent: usize) -> usize {
    let room = HEIGHT - TOP - BOTTOM;
    TOP + room - room * percent.min(100) / 100
}

fn short(label: &str) -> String {
    match label.char_indices().nth(10) {
        Some((at, _)) if label.chars().count() > 11 => {
            format!("{}…", label.get(..at).unwrap_or(label))
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_broken_where_nothing_was_asked() {
        let points = [
            ("a", Some(0)),
            ("b", Some(50)),
            ("c", None),
            ("d", Some(100)),
            ("e", Some(100)),
        ];
        let runs = runs(&points);
        assert_eq!(runs.len(), 2, "{runs:?}");
        assert!(runs.iter().all(|run| run.split(' ').count() == 2));
    }

    #[test]
    fn one_report_is_a_point_in_the_middle() {
        let drawn = chart(&[("now", Some(40))], "Coverage").into_string();
        assert!(drawn.contains("<circle"), "{drawn}");
        assert!(!drawn.contains("<polyline"), "{drawn}");
    }
}
