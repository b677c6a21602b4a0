//! From the TOML of one source to the tables of the format.

use crate::error::PackError;
use crate::table::{Errors, Table, by_name, place};
use crate::{
    AnswerTerms, Asked, Check, Concept, Example, Expect, Kind, LazyQuery, LazyRegex, Numbers,
    Pattern, Place, Severity, Structure, Text, Topic, TopicExample, TopicWeights, default_kinds,
};
use toml::de::DeTable;

/// What one source holds.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub concepts: Vec<Concept>,
    pub topics: Vec<Topic>,
    pub patterns: Vec<Pattern>,
    pub structures: Vec<Structure>,
    pub extends: Vec<Extend>,
    pub overrides: Vec<Override>,
    pub weights: Vec<Weights>,
    pub model: Vec<(String, Numbers)>,
}

/// `[[extend]]`: what is added to the lists of a rule or concept.
#[derive(Debug, Default)]
pub(crate) struct Extend {
    pub id: Text,
    /// The keys that were given, with their places.
    pub given: Vec<(&'static str, Place)>,
    pub terms: Vec<Text>,
    pub when: Vec<Text>,
    pub answer: AnswerTerms,
    pub unless: Vec<Text>,
    pub sections: Vec<Text>,
    pub not_sections: Vec<Text>,
    pub references: Vec<Text>,
    pub topic_examples: Vec<TopicExample>,
    pub examples: Vec<Example>,
}

/// `[[override]]`: the values of a rule that are replaced.
#[derive(Debug, Default)]
pub(crate) struct Override {
    pub id: Text,
    /// The keys that were given, with their places.
    pub given: Vec<(&'static str, Place)>,
    pub enabled: Option<bool>,
    pub title: Option<Text>,
    pub group: Option<Text>,
    pub question: Option<Text>,
    pub answered_when: Option<Text>,
    pub asked_when: Option<Text>,
    pub message: Option<Text>,
    pub help: Option<Text>,
    pub severity: Option<Severity>,
    pub kinds: Option<Vec<Kind>>,
    pub references: Option<Vec<Text>>,
    pub scaffold: Option<Text>,
    pub always: Option<bool>,
    pub regex: Option<LazyRegex>,
    pub unless_figure: Option<bool>,
    pub expect: Option<Expect>,
    pub query: Option<LazyQuery>,
}

/// `[[weights]]`: the learned numbers of a topic.
#[derive(Debug)]
pub(crate) struct Weights {
    pub id: Text,
    pub weights: TopicWeights,
    /// The signal terms with their places.
    pub signals: Vec<(Text, f32)>,
}

/// Reads a source. What cannot be read is noted in `errors` and left out.
pub(crate) fn read(source: u32, text: &str, errors: &Errors) -> Tables {
    if text.len() > u32::MAX as usize {
        let start = Place {
            source,
            start: 0,
            end: 0,
        };
        errors
            .borrow_mut()
            .push(PackError::at(start, "a rule file of more than 4 GB"));
        return Tables::default();
    }
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let at = Place {
                source,
                start: span.start as u32,
                end: span.end as u32,
            };
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            errors.borrow_mut().push(
                PackError::at(at, format!("not TOML: {message}"))
                    .help("the rest of this file is not checked until this is mended"),
            );
            return Tables::default();
        }
    };
    let mut file = Table::new(root.get_ref(), place(source, &root), "a rule file", errors);
    let mut tables = Tables::default();
    for table in file.tables("concept", "a [[concept]]") {
        tables.concepts.extend(concept(table));
    }
    for table in file.tables("topic", "a [[topic]]") {
        tables.topics.extend(topic(table));
    }
    for table in file.tables("pattern", "a [[pattern]]") {
        tables.patterns.extend(pattern(table));
    }
    for table in file.tables("structure", "a [[structure]]") {
        tables.structures.extend(structure(table));
    }
    for table in file.tables("extend", "an [[extend]]") {
        tables.extends.extend(extend(table));
    }
    for table in file.tables("override", "an [[override]]") {
        tables.overrides.extend(override_(table));
    }
    for table in file.tables("weights", "a [[weights]]") {
        tables.weights.extend(weights(table));
    }
    if let Some(model) = file.table("model", "[model]") {
        for (name, numbers) in model.into_tables() {
            tables.model.push((name, by_name(&numbers.into_numbers())));
        }
    }
    file.finish();
    tables
}

