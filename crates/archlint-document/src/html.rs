//! What little of HTML matters in a Markdown document: comments, images and whether any text is
//! left when the tags are taken out.

use crate::Span;

/// An HTML comment in the source.
pub(crate) struct Comment {
    /// The whole comment.
    pub span: Span,
    /// What stands between `<!--` and `-->`.
    pub content: Span,
}

/// The comments in a piece of HTML that starts at `base` in the source. A comment that is not
/// closed reaches to the end.
pub(crate) fn comments(html: &str, base: usize) -> Vec<Comment> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = html[from..].find("<!--") {
        let start = from + at;
        let inner = start + 4;
        let (content_end, end) = match html[inner..].find("-->") {
            Some(at) => (inner + at, inner + at + 3),
            None => (html.len(), html.len()),
        };
        found.push(Comment {
            span: base + start..base + end,
            content: base + inner..base + content_end,
        });
        from = end;
    }
    found
}

/// An `<img>` tag.
pub(crate) struct Image<'a> {
    /// The whole tag.
    pub span: Span,
    pub source: &'a str,
    pub description: &'a str,
    /// Its `width` or `height` in pixels, where given as a plain number.
    pub size: Option<u32>,
}

/// The images in a piece of HTML that starts at `base` in the source.
pub(crate) fn images(html: &str, base: usize) -> Vec<Image<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = html[from..].find('<') {
        let start = from + at;
        from = start + 1;
        if !starts_with_ignore_case(&html[from..], "img") {
            continue;
        }
        let Some(length) = html[start..].find('>') else {
            break;
        };
        let end = start + length + 1;
        let tag = &html[start..end];
        from = end;
        if let Some(source) = attribute(tag, "src") {
            found.push(Image {
                span: base + start..base + end,
                source,
                description: attribute(tag, "alt").unwrap_or_default(),
                size: ["width", "height"]
                    .iter()
                    .filter_map(|name| attribute(tag, name))
                    .find_map(|value| value.trim_end_matches("px").parse().ok()),
            });
        }
    }
    found
}

/// Whether anything stands outside of tags and comments.
pub(crate) fn has_text(html: &str) -> bool {
    let mut rest = html;
    loop {
        let (text, tag) = match rest.find('<') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        if !text.trim().is_empty() {
            return true;
        }
        let close = if tag.starts_with("<!--") { "-->" } else { ">" };
        match tag.find(close) {
            Some(at) => rest = &tag[at + close.len()..],
            None => return false,
        }
    }
}

/// Whether nothing but comments and white space stands here.
pub(crate) fn is_only_comments(html: &str) -> bool {
    let mut rest = html.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let end = comment.find("-->").map_or(comment.len(), |at| at + 3);
        rest = comment[end..].trim_start();
    }
    rest.is_empty()
}

/// Whether a tag such as `<br/>` has this name.
pub(crate) fn is_tag(tag: &str, name: &str) -> bool {
    let Some(rest) = tag.strip_prefix('<') else {
        return false;
    };
    starts_with_ignore_case(rest, name)
        && rest[name.len()..].starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace())
}

/// Whether this is the name of an element of HTML (or of the SVG that documents embed).
pub(crate) fn is_element(name: &str) -> bool {
    let mut lower = [0; 12];
    let Some(buffer) = lower.get_mut(..name.len()) else {
        return false;
    };
    buffer.copy_from_slice(name.as_bytes());
    buffer.make_ascii_lowercase();
    ELEMENTS
        .binary_search_by(|element| element.as_bytes().cmp(buffer))
        .is_ok()
}

#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "abbr", "address", "article", "aside", "audio", "b", "big", "blockquote", "body", "br",
    "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font",
    "footer", "form", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i",
    "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark",
    "meta", "nav", "nobr", "object", "ol", "option", "p", "param", "path", "picture", "pre", "q",
    "rect", "s", "samp", "script", "section", "select", "small", "source", "span", "strike",
    "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "text", "textarea",
    "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr",
];

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(at) = tag[from..].find('=') {
        let equals = from + at;
        from = equals + 1;
        let before = tag[..equals].trim_end();
        let matches = before.len() > name.len()
            && before.is_char_boundary(before.len() - name.len())
            && before[before.len() - name.len()..].eq_ignore_ascii_case(name)
            && before[..before.len() - name.len()].ends_with(|c: char| c.is_whitespace());
        if matches {
            let value = tag[from..].trim_start();
            return match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
                _ => value.split([' ', '\t', '\r', '\n', '>']).next(),
            };
        }
    }
    None
}

fn starts_with_ignore_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_sorted_for_the_search() {
        assert!(ELEMENTS.is_sorted());
        assert!(is_element("TextArea"));
        assert!(!is_element("name"));
        assert!(!is_element("a-very-long-name-indeed"));
    }

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        let images = images(r#"<p><IMG alt='A b' src="x.png" width=20px></p>"#, 10);
        assert_eq!(images.len(), 1);
        assert_eq!(images[0].source, "x.png");
        assert_eq!(images[0].description, "A b");
        assert_eq!(images[0].size, Some(20));
        assert_eq!(images[0].span, 13..51);
    }
}
