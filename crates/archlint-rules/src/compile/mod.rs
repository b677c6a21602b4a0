//! From the terms of a pack to a matcher.

mod order;
mod tables;

use self::order::concept_order;
use crate::error::{PackError, did_you_mean, inside};
use crate::frozen::Texts;
use crate::lexicon::{VocabularyBuilder, WordId};
use crate::matcher::{
    ExactWords, Matcher, NOT_EXACT, Role, RuleRef, Signal, TermId, TermUse, marks,
};
use crate::merge::Pack;
use crate::table::Errors;
use crate::term::{Part, Piece, parse};
use crate::{Place, Text};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A term stands for at most this many phrases, concepts written out.
const MAX_EXPANSION: usize = 5_000;
/// All terms together stand for at most this many phrases, many times what the built-in pack has.
const MAX_PHRASES: usize = 500_000;

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
            compiler.signal(*index, text, *weight);
        }
    }
    for (index, pattern) in pack.patterns.iter().enumerate() {
        let rule = RuleRef::Pattern(index);
        compiler.uses(rule, Role::PatternTerm, &pattern.terms);
        compiler.uses(rule, Role::PatternUnless, &pattern.unless);
        compiler.uses(rule, Role::PatternSection, &pattern.sections);
        compiler.uses(rule, Role::PatternNotSection, &pattern.not_sections);
    }
    if let Some(place) = compiler.full {
        compiler.error(
            PackError::at(place, "the terms of the packs stand for too many phrases").help(format!(
                "with this one they are more than {MAX_PHRASES}; join concepts by ` + ` instead of in a row"
            )),
        );
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
    marks: Vec<u32>,
    by_text: FxHashMap<String, TermId>,
    uses: Vec<(TermId, TermUse)>,
    signals: Vec<(TermId, Signal)>,
    /// Phrases as ranges of `phrase_words`, the terms they stand for, and their exact words.
    phrases: Vec<(Range<u32>, TermId, u32)>,
    phrase_words: Vec<WordId>,
    exacts: Vec<ExactWords>,
    cooccurrences: Vec<(Vec<TermId>, TermId)>,
    /// The first term that there was no room for.
    full: Option<Place>,
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
            marks: Vec::new(),
            by_text: FxHashMap::default(),
            uses: Vec::new(),
            signals: Vec::new(),
            phrases: Vec::new(),
            phrase_words: Vec::new(),
            exacts: Vec::new(),
            cooccurrences: Vec::new(),
            full: None,
        }
    }

    /// Writes out all concepts, each after those that it refers to.
    fn concepts(&mut self) {
        let concepts = &self.pack.concepts;
        for concept in concepts {
            let term = self.new_term(format!("{{{}}}", concept.id.text));
            self.marks[term as usize] |= marks::PUBLIC;
            self.expansions.push(Expansion::default());
        }
        for index in concept_order(concepts, &self.concept_index, self.errors) {
            let mut expansion = Expansion::default();
            for text in &concepts[index].terms {
                if self.full.is_none() {
                    self.expand_concept_term(text, &mut expansion);
                }
            }
            let term = index as TermId;
            for phrase in &expansion.phrases {
                self.add_phrase(phrase, term, concepts[index].id.place);
            }
            for parts in &expansion.cooccurrences {
                if self.cooccurrences.len() >= MAX_PHRASES {
                    self.full.get_or_insert(concepts[index].id.place);
                    break;
                }
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

    fn uses(&mut self, rule: RuleRef, role: Role, terms: &[Text]) {
        for text in terms {
            if let Some(term) = self.whole_term(text) {
                let mark = if role == Role::Not { marks::NOT } else { 0 };
                self.marks[term as usize] |= marks::PUBLIC | mark;
                self.uses.push((term, TermUse { rule, role }));
            }
        }
    }

    fn signal(&mut self, topic: usize, text: &Text, weight: f32) {
        if let Some(term) = self.whole_term(text) {
            self.marks[term as usize] |= marks::PUBLIC;
            self.signals.push((term, Signal { topic, weight }));
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
            self.add_phrase(phrase, term, text.place);
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
        self.marks.push(0);
        term
    }

    fn add_phrase(&mut self, phrase: &Phrase, term: TermId, place: Place) {
        if self.phrases.len() >= MAX_PHRASES {
            self.full.get_or_insert(place);
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
