//! From terms in segments to evidence: for each segment and topic, what speaks for an answer.

use crate::counted::Counted;
use crate::reading::{Mention, Mood, Reading};
use crate::segments::SegmentKind;
use archlint_document::Document;
use archlint_rules::{Role, RuleRef, Rules, TermId};
use std::ops::Range;

/// The features of a [`Cell`], by their names in `[model.evidence]`.
pub const EVIDENCE_FEATURES: [&str; 23] = [
    "bias",
    "signal",
    "section-signal",
    "strong",
    "weak",
    "heading",
    "when",
    "code",
    "decided",
    "open",
    "negated",
    "reasoned",
    "compared",
    "figure",
    "quoted",
    "code-block",
    "length",
    "table",
    "in-decision",
    "in-alternatives",
    "in-background",
    "in-open",
    "in-references",
];

/// The concepts that tell what a section is for, with the feature that each switches on.
const SECTION_ROLES: [(&str, usize); 6] = [
    ("section-decision", 18),
    ("section-design", 18),
    ("section-alternatives", 19),
    ("section-background", 20),
    ("section-open", 21),
    ("section-references", 22),
];

/// What one segment says to one topic.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Index of the segment.
    pub segment: u32,
    /// Index of the topic.
    pub topic: u32,
    /// The features, in the order of [`EVIDENCE_FEATURES`].
    pub features: [f32; EVIDENCE_FEATURES.len()],
    /// Distinct strong terms.
    pub strong: u16,
    /// Distinct weak terms.
    pub weak: u16,
    /// Distinct terms that raise the question.
    pub when: u16,
    /// The most telling mention: a strong one before a weak one before one that raises.
    pub mention: Option<u32>,
    /// The first mention that raises the question.
    pub raised_by: Option<u32>,
    /// Whether the segment says anything; what only asks or names cannot answer.
    pub claims: bool,
    /// Whether the segment asks after the topic by name.
    pub asks: bool,
}

/// The cells of a document, in its order, and what its sections say.
#[derive(Debug, Default)]
pub struct Evidence {
    /// Every segment and topic with something to say to each other.
    pub cells: Vec<Cell>,
    /// Sections whose own heading announces a topic: section, topic.
    pub announced: Vec<(u32, u32)>,
}

/// Segments of fewer words than this are not diluted by their length.
pub const SMOOTHING_WORDS: f32 = 20.0;
/// A learned signal below this is nothing.
const SIGNAL_FLOOR: f32 = 0.05;

/// What the mentions of a segment amount to for a topic.
#[derive(Clone, Default)]
struct Sum {
    strong: u16,
    weak: u16,
    when: u16,
    code: u16,
    moods: u16,
    mention: Option<(u8, u32)>,
    raised_by: Option<u32>,
    asks: bool,
}

/// Gathers the evidence.
pub fn gather(document: &Document, reading: &Reading, rules: &Rules) -> Evidence {
    let mut evidence = Counted::with_borrow_mut(rules.matcher.len(), |counted| {
        let topics = rules.topics.len();
        let mut gatherer = Gatherer {
            reading,
            rules,
            roles: SECTION_ROLES
                .iter()
                .filter_map(|(id, feature)| Some((rules.matcher.concept_term(id)?, *feature)))
                .collect(),
            sums: vec![Sum::default(); topics],
            signal: vec![0.0; topics],
            section_signal: vec![0.0; topics],
            heading: vec![0.0; topics],
            heading_signal: vec![0.0; topics],
            counted,
            evidence: Evidence::default(),
        };
        let title = title_section(document);
        let sections = reading.segments.chunk_by(|a, b| a.section == b.section);
        let mut from = 0;
        for segments in sections {
            let around = headings_around(document, title, segments[0].section);
            gatherer.section(around, from..from + segments.len());
            from += segments.len();
        }
        gatherer.evidence
    });
    for section in 0..document.sections.len() {
        for &term in &reading.heading_terms[reading.section_terms[section].clone()] {
            for used in rules.matcher.uses(term) {
                if let (Role::Heading, RuleRef::Topic(topic)) = (used.role, used.rule) {
                    evidence.announced.push((section as u32, topic as u32));
                }
            }
        }
    }
    evidence.announced.sort_unstable();
    evidence.announced.dedup();
    evidence
}

