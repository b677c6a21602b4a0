//! `archlint test`: do the rules do on their own examples what the examples say?

use super::print;
use crate::arguments::Test;
use crate::failure::Failure;
use crate::{CLEAN, FINDINGS};
use archlint_report::counted;
use archlint_review::{Finding, Kind, Review, Reviewer, Settings, Status};
use archlint_rules::{PackError, PackErrors, Place, Rules, Source, Text};
use std::path::{Path, PathBuf};

/// Runs the examples and prints those that fail, each with its place in the pack.
///
/// # Errors
/// When the pack cannot be read or has mistakes.
pub fn run(arguments: &Test) -> Result<u8, Failure> {
    let sources = match &arguments.pack {
        Some(pack) => read_pack(pack)?,
        None => builtin_sources(),
    };
    let loaded = match &arguments.pack {
        Some(_) => archlint_rules::load_with_builtin(&sources),
        None => archlint_rules::load(&sources),
    };
    let rules = loaded.map_err(|errors| {
        Failure::Rendered(archlint_rules::render_errors(
            &errors,
            &sources,
            arguments.color.for_stderr(),
        ))
    })?;
    // The sources that were given are numbered first: of the others the examples are not ours.
    let own = |text: &Text| (text.place.source as usize) < sources.len();
    let examples: Vec<Example<'_>> = examples(&rules)
        .into_iter()
        .filter(|example| own(example.text))
        .collect();
    let reviewer = Reviewer::new(&rules);
    let errors: Vec<PackError> = examples
        .iter()
        .filter_map(|example| failure(example, &reviewer, &sources))
        .collect();
    let (ran, failed) = (examples.len(), errors.len());
    if !errors.is_empty() {
        print(&archlint_rules::render_errors(
            &PackErrors { errors },
            &sources,
            arguments.color.for_stdout(),
        ))?;
    }
    print(&format!("{}, {failed} failed\n", counted(ran, "example")))?;
    Ok(if failed == 0 { CLEAN } else { FINDINGS })
}

fn builtin_sources() -> Vec<Source> {
    archlint_rules::BUILTIN_FILES
        .iter()
        .map(|(name, text)| Source {
            name: (*name).to_owned(),
            text: (*text).to_owned(),
        })
        .collect()
}

fn read_pack(pack: &Path) -> Result<Vec<Source>, Failure> {
    let cannot = |path: &Path| {
        let path = path.to_owned();
        move |error: std::io::Error| Failure::file("read", &path, &error)
    };
    let mut files: Vec<PathBuf> = vec![pack.to_owned()];
    if std::fs::metadata(pack).map_err(cannot(pack))?.is_dir() {
        files.clear();
        for entry in std::fs::read_dir(pack).map_err(cannot(pack))? {
            let path = entry.map_err(cannot(pack))?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                files.push(path);
            }
        }
        files.sort();
    }
    if files.is_empty() {
        return Err(Failure::asked(
            format!("there is no rule pack in {}", pack.display()),
            "a pack is a TOML file, or a folder that holds TOML files",
        ));
    }
    let read = |file: PathBuf| {
        let text = std::fs::read_to_string(&file).map_err(cannot(&file))?;
        Ok(Source {
            name: file.display().to_string(),
            text,
        })
    };
    files.into_iter().map(read).collect()
}

/// An example and what it expects.
struct Example<'a> {
    rule: &'a str,
    kind: Kind,
    text: &'a Text,
    expected: Expected,
}

enum Expected {
    Answers(bool),
    Fires(bool),
}

fn examples(rules: &Rules) -> Vec<Example<'_>> {
    let mut all = Vec::new();
    for topic in &rules.topics {
        all.extend(topic.examples.iter().map(|example| Example {
            rule: &topic.id,
            kind: usual(&topic.kinds),
            text: &example.text,
            expected: Expected::Answers(example.answers),
        }));
    }
    let patterns = rules
        .patterns
        .iter()
        .map(|rule| (&rule.id, &rule.kinds, &rule.examples));
    let structures = rules
        .structures
        .iter()
        .map(|rule| (&rule.id, &rule.kinds, &rule.examples));
    for (id, kinds, examples) in patterns.chain(structures) {
        all.extend(examples.iter().map(|example| Example {
            rule: id,
            kind: usual(kinds),
            text: &example.text,
            expected: Expected::Fires(example.fires),
        }));
    }
    all
}

/// The kind that an example of a rule for `kinds` is taken for.
fn usual(kinds: &[Kind]) -> Kind {
    let design = kinds.contains(&Kind::Design).then_some(Kind::Design);
    design.or(kinds.first().copied()).unwrap_or(Kind::Design)
}

/// What is wrong with the example, at its place; nothing when it holds.
fn failure(
    example: &Example<'_>,
    reviewer: &Reviewer<'_>,
    sources: &[Source],
) -> Option<PackError> {
    let document = archlint_document::parse(&example.text.text);
    let settings = Settings {
        kind: Some((example.kind, "the rule is for it".to_owned())),
        ..Settings::default()
    };
    let review = reviewer.review(&document, &settings);
    let (message, label) = match example.expected {
        Expected::Answers(expected) => {
            let answer = review
                .answers
                .iter()
                .find(|answer| answer.rule == example.rule);
            let status = answer.map_or(Status::Absent, |answer| answer.status);
            if (status == Status::Answered) == expected {
                return None;
            }
            let seen = answer.and_then(|answer| answer.evidence.first());
            let because = seen.map_or(String::new(), |passage| format!(": {}", passage.reason));
            let should = if expected {
                "should answer"
            } else {
                "should not answer"
            };
            (
                format!("`{}`: this example {should} the question", example.rule),
                format!("{}{because}", status.name()),
            )
        }
        Expected::Fires(expected) => {
            let fired = found(&review, example.rule);
            if fired.is_some() == expected {
                return None;
            }
            let should = if expected {
                "something should be found"
            } else {
                "nothing should be found"
            };
            (
                format!("`{}`: {should} in this example", example.rule),
                fired.map_or("nothing found".to_owned(), |f| f.label.clone()),
            )
        }
    };
    Some(PackError {
        source: example.text.place.source as usize,
        span: first_lines(example.text.place, sources),
        message,
        label,
        labels: Vec::new(),
        help: String::new(),
    })
}

fn found<'a>(review: &'a Review, rule: &str) -> Option<&'a Finding> {
    review.findings.iter().find(|finding| finding.rule == rule)
}

/// The beginning of an example, enough to know it by.
fn first_lines(place: Place, sources: &[Source]) -> std::ops::Range<usize> {
    let span = place.span();
    let text = sources
        .get(place.source as usize)
        .and_then(|source| source.text.get(span.clone()))
        .unwrap_or_default();
    let end = text
        .match_indices('\n')
        .nth(2)
        .map_or(text.len(), |(at, _)| at);
    span.start..span.start + end
}
