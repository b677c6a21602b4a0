//! Stems of English words.

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The stem of a lower-case word: Snowball's English stemmer (Porter 2).
pub fn stem_of(word: &str) -> Cow<'_, str> {
    if !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    Stemmer::create(Algorithm::English).stem(word)
}
