//! From which probability on something holds.

use crate::figures::kappa;
use crate::gold::Gold;
use crate::weights::Numbers;

/// The lines at which the figures are best on documents that the numbers did not see. `findings` is
/// how many of them a document is to get; the others are probabilities by row.
#[allow(clippy::too_many_arguments)]
pub fn lines(
    findings: f64,
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
    let answered_truth =
        |gold: &Gold| (gold.answered >= 0.5 || gold.touched < 0.5).then_some(gold.answered >= 0.5);
    let answered_line = best(&|line| f1(line, answered, &answered_truth));
    let touched_line = best(&|line| {
        let mut table = [[0.0f64; 3]; 3];
        for ((a, t), gold) in answered.iter().zip(touched).zip(gold) {
            let level = if *a >= answered_line {
                2
            } else {
                usize::from(*t >= line)
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
    let wanted = (findings * documents as f64) as usize;
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
