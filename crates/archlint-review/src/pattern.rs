//! Running `[[pattern]]` rules: words that are a problem in themselves.

use crate::figures::has_figure;
use crate::reading::{Mood, Reading, read};
use crate::{Finding, Passage};
use archlint_document::{BlockKind, Document, RunStyle, Sentence, Span};
use archlint_rules::{Kind, Pattern, Role, RuleRef, Rules, TermHit};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Matches of a rule's expression that are looked at in a document.
const MAX_MATCHES: usize = 1_000;
/// Further places that a finding shows.
const MAX_RELATED: usize = 10;

/// Findings of all pattern rules that apply to documents of `kind`, in the order of the document.
/// The same words give one finding in a document, which shows their further places. `reading` is
/// the document's, by the same rules.
pub fn findings(document: &Document, reading: &Reading, rules: &Rules, kind: Kind) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, hits) in hits(document, reading, rules) {
        let Some(rule) = rules
            .patterns
            .get(index)
            .filter(|rule| rule.kinds.contains(&kind))
        else {
            continue;
        };
        let mut first: FxHashMap<String, usize> = FxHashMap::default();
        for span in hits {
            let words = document.source(&span).to_lowercase();
            match first
                .get(&words)
                .and_then(|at: &usize| findings.get_mut(*at))
            {
                Some(Finding { related, .. }) => {
                    if related.len() < MAX_RELATED {
                        related.push(Passage {
                            span,
                            reason: "here too".into(),
                        });
                    }
                }
                None => {
                    first.insert(words, findings.len());
                    findings.push(finding(document, rule, span));
                }
            }
        }
    }
    findings.sort_by_key(|finding| finding.span.start);
    findings
}

/// Whether the pattern with this index fires on a document, for the rules' own examples.
pub fn fires(rules: &Rules, index: usize, document: &Document) -> bool {
    let reading = read(document, rules);
    hits(document, &reading, rules)
        .iter()
        .any(|(rule, hits)| *rule == index && !hits.is_empty())
}

fn finding(document: &Document, rule: &Pattern, span: Span) -> Finding {
    let shown = document
        .source(&span)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let shown: String = shown.chars().take(80).collect();
    Finding {
        rule: rule.id.text.clone(),
        question: None,
        severity: rule.severity,
        message: rule.message.clone(),
        label: format!("“{shown}”"),
        help: rule.help.clone(),
        span,
        related: Vec::new(),
        confidence: 1.0,
    }
}

/// What the rules fire on, for each rule: its index and the places in the order of the document.
fn hits(document: &Document, reading: &Reading, rules: &Rules) -> Vec<(usize, Vec<Span>)> {
    let mut candidates: Vec<Vec<Span>> = vec![Vec::new(); rules.patterns.len()];
    for mention in &reading.mentions {
        if mention.mood.has(Mood::CODE) || mention.mood.has(Mood::RESIDUE) {
            continue;
        }
        for used in rules.matcher.uses(mention.term) {
            if let (RuleRef::Pattern(index), Role::PatternTerm) = (used.rule, used.role) {
                candidates[index].push(mention.start as usize..mention.end as usize);
            }
        }
    }
    for (rule, places) in rules.patterns.iter().zip(&mut candidates) {
        places.extend(matches(document, rule));
    }
    let mut sections = Sections {
        document,
        reading,
        rules,
        known: FxHashMap::default(),
    };
    let mut claims = Claims {
        document,
        rules,
        known: None,
    };
    candidates
        .into_iter()
        .enumerate()
        .map(|(index, mut places)| {
            places.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
            // Of hits that overlap the first stands for all.
            let mut end = 0;
            places.retain(|span| {
                let apart = span.start >= end;
                if apart {
                    end = span.end;
                }
                apart
            });
            let rule = &rules.patterns[index];
            places.retain(|span| {
                sections.allow(index, rule, document.section_at(span.start))
                    && claims.is_claim(index, rule, span)
            });
            (index, places)
        })
        .collect()
}

