//! `adr/number`: one number, one decision.

use super::record::{Record, file_number, finding};
use crate::rule_ids::ADR_NUMBER;
use crate::run::Examined;
use archlint_review::Finding;
use std::collections::{BTreeMap, BTreeSet};

/// The findings on the records of one folder. `names` are the files in it; when it is not known,
/// nothing is said of numbers that are missing.
pub(super) fn check(
    records: &[Record],
    names: Option<&BTreeSet<String>>,
    examined: &[Examined],
    found: &mut Vec<(usize, Finding)>,
) {
    let mut by_number: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    let in_folder = names
        .into_iter()
        .flatten()
        .filter(|name| crate::discover::is_markdown(name.as_ref()));
    for name in in_folder
        .map(String::as_str)
        .chain(records.iter().map(|record| record.name.as_str()))
    {
        if let Some(number) = file_number(name) {
            by_number.entry(number).or_default().insert(name);
        }
    }
    let gaps = names
        .map(|_| gaps(by_number.keys().copied()))
        .unwrap_or_default();
    for record in records {
        let Some(one) = examined.get(record.at) else {
            continue;
        };
        let mut report = |message: &str, label: String| {
            let span = record.title_span(one);
            found.push((
                record.at,
                finding(&one.config.rules, ADR_NUMBER, span, message, label),
            ));
        };
        let title = record.fields.title.as_ref().and_then(|title| title.number);
        if let (Some(file), Some(title)) = (record.file_number, title)
            && file != title
        {
            report(
                "the file name and the title give different numbers",
                format!("the title says {title}, the file name {file}"),
            );
        }
        let Some(number) = record.file_number else {
            continue;
        };
        let others = by_number.get(&number).into_iter().flatten();
        let other = others
            .copied()
            .find(|other| is_another(other, &record.name));
        if let Some(other) = other {
            report(
                "another decision has the same number",
                format!("`{other}` is {number}, too"),
            );
        }
        if let Some(missing) = gaps.get(&number) {
            report(
                "numbers are missing before it",
                format!("there is no {missing}"),
            );
        }
    }
}

/// Whether two names are of different records: a translation (`0001-a.de.md`) is the same one.
fn is_another(name: &str, than: &str) -> bool {
    let first_part = |name: &str| name.split('.').next().map(str::to_owned);
    first_part(name) != first_part(than)
}

/// Where the numbers skip some: the number after each gap, with what is missing as text. Nothing
/// when gaps are how the numbers are given out (those of issues or pull requests).
fn gaps(numbers: impl Iterator<Item = u32>) -> BTreeMap<u32, String> {
    let numbers: Vec<u32> = numbers.collect();
    let mut gaps = BTreeMap::new();
    let mut missing = 0u64;
    for pair in numbers.windows(2) {
        if let [before, after] = pair
            && after - before > 1
        {
            missing += u64::from(after - before - 1);
            let text = match after - before {
                2 => format!("{}", before + 1),
                3 => format!("{} and {}", before + 1, before + 2),
                _ => format!("{} to {}", before + 1, after - 1),
            };
            gaps.insert(*after, text);
        }
    }
    let accepted = (numbers.len() as u64 / 5).max(1);
    if missing <= accepted {
        gaps
    } else {
        BTreeMap::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_named_where_the_numbers_go_on() {
        let found = gaps([1, 2, 4, 5].into_iter());
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [(4, "3".to_owned())]);
        let found = gaps((1..=20).filter(|n| ![7, 8, 9].contains(n)));
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            [(10, "7 to 9".to_owned())]
        );
    }

    #[test]
    fn numbers_of_pull_requests_have_no_gaps() {
        assert!(gaps([120, 305, 307, 999].into_iter()).is_empty());
        assert!(gaps([1, 500].into_iter()).is_empty());
    }
}
