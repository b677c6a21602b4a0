//! `accuracy` and `tune`: figures on documents of organisations that the numbers have not seen.

use crate::CorpusArgs;
use crate::corpus::{Labelled, read, read_taught};
use crate::figures::{Figures, PerQuestion, Verdicts, prf, score, verdicts};
use crate::gate;
use crate::pack::{WEIGHTS, compile};
use crate::signals::Recipe;
use crate::stages::Course;
use archlint_review::{Reviewer, Settings};
use archlint_rules::Rules;
use clap::Args;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `accuracy`.
#[derive(Args, Debug)]
pub struct AccuracyArgs {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// Leave out this many groups of organisations instead of one organisation at a time: faster.
    #[arg(long)]
    groups: Option<usize>,
    /// Only measure the numbers that are in rules/weights.toml.
    #[arg(long)]
    plain: bool,
    /// Fail when a figure is more than 0.01 below the one recorded in this file; `tune` writes it.
    #[arg(long)]
    gate: Option<PathBuf>,
    /// Print each question's figures.
    #[arg(long)]
    per_question: bool,
    /// Print up to this many wrong answers and findings.
    #[arg(long, default_value_t = 0)]
    misses: usize,
    #[command(flatten)]
    learning: LearningArgs,
}

/// Options of `tune`.
#[derive(Args, Debug)]
pub struct TuneArgs {
    #[command(flatten)]
    corpus: CorpusArgs,
    #[command(flatten)]
    learning: LearningArgs,
}

/// How the numbers are learned.
#[derive(Args, Debug, Clone)]
pub struct LearningArgs {
    /// Cost of an error when words are learned; smaller is smoother.
    #[arg(long, default_value_t = 0.05)]
    cost: f64,
    /// Words and pairs of words kept for each question.
    #[arg(long, default_value_t = 400)]
    kept: usize,
    /// Weight (0-1) of a teaching text as a counterexample for questions it was not written for.
    #[arg(long, default_value_t = 0.5)]
    elsewhere: f64,
    /// Weight (0-1) of the passages of documents that are given with `--taught`.
    #[arg(long, default_value_t = 0.5)]
    taught_share: f64,
    /// Findings per document that the line is set for.
    #[arg(long, default_value_t = 4.2)]
    findings: f64,
}

impl LearningArgs {
    fn recipe(&self) -> Recipe {
        Recipe {
            cost: self.cost,
            kept: self.kept,
            elsewhere: self.elsewhere,
            taught: self.taught_share,
        }
    }
}

/// Runs `accuracy`.
pub fn accuracy(args: &AccuracyArgs) -> Result<ExitCode, String> {
    let corpus = corpus(&args.corpus)?;
    let plain = plain(&args.corpus, measured(&corpus))?;
    let (plain_figures, plain_questions) = score(measured(&corpus), &plain);
    if args.plain {
        print_figures(&[("as in rules/weights.toml", &plain_figures)]);
        details(args, measured(&corpus), &plain, &plain_questions);
        return Ok(ExitCode::SUCCESS);
    }
    let course = course(&args.corpus, &args.learning, &corpus, args.groups)?;
    let held_out = held_out(&course)?;
    let (figures, questions) = score(measured(&corpus), &held_out);
    print_figures(&[
        ("left out", &figures),
        ("as in rules/weights.toml", &plain_figures),
    ]);
    details(args, measured(&corpus), &held_out, &questions);
    match &args.gate {
        Some(path) => gate::check(path, &figures, &plain_figures),
        None => Ok(ExitCode::SUCCESS),
    }
}

fn details(
    args: &AccuracyArgs,
    corpus: &[Labelled],
    predictions: &[Verdicts],
    questions: &BTreeMap<String, PerQuestion>,
) {
    if args.per_question {
        print_questions(questions);
    }
    if args.misses > 0 {
        print_misses(corpus, predictions, args.misses);
    }
    print_curve(corpus, predictions);
}