/// The matches of a rule's expression in running text.
fn matches<'a>(document: &'a Document, rule: &'a Pattern) -> impl Iterator<Item = Span> + 'a {
    let regex = rule.regex.as_ref().and_then(|regex| regex.get());
    regex
        .into_iter()
        .flat_map(move |regex| {
            let prose = document
                .blocks
                .iter()
                .filter(|b| b.is_text() && b.kind != BlockKind::Heading);
            prose.flat_map(move |block| {
                let start = block.span.start;
                regex
                    .find_iter(document.source(&block.span))
                    .map(move |found| start + found.start()..start + found.end())
            })
        })
        .filter(|span| !span.is_empty())
        .take(MAX_MATCHES)
}

/// Tells whether words are a claim of the document's own that nothing excuses.
struct Claims<'a> {
    document: &'a Document,
    rules: &'a Rules,
    /// The sentence looked at last: many words may stand in one.
    known: Option<Facts>,
}

/// What is known of a sentence.
struct Facts {
    /// Its index.
    sentence: usize,
    /// Whether it speaks for the document at all: no block quote, no question.
    asserts: bool,
    /// Whether it or its neighbour holds a figure; found when first needed.
    measured: Option<bool>,
    /// The patterns that a term of it excuses.
    excused: Vec<usize>,
    /// Where quotations, code and links stand in it, in its order.
    foreign: Vec<Span>,
}

impl Claims<'_> {
    fn is_claim(&mut self, index: usize, rule: &Pattern, span: &Span) -> bool {
        let Some(at) = self.document.sentence_at(span.start) else {
            return false;
        };
        let (document, rules) = (self.document, self.rules);
        let Some(sentence) = document.sentences.get(at) else {
            return false;
        };
        let facts = match self.known.take() {
            Some(facts) if facts.sentence == at => facts,
            _ => facts(document, rules, at, sentence),
        };
        let facts = self.known.insert(facts);
        let before = facts
            .foreign
            .partition_point(|foreign| foreign.end <= span.start);
        let is_foreign = facts
            .foreign
            .get(before)
            .is_some_and(|foreign| foreign.start <= span.start);
        if !facts.asserts || is_foreign || facts.excused.contains(&index) {
            return false;
        }
        let measured = || is_measured(document, rules, at, sentence);
        !(rule.unless_figure && *facts.measured.get_or_insert_with(measured))
    }
}

fn facts(document: &Document, rules: &Rules, at: usize, sentence: &Sentence) -> Facts {
    let mut words = Vec::new();
    read_words(document, rules, sentence, &mut words);
    let mut hits: Vec<TermHit> = Vec::new();
    let source = &document.text;
    rules
        .matcher
        .hits(&words, source, &mut hits, &mut Vec::new());
    let uses = hits.iter().flat_map(|hit| rules.matcher.uses(hit.term));
    let mut excused: Vec<usize> = uses
        .filter(|used| used.role == Role::PatternUnless)
        .filter_map(|used| match used.rule {
            RuleRef::Pattern(index) => Some(index),
            RuleRef::Topic(_) => None,
        })
        .collect();
    excused.sort_unstable();
    excused.dedup();
    let block = document.blocks.get(sentence.block);
    let source = document.source(&sentence.span);
    let runs = document.runs.get(sentence.runs.clone()).unwrap_or_default();
    let marked = runs
        .iter()
        .filter(|run| matches!(run.style, RunStyle::Code | RunStyle::Link));
    let mut foreign: Vec<Span> = marked.map(|run| run.span.clone()).collect();
    foreign.extend(
        quotations(source)
            .map(|span| sentence.span.start + span.start..sentence.span.start + span.end),
    );
    foreign.sort_by_key(|span| span.start);
    Facts {
        sentence: at,
        asserts: block.is_some_and(|block| block.quote_depth == 0) && !source.ends_with('?'),
        measured: None,
        excused,
        foreign,
    }
}

