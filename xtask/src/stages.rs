//! Learning the model in stages: words, evidence, answers, questions. Each stage learns from what
//! the stage before says of documents that it did not see.

use crate::corpus::Labelled;
use crate::expectation::rates;
use crate::folds::{FOLDS, crossed, folds};
use crate::gold::Gold;
use crate::layout::{Layout, SHARED, numbers, round};
use crate::linear::{Row, logistic};
use crate::lines::lines;
use crate::pack::compile;
use crate::samples::{Samples, Teaching, candidates, samples, teaching};
use crate::signals::{Recipe, learn};
use crate::weights::{Numbers, TopicNumbers, Weights};
use archlint_review::evidence::{EVIDENCE_FEATURES, Evidence, gather};
use archlint_review::features::{
    QUESTION_FEATURES, TOPIC_FEATURES, TopicFeatures, question, traits, views,
};
use archlint_review::judge::{RATES, at_least_touched, expected};
use archlint_review::kind_of;
use archlint_review::reading::{Reading, read};
use archlint_rules::{Rules, Source};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// What is fixed for a whole run.
pub struct Course<'c> {
    /// The labelled documents.
    pub corpus: &'c [Labelled],
    /// The pack without learned numbers.
    pub sources: Vec<Source>,
    /// The pack compiled without learned numbers.
    pub rules: Rules,
    /// Words and pairs to learn.
    pub candidates: Vec<String>,
    /// Teaching samples.
    pub samples: Samples,
    /// By document, its group: groups are left out together.
    pub groups: Vec<usize>,
    /// How words are learned.
    pub recipe: Recipe,
    /// Findings per document that the line is set for.
    pub findings: f64,
    /// By two groups: their documents as read with words learned without both.
    reads: BTreeMap<(usize, usize), Vec<Seen>>,
}

