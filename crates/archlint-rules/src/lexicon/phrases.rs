//! Finding many phrases in one pass over a row of stems.

use super::Stem;
use rustc_hash::FxHashMap;

/// A phrase's number in its [`PhraseTable`], from 0.
pub type PhraseId = u32;

/// A phrase found in a row of stems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhraseHit {
    /// Which phrase.
    pub phrase: PhraseId,
    /// Index of its first word.
    pub start: u32,
    /// Index after its last word.
    pub end: u32,
}

/// All phrases of all rules, as a tree of stems.
///
/// A search looks at each position of the row once and follows the tree from there, so its cost
/// depends on the length of the row and on how long the phrases are, not on how many there are.
#[derive(Debug, Default, Clone)]
pub struct PhraseTable {
    /// Child of a node (0: the root) by stem.
    edges: FxHashMap<(u32, Stem), u32>,
    /// Phrases that end at a node.
    ends: Vec<Option<PhraseId>>,
    phrases: u32,
}

impl PhraseTable {
    /// Adds a phrase and gives its number; the same phrase keeps its number. `stems` must not be empty.
    pub fn add(&mut self, stems: &[Stem]) -> PhraseId {
        if self.ends.is_empty() {
            self.ends.push(None);
        }
        let mut node = 0;
        for &stem in stems {
            let next = self.ends.len() as u32;
            node = *self.edges.entry((node, stem)).or_insert(next);
            if node == next {
                self.ends.push(None);
            }
        }
        let end = &mut self.ends[node as usize];
        *end.get_or_insert_with(|| {
            self.phrases += 1;
            self.phrases - 1
        })
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.phrases as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.phrases == 0
    }

    /// Calls `f` with every phrase in `stems`, overlapping ones too, in order of their first word.
    pub fn find(&self, stems: &[Stem], mut f: impl FnMut(PhraseHit)) {
        for start in 0..stems.len() {
            let mut node = 0;
            for (end, &stem) in stems.iter().enumerate().skip(start) {
                if stem == 0 {
                    break;
                }
                let Some(&next) = self.edges.get(&(node, stem)) else {
                    break;
                };
                node = next;
                if let Some(phrase) = self.ends[node as usize] {
                    f(PhraseHit {
                        phrase,
                        start: start as u32,
                        end: end as u32 + 1,
                    });
                }
            }
        }
    }
}
