//! YAML front matter.

use crate::{Field, FrontMatter, Span};

/// Reads front matter that starts at `start` (after a byte order mark, if any): a line `---`,
/// directly followed by YAML, up to a line `---` or `...`.
///
/// A document that starts with a thematic break has none: there a blank line or no closing line
/// follows, or what stands between two breaks is no mapping at all.
pub(crate) fn read(text: &str, start: usize) -> Option<FrontMatter> {
    let mut lines = Lines { text, at: start };
    if text[lines.next()?].trim_end() != "---" {
        return None;
    }
    let content_start = lines.at;
    let mut fields = Vec::new();
    let (content, end) = loop {
        let line = lines.next()?;
        let written = text[line.clone()].trim_end();
        if written == "---" || written == "..." {
            break (content_start..line.start, line.start + written.len());
        }
        if line.start == content_start && written.is_empty() {
            return None;
        }
        if let Some(field) = field(text, &line) {
            fields.push(field);
        }
    };
    let mut front_matter = FrontMatter {
        span: start..end,
        fields,
        error: None,
    };
    let yaml = &text[content.clone()];
    let options = serde_saphyr::options! { strict_booleans: true };
    match serde_saphyr::from_str_with_options::<serde_json::Value>(yaml, options) {
        Ok(serde_json::Value::Object(mut values)) => {
            for field in &mut front_matter.fields {
                if let Some(value) = values.remove(&field.key) {
                    field.value = value;
                }
            }
        }
        Ok(serde_json::Value::Null) => {}
        Ok(_) if front_matter.fields.is_empty() => return None,
        Ok(_) => {
            let message = "front matter must consist of `key: value` lines".to_owned();
            front_matter.error = Some((message, first_line(text, &content)));
        }
        Err(_) if front_matter.fields.is_empty() => return None,
        Err(error) => {
            let error = error.without_snippet();
            front_matter.error = Some((message(error), place(text, &content, error)));
            for field in &mut front_matter.fields {
                let written = text[field.value_span.clone()].trim_matches(['"', '\'']);
                field.value = serde_json::Value::String(written.to_owned());
            }
        }
    }
    extend_values(text, content.end, &mut front_matter.fields);
    Some(front_matter)
}

/// Lines with their endings.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let line = self.at..self.at + length;
        self.at = line.end;
        Some(line)
    }
}

/// The field that starts in a line, its value up to the end of the line.
fn field(text: &str, line: &Span) -> Option<Field> {
    let written = text[line.clone()].trim_end();
    if written.starts_with([' ', '\t', '#', '-', '[', ']', '{', '}']) {
        return None;
    }
    let colon = match written.chars().next()? {
        quote @ ('"' | '\'') => {
            let close = written[1..].find(quote)? + 2;
            written[close..]
                .trim_start()
                .starts_with(':')
                .then_some(close)?
        }
        _ => written.match_indices(':').map(|(at, _)| at).find(|at| {
            written[at + 1..].is_empty() || written[at + 1..].starts_with([' ', '\t'])
        })?,
    };
    let key = written[..colon].trim_end();
    let value = written[colon..].trim_start_matches([':', ' ', '\t']);
    let value_start = line.start + written.len() - value.len();
    Some(Field {
        key: key.trim_matches(['"', '\'']).to_owned(),
        key_span: line.start..line.start + key.len(),
        value: serde_json::Value::Null,
        value_span: value_start..value_start + value.len(),
    })
}

/// Lets values of several lines reach to their last one.
fn extend_values(text: &str, end: usize, fields: &mut [Field]) {
    for index in 0..fields.len() {
        let limit = fields
            .get(index + 1)
            .map_or(end, |next| next.key_span.start);
        let field = &mut fields[index];
        let stop = field.value_span.end + text[field.value_span.end..limit].trim_end().len();
        if stop > field.value_span.end {
            let gap = &text[field.value_span.clone()];
            if gap.is_empty() {
                let rest = &text[field.value_span.end..stop];
                field.value_span.start = stop - rest.trim_start().len();
            }
            field.value_span.end = stop;
        }
    }
}

fn first_line(text: &str, content: &Span) -> Span {
    let line = text[content.clone()].lines().next().unwrap_or_default();
    content.start..content.start + line.len()
}

/// The reader's message, without the place, which the span gives, and without its advice to
/// programmers.
fn message(error: &serde_saphyr::Error) -> String {
    let text = error.to_string();
    let end = [" at line ", ", set "]
        .iter()
        .filter_map(|start| text.find(start))
        .min();
    text[..end.unwrap_or(text.len())].to_owned()
}

/// From where the reader stopped to the end of that line.
fn place(text: &str, content: &Span, error: &serde_saphyr::Error) -> Span {
    let Some(location) = error.location() else {
        return first_line(text, content);
    };
    let mut start = content.start;
    let mut lines = text[content.clone()].split_inclusive('\n');
    for _ in 1..location.line() {
        start += lines.next().map_or(0, str::len);
    }
    let line = lines.next().unwrap_or_default().trim_end();
    let column = usize::try_from(location.column()).unwrap_or(1);
    let offset = line
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    start + offset..start + line.len()
}
