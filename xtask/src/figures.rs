//! The figures of an accuracy run, as the corpus' own scorer defines them: each is the mean over
//! the readers.

use crate::corpus::Labelled;
use archlint_review::{Review, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a review says of one question.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// 2 answered, 1 touched, 0 absent.
    pub level: u8,
    /// First and last lines, from 1, of the evidence.
    pub evidence: Vec<(usize, usize)>,
    /// Whether there is a finding.
    pub finding: bool,
    /// How sure the finding is or would be (0-1).
    pub confidence: f32,
}

/// Question id → verdict, for one document.
pub type Verdicts = BTreeMap<String, Verdict>;

/// What a review says, in the scorer's terms.
pub fn verdicts(labelled: &Labelled, review: &Review) -> Verdicts {
    review
        .answers
        .iter()
        .map(|answer| {
            let level = match answer.status {
                Status::Absent => 0,
                Status::Touched => 1,
                Status::Answered | Status::Waived => 2,
            };
            let verdict = Verdict {
                level,
                evidence: answer
                    .evidence
                    .iter()
                    .map(|p| labelled.lines_of(&p.span))
                    .collect(),
                finding: review
                    .findings
                    .iter()
                    .any(|finding| finding.question.as_deref() == Some(&answer.rule)),
                confidence: answer.open_probability,
            };
            (answer.rule.clone(), verdict)
        })
        .collect()
}

/// The figures, all 0-1 but the last.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Figures {
    /// Precision of "answered".
    pub answered_precision: f64,
    /// Recall of "answered".
    pub answered_recall: f64,
    /// F1 over all documents and questions.
    pub answered_f1: f64,
    /// F1 averaged over the questions that some document answers.
    pub macro_f1: f64,
    /// Quadratic-weighted kappa over the three levels.
    pub kappa: f64,
    /// Share of right answers whose evidence lies within three lines of the reader's.
    pub evidence: f64,
    /// Share of findings that the reader would raise.
    pub findings_precision: f64,
    /// Share of expected and absent questions that have a finding.
    pub findings_recall: f64,
    /// Findings per document.
    pub findings_per_document: f64,
}

/// Precision, recall, F1 and their counts for one question.
#[derive(Debug, Clone, Default)]
pub struct PerQuestion {
    /// Right, wrong and missed answers, averaged over the readers.
    pub counts: [f64; 3],
    /// Findings, and those of them that are right.
    pub findings: [f64; 2],
    /// Documents that a reader calls answered.
    pub answered: f64,
}

/// Precision, recall and F1 of right, wrong and missed.
pub fn prf([right, wrong, missed]: [f64; 3]) -> (f64, f64, f64) {
    let share = |a: f64, b: f64| if a + b > 0.0 { a / (a + b) } else { 0.0 };
    let (p, r) = (share(right, wrong), share(right, missed));
    (
        p,
        r,
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        },
    )
}

