//! From the terms of a pack to a matcher.

use crate::error::{PackError, did_you_mean};
use crate::frozen::Texts;
use crate::lexicon::{PhraseTable, Stem, VocabularyBuilder, WordId};
use crate::matcher::{ExactWords, Matcher, NOT_EXACT, Role, RuleRef, TermId, TermUse, next_id};
use crate::merge::Pack;
use crate::table::Errors;
use crate::term::{Part, Piece, parse};
use crate::{Place, Text};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A term stands for at most this many phrases, concepts written out.
const MAX_EXPANSION: usize = 5_000;
/// All terms together stand for at most this many phrases.
const MAX_PHRASES: usize = 2_000_000;

/// Compiles the terms of `pack`; `texts` are its sources, for places inside terms.
pub(crate) fn compile(pack: &Pack, texts: &[&str], errors: &Errors) -> Matcher {
    let mut compiler = Compiler::new(pack, texts, errors);
    compiler.concepts();
    for (index, topic) in pack.topics.iter().enumerate() {
        let rule = RuleRef::Topic(index);
        compiler.uses(rule, Role::When, &topic.asked.when);
        compiler.uses(rule, Role::Strong, &topic.answer.strong);
        compiler.uses(rule, Role::Weak, &topic.answer.weak);
        compiler.uses(rule, Role::Heading, &topic.answer.headings);
        compiler.uses(rule, Role::Code, &topic.answer.code);
        compiler.uses(rule, Role::Not, &topic.answer.not);
    }
    for (index, signals) in &pack.signals {
        for (text, weight) in signals {
            compiler.term_use(RuleRef::Topic(*index), Role::Signal, text, *weight);
        }
    }
    for (index, pattern) in pack.patterns.iter().enumerate() {
        let rule = RuleRef::Pattern(index);
        compiler.uses(rule, Role::PatternTerm, &pattern.terms);
        compiler.uses(rule, Role::PatternUnless, &pattern.unless);
        compiler.uses(rule, Role::PatternSection, &pattern.sections);
        compiler.uses(rule, Role::PatternNotSection, &pattern.not_sections);
    }
    compiler.finish()
}

/// A row of words, some of which must stand as written.
#[derive(Debug, Clone, Default)]
struct Phrase {
    words: Vec<WordId>,
    exact: ExactWords,
}

/// What a concept stands for, other concepts written out.
#[derive(Debug, Default)]
struct Expansion {
    phrases: Vec<Phrase>,
    /// Co-occurrences by their parts.
    cooccurrences: Vec<Vec<TermId>>,
}

struct Compiler<'p> {
    pack: &'p Pack,
    texts: &'p [&'p str],
    errors: &'p Errors,
    vocabulary: VocabularyBuilder,
    concept_index: FxHashMap<&'p str, usize>,
    expansions: Vec<Expansion>,
    texts_of_terms: Texts,
    public: Vec<u8>,
    by_text: FxHashMap<String, TermId>,
    uses: Vec<(TermId, TermUse)>,
    /// Phrases as ranges of `phrase_words`, the terms they stand for, and their exact words.
    phrases: Vec<(Range<u32>, TermId, u32)>,
    phrase_words: Vec<WordId>,
    exacts: Vec<ExactWords>,
    cooccurrences: Vec<(Vec<TermId>, TermId)>,
}