/// Runs `tune`.
pub fn tune(args: &TuneArgs) -> Result<ExitCode, String> {
    let corpus = corpus(&args.corpus)?;
    let course = course(&args.corpus, &args.learning, &corpus, None)?;
    let mut weights = course.learn(None)?;
    let (figures, questions) = score(measured(&corpus), &held_out(&course)?);
    for (id, topic) in &mut weights.topics {
        if let Some(question) = questions.get(id) {
            let (precision, recall, _) = prf(question.counts);
            topic.tables.insert(
                "measured",
                [
                    ("precision".to_owned(), precision as f32),
                    ("recall".to_owned(), recall as f32),
                    ("documents".to_owned(), measured(&corpus).len() as f32),
                    ("answered".to_owned(), question.answered as f32),
                ]
                .into(),
            );
        }
    }
    let path = args.corpus.root.join(WEIGHTS);
    fs::write(&path, weights.to_toml()).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("wrote {}", path.display());
    let (plain_figures, _) = score(measured(&corpus), &plain(&args.corpus, measured(&corpus))?);
    print_figures(&[
        ("left out", &figures),
        ("as in rules/weights.toml", &plain_figures),
    ]);
    let gated = if args.corpus.taught.is_empty() {
        figures
    } else {
        without_taught(args)?
    };
    gate::record(&args.corpus.root.join(gate::RECORD), &gated, &plain_figures)?;
    Ok(ExitCode::SUCCESS)
}

/// The figures that the gate can reach again where the further documents are not at hand.
fn without_taught(args: &TuneArgs) -> Result<Figures, String> {
    let alone = CorpusArgs {
        taught: Vec::new(),
        ..args.corpus.clone()
    };
    let corpus = corpus(&alone)?;
    let course = course(&alone, &args.learning, &corpus, None)?;
    Ok(score(&corpus, &held_out(&course)?).0)
}

/// A course whose documents have been read.
fn course<'c>(
    args: &CorpusArgs,
    learning: &LearningArgs,
    corpus: &'c [Labelled],
    into: Option<usize>,
) -> Result<Course<'c>, String> {
    let groups = groups(corpus, into);
    let mut course = Course::new(
        &args.root,
        corpus,
        groups,
        learning.recipe(),
        learning.findings,
    )?;
    course.read()?;
    Ok(course)
}

fn corpus(args: &CorpusArgs) -> Result<Vec<Labelled>, String> {
    let mut corpus = read(&args.docs, &args.labels, args.manifest.as_deref())?;
    if corpus.is_empty() {
        return Err("the label folders name no document".to_owned());
    }
    for folder in &args.taught {
        corpus.extend(read_taught(folder)?);
    }
    Ok(corpus)
}

/// Taught documents are in this many groups of their own.
const TAUGHT_GROUPS: usize = 8;

/// By document, the number of its organisation, or of the group that its organisation is in.
fn groups(corpus: &[Labelled], into: Option<usize>) -> Vec<usize> {
    let measured = measured(corpus);
    let names = organisations(measured);
    let taught = organisations(&corpus[measured.len()..]);
    let into = into.unwrap_or(names.len()).max(2);
    corpus
        .iter()
        .map(|labelled| {
            let of = |names: &[&str]| names.binary_search(&labelled.organisation.as_str());
            match of(&names) {
                Ok(organisation) => organisation % into,
                Err(_) => into + of(&taught).unwrap_or(0) % TAUGHT_GROUPS,
            }
        })
        .collect()
}

