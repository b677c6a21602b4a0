//! Learning the model in stages: words, evidence, answers, questions. Each stage learns from what
//! the stage before says of documents that it did not see.

use crate::corpus::Labelled;
use crate::figures::kappa;
use crate::linear::{Row, dot, logistic, sigmoid};
use crate::pack::compile;
use crate::samples::{Samples, Teaching, candidates, samples, teaching};
use crate::signals::{Recipe, learn};
use crate::weights::{Numbers, TopicNumbers, Weights};
use archlint_review::evidence::{EVIDENCE_FEATURES, Evidence, gather};
use archlint_review::features::{
    QUESTION_FEATURES, TOPIC_FEATURES, TopicFeatures, question, traits, views,
};
use archlint_review::judge::RATES;
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

/// Penalties (see [`logistic`]) of shared weights and of a topic's own.
const SHARED: f64 = 3.0;
/// A topic's own weights are held closer to nothing; its own bias a little less.
const OWN: f64 = 20.0;
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
/// A topic's rates of expectation count as if the average rates had been seen this often before.
const SMOOTHING: f64 = 4.0;

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
        let held_out: Vec<bool> = self
            .groups
            .iter()
            .map(|group| without.contains(group))
            .collect();
        learn(
            &self.samples,
            &self.candidates,
            self.rules.topics.len(),
            &held_out,
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

    /// Level (0, 0.5, 1: absent, touched, answered) and expectation (0-1), averaged over readers.
    fn gold(&self, document: usize, topic: usize) -> Gold {
        let id = &*self.rules.topics[topic].id.text;
        let labels = &self.corpus[document].labels;
        let share = 1.0 / labels.len() as f64;
        let mut gold = Gold::default();
        for label in labels.iter().filter_map(|labels| labels.get(id)) {
            gold.answered += f64::from(u8::from(label.level == 2)) * share;
            gold.touched += f64::from(u8::from(label.level >= 1)) * share;
            gold.expected += f64::from(u8::from(label.expected)) * share;
            gold.open += f64::from(u8::from(label.expected && label.level < 2)) * share;
        }
        gold
    }

    /// Reads documents with words learned without them: for each group alone, and with
    /// `pairs` for each two groups, so that one of them can be the test.
    ///
    /// # Errors
    /// When the pack does not load with the learned words.
    pub fn read(&mut self, pairs: bool) -> Result<(), String> {
        let groups = self.group_names();
        let wanted: Vec<(usize, usize)> = groups
            .iter()
            .flat_map(|a| groups.iter().map(move |b| (*a, *b)))
            .filter(|(a, b)| a == b || (pairs && a < b))
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
            .map(|(document, topic, _)| self.gold(*document, *topic))
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

        // Rates without the row's own fold, so that a row does not vouch for itself.
        let topic_of: Vec<usize> = rows.iter().map(|(_, topic, _)| *topic).collect();
        let fold = folds(&groups);
        let fold_rates: Vec<Vec<[f64; 3]>> = (0..FOLDS)
            .map(|left_out| {
                let kept: Vec<bool> = fold.iter().map(|fold| *fold != left_out).collect();
                rates(&gold, &topic_of, &kept, topics)
            })
            .collect();
        let expected_elsewhere: Vec<f64> = (0..rows.len())
            .map(|row| {
                expect(
                    fold_rates[fold[row]][topic_of[row]],
                    elsewhere[row],
                    touched_elsewhere[row],
                )
            })
            .collect();
        let all = rates(&gold, &topic_of, &vec![true; rows.len()], topics);
        for ((_, numbers), rates) in weights.topics.iter_mut().zip(all) {
            let table = RATES
                .iter()
                .zip(rates)
                .map(|(name, rate)| ((*name).to_owned(), round(rate)))
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
                    t.max(a),
                    expected_elsewhere[row] as f32,
                );
                layout.row(&question, *topic)
            })
            .collect();
        let open: Vec<f64> = gold.iter().map(|g| g.open).collect();
        let (own, open_elsewhere) = crossed(&sparse, &open, &full, &layout, &groups);
        layout.store(&own, "open", &mut weights);

        let documents = seen.len();
        let lines = self.lines(
            &gold,
            &elsewhere,
            &touched_elsewhere,
            &expected_elsewhere,
            &open_elsewhere,
            documents,
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

    /// The lines at which the figures are best on documents that the numbers did not see.
    fn lines(
        &self,
        gold: &[Gold],
        answered: &[f64],
        touched: &[f64],
        expected: &[f64],
        open: &[f64],
        documents: usize,
    ) -> Numbers {
        let steps = || (10..80).map(|step| f64::from(step) / 100.0);
        let f1 = |line: f64, p: &[f64], truth: &dyn Fn(&Gold) -> Option<bool>| {
            let mut counts = [0.0f64; 3];
            for (p, gold) in p.iter().zip(gold) {
                match (*p >= line, truth(gold)) {
                    (true, Some(true)) => counts[0] += 1.0,
                    (true, Some(false)) => counts[1] += 1.0,
                    (false, Some(true)) => counts[2] += 1.0,
                    _ => {}
                }
            }
            crate::figures::prf(counts).2
        };
        // The best of a curve that is smoothed a little: its very top is chance.
        let best = |score: &dyn Fn(f64) -> f64| {
            let smooth = |line: f64| -> f64 {
                (-4..=4)
                    .map(|step| score(line + f64::from(step) / 100.0))
                    .sum()
            };
            steps()
                .max_by(|a, b| smooth(*a).total_cmp(&smooth(*b)).then(b.total_cmp(a)))
                .unwrap_or(0.5)
        };
        let answered_truth = |gold: &Gold| {
            (gold.answered >= 0.5 || gold.touched < 0.5).then_some(gold.answered >= 0.5)
        };
        let answered_line = best(&|line| f1(line, answered, &answered_truth));
        let touched_line = best(&|line| {
            let mut table = [[0.0f64; 3]; 3];
            for ((a, t), gold) in answered.iter().zip(touched).zip(gold) {
                let level = if *a >= answered_line {
                    2
                } else {
                    usize::from(t.max(*a) >= line)
                };
                let truth = if gold.answered >= 0.5 {
                    2
                } else {
                    usize::from(gold.touched >= 0.5)
                };
                table[level][truth] += 1.0;
            }
            kappa(&table)
        });
        let expected_line = best(&|line| f1(line, expected, &|gold| Some(gold.expected >= 0.5)));
        // Findings are only raised for questions that are not answered.
        let mut raised: Vec<f64> = open
            .iter()
            .zip(answered)
            .filter(|(_, answered)| **answered < answered_line)
            .map(|(open, _)| *open)
            .collect();
        raised.sort_by(|a, b| b.total_cmp(a));
        let wanted = (self.findings * documents as f64) as usize;
        let finding_line = raised.get(wanted).copied().unwrap_or(0.5);
        [
            ("answered", answered_line),
            ("touched", touched_line),
            ("asked", expected_line),
            ("finding", finding_line),
        ]
        .into_iter()
        .map(|(name, line)| (name.to_owned(), line as f32))
        .collect()
    }
}

