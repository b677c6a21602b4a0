//! How often readers expect an answer.

use crate::gold::Gold;
use crate::layout::round;

/// A topic's rates count as if the average rates had been seen this often before.
const SMOOTHING: f64 = 4.0;

/// By topic, how often the kept rows expect an answer when it is absent, touched, answered.
pub fn rates(gold: &[Gold], topic_of: &[usize], kept: &[bool], topics: usize) -> Vec<[f32; 3]> {
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
                round((sums[level][0] + SMOOTHING * average) / (sums[level][1] + SMOOTHING))
            })
        })
        .collect()
}
