//! Texts that teach which words speak of which question: the segments and sections of labelled
//! documents, the passages under `rules/passages`, and the rules' own words and examples.

use crate::corpus::Labelled;
use crate::linear::Row;
use archlint_document::{Document, parse};
use archlint_review::evidence::{SMOOTHING_WORDS, headings_around, title_section};
use archlint_review::reading::{Reading, read};
use archlint_rules::Rules;
use archlint_rules::lexicon::{for_each_word, stem_of};
use rustc_hash::{FxHashMap, FxHashSet};
use std::fs;
use std::path::Path;

/// A text with what it says to each question.
#[derive(Debug)]
pub struct Sample {
    /// Candidate terms with their values; column 0 is the constant 1.
    pub row: Row,
    /// Index of the labelled document that it is from; `None` for texts written for teaching.
    pub document: Option<usize>,
    /// By topic: how far it speaks of it, 0 to 1; topics that are not listed are 0.
    pub speaks: Vec<(usize, f64)>,
    /// The only topic that it teaches, for texts that may well answer others too.
    pub only: Option<usize>,
}

/// Words too common to tell anything.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "the", "a", "an", "of", "to", "in", "is", "it", "this", "that", "and", "or", "for", "on", "with",
    "as", "be", "are", "by", "from", "at", "we", "our", "will", "can", "not", "has", "have", "if",
    "its", "which", "was", "were", "been", "so", "do", "does", "than", "then", "there", "their",
    "they", "these", "those", "also", "such", "but", "into", "would", "should", "may", "when", "any",
    "all", "no", "one", "use", "using", "used", "you", "your", "i", "he", "she", "what", "how",
];

/// A text from which samples are made, before it is turned into a row.
pub struct Teaching {
    document: Document,
    speaks: Vec<(usize, f64)>,
    only: Option<usize>,
}

/// The passages, examples, terms and questions of the pack.
///
/// # Errors
/// A passage file that cannot be read or a row of it that is wrong.
pub fn teaching(root: &Path, rules: &Rules) -> Result<Vec<Teaching>, String> {
    let topic_of: FxHashMap<&str, usize> = rules
        .topics
        .iter()
        .enumerate()
        .map(|(i, topic)| (&*topic.id.text, i))
        .collect();
    let mut all = Vec::new();
    let mut add = |topic: usize, text: &str, share: f64| {
        all.push(Teaching {
            document: parse(text),
            speaks: if share > 0.0 {
                vec![(topic, share)]
            } else {
                Vec::new()
            },
            only: Some(topic),
        });
    };
    for (index, topic) in rules.topics.iter().enumerate() {
        add(
            index,
            &format!("{}. {}", topic.question, topic.answered_when),
            1.0,
        );
        for example in &topic.examples {
            add(
                index,
                &example.text,
                if example.answers { 1.0 } else { 0.0 },
            );
        }
        for list in [&topic.answer.strong, &topic.answer.headings] {
            for terms in list.chunks(15) {
                let text: Vec<String> = terms
                    .iter()
                    .map(|term| term.text.replace(['{', '}', '=', '+'], " "))
                    .collect();
                add(index, &text.join(".\n\n"), 1.0);
            }
        }
    }
    let folder = root.join("rules/passages");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "tsv"))
        .collect();
    files.sort();
    for path in files {
        let text =
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        for (number, line) in text.lines().enumerate().skip(1) {
            let wrong = |what: &str| format!("{}:{}: {what}", path.display(), number + 1);
            let mut cells = line.splitn(3, '\t');
            let (Some(id), Some(level), Some(text)) = (cells.next(), cells.next(), cells.next())
            else {
                return Err(wrong(
                    "a passage has an id, a level and a text, with tabs between",
                ));
            };
            let topic = *topic_of
                .get(id)
                .ok_or_else(|| wrong("there is no such topic"))?;
            let share = match level {
                "2" => 1.0,
                "1" => 0.4,
                "0" => 0.0,
                _ => return Err(wrong("the level is 0, 1 or 2")),
            };
            add(topic, text, share);
        }
    }
    Ok(all)
}

