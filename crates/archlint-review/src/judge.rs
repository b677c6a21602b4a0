//! From features to probabilities, by the learned numbers of the rule files.

use crate::evidence::EVIDENCE_FEATURES;
use crate::features::{
    ASKED_AFTER, QUESTION_FEATURES, QuestionFeatures, TOPIC_FEATURES, TopicFeatures,
};
use archlint_rules::Rules;
use std::collections::BTreeMap;

/// The learned numbers, laid out for use.
#[derive(Debug, Clone)]
pub struct Judge {
    /// By topic, weights of a cell's features.
    evidence: Vec<[f32; EVIDENCE_FEATURES.len()]>,
    answered: Vec<TopicFeatures>,
    touched: Vec<TopicFeatures>,
    /// By topic, how often a reviewer expects an answer when it is absent, touched, answered.
    rates: Vec<[f32; 3]>,
    open: QuestionFeatures,
    /// The lines that the probabilities are held against.
    pub lines: Lines,
}

/// Probabilities (0-1) from which on something holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lines {
    /// A topic is answered.
    pub answered: f32,
    /// A topic is at least touched.
    pub touched: f32,
    /// A question is asked.
    pub asked: f32,
    /// An open question is a finding.
    pub finding: f32,
}

/// Used for topics without learned numbers, as those of a team's own pack: what the learned ones
/// would be like if there were no learned words and a person had to choose them.
const PLAIN_EVIDENCE: [(&str, f32); 8] = [
    ("bias", -4.0),
    ("strong", 3.0),
    ("weak", 0.8),
    ("heading", 1.5),
    ("decided", 0.4),
    ("open", -0.8),
    ("figure", 0.3),
    ("code", 1.0),
];
const PLAIN_ANSWERED: [(&str, f32); 3] = [
    ("bias", -1.0),
    ("evidence-best", 1.5),
    ("evidence-sum", 0.5),
];
const PLAIN_TOUCHED: [(&str, f32); 3] =
    [("bias", 0.5), ("evidence-best", 1.5), ("evidence-sum", 0.5)];
const PLAIN_OPEN: [(&str, f32); 5] = [
    ("bias", 0.5),
    ("expected", 1.0),
    ("p-answered", -2.0),
    ("when", 0.5),
    ("always", 0.5),
];
/// How often readers of design documents expect an answer to a question that is absent, touched
/// and answered, over all questions (measured on labelled documents, see docs/accuracy.md).
const PLAIN_RATES: [f32; 3] = [0.08, 0.45, 0.9];
/// A topic that the document asks after is touched, with this probability: too rare in finished
/// documents to learn it.
const ASKED: f32 = 0.7;
/// The names of the rates in `[weights.expected]`.
pub const RATES: [&str; 3] = ["absent", "touched", "answered"];

impl Judge {
    /// Lays out the numbers of the rules; numbers that a pack does not give are 0, tables that it
    /// does not give are chosen plainly. Names that are no feature are ignored.
    pub fn new(rules: &Rules) -> Judge {
        let table = |name: &str, plain: &[(&str, f32)]| -> BTreeMap<String, f32> {
            rules
                .model
                .as_ref()
                .and_then(|model| model.tables.get(name).cloned())
                .unwrap_or_else(|| owned(plain))
        };
        let lines = table("lines", &[]);
        let line = |name: &str, plain: f32| lines.get(name).copied().unwrap_or(plain);
        let evidence = dense(&EVIDENCE_FEATURES, &table("evidence", &PLAIN_EVIDENCE));
        let plain_evidence = dense(&EVIDENCE_FEATURES, &owned(&PLAIN_EVIDENCE));
        let answered = dense(&TOPIC_FEATURES, &table("answered", &PLAIN_ANSWERED));
        let touched = dense(&TOPIC_FEATURES, &table("touched", &PLAIN_TOUCHED));
        let plain_answered = dense(&TOPIC_FEATURES, &owned(&PLAIN_ANSWERED));
        let plain_touched = dense(&TOPIC_FEATURES, &owned(&PLAIN_TOUCHED));
        let open = dense(&QUESTION_FEATURES, &table("open", &PLAIN_OPEN));
        let each = || rules.topics.iter().map(|topic| topic.weights.as_ref());
        Judge {
            evidence: each()
                .map(|own| own.map_or(plain_evidence, |_| evidence))
                .collect(),
            answered: each()
                .map(|own| {
                    own.map_or(plain_answered, |own| {
                        plus(answered, &TOPIC_FEATURES, &own.answered)
                    })
                })
                .collect(),
            touched: each()
                .map(|own| {
                    own.map_or(plain_touched, |own| {
                        plus(touched, &TOPIC_FEATURES, &own.touched)
                    })
                })
                .collect(),
            rates: each()
                .map(|own| rates(own.map(|own| &own.expected)))
                .collect(),
            open,
            lines: Lines {
                answered: line("answered", 0.5),
                touched: line("touched", 0.5),
                asked: line("asked", 0.5),
                finding: line("finding", 0.5),
            },
        }
    }

