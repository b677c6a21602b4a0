//! How long the built-in pack takes to load, and how fast it searches text.
//!
//! `cargo run --release -p archlint-rules --example speed [FILE...]`

use std::time::Instant;

fn main() {
    let start = Instant::now();
    let rules = archlint_rules::builtin();
    println!(
        "loaded {} topics, {} terms in {:.1} ms",
        rules.topics.len(),
        rules.matcher.len(),
        start.elapsed().as_secs_f64() * 1e3
    );
    let texts: Vec<String> = std::env::args()
        .skip(1)
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    if bytes == 0 {
        return;
    }
    let (mut words, mut hits) = (Vec::new(), Vec::new());
    let (mut word_count, mut hit_count) = (0, 0);
    let rounds = 1 + 20_000_000 / bytes;
    let start = Instant::now();
    for _ in 0..rounds {
        for text in &texts {
            let mut at = 0;
            for sentence in text.split_inclusive(". ") {
                words.clear();
                hits.clear();
                rules.matcher.words(sentence, at, &mut words);
                rules.matcher.hits(&words, text, &mut hits);
                at += sentence.len();
                word_count += words.len();
                hit_count += hits.len();
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{:.1} MB/s, {:.1} words and {:.1} hits in 100 bytes",
        (bytes * rounds) as f64 / seconds / 1e6,
        word_count as f64 * 100.0 / (bytes * rounds) as f64,
        hit_count as f64 * 100.0 / (bytes * rounds) as f64,
    );
}
