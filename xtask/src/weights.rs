//! The learned numbers, and the rule file that holds them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Feature name (or term) to number.
pub type Numbers = BTreeMap<String, f32>;

/// The learned numbers of one topic.
#[derive(Debug, Clone, Default)]
pub struct TopicNumbers {
    /// Own deviations from the shared numbers, by the name of their table.
    pub tables: BTreeMap<&'static str, Numbers>,
    /// Words and pairs of words.
    pub signals: Numbers,
}

/// All learned numbers.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    /// Shared numbers, by the name of their table.
    pub model: BTreeMap<&'static str, Numbers>,
    /// By topic id, in the rules' order.
    pub topics: Vec<(String, TopicNumbers)>,
}

const HEAD: &str = "\
# Learned numbers, written by `cargo xtask tune`: docs/accuracy.md says how they are learned and
# how well they do. Do not edit them by hand; what they mean:
#   [model.*]            log-odds that a feature adds, for all topics alike
#   [weights.*]          what a topic adds to them
#   [weights.signals]    words and pairs of words that speak for (+) or against (-) the topic
#   [weights.measured]   precision and recall on documents of organisations that were left out
";

impl Weights {
    /// The rule file.
    pub fn to_toml(&self) -> String {
        let mut out = String::from(HEAD);
        for (name, numbers) in &self.model {
            table(&mut out, &format!("model.{name}"), numbers);
        }
        for (id, topic) in &self.topics {
            let _ = write!(out, "\n[[weights]]\nid = \"{id}\"\n");
            for (name, numbers) in &topic.tables {
                table(&mut out, &format!("weights.{name}"), numbers);
            }
            if !topic.signals.is_empty() {
                table(&mut out, "weights.signals", &topic.signals);
            }
        }
        out
    }
}

/// A table with several entries a line: a number a line would be a file of ten thousand lines.
fn table(out: &mut String, name: &str, numbers: &Numbers) {
    let _ = writeln!(out, "\n[{name}]");
    for (key, value) in numbers {
        let _ = writeln!(out, "{} = {}", quoted(key), number(*value));
    }
}

fn quoted(key: &str) -> String {
    let bare = key
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare {
        key.to_owned()
    } else {
        format!("{key:?}")
    }
}

fn number(value: f32) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0');
    match text.strip_suffix('.') {
        Some("-0") => "0.0".to_owned(),
        Some(whole) => format!("{whole}.0"),
        None => text.to_owned(),
    }
}