const KINDS: [(&str, Kind); 4] = [
    ("adr", Kind::Adr),
    ("design", Kind::Design),
    ("overview", Kind::Overview),
    ("other", Kind::Other),
];

const SEVERITIES: [(&str, Severity); 4] = [
    ("error", Severity::Error),
    ("warning", Severity::Warning),
    ("info", Severity::Info),
    ("hint", Severity::Hint),
];

const EXPECTATIONS: [(&str, Expect); 2] = [("match", Expect::Match), ("no-match", Expect::NoMatch)];

fn concept(mut table: Table<'_>) -> Option<Concept> {
    let id = table.text("id");
    let terms = table.some_texts("terms");
    table.finish();
    Some(Concept { id: id?, terms })
}

fn topic(mut t: Table<'_>) -> Option<Topic> {
    let id = t.text("id");
    let title = t.text("title");
    let group = t.text("group");
    let question = t.text("question");
    let answered_when = t.text("answered_when");
    let asked_when = t.text("asked_when");
    let message = message(&mut t);
    let help = t.text("help");
    let severity = t.choice("severity", &SEVERITIES);
    let kinds = t.choices("kinds", &KINDS).unwrap_or_else(default_kinds);
    let references = references(&mut t);
    let scaffold = t.text("scaffold");
    check_scaffold(&t, scaffold.as_ref());
    let asked = t.table("asked", "[topic.asked]").map(asked);
    let answer_missing = !t.has("answer");
    let answer = t
        .table("answer", "[topic.answer]")
        .map(|table| answer(table, true));
    if answer_missing {
        t.error(
            PackError::at(t.place(), "a [[topic]] has no `[topic.answer]`")
                .help("add `[topic.answer]` with `strong` terms"),
        );
    }
    let examples = topic_examples(&mut t);
    if let Some(id) = &id {
        let answering = examples.iter().filter(|e| e.answers).count();
        let not_answering = examples.len() - answering;
        if (answering < 2 || not_answering < 2) && !t.has("examples") {
            t.error(
                PackError::at(
                    id.place,
                    format!("topic `{id}` has {answering} examples that answer and {not_answering} that do not"),
                )
                .label("needs two of each")
                .help("add `[[topic.example]]` tables; one that does not answer should use the topic's words"),
            );
        }
    }
    t.finish();
    Some(Topic {
        id: id?,
        title: title?.text,
        group: group?.text,
        question: question?.text,
        answered_when: answered_when?.text,
        asked_when: asked_when?.text,
        message: message?.text,
        help: help?.text,
        severity: severity?,
        kinds,
        references: references.into_iter().map(|r| r.text).collect(),
        scaffold: scaffold?.text,
        asked: asked.unwrap_or_default(),
        answer: answer?,
        examples,
        weights: None,
    })
}

fn asked(mut table: Table<'_>) -> Asked {
    let asked = Asked {
        always: table.optional_bool("always").unwrap_or(false),
        when: table.texts("when"),
    };
    table.finish();
    asked
}

fn answer(mut table: Table<'_>, whole: bool) -> AnswerTerms {
    let answer = AnswerTerms {
        strong: if whole {
            table.some_texts("strong")
        } else {
            table.texts("strong")
        },
        weak: table.texts("weak"),
        headings: table.texts("headings"),
        code: table.texts("code"),
        not: table.texts("not"),
    };
    table.finish();
    answer
}

fn topic_examples(t: &mut Table<'_>) -> Vec<TopicExample> {
    let mut examples = Vec::new();
    for mut table in t.tables("example", "an example") {
        let answers = table.bool("answers");
        let text = table.text("text");
        table.finish();
        if let (Some(answers), Some(text)) = (answers, text) {
            examples.push(TopicExample { answers, text });
        }
    }
    examples
}

fn examples(t: &mut Table<'_>) -> Vec<Example> {
    let mut examples = Vec::new();
    for mut table in t.tables("example", "an example") {
        let fires = table.bool("fires");
        let text = table.text("text");
        table.finish();
        if let (Some(fires), Some(text)) = (fires, text) {
            examples.push(Example { fires, text });
        }
    }
    examples
}

fn check_examples(t: &Table<'_>, what: &str, id: Option<&Text>, examples: &[Example]) {
    let Some(id) = id else { return };
    let firing = examples.iter().filter(|e| e.fires).count();
    let silent = examples.len() - firing;
    if firing == 0 || silent == 0 {
        t.error(
            PackError::at(
                id.place,
                format!("{what} `{id}` has {firing} examples that fire and {silent} that do not"),
            )
            .label("needs one of each")
            .help(format!(
                "add `[[{what}.example]]` tables with `fires` and `text`"
            )),
        );
    }
}

