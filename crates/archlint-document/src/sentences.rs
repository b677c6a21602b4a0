//! Where the sentences of a block end.

use crate::BlockKind;
use crate::inline::InlineText;

/// Collects in `ends` where each sentence of the text ends (in bytes of the flat text), the end of
/// the text last. A heading is one sentence; elsewhere a hard line break ends a sentence too.
pub(crate) fn split(inline: &InlineText, kind: &BlockKind, ends: &mut Vec<usize>) {
    ends.clear();
    if *kind == BlockKind::Heading {
        ends.push(inline.flat.len());
        return;
    }
    let mut start = 0;
    for piece in inline.pieces.iter().filter(|piece| piece.span.is_empty()) {
        split_line(&inline.flat, start, piece.start, ends);
        ends.push(piece.start);
        start = piece.start;
    }
    split_line(&inline.flat, start, inline.flat.len(), ends);
    ends.push(inline.flat.len());
}

/// Adds the ends inside of `flat[from..to]`, without `to` itself.
fn split_line(flat: &str, from: usize, to: usize, ends: &mut Vec<usize>) {
    let bytes = &flat.as_bytes()[..to];
    let mut start = from;
    let mut at = from;
    while let Some(found) = memchr::memchr3(b'.', b'!', b'?', &bytes[at..]) {
        let mark = at + found;
        let marks_end = skip(bytes, mark, |byte| matches!(byte, b'.' | b'!' | b'?'));
        let end = skip_closers(&flat[..to], marks_end);
        at = end.max(mark + 1);
        let gap = skip(bytes, end, |byte| byte.is_ascii_whitespace());
        if gap == end || gap == to {
            continue;
        }
        let next = &flat[gap..to];
        let ends_here = match &bytes[mark..marks_end] {
            b"." => full_stop_ends(&flat[start..mark], next),
            marks if marks.contains(&b'?') || marks.contains(&b'!') => {
                end == marks_end || !starts_lower(next)
            }
            _ => !starts_lower(next),
        };
        if ends_here {
            ends.push(end);
            start = end;
        }
    }
}

fn skip(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|byte| is(**byte)).count()
}

/// Past the quotation marks and brackets that close together with a sentence.
fn skip_closers(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let after = rest.trim_start_matches(['"', '\'', ')', ']', '”', '’', '»']);
    text.len() - after.len()
}

fn starts_lower(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

fn starts_upper(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// Never the end of a sentence.
const ABBREVIATIONS: &[&str] = &[
    "approx", "cf", "dept", "dr", "e.g", "eg", "eqn", "esp", "excl", "fig", "figs", "i.e", "ie",
    "incl", "mr", "mrs", "prof", "resp", "viz", "vs", "w.r.t",
];

/// Not the end of a sentence when a number follows ("no. 7", "max. 5").
const BEFORE_NUMBERS: &[&str] = &[
    "art", "ca", "ch", "chap", "eq", "max", "min", "no", "nos", "nr", "p", "para", "pg", "pp",
    "ref", "refs", "rev", "sec", "sect", "v", "ver", "vers", "vol",
];

/// The end of a sentence only when what follows looks like the start of one.
const MAYBE: &[&str] = &["al", "co", "corp", "etc", "inc", "jr", "ltd", "sr"];

/// Words that start sentences, to tell "plan B. The" from "J. Smith".
const STARTERS: &[&str] = &[
    "A",
    "After",
    "All",
    "Also",
    "An",
    "And",
    "Any",
    "As",
    "At",
    "Because",
    "Before",
    "But",
    "By",
    "Each",
    "Every",
    "For",
    "From",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "It",
    "Its",
    "No",
    "Not",
    "Now",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Our",
    "Since",
    "So",
    "Some",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "Therefore",
    "These",
    "They",
    "This",
    "Those",
    "Thus",
    "To",
    "Unlike",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Which",
    "While",
    "With",
    "You",
];

/// Whether a full stop between `before` (from the start of the sentence on) and `next` ends it.
fn full_stop_ends(before: &str, next: &str) -> bool {
    let word = last_word(before);
    if word.is_empty() {
        return !before.trim().is_empty();
    }
    let is_first = before.trim_start().len() == word.len();
    if is_first && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return false; // the number of a list that is written as text
    }
    if word.len() > 6 {
        return true;
    }
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_uppercase()
    {
        return letter == 'I' || !starts_upper(next) || starts_sentence(next);
    }
    let lower = word.to_lowercase();
    if contains(ABBREVIATIONS, &lower) {
        return false;
    }
    if contains(BEFORE_NUMBERS, &lower) {
        return !next.starts_with(|c: char| c.is_ascii_digit() || c == '#');
    }
    if contains(MAYBE, &lower) {
        return starts_upper(next);
    }
    if is_dotted(word) {
        return starts_sentence(next);
    }
    true
}

/// The letters, digits and inner full stops at the end.
fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || *c == '.')
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[start..]
}

fn starts_sentence(next: &str) -> bool {
    let word = next
        .find(|c: char| !c.is_alphanumeric())
        .map_or(next, |end| &next[..end]);
    contains(STARTERS, word)
}

/// Single letters with full stops between them, as in "U.S" or "a.m".
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1)
}

fn contains(sorted: &[&str], word: &str) -> bool {
    sorted.binary_search(&word).is_ok()
}
