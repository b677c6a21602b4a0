//! The columns of a model in which topics share weights and may deviate from them a little.

use crate::linear::Row;
use crate::weights::{Numbers, Weights};

/// Penalties (see [`crate::linear::logistic`]) of shared weights and of a topic's own.
pub const SHARED: f64 = 3.0;
/// A topic's own weights are held closer to nothing; its own bias a little less.
const OWN: f64 = 20.0;

/// Where the columns of a model with shared and own weights stand.
pub struct Layout<'n> {
    names: &'n [&'n str],
    own: Vec<usize>,
    topics: usize,
}

impl<'n> Layout<'n> {
    /// Of the features' names, those with own weights, and the number of topics.
    pub fn new(names: &'n [&'n str], own: &[&str], topics: usize) -> Layout<'n> {
        let own = own
            .iter()
            .filter_map(|name| names.iter().position(|n| n == name))
            .collect();
        Layout { names, own, topics }
    }

    /// The columns of one topic's features.
    pub fn row(&self, features: &[f32], topic: usize) -> Row {
        let shared = features.iter().enumerate().map(|(i, v)| (i as u32, *v));
        let base = self.names.len() + topic * self.own.len();
        let own = self
            .own
            .iter()
            .enumerate()
            .map(|(i, f)| ((base + i) as u32, features[*f]));
        shared.chain(own).filter(|(_, v)| *v != 0.0).collect()
    }

    /// The penalty of each column.
    pub fn penalty(&self) -> Vec<f64> {
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

    /// Puts what was learned into the tables of this name.
    pub fn store(&self, learned: &[f64], name: &'static str, weights: &mut Weights) {
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

/// Values under their names.
pub fn numbers(names: &[&str], values: &[f64]) -> Numbers {
    names
        .iter()
        .zip(values)
        .map(|(name, value)| ((*name).to_owned(), round(*value)))
        .collect()
}

/// Three decimals are enough, and readable.
pub fn round(value: f64) -> f32 {
    ((value * 1000.0).round() / 1000.0) as f32
}