/// The section whose heading is the document's title: the first one, when it is of level 1.
pub fn title_section(document: &Document) -> Option<usize> {
    let first = document.sections.get(1)?;
    (first.level == 1).then_some(1)
}

/// The sections whose headings say what a section's own text is about: itself (depth 0) and the one
/// around it (depth 1), but not the document's title, which says it of everything.
pub fn headings_around(
    document: &Document,
    title: Option<usize>,
    section: usize,
) -> impl Iterator<Item = (usize, usize)> + '_ {
    std::iter::once(section)
        .chain(document.ancestors(section))
        .take(2)
        .enumerate()
        .filter(move |(_, section)| Some(*section) != title)
}

struct Gatherer<'a> {
    reading: &'a Reading,
    rules: &'a Rules,
    /// Concepts that tell what a section is for, and the features that they switch on.
    roles: Vec<(TermId, usize)>,
    /// By topic, what the mentions of the present segment amount to.
    sums: Vec<Sum>,
    /// By topic, the learned words of the present segment, section and headings.
    signal: Vec<f32>,
    section_signal: Vec<f32>,
    heading_signal: Vec<f32>,
    /// By topic, whether the headings announce it (1), or the one further out does (0.5).
    heading: Vec<f32>,
    counted: &'a mut Counted,
    evidence: Evidence,
}

