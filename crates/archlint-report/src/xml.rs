//! Text in XML.

use crate::printable::{REPLACEMENT, is_hazard};
use std::fmt::Write;

/// `text` for an attribute value in double quotes or for element content. White space is kept as it
/// is by character references; hazards, some of which XML cannot hold at all, are replaced.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                // Writing into a string does not fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c if is_hazard(c) || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push(REPLACEMENT),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_end_the_value() {
        assert_eq!(
            escaped("a<b>&\"\n\0\u{1b}"),
            "a&lt;b&gt;&amp;&quot;&#10;\u{fffd}\u{fffd}"
        );
    }
}
