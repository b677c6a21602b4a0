//! Visible text of short pieces of source: field values, headings, labels.

/// `source` without inline mark-up: emphasis, code marks, links (their text stays), images (their
/// description stays), HTML tags and comments. What is struck through (`~~old~~`) goes. White space
/// is joined. Linear in the length of `source`.
pub(crate) fn plain(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if let Some(skipped) = struck_or_comment(rest) {
            rest = skipped;
            continue;
        }
        match c {
            '*' | '`' => rest = &rest[1..],
            '_' => {
                // Inside a word the underscore belongs to it: `max_unavailable`.
                let inside = out.chars().next_back().is_some_and(char::is_alphanumeric)
                    && rest[1..].chars().next().is_some_and(char::is_alphanumeric);
                if inside {
                    out.push('_');
                }
                rest = &rest[1..];
            }
            '!' if rest.starts_with("![") => rest = &rest[1..],
            '[' => {
                rest = &rest[1..];
                if let Some((text, after)) = link(rest) {
                    out.push_str(text);
                    rest = after;
                } else {
                    out.push('[');
                }
            }
            '<' => match tag(rest) {
                Some(after) => rest = after,
                None => {
                    out.push('<');
                    rest = &rest[1..];
                }
            },
            c if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
                rest = &rest[c.len_utf8()..];
            }
            c => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn struck_or_comment(rest: &str) -> Option<&str> {
    for (open, close) in [("~~", "~~"), ("<!--", "-->")] {
        if let Some(body) = rest.strip_prefix(open) {
            return Some(body.find(close).map_or("", |at| &body[at + close.len()..]));
        }
    }
    None
}

/// The text of a link or image whose `[` has been read, and what follows the link.
fn link(rest: &str) -> Option<(&str, &str)> {
    // Longer texts are no links in a field, and looking further would be quadratic.
    let limit = floor(rest, 300);
    let close = rest[..limit].find(']')?;
    let after = &rest[close + 1..];
    let (open, end) = match after.chars().next()? {
        '(' => ('(', ')'),
        '[' => ('[', ']'),
        _ => return None,
    };
    let target = after.strip_prefix(open)?;
    let limit = floor(target, 600);
    let at = target[..limit].find(end)?;
    Some((&rest[..close], &target[at + 1..]))
}

/// What follows the HTML tag or autolink that `rest` begins with; an autolink's text stays out.
fn tag(rest: &str) -> Option<&str> {
    let next = rest[1..].chars().next()?;
    if !next.is_ascii_alphabetic() && next != '/' {
        return None;
    }
    let limit = floor(rest, 400);
    let at = rest[..limit].find('>')?;
    // `<name of the service>` is a placeholder, not a tag: it has words without `=`.
    let inner = &rest[1..at];
    let words = inner.split_whitespace().count();
    (words == 1 || inner.contains('=') || inner.ends_with('/')).then(|| &rest[at + 1..])
}

/// The greatest character boundary of `text` that is at most `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// `text` in lower case with everything but letters, digits and the apostrophe made one blank: what
/// headings and values are compared by.
pub(crate) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if c == '\'' || c == '’' {
            out.push('\'');
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether `needle` stands in `text` as whole words; both as [`words`] gives them.
pub(crate) fn holds(text: &str, needle: &str) -> bool {
    text.match_indices(needle).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + needle.len()..].chars().next();
        before.is_none_or(|c| c == ' ') && after.is_none_or(|c| c == ' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_a_reader_sees() {
        assert_eq!(
            plain("**Superseded** by [ADR 7](0007-x.md)"),
            "Superseded by ADR 7"
        );
        assert_eq!(plain("~~Proposed~~ Accepted <br/> ok"), "Accepted ok");
        assert_eq!(plain("`Accepted` <!-- optional -->"), "Accepted");
        assert_eq!(plain("max_unavailable _now_"), "max_unavailable now");
    }

    #[test]
    fn keeps_placeholders_in_brackets() {
        assert_eq!(plain("[proposed | accepted]"), "[proposed | accepted]");
        assert_eq!(plain("<name of the service>"), "<name of the service>");
    }

    #[test]
    fn never_cuts_a_character() {
        plain(&format!("[{}é](x)", "é".repeat(200)));
        plain(&"[<".repeat(5000));
        plain("~~");
        plain("![");
    }

    #[test]
    fn compares_by_words() {
        assert_eq!(words("📝 What's the *Context*?"), "what's the context");
        assert!(holds("decision outcome", "outcome"));
        assert!(!holds("contextual", "context"));
    }
}
