//! From probabilities to answers: a status for each question, with the passages that show it.

use crate::evidence::{Cell, Evidence};
use crate::features::{Traits, question, traits, views};
use crate::judge::Judge;
use crate::reading::{Mention, Reading};
use crate::{Answer, Kind, Passage, Status, evidence};
use archlint_document::{Document, Span};
use archlint_rules::Rules;

/// At most this many passages are shown for an answer.
const PASSAGES: usize = 3;
/// A further passage is shown when its strength, in log-odds, is at most this much below the best.
const FURTHER: f32 = 4.0;
/// Longest quotation in a reason, in characters.
const QUOTE: usize = 60;

/// Judges all questions of a document of a kind.
pub(crate) fn answers(
    document: &Document,
    reading: &Reading,
    rules: &Rules,
    judge: &Judge,
    kind: Kind,
) -> Vec<Answer> {
    let evidence = evidence::gather(document, reading, rules);
    let traits: Traits = traits(document, reading, kind);
    let views = views(document, reading, &evidence, &traits, rules, |topic| {
        judge.evidence(topic)
    });
    let (answered, touched): (Vec<f32>, Vec<f32>) = views
        .iter()
        .enumerate()
        .map(|(topic, view)| judge.topic(topic, &view.features))
        .unzip();
    rules
        .topics
        .iter()
        .enumerate()
        .map(|(topic, rule)| {
            let cells = &views[topic].cells;
            let (answered, touched) = (answered[topic], touched[topic]);
            let applies = rule.kinds.contains(&kind);
            let status = if answered >= judge.lines.answered && !cells.is_empty() {
                Status::Answered
            } else if touched >= judge.lines.touched && !cells.is_empty() {
                Status::Touched
            } else {
                Status::Absent
            };
            let empty = evidence
                .announced
                .iter()
                .find(|(section, other)| {
                    *other as usize == topic && reading.body_words[*section as usize] == 0
                })
                .map(|(section, _)| *section as usize);
            let any = |holds: fn(&Cell) -> bool| {
                let mut all = cells.iter();
                all.any(|(index, _)| holds(&evidence.cells[*index as usize]))
            };
            let is_own = rule.weights.is_none();
            let said = rule.asked.always || any(|cell| cell.raised_by.is_some());
            // Nobody has measured how often readers ask a team's own question: what its rule says
            // holds to the letter.
            let (expected, open) = if is_own && said {
                (1.0, 1.0 - answered)
            } else {
                let expected = judge.expected(topic, answered, touched);
                let features = &views[topic].features;
                let asked = question(rule, features, answered, touched, expected);
                (expected, judge.open(&asked))
            };
            let raised = empty.is_some()
                || (is_own && said)
                || any(|cell| cell.mention.is_some() || cell.raised_by.is_some());
            Answer {
                rule: rule.id.text.clone(),
                status,
                asked: applies && (expected >= judge.lines.asked || open >= judge.lines.finding),
                raised_by: raised_by(document, reading, &evidence, cells, empty),
                evidence: if status == Status::Absent {
                    Vec::new()
                } else {
                    shown(document, reading, &evidence, cells)
                },
                waiver: None,
                answered_probability: answered,
                open_probability: if applies && raised { open } else { 0.0 },
            }
        })
        .collect()
}

/// The passages that answer or touch a topic, the strongest first.
fn shown(
    document: &Document,
    reading: &Reading,
    evidence: &Evidence,
    cells: &[(u32, f32)],
) -> Vec<Passage> {
    let best = cells.first().map_or(0.0, |(_, strength)| *strength);
    cells
        .iter()
        .take(PASSAGES)
        .take_while(|(_, strength)| *strength >= best - FURTHER)
        .map(|(index, _)| {
            let cell = &evidence.cells[*index as usize];
            Passage {
                span: reading.segments[cell.segment as usize].span.clone(),
                reason: reason(document, reading, cell),
            }
        })
        .collect()
}

fn reason(document: &Document, reading: &Reading, cell: &Cell) -> String {
    match cell.mention {
        Some(mention) => format!(
            "says “{}”",
            quote(document, &reading.mentions[mention as usize])
        ),
        None => {
            let section = reading.segments[cell.segment as usize].section;
            match document.heading_title(section) {
                "" => "speaks of it in other words".to_owned(),
                title => format!("stands under “{}”", cut(title)),
            }
        }
    }
}

/// What raises a question: a heading left empty, what touches it, what its rule says raises it.
fn raised_by(
    document: &Document,
    reading: &Reading,
    evidence: &Evidence,
    cells: &[(u32, f32)],
    empty: Option<usize>,
) -> Vec<Passage> {
    let mut passages = Vec::new();
    let heading = empty.and_then(|section| document.sections.get(section)?.heading.as_ref());
    if let Some(heading) = heading {
        passages.push(Passage {
            span: heading.span.clone(),
            reason: format!("“{}” has nothing under it", cut(&heading.text)),
        });
    }
    // Nothing raises a question more than the document that asks it.
    let cell = |(index, _): &(u32, f32)| &evidence.cells[*index as usize];
    let asking = cells.iter().map(cell).filter(|cell| cell.asks);
    let others = cells.iter().map(cell).filter(|cell| !cell.asks);
    // A weak word alone raises nothing beside a better one.
    let telling = |cell: &&Cell| cell.asks || cell.strong > 0 || cell.raised_by.is_some();
    let has_telling = cells.iter().any(|one| telling(&cell(one)));
    let mentions = asking
        .chain(others)
        .filter(|cell| !has_telling || telling(cell))
        .filter_map(|cell| cell.mention.or(cell.raised_by));
    for mention in mentions.take(2) {
        let mention = &reading.mentions[mention as usize];
        passages.push(Passage {
            span: sentence_of(document, mention),
            reason: format!("says “{}”", quote(document, mention)),
        });
    }
    let speaking = cells
        .iter()
        .map(|(index, _)| &evidence.cells[*index as usize])
        .find(|cell| cell.claims);
    if passages.is_empty()
        && let Some(cell) = speaking
    {
        let segment = &reading.segments[cell.segment as usize];
        let span = document
            .sentence_at(segment.span.start)
            .and_then(|sentence| document.sentences.get(sentence))
            .map_or_else(|| segment.span.clone(), |sentence| sentence.span.clone());
        passages.push(Passage {
            span,
            reason: reason(document, reading, cell),
        });
    }
    passages
}

/// The sentence around a mention; in code, the mention itself.
fn sentence_of(document: &Document, mention: &Mention) -> Span {
    document
        .sentence_at(mention.start as usize)
        .and_then(|sentence| document.sentences.get(sentence))
        .map_or(mention.start as usize..mention.end as usize, |sentence| {
            sentence.span.clone()
        })
}

fn quote(document: &Document, mention: &Mention) -> String {
    cut(document.source(&(mention.start as usize..mention.end as usize)))
}

/// A text on one line, cut to what a reason can hold.
fn cut(text: &str) -> String {
    let mut short = String::new();
    for (count, word) in text.split_whitespace().enumerate() {
        if short.chars().count() + word.chars().count() > QUOTE {
            short.push('…');
            break;
        }
        if count > 0 {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}