impl<'p> Compiler<'p> {
    fn new(pack: &'p Pack, texts: &'p [&'p str], errors: &'p Errors) -> Self {
        Compiler {
            pack,
            texts,
            errors,
            vocabulary: VocabularyBuilder::default(),
            concept_index: pack
                .concepts
                .iter()
                .enumerate()
                .map(|(i, concept)| (&*concept.id, i))
                .collect(),
            expansions: Vec::new(),
            texts_of_terms: Texts::default(),
            public: Vec::new(),
            by_text: FxHashMap::default(),
            uses: Vec::new(),
            phrases: Vec::new(),
            phrase_words: Vec::new(),
            exacts: Vec::new(),
            cooccurrences: Vec::new(),
        }
    }

    /// Writes out all concepts, each after those that it refers to.
    fn concepts(&mut self) {
        let concepts = &self.pack.concepts;
        for concept in concepts {
            let term = self.new_term(format!("{{{}}}", concept.id.text));
            self.public[term as usize] = 1;
            self.expansions.push(Expansion::default());
        }
        for index in self.concept_order() {
            let mut expansion = Expansion::default();
            for text in &concepts[index].terms {
                self.expand_concept_term(text, &mut expansion);
            }
            let term = index as TermId;
            for phrase in &expansion.phrases {
                self.add_phrase(phrase, term);
            }
            for parts in &expansion.cooccurrences {
                self.cooccurrences.push((parts.clone(), term));
            }
            self.expansions[index] = expansion;
        }
    }

    fn expand_concept_term(&mut self, text: &Text, expansion: &mut Expansion) {
        let Some(parts) = self.parse(text) else {
            return;
        };
        match parts.as_slice() {
            [(_, part)] => {
                if let Some(inner) = self.whole_concept(part) {
                    let inner = &self.expansions[inner];
                    expansion.phrases.extend(inner.phrases.iter().cloned());
                    expansion
                        .cooccurrences
                        .extend(inner.cooccurrences.iter().cloned());
                } else if let Some(phrases) = self.expand(text, part) {
                    expansion.phrases.extend(phrases);
                }
                if expansion.phrases.len() > MAX_EXPANSION {
                    expansion.phrases.truncate(MAX_EXPANSION);
                    self.error(
                        PackError::at(text.place, "a concept that stands for too many phrases")
                            .help(format!("with this term it has more than {MAX_EXPANSION}")),
                    );
                }
            }
            _ => {
                let parts = self.part_terms(text, &parts);
                expansion.cooccurrences.extend(parts);
            }
        }
    }

    /// The concepts' indices, each after those that its terms name; circles are reported.
    fn concept_order(&self) -> Vec<usize> {
        let concepts = &self.pack.concepts;
        let references: Vec<Vec<(usize, &Text)>> = concepts
            .iter()
            .map(|concept| {
                concept
                    .terms
                    .iter()
                    .flat_map(|text| named_concepts(text).map(move |id| (id, text)))
                    .filter_map(|(id, text)| Some((*self.concept_index.get(id)?, text)))
                    .collect()
            })
            .collect();
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Open,
            Done,
        }
        let mut state = vec![State::New; concepts.len()];
        let mut order = Vec::with_capacity(concepts.len());
        // Depth first with a stack of our own: a chain of concepts may be long.
        for root in 0..concepts.len() {
            let mut stack = vec![(root, 0)];
            while let Some((index, next)) = stack.pop() {
                if next == 0 {
                    if state[index] != State::New {
                        continue;
                    }
                    state[index] = State::Open;
                }
                match references[index].get(next) {
                    None => {
                        state[index] = State::Done;
                        order.push(index);
                    }
                    Some(&(inner, text)) => {
                        stack.push((index, next + 1));
                        match state[inner] {
                            State::New => stack.push((inner, 0)),
                            State::Done => {}
                            State::Open => self.error(circle(text, inner, &stack, self.pack)),
                        }
                    }
                }
            }
        }
        order
    }

    fn uses(&mut self, rule: RuleRef, role: Role, terms: &[Text]) {
        for text in terms {
            self.term_use(rule, role, text, 1.0);
        }
    }

    fn term_use(&mut self, rule: RuleRef, role: Role, text: &Text, weight: f32) {
        if let Some(term) = self.whole_term(text) {
            self.public[term as usize] = 1;
            self.uses.push((term, TermUse { rule, role, weight }));
        }
    }

