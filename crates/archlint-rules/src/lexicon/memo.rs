//! A small memory of words that were looked up before.

use super::{Stem, Vocabulary};

const SLOTS: usize = 1 << 14;
/// Longer words are not remembered.
const MAX_LEN: usize = 23;
/// Longer words are no words of any rule.
pub(crate) const LONGEST_WORD: usize = 64;

/// Remembers the stems of recent words: each word has one slot, which the next word with the same
/// slot takes over. Stemming is slow and documents repeat their words; hostile ones that do not
/// only lose the gain, and memory stays the same.
pub(crate) struct Memo {
    owner: u64,
    slots: Vec<Slot>,
}

#[derive(Clone, Copy)]
struct Slot {
    len: u8,
    word: [u8; MAX_LEN],
    stem: Stem,
}

const EMPTY: Slot = Slot {
    len: 0,
    word: [0; MAX_LEN],
    stem: 0,
};

impl Memo {
    /// An empty memory that takes no space yet.
    pub const fn new() -> Self {
        Memo {
            owner: 0,
            slots: Vec::new(),
        }
    }

    /// Forgets all when it was last used for another vocabulary than `owner`'s.
    pub fn prepare(&mut self, owner: u64) {
        if self.owner != owner || self.slots.is_empty() {
            self.slots.clear();
            self.slots.resize(SLOTS, EMPTY);
            self.owner = owner;
        }
    }

    /// The stem of `word`, in any case.
    pub fn stem(&mut self, word: &str, vocabulary: &Vocabulary) -> Stem {
        if word.len() > LONGEST_WORD {
            return 0;
        }
        if word.len() > MAX_LEN || !word.is_ascii() {
            return vocabulary.stem(&word.to_lowercase());
        }
        let mut lower = [0; MAX_LEN];
        let mut hash = word.len() as u32;
        for (to, from) in lower.iter_mut().zip(word.bytes()) {
            *to = from.to_ascii_lowercase();
            hash = (hash ^ u32::from(*to)).wrapping_mul(0x0100_0193);
        }
        let index = (hash ^ (hash >> 15)) as usize % SLOTS;
        let slot = &mut self.slots[index];
        if slot.len as usize == word.len() && slot.word == lower {
            return slot.stem;
        }
        let stem = std::str::from_utf8(&lower[..word.len()]).map_or(0, |w| vocabulary.stem(w));
        *slot = Slot {
            len: word.len() as u8,
            word: lower,
            stem,
        };
        stem
    }
}
