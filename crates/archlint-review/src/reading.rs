//! Reading a document with the rules' words in mind: which terms stand in which segment and in
//! what kind of sentence.

use crate::figures::has_figure;
use crate::segments::{Segment, SegmentKind, segments};
use archlint_document::{BlockKind, Document, ResidueKind, RunStyle, Sentence, Span};
use archlint_rules::{Role, RuleRef, Rules, TermHit, TermId, Word};
use std::ops::Range;

/// What the rules' matcher found in a document.
#[derive(Debug, Default)]
pub struct Reading {
    /// The document's segments.
    pub segments: Vec<Segment>,
    /// Number of words in each segment.
    pub segment_words: Vec<u32>,
    /// For each segment, whether it says anything: not if all that stands in it are questions,
    /// links, catchwords or a template's leftovers.
    pub segment_claims: Vec<bool>,
    /// For each segment, its part of `mentions`.
    pub segment_mentions: Vec<Range<usize>>,
    /// Every place of a term in every segment, but for those that do nothing but signal.
    pub mentions: Vec<Mention>,
    /// For each segment, its part of `heard`.
    pub segment_heard: Vec<Range<usize>>,
    /// The terms in every segment that do nothing but signal, once for each place.
    pub heard: Vec<Heard>,
    /// For each section, the terms of its own heading (its part of `heading_terms`).
    pub section_terms: Vec<Range<usize>>,
    /// Terms of the headings.
    pub heading_terms: Vec<TermId>,
    /// For each section, the number of words in its heading.
    pub heading_words: Vec<u32>,
    /// For each section, the words in its own segments, templates' leftovers not counted.
    pub body_words: Vec<u32>,
    /// Words in the whole document, headings included.
    pub words: usize,
}

/// Fewer words than this are a catchword, not a statement.
const CLAIM: u32 = 5;

/// A term in a sentence (or in a code block).
#[derive(Debug, Clone, Copy)]
pub struct Mention {
    /// The term.
    pub term: TermId,
    /// Where the term itself stands, in bytes.
    pub start: u32,
    /// Byte after it.
    pub end: u32,
    /// How the sentence speaks.
    pub mood: Mood,
}

/// A term that does nothing but signal, in a sentence or in a code block.
#[derive(Debug, Clone, Copy)]
pub struct Heard {
    /// The term.
    pub term: TermId,
    /// Whether the sentence states nothing ([`Mood::ASKING`]).
    pub asked: bool,
}

/// How a sentence speaks: a set of the constants below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mood(u16);

impl Mood {
    /// It decides or prescribes: "we will", "must".
    pub const DECIDED: Mood = Mood(1);
    /// It asks, wonders, or leaves for later.
    pub const OPEN: Mood = Mood(2);
    /// It denies something.
    pub const NEGATED: Mood = Mood(4);
    /// It gives a reason or purpose.
    pub const REASONED: Mood = Mood(8);
    /// It compares.
    pub const COMPARED: Mood = Mood(16);
    /// It holds a figure with a unit.
    pub const FIGURE: Mood = Mood(32);
    /// It stands in a code block.
    pub const CODE: Mood = Mood(64);
    /// It stands in what a template left behind.
    pub const RESIDUE: Mood = Mood(128);
    /// It states nothing: it asks, leaves for later, or is only a link.
    pub const ASKING: Mood = Mood(256);

    /// The set as bits.
    pub(crate) fn bits(self) -> u16 {
        self.0
    }

    /// Whether all of `other` are in the set.
    pub fn has(self, other: Mood) -> bool {
        self.0 & other.0 == other.0
    }

    fn with(self, other: Mood, when: bool) -> Mood {
        if when { Mood(self.0 | other.0) } else { self }
    }
}

/// The concepts by which a sentence's mood is told.
const MOODS: [(&str, Mood); 6] = [
    ("modal-decided", Mood::DECIDED),
    ("modal-open", Mood::OPEN),
    ("modal-deferred", Mood::ASKING),
    ("modal-negated", Mood::NEGATED),
    ("modal-reasoned", Mood::REASONED),
    ("modal-compared", Mood::COMPARED),
];

