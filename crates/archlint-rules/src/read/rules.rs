//! Reading concepts and rules.

use super::values::{EXPECTATIONS, KINDS, SEVERITIES, check_scaffold, message, references};
use crate::error::PackError;
use crate::table::Table;
use crate::{
    AnswerTerms, Asked, Check, Concept, Example, LazyQuery, LazyRegex, Pattern, Structure, Text,
    Topic, TopicExample, default_kinds,
};

pub(super) fn concept(mut table: Table<'_>) -> Option<Concept> {
    let id = table.text("id");
    let terms = table.some_texts("terms");
    table.finish();
    Some(Concept { id: id?, terms })
}

pub(super) fn topic(mut t: Table<'_>) -> Option<Topic> {
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

pub(super) fn answer(mut table: Table<'_>, whole: bool) -> AnswerTerms {
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

pub(super) fn pattern(mut t: Table<'_>) -> Option<Pattern> {
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

pub(super) fn structure(mut t: Table<'_>) -> Option<Structure> {
    let id = t.text("id");
    let title = t.text("title");
    let message = message(&mut t);
    let help = t.text("help");
    let severity = t.choice("severity", &SEVERITIES);
    let kinds = t.choices("kinds", &KINDS).unwrap_or_else(default_kinds);
    let references = references(&mut t);
    let query = t.optional_text("query").map(LazyQuery::new);
    let needs = t.optional_text("needs").map(LazyRegex::new);
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
        needs,
        check,
        scaffold: scaffold.map(|s| s.text),
        examples,
    })
}
