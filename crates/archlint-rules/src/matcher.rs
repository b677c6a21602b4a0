//! Finding all terms of all rules in a sentence, in one pass.

use crate::frozen::{Ints, Texts};
use crate::lexicon::{Memo, PhraseTable, Stem, Vocabulary, Word, for_each_word};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

/// The parts of a co-occurrence lie within this many words.
pub const MAX_DISTANCE: u32 = 40;

/// A term's number in its [`Matcher`], from 0.
pub type TermId = u32;

/// A term found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermHit {
    /// Which term.
    pub term: TermId,
    /// Its words, as indices into the words that were searched; for a co-occurrence the range that
    /// covers all parts.
    pub words: Range<u32>,
}

/// A rule that uses terms, by its index in [`crate::Rules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RuleRef {
    /// Index into `topics`.
    Topic(usize),
    /// Index into `patterns`.
    Pattern(usize),
}

/// What a term does in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Raises the question.
    When,
    /// Is an answer.
    Strong,
    /// Touches the topic.
    Weak,
    /// In a heading, announces an answer.
    Heading,
    /// In a code block, answers.
    Code,
    /// Has another sense: words inside it do not count.
    Not,
    /// Is the pattern's problem.
    PatternTerm,
    /// In the sentence, takes the problem away.
    PatternUnless,
    /// In the heading, makes the pattern look at the section.
    PatternSection,
    /// In the heading, makes the pattern skip the section.
    PatternNotSection,
}

/// A use of a term by a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermUse {
    /// The rule.
    pub rule: RuleRef,
    /// What the term does in it.
    pub role: Role,
}

/// Learned evidence: what a term that occurs says for or against a topic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signal {
    /// Index of the topic.
    pub topic: usize,
    /// The learned weight, negative when it speaks against the topic.
    pub weight: f32,
}

/// All terms of all rules, compiled for searching.
///
/// Searching costs time in proportion to the words searched and the terms found in them, not to
/// the number of rules.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Matcher {
    /// Tells the memos of different matchers apart.
    #[serde(skip, default = "next_id")]
    pub(crate) id: u64,
    pub(crate) vocabulary: Vocabulary,
    /// The phrases; their values are indices of targets, or terms with [`ONLY_SIGNAL`].
    pub(crate) phrases: PhraseTable,
    /// By target, the term that it stands for.
    pub(crate) target_terms: Ints,
    /// By target, index of the words that must stand as written, or [`NOT_EXACT`].
    pub(crate) target_exacts: Ints,
    pub(crate) exacts: Vec<ExactWords>,
    pub(crate) texts: Texts,
    /// The terms in the order of their texts.
    pub(crate) by_text: Ints,
    /// By term, a set of the constants of [`marks`].
    pub(crate) marks: Ints,
    /// By term, the first of its uses; one more at the end.
    pub(crate) first_use: Ints,
    pub(crate) uses: Vec<TermUse>,
    /// By term, the first of its signals; one more at the end.
    pub(crate) first_signal: Ints,
    /// By signal, its topic and the bits of its weight.
    pub(crate) signals: Ints,
    /// By term, the first of the co-occurrences that are anchored at it; one more at the end.
    pub(crate) first_cooccurrence: Ints,
    /// By co-occurrence, the term that it stands for.
    pub(crate) cooccurrence_terms: Ints,
    /// By co-occurrence, the first of its parts other than the anchor; one more at the end.
    pub(crate) first_part: Ints,
    pub(crate) parts: Ints,
    /// The concepts are the first so many terms.
    pub(crate) concepts: u32,
}

/// What is asked of a term for each of its hits.
pub(crate) mod marks {
    /// Its hits are given out; without, it only serves co-occurrences.
    pub const PUBLIC: u32 = 1;
    /// It gives words another sense.
    pub const NOT: u32 = 2;
}

/// Marks a phrase's value as a term that is a row of words and does nothing but signal, so that its
/// places do not matter.
pub(crate) const ONLY_SIGNAL: u32 = 1 << 31;

/// In place of an index of exact words: any form will do.
pub(crate) const NOT_EXACT: u32 = u32::MAX;

/// Words that must stand as written: position in the phrase and the word.
pub(crate) type ExactWords = Vec<(u32, Box<str>)>;

/// A number that no other matcher has.
pub(crate) fn next_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

#[derive(Debug, Clone, Copy)]
struct Raw {
    term: TermId,
    start: u32,
    end: u32,
}

/// Working memory of a search, kept between searches.
struct Scratch {
    /// The hits, ordered by term.
    raw: Vec<Raw>,
    /// Of the terms that were hit.
    hit: TermFilter,
}

/// A set of terms that says of a few others, too, that they are in it: most co-occurrences lack a
/// part, and this tells it without a search.
#[derive(Clone, Copy)]
struct TermFilter([u64; 16]);