/// Scores verdicts against labels; `predictions` in the order of `corpus`.
pub fn score(
    corpus: &[Labelled],
    predictions: &[Verdicts],
) -> (Figures, BTreeMap<String, PerQuestion>) {
    let readers = corpus.first().map_or(0, |d| d.labels.len());
    let mut figures = Figures::default();
    let mut all: BTreeMap<String, PerQuestion> = BTreeMap::new();
    let findings: usize = predictions
        .iter()
        .flat_map(BTreeMap::values)
        .filter(|v| v.finding)
        .count();
    for reader in 0..readers {
        let mut per: BTreeMap<&str, [f64; 3]> = BTreeMap::new();
        let mut table = [[0.0f64; 3]; 3];
        let (mut found, mut cited) = (0.0, 0.0);
        let (mut right, mut raised, mut wanted) = (0.0, 0.0, 0.0);
        for (labelled, verdicts) in corpus.iter().zip(predictions) {
            for (id, label) in &labelled.labels[reader] {
                let none = Verdict::default();
                let verdict = verdicts.get(id).unwrap_or(&none);
                let question = all.entry(id.clone()).or_default();
                table[usize::from(verdict.level)][usize::from(label.level)] += 1.0;
                if label.level != 1 {
                    let counts = per.entry(id).or_default();
                    let slot = match (verdict.level == 2, label.level == 2) {
                        (true, true) => Some(0),
                        (true, false) => Some(1),
                        (false, true) => Some(2),
                        _ => None,
                    };
                    if let Some(slot) = slot {
                        counts[slot] += 1.0;
                        question.counts[slot] += 1.0 / readers as f64;
                    }
                }
                if label.level == 2 {
                    question.answered += 1.0 / readers as f64;
                }
                if label.level == 2 && verdict.level == 2 && !label.lines.is_empty() {
                    cited += 1.0;
                    let near = label.lines.iter().any(|(x, y)| {
                        verdict
                            .evidence
                            .iter()
                            .any(|(s, e)| *s <= y + 3 && *x <= e + 3)
                    });
                    found += f64::from(u8::from(near));
                }
                if verdict.finding {
                    let good = label.expected && label.level < 2;
                    right += f64::from(u8::from(good));
                    question.findings[0] += 1.0 / readers as f64;
                    question.findings[1] += f64::from(u8::from(good)) / readers as f64;
                }
                if label.expected && label.level == 0 {
                    wanted += 1.0;
                    raised += f64::from(u8::from(verdict.finding));
                }
            }
        }
        let total = per.values().fold([0.0; 3], |sum: [f64; 3], c| {
            std::array::from_fn(|i| sum[i] + c[i])
        });
        let seen: Vec<f64> = per
            .values()
            .filter(|c| c[0] + c[2] > 0.0)
            .map(|c| prf(*c).2)
            .collect();
        let (p, r, f1) = prf(total);
        let mean = |sum: &mut f64, value: f64| *sum += value / readers as f64;
        mean(&mut figures.answered_precision, p);
        mean(&mut figures.answered_recall, r);
        mean(&mut figures.answered_f1, f1);
        mean(
            &mut figures.macro_f1,
            seen.iter().sum::<f64>() / seen.len().max(1) as f64,
        );
        mean(&mut figures.kappa, kappa(&table));
        mean(&mut figures.evidence, found / f64::max(1.0, cited));
        mean(
            &mut figures.findings_precision,
            right / findings.max(1) as f64,
        );
        mean(&mut figures.findings_recall, raised / f64::max(1.0, wanted));
    }
    figures.findings_per_document = findings as f64 / corpus.len().max(1) as f64;
    (figures, all)
}

/// Cohen's kappa with quadratic weights.
pub fn kappa(table: &[[f64; 3]; 3]) -> f64 {
    let total: f64 = table.iter().flatten().sum::<f64>().max(1.0);
    let row: Vec<f64> = table.iter().map(|r| r.iter().sum()).collect();
    let column: Vec<f64> = (0..3).map(|j| table.iter().map(|r| r[j]).sum()).collect();
    let (mut observed, mut chance) = (0.0, 0.0);
    for i in 0..3 {
        for j in 0..3 {
            let weight = (i as f64 - j as f64).powi(2);
            observed += table[i][j] * weight;
            chance += row[i] * column[j] * weight / total;
        }
    }
    if chance > 0.0 {
        1.0 - observed / chance
    } else {
        1.0
    }
}

impl Figures {
    /// Name and value of each figure, as the corpus' scorer prints them.
    pub fn rows(&self) -> [(&'static str, f64); 9] {
        [
            ("answered P", self.answered_precision),
            ("answered R", self.answered_recall),
            ("answered F1", self.answered_f1),
            ("macro F1", self.macro_f1),
            ("kappa", self.kappa),
            ("evidence", self.evidence),
            ("findings P", self.findings_precision),
            ("findings R", self.findings_recall),
            ("findings per document", self.findings_per_document),
        ]
    }
}