/// The organisations of these documents, sorted, each once.
fn organisations(corpus: &[Labelled]) -> Vec<&str> {
    let mut names: Vec<&str> = corpus.iter().map(|l| l.organisation.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The documents that figures are taken on; they stand first.
fn measured(corpus: &[Labelled]) -> &[Labelled] {
    let count = corpus
        .iter()
        .take_while(|labelled| labelled.measured)
        .count();
    &corpus[..count]
}

/// Verdicts on each document by numbers learned without its group.
fn held_out(course: &Course<'_>) -> Result<Vec<Verdicts>, String> {
    let mut predictions = vec![Verdicts::new(); course.corpus.len()];
    let mut groups: Vec<usize> = (course.corpus.iter().zip(&course.groups))
        .filter(|(labelled, _)| labelled.measured)
        .map(|(_, group)| *group)
        .collect();
    groups.sort_unstable();
    groups.dedup();
    let learned: Vec<(usize, Rules)> = groups
        .into_par_iter()
        .map(|group| {
            let weights = course.learn(Some(group))?;
            Ok((group, compile(&course.sources, &weights.to_toml())?))
        })
        .collect::<Result<_, String>>()?;
    for (group, rules) in learned {
        for (index, labelled) in course.corpus.iter().enumerate() {
            if course.groups[index] == group {
                predictions[index] = review(labelled, &rules);
            }
        }
    }
    Ok(predictions)
}

fn review(labelled: &Labelled, rules: &Rules) -> Verdicts {
    let settings = Settings {
        path: Some(format!("{}.md", labelled.name)),
        ..Settings::default()
    };
    verdicts(
        labelled,
        &Reviewer::new(rules).review(&labelled.document, &settings),
    )
}

/// Verdicts by the numbers in the repository.
fn plain(args: &CorpusArgs, corpus: &[Labelled]) -> Result<Vec<Verdicts>, String> {
    let sources = crate::pack::sources(&args.root)?;
    let path = args.root.join(WEIGHTS);
    let weights =
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let rules = compile(&sources, &weights)?;
    Ok(corpus
        .iter()
        .map(|labelled| review(labelled, &rules))
        .collect())
}

fn print_figures(columns: &[(&str, &Figures)]) {
    print!("{:<24}", "");
    for (name, _) in columns {
        print!("{name:>26}");
    }
    println!();
    let Some((_, first)) = columns.first() else {
        return;
    };
    for (row, (name, _)) in first.rows().iter().enumerate() {
        print!("{name:<24}");
        for (_, figures) in columns {
            print!("{:>26.3}", figures.rows()[row].1);
        }
        println!();
    }
}

fn print_questions(questions: &BTreeMap<String, PerQuestion>) {
    println!(
        "\n{:<40}{:>6}{:>6}{:>6}{:>7}{:>7}{:>7}{:>10}{:>7}",
        "question", "P", "R", "F1", "right", "wrong", "missed", "findings", "right"
    );
    let mut rows: Vec<_> = questions.iter().collect();
    rows.sort_by(|a, b| prf(a.1.counts).2.total_cmp(&prf(b.1.counts).2));
    for (id, question) in rows {
        let (p, r, f1) = prf(question.counts);
        let [right, wrong, missed] = question.counts;
        let [findings, good] = question.findings;
        println!(
            "{id:<40}{p:>6.2}{r:>6.2}{f1:>6.2}{right:>7.1}{wrong:>7.1}{missed:>7.1}{findings:>10.0}{good:>7.1}"
        );
    }
}

fn print_misses(corpus: &[Labelled], predictions: &[Verdicts], most: usize) {
    println!();
    let mut printed = 0;
    for (labelled, verdicts) in corpus.iter().zip(predictions) {
        for (id, label) in &labelled.labels[0] {
            let Some(verdict) = verdicts.get(id) else {
                continue;
            };
            let what = match (verdict.level, label.level) {
                (2, 0) => "false answer",
                (0, 2) => "missed answer",
                _ if verdict.finding && !(label.expected && label.level < 2) => "wrong finding",
                _ => continue,
            };
            println!(
                "{what:<14}{:<52}{id:<40}{:?} {:?}",
                labelled.name, label.lines, verdict.evidence
            );
            printed += 1;
            if printed >= most {
                return;
            }
        }
    }
}

/// Precision of findings by their number per document.
fn print_curve(corpus: &[Labelled], predictions: &[Verdicts]) {
    let mut ranked: Vec<(f32, f64)> = Vec::new();
    for (labelled, verdicts) in corpus.iter().zip(predictions) {
        for (id, verdict) in verdicts.iter().filter(|(_, verdict)| verdict.level < 2) {
            let readers = labelled.labels.len() as f64;
            let right: f64 = labelled
                .labels
                .iter()
                .filter_map(|labels| labels.get(id))
                .map(|label| f64::from(u8::from(label.expected && label.level < 2)) / readers)
                .sum();
            ranked.push((verdict.confidence, right));
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("\nfindings per document   precision   line");
    for per_document in [2, 3, 4, 5, 6, 7, 8, 10, 12] {
        let count = (per_document * corpus.len()).min(ranked.len());
        let right: f64 = ranked[..count].iter().map(|(_, right)| right).sum();
        let line = ranked
            .get(count.saturating_sub(1))
            .map_or(0.0, |(line, _)| *line);
        println!(
            "{per_document:>21}   {:>9.3}   {line:.3}",
            right / count.max(1) as f64
        );
    }
}
