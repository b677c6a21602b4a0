//! From the gathered phrases and co-occurrences to the matcher's tables.

use super::Compiler;
use crate::lexicon::{PhraseTable, Stem};
use crate::matcher::{Matcher, NOT_EXACT, ONLY_SIGNAL, TermId, next_id};

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
        let terms = self.texts_of_terms.len();
        self.uses.sort_by_key(|(term, _)| *term);
        self.signals
            .sort_by_key(|(term, signal)| (*term, signal.topic));
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
        let mut only_signals = vec![false; terms];
        for (term, _) in &self.signals {
            only_signals[*term as usize] = true;
        }
        let others = self.uses.iter().map(|(term, _)| *term);
        let parts = cooccurrences
            .iter()
            .flat_map(|(anchor, term, parts)| parts.iter().chain([anchor, term]).copied());
        for term in others
            .chain(parts)
            .chain(0..self.pack.concepts.len() as u32)
        {
            only_signals[term as usize] = false;
        }
        let mut targets: Vec<(TermId, u32)> = Vec::new();
        let valued = self
            .phrases
            .iter()
            .zip(&rows)
            .map(|((_, term, exact), row)| {
                let value = if only_signals[*term as usize] && *exact == NOT_EXACT {
                    term | ONLY_SIGNAL
                } else {
                    targets.push((*term, *exact));
                    targets.len() as u32 - 1
                };
                (&row_stems[row.clone()], value)
            })
            .collect();
        let phrases = PhraseTable::new(vocabulary.simple_stems(), valued);
        let mut by_text: Vec<(String, TermId)> = self.by_text.into_iter().collect();
        by_text.sort_unstable();
        Matcher {
            id: next_id(),
            vocabulary,
            phrases,
            target_terms: targets
                .iter()
                .map(|(term, _)| *term)
                .collect::<Vec<_>>()
                .into(),
            target_exacts: targets
                .iter()
                .map(|(_, exact)| *exact)
                .collect::<Vec<_>>()
                .into(),
            exacts: self.exacts,
            texts: self.texts_of_terms,
            by_text: by_text
                .iter()
                .map(|(_, term)| *term)
                .collect::<Vec<_>>()
                .into(),
            marks: self.marks.into(),
            first_use: offsets(terms, self.uses.iter().map(|(term, _)| *term)).into(),
            uses: self
                .uses
                .into_iter()
                .map(|(_, term_use)| term_use)
                .collect(),
            first_signal: offsets(terms, self.signals.iter().map(|(term, _)| *term)).into(),
            signals: self
                .signals
                .iter()
                .flat_map(|(_, signal)| [signal.topic as u32, signal.weight.to_bits()])
                .collect::<Vec<_>>()
                .into(),
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