impl Gatherer<'_> {
    /// The evidence of the segments of a section; `around` are its headings, by depth.
    fn section(&mut self, around: impl Iterator<Item = (usize, usize)>, segments: Range<usize>) {
        let mut role_features = [0.0f32; EVIDENCE_FEATURES.len()];
        let mut heading_words = 0.0;
        for (depth, section) in around {
            self.headings(depth, section, &mut role_features);
            heading_words += self.reading.heading_words[section] as f32;
        }
        self.counted.next_section();
        let first_cell = self.evidence.cells.len();
        let mut section_words = heading_words;
        for index in segments {
            let words = self.reading.segment_words[index] as f32;
            section_words += words;
            self.counted.next_segment();
            for mention in self.reading.segment_mentions[index].clone() {
                self.count(mention);
            }
            for heard in &self.reading.heard[self.reading.segment_heard[index].clone()] {
                if !heard.asked {
                    self.hear(heard.term);
                }
            }
            self.cells(index, words + heading_words, &role_features);
        }
        let scale = (section_words + SMOOTHING_WORDS).sqrt();
        for cell in &mut self.evidence.cells[first_cell..] {
            let topic = cell.topic as usize;
            cell.features[2] = (self.section_signal[topic] + self.heading_signal[topic]) / scale;
        }
        self.section_signal.fill(0.0);
        self.heading_signal.fill(0.0);
        self.heading.fill(0.0);
    }

    /// Adds what a heading over the present section says.
    fn headings(
        &mut self,
        depth: usize,
        section: usize,
        role_features: &mut [f32; EVIDENCE_FEATURES.len()],
    ) {
        for &term in &self.reading.heading_terms[self.reading.section_terms[section].clone()] {
            for (role, feature) in &self.roles {
                if *role == term {
                    role_features[*feature] = 1.0;
                }
            }
            for used in self.rules.matcher.uses(term) {
                if let (Role::Heading, RuleRef::Topic(topic)) = (used.role, used.rule) {
                    let share = if depth == 0 { 1.0 } else { 0.5 };
                    self.heading[topic] = self.heading[topic].max(share);
                }
            }
            for signal in self.rules.matcher.signals(term) {
                self.heading_signal[signal.topic] += signal.weight;
            }
        }
    }

    /// Adds what a term of a segment that states something says, once for the segment and once for
    /// the section.
    fn hear(&mut self, term: TermId) {
        let (new_in_segment, new_in_section) = self.counted.count(term);
        if new_in_segment {
            for signal in self.rules.matcher.signals(term) {
                self.signal[signal.topic] += signal.weight;
            }
        }
        if new_in_section {
            for signal in self.rules.matcher.signals(term) {
                self.section_signal[signal.topic] += signal.weight;
            }
        }
    }

    /// Adds one mention to the sums of the topics that it speaks to.
    fn count(&mut self, index: usize) {
        let Mention { term, mood, .. } = self.reading.mentions[index];
        let asking = mood.has(Mood::ASKING);
        let new = u16::from(self.counted.is_new(term));
        // What is only asked for may still be stated later.
        if !asking {
            self.hear(term);
        }
        for used in self.rules.matcher.uses(term) {
            let RuleRef::Topic(topic) = used.rule else {
                continue;
            };
            let sum = &mut self.sums[topic];
            let in_code = mood.has(Mood::CODE);
            let rank = match used.role {
                Role::Code if in_code => {
                    sum.code += new;
                    3
                }
                Role::Strong if in_code => {
                    sum.code += new;
                    2
                }
                Role::Strong if asking => {
                    sum.asks |= !mood.has(Mood::RESIDUE);
                    sum.weak += new;
                    1
                }
                Role::Strong => {
                    sum.strong += new;
                    4
                }
                Role::Weak if !in_code => {
                    sum.weak += new;
                    1
                }
                Role::When if !in_code => {
                    sum.when += new;
                    if sum.raised_by.is_none() {
                        sum.raised_by = Some(index as u32);
                    }
                    0
                }
                _ => continue,
            };
            if rank > 0 {
                sum.moods |= mood.bits();
                if sum.mention.is_none_or(|(best, _)| best < rank) {
                    sum.mention = Some((rank, index as u32));
                }
            }
        }
    }

    /// Makes the cells of a segment of so many words from what was added, and forgets that.
    fn cells(&mut self, index: usize, words: f32, role_features: &[f32; EVIDENCE_FEATURES.len()]) {
        let segment = &self.reading.segments[index];
        let length = words.ln_1p() / 4.0;
        let scale = (words + SMOOTHING_WORDS).sqrt();
        let topics = self.sums.iter().zip(&self.heading);
        let signals = self.signal.iter().zip(&self.heading_signal);
        for (topic, ((sum, heading), (signal, heading_signal))) in topics.zip(signals).enumerate() {
            let signal = (signal + heading_signal) / scale;
            let spoken = sum.strong > 0 || sum.weak > 0 || sum.code > 0 || sum.when > 0;
            if spoken || *heading > 0.0 || signal > SIGNAL_FLOOR {
                let mood = |mood: Mood| flag(sum.moods & mood.bits() != 0);
                let mut features = *role_features;
                features[0] = 1.0;
                features[1] = signal;
                features[3] = log(sum.strong);
                features[4] = log(sum.weak);
                features[5] = *heading;
                features[6] = log(sum.when);
                features[7] = log(sum.code);
                features[8] = mood(Mood::DECIDED);
                features[9] = mood(Mood::OPEN);
                features[10] = mood(Mood::NEGATED);
                features[11] = mood(Mood::REASONED);
                features[12] = mood(Mood::COMPARED);
                features[13] = mood(Mood::FIGURE);
                features[14] = flag(segment.quoted);
                features[15] = flag(segment.kind == SegmentKind::Code);
                features[16] = length;
                features[17] = flag(matches!(segment.kind, SegmentKind::TableRow(..)));
                self.evidence.cells.push(Cell {
                    segment: index as u32,
                    topic: topic as u32,
                    features,
                    strong: sum.strong,
                    weak: sum.weak,
                    when: sum.when,
                    mention: sum.mention.map(|(_, mention)| mention),
                    raised_by: sum.raised_by,
                    claims: self.reading.segment_claims[index],
                    asks: sum.asks,
                });
            }
        }
        self.sums.fill(Sum::default());
        self.signal.fill(0.0);
    }
}

/// A feature that is there or not.
pub(crate) fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

fn log(count: u16) -> f32 {
    match count {
        // Most are, and logarithms take time.
        0 => 0.0,
        count => f32::from(count).ln_1p(),
    }
}
