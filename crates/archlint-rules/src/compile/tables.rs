//! From the gathered phrases and co-occurrences to the matcher's tables.

use super::Compiler;
use crate::lexicon::{PhraseTable, Stem};
use crate::matcher::{Matcher, TermId, next_id};

impl Compiler<'_> {
    /// The matcher of all that was gathered.
    pub(super) fn finish(mut self) -> Matcher {
        let (vocabulary, word_stems) = self.vocabulary.build();
        let mut row_stems: Vec<Stem> = Vec::with_capacity(self.phrase_words.len() * 2);
        let mut rows = Vec::with_capacity(self.phrases.len());
        for (words, ..) in &self.phrases {
            let start = row_stems.len();
            for &word in &self.phrase_words[words.start as usize..words.end as usize] {
                let stem = word_stems[word as usize];
                match vocabulary.parts(stem) {
                    None => row_stems.push(stem),
                    Some((left, right)) => row_stems.extend([left, right]),
                }
            }
            rows.push(start..row_stems.len());
        }
        let valued = (0..)
            .zip(&rows)
            .map(|(value, row)| (&row_stems[row.clone()], value));
        let phrases = PhraseTable::new(vocabulary.simple_stems(), valued.collect());

        let terms = self.texts_of_terms.len();
        self.uses.sort_by_key(|(term, _)| *term);
        let mut phrases_of = vec![0u32; terms];
        for (_, term, _) in &self.phrases {
            phrases_of[*term as usize] += 1;
        }
        let mut cooccurrences: Vec<(TermId, TermId, Vec<TermId>)> = self
            .cooccurrences
            .into_iter()
            .map(|(mut parts, term)| {
                // Anchored at the part with the fewest phrases, which is the rarest in documents.
                let rarest = (0..parts.len())
                    .min_by_key(|&i| phrases_of[parts[i] as usize])
                    .unwrap_or(0);
                (parts.remove(rarest), term, parts)
            })
            .collect();
        cooccurrences.sort();
        let part_owners = (0..)
            .zip(&cooccurrences)
            .flat_map(|(index, (_, _, parts))| parts.iter().map(move |_| index));
        let mut by_text: Vec<(String, TermId)> = self.by_text.into_iter().collect();
        by_text.sort_unstable();
        Matcher {
            id: next_id(),
            vocabulary,
            phrases,
            target_terms: self
                .phrases
                .iter()
                .map(|(_, term, _)| *term)
                .collect::<Vec<_>>()
                .into(),
            target_exacts: self
                .phrases
                .iter()
                .map(|(.., exact)| *exact)
                .collect::<Vec<_>>()
                .into(),
            exacts: self.exacts,
            texts: self.texts_of_terms,
            by_text: by_text
                .iter()
                .map(|(_, term)| *term)
                .collect::<Vec<_>>()
                .into(),
            public: self.public,
            first_use: offsets(terms, self.uses.iter().map(|(term, _)| *term)).into(),
            uses: self
                .uses
                .into_iter()
                .map(|(_, term_use)| term_use)
                .collect(),
            first_cooccurrence: offsets(terms, cooccurrences.iter().map(|c| c.0)).into(),
            cooccurrence_terms: cooccurrences.iter().map(|c| c.1).collect::<Vec<_>>().into(),
            first_part: offsets(cooccurrences.len(), part_owners).into(),
            parts: cooccurrences
                .iter()
                .flat_map(|c| c.2.iter().copied())
                .collect::<Vec<_>>()
                .into(),
            concepts: self.pack.concepts.len() as u32,
        }
    }
}

/// For keys in order, where each key's items start; one more at the end.
fn offsets(keys: usize, items: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut offsets = vec![0; keys + 1];
    for key in items {
        offsets[key as usize + 1] += 1;
    }
    for key in 0..keys {
        offsets[key + 1] += offsets[key];
    }
    offsets
}