/// The words and pairs of words that are common enough to learn a weight for, as terms.
pub fn candidates(corpus: &[Labelled], teaching: &[Teaching]) -> Vec<String> {
    const LEAST: u32 = 3;
    let mut surfaces: FxHashMap<String, FxHashMap<String, u32>> = FxHashMap::default();
    let mut singles: FxHashMap<String, u32> = FxHashMap::default();
    let mut pairs: FxHashMap<(String, String), u32> = FxHashMap::default();
    let common: FxHashSet<&str> = COMMON.iter().copied().collect();
    let documents = corpus
        .iter()
        .map(|l| &l.document)
        .chain(teaching.iter().map(|t| &t.document));
    for document in documents {
        for block in &document.blocks {
            let mut here: FxHashSet<String> = FxHashSet::default();
            let mut pairs_here: FxHashSet<(String, String)> = FxHashSet::default();
            for sentence in document
                .sentences
                .get(block.sentences.clone())
                .unwrap_or_default()
            {
                let text = document.visible_text(sentence);
                let mut last: Option<String> = None;
                for_each_word(&text, |word, _| {
                    let lower = word.to_lowercase();
                    let dull = lower.len() < 2
                        || lower.starts_with(|c: char| c.is_ascii_digit())
                        || common.contains(&*lower);
                    if dull {
                        last = None;
                        return;
                    }
                    let stem = stem_of(&lower).into_owned();
                    *surfaces
                        .entry(stem.clone())
                        .or_default()
                        .entry(lower)
                        .or_default() += 1;
                    if let Some(left) = last.replace(stem.clone()) {
                        pairs_here.insert((left, stem.clone()));
                    }
                    here.insert(stem);
                });
            }
            for stem in here {
                *singles.entry(stem).or_default() += 1;
            }
            for pair in pairs_here {
                *pairs.entry(pair).or_default() += 1;
            }
        }
    }
    // The commonest form stands for its stem; of equals the first in the alphabet.
    let surface = |stem: &String| {
        surfaces[stem]
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))
            .map(|(form, _)| form.clone())
            .unwrap_or_default()
    };
    let mut terms: Vec<String> = singles
        .iter()
        .filter(|(_, count)| **count >= LEAST)
        .map(|(stem, _)| surface(stem))
        .chain(
            pairs
                .iter()
                .filter(|(_, count)| **count >= LEAST)
                .map(|((left, right), _)| format!("{} {}", surface(left), surface(right))),
        )
        .collect();
    terms.sort();
    terms.dedup();
    terms
}

/// Samples of a corpus, the teaching texts behind them, and the inverse document frequency by
/// column (the constant's is 0).
pub struct Samples {
    /// All samples.
    pub samples: Vec<Sample>,
    /// By column, the factor that its values were multiplied by.
    pub scale: Vec<f64>,
}

/// Makes samples; `rules` has the candidates among its signals.
pub fn samples(
    corpus: &[Labelled],
    teaching: &[Teaching],
    rules: &Rules,
    candidates: &[String],
) -> Samples {
    let column: FxHashMap<u32, u32> = candidates
        .iter()
        .enumerate()
        .filter_map(|(index, term)| Some((rules.matcher.term(term)?, index as u32 + 1)))
        .collect();
    let mut samples = Vec::new();
    for (index, labelled) in corpus.iter().enumerate() {
        let document = &labelled.document;
        let reading = read(document, rules);
        let title = title_section(document);
        let mut of_section: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (segment, cut) in reading.segments.iter().enumerate() {
            of_section.entry(cut.section).or_default().push(segment);
            let mut bag = Bag::new(document, &reading, title, cut.section);
            bag.add(&reading, segment);
            samples.push(Sample {
                row: bag.row(&column),
                document: Some(index),
                speaks: speaks(labelled, rules, labelled.lines_of(&cut.span)),
                only: None,
            });
        }
        let mut sections: Vec<_> = of_section.into_iter().collect();
        sections.sort_unstable();
        for (section, segments) in sections {
            if segments.len() < 2 {
                continue;
            }
            let mut bag = Bag::new(document, &reading, title, section);
            for segment in &segments {
                bag.add(&reading, *segment);
            }
            let (first, last) = (segments[0], segments[segments.len() - 1]);
            let span = reading.segments[first].span.start..reading.segments[last].span.end;
            samples.push(Sample {
                row: bag.row(&column),
                document: Some(index),
                speaks: speaks(labelled, rules, labelled.lines_of(&span)),
                only: None,
            });
        }
    }
    for text in teaching {
        let reading = read(&text.document, rules);
        let mut bag = Bag::default();
        for section in 0..text.document.sections.len() {
            bag.heading(&reading, section);
        }
        for segment in 0..reading.segments.len() {
            bag.add(&reading, segment);
        }
        samples.push(Sample {
            row: bag.row(&column),
            document: None,
            speaks: text.speaks.clone(),
            only: text.only,
        });
    }
    let scale = scale_rows(&mut samples, candidates.len() + 1);
    Samples { samples, scale }
}

