//! Reading TOML tables so that every mistake in them is found, with its place.

use archlint_document::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its file, in bytes.
    pub span: Span,
}

/// A mistake, before it is known in which file it stands.
#[derive(Debug)]
pub(super) struct Mistake {
    pub span: Span,
    pub message: String,
    pub label: String,
    pub help: Option<String>,
}

/// The keys of one table. Keys that nobody asked for are reported at the end.
pub(super) struct Fields<'a, 'i> {
    table: &'a DeTable<'i>,
    /// What the table is called in messages: "`[[override]]`".
    name: &'a str,
    known: Vec<&'static str>,
}

impl<'a, 'i> Fields<'a, 'i> {
    pub fn new(table: &'a DeTable<'i>, name: &'a str) -> Self {
        Fields {
            table,
            name,
            known: Vec::new(),
        }
    }

    /// The value of a key, if it is there.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.table.get(key)
    }

    /// As `get`, but its absence is a mistake of the table at `span`.
    pub fn need(
        &mut self,
        key: &'static str,
        span: &Span,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<&'a Spanned<DeValue<'i>>> {
        let value = self.get(key);
        if value.is_none() {
            mistakes.push(Mistake {
                span: span.clone(),
                message: format!("{} has no `{key}`", self.name),
                label: format!("`{key}` is missing here"),
                help: None,
            });
        }
        value
    }

    /// Reports the keys that were not asked for.
    pub fn finish(self, mistakes: &mut Vec<Mistake>) {
        for (key, _) in self.table.iter() {
            let text = key.get_ref().as_ref();
            if self.known.contains(&text) {
                continue;
            }
            mistakes.push(Mistake {
                span: key.span(),
                message: format!("unknown key `{text}` in {}", self.name),
                label: "not a key that archlint knows".to_owned(),
                help: Some(match nearest(text, self.known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the keys are {}", list(&self.known)),
                }),
            });
        }
    }
}

/// The names in back quotes with commas between them.
pub(super) fn list(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The name most like `text`, if one is near enough to be what was meant: a slip of the keys, or
/// a name that begins alike.
pub fn nearest<'n>(text: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // Nobody mistypes a name into something this long, and comparing costs its square.
    if text.len() > 200 {
        return None;
    }
    let text = text.to_lowercase();
    names
        .into_iter()
        .filter_map(|name| {
            let distance = strsim::damerau_levenshtein(&text, name);
            let is_slip = distance <= 1 + text.len().min(name.len()) / 4;
            let likeness = strsim::jaro_winkler(&text, name);
            (is_slip || likeness >= 0.88).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

/// The value is of another type than `expected` ("a list of globs").
pub(super) fn wrong_type(value: &Spanned<DeValue<'_>>, expected: &str) -> Mistake {
    Mistake {
        span: value.span(),
        message: format!("expected {expected}, found {}", type_name(value.get_ref())),
        label: format!("this is {}", type_name(value.get_ref())),
        help: None,
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A string.
pub(super) fn string(
    value: &Spanned<DeValue<'_>>,
    expected: &str,
    mistakes: &mut Vec<Mistake>,
) -> Option<Located<String>> {
    match value.get_ref() {
        DeValue::String(text) => Some(Located {
            value: text.to_string(),
            span: value.span(),
        }),
        _ => {
            mistakes.push(wrong_type(value, expected));
            None
        }
    }
}

/// A list of strings; one string alone counts as a list of one.
pub(super) fn strings(
    value: &Spanned<DeValue<'_>>,
    expected: &str,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Located<String>> {
    match value.get_ref() {
        DeValue::String(_) => string(value, expected, mistakes).into_iter().collect(),
        DeValue::Array(items) => items
            .iter()
            .filter_map(|item| string(item, "a string", mistakes))
            .collect(),
        _ => {
            mistakes.push(wrong_type(value, expected));
            Vec::new()
        }
    }
}

/// A number from 0 to 1.
pub(super) fn fraction(
    value: &Spanned<DeValue<'_>>,
    mistakes: &mut Vec<Mistake>,
) -> Option<Located<f32>> {
    let number = match value.get_ref() {
        DeValue::Integer(number) => number.to_string().parse::<f32>().ok(),
        DeValue::Float(number) => number.to_string().parse::<f32>().ok(),
        _ => {
            mistakes.push(wrong_type(value, "a number from 0 to 1"));
            return None;
        }
    };
    match number {
        Some(number) if (0.0..=1.0).contains(&number) => Some(Located {
            value: number,
            span: value.span(),
        }),
        _ => {
            mistakes.push(Mistake {
                span: value.span(),
                message: "expected a number from 0 to 1".to_owned(),
                label: "out of range".to_owned(),
                help: None,
            });
            None
        }
    }
}

/// One of several names.
pub(super) fn choice<T: Copy>(
    value: &Spanned<DeValue<'_>>,
    what: &str,
    choices: &[(&'static str, T)],
    mistakes: &mut Vec<Mistake>,
) -> Option<Located<T>> {
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    let text = string(value, &format!("{what} ({})", list(&names)), mistakes)?;
    if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == text.value) {
        return Some(Located {
            value: *choice,
            span: text.span,
        });
    }
    mistakes.push(Mistake {
        message: format!("`{}` is not {what}", text.value),
        label: format!("expected {}", list(&names)),
        help: nearest(&text.value, names.iter().copied())
            .map(|near| format!("did you mean `{near}`?")),
        span: text.span,
    });
    None
}
