//! The small signs of the reports: states, bars, shares.

use crate::coverage::mark;
use crate::matrix::Count;
use maud::{Markup, html};

/// States in the order in which they are listed, with what a reader is told.
pub(super) const STATES: [&str; 4] = ["answered", "touched", "open", "waived"];

/// The sign of a state; the word for it stands next to it.
pub(super) fn icon(state: &str) -> Markup {
    html! { span class=(format!("icon {state}")) aria-hidden="true" { (mark(Some(state))) } }
}

/// "3 answered, 1 open": what is nought is left out.
pub(super) fn in_words(count: Count) -> String {
    let parts: Vec<String> = STATES
        .iter()
        .map(|state| (of(count, state), state))
        .filter(|(number, _)| *number > 0)
        .map(|(number, state)| format!("{number} {state}"))
        .collect();
    match parts.is_empty() {
        true => "nothing is asked".to_owned(),
        false => parts.join(", "),
    }
}

/// How many are in `state`.
pub(super) fn of(count: Count, state: &str) -> usize {
    match state {
        "answered" => count.answered,
        "touched" => count.touched,
        "waived" => count.waived,
        _ => count.open,
    }
}

/// The parts of a whole as one bar. Its numbers are to stand beside it as text.
pub(super) fn bar(count: Count) -> Markup {
    let parts = ["answered", "waived", "touched", "open"].map(|state| (state, of(count, state)));
    let starts = parts.iter().scan(0, |end, (_, width)| {
        *end += width;
        Some(*end - width)
    });
    html! {
        svg.bar viewBox=(format!("0 0 {} 1", count.asked().max(1))) preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            @for ((state, width), start) in parts.iter().zip(starts).filter(|((_, width), _)| *width > 0) {
                rect class=(state) x=(start) y="0" width=(width) height="1" {}
            }
        }
    }
}

/// The class of a cell of a heat map: from `heat-0`, nothing answered, to `heat-5`, everything.
pub(super) fn heat(count: Count) -> String {
    match count.percent() {
        None => "heat-none".to_owned(),
        Some(100) => "heat-5".to_owned(),
        Some(percent) => format!("heat-{}", percent.div_ceil(25).min(4)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nothing_and_everything_have_the_ends_of_the_scale() {
        let class = |answered, open| {
            heat(Count {
                answered,
                open,
                ..Count::default()
            })
        };
        assert_eq!(class(0, 4), "heat-0");
        assert_eq!(class(1, 8), "heat-1");
        assert_eq!(class(1, 1), "heat-2");
        assert_eq!(class(999, 1), "heat-4");
        assert_eq!(class(4, 0), "heat-5");
        assert_eq!(class(0, 0), "heat-none");
    }
}