fn pattern(mut t: Table<'_>) -> Option<Pattern> {
    let id = t.text("id");
    let title = t.text("title");
    let message = message(&mut t);
    let help = t.text("help");
    let severity = t.choice("severity", &SEVERITIES);
    let kinds = t.choices("kinds", &KINDS).unwrap_or_else(default_kinds);
    let references = references(&mut t);
    let terms = t.texts("terms");
    let regex = t.optional_text("regex").map(LazyRegex::new);
    let unless_figure = t.optional_bool("unless_figure").unwrap_or(false);
    let unless = t.texts("unless");
    let sections = t.texts("sections");
    let not_sections = t.texts("not_sections");
    let examples = examples(&mut t);
    check_examples(&t, "pattern", id.as_ref(), &examples);
    if !t.has("terms") && !t.has("regex") {
        t.error(
            PackError::at(t.place(), "a [[pattern]] has neither `terms` nor `regex`")
                .help("add the terms that are the problem, or a regular expression"),
        );
    }
    t.finish();
    Some(Pattern {
        id: id?,
        title: title?.text,
        message: message?.text,
        help: help?.text,
        severity: severity?,
        kinds,
        references: references.into_iter().map(|r| r.text).collect(),
        terms,
        regex,
        unless_figure,
        unless,
        sections,
        not_sections,
        examples,
    })
}

fn structure(mut t: Table<'_>) -> Option<Structure> {
    let id = t.text("id");
    let title = t.text("title");
    let message = message(&mut t);
    let help = t.text("help");
    let severity = t.choice("severity", &SEVERITIES);
    let kinds = t.choices("kinds", &KINDS).unwrap_or_else(default_kinds);
    let references = references(&mut t);
    let query = t.optional_text("query").map(LazyQuery::new);
    let check = t.optional_choice("check", &Check::ALL);
    let expect = if t.has("check") && !t.has("query") {
        Some(
            t.optional_choice("expect", &EXPECTATIONS)
                .unwrap_or_default(),
        )
    } else {
        t.choice("expect", &EXPECTATIONS)
    };
    if t.has("query") == t.has("check") {
        t.error(
            PackError::at(
                t.place(),
                "a [[structure]] needs either a `query` or a `check`",
            )
            .help("give a tree-sitter query, or the name of a built-in check"),
        );
    }
    let scaffold = t.optional_text("scaffold");
    check_scaffold(&t, scaffold.as_ref());
    let examples = examples(&mut t);
    // One document cannot show what is wrong with a folder.
    if check != Some(Check::Folder) {
        check_examples(&t, "structure", id.as_ref(), &examples);
    }
    t.finish();
    Some(Structure {
        id: id?,
        title: title?.text,
        message: message?.text,
        help: help?.text,
        severity: severity?,
        kinds,
        references: references.into_iter().map(|r| r.text).collect(),
        expect: expect?,
        query,
        check,
        scaffold: scaffold.map(|s| s.text),
        examples,
    })
}

fn extend(mut t: Table<'_>) -> Option<Extend> {
    let given = given(
        &t,
        &[
            "terms",
            "asked",
            "answer",
            "unless",
            "sections",
            "not_sections",
            "references",
            "example",
        ],
    );
    let id = t.text("id");
    let terms = t.texts("terms");
    let when = t
        .table("asked", "[extend.asked]")
        .map(|mut table| {
            let when = table.texts("when");
            table.finish();
            when
        })
        .unwrap_or_default();
    let answer = t
        .table("answer", "[extend.answer]")
        .map(|table| answer(table, false))
        .unwrap_or_default();
    let unless = t.texts("unless");
    let sections = t.texts("sections");
    let not_sections = t.texts("not_sections");
    let references = references(&mut t);
    let mut extend = Extend {
        id: id?,
        given,
        terms,
        when,
        answer,
        unless,
        sections,
        not_sections,
        references,
        ..Extend::default()
    };
    for mut table in t.tables("example", "an example") {
        let answers = table.optional_bool("answers");
        let fires = table.optional_bool("fires");
        let text = table.text("text");
        match (answers, fires, text) {
            (Some(answers), None, Some(text)) => {
                extend.topic_examples.push(TopicExample { answers, text });
            }
            (None, Some(fires), Some(text)) => extend.examples.push(Example { fires, text }),
            _ => table.error(
                PackError::at(
                    table.place(),
                    "an example needs `text` and one of `answers` and `fires`",
                )
                .help("`answers` for a topic, `fires` for a pattern or structure"),
            ),
        }
        table.finish();
    }
    t.finish();
    Some(extend)
}

