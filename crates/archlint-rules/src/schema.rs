//! The JSON Schema of the pack format, for editors that complete and check TOML by it.

use crate::pack::{Concept, Model, Numbers, Pattern, Structure, Topic};
use crate::{Expect, Kind, Severity};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

/// The JSON Schema (draft 2020-12) of a file of a rule pack.
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<PackFile>().to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".into(), "archlint rule pack".into());
    }
    schema
}

/// A file of a rule pack.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, default)]
#[derive(Default)]
#[allow(dead_code)]
struct PackFile {
    /// Shared vocabulary.
    concept: Vec<Concept>,
    /// Questions.
    topic: Vec<Topic>,
    /// Words that are a problem in themselves.
    pattern: Vec<Pattern>,
    /// What the block tree must, or must not, hold.
    structure: Vec<Structure>,
    /// Additions to the lists of rules and concepts that exist.
    extend: Vec<Extend>,
    /// Values of rules that exist, replaced.
    #[schemars(rename = "override")]
    overrides: Vec<Override>,
    /// Learned numbers of topics; written by a program.
    weights: Vec<Weights>,
    /// Learned numbers of all topics; written by a program.
    model: Option<Model>,
}

/// Additions to the lists of a rule or concept.
#[derive(JsonSchema, Default)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code)]
struct Extend {
    /// The id of the rule or concept.
    id: String,
    /// Terms of a concept or pattern.
    #[schemars(default)]
    terms: Vec<String>,
    /// For a topic: what raises the question.
    #[schemars(default)]
    asked: ExtendAsked,
    /// For a topic: what answers it.
    #[schemars(default)]
    answer: ExtendAnswer,
    /// For a pattern: not in a sentence that holds one of these terms.
    #[schemars(default)]
    unless: Vec<String>,
    /// For a pattern: only under headings that hold one of these terms.
    #[schemars(default)]
    sections: Vec<String>,
    /// For a pattern: never under headings that hold one of these terms.
    #[schemars(default)]
    not_sections: Vec<String>,
    /// Addresses of pages that say more.
    #[schemars(default)]
    references: Vec<String>,
    /// Further examples.
    #[schemars(default)]
    example: Vec<ExtendExample>,
}

/// What else raises the question.
#[derive(JsonSchema, Default, serde::Serialize)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code)]
struct ExtendAsked {
    /// Terms that raise it.
    #[schemars(default)]
    when: Vec<String>,
}

/// What else answers the question.
#[derive(JsonSchema, Default, serde::Serialize)]
#[schemars(deny_unknown_fields, default)]
#[allow(dead_code)]
struct ExtendAnswer {
    /// Terms that, in running text, are an answer.
    strong: Vec<String>,
    /// The topic's words; on their own they only touch it.
    weak: Vec<String>,
    /// Headings under which a body answers.
    headings: Vec<String>,
    /// Words in code blocks.
    code: Vec<String>,
    /// Other senses: words inside these phrases do not count.
    not: Vec<String>,
}

/// A further example: `answers` for a topic, `fires` for a pattern or structure.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code)]
struct ExtendExample {
    /// Whether it answers the topic.
    answers: Option<bool>,
    /// Whether the rule fires.
    fires: Option<bool>,
    /// The passage, as Markdown.
    text: String,
}

/// Values of a rule, replaced.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code)]
struct Override {
    /// The id of the rule.
    id: String,
    /// false: switches the rule off.
    enabled: Option<bool>,
    /// What a heading or a column would call it.
    title: Option<String>,
    /// For a topic: the heading it stands under in lists.
    group: Option<String>,
    /// For a topic: the question.
    question: Option<String>,
    /// For a topic: what counts as an answer.
    answered_when: Option<String>,
    /// For a topic: what raises the question.
    asked_when: Option<String>,
    /// The finding: lower case, no full stop, at most 80 characters.
    message: Option<String>,
    /// What to do about the finding.
    help: Option<String>,
    /// How much the finding matters.
    severity: Option<Severity>,
    /// The kinds of document that it looks at.
    kinds: Option<Vec<Kind>>,
    /// Addresses of pages that say more.
    references: Option<Vec<String>>,
    /// The section a quick fix inserts: Markdown that begins with a heading.
    scaffold: Option<String>,
    /// For a topic: whether every document of its kinds raises it.
    always: Option<bool>,
    /// For a pattern: the regular expression.
    regex: Option<String>,
    /// For a pattern: not where the sentence or the next one holds a figure.
    unless_figure: Option<bool>,
    /// For a structure: whether the query must match or must not.
    expect: Option<Expect>,
    /// For a structure: the tree-sitter query.
    query: Option<String>,
}

/// Learned numbers of a topic.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code)]
struct Weights {
    /// The id of the topic.
    id: String,
    /// Feature to number, for "a reader would call it answered".
    #[schemars(default)]
    answered: Numbers,
    /// Feature to number, for "a reader would call it touched".
    #[schemars(default)]
    touched: Numbers,
    /// How often a reviewer expects an answer (0-1) when it is `absent`, `touched`, `answered`.
    #[schemars(default)]
    expected: Numbers,
    /// Term to number.
    #[schemars(default)]
    signals: Numbers,
    /// What was measured: precision, recall, documents.
    #[schemars(default)]
    measured: Numbers,
}