/// Words in quotation marks, straight or curly.
fn quotations(source: &str) -> impl Iterator<Item = Span> {
    let mut marks = source.match_indices(['"', '“', '”']).map(|(at, _)| at);
    std::iter::from_fn(move || Some(marks.next()?..marks.next()?))
}

/// Whether the sentence says how much, or the one that it belongs with.
fn is_measured(document: &Document, rules: &Rules, at: usize, sentence: &Sentence) -> bool {
    let mut words = Vec::new();
    read_words(document, rules, sentence, &mut words);
    has_figure(&document.text, &words) || {
        let near = neighbours(document, at, sentence);
        document
            .sentences
            .get(near)
            .unwrap_or_default()
            .iter()
            .any(|other| {
                words.clear();
                read_words(document, rules, other, &mut words);
                has_figure(&document.text, &words)
            })
    }
}

fn read_words(
    document: &Document,
    rules: &Rules,
    sentence: &Sentence,
    words: &mut Vec<archlint_rules::Word>,
) {
    for run in document.runs.get(sentence.runs.clone()).unwrap_or_default() {
        rules
            .matcher
            .words(document.source(&run.span), run.span.start, words);
    }
}

/// The sentences that a sentence's claim may be measured in: the next one of its paragraph, the
/// other cells of its row.
fn neighbours(document: &Document, at: usize, sentence: &Sentence) -> Range<usize> {
    /// Cells of a row on each side of the claim's.
    const CELLS: usize = 8;
    let Some(block) = document.blocks.get(sentence.block) else {
        return 0..0;
    };
    let BlockKind::TableCell { table, row, .. } = block.kind else {
        return at + 1..(at + 2).min(block.sentences.end).max(at + 1);
    };
    let same_row = |index: &usize| {
        document.blocks.get(*index).is_some_and(|other| {
            matches!(other.kind, BlockKind::TableCell { table: t, row: r, .. } if t == table && r == row)
        })
    };
    let first = (sentence.block.saturating_sub(CELLS)..sentence.block)
        .rev()
        .take_while(same_row)
        .last();
    let last = (sentence.block..document.blocks.len())
        .take(CELLS)
        .take_while(same_row)
        .last();
    let start = first.unwrap_or(sentence.block);
    let end = last.unwrap_or(sentence.block);
    document.blocks[start].sentences.start..document.blocks[end].sentences.end
}

/// Under which headings rules may fire.
struct Sections<'a> {
    document: &'a Document,
    reading: &'a Reading,
    rules: &'a Rules,
    known: FxHashMap<(usize, usize), bool>,
}

impl Sections<'_> {
    fn allow(&mut self, index: usize, rule: &Pattern, section: usize) -> bool {
        if rule.sections.is_empty() && rule.not_sections.is_empty() {
            return true;
        }
        if let Some(known) = self.known.get(&(index, section)) {
            return *known;
        }
        let around = || std::iter::once(section).chain(self.document.ancestors(section));
        let allowed = !around().any(|s| self.names(index, Role::PatternNotSection, s))
            && (rule.sections.is_empty()
                || around().any(|s| self.names(index, Role::PatternSection, s)));
        self.known.insert((index, section), allowed);
        allowed
    }

    /// Whether a section's own heading holds one of the rule's terms with a role.
    fn names(&self, index: usize, role: Role, section: usize) -> bool {
        let terms = self
            .reading
            .section_terms
            .get(section)
            .cloned()
            .unwrap_or_default();
        self.reading
            .heading_terms
            .get(terms)
            .unwrap_or_default()
            .iter()
            .any(|term| {
                let uses = self.rules.matcher.uses(*term);
                uses.iter()
                    .any(|used| used.rule == RuleRef::Pattern(index) && used.role == role)
            })
    }
}