impl TermFilter {
    const EMPTY: TermFilter = TermFilter([0; 16]);

    fn add(&mut self, term: TermId) {
        let (word, bit) = Self::place(term);
        self.0[word] |= bit;
    }

    fn may_hold(&self, term: TermId) -> bool {
        let (word, bit) = Self::place(term);
        self.0[word] & bit != 0
    }

    /// The low bits of a term's number: neighbours have places of their own.
    fn place(term: TermId) -> (usize, u64) {
        ((term / 64 % 16) as usize, 1 << (term % 64))
    }
}

thread_local! {
    static MEMO: RefCell<Memo> = const { RefCell::new(Memo::new()) };
    static SCRATCH: RefCell<Scratch> = const {
        RefCell::new(Scratch { raw: Vec::new(), hit: TermFilter::EMPTY })
    };
}

impl Matcher {
    /// Appends the words of `text` to `out`. `base` is where `text` begins in the document; the
    /// words' spans are bytes of the document.
    pub fn words(&self, text: &str, base: usize, out: &mut Vec<Word>) {
        MEMO.with_borrow_mut(|memo| {
            memo.prepare(self.id);
            for_each_word(text, |word, span| {
                out.push(Word {
                    stem: memo.stem(word, &self.vocabulary),
                    span: base + span.start..base + span.end,
                });
            });
        });
    }

    /// The stem of a single word in any case; 0 when no rule speaks of it.
    pub fn stem(&self, word: &str) -> Stem {
        MEMO.with_borrow_mut(|memo| {
            memo.prepare(self.id);
            memo.stem(word, &self.vocabulary)
        })
    }

    /// Appends all terms in `words`, which are the words of one sentence of `source`, to `out`, in an
    /// order that is always the same but means nothing. Of two hits of a term of which one lies in the
    /// other only the longer one is given. Terms that do nothing but signal are only named, in
    /// `signals`, once for each place.
    ///
    /// A co-occurrence is given once for each occurrence of its rarest part that has the others
    /// near enough (all within [`MAX_DISTANCE`] words, not overlapping).
    pub fn hits(
        &self,
        words: &[Word],
        source: &str,
        out: &mut Vec<TermHit>,
        signals: &mut Vec<TermId>,
    ) {
        SCRATCH.with_borrow_mut(|scratch| {
            scratch.raw.clear();
            self.phrase_hits(words, source, &mut scratch.raw, signals);
            scratch.order();
            let mut at = 0;
            while let Some(first) = scratch.raw.get(at) {
                let term = first.term;
                let same = scratch.raw[at..].iter().take_while(|raw| raw.term == term);
                let end = at + same.count();
                if self.marked(term, marks::PUBLIC) {
                    out.extend(scratch.raw[at..end].iter().map(|raw| TermHit {
                        term,
                        words: raw.start..raw.end,
                    }));
                }
                for index in range(&self.first_cooccurrence, term) {
                    let others = &self.parts[range(&self.first_part, index as u32)];
                    scratch.cooccurrences(self.cooccurrence_terms[index], others, at..end, out);
                }
                at = end;
            }
        });
    }

    /// Whether the term gives words another sense ([`Role::Not`]) for some rule.
    pub fn is_other_sense(&self, term: TermId) -> bool {
        self.marked(term, marks::NOT)
    }

    fn marked(&self, term: TermId, mark: u32) -> bool {
        self.marks
            .get(term as usize)
            .is_some_and(|marks| marks & mark != 0)
    }

