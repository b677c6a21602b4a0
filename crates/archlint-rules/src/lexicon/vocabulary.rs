//! The words that rules speak of.

use super::{Stem, stem_of};
use crate::frozen::{Hash, Ints, TextTable};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// A word of a term, by its number in the [`VocabularyBuilder`].
pub(crate) type WordId = u32;

/// Gathers the words of all terms.
#[derive(Debug, Default)]
pub(crate) struct VocabularyBuilder {
    /// Lower-case words as terms write them.
    ids: FxHashMap<Box<str>, WordId>,
    words: Vec<Box<str>>,
    /// Stem of each word.
    word_stems: Vec<Stem>,
    stems: FxHashMap<Box<str>, Stem>,
    /// Words that stand next to each other in some term.
    pairs: FxHashSet<(WordId, WordId)>,
}

impl VocabularyBuilder {
    /// The number of `word`, in any case.
    pub fn word(&mut self, word: &str) -> WordId {
        let lower;
        let word = if word.bytes().any(|b| b.is_ascii_uppercase() || b >= 128) {
            lower = word.to_lowercase();
            &lower
        } else {
            word
        };
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let next = self.stems.len() as Stem + 1;
        let stem = *self.stems.entry(stem_of(word).into()).or_insert(next);
        let id = self.words.len() as WordId;
        self.ids.insert(word.into(), id);
        self.words.push(word.into());
        self.word_stems.push(stem);
        id
    }

    /// Notes that documents may write `left` and `right` as one word.
    pub fn pair(&mut self, left: WordId, right: WordId) {
        self.pairs.insert((left, right));
    }

    /// The vocabulary, and for each word its stem.
    pub fn build(self) -> (Vocabulary, Vec<Stem>) {
        let joins = |word: WordId| {
            let word = &self.words[word as usize];
            word.bytes().all(|b| b.is_ascii_alphabetic())
        };
        let mut joined = Vec::with_capacity(self.pairs.len());
        let mut lefts = Vec::new();
        for &(left, right) in &self.pairs {
            // "a" in front of a word makes another word too often ("a way", "away").
            if joins(left) && joins(right) && &*self.words[left as usize] != "a" {
                let stem = self.word_stems[left as usize];
                joined.push((stem, self.word_stems[right as usize]));
                lefts.push((&*self.words[left as usize], stem));
            }
        }
        joined.sort_unstable();
        joined.dedup();
        // In the order of the words, not of the set, so that every run builds the same tables.
        lefts.sort_unstable();
        lefts.dedup();
        let mut stems: Vec<(&str, Stem)> = self.stems.iter().map(|(s, &n)| (&**s, n)).collect();
        stems.sort_unstable();
        let mut vocabulary = Vocabulary {
            words: TextTable::new([]),
            simple_stems: self.stems.len() as u32,
            stems: TextTable::new(stems),
            left_stems: joined
                .iter()
                .map(|(left, _)| *left)
                .collect::<Vec<_>>()
                .into(),
            right_stems: joined
                .iter()
                .map(|(_, right)| *right)
                .collect::<Vec<_>>()
                .into(),
            lefts: TextTable::new(lefts),
        };
        let resolved: Vec<Stem> = self
            .words
            .iter()
            .zip(&self.word_stems)
            .map(|(word, &stem)| vocabulary.split(word).unwrap_or(stem))
            .collect();
        vocabulary.words = TextTable::new(
            self.words
                .iter()
                .map(|w| &**w)
                .zip(resolved.iter().copied()),
        );
        (vocabulary, resolved)
    }
}

/// The stems that rules speak of, numbered from 1: first the simple ones, then the joined ones, which
/// stand for two words written as one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Vocabulary {
    /// Stem of each word that a term writes, in lower case.
    words: TextTable,
    /// Number of each simple stem.
    stems: TextTable,
    /// How many simple stems there are.
    simple_stems: u32,
    /// Simple stems that joined ones begin with, in order.
    left_stems: Ints,
    /// Simple stems that joined ones end with.
    right_stems: Ints,
    /// First words of joined ones, and their stems.
    lefts: TextTable,
}

impl Vocabulary {
    /// The stem of a lower-case word, or 0 when no rule speaks of it.
    pub fn stem(&self, word: &str) -> Stem {
        self.words
            .get(word)
            .or_else(|| self.split(word))
            .unwrap_or_else(|| self.simple_stem(word))
    }

    /// The two stems that a joined stem stands for; `None` for a simple one.
    pub fn parts(&self, stem: Stem) -> Option<(Stem, Stem)> {
        let at = stem.checked_sub(self.simple_stems + 1)? as usize;
        Some((*self.left_stems.get(at)?, *self.right_stems.get(at)?))
    }

    /// How many simple stems there are.
    pub fn simple_stems(&self) -> usize {
        self.simple_stems as usize
    }

    /// The joined stem of `word` when it is two words of some term written as one.
    fn split(&self, word: &str) -> Option<Stem> {
        if !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let mut hash = Hash::EMPTY;
        (1..word.len()).find_map(|at| {
            hash = hash.then(word.as_bytes()[at - 1]);
            let left = self.lefts.get_hashed(&word[..at], hash)?;
            let right = self.simple_stem(&word[at..]);
            self.joined(left, right)
        })
    }

    fn joined(&self, left: Stem, right: Stem) -> Option<Stem> {
        let first = self.left_stems.partition_point(|&stem| stem < left);
        let count = self.left_stems[first..].partition_point(|&stem| stem == left);
        let rights = &self.right_stems[first..first + count];
        let at = rights.binary_search(&right).ok()?;
        Some(self.simple_stems + 1 + (first + at) as Stem)
    }

    fn simple_stem(&self, word: &str) -> Stem {
        self.stems.get(&stem_of(word)).unwrap_or(0)
    }
}