/// Multiplies each value by its column's inverse document frequency, divided by 5 so that values
/// stay near 1.
fn scale_rows(samples: &mut [Sample], columns: usize) -> Vec<f64> {
    let mut count = vec![0.0f64; columns];
    for sample in samples.iter() {
        for (c, _) in &sample.row {
            count[*c as usize] += 1.0;
        }
    }
    let total = samples.len() as f64;
    let mut scale: Vec<f64> = count
        .iter()
        .map(|n| (total / (1.0 + n)).ln() / 5.0)
        .collect();
    scale[0] = 1.0;
    for sample in samples {
        for (c, v) in &mut sample.row {
            *v *= scale[*c as usize] as f32;
        }
    }
    scale
}

/// How far the lines speak of each topic: half a point for each reader who cites them in an
/// answer, less where the question is only touched.
fn speaks(labelled: &Labelled, rules: &Rules, (start, end): (usize, usize)) -> Vec<(usize, f64)> {
    let share = 1.0 / labelled.labels.len().max(1) as f64;
    rules
        .topics
        .iter()
        .enumerate()
        .filter_map(|(topic, rule)| {
            let sum: f64 = labelled
                .labels
                .iter()
                .filter_map(|labels| labels.get(&*rule.id.text))
                .filter(|label| label.lines.iter().any(|(x, y)| start <= *y && *x <= end))
                .map(|label| if label.level == 2 { share } else { 0.4 * share })
                .sum();
            (sum > 0.0).then_some((topic, sum))
        })
        .collect()
}

/// Terms of a segment or section with its headings.
#[derive(Default)]
struct Bag {
    heading: Vec<u32>,
    terms: FxHashSet<u32>,
    words: u32,
}

impl Bag {
    fn new(document: &Document, reading: &Reading, title: Option<usize>, section: usize) -> Bag {
        let mut bag = Bag::default();
        for (_, section) in headings_around(document, title, section) {
            bag.heading(reading, section);
        }
        bag
    }

    fn heading(&mut self, reading: &Reading, section: usize) {
        self.heading
            .extend(&reading.heading_terms[reading.section_terms[section].clone()]);
        self.words += reading.heading_words[section];
    }

    fn add(&mut self, reading: &Reading, segment: usize) {
        let mentions = &reading.mentions[reading.segment_mentions[segment].clone()];
        self.terms
            .extend(mentions.iter().map(|mention| mention.term));
        let heard = &reading.heard[reading.segment_heard[segment].clone()];
        self.terms.extend(heard.iter().map(|heard| heard.term));
        self.words += reading.segment_words[segment];
    }

    fn row(self, column: &FxHashMap<u32, u32>) -> Row {
        let norm = (self.words as f32 + SMOOTHING_WORDS).sqrt();
        let mut counts: FxHashMap<u32, f32> = FxHashMap::default();
        for term in self.heading.into_iter().chain(self.terms) {
            if let Some(column) = column.get(&term) {
                *counts.entry(*column).or_default() += 1.0 / norm;
            }
        }
        let mut row: Row = counts.into_iter().chain([(0, 1.0)]).collect();
        row.sort_unstable_by_key(|(column, _)| *column);
        row
    }
}
