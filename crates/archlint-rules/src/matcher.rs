//! Finding all terms of all rules in a sentence, in one pass.

use crate::lexicon::{Memo, PhraseTable, Stem, Vocabulary, Word, for_each_word};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::ops::Range;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleRef {
    /// Index into `topics`.
    Topic(usize),
    /// Index into `patterns`.
    Pattern(usize),
}

/// What a term does in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Learned evidence; [`TermUse::weight`] says how much.
    Signal,
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TermUse {
    /// The rule.
    pub rule: RuleRef,
    /// What the term does in it.
    pub role: Role,
    /// For a signal its learned weight, otherwise 1.
    pub weight: f32,
}

/// All terms of all rules, compiled for searching.
///
/// Searching costs time in proportion to the words searched and the terms found in them, not to
/// the number of rules.
#[derive(Debug, Clone)]
pub struct Matcher {
    /// Tells the memos of different matchers apart.
    pub(crate) id: u64,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) phrases: PhraseTable,
    /// By node of the phrase table, the range of its targets.
    pub(crate) node_targets: Vec<u32>,
    pub(crate) targets: Vec<Target>,
    /// Words as `=` terms write them.
    pub(crate) exacts: Vec<ExactWords>,
    pub(crate) terms: Vec<TermInfo>,
    pub(crate) uses: Vec<TermUse>,
    /// By term, the range of the co-occurrences that are anchored at it.
    pub(crate) anchored: Vec<u32>,
    pub(crate) cooccurrences: Vec<Cooccurrence>,
    pub(crate) concepts: FxHashMap<String, TermId>,
    pub(crate) by_text: FxHashMap<String, TermId>,
}

/// What a phrase's end means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Target {
    pub term: TermId,
    /// Index into the exact words, or `NOT_EXACT`.
    pub exact: u32,
}

pub(crate) const NOT_EXACT: u32 = u32::MAX;

/// Words that must stand as written: position in the phrase and the word.
pub(crate) type ExactWords = Vec<(u32, Box<str>)>;