    /// The number of a whole term, compiled when it is new.
    fn whole_term(&mut self, text: &Text) -> Option<TermId> {
        if let Some(&term) = self.by_text.get(text.trim()) {
            return Some(term);
        }
        let parts = self.parse(text)?;
        match parts.as_slice() {
            [(part_text, part)] => self.part_term(text, part_text, part),
            _ => {
                let parts = self.part_terms(text, &parts)?;
                let term = self.new_term(text.trim().to_string());
                self.cooccurrences.push((parts, term));
                Some(term)
            }
        }
    }

    /// The terms of the parts of a co-occurrence.
    fn part_terms(&mut self, text: &Text, parts: &[(&str, Part<'_>)]) -> Option<Vec<TermId>> {
        let mut terms = Vec::with_capacity(parts.len());
        for (part_text, part) in parts {
            if let Some(index) = self.whole_concept(part)
                && !self.expansions[index].cooccurrences.is_empty()
            {
                self.refuse_cooccurring(text, part);
                return None;
            }
            terms.push(self.part_term(text, part_text, part)?);
        }
        Some(terms)
    }

    fn part_term(&mut self, text: &Text, part_text: &str, part: &Part<'_>) -> Option<TermId> {
        if let Some(index) = self.whole_concept(part) {
            return Some(index as TermId);
        }
        if let Some(&term) = self.by_text.get(part_text) {
            return Some(term);
        }
        let phrases = self.expand(text, part)?;
        let term = self.new_term(part_text.to_string());
        for phrase in &phrases {
            self.add_phrase(phrase, term);
        }
        Some(term)
    }

    /// The index of the concept when the part is a concept alone.
    fn whole_concept(&self, part: &Part<'_>) -> Option<usize> {
        match part {
            Part::Row(pieces) => match pieces.as_slice() {
                [Piece::Concept(id, _)] => self.concept_index.get(id).copied(),
                _ => None,
            },
            Part::Exact(_) => None,
        }
    }

    /// The phrases that a part stands for.
    fn expand(&mut self, text: &Text, part: &Part<'_>) -> Option<Vec<Phrase>> {
        let pieces = match part {
            Part::Exact(words) => {
                let mut phrase = Phrase::default();
                for word in words {
                    // The span of "URLs" covers the plural, its stem does not.
                    let plural = word
                        .strip_suffix('s')
                        .filter(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_uppercase()));
                    let at = phrase.words.len() as u32;
                    phrase
                        .words
                        .push(self.vocabulary.word(plural.unwrap_or(word)));
                    phrase.exact.push((at, (*word).into()));
                }
                return Some(vec![phrase]);
            }
            Part::Row(pieces) => pieces,
        };
        let mut phrases = vec![Phrase::default()];
        for piece in pieces {
            match piece {
                Piece::Word(word) => {
                    let word = self.vocabulary.word(word);
                    for phrase in &mut phrases {
                        phrase.words.push(word);
                    }
                }
                Piece::Concept(id, range) => {
                    let Some(&index) = self.concept_index.get(id) else {
                        self.unknown_concept(text, id, range.clone());
                        return None;
                    };
                    let inner = &self.expansions[index];
                    if !inner.cooccurrences.is_empty() {
                        self.refuse_cooccurring(text, part);
                        return None;
                    }
                    if phrases.len() * inner.phrases.len() > MAX_EXPANSION {
                        self.error(
                            PackError::at(text.place, "a term that stands for too many phrases")
                                .help(format!("its concepts, written out, give more than {MAX_EXPANSION}; join them by ` + ` instead")),
                        );
                        return None;
                    }
                    phrases = phrases
                        .iter()
                        .flat_map(|head| {
                            inner.phrases.iter().map(move |tail| head.followed_by(tail))
                        })
                        .collect();
                }
            }
        }
        Some(phrases)
    }

    fn new_term(&mut self, text: String) -> TermId {
        let term = self.texts_of_terms.push(&text);
        self.by_text.insert(text, term);
        self.public.push(0);
        term
    }

    fn add_phrase(&mut self, phrase: &Phrase, term: TermId) {
        if self.phrases.len() >= MAX_PHRASES || phrase.words.is_empty() {
            return;
        }
        let exact = if phrase.exact.is_empty() {
            for pair in phrase.words.windows(2) {
                self.vocabulary.pair(pair[0], pair[1]);
            }
            NOT_EXACT
        } else {
            self.exacts.push(phrase.exact.clone());
            self.exacts.len() as u32 - 1
        };
        let start = self.phrase_words.len() as u32;
        self.phrase_words.extend(&phrase.words);
        let words = start..self.phrase_words.len() as u32;
        self.phrases.push((words, term, exact));
    }

    fn parse<'t>(&self, text: &'t Text) -> Option<Vec<(&'t str, Part<'t>)>> {
        parse(text)
            .map_err(|error| {
                self.error(
                    PackError::at(self.inside(text, error.range), error.message).help(error.help),
                );
            })
            .ok()
    }

