//! From evidence to features: what a whole document shows on one topic, as named numbers.

use crate::Kind;
use crate::evidence::{Cell, EVIDENCE_FEATURES, Evidence, flag, title_section};
use crate::people::names_reviewers;
use crate::reading::Reading;
use archlint_document::Document;
use archlint_rules::{Role, RuleRef, Rules, Topic};

/// The features by which a topic is judged answered or touched, by their names in
/// `[model.answered]`, `[model.touched]` and the tables of `[[weights]]`.
pub const TOPIC_FEATURES: [&str; 30] = [
    "bias",
    "evidence-best",
    "evidence-top3",
    "evidence-sum",
    "signal-best",
    "signal-top3",
    "section-signal-best",
    "strong-terms",
    "strong-segments",
    "weak-segments",
    "densest-segment",
    "heading",
    "heading-best",
    "decided",
    "open-mood",
    "negated",
    "reasoned",
    "compared",
    "figure",
    "when",
    "code",
    "length",
    "subject",
    "diagram",
    "reviewers",
    "status",
    "adr",
    "overview",
    "empty-heading",
    "asked-after",
];

/// The features by which a question is judged open (expected and not answered), by their names in
/// `[model.open]`. They are few: what is asked is mostly what is touched and not answered.
pub const QUESTION_FEATURES: [&str; 8] = [
    "bias",
    "expected",
    "p-answered",
    "p-half",
    "when",
    "always",
    "length",
    "empty-heading",
];

/// Index of the feature that the document itself asks after a topic.
pub(crate) const ASKED_AFTER: usize = 29;

/// The features of one topic.
pub type TopicFeatures = [f32; TOPIC_FEATURES.len()];
/// The features of one question.
pub type QuestionFeatures = [f32; QUESTION_FEATURES.len()];

/// What is the same for all topics of a document.
#[derive(Debug, Clone, Copy)]
pub struct Traits {
    /// Its kind.
    pub kind: Kind,
    /// Natural logarithm of its number of words, made small: 1,000 words are about 0.
    pub length: f32,
    /// Whether it has a diagram.
    pub diagram: bool,
    /// Whether it names reviewers, approvers or deciders.
    pub reviewers: bool,
    /// Whether it has a status.
    pub status: bool,
}

/// Shorter documents count as long as this, in words: shorter than any that was learned from.
const SHORT: usize = 200;

/// The traits of a document.
pub fn traits(document: &Document, reading: &Reading, kind: Kind) -> Traits {
    Traits {
        kind,
        length: ((reading.words.max(SHORT) as f32).ln() - 7.0) / 2.0,
        diagram: !document.diagrams.is_empty(),
        reviewers: names_reviewers(document),
        status: document.field("status").is_some()
            || document.sections.iter().any(|section| {
                section
                    .heading
                    .as_ref()
                    .is_some_and(|heading| heading.text.to_lowercase().starts_with("status"))
            }),
    }
}

/// How strongly a cell speaks, in log-odds, by the weights of `[model.evidence]`.
pub fn strength(cell: &Cell, weights: &[f32; EVIDENCE_FEATURES.len()]) -> f32 {
    let sum: f32 = cell.features.iter().zip(weights).map(|(x, w)| x * w).sum();
    if cell.claims { sum } else { sum - HOLLOW }
}

/// A topic's features over the whole document, and its cells, strongest first.
#[derive(Debug, Clone)]
pub struct TopicView {
    /// The features.
    pub features: TopicFeatures,
    /// Indices of its cells with their strength, strongest first.
    pub cells: Vec<(u32, f32)>,
}

/// What a segment without a statement loses, in log-odds. Such segments are too rare in finished
/// documents to learn it from, and the rule in documents that are being written.
const HOLLOW: f32 = 8.0;
/// Strength of a topic that no cell speaks of.
const NOTHING: f32 = -6.0;

/// The views of all topics, in the rules' order. `weights_of` gives the weights of a topic's cells.
pub fn views<'w>(
    document: &Document,
    reading: &Reading,
    evidence: &Evidence,
    traits: &Traits,
    rules: &Rules,
    weights_of: impl Fn(usize) -> &'w [f32; EVIDENCE_FEATURES.len()],
) -> Vec<TopicView> {
    let mut views: Vec<TopicView> = (0..rules.topics.len())
        .map(|_| TopicView {
            features: [0.0; TOPIC_FEATURES.len()],
            cells: Vec::new(),
        })
        .collect();
    for (index, cell) in evidence.cells.iter().enumerate() {
        views[cell.topic as usize].cells.push((
            index as u32,
            strength(cell, weights_of(cell.topic as usize)),
        ));
    }
    let body = body_words(document, reading);
    let mut announced = vec![(0.0f32, 0.0f32, false); rules.topics.len()];
    for &(section, topic) in &evidence.announced {
        let words = body[section as usize] as f32;
        let entry = &mut announced[topic as usize];
        if words < 6.0 {
            entry.2 = true;
        } else {
            entry.0 += words;
            entry.1 = entry.1.max(words);
        }
    }
    let subjects = subjects(document, reading, rules);
    for (topic, view) in views.iter_mut().enumerate() {
        view.cells
            .sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        fill(view, evidence);
        let f = &mut view.features;
        f[0] = 1.0;
        f[11] = announced[topic].0.ln_1p() / 4.0;
        f[12] = announced[topic].1.ln_1p() / 4.0;
        f[21] = traits.length;
        f[22] = flag(subjects[topic]);
        f[23] = flag(traits.diagram);
        f[24] = flag(traits.reviewers);
        f[25] = flag(traits.status);
        f[26] = flag(traits.kind == Kind::Adr);
        f[27] = flag(traits.kind == Kind::Overview);
        f[28] = flag(announced[topic].2 && announced[topic].0 == 0.0);
        let asks = |(cell, _): &(u32, f32)| evidence.cells[*cell as usize].asks;
        f[ASKED_AFTER] = flag(view.cells.iter().any(asks));
    }
    views
}