#[derive(Debug, Clone)]
pub(crate) struct TermInfo {
    pub text: String,
    /// Range of its uses.
    pub uses: Range<u32>,
    /// Whether its hits are given out, or only serve co-occurrences.
    pub public: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Cooccurrence {
    pub term: TermId,
    /// The parts other than the one that it is anchored at.
    pub others: Vec<TermId>,
}

#[derive(Debug, Clone, Copy)]
struct Raw {
    term: TermId,
    start: u32,
    end: u32,
}

/// Working memory of a search, kept between searches.
struct Scratch {
    raw: Vec<Raw>,
    /// By term: the search it was last found in, and where its hits stand in `raw`.
    groups: Vec<Group>,
    search: u32,
}

#[derive(Clone, Copy, Default)]
struct Group {
    search: u32,
    start: u32,
    end: u32,
}

thread_local! {
    static MEMO: RefCell<Memo> = const { RefCell::new(Memo::new()) };
    static SCRATCH: RefCell<Scratch> = const {
        RefCell::new(Scratch { raw: Vec::new(), groups: Vec::new(), search: 0 })
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

    /// Appends all terms in `words`, which are the words of one sentence of `source`, to `out`,
    /// ordered by term, then by place. Of two hits of a term of which one lies in the other only the
    /// longer one is given.
    ///
    /// A co-occurrence is given once for each occurrence of its rarest part that has the others
    /// near enough (all within [`MAX_DISTANCE`] words, not overlapping).
    pub fn hits(&self, words: &[Word], source: &str, out: &mut Vec<TermHit>) {
        SCRATCH.with_borrow_mut(|scratch| {
            scratch.start(self.terms.len());
            self.phrase_hits(words, source, &mut scratch.raw);
            scratch.group();
            let mut at = 0;
            while let Some(first) = scratch.raw.get(at) {
                let term = first.term;
                let end = scratch.groups[term as usize].end as usize;
                if self.terms[term as usize].public {
                    out.extend(scratch.raw[at..end].iter().map(|raw| TermHit {
                        term,
                        words: raw.start..raw.end,
                    }));
                }
                for cooccurrence in self.anchored_at(term) {
                    scratch.cooccurrences(cooccurrence, at..end, out);
                }
                at = end;
            }
        });
    }

    /// The uses of a term, in the order of the rules.
    pub fn uses(&self, term: TermId) -> &[TermUse] {
        self.terms.get(term as usize).map_or(&[], |info| {
            &self.uses[info.uses.start as usize..info.uses.end as usize]
        })
    }

    /// The term as the pack writes it.
    pub fn text(&self, term: TermId) -> &str {
        self.terms
            .get(term as usize)
            .map_or("", |info| info.text.as_str())
    }

    /// How many terms there are; they are numbered from 0.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there are no terms.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The term that is found wherever any term of the concept is.
    pub fn concept_term(&self, id: &str) -> Option<TermId> {
        self.concepts.get(id).copied()
    }

    /// All concepts with their terms, in no particular order.
    pub fn concepts(&self) -> impl Iterator<Item = (&str, TermId)> {
        self.concepts.iter().map(|(id, term)| (id.as_str(), *term))
    }

    /// The term with this text, as a pack writes it.
    pub fn term(&self, text: &str) -> Option<TermId> {
        self.by_text.get(text).copied()
    }

    fn phrase_hits(&self, words: &[Word], source: &str, raw: &mut Vec<Raw>) {
        self.phrases
            .find(words, &self.vocabulary, |node, start, end| {
                let first = self.node_targets[node as usize] as usize;
                let last = self.node_targets[node as usize + 1] as usize;
                for target in &self.targets[first..last] {
                    if target.exact == NOT_EXACT
                        || self.is_exact(target.exact, &words[start as usize..], source)
                    {
                        raw.push(Raw {
                            term: target.term,
                            start,
                            end,
                        });
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

    fn anchored_at(&self, term: TermId) -> &[Cooccurrence] {
        let first = self.anchored[term as usize] as usize;
        let last = self.anchored[term as usize + 1] as usize;
        &self.cooccurrences[first..last]
    }
}

impl Scratch {
    fn start(&mut self, terms: usize) {
        self.raw.clear();
        if self.groups.len() < terms {
            self.groups.resize(terms, Group::default());
        }
        self.search = self.search.wrapping_add(1);
        if self.search == 0 {
            self.groups.fill(Group::default());
            self.search = 1;
        }
    }

    /// Orders the hits, drops those inside another one of their term, and notes where each term's
    /// hits stand.
    fn group(&mut self) {
        self.raw
            .sort_unstable_by_key(|raw| (raw.term, raw.start, Reverse(raw.end)));
        let mut last: Option<Raw> = None;
        self.raw.retain(|raw| {
            let inside = last.is_some_and(|l| l.term == raw.term && raw.end <= l.end);
            if !inside {
                last = Some(*raw);
            }
            !inside
        });
        for (at, raw) in self.raw.iter().enumerate() {
            let group = &mut self.groups[raw.term as usize];
            if group.search != self.search {
                group.search = self.search;
                group.start = at as u32;
            }
            group.end = at as u32 + 1;
        }
    }

    fn hits_of(&self, term: TermId) -> &[Raw] {
        let group = self.groups[term as usize];
        if group.search == self.search {
            &self.raw[group.start as usize..group.end as usize]
        } else {
            &[]
        }
    }

    fn cooccurrences(
        &self,
        cooccurrence: &Cooccurrence,
        anchors: Range<usize>,
        out: &mut Vec<TermHit>,
    ) {
        let others = &cooccurrence.others;
        if others.iter().any(|&term| self.hits_of(term).is_empty()) {
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
                    term: cooccurrence.term,
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
