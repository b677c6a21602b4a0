//! Errors of rule packs.

use crate::{Place, Text};
use std::{fmt, ops::Range};

/// Something wrong in a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    /// Index of the source it is in.
    pub source: usize,
    /// Where: bytes of the source.
    pub span: Range<usize>,
    /// What is wrong: one line, no full stop.
    pub message: String,
    /// What the underlined place is called; may be empty.
    pub label: String,
    /// Other places that belong to it.
    pub labels: Vec<ErrorLabel>,
    /// What to do; may be empty.
    pub help: String,
}

/// Another place that belongs to an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorLabel {
    /// Index of the source it is in.
    pub source: usize,
    /// Where: bytes of the source.
    pub span: Range<usize>,
    /// What it has to do with the error.
    pub message: String,
}

impl PackError {
    pub(crate) fn at(place: Place, message: impl Into<String>) -> Self {
        PackError {
            source: place.source as usize,
            span: place.span(),
            message: message.into(),
            label: String::new(),
            labels: Vec::new(),
            help: String::new(),
        }
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    pub(crate) fn also(mut self, place: Place, message: impl Into<String>) -> Self {
        self.labels.push(ErrorLabel {
            source: place.source as usize,
            span: place.span(),
            message: message.into(),
        });
        self
    }
}

/// All errors of all sources, in the order of the sources and their bytes; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackErrors {
    /// The errors.
    pub errors: Vec<PackError>,
}

impl PackErrors {
    /// `Err` when there are errors, sorted.
    pub(crate) fn check(mut errors: Vec<PackError>) -> Result<(), PackErrors> {
        if errors.is_empty() {
            return Ok(());
        }
        errors.sort_by_key(|error| (error.source, error.span.start));
        Err(PackErrors { errors })
    }
}

impl fmt::Display for PackErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.errors.iter().enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            f.write_str(&error.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for PackErrors {}

/// The name among `known` that `name` was probably meant to be.
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= 1 + name.chars().count().min(candidate.chars().count()) / 4
        })
        .min_by_key(|(distance, candidate)| (*distance, *candidate))
        .map(|(_, candidate)| candidate)
}

/// "did you mean `x`?" or nothing.
pub(crate) fn did_you_mean<'k>(
    name: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<String> {
    nearest(name, known).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// The place of a range of a text's characters in its source, when the source holds the text
/// without escapes; the place of the whole text otherwise.
pub(crate) fn inside(texts: &[&str], text: &Text, range: Range<usize>) -> Place {
    let place = text.place;
    let written = texts
        .get(place.source as usize)
        .and_then(|source| source.get(place.span()));
    match written.and_then(|written| written.find(&text.text)) {
        Some(at) => Place {
            source: place.source,
            start: place.start + (at + range.start) as u32,
            end: place.start + (at + range.end) as u32,
        },
        None => place,
    }
}