    fn unknown_concept(&self, text: &Text, id: &str, range: Range<usize>) {
        let help = did_you_mean(id, self.concept_index.keys().copied())
            .unwrap_or_else(|| format!("define it: `[[concept]]` with `id = \"{id}\"`"));
        self.error(
            PackError::at(self.inside(text, range), format!("unknown concept `{id}`"))
                .label("no [[concept]] has this id")
                .help(help),
        );
    }

    fn refuse_cooccurring(&self, text: &Text, part: &Part<'_>) {
        let Part::Row(pieces) = part else { return };
        for piece in pieces {
            if let Piece::Concept(id, range) = piece
                && let Some(&index) = self.concept_index.get(id)
                && !self.expansions[index].cooccurrences.is_empty()
            {
                let at = self.inside(text, range.clone());
                self.error(
                    PackError::at(at, format!("`{{{id}}}` cannot be a part of a term"))
                        .label("has terms with ` + `")
                        .also(self.pack.concepts[index].id.place, "defined here")
                        .help("a concept with ` + ` in it can only be used as a whole term"),
                );
            }
        }
    }

    /// The place of a range of a text, as near as its escapes allow.
    fn inside(&self, text: &Text, range: Range<usize>) -> Place {
        inside(self.texts, text, range)
    }

    fn error(&self, error: PackError) {
        self.errors.borrow_mut().push(error);
    }

    fn finish(mut self) -> Matcher {
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

impl Phrase {
    fn followed_by(&self, tail: &Phrase) -> Phrase {
        let shift = self.words.len() as u32;
        let mut phrase = self.clone();
        phrase.words.extend(&tail.words);
        phrase.exact.extend(
            tail.exact
                .iter()
                .map(|(at, word)| (at + shift, word.clone())),
        );
        phrase
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

/// The ids in braces in a term.
fn named_concepts(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(id, _)| id.trim()))
}

fn circle(text: &Text, inner: usize, stack: &[(usize, usize)], pack: &Pack) -> PackError {
    let name = |index: usize| format!("`{}`", pack.concepts[index].id.text);
    let mut chain: Vec<String> = stack
        .iter()
        .map(|(index, _)| *index)
        .skip_while(|index| *index != inner)
        .map(name)
        .collect();
    chain.push(name(inner));
    PackError::at(
        text.place,
        format!(
            "concepts that refer to each other in a circle: {}",
            chain.join(" → ")
        ),
    )
    .label("closes the circle")
    .help("leave one of the references out")
}

/// The place of a range of a text's characters in its source, when the source holds the text
/// without escapes; the place of the whole text otherwise.
pub(crate) fn inside(texts: &[&str], text: &Text, range: Range<usize>) -> Place {
    let place = text.place;
    let written = texts
        .get(place.source as usize)
        .and_then(|source| source.get(place.span()));
    match written.and_then(|written| written.find(&text.text)) {
        Some(at) => Place {
            source: place.source,
            start: place.start + (at + range.start) as u32,
            end: place.start + (at + range.end) as u32,
        },
        None => place,
    }
}
