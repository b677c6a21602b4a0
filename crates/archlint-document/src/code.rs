//! Inline code and the info strings of fences.

use crate::Span;

/// What stands between the back quotes of inline code.
pub(crate) fn content(source: &str, span: Span) -> Span {
    // pulldown-cmark counts tabs at the end of a heading to the code before them.
    let code = source[span.clone()].trim_end();
    let span = span.start..span.start + code.len();
    let marks = code.len() - code.trim_start_matches('`').len();
    let (start, end) = (span.start + marks, span.end.saturating_sub(marks));
    if start >= end {
        return span.start..span.start;
    }
    let inner = &source[start..end];
    if inner.len() > 2 && inner.starts_with(' ') && inner.ends_with(' ') && !inner.trim().is_empty()
    {
        return start + 1..end - 1;
    }
    start..end
}

/// The language that an info string names: `Go title="x"`, `{.mermaid}` and `yaml,linenos` are
/// `go`, `mermaid` and `yaml`.
pub(crate) fn language(info: &str) -> String {
    info.trim_start_matches(['{', '.', ' '])
        .split([' ', '\t', ',', '{', '}'])
        .next()
        .unwrap_or_default()
        .to_lowercase()
}
