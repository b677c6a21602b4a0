//! Learning which words speak of which question.

use crate::linear::{Row, support_vector};
use crate::samples::{Sample, Samples};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How the words are learned.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    /// Cost of an error; smaller is smoother.
    pub cost: f64,
    /// Words and pairs kept for each topic.
    pub kept: usize,
    /// Cost share of a teaching text as a counterexample for topics that it was not written for.
    pub elsewhere: f64,
    /// Cost share of the passages of documents that figures are not taken on: one reader labelled
    /// them, who agrees less well with the others than they do among themselves.
    pub taught: f64,
}

/// A sample speaks of a topic from this share on; between 0 and it, it is left out.
const SPEAKS: f64 = 0.39;

/// Words of each topic with their weights. `shares` says by index of the document how much its
/// samples count, 0 to 1; those of documents with 0 are not seen.
pub fn learn(
    samples: &Samples,
    candidates: &[String],
    topics: usize,
    shares: &[f64],
    recipe: Recipe,
) -> Vec<BTreeMap<String, f32>> {
    let counts = |sample: &Sample| sample.document.map_or(1.0, |document| shares[document]);
    let used: Vec<(&Sample, f64)> = samples
        .samples
        .iter()
        .map(|sample| (sample, counts(sample)))
        .filter(|(_, counts)| *counts > 0.0)
        .collect();
    let mut speaks: Vec<Vec<(usize, f64)>> = vec![Vec::new(); topics];
    for (index, (sample, _)) in used.iter().enumerate() {
        for (topic, share) in &sample.speaks {
            speaks[*topic].push((index, *share));
        }
    }
    let rows: Vec<&Row> = used.iter().map(|(sample, _)| &sample.row).collect();
    (0..topics)
        .into_par_iter()
        .map(|topic| {
            learn_topic(
                samples,
                candidates,
                &used,
                &rows,
                topic,
                &speaks[topic],
                recipe,
            )
        })
        .collect()
}

fn learn_topic(
    samples: &Samples,
    candidates: &[String],
    used: &[(&Sample, f64)],
    rows: &[&Row],
    topic: usize,
    speaks: &[(usize, f64)],
    recipe: Recipe,
) -> BTreeMap<String, f32> {
    let mut positive = vec![false; used.len()];
    let mut cost: Vec<f64> = used
        .iter()
        .map(|(sample, counts)| match sample.only {
            Some(only) if only != topic => recipe.elsewhere,
            _ => *counts,
        })
        .collect();
    let mut share_of_positives = 0.0;
    for (index, share) in speaks {
        positive[*index] = *share >= SPEAKS;
        cost[*index] = if positive[*index] {
            share.min(1.0) * used[*index].1
        } else {
            0.0
        };
        share_of_positives += cost[*index];
    }
    let negatives: f64 = cost
        .iter()
        .zip(&positive)
        .filter(|(_, p)| !**p)
        .map(|(c, _)| c)
        .sum();
    let balance = (negatives / f64::max(share_of_positives, 1.0)).sqrt();
    for (cost, positive) in cost.iter_mut().zip(&positive) {
        *cost *= recipe.cost * if *positive { balance } else { 1.0 };
    }
    let columns = candidates.len() + 1;
    let weights = support_vector(rows, &positive, &cost, columns);
    let mut power = vec![0.0f64; columns];
    for row in rows {
        for (c, v) in row.iter() {
            power[*c as usize] += f64::from(*v).powi(2);
        }
    }
    let mut ranked: Vec<(f64, usize)> = (1..columns)
        .map(|c| (weights[c].abs() * power[c].sqrt(), c))
        .filter(|(importance, _)| *importance > 0.0)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.truncate(recipe.kept);
    // Weights refer to scaled values; the engine counts words as they are.
    ranked
        .into_iter()
        .map(|(_, c)| {
            (
                candidates[c - 1].clone(),
                round(weights[c] * samples.scale[c]),
            )
        })
        .filter(|(_, weight)| *weight != 0.0)
        .collect()
}

/// Two decimals are enough, and readable.
fn round(weight: f64) -> f32 {
    ((weight * 100.0).round() / 100.0) as f32
}
