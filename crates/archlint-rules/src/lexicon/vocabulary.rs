//! The words that rules speak of.

use super::{Stem, stem_of};
use rustc_hash::{FxHashMap, FxHashSet};

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
    /// Words that stand next to each other in some term: left word, stem of the right one.
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
        let stem = stem_of(word);
        let stem = match self.stems.get(stem.as_ref()) {
            Some(&stem) => stem,
            None => {
                let next = self.stems.len() as Stem + 1;
                self.stems.insert(stem.into(), next);
                next
            }
        };
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
        let mut vocabulary = Vocabulary {
            words: FxHashMap::default(),
            parts: vec![(0, 0); self.stems.len() + 1],
            stems: self.stems,
            joined: FxHashMap::default(),
            lefts: FxHashSet::default(),
        };
        vocabulary.joined.reserve(self.pairs.len());
        // In the order of the words, not of the set, so that every run numbers them alike.
        let mut pairs: Vec<_> = self.pairs.into_iter().collect();
        pairs.sort_unstable();
        for (left, right) in pairs {
            let left_word = &self.words[left as usize];
            let digits = |w: &str| w.bytes().any(|b| b.is_ascii_digit());
            if !left_word.is_ascii() || digits(left_word) || digits(&self.words[right as usize]) {
                continue;
            }
            let stems = (
                self.word_stems[left as usize],
                self.word_stems[right as usize],
            );
            let next = vocabulary.parts.len() as Stem;
            let joined = *vocabulary.joined.entry(stems).or_insert(next);
            if joined == next {
                vocabulary.parts.push(stems);
            }
            if !vocabulary.lefts.contains(left_word) {
                vocabulary.lefts.insert(left_word.clone());
            }
        }
        let simple: FxHashMap<Box<str>, WordId> = self.ids;
        let resolved: Vec<Stem> = self
            .words
            .iter()
            .zip(&self.word_stems)
            .map(|(word, &stem)| {
                vocabulary
                    .split(word, |right| {
                        simple.get(right).map(|&id| self.word_stems[id as usize])
                    })
                    .unwrap_or(stem)
            })
            .collect();
        vocabulary.words = simple
            .into_iter()
            .map(|(word, id)| (word, resolved[id as usize]))
            .collect();
        (vocabulary, resolved)
    }
}

/// The stems that rules speak of, numbered from 1.
#[derive(Debug, Clone)]
pub(crate) struct Vocabulary {
    /// Stem of each word that a term writes, in lower case.
    words: FxHashMap<Box<str>, Stem>,
    /// Number of each stem.
    stems: FxHashMap<Box<str>, Stem>,
    /// Stem of two words written as one, by their stems.
    joined: FxHashMap<(Stem, Stem), Stem>,
    /// The two stems of a joined one; zeros for an ordinary one.
    parts: Vec<(Stem, Stem)>,
    /// First words of joined ones.
    lefts: FxHashSet<Box<str>>,
}

impl Vocabulary {
    /// The stem of a lower-case word, or 0 when no rule speaks of it.
    pub fn stem(&self, word: &str) -> Stem {
        if let Some(&stem) = self.words.get(word) {
            return stem;
        }
        if let Some(joined) = self.split(word, |_| None) {
            return joined;
        }
        self.simple_stem(word)
    }

    /// The two stems that a joined stem stands for; `None` for an ordinary one.
    pub fn parts(&self, stem: Stem) -> Option<(Stem, Stem)> {
        match self.parts.get(stem as usize) {
            Some(&(left, right)) if left != 0 => Some((left, right)),
            _ => None,
        }
    }

    /// How many stems there are, joined ones included.
    pub fn len(&self) -> usize {
        self.parts.len() - 1
    }

    /// The joined stem of `word` when it is two words of some term written as one. `known` gives
    /// the stems of words for which that is quicker than stemming.
    fn split(&self, word: &str, known: impl Fn(&str) -> Option<Stem>) -> Option<Stem> {
        // A word of which a single letter is cut off at the end is a plural.
        if !word.is_ascii() || word.len() < 4 {
            return None;
        }
        (1..word.len() - 1).find_map(|at| {
            let (left, right) = word.split_at(at);
            if left == "a" || !self.lefts.contains(left) {
                return None;
            }
            let left = self.simple_stem(left);
            let right = known(right).unwrap_or_else(|| self.simple_stem(right));
            self.joined.get(&(left, right)).copied()
        })
    }

    fn simple_stem(&self, word: &str) -> Stem {
        if let Some(&stem) = self.words.get(word)
            && self.parts(stem).is_none()
        {
            return stem;
        }
        self.stems.get(stem_of(word).as_ref()).copied().unwrap_or(0)
    }
}
