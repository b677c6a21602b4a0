//! Reading what changes or completes rules: `[[extend]]`, `[[override]]`, `[[weights]]`.

use super::rules::answer;
use super::values::{EXPECTATIONS, KINDS, SEVERITIES, check_scaffold, message, references};
use crate::error::PackError;
use crate::table::{Table, by_name};
use crate::{
    AnswerTerms, Example, Expect, Kind, LazyQuery, LazyRegex, Place, Severity, Text, TopicExample,
    TopicWeights,
};

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

pub(super) fn extend(mut t: Table<'_>) -> Option<Extend> {
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

pub(super) fn override_(mut t: Table<'_>) -> Option<Override> {
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

pub(super) fn weights(mut t: Table<'_>) -> Option<Weights> {
    let id = t.text("id");
    let weights = TopicWeights {
        answered: by_name(&t.numbers("answered")),
        touched: by_name(&t.numbers("touched")),
        expected: by_name(&t.numbers("expected")),
        measured: by_name(&t.numbers("measured")),
    };
    let signals = t.numbers("signals");
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
