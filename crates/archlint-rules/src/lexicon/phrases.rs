//! Finding many phrases in one pass over a row of stems.

use super::{Stem, Vocabulary, Word};
use crate::frozen::Ints;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// All phrases of all rules, as a tree of stems.
///
/// A search looks at each word of the row once and follows the tree from there, so its cost
/// depends on the length of the row and on how long the phrases are, not on how many there are.
///
/// Nodes are numbered from the root (0) downwards, level by level, so that the children of a node
/// are neighbours, in the order of their stems.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct PhraseTable {
    /// Child of the root by stem; 0: none.
    roots: Ints,
    /// By node, its first child; one more at the end.
    first_child: Ints,
    /// By node, the stem that leads to it.
    stems: Ints,
    /// By node, the first of the values that end there; one more at the end.
    first_value: Ints,
    values: Ints,
}

impl PhraseTable {
    /// A table of these rows of stems and their values. `stem_count` is the highest stem.
    pub fn new(stem_count: usize, mut phrases: Vec<(&[Stem], u32)>) -> Self {
        phrases.sort_unstable();
        phrases.dedup();
        let mut table = PhraseTable {
            roots: vec![0; stem_count + 1].into(),
            stems: vec![0].into(),
            ..PhraseTable::default()
        };
        // Nodes whose children are still to be made, each with its phrases and its depth.
        let mut open: std::collections::VecDeque<(Range<usize>, usize)> =
            [(0..phrases.len(), 0)].into();
        while let Some((range, depth)) = open.pop_front() {
            table.first_child.0.push(table.stems.len() as u32);
            table.first_value.0.push(table.values.len() as u32);
            let mut at = range.start;
            while at < range.end && phrases[at].0.len() == depth {
                table.values.0.push(phrases[at].1);
                at += 1;
            }
            while at < range.end {
                let stem = phrases[at].0[depth];
                let same = phrases[at..range.end]
                    .iter()
                    .take_while(|(row, _)| row[depth] == stem)
                    .count();
                if depth == 0 {
                    table.roots.0[stem as usize] = table.stems.len() as u32;
                }
                table.stems.0.push(stem);
                open.push_back((at..at + same, depth + 1));
                at += same;
            }
        }
        table.first_child.0.push(table.stems.len() as u32);
        table.first_value.0.push(table.values.len() as u32);
        table
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
                let values = range(&self.first_value, node);
                if !values.is_empty() {
                    f(&self.values[values], start as u32, end as u32 + 1);
                }
            }
        }
    }

    fn child(&self, node: u32, stem: Stem) -> u32 {
        if stem == 0 {
            return 0;
        }
        if node == 0 {
            return self.roots.get(stem as usize).copied().unwrap_or(0);
        }
        let children = range(&self.first_child, node);
        match self.stems[children.clone()].binary_search(&stem) {
            Ok(at) => (children.start + at) as u32,
            Err(_) => 0,
        }
    }
}

fn range(firsts: &[u32], node: u32) -> Range<usize> {
    let node = node as usize;
    firsts[node] as usize..firsts[node + 1] as usize
}