/// A document as read with words that were learned elsewhere.
struct Seen {
    document: usize,
    reading: Reading,
    evidence: Evidence,
    kind: archlint_rules::Kind,
}

/// The readers' judgement of a document and question, averaged.
#[derive(Debug, Clone, Copy, Default)]
struct Gold {
    answered: f64,
    touched: f64,
    expected: f64,
    open: f64,
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

/// Where the columns of a model with shared and own weights stand.
struct Layout<'n> {
    names: &'n [&'n str],
    own: Vec<usize>,
    topics: usize,
}

impl<'n> Layout<'n> {
    fn new(names: &'n [&'n str], own: &[&str], topics: usize) -> Layout<'n> {
        let own = own
            .iter()
            .filter_map(|name| names.iter().position(|n| n == name))
            .collect();
        Layout { names, own, topics }
    }

    fn row(&self, features: &[f32], topic: usize) -> Row {
        let shared = features.iter().enumerate().map(|(i, v)| (i as u32, *v));
        let base = self.names.len() + topic * self.own.len();
        let own = self
            .own
            .iter()
            .enumerate()
            .map(|(i, f)| ((base + i) as u32, features[*f]));
        shared.chain(own).filter(|(_, v)| *v != 0.0).collect()
    }

    fn penalty(&self) -> Vec<f64> {
        let mut penalty = vec![SHARED; self.names.len()];
        penalty.extend((0..self.topics * self.own.len()).map(|i| {
            if i % self.own.len() == 0 {
                OWN / 4.0
            } else {
                OWN
            }
        }));
        penalty
    }

    fn store(&self, learned: &[f64], name: &'static str, weights: &mut Weights) {
        weights.model.insert(name, numbers(self.names, learned));
        if self.own.is_empty() {
            return;
        }
        for (topic, (_, numbers)) in weights.topics.iter_mut().enumerate() {
            let base = self.names.len() + topic * self.own.len();
            let table = self
                .own
                .iter()
                .enumerate()
                .map(|(i, feature)| (self.names[*feature].to_owned(), round(learned[base + i])))
                .filter(|(_, value)| *value != 0.0)
                .collect();
            numbers.tables.insert(name, table);
        }
    }
}

