//! A small memory of words that were looked up before.

use super::{Stem, Vocabulary};
use crate::frozen::Hash;

const SHORT_SLOTS: usize = 1 << 14;
const LONG_SLOTS: usize = 1 << 12;
/// Longer words are no words of any rule.
pub(crate) const LONGEST_WORD: usize = 64;

/// Remembers the stems of recent words: each word has one slot, which the next word with the same
/// slot takes over. Stemming is slow and documents repeat their words; hostile ones that do not
/// only lose the gain, and memory stays the same: little enough for a core's own cache.
pub(crate) struct Memo {
    owner: u64,
    short: Vec<Slot<12>>,
    long: Vec<Slot<28>>,
}

/// A word of ASCII letters and digits in lower case, zeros behind it, and its stem. It fills a
/// quarter or a half of a cache line.
#[derive(Clone, Copy)]
#[repr(align(16))]
struct Slot<const N: usize> {
    word: [u8; N],
    stem: Stem,
}

impl Memo {
    /// An empty memory that takes no space yet.
    pub const fn new() -> Self {
        Memo {
            owner: 0,
            short: Vec::new(),
            long: Vec::new(),
        }
    }

    /// Forgets all when it was last used for another vocabulary than `owner`'s.
    pub fn prepare(&mut self, owner: u64) {
        if self.owner != owner || self.short.is_empty() {
            forget(&mut self.short, SHORT_SLOTS);
            forget(&mut self.long, LONG_SLOTS);
            self.owner = owner;
        }
    }

    /// The stem of `word`, in any case.
    pub fn stem(&mut self, word: &str, vocabulary: &Vocabulary) -> Stem {
        if word.len() > LONGEST_WORD {
            0
        } else if !word.is_ascii() || word.len() > 28 {
            vocabulary.stem(&word.to_lowercase())
        } else if word.len() <= 12 {
            look_up(&mut self.short, word, vocabulary)
        } else {
            look_up(&mut self.long, word, vocabulary)
        }
    }
}

fn forget<const N: usize>(slots: &mut Vec<Slot<N>>, count: usize) {
    let empty = Slot {
        word: [0; N],
        stem: 0,
    };
    slots.clear();
    slots.resize(count, empty);
}

fn look_up<const N: usize>(slots: &mut [Slot<N>], word: &str, vocabulary: &Vocabulary) -> Stem {
    let mut lower = [0; N];
    let mut hash = Hash::EMPTY;
    for (to, from) in lower.iter_mut().zip(word.bytes()) {
        *to = from.to_ascii_lowercase();
        hash = hash.then(*to);
    }
    let index = hash.value() % slots.len();
    let slot = &mut slots[index];
    if slot.word == lower {
        return slot.stem;
    }
    let stem = std::str::from_utf8(&lower[..word.len()]).map_or(0, |w| vocabulary.stem(w));
    *slot = Slot { word: lower, stem };
    stem
}
