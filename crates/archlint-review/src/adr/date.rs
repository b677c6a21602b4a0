//! Dates as decision records write them.

use std::ops::Range;

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateForm {
    /// `2020-05-13`, a time may follow.
    Iso,
    /// Another form that says one day beyond doubt: `13 May 2020`, `25.12.2020`, `2020/05/13`.
    Clear,
    /// Day and month could be exchanged: `05/06/2020`.
    Ambiguous,
    /// No day: `May 2020`, `2020-05`, `2020`.
    Partial,
}

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDate {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// How it is written.
    pub form: DateForm,
    /// As `YYYY-MM-DD`, when it says one day beyond doubt.
    pub iso: Option<String>,
}

/// The first date in `text`. Only for short texts that are about a date: a field's value, a status
/// line, a row of a change log.
pub fn find(text: &str) -> Option<FoundDate> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| date_at(text, &tokens[at..]))
}

/// As [`find`], with a bare year taken for a date too: for values of date fields only.
pub fn find_or_year(text: &str) -> Option<FoundDate> {
    find(text).or_else(|| {
        let tokens = tokens(text);
        let year = tokens
            .iter()
            .find(|token| matches!(token.kind, Kind::Number(1990..=2039)) && token.len() == 4)?;
        let before = text[..year.start].trim_end();
        let season = [
            "early", "mid", "late", "in", "spring", "summer", "autumn", "fall", "winter",
        ]
        .iter()
        .find(|season| before.to_ascii_lowercase().ends_with(*season));
        let start = season.map_or(year.start, |season| before.len() - season.len());
        Some(partial(start, year.end))
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number(u32),
    /// A month's name, 1-12.
    Month(u32),
    Word,
    /// One separator, blanks around it taken in.
    Mark(char),
}

#[derive(Debug, Clone, Copy)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

impl Token {
    fn len(&self) -> usize {
        self.end - self.start
    }

    fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(mark) if marks.contains(&mark))
    }
}

/// The numbers, words and separators of `text`; of at most 400 of them, which is more than any date
/// stands behind.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < text.len() && tokens.len() < 400 {
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else {
            break;
        };
        let run = |is: fn(char) -> bool| rest.len() - rest.trim_start_matches(is).len();
        let (kind, length) = if first.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            (
                rest[..length].parse().map_or(Kind::Word, Kind::Number),
                length,
            )
        } else if first.is_alphabetic() {
            let length = run(char::is_alphabetic);
            (
                month(&rest[..length]).map_or(Kind::Word, Kind::Month),
                length,
            )
        } else if first.is_whitespace() {
            (Kind::Mark(' '), run(char::is_whitespace))
        } else {
            (Kind::Mark(first), first.len_utf8())
        };
        let token = Token {
            kind,
            start: at,
            end: at + length,
        };
        at = token.end;
        // Blanks beside a mark belong to it.
        match tokens.last_mut() {
            Some(last) if matches!((last.kind, kind), (Kind::Mark(_), Kind::Mark(' '))) => {
                last.end = at
            }
            Some(last) if last.kind == Kind::Mark(' ') && matches!(kind, Kind::Mark(_)) => {
                (last.kind, last.end) = (kind, at);
            }
            _ => tokens.push(token),
        }
    }
    tokens
}

/// The date that begins with the first of `tokens`.
fn date_at(text: &str, tokens: &[Token]) -> Option<FoundDate> {
    let first = tokens.first()?;
    match first.kind {
        Kind::Number(_) if first.len() == 4 => year_first(text, tokens),
        Kind::Number(number) if first.len() == 8 => {
            let (year, month, date) = (number / 10_000, number / 100 % 100, number % 100);
            day(first.start..first.end, year, month, date)
        }
        Kind::Number(_) if first.len() <= 2 => day_first(tokens),
        Kind::Month(_) => month_first(tokens),
        // "Q3 2021"
        Kind::Word if first.len() == 1 && text[first.start..].starts_with(['q', 'Q']) => {
            let quarter = tokens
                .get(1)
                .filter(|t| matches!(t.kind, Kind::Number(1..=4)))?;
            let year = year_at(tokens, skip(tokens, 2, &[' ', '/', '-']))?;
            (quarter.start == first.end).then(|| partial(first.start, year.1))
        }
        _ => None,
    }
}

/// "2020-05-13", "2020/5/13", "2020 May 13", "2020-05".
fn year_first(text: &str, tokens: &[Token]) -> Option<FoundDate> {
    let (year, _) = year_at(tokens, 0)?;
    let mark = tokens.get(1).filter(|t| t.is_mark(&['-', '/', '.', ' ']))?;
    let second = tokens.get(2)?;
    let start = tokens.first()?.start;
    let last = tokens
        .get(3)
        .filter(|t| t.is_mark(&['-', '/', '.', ' ']))
        .and(tokens.get(4));
    let date = last.and_then(|token| match token.kind {
        Kind::Number(date @ 1..=31) if token.len() <= 2 => Some((date, token.end)),
        _ => None,
    });
    match (second.kind, date) {
        (Kind::Month(month), Some((date, end))) => day(start..end, year, month, date),
        (Kind::Number(month), Some((date, end))) if second.len() <= 2 => {
            let found = day(start..end, year, month, date)?;
            let is_iso = found.iso.as_deref() == text.get(start..end);
            Some(FoundDate {
                form: if is_iso { DateForm::Iso } else { found.form },
                ..found
            })
        }
        (Kind::Number(1..=12), None) if second.len() == 2 && mark.is_mark(&['-']) => {
            Some(partial(start, second.end))
        }
        _ => None,
    }
}

