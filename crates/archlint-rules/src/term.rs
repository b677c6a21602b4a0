//! The syntax of terms.

use crate::lexicon::for_each_word;
use std::ops::Range;

/// A part of a term has at most this many words, concepts counted as one.
pub(crate) const MAX_WORDS: usize = 8;
/// A term has at most this many parts.
pub(crate) const MAX_PARTS: usize = 6;

/// One part of a term: what stands between two `+`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part<'t> {
    /// Words and concepts in a row.
    Row(Vec<Piece<'t>>),
    /// `=SLO`: words as written.
    Exact(Vec<&'t str>),
}

/// A piece of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// A word as written.
    Word(&'t str),
    /// `{id}`, without the braces, and where the id stands in the term.
    Concept(&'t str, Range<usize>),
}

/// What is wrong with a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TermError {
    /// Where, in bytes of the term.
    pub range: Range<usize>,
    pub message: &'static str,
    pub help: &'static str,
}

/// The parts of `term`, of which there is at least one.
pub(crate) fn parse(term: &str) -> Result<Vec<(&str, Part<'_>)>, TermError> {
    let mut parts = Vec::new();
    let mut rest = 0..term.len();
    loop {
        let text = &term[rest.clone()];
        let plus = next_plus(text);
        let end = plus.unwrap_or(text.len());
        let part = &text[..end];
        let start = rest.start + (part.len() - part.trim_start().len());
        parts.push((part.trim(), parse_part(part.trim(), start)?));
        if parts.len() > MAX_PARTS {
            return Err(TermError {
                range: 0..term.len(),
                message: "a term with more than six parts",
                help: "a sentence that holds all of them is rare; leave some out",
            });
        }
        match plus {
            Some(plus) => rest.start += plus + 1,
            None => return Ok(parts),
        }
    }
}

/// The next `+` that stands alone: `n+1` and `C++` are words.
fn next_plus(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&i| {
        bytes[i] == b'+'
            && (i == 0 || bytes[i - 1].is_ascii_whitespace())
            && bytes.get(i + 1).is_none_or(u8::is_ascii_whitespace)
    })
}

fn parse_part(part: &str, offset: usize) -> Result<Part<'_>, TermError> {
    let error = |range: Range<usize>, message, help| {
        Err(TermError {
            range: offset + range.start..offset + range.end,
            message,
            help,
        })
    };
    if part.is_empty() {
        return error(
            0..0,
            "a term with an empty part",
            "write words on both sides of `+`",
        );
    }
    if let Some(exact) = part.strip_prefix('=') {
        let mut words = Vec::new();
        for_each_word(exact, |_, span| words.push(&exact[span]));
        if words.is_empty() || words.len() > MAX_WORDS {
            return error(
                0..part.len(),
                "`=` must stand before one to eight words",
                "write the word exactly as documents do, such as `=SLO`",
            );
        }
        return Ok(Part::Exact(words));
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < part.len() {
        let open = part[at..].find('{').map(|i| at + i);
        let words_end = open.unwrap_or(part.len());
        if let Some(stray) = part[at..words_end].find('}') {
            return error(
                at + stray..at + stray + 1,
                "a `}` without a `{`",
                "a concept is written in braces, such as `{release}`",
            );
        }
        for_each_word(&part[at..words_end], |word, _| {
            pieces.push(Piece::Word(word))
        });
        let Some(open) = open else { break };
        let Some(close) = part[open..].find('}').map(|i| open + i) else {
            return error(
                open..part.len(),
                "a `{` without a `}`",
                "a concept is written in braces, such as `{release}`",
            );
        };
        let id = part[open + 1..close].trim();
        if id.is_empty() || id.contains('{') {
            return error(
                open..close + 1,
                "braces without the id of a concept",
                "a concept is written in braces, such as `{release}`",
            );
        }
        pieces.push(Piece::Concept(id, offset + open + 1..offset + close));
        at = close + 1;
    }
    if pieces.is_empty() {
        return error(
            0..part.len(),
            "a term without a word",
            "a term needs a letter or digit; punctuation is not matched",
        );
    }
    if pieces.len() > MAX_WORDS {
        return error(
            0..part.len(),
            "a part of a term with more than eight words",
            "documents rarely repeat a long phrase; take its two to four telling words, or join shorter ones by ` + `",
        );
    }
    Ok(Part::Row(pieces))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_plus_inside_a_word_is_no_separator() {
        let parts = parse("n+1 query + C++").unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].0, "n+1 query");
        assert_eq!(parts[1].0, "C++");
    }

    #[test]
    fn a_concept_knows_where_its_id_stands() {
        let parts = parse("roll back + {release} plan").unwrap();
        let Part::Row(pieces) = &parts[1].1 else {
            panic!("a row")
        };
        assert_eq!(pieces[0], Piece::Concept("release", 13..20));
        assert_eq!(pieces[1], Piece::Word("plan"));
    }

    #[test]
    fn what_is_not_a_term_is_refused() {
        for (term, message) in [
            ("", "a term with an empty part"),
            ("a + ", "a term with an empty part"),
            ("!?", "a term without a word"),
            ("{a", "a `{` without a `}`"),
            ("a}", "a `}` without a `{`"),
            ("{}", "braces without the id of a concept"),
            ("=", "`=` must stand before one to eight words"),
            (
                "a b c d e f g h i",
                "a part of a term with more than eight words",
            ),
        ] {
            assert_eq!(parse(term).unwrap_err().message, message, "{term}");
        }
    }
}