/// Reads a document.
pub fn read(document: &Document, rules: &Rules) -> Reading {
    let mut reader = Reader {
        document,
        rules,
        moods: MOODS
            .iter()
            .filter_map(|(id, mood)| Some((rules.matcher.concept_term(id)?, *mood)))
            .collect(),
        words: Vec::new(),
        hits: Vec::new(),
        signals: Vec::new(),
    };
    let mut reading = Reading {
        segments: segments(document),
        body_words: vec![0; document.sections.len()],
        ..Reading::default()
    };
    reader.read_headings(&mut reading);
    reader.read_segments(&mut reading);
    reading
}

struct Reader<'a> {
    document: &'a Document,
    rules: &'a Rules,
    moods: Vec<(TermId, Mood)>,
    words: Vec<Word>,
    hits: Vec<TermHit>,
    signals: Vec<TermId>,
}

impl Reader<'_> {
    fn read_headings(&mut self, reading: &mut Reading) {
        for section in &self.document.sections {
            let from = reading.heading_terms.len();
            let mut count = 0;
            if section.heading.is_some()
                && let Some(block) = self.document.blocks.get(section.own_blocks.start)
            {
                for sentence in sentences(self.document, block.sentences.clone()) {
                    self.find_in_sentence(sentence);
                    count += self.words.len();
                    self.drop_other_senses();
                    reading
                        .heading_terms
                        .extend(self.hits.iter().map(|hit| hit.term));
                    reading.heading_terms.extend(&self.signals);
                }
            }
            reading
                .section_terms
                .push(from..reading.heading_terms.len());
            reading.heading_words.push(count as u32);
            reading.words += count;
        }
    }

    fn read_segments(&mut self, reading: &mut Reading) {
        let mut residue = self
            .document
            .residue
            .iter()
            .filter(|residue| residue.kind != ResidueKind::EmptySection)
            .peekable();
        for index in 0..reading.segments.len() {
            let segment = reading.segments[index].clone();
            while residue
                .peek()
                .is_some_and(|residue| residue.span.end <= segment.span.start)
            {
                residue.next();
            }
            let leftover = residue.peek().is_some_and(|residue| {
                residue.span.start < segment.span.end
                    && 2 * residue.span.len() >= segment.span.len()
            });
            let (first_mention, first_heard) = (reading.mentions.len(), reading.heard.len());
            let mut count = 0;
            // A row says something together with the heads of its columns.
            let mut claims = matches!(segment.kind, SegmentKind::TableRow(..));
            for block in &self.document.blocks[segment.blocks.clone()] {
                if let BlockKind::Code { content, .. } = &block.kind {
                    count += self.read_code(content, reading);
                    claims = true;
                    continue;
                }
                for sentence in sentences(self.document, block.sentences.clone()) {
                    let states = self.is_statement(sentence);
                    let words = self.read_sentence(sentence, leftover, states, reading);
                    claims |= words >= CLAIM && states;
                    count += words;
                }
            }
            reading.segment_claims.push(claims && !leftover);
            reading
                .segment_mentions
                .push(first_mention..reading.mentions.len());
            reading.segment_heard.push(first_heard..reading.heard.len());
            reading.segment_words.push(count);
            reading.words += count as usize;
            if !leftover && segment.kind != SegmentKind::Code {
                reading.body_words[segment.section] += count;
            }
        }
    }

    /// Whether a sentence is neither a question nor only a link.
    fn is_statement(&self, sentence: &Sentence) -> bool {
        let text = &self.document.text;
        let runs = self
            .document
            .runs
            .get(sentence.runs.clone())
            .unwrap_or_default();
        let prose = runs.iter().any(|run| {
            run.style != RunStyle::Link && text[run.span.clone()].contains(char::is_alphanumeric)
        });
        prose && !text[sentence.span.clone()].ends_with('?')
    }

    fn read_sentence(
        &mut self,
        sentence: &Sentence,
        leftover: bool,
        states: bool,
        reading: &mut Reading,
    ) -> u32 {
        self.find_in_sentence(sentence);
        let text = &self.document.text;
        let mut mood = Mood::default();
        for hit in &self.hits {
            for (term, found) in &self.moods {
                mood = mood.with(*found, hit.term == *term);
            }
        }
        mood = mood
            .with(Mood::OPEN, text[sentence.span.clone()].ends_with('?'))
            .with(Mood::FIGURE, has_figure(text, &self.words))
            .with(Mood::RESIDUE, leftover)
            .with(Mood::ASKING, leftover || !states);
        self.drop_other_senses();
        self.keep(mood, reading)
    }

    /// Code is read line by line, so that words of different statements are not taken together.
    fn read_code(&mut self, content: &Span, reading: &mut Reading) -> u32 {
        let text = &self.document.text;
        let mut count = 0;
        let mut at = content.start;
        for line in text[content.clone()].split_inclusive('\n') {
            self.words.clear();
            self.rules.matcher.words(line, at, &mut self.words);
            self.find();
            count += self.keep(Mood::CODE, reading);
            at += line.len();
        }
        count
    }

    fn keep(&self, mood: Mood, reading: &mut Reading) -> u32 {
        for hit in &self.hits {
            let span = self.span_of(hit);
            reading.mentions.push(Mention {
                term: hit.term,
                start: span.start as u32,
                end: span.end as u32,
                mood,
            });
        }
        let asked = mood.has(Mood::ASKING);
        let heard = self.signals.iter().map(|&term| Heard { term, asked });
        reading.heard.extend(heard);
        self.words.len() as u32
    }

    fn find_in_sentence(&mut self, sentence: &Sentence) {
        let text = &self.document.text;
        self.words.clear();
        for run in &self.document.runs[sentence.runs.clone()] {
            // Bare addresses are no prose.
            let piece = &text[run.span.clone()];
            if run.style == RunStyle::Link && piece.starts_with("http") {
                continue;
            }
            self.rules
                .matcher
                .words(piece, run.span.start, &mut self.words);
        }
        self.find();
    }

    /// Finds the terms in the words.
    fn find(&mut self) {
        self.hits.clear();
        self.signals.clear();
        self.rules.matcher.hits(
            &self.words,
            &self.document.text,
            &mut self.hits,
            &mut self.signals,
        );
    }

    /// Takes out the hits that lie within a phrase which gives their word another sense for every
    /// topic that they stand for.
    fn drop_other_senses(&mut self) {
        let matcher = &self.rules.matcher;
        let mut others: Vec<(RuleRef, Range<u32>)> = Vec::new();
        for hit in &self.hits {
            if !matcher.is_other_sense(hit.term) {
                continue;
            }
            for used in matcher.uses(hit.term) {
                if used.role == Role::Not {
                    others.push((used.rule, hit.words.clone()));
                }
            }
        }
        if others.is_empty() {
            return;
        }
        self.hits.retain(|hit| {
            let mut uses = matcher.uses(hit.term).iter().filter(|used| {
                matches!(
                    used.role,
                    Role::Strong | Role::Weak | Role::Heading | Role::When
                )
            });
            let covered = |rule: RuleRef| {
                others.iter().any(|(other, words)| {
                    *other == rule && words.start <= hit.words.start && hit.words.end <= words.end
                })
            };
            let mut any = false;
            let all = uses.all(|used| {
                any = true;
                covered(used.rule)
            });
            !(any && all)
        });
    }

    fn span_of(&self, hit: &TermHit) -> Span {
        let words = &self.words[hit.words.start as usize..hit.words.end as usize];
        match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => 0..0,
        }
    }
}

fn sentences(document: &Document, range: Range<usize>) -> &[Sentence] {
    document.sentences.get(range).unwrap_or_default()
}
