//! Dates as decision records write them.

use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

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

const MONTH: &str = "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// In ASCII alone: Unicode classes take ten times as long to compile.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?-u)\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?:\b|T)".to_owned(),
        r"(?-u)\b(?P<y>(?:19|20)\d\d)[-/. ]{1,2}(?P<m>\d{1,2})[-/. ]{1,2}(?P<d>\d{1,2})\b".to_owned(),
        r"(?-u)\b(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)\b".to_owned(),
        r"(?-u)\b(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)\b".to_owned(),
        r"(?-u)\b(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d\d)\b".to_owned(),
        format!(r"(?i-u)\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{MONTH}\.?,?[\s-]+(?P<y>(?:19|20)\d\d)\b"),
        format!(r"(?i-u)\b{MONTH}\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?,?\s+(?P<y>(?:19|20)\d\d)\b"),
        format!(r"(?i-u)\b(?P<y>(?:19|20)\d\d)[\s-]+{MONTH}\.?[\s-]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b"),
        format!(r"(?i-u)\b{MONTH}\.?,?[\s-]+(?:of\s+)?(?P<y>(?:19|20)\d\d)\b"),
        r"(?-u)\b(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])\b".to_owned(),
        r"(?i-u)\bq[1-4][\s/-]+(?P<y>20\d\d)\b|\b(?P<y2>20\d\d)[\s/-]+q[1-4]\b".to_owned(),
    ]
    .iter()
    .filter_map(|pattern| Regex::new(pattern).ok())
    .collect()
});

static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i-u)\b(?:early|mid|late|in|spring|summer|autumn|fall|winter)?\s*\b20[0-3]\d\b")
        .ok()
});

/// The first date in `text`. Only for short texts that are about a date: a field's value, a status
/// line, a row of a change log.
pub fn find(text: &str) -> Option<FoundDate> {
    PATTERNS
        .iter()
        .filter_map(|pattern| pattern.captures(text).and_then(|found| read(&found)))
        // The earliest; of two that start together the one that says more (the list's order).
        .min_by_key(|found| found.range.start)
}

/// As [`find`], with a bare year taken for a date too: for values of date fields only.
pub fn find_or_year(text: &str) -> Option<FoundDate> {
    find(text).or_else(|| {
        let found = YEAR.as_ref()?.find(text)?;
        Some(FoundDate {
            range: found.range(),
            form: DateForm::Partial,
            iso: None,
        })
    })
}

fn read(found: &Captures<'_>) -> Option<FoundDate> {
    let range = found.get(0)?.range();
    let number = |name: &str| {
        found
            .name(name)
            .and_then(|m| m.as_str().parse::<u32>().ok())
    };
    let partial = FoundDate {
        range: range.clone(),
        form: DateForm::Partial,
        iso: None,
    };
    let Some(year) = number("y") else {
        return Some(partial);
    };
    let year = if year < 100 { 2000 + year } else { year };
    if let (Some(a), Some(b)) = (number("a"), number("b")) {
        return match (a, b) {
            (1..=12, 1..=12) if a != b => Some(FoundDate {
                range,
                form: DateForm::Ambiguous,
                iso: None,
            }),
            (1..=31, 1..=12) => day(range, year, b, a),
            (1..=12, 1..=31) => day(range, year, a, b),
            _ => None,
        };
    }
    let month = number("m").or_else(|| found.name("month").and_then(|m| month_number(m.as_str())));
    match (month, number("d")) {
        (Some(month), Some(date)) => day(range, year, month, date).map(|mut found_date| {
            let text = found
                .get(0)
                .map_or("", |m| m.as_str())
                .trim_end_matches('T');
            if found_date.iso.as_deref() == Some(text) {
                found_date.form = DateForm::Iso;
                found_date.range.end = found_date.range.start + text.len();
            }
            found_date
        }),
        _ => Some(partial),
    }
}

fn day(range: Range<usize>, year: u32, month: u32, date: u32) -> Option<FoundDate> {
    let valid = (1..=12).contains(&month) && (1..=31).contains(&date);
    valid.then(|| FoundDate {
        range,
        form: DateForm::Clear,
        iso: Some(format!("{year:04}-{month:02}-{date:02}")),
    })
}

fn month_number(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let start = name.get(..3)?.to_lowercase();
    NAMES
        .iter()
        .position(|n| *n == start)
        .map(|at| at as u32 + 1)
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