/// Learns from all rows, and predicts each group's rows by what was learned from the others.
fn crossed(
    rows: &[Row],
    target: &[f64],
    cost: &[f64],
    layout: &Layout<'_>,
    groups: &[usize],
) -> (Vec<f64>, Vec<f64>) {
    let penalty = layout.penalty();
    let fold = folds(groups);
    let mut predictions = vec![0.0; rows.len()];
    let learned: Vec<Vec<f64>> = (0..FOLDS)
        .into_par_iter()
        .map(|left_out| {
            let cost: Vec<f64> = cost
                .iter()
                .zip(&fold)
                .map(|(cost, fold)| if *fold == left_out { 0.0 } else { *cost })
                .collect();
            logistic(rows, target, &cost, &penalty)
        })
        .collect();
    for (index, row) in rows.iter().enumerate() {
        predictions[index] = sigmoid(dot(row, &learned[fold[index]]));
    }
    (logistic(rows, target, cost, &penalty), predictions)
}

/// Few folds are enough for models of so few numbers.
const FOLDS: usize = 6;

/// By row, the fold that its group is in.
fn folds(groups: &[usize]) -> Vec<usize> {
    let mut names: Vec<usize> = groups.to_vec();
    names.sort_unstable();
    names.dedup();
    groups
        .iter()
        .map(|group| names.binary_search(group).unwrap_or(0) % FOLDS)
        .collect()
}

/// By topic, how often the kept rows expect an answer when it is absent, touched, answered.
fn rates(gold: &[Gold], topic_of: &[usize], kept: &[bool], topics: usize) -> Vec<[f64; 3]> {
    let mut sums = vec![[[0.0f64; 2]; 3]; topics];
    let mut total = [[0.0f64; 2]; 3];
    for ((gold, topic), kept) in gold.iter().zip(topic_of).zip(kept) {
        if !kept {
            continue;
        }
        let shares = [
            1.0 - gold.touched,
            gold.touched - gold.answered,
            gold.answered,
        ];
        for level in 0..3 {
            for sum in [&mut sums[*topic][level], &mut total[level]] {
                sum[0] += shares[level] * gold.expected;
                sum[1] += shares[level];
            }
        }
    }
    sums.into_iter()
        .map(|sums| {
            std::array::from_fn(|level| {
                let average = total[level][0] / total[level][1].max(1.0);
                (sums[level][0] + SMOOTHING * average) / (sums[level][1] + SMOOTHING)
            })
        })
        .collect()
}

/// Probability that an answer is expected, by the rates.
fn expect([absent, half, whole]: [f64; 3], answered: f64, touched: f64) -> f64 {
    let touched = touched.max(answered);
    (1.0 - touched) * absent + (touched - answered) * half + answered * whole
}

fn numbers(names: &[&str], values: &[f64]) -> Numbers {
    names
        .iter()
        .zip(values)
        .map(|(name, value)| ((*name).to_owned(), round(*value)))
        .collect()
}

fn round(value: f64) -> f32 {
    ((value * 1000.0).round() / 1000.0) as f32
}