    /// What a term says for and against topics, in their order.
    pub fn signals(&self, term: TermId) -> impl Iterator<Item = Signal> + '_ {
        let range = if (term as usize) < self.len() {
            range(&self.first_signal, term)
        } else {
            0..0
        };
        let (pairs, _) = self.signals[2 * range.start..2 * range.end].as_chunks::<2>();
        pairs.iter().map(|[topic, weight]| Signal {
            topic: *topic as usize,
            weight: f32::from_bits(*weight),
        })
    }

    /// The uses of a term, in the order of the rules.
    pub fn uses(&self, term: TermId) -> &[TermUse] {
        if (term as usize) < self.len() {
            &self.uses[range(&self.first_use, term)]
        } else {
            &[]
        }
    }

    /// The term as the pack writes it.
    pub fn text(&self, term: TermId) -> &str {
        self.texts.get(term)
    }

    /// How many terms there are; they are numbered from 0.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are no terms.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The term that is found wherever any term of the concept is.
    pub fn concept_term(&self, id: &str) -> Option<TermId> {
        self.term(&format!("{{{id}}}"))
            .filter(|term| *term < self.concepts)
    }

    /// All concepts with their terms, in the order of the pack.
    pub fn concepts(&self) -> impl Iterator<Item = (&str, TermId)> {
        (0..self.concepts).map(|term| (self.text(term).trim_matches(['{', '}']), term))
    }

    /// The term with this text, as a pack writes it.
    pub fn term(&self, text: &str) -> Option<TermId> {
        let at = self
            .by_text
            .binary_search_by(|&term| self.text(term).cmp(text));
        at.ok().map(|at| self.by_text[at])
    }

    fn phrase_hits(
        &self,
        words: &[Word],
        source: &str,
        raw: &mut Vec<Raw>,
        signals: &mut Vec<TermId>,
    ) {
        self.phrases
            .find(words, &self.vocabulary, |values, start, end| {
                for &value in values {
                    if value & ONLY_SIGNAL != 0 {
                        signals.push(value & !ONLY_SIGNAL);
                        continue;
                    }
                    let exact = self.target_exacts[value as usize];
                    if exact == NOT_EXACT || self.is_exact(exact, &words[start as usize..], source)
                    {
                        let term = self.target_terms[value as usize];
                        raw.push(Raw { term, start, end });
                    }
                }
            });
    }

    fn is_exact(&self, exact: u32, words: &[Word], source: &str) -> bool {
        self.exacts[exact as usize].iter().all(|(at, wanted)| {
            words
                .get(*at as usize)
                .and_then(|word| source.get(word.span.clone()))
                .is_some_and(|found| found == &**wanted)
        })
    }
}

/// The items of a key, from where each key's items start.
fn range(firsts: &[u32], key: u32) -> Range<usize> {
    let key = key as usize;
    firsts[key] as usize..firsts[key + 1] as usize
}

impl Scratch {
    /// Orders the hits and drops those inside another one of their term.
    fn order(&mut self) {
        self.raw
            .sort_unstable_by_key(|raw| (raw.term, raw.start, Reverse(raw.end)));
        self.hit = TermFilter::EMPTY;
        for raw in &self.raw {
            self.hit.add(raw.term);
        }
        let mut last: Option<Raw> = None;
        self.raw.retain(|raw| {
            let inside = last.is_some_and(|l| l.term == raw.term && raw.end <= l.end);
            if !inside {
                last = Some(*raw);
            }
            !inside
        });
    }

    fn hits_of(&self, term: TermId) -> &[Raw] {
        let start = self.raw.partition_point(|raw| raw.term < term);
        let count = self.raw[start..].partition_point(|raw| raw.term == term);
        &self.raw[start..start + count]
    }

    /// Appends the places of the co-occurrence `term` to `out`: those where `others` lie near one of
    /// the `anchors`, which are indices into `raw`.
    fn cooccurrences(
        &self,
        term: TermId,
        others: &[TermId],
        anchors: Range<usize>,
        out: &mut Vec<TermHit>,
    ) {
        let lacks = |&term: &TermId| !self.hit.may_hold(term) || self.hits_of(term).is_empty();
        if others.iter().any(lacks) {
            return;
        }
        let mut taken: Vec<Raw> = Vec::with_capacity(others.len() + 1);
        for &anchor in &self.raw[anchors] {
            taken.clear();
            taken.push(anchor);
            let found = others.iter().all(|&term| {
                let hit = nearest(self.hits_of(term), anchor, &taken);
                taken.extend(hit);
                hit.is_some()
            });
            if !found {
                continue;
            }
            let start = taken.iter().map(|raw| raw.start).min().unwrap_or(0);
            let end = taken.iter().map(|raw| raw.end).max().unwrap_or(0);
            if end - start <= MAX_DISTANCE {
                out.push(TermHit {
                    term,
                    words: start..end,
                });
            }
        }
    }
}

/// The hit nearest to `anchor` that overlaps none of `taken`. `hits` are ordered, none inside
/// another, so those that overlap lie next to each other and are few.
fn nearest(hits: &[Raw], anchor: Raw, taken: &[Raw]) -> Option<Raw> {
    /// More hits than words that parts may have cannot overlap on one side.
    const TRIES: usize = 2 * crate::term::MAX_WORDS * crate::term::MAX_PARTS;
    let free = |hit: &&Raw| {
        taken
            .iter()
            .all(|t| hit.end <= t.start || t.end <= hit.start)
    };
    let middle = hits.partition_point(|hit| hit.start < anchor.start);
    let before = hits[..middle].iter().rev().take(TRIES).find(free);
    let after = hits[middle..].iter().take(TRIES).find(free);
    match (before, after) {
        (Some(before), Some(after)) => {
            let gap_before = anchor.start.saturating_sub(before.end);
            let gap_after = after.start.saturating_sub(anchor.end);
            Some(if gap_before <= gap_after {
                *before
            } else {
                *after
            })
        }
        (before, after) => before.or(after).copied(),
    }
}
