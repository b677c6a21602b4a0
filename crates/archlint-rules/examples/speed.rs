//! How long packs take to load, and how fast they search text: the built-in pack, and ten times as
//! many rules.
//!
//! `cargo run --release -p archlint-rules --example speed [FILE...]`

use archlint_rules::{BUILTIN_FILES, Rules, Source, builtin, load_with_builtin};
use std::time::Instant;

fn main() {
    let texts: Vec<String> = std::env::args()
        .skip(1)
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect();

    let start = Instant::now();
    let rules = builtin();
    report("built in", rules, start, &texts);

    let copies: Vec<Source> = (1..10).flat_map(copy).collect();
    let start = Instant::now();
    match load_with_builtin(&copies) {
        Ok(rules) => report("ten times as many", &rules, start, &texts),
        Err(errors) => println!("{errors}"),
    }
}

/// The built-in topics under other ids; they share the vocabulary.
fn copy(number: usize) -> Vec<Source> {
    BUILTIN_FILES
        .iter()
        .map(|(name, text)| Source {
            name: format!("copy {number} of {name}"),
            text: text
                .split_inclusive("\n\n")
                .scan(false, |in_topic, paragraph| {
                    if paragraph.contains("[[topic]]") {
                        *in_topic = true;
                    } else if ["[[concept]]", "[[pattern]]", "[[structure]]", "[[weights]]"]
                        .iter()
                        .any(|table| paragraph.contains(table))
                    {
                        *in_topic = false;
                    }
                    Some(if *in_topic { paragraph } else { "" })
                })
                .collect::<String>()
                .replace("\nid = \"", &format!("\nid = \"copy{number}-")),
        })
        .collect()
}

fn report(name: &str, rules: &Rules, start: Instant, texts: &[String]) {
    println!(
        "{name}: loaded {} topics, {} terms in {:.1} ms",
        rules.topics.len(),
        rules.matcher.len(),
        start.elapsed().as_secs_f64() * 1e3
    );
    let bytes: usize = texts.iter().map(String::len).sum();
    if bytes == 0 {
        return;
    }
    let (mut words, mut hits, mut signals) = (Vec::new(), Vec::new(), Vec::new());
    let (mut word_count, mut hit_count) = (0, 0);
    let rounds = 1 + 20_000_000 / bytes;
    let start = Instant::now();
    for _ in 0..rounds {
        for text in texts {
            let mut at = 0;
            for sentence in text.split_inclusive(". ") {
                words.clear();
                hits.clear();
                signals.clear();
                rules.matcher.words(sentence, at, &mut words);
                rules.matcher.hits(&words, text, &mut hits, &mut signals);
                at += sentence.len();
                word_count += words.len();
                hit_count += hits.len() + signals.len();
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let per_100 = |count: usize| count as f64 * 100.0 / (bytes * rounds) as f64;
    println!(
        "{name}: {:.1} MB/s, {:.1} words and {:.1} hits in 100 bytes",
        (bytes * rounds) as f64 / seconds / 1e6,
        per_100(word_count),
        per_100(hit_count),
    );
}