/// The features in which a topic may deviate from the others.
const OWN_TOPIC: &[&str] = &[
    "bias",
    "evidence-best",
    "signal-best",
    "section-signal-best",
    "strong-terms",
    "heading",
    "length",
    "diagram",
    "reviewers",
    "status",
    "adr",
];
impl<'c> Course<'c> {
    /// Prepares a run.
    ///
    /// # Errors
    /// Rule or passage files that are wrong.
    pub fn new(
        root: &Path,
        corpus: &'c [Labelled],
        groups: Vec<usize>,
        recipe: Recipe,
        findings: f64,
    ) -> Result<Course<'c>, String> {
        let sources = crate::pack::sources(root)?;
        let rules = compile(&sources, "")?;
        let teaching: Vec<Teaching> = teaching(root, &rules)?;
        let candidates = candidates(corpus, &teaching);
        let any = rules
            .topics
            .first()
            .ok_or("the pack has no topics")?
            .id
            .text
            .clone();
        let mut all = Weights::default();
        let signals: Numbers = candidates.iter().map(|term| (term.clone(), 1.0)).collect();
        all.topics.push((
            any,
            TopicNumbers {
                signals,
                ..TopicNumbers::default()
            },
        ));
        let with_candidates = compile(&sources, &all.to_toml())?;
        let samples = samples(corpus, &teaching, &with_candidates, &candidates);
        Ok(Course {
            corpus,
            sources,
            rules,
            candidates,
            samples,
            groups,
            recipe,
            findings,
            reads: BTreeMap::new(),
        })
    }

    /// Words of all topics, learned without the documents of these groups.
    pub fn words(&self, without: &[usize]) -> Vec<Numbers> {
        let shares: Vec<f64> = (self.corpus.iter().zip(&self.groups))
            .map(|(labelled, group)| {
                if without.contains(group) {
                    0.0
                } else if labelled.measured {
                    1.0
                } else {
                    self.recipe.taught
                }
            })
            .collect();
        learn(
            &self.samples,
            &self.candidates,
            self.rules.topics.len(),
            &shares,
            self.recipe,
        )
    }

    fn weights_of(&self, words: &[Numbers]) -> Weights {
        Weights {
            model: [("evidence", Numbers::new())].into(),
            topics: self
                .rules
                .topics
                .iter()
                .zip(words)
                .map(|(topic, signals)| {
                    (
                        topic.id.text.clone(),
                        TopicNumbers {
                            signals: signals.clone(),
                            ..TopicNumbers::default()
                        },
                    )
                })
                .collect(),
        }
    }

    /// Reads documents with words learned without them: for each group alone, and for each two
    /// groups of which one can be the test.
    ///
    /// # Errors
    /// When the pack does not load with the learned words.
    pub fn read(&mut self) -> Result<(), String> {
        let groups = self.group_names();
        let tested = |group: usize| {
            let mut documents = self.corpus.iter().zip(&self.groups);
            documents.any(|(labelled, of)| *of == group && labelled.measured)
        };
        let wanted: Vec<(usize, usize)> = groups
            .iter()
            .flat_map(|a| groups.iter().map(move |b| (*a, *b)))
            .filter(|(a, b)| a == b || (a < b && (tested(*a) || tested(*b))))
            .collect();
        let course = &*self;
        let reads = wanted
            .into_par_iter()
            .map(|(a, b)| {
                let words = course.words(&[a, b]);
                let rules = compile(&course.sources, &course.weights_of(&words).to_toml())?;
                let mut documents = course.documents_of(a);
                if a != b {
                    documents.extend(course.documents_of(b));
                }
                let seen = documents
                    .into_iter()
                    .map(|document| course.see(document, &rules))
                    .collect();
                Ok(((a, b), seen))
            })
            .collect::<Result<_, String>>()?;
        self.reads = reads;
        Ok(())
    }

    fn group_names(&self) -> Vec<usize> {
        let mut names = self.groups.clone();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Learns all numbers from the documents whose group is not `test` (`None`: from all).
    ///
    /// # Errors
    /// When the pack does not load with the learned words.
    pub fn learn(&self, test: Option<usize>) -> Result<Weights, String> {
        let seen: Vec<&Seen> = self
            .group_names()
            .into_iter()
            .filter(|group| Some(*group) != test)
            .map(|group| {
                let pair = (
                    group.min(test.unwrap_or(group)),
                    group.max(test.unwrap_or(group)),
                );
                let read = self.reads.get(&pair).ok_or("the documents were not read")?;
                Ok(read
                    .iter()
                    .filter(move |seen| self.groups[seen.document] == group))
            })
            .collect::<Result<Vec<_>, String>>()?
            .into_iter()
            .flatten()
            .collect();
        let mut weights = self.weights_of(&self.words(&test.into_iter().collect::<Vec<_>>()));

        let evidence = self.learn_evidence(&seen);
        weights
            .model
            .insert("evidence", numbers(&EVIDENCE_FEATURES, &evidence));
        let evidence: [f32; EVIDENCE_FEATURES.len()] = std::array::from_fn(|i| round(evidence[i]));

        let topics = self.rules.topics.len();
        let rows: Vec<(usize, usize, TopicFeatures)> = seen
            .par_iter()
            .flat_map_iter(|seen| {
                let labelled = &self.corpus[seen.document];
                let traits = traits(&labelled.document, &seen.reading, seen.kind);
                views_of(labelled, seen, &traits, &self.rules, &evidence)
                    .into_iter()
                    .enumerate()
                    .map(|(topic, features)| (seen.document, topic, features))
                    .collect::<Vec<_>>()
            })
            .collect();
        let layout = Layout::new(&TOPIC_FEATURES, OWN_TOPIC, topics);
        let sparse: Vec<Row> = rows
            .iter()
            .map(|(_, topic, f)| layout.row(f, *topic))
            .collect();
        let gold: Vec<Gold> = rows
            .iter()
            .map(|(document, topic, _)| {
                Gold::of(&self.corpus[*document], &self.rules.topics[*topic].id.text)
            })
            .collect();
        let groups: Vec<usize> = rows
            .iter()
            .map(|(document, _, _)| self.groups[*document])
            .collect();
        let answered: Vec<f64> = gold.iter().map(|g| g.answered).collect();
        let touched: Vec<f64> = gold.iter().map(|g| g.touched).collect();
        // Rows that the scorer leaves out weigh little in the judgement of "answered".
        let half: Vec<f64> = gold
            .iter()
            .map(|g| if g.touched > g.answered { 0.5 } else { 1.0 })
            .collect();
        let full = vec![1.0; gold.len()];
        let (own, elsewhere) = crossed(&sparse, &answered, &half, &layout, &groups);
        layout.store(&own, "answered", &mut weights);
        let (own, touched_elsewhere) = crossed(&sparse, &touched, &full, &layout, &groups);
        layout.store(&own, "touched", &mut weights);
        // As the engine takes it.
        let touched_elsewhere: Vec<f64> = (rows.iter().zip(&elsewhere).zip(&touched_elsewhere))
            .map(|(((_, _, features), answered), touched)| {
                f64::from(at_least_touched(
                    features,
                    *answered as f32,
                    *touched as f32,
                ))
            })
            .collect();

        // Rates without the row's own fold, so that a row does not vouch for itself.
        let topic_of: Vec<usize> = rows.iter().map(|(_, topic, _)| *topic).collect();
        let fold = folds(&groups);
        let fold_rates: Vec<Vec<[f32; 3]>> = (0..FOLDS)
            .map(|left_out| {
                let kept: Vec<bool> = fold.iter().map(|fold| *fold != left_out).collect();
                rates(&gold, &topic_of, &kept, topics)
            })
            .collect();
        let expected_elsewhere: Vec<f64> = (0..rows.len())
            .map(|row| {
                let rates = fold_rates[fold[row]][topic_of[row]];
                let (answered, touched) = (elsewhere[row] as f32, touched_elsewhere[row] as f32);
                f64::from(expected(rates, answered, touched))
            })
            .collect();
        let all = rates(&gold, &topic_of, &vec![true; rows.len()], topics);
        for ((_, numbers), rates) in weights.topics.iter_mut().zip(all) {
            let table = RATES
                .iter()
                .zip(rates)
                .map(|(name, rate)| ((*name).to_owned(), rate))
                .collect();
            numbers.tables.insert("expected", table);
        }
        let layout = Layout::new(&QUESTION_FEATURES, &[], topics);
        let sparse: Vec<Row> = (0..rows.len())
            .map(|row| {
                let (_, topic, features) = &rows[row];
                let (a, t) = (elsewhere[row] as f32, touched_elsewhere[row] as f32);
                let question = question(
                    &self.rules.topics[*topic],
                    features,
                    a,
                    t,
                    expected_elsewhere[row] as f32,
                );
                layout.row(&question, *topic)
            })
            .collect();
        let open: Vec<f64> = gold.iter().map(|g| g.open).collect();
        let (own, open_elsewhere) = crossed(&sparse, &open, &full, &layout, &groups);
        layout.store(&own, "open", &mut weights);

        // The lines are drawn where figures are taken.
        let measured = |document: usize| self.corpus[document].measured;
        let judged: Vec<usize> = (0..rows.len())
            .filter(|row| measured(rows[*row].0))
            .collect();
        let of = |values: &[f64]| -> Vec<f64> { judged.iter().map(|row| values[*row]).collect() };
        let gold: Vec<Gold> = judged.iter().map(|row| gold[*row]).collect();
        let lines = lines(
            self.findings,
            &gold,
            &of(&elsewhere),
            &of(&touched_elsewhere),
            &of(&expected_elsewhere),
            &of(&open_elsewhere),
            seen.iter().filter(|seen| measured(seen.document)).count(),
        );
        weights.model.insert("lines", lines);
        Ok(weights)
    }

    fn documents_of(&self, group: usize) -> Vec<usize> {
        (0..self.corpus.len())
            .filter(|document| self.groups[*document] == group)
            .collect()
    }

    fn see(&self, document: usize, rules: &Rules) -> Seen {
        let labelled = &self.corpus[document];
        let reading = read(&labelled.document, rules);
        let evidence = gather(&labelled.document, &reading, rules);
        let kind = kind_of(&labelled.document, Some(&format!("{}.md", labelled.name))).0;
        Seen {
            document,
            reading,
            evidence,
            kind,
        }
    }

    /// Weights of a cell's features, from the passages that readers cite.
    fn learn_evidence(&self, seen: &[&Seen]) -> Vec<f64> {
        let (mut rows, mut target, mut cost) = (Vec::new(), Vec::new(), Vec::new());
        for seen in seen {
            let labelled = &self.corpus[seen.document];
            let lines: Vec<(usize, usize)> = seen
                .reading
                .segments
                .iter()
                .map(|segment| labelled.lines_of(&segment.span))
                .collect();
            for cell in &seen.evidence.cells {
                let id = &*self.rules.topics[cell.topic as usize].id.text;
                let (start, end) = lines[cell.segment as usize];
                let cited: f64 = labelled
                    .labels
                    .iter()
                    .filter_map(|labels| labels.get(id))
                    .filter(|label| label.lines.iter().any(|(x, y)| start <= *y && *x <= end))
                    .map(|label| if label.level == 2 { 1.0 } else { 0.3 })
                    .sum::<f64>()
                    / labelled.labels.len() as f64;
                rows.push(
                    cell.features
                        .iter()
                        .enumerate()
                        .map(|(i, v)| (i as u32, *v))
                        .collect::<Row>(),
                );
                target.push(cited);
                cost.push(1.0);
            }
        }
        logistic(&rows, &target, &cost, &[SHARED; EVIDENCE_FEATURES.len()])
    }
}

/// A document as read with words that were learned elsewhere.
struct Seen {
    document: usize,
    reading: Reading,
    evidence: Evidence,
    kind: archlint_rules::Kind,
}

fn views_of(
    labelled: &Labelled,
    seen: &Seen,
    traits: &archlint_review::features::Traits,
    rules: &Rules,
    evidence: &[f32; EVIDENCE_FEATURES.len()],
) -> Vec<TopicFeatures> {
    views(
        &labelled.document,
        &seen.reading,
        &seen.evidence,
        traits,
        rules,
        |_| evidence,
    )
    .into_iter()
    .map(|view| view.features)
    .collect()
}