/// What the cells of one topic amount to.
fn fill(view: &mut TopicView, evidence: &Evidence) {
    let strengths = |index: usize| view.cells.get(index).map_or(NOTHING, |cell| cell.1);
    let centred = |strength: f32| (strength.max(NOTHING) + 4.0) / 3.0;
    let (mut strong, mut strong_segments, mut weak_segments) = (0u32, 0u32, 0u32);
    let (mut densest, mut when, mut code, mut sum) = (0u16, 0u32, 0.0f32, 0.0f32);
    let mut signals = [0.0f32; 3];
    let mut section_signal = 0.0f32;
    let mut moods = [0.0f32; 6];
    for (position, (index, strength)) in view.cells.iter().enumerate() {
        let cell = &evidence.cells[*index as usize];
        when += u32::from(cell.when);
        sum += 1.0 / (1.0 + (-strength).exp());
        if !cell.claims {
            continue;
        }
        strong += u32::from(cell.strong);
        strong_segments += u32::from(cell.strong > 0);
        weak_segments += u32::from(cell.weak > 0);
        densest = densest.max(cell.strong + cell.weak);
        code += cell.features[7];
        section_signal = section_signal.max(cell.features[2]);
        let mut signal = cell.features[1];
        for best in &mut signals {
            if signal > *best {
                std::mem::swap(best, &mut signal);
            }
        }
        if position < 3 {
            for (mood, feature) in moods.iter_mut().zip([8, 9, 10, 11, 12, 13]) {
                *mood = mood.max(cell.features[feature]);
            }
        }
    }
    let log = |count: u32| (count as f32).ln_1p() / 2.0;
    let f = &mut view.features;
    let top3 = (strengths(0) + strengths(1) + strengths(2)) / 3.0;
    f[1] = centred(strengths(0));
    f[2] = centred(top3);
    f[3] = (sum + 0.01).ln() / 2.0;
    f[4] = signals[0];
    f[5] = signals.iter().sum::<f32>() / 3.0;
    f[6] = section_signal;
    f[7] = log(strong);
    f[8] = log(strong_segments);
    f[9] = log(weak_segments);
    f[10] = log(u32::from(densest));
    f[13..19].copy_from_slice(&moods);
    f[19] = log(when);
    f[20] = code.ln_1p() / 2.0;
}

/// Words under each section, subsections included.
fn body_words(document: &Document, reading: &Reading) -> Vec<u32> {
    let mut words = reading.body_words.clone();
    for section in (1..document.sections.len()).rev() {
        if let Some(parent) = document.sections[section].parent {
            words[parent] = words[parent].saturating_add(words[section]);
        }
    }
    words
}

/// For each topic whether the document's title speaks of it.
fn subjects(document: &Document, reading: &Reading, rules: &Rules) -> Vec<bool> {
    let mut subjects = vec![false; rules.topics.len()];
    let section = title_section(document).unwrap_or(1);
    let Some(terms) = reading.section_terms.get(section) else {
        return subjects;
    };
    for &term in &reading.heading_terms[terms.clone()] {
        for used in rules.matcher.uses(term) {
            if let (Role::Strong | Role::Weak | Role::Heading, RuleRef::Topic(topic)) =
                (used.role, used.rule)
            {
                subjects[topic] = true;
            }
        }
    }
    subjects
}

/// The features of a question, from its topic's features and the probabilities (0-1) that it is
/// answered, that it is at least touched, and that a reviewer expects an answer.
pub fn question(
    topic: &Topic,
    features: &TopicFeatures,
    answered: f32,
    touched: f32,
    expected: f32,
) -> QuestionFeatures {
    [
        1.0,
        logit(expected),
        answered,
        touched - answered,
        features[19],
        flag(topic.asked.always),
        features[21],
        features[28],
    ]
}

fn logit(p: f32) -> f32 {
    let p = p.clamp(0.01, 0.99);
    (p / (1.0 - p)).ln()
}
