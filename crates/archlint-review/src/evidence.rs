//! From terms in segments to evidence: for each segment and topic, what speaks for an answer.

use crate::reading::{Mention, Mood, Reading};
use crate::segments::SegmentKind;
use archlint_document::Document;
use archlint_rules::{Role, RuleRef, Rules, TermId};

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

#[derive(Clone, Default)]
struct Sum {
    signal: f32,
    section_signal: f32,
    strong: u16,
    weak: u16,
    when: u16,
    code: u16,
    moods: u16,
    mention: Option<(u8, u32)>,
    raised_by: Option<u32>,
    asks: bool,
    in_segment: bool,
    in_section: bool,
}

struct Scratch {
    sums: Vec<Sum>,
    heading: Vec<f32>,
    heading_signal: Vec<f32>,
    /// By term, the last segment (from 1) and section (from 1) that it was counted in.
    in_segment: Vec<u32>,
    in_section: Vec<u32>,
    segment_topics: Vec<u32>,
    section_topics: Vec<u32>,
}

/// Gathers the evidence.
pub fn gather(document: &Document, reading: &Reading, rules: &Rules) -> Evidence {
    let topics = rules.topics.len();
    let roles: Vec<(TermId, usize)> = SECTION_ROLES
        .iter()
        .filter_map(|(id, feature)| Some((rules.matcher.concept_term(id)?, *feature)))
        .collect();
    let mut scratch = Scratch {
        sums: vec![Sum::default(); topics],
        heading: vec![0.0; topics],
        heading_signal: vec![0.0; topics],
        in_segment: vec![0; rules.matcher.len()],
        in_section: vec![0; rules.matcher.len()],
        segment_topics: Vec::new(),
        section_topics: Vec::new(),
    };
    let title = title_section(document);
    let mut evidence = Evidence::default();
    let mut from = 0;
    while from < reading.segments.len() {
        let section = reading.segments[from].section;
        let mut to = from;
        while to < reading.segments.len() && reading.segments[to].section == section {
            to += 1;
        }
        gather_section(
            document,
            reading,
            rules,
            &roles,
            title,
            from..to,
            &mut scratch,
            &mut evidence,
        );
        from = to;
    }
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

#[allow(clippy::too_many_arguments)]
fn gather_section(
    document: &Document,
    reading: &Reading,
    rules: &Rules,
    roles: &[(TermId, usize)],
    title: Option<usize>,
    segments: std::ops::Range<usize>,
    scratch: &mut Scratch,
    evidence: &mut Evidence,
) {
    let section = reading.segments[segments.start].section;
    let mut role_features = [0.0f32; EVIDENCE_FEATURES.len()];
    let mut heading_words = 0.0;
    let mut heading_topics: Vec<usize> = Vec::new();
    for (depth, ancestor) in headings_around(document, title, section) {
        for &term in &reading.heading_terms[reading.section_terms[ancestor].clone()] {
            for (role, feature) in roles {
                if *role == term {
                    role_features[*feature] = 1.0;
                }
            }
            for used in rules.matcher.uses(term) {
                let RuleRef::Topic(topic) = used.rule else {
                    continue;
                };
                match used.role {
                    Role::Signal => {
                        scratch.heading_signal[topic] += used.weight;
                        heading_topics.push(topic);
                    }
                    Role::Heading => {
                        let share = if depth == 0 { 1.0 } else { 0.5 };
                        scratch.heading[topic] = scratch.heading[topic].max(share);
                        heading_topics.push(topic);
                    }
                    _ => {}
                }
            }
        }
        heading_words += reading.heading_words[ancestor] as f32;
    }
    heading_topics.sort_unstable();
    heading_topics.dedup();

    let first_cell = evidence.cells.len();
    let mut section_words = heading_words;
    for index in segments {
        let segment = &reading.segments[index];
        let words = reading.segment_words[index] as f32 + heading_words;
        let length = words.ln_1p() / 4.0;
        let scale = (words + SMOOTHING_WORDS).sqrt();
        section_words += reading.segment_words[index] as f32;
        for mention in reading.segment_mentions[index].clone() {
            count(reading, rules, index, section, mention, scratch);
        }
        for &topic in &heading_topics {
            touch(
                &mut scratch.sums[topic],
                topic,
                &mut scratch.segment_topics,
                &mut scratch.section_topics,
            );
        }
        scratch.segment_topics.sort_unstable();
        for position in 0..scratch.segment_topics.len() {
            let topic = scratch.segment_topics[position] as usize;
            let heading = scratch.heading[topic];
            let sum = &mut scratch.sums[topic];
            let signal = (sum.signal + scratch.heading_signal[topic]) / scale;
            let spoken = sum.strong > 0 || sum.weak > 0 || sum.code > 0 || sum.when > 0;
            if spoken || heading > 0.0 || signal > SIGNAL_FLOOR {
                let mood = |mood: Mood| f32::from(u8::from(sum.moods & mood.bits() != 0));
                let log = |count: u16| match count {
                    // Most are, and logarithms take time.
                    0 => 0.0,
                    count => f32::from(count).ln_1p(),
                };
                let mut features = role_features;
                features[0] = 1.0;
                features[1] = signal;
                features[3] = log(sum.strong);
                features[4] = log(sum.weak);
                features[5] = heading;
                features[6] = log(sum.when);
                features[7] = log(sum.code);
                features[8] = mood(Mood::DECIDED);
                features[9] = mood(Mood::OPEN);
                features[10] = mood(Mood::NEGATED);
                features[11] = mood(Mood::REASONED);
                features[12] = mood(Mood::COMPARED);
                features[13] = mood(Mood::FIGURE);
                features[14] = f32::from(u8::from(segment.quoted));
                features[15] = f32::from(u8::from(segment.kind == SegmentKind::Code));
                features[16] = length;
                features[17] =
                    f32::from(u8::from(matches!(segment.kind, SegmentKind::TableRow(..))));
                evidence.cells.push(Cell {
                    segment: index as u32,
                    topic: topic as u32,
                    features,
                    strong: sum.strong,
                    weak: sum.weak,
                    when: sum.when,
                    mention: sum.mention.map(|(_, mention)| mention),
                    raised_by: sum.raised_by,
                    claims: reading.segment_claims[index],
                    asks: sum.asks,
                });
            }
            let sum = &mut scratch.sums[topic];
            *sum = Sum {
                section_signal: sum.section_signal,
                in_section: true,
                ..Sum::default()
            };
        }
        scratch.segment_topics.clear();
    }
    let scale = (section_words + SMOOTHING_WORDS).sqrt();
    for cell in &mut evidence.cells[first_cell..] {
        let topic = cell.topic as usize;
        cell.features[2] =
            (scratch.sums[topic].section_signal + scratch.heading_signal[topic]) / scale;
    }
    for &topic in &scratch.section_topics {
        scratch.sums[topic as usize] = Sum::default();
    }
    scratch.section_topics.clear();
    for topic in heading_topics {
        scratch.heading[topic] = 0.0;
        scratch.heading_signal[topic] = 0.0;
    }
}

fn touch(sum: &mut Sum, topic: usize, segment: &mut Vec<u32>, section: &mut Vec<u32>) {
    if !sum.in_segment {
        sum.in_segment = true;
        segment.push(topic as u32);
    }
    if !sum.in_section {
        sum.in_section = true;
        section.push(topic as u32);
    }
}

/// Adds one mention to the sums of the topics that it speaks to.
fn count(
    reading: &Reading,
    rules: &Rules,
    segment: usize,
    section: usize,
    index: usize,
    scratch: &mut Scratch,
) {
    let Mention { term, mood, .. } = reading.mentions[index];
    let at = term as usize;
    let asking = mood.has(Mood::ASKING);
    let new_in_segment = scratch.in_segment[at] != segment as u32 + 1;
    let new_in_section = scratch.in_section[at] != section as u32 + 1;
    // What is only asked for may still be stated later.
    if !asking {
        scratch.in_segment[at] = segment as u32 + 1;
        scratch.in_section[at] = section as u32 + 1;
    }
    for used in rules.matcher.uses(term) {
        let RuleRef::Topic(topic) = used.rule else {
            continue;
        };
        let sum = &mut scratch.sums[topic];
        let in_code = mood.has(Mood::CODE);
        let new = u16::from(new_in_segment);
        let rank = match used.role {
            Role::Signal if asking => continue,
            Role::Signal => {
                if new_in_segment {
                    sum.signal += used.weight;
                }
                if new_in_section {
                    sum.section_signal += used.weight;
                }
                touch(
                    sum,
                    topic,
                    &mut scratch.segment_topics,
                    &mut scratch.section_topics,
                );
                continue;
            }
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
        touch(
            sum,
            topic,
            &mut scratch.segment_topics,
            &mut scratch.section_topics,
        );
    }
}