/// "13 May 2020", "13th of May, 2020", "13-May-2020", "13.05.2020", "5/13/20".
fn day_first(tokens: &[Token]) -> Option<FoundDate> {
    let Kind::Number(first) = tokens.first()?.kind else {
        return None;
    };
    let start = tokens.first()?.start;
    let separator = tokens.get(1)?;
    if let (
        Kind::Mark(mark @ ('/' | '.' | '-')),
        Some(Token {
            kind: Kind::Number(second),
            ..
        }),
    ) = (separator.kind, tokens.get(2))
    {
        tokens.get(3).filter(|t| t.kind == Kind::Mark(mark))?;
        let (year, end) = match year_at(tokens, 4) {
            Some(found) => found,
            None => {
                let short = tokens.get(4).filter(|t| t.len() == 2 && mark == '/')?;
                let Kind::Number(year) = short.kind else {
                    return None;
                };
                (2000 + year, short.end)
            }
        };
        let range = start..end;
        return match (first, *second) {
            (1..=12, 1..=12) if first != *second => Some(FoundDate {
                range,
                form: DateForm::Ambiguous,
                iso: None,
            }),
            (1..=31, 1..=12) => day(range, year, *second, first),
            (1..=12, 1..=31) => day(range, year, first, *second),
            _ => None,
        };
    }
    let at = skip(tokens, 1, &[' ', '-']);
    let month_token = tokens.get(at)?;
    let Kind::Month(month) = month_token.kind else {
        return None;
    };
    let (year, end) = year_at(tokens, skip(tokens, at + 1, &[' ', '-', '.', ',']))?;
    day(start..end, year, month, first)
}

/// "May 13th, 2020", "May 2020".
fn month_first(tokens: &[Token]) -> Option<FoundDate> {
    let first = tokens.first()?;
    let Kind::Month(month) = first.kind else {
        return None;
    };
    let at = skip(tokens, 1, &[' ', '.', ',', '-']);
    if let Some((_, end)) = year_at(tokens, at) {
        return Some(partial(first.start, end));
    }
    let date = tokens.get(at).filter(|t| t.len() <= 2)?;
    let Kind::Number(date) = date.kind else {
        return None;
    };
    let (year, end) = year_at(tokens, skip(tokens, at + 1, &[' ', ',', '.']))?;
    day(first.start..end, year, month, date)
}

/// The index behind one separator, an ordinal's ending and "of" at `at`.
fn skip(tokens: &[Token], at: usize, marks: &[char]) -> usize {
    let mut at = at;
    for _ in 0..4 {
        let Some(token) = tokens.get(at) else { break };
        // "13th", "of"
        let is_ending = token.kind == Kind::Word && token.len() == 2;
        if token.is_mark(marks) || is_ending {
            at += 1;
        }
    }
    at
}

/// The year that is the token at `at`, and where it ends.
fn year_at(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let token = tokens.get(at)?;
    match token.kind {
        Kind::Number(year @ 1900..=2099) if token.len() == 4 => Some((year, token.end)),
        _ => None,
    }
}

fn partial(start: usize, end: usize) -> FoundDate {
    FoundDate {
        range: start..end,
        form: DateForm::Partial,
        iso: None,
    }
}

fn day(range: Range<usize>, year: u32, month: u32, date: u32) -> Option<FoundDate> {
    let valid =
        (1900..=2099).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&date);
    valid.then(|| FoundDate {
        range,
        form: DateForm::Clear,
        iso: Some(format!("{year:04}-{month:02}-{date:02}")),
    })
}

fn month(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = name.to_ascii_lowercase();
    let at = NAMES.iter().position(|full| {
        *full == lower || (lower.len() >= 3 && lower.len() <= 4 && full.starts_with(&lower))
    })?;
    Some(at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_that_records_use() {
        for (text, form, iso) in [
            ("2020-05-13", DateForm::Iso, Some("2020-05-13")),
            ("2020-05-13T10:00:00Z", DateForm::Iso, Some("2020-05-13")),
            ("13 May 2020", DateForm::Clear, Some("2020-05-13")),
            ("Sep 13th, 2024", DateForm::Clear, Some("2024-09-13")),
            ("14.01.2025", DateForm::Clear, Some("2025-01-14")),
            ("2020/5/3", DateForm::Clear, Some("2020-05-03")),
            ("20240508", DateForm::Clear, Some("2024-05-08")),
            ("13-May-2020", DateForm::Clear, Some("2020-05-13")),
            ("the 3rd of June, 2021", DateForm::Clear, Some("2021-06-03")),
            ("2021 Jan 4", DateForm::Clear, Some("2021-01-04")),
            (
                "20-01-2020: Initial draft",
                DateForm::Clear,
                Some("2020-01-20"),
            ),
            ("3/3/2020", DateForm::Clear, Some("2020-03-03")),
            ("01/06/2019", DateForm::Ambiguous, None),
            ("10/6/21", DateForm::Ambiguous, None),
            ("May 2020", DateForm::Partial, None),
            ("2020-05", DateForm::Partial, None),
            ("Approved by vote in Q3 2021", DateForm::Partial, None),
        ] {
            let found = find(text).unwrap_or_else(|| panic!("no date in {text}"));
            assert_eq!((found.form, found.iso.as_deref()), (form, iso), "{text}");
        }
    }

    #[test]
    fn takes_no_other_figures_for_dates() {
        for text in [
            "YYYY-MM-DD",
            "version 1.2.3",
            "2020-13-45",
            "99/99/2020",
            "port 8080",
            "may be 3",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn says_where() {
        assert_eq!(
            find("Accepted on 2020-05-13.").map(|d| d.range),
            Some(12..22)
        );
        assert_eq!(
            find_or_year("early 2021").map(|d| d.form),
            Some(DateForm::Partial)
        );
    }
}
