//! Finding many phrases in one pass over a row of stems.

use super::{Stem, Vocabulary, Word};
use rustc_hash::FxHashMap;

/// All phrases of all rules, as a tree of stems.
///
/// A search looks at each word of the row once and follows the tree from there, so its cost
/// depends on the length of the row and on how long the phrases are, not on how many there are.
#[derive(Debug, Clone)]
pub(crate) struct PhraseTable {
    /// Child of the root by stem; 0: none.
    roots: Vec<u32>,
    /// Child of any other node by stem.
    edges: FxHashMap<(u32, Stem), u32>,
    nodes: u32,
}

impl PhraseTable {
    /// An empty table for a vocabulary of `stems` stems and about `phrases` phrases.
    pub fn with_capacity(stems: usize, phrases: usize) -> Self {
        let mut edges = FxHashMap::default();
        edges.reserve(phrases * 2);
        PhraseTable {
            roots: vec![0; stems + 1],
            edges,
            nodes: 1,
        }
    }

    /// Adds a phrase and gives the number of its node; the same phrase has the same node.
    pub fn add(&mut self, stems: impl IntoIterator<Item = Stem>) -> u32 {
        let mut node = 0;
        for stem in stems {
            let slot = if node == 0 {
                &mut self.roots[stem as usize]
            } else {
                self.edges.entry((node, stem)).or_insert(0)
            };
            if *slot == 0 {
                *slot = self.nodes;
                self.nodes += 1;
            }
            node = *slot;
        }
        node
    }

    /// How many nodes there are; nodes are numbered from 1 (0 is the root).
    pub fn len(&self) -> usize {
        self.nodes as usize
    }

    /// Calls `f` with the node, the first word and the word after the last one of every row of
    /// words that follows a path of the tree, in order of the first word. A joined word
    /// ("rollback") counts for the two words that it is made of.
    pub fn find(&self, words: &[Word], vocabulary: &Vocabulary, mut f: impl FnMut(u32, u32, u32)) {
        for start in 0..words.len() {
            let mut node = 0;
            for (end, word) in words.iter().enumerate().skip(start) {
                node = match vocabulary.parts(word.stem) {
                    None => self.child(node, word.stem),
                    Some((left, right)) => match self.child(node, left) {
                        0 => 0,
                        middle => self.child(middle, right),
                    },
                };
                if node == 0 {
                    break;
                }
                f(node, start as u32, end as u32 + 1);
            }
        }
    }

    fn child(&self, node: u32, stem: Stem) -> u32 {
        if stem == 0 {
            0
        } else if node == 0 {
            self.roots.get(stem as usize).copied().unwrap_or(0)
        } else {
            self.edges.get(&(node, stem)).copied().unwrap_or(0)
        }
    }
}