    /// Weights of the features of a topic's cells.
    pub fn evidence(&self, topic: usize) -> &[f32; EVIDENCE_FEATURES.len()] {
        &self.evidence[topic]
    }

    /// Probabilities that a topic is answered, and at least touched.
    pub fn topic(&self, topic: usize, features: &TopicFeatures) -> (f32, f32) {
        let answered = probability(&self.answered[topic], features);
        let touched = probability(&self.touched[topic], features);
        (answered, at_least_touched(features, answered, touched))
    }

    /// Probability that a reviewer expects an answer, from those that the topic is answered and at
    /// least touched.
    pub fn expected(&self, topic: usize, answered: f32, touched: f32) -> f32 {
        expected(self.rates[topic], answered, touched)
    }

    /// Probability that a question is expected and not answered.
    pub fn open(&self, features: &QuestionFeatures) -> f32 {
        probability(&self.open, features)
    }
}

/// Probability that a topic is at least touched, from what was learned of it: at least that it is
/// answered, and high where the document asks after it.
pub fn at_least_touched(features: &TopicFeatures, answered: f32, touched: f32) -> f32 {
    let floor = if features[ASKED_AFTER] > 0.0 {
        ASKED
    } else {
        0.0
    };
    touched.max(answered).max(floor)
}

/// Probability that a reviewer expects an answer: `rates` says how often for a topic that is absent,
/// touched and answered.
pub fn expected([absent, half, whole]: [f32; 3], answered: f32, touched: f32) -> f32 {
    (1.0 - touched) * absent + (touched - answered) * half + answered * whole
}

fn rates(own: Option<&BTreeMap<String, f32>>) -> [f32; 3] {
    std::array::from_fn(|i| {
        own.and_then(|own| own.get(RATES[i]).copied())
            .unwrap_or(PLAIN_RATES[i])
    })
}

fn probability<const N: usize>(weights: &[f32; N], features: &[f32; N]) -> f32 {
    let sum: f32 = weights.iter().zip(features).map(|(w, x)| w * x).sum();
    1.0 / (1.0 + (-sum).exp())
}

fn dense<const N: usize>(names: &[&str; N], numbers: &BTreeMap<String, f32>) -> [f32; N] {
    names.map(|name| numbers.get(name).copied().unwrap_or(0.0))
}

/// The shared numbers with a topic's own deviations added.
fn plus<const N: usize>(
    shared: [f32; N],
    names: &[&str; N],
    own: &BTreeMap<String, f32>,
) -> [f32; N] {
    let own = dense(names, own);
    std::array::from_fn(|i| shared[i] + own[i])
}

fn owned(numbers: &[(&str, f32)]) -> BTreeMap<String, f32> {
    numbers
        .iter()
        .map(|(name, number)| ((*name).to_owned(), *number))
        .collect()
}
