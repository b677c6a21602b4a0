//! Cutting text into words.

use std::ops::Range;

/// A stem's number in a matcher; 0 stands for every word that no rule speaks of.
pub type Stem = u32;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its stem.
    pub stem: Stem,
    /// Where it stands, in bytes of the text that it was read from.
    pub span: Range<usize>,
}

/// Calls `f` with each word of `text` and its byte range.
///
/// A word is a run of letters and digits (with inner apostrophes dropped from the suffix on:
/// "cluster's" is read as "cluster"); identifiers are cut at case changes (`maxUnavailable`,
/// `HTTPServer`). A number keeps its decimal point: `99.9` is one word.
pub fn for_each_word<'t>(text: &'t str, mut f: impl FnMut(&'t str, Range<usize>)) {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let b = bytes[i];
        if b < 128 && !b.is_ascii_alphanumeric() {
            i += 1;
            continue;
        }
        let start = i;
        if b.is_ascii_digit() {
            i += 1;
            while i < bytes.len() {
                let decimal = (bytes[i] == b'.' || bytes[i] == b',')
                    && bytes.get(i + 1).is_some_and(u8::is_ascii_digit);
                if bytes[i].is_ascii_digit() || decimal {
                    i += 1;
                } else {
                    break;
                }
            }
            f(&text[start..i], start..i);
            continue;
        }
        if b < 128 {
            // A word of ASCII letters: "Word", "word", "WORD", or the first part of an identifier.
            let upper_start = b.is_ascii_uppercase();
            i += 1;
            while i < bytes.len() && bytes[i].is_ascii_lowercase() {
                i += 1;
            }
            if upper_start && i == start + 1 {
                while i < bytes.len() && bytes[i].is_ascii_uppercase() {
                    i += 1;
                }
                // In `HTTPServer` the last capital opens the next word; in `URLs` and `SLOs` the
                // small s is a plural.
                if i > start + 1 && bytes.get(i).is_some_and(u8::is_ascii_lowercase) {
                    let plural = bytes[i] == b's'
                        && !bytes.get(i + 1).is_some_and(u8::is_ascii_alphanumeric);
                    if plural {
                        f(&text[start..i], start..i + 1);
                        i += 1;
                        continue;
                    }
                    i -= 1;
                }
            }
            if i < bytes.len()
                && bytes[i] >= 128
                && text[i..].chars().next().is_some_and(char::is_alphanumeric)
            {
                i = letters_from(text, i);
            }
        } else {
            let Some(first) = text[i..].chars().next() else {
                break;
            };
            if !first.is_alphanumeric() {
                i += first.len_utf8();
                // ’ as an apostrophe is handled below, after a word.
                continue;
            }
            i = letters_from(text, i);
        }
        f(&text[start..i], start..i);
        i = skip_suffix(text, i);
    }
}

/// End of the run of letters and digits that starts at `from`, whatever their script.
fn letters_from(text: &str, from: usize) -> usize {
    text[from..]
        .char_indices()
        .find(|(_, c)| !c.is_alphanumeric())
        .map_or(text.len(), |(i, _)| from + i)
}

/// Steps over "'s", "'t" and the like.
fn skip_suffix(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let after = match rest.chars().next() {
        Some(c @ ('\'' | '\u{2019}')) => c.len_utf8(),
        _ => return at,
    };
    let suffix: usize = rest[after..]
        .bytes()
        .take_while(u8::is_ascii_lowercase)
        .count();
    let ends = !rest[after + suffix..].starts_with(|c: char| c.is_alphanumeric());
    if (1..=2).contains(&suffix) && ends {
        at + after + suffix
    } else {
        at
    }
}