fn override_(mut t: Table<'_>) -> Option<Override> {
    let given = given(
        &t,
        &[
            "enabled",
            "title",
            "group",
            "question",
            "answered_when",
            "asked_when",
            "message",
            "help",
            "severity",
            "kinds",
            "references",
            "scaffold",
            "always",
            "regex",
            "unless_figure",
            "expect",
            "query",
        ],
    );
    let id = t.text("id");
    let has_references = t.has("references");
    let result = Override {
        given,
        enabled: t.optional_bool("enabled"),
        title: t.optional_text("title"),
        group: t.optional_text("group"),
        question: t.optional_text("question"),
        answered_when: t.optional_text("answered_when"),
        asked_when: t.optional_text("asked_when"),
        message: if t.has("message") {
            message(&mut t)
        } else {
            t.optional_text("message")
        },
        help: t.optional_text("help"),
        severity: t.optional_choice("severity", &SEVERITIES),
        kinds: t.choices("kinds", &KINDS),
        references: Some(references(&mut t)).filter(|_| has_references),
        scaffold: t.optional_text("scaffold"),
        always: t.optional_bool("always"),
        regex: t.optional_text("regex").map(LazyRegex::new),
        unless_figure: t.optional_bool("unless_figure"),
        expect: t.optional_choice("expect", &EXPECTATIONS),
        query: t.optional_text("query").map(LazyQuery::new),
        ..Override::default()
    };
    check_scaffold(&t, result.scaffold.as_ref());
    let place = t.place();
    if id.is_some() && result.given.is_empty() {
        t.error(
            PackError::at(place, "an [[override]] that replaces nothing")
                .help("give it a value to replace, such as `severity`, or `enabled = false`"),
        );
    }
    t.finish();
    Some(Override { id: id?, ..result })
}

fn weights(mut t: Table<'_>) -> Option<Weights> {
    let id = t.text("id");
    let signals = t.numbers("signals");
    let weights = TopicWeights {
        answered: by_name(&t.numbers("answered")),
        touched: by_name(&t.numbers("touched")),
        expected: by_name(&t.numbers("expected")),
        open: by_name(&t.numbers("open")),
        measured: by_name(&t.numbers("measured")),
        signals: by_name(&signals),
    };
    t.finish();
    Some(Weights {
        id: id?,
        weights,
        signals,
    })
}

fn given(t: &Table<'_>, keys: &[&'static str]) -> Vec<(&'static str, Place)> {
    t.keys()
        .filter_map(|(key, place)| {
            keys.iter()
                .find(|known| **known == key)
                .map(|known| (*known, place))
        })
        .collect()
}

fn message(t: &mut Table<'_>) -> Option<Text> {
    let message = t.text("message")?;
    let wrong = if message.ends_with('.') {
        Some("ends with a full stop")
    } else if message.contains('\n') {
        Some("has more than one line")
    } else if message.chars().count() > 80 {
        Some("is longer than 80 characters")
    } else {
        None
    };
    if let Some(wrong) = wrong {
        t.error(
            PackError::at(message.place, format!("the message {wrong}"))
                .help("a message is one clause of at most 80 characters, without a full stop; the rest belongs in `help`"),
        );
    }
    Some(message)
}

fn references(t: &mut Table<'_>) -> Vec<Text> {
    let references = t.texts("references");
    for reference in &references {
        if !reference.starts_with("https://") && !reference.starts_with("http://") {
            t.error(
                PackError::at(reference.place, "a reference that is not an address")
                    .help("references begin with https:// or http://"),
            );
        }
    }
    references
}

fn check_scaffold(t: &Table<'_>, scaffold: Option<&Text>) {
    let Some(scaffold) = scaffold else { return };
    let first = scaffold.trim_start().lines().next().unwrap_or_default();
    let marks = first.bytes().take_while(|b| *b == b'#').count();
    let heading = (1..=6).contains(&marks)
        && first[marks..].starts_with([' ', '\t'])
        && !first[marks..].trim().is_empty();
    if !heading {
        t.error(
            PackError::at(scaffold.place, "the scaffold does not begin with a heading").help(
                "a scaffold is Markdown whose first line is a heading, such as `## Rollback`",
            ),
        );
    }
}
