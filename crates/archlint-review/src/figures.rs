//! Figures with a unit: "300 ms", "99.9 %", "2 GB", "1,000 requests".

use archlint_rules::Word;

/// What may follow a number and make it a figure, in lower case.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "ms", "millisecond", "milliseconds", "s", "sec", "secs", "second", "seconds", "min", "mins",
    "minute", "minutes", "h", "hour", "hours", "day", "days", "week", "weeks", "month", "months",
    "year", "years", "us", "µs", "ns", "microseconds", "b", "kb", "mb", "gb", "tb", "pb", "kib",
    "mib", "gib", "tib", "ki", "mi", "gi", "ti", "byte", "bytes", "bit", "bits", "rps", "qps",
    "tps", "iops", "request", "requests", "req", "events", "messages", "records", "rows", "users",
    "customers", "tenants", "nodes", "pods", "instances", "replicas", "servers", "clusters",
    "objects", "connections", "queries", "writes", "reads", "transactions", "percent", "times",
    "x", "cores", "cpu", "cpus", "vcpu", "vcpus", "millicores", "euro", "euros", "dollars", "usd",
    "eur", "gbps", "mbps", "kbps", "million", "billion", "thousand", "k", "m", "partitions",
    "shards", "attempts", "retries", "tries", "zones", "regions", "files", "items", "entries",
    "jobs", "tasks", "threads", "workers",
];

/// Whether a sentence's words hold a number followed by a unit or a percent sign, or preceded by a
/// currency sign.
pub(crate) fn has_figure(text: &str, words: &[Word]) -> bool {
    words.iter().enumerate().any(|(index, word)| {
        let Some(source) = text.get(word.span.clone()) else {
            return false;
        };
        if !source.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let before = text[..word.span.start].chars().next_back();
        let after = text[word.span.end..].trim_start_matches([' ', '\u{a0}']);
        if matches!(before, Some('$' | '€' | '£')) || after.starts_with(['%', '‰']) {
            return true;
        }
        words.get(index + 1).is_some_and(|next| {
            next.span.start <= word.span.end + 2
                && text
                    .get(next.span.clone())
                    .is_some_and(|unit| UNITS.contains(&unit.to_lowercase().as_str()))
        })
    })
}
