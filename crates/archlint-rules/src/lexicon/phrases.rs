//! Finding many phrases in one pass over a row of stems.

use super::{Stem, Vocabulary, Word};
use crate::frozen::Ints;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::ops::Range;

/// All phrases of all rules, as a tree of stems.
///
/// A search looks at each word of the row once and follows the tree from there, so its cost
/// depends on the length of the row and on how long the phrases are, not on how many there are.
///
/// Nodes are numbered from the root (0) downwards, level by level, so that the children of a node
/// are neighbours, in the order of their stems. The root has a child for every stem, so that stem and
/// child have the same number.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct PhraseTable {
    /// By node, as [`NODE`] numbers that are read together: the stem that leads to it, its first
    /// child, the first of the values that end there. One more node at the end.
    nodes: Ints,
    values: Ints,
}

/// Numbers of a node.
const NODE: usize = 3;

impl PhraseTable {
    /// A table of these rows of stems and their values. `stem_count` is the highest stem.
    pub fn new(stem_count: usize, mut phrases: Vec<(&[Stem], u32)>) -> Self {
        phrases.sort_unstable();
        phrases.dedup();
        let mut nodes: Vec<[u32; NODE]> = vec![[0; NODE]];
        let mut values = Vec::new();
        // Nodes whose children are still to be made, each with its phrases and its depth.
        let mut open: VecDeque<(Range<usize>, usize)> = [(0..phrases.len(), 0)].into();
        let mut done = 0;
        while let Some((range, depth)) = open.pop_front() {
            nodes[done] = [nodes[done][0], nodes.len() as u32, values.len() as u32];
            done += 1;
            let mut at = range.start;
            while at < range.end && phrases[at].0.len() == depth {
                values.push(phrases[at].1);
                at += 1;
            }
            while at < range.end || (depth == 0 && nodes.len() <= stem_count) {
                let stem = match depth {
                    0 => nodes.len() as Stem,
                    _ => phrases[at].0[depth],
                };
                let same = phrases[at..range.end]
                    .iter()
                    .take_while(|(row, _)| row[depth] == stem)
                    .count();
                nodes.push([stem, 0, 0]);
                open.push_back((at..at + same, depth + 1));
                at += same;
            }
        }
        nodes.push([0, nodes.len() as u32, values.len() as u32]);
        PhraseTable {
            nodes: nodes.into_flattened().into(),
            values: values.into(),
        }
    }

    /// Calls `f` with the values, the first word and the word after the last one of every phrase in
    /// `words`, in order of the first word. A joined word ("rollback") counts for the two words that
    /// it is made of.
    pub fn find(
        &self,
        words: &[Word],
        vocabulary: &Vocabulary,
        mut f: impl FnMut(&[u32], u32, u32),
    ) {
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
                let values = self.range(node, 2);
                if !values.is_empty() {
                    f(&self.values[values], start as u32, end as u32 + 1);
                }
            }
        }
    }

    fn child(&self, node: u32, stem: Stem) -> u32 {
        let children = self.range(node, 1);
        if node == 0 {
            return if (stem as usize) < children.end {
                stem
            } else {
                0
            };
        }
        let (nodes, _) = self.nodes.as_chunks::<NODE>();
        match nodes[children.clone()].binary_search_by_key(&stem, |child| child[0]) {
            Ok(at) => (children.start + at) as u32,
            Err(_) => 0,
        }
    }

    /// The children (1) or the values (2) of a node.
    fn range(&self, node: u32, which: usize) -> Range<usize> {
        let at = node as usize * NODE + which;
        self.nodes[at] as usize..self.nodes[at + NODE] as usize
    }
}
