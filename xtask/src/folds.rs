//! Predicting rows by what was learned from others.

use crate::layout::Layout;
use crate::linear::{Row, dot, logistic, sigmoid};
use rayon::prelude::*;

/// Learns from all rows, and predicts each group's rows by what was learned from the others.
pub fn crossed(
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
pub const FOLDS: usize = 6;

/// By row, the fold that its group is in.
pub fn folds(groups: &[usize]) -> Vec<usize> {
    let mut names: Vec<usize> = groups.to_vec();
    names.sort_unstable();
    names.dedup();
    groups
        .iter()
        .map(|group| names.binary_search(group).unwrap_or(0) % FOLDS)
        .collect()
}
