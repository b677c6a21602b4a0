//! A picture for a README: how many of the asked questions are answered.

use crate::answers::ChecklistReport;
use crate::matrix::Count;
use std::io::{self, Write};

const LABEL: &str = "design review";
/// Pixels of free space at both ends of a text.
const MARGIN: usize = 7;
const HEIGHT: usize = 20;

/// Writes an SVG picture with the share of the asked questions that are answered or waived, all
/// documents together. It loads nothing and holds no text of a document.
///
/// # Errors
/// Those of `out`.
pub fn badge(report: &ChecklistReport, out: &mut dyn Write) -> io::Result<()> {
    let questions = report.documents.iter().flat_map(|d| &d.questions);
    write_badge(Count::of(questions), out)
}

fn write_badge(count: Count, out: &mut dyn Write) -> io::Result<()> {
    let value = count
        .percent()
        .map_or("nothing asked".to_owned(), |p| format!("{p}% answered"));
    let colour = colour(count.percent());
    let (label, said) = (width(LABEL), width(&value));
    let (left, right) = (label + 2 * MARGIN, said + 2 * MARGIN);
    let all = left + right;
    let middle = left + MARGIN;
    writeln!(
        out,
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{all}" height="{HEIGHT}" viewBox="0 0 {all} {HEIGHT}" role="img" aria-label="{LABEL}: {value}">
  <title>{LABEL}: {value}</title>
  <clipPath id="corners"><rect width="{all}" height="{HEIGHT}" rx="3"/></clipPath>
  <g clip-path="url(#corners)">
    <rect width="{left}" height="{HEIGHT}" fill="#3d444d"/>
    <rect x="{left}" width="{right}" height="{HEIGHT}" fill="{colour}"/>
  </g>
  <g fill="#ffffff" font-family="Verdana, DejaVu Sans, Geneva, sans-serif" font-size="11">
    <text x="{MARGIN}" y="14" textLength="{label}">{LABEL}</text>
    <text x="{middle}" y="14" textLength="{said}">{value}</text>
  </g>
</svg>"##
    )
}

/// White text can be read on each of them.
fn colour(percent: Option<usize>) -> &'static str {
    match percent {
        None => "#57606a",
        Some(80..) => "#1a7446",
        Some(50..) => "#80590a",
        Some(_) => "#b0352b",
    }
}

/// Pixels that `text` takes in 11-pixel Verdana. Viewers with another font are told to make it fit.
fn width(text: &str) -> usize {
    let tenths: usize = text
        .chars()
        .map(|c| match c {
            'i' | 'l' | 'j' => 30,
            ' ' | 'r' | 't' | 'f' => 43,
            'w' | 'm' | '%' => 98,
            _ => 68,
        })
        .sum();
    tenths.div_ceil(10)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn drawn(answered: usize, open: usize) -> String {
        let mut out = Vec::new();
        let count = Count {
            answered,
            open,
            ..Count::default()
        };
        write_badge(count, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_share_is_said_to_eyes_and_to_screen_readers() {
        let svg = drawn(3, 1);
        assert!(
            svg.contains(r#"aria-label="design review: 75% answered""#),
            "{svg}"
        );
        assert!(svg.contains(">75% answered</text>"), "{svg}");
    }

    #[test]
    fn where_nothing_is_asked_nothing_is_missing() {
        let svg = drawn(0, 0);
        assert!(svg.contains(">nothing asked</text>"), "{svg}");
        assert!(svg.contains("#57606a"), "{svg}");
    }

    #[test]
    fn more_open_questions_warn_more() {
        let colours: Vec<_> = [(9, 1), (6, 4), (1, 9)]
            .map(|(answered, open)| {
                colour(
                    Count {
                        answered,
                        open,
                        ..Count::default()
                    }
                    .percent(),
                )
            })
            .into();
        assert_eq!(colours, ["#1a7446", "#80590a", "#b0352b"]);
    }
}
