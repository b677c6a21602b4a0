//! What a rule pack holds, as plain data: one type per table of the format.

use crate::{Kind, LazyQuery, LazyRegex, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, ops::Deref, ops::Range};

/// A place in one of the sources that a pack was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// Index of the source: the user's sources come first, in their order, then the built-in ones.
    pub source: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

impl Place {
    /// Its bytes.
    pub fn span(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A text of a pack that knows where it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    /// The text.
    pub text: String,
    /// The value's place, quotation marks included.
    pub place: Place,
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// Shared vocabulary: a name for a list of terms.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Concept {
    /// Its id, as terms name it in braces: lower case, words joined by hyphens.
    #[schemars(with = "String")]
    pub id: Text,
    /// Its terms.
    #[schemars(with = "Vec<String>")]
    pub terms: Vec<Text>,
}

/// A question: when it is asked of a document, and what answers it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Topic {
    /// Its id: `group/name`.
    #[schemars(with = "String")]
    pub id: Text,
    /// What a heading or a column would call it, 1-4 words.
    pub title: String,
    /// The heading it stands under in lists.
    pub group: String,
    /// The question.
    pub question: String,
    /// What counts as an answer, as a clause.
    pub answered_when: String,
    /// What raises the question, as a clause.
    pub asked_when: String,
    /// The finding: lower case, no full stop, at most 80 characters.
    pub message: String,
    /// What to do about the finding.
    pub help: String,
    /// How much the finding matters.
    pub severity: Severity,
    /// The kinds of document it may be asked of.
    #[schemars(default = "default_kinds")]
    pub kinds: Vec<Kind>,
    /// Addresses of pages that say more.
    #[schemars(default)]
    pub references: Vec<String>,
    /// The section a quick fix inserts: Markdown that begins with a heading.
    pub scaffold: String,
    /// What raises the question.
    #[schemars(default)]
    pub asked: Asked,
    /// What answers it.
    pub answer: AnswerTerms,
    /// Passages that answer it or do not.
    #[schemars(rename = "example")]
    pub examples: Vec<TopicExample>,
    /// Its learned numbers, from a `[[weights]]` table.
    #[schemars(skip)]
    pub weights: Option<TopicWeights>,
}

/// What raises a question.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Asked {
    /// Whether every document of the topic's kinds raises it.
    #[schemars(default)]
    pub always: bool,
    /// Terms that raise it.
    #[schemars(default, with = "Vec<String>")]
    pub when: Vec<Text>,
}

/// What answers a question.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct AnswerTerms {
    /// Terms that, in running text, are an answer.
    #[schemars(with = "Vec<String>")]
    pub strong: Vec<Text>,
    /// The topic's words; on their own they only touch it.
    #[schemars(default, with = "Vec<String>")]
    pub weak: Vec<Text>,
    /// Headings under which a body answers.
    #[schemars(default, with = "Vec<String>")]
    pub headings: Vec<Text>,
    /// Words in code blocks.
    #[schemars(default, with = "Vec<String>")]
    pub code: Vec<Text>,
    /// Other senses: words inside these phrases do not count.
    #[schemars(default, with = "Vec<String>")]
    pub not: Vec<Text>,
}

/// A passage that answers a question or does not.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TopicExample {
    /// Whether it answers.
    pub answers: bool,
    /// The passage, as Markdown.
    #[schemars(with = "String")]
    pub text: Text,
}

/// Words that are a problem in themselves.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Pattern {
    /// Its id: `group/name`.
    #[schemars(with = "String")]
    pub id: Text,
    /// What a heading or a column would call it.
    pub title: String,
    /// The finding: lower case, no full stop, at most 80 characters.
    pub message: String,
    /// What to do about the finding.
    pub help: String,
    /// How much the finding matters.
    pub severity: Severity,
    /// The kinds of document it is looked for in.
    #[schemars(default = "default_kinds")]
    pub kinds: Vec<Kind>,
    /// Addresses of pages that say more.
    #[schemars(default)]
    pub references: Vec<String>,
    /// Terms that are the problem.
    #[schemars(default, with = "Vec<String>")]
    pub terms: Vec<Text>,
    /// A regular expression (of the `regex` crate) whose matches are the problem.
    #[schemars(default, with = "Option<String>")]
    pub regex: Option<LazyRegex>,
    /// Not where the sentence or the next one holds a figure.
    #[schemars(default)]
    pub unless_figure: bool,
    /// Not in a sentence that holds one of these terms.
    #[schemars(default, with = "Vec<String>")]
    pub unless: Vec<Text>,
    /// Only under headings that hold one of these terms; everywhere when there are none.
    #[schemars(default, with = "Vec<String>")]
    pub sections: Vec<Text>,
    /// Never under headings that hold one of these terms.
    #[schemars(default, with = "Vec<String>")]
    pub not_sections: Vec<Text>,
    /// Passages in which it fires or does not.
    #[schemars(rename = "example")]
    pub examples: Vec<Example>,
}

/// What a document's block tree must, or must not, hold.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Structure {
    /// Its id: `group/name`.
    #[schemars(with = "String")]
    pub id: Text,
    /// What a heading or a column would call it.
    pub title: String,
    /// The finding: lower case, no full stop, at most 80 characters.
    pub message: String,
    /// What to do about the finding.
    pub help: String,
    /// How much the finding matters.
    pub severity: Severity,
    /// The kinds of document it is looked for in.
    #[schemars(default = "default_kinds")]
    pub kinds: Vec<Kind>,
    /// Addresses of pages that say more.
    #[schemars(default)]
    pub references: Vec<String>,
    /// Whether the query must match or must not; with a check it is not given.
    #[schemars(default)]
    pub expect: Expect,
    /// A tree-sitter query over the Markdown block grammar; this or a check.
    #[schemars(default, with = "Option<String>")]
    pub query: Option<LazyQuery>,
    /// A regular expression that a document's text must match for the query to be tried: compiling
    /// a query and parsing for it cost more.
    #[schemars(default, with = "Option<String>")]
    pub needs: Option<LazyRegex>,
    /// A built-in check, for what takes more than a query.
    #[schemars(default)]
    pub check: Option<Check>,
    /// The section a quick fix inserts: Markdown that begins with a heading.
    #[schemars(default)]
    pub scaffold: Option<String>,
    /// Documents in which it fires or does not; none for a check of a folder.
    #[schemars(default, rename = "example")]
    pub examples: Vec<Example>,
}

/// A built-in check that a structure can name in place of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Check {
    /// A decision record has no title.
    AdrTitle,
    /// A decision record says nowhere where its decision stands.
    AdrStatus,
    /// The status of a decision record is in words that nobody knows.
    AdrStatusValue,
    /// A decision record says nowhere when it was made.
    AdrDate,
    /// The date of a decision record is not written as `YYYY-MM-DD`.
    AdrDateFormat,
    /// A decision record does not tell what led to the decision.
    AdrContext,
    /// A decision record does not tell what was decided.
    AdrDecision,
    /// A decision record does not tell what follows from the decision.
    AdrConsequences,
    /// What a template left behind.
    Placeholder,
    /// Looks at all records of a folder together; not run on a single document.
    Folder,
}

impl Check {
    /// All checks with the names that packs use.
    pub const ALL: [(&'static str, Check); 10] = [
        ("adr-title", Check::AdrTitle),
        ("adr-status", Check::AdrStatus),
        ("adr-status-value", Check::AdrStatusValue),
        ("adr-date", Check::AdrDate),
        ("adr-date-format", Check::AdrDateFormat),
        ("adr-context", Check::AdrContext),
        ("adr-decision", Check::AdrDecision),
        ("adr-consequences", Check::AdrConsequences),
        ("placeholder", Check::Placeholder),
        ("folder", Check::Folder),
    ];
}

/// What is expected of a structure's query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Expect {
    /// It matches; a finding when nothing does.
    #[default]
    Match,
    /// It does not match; a finding for each match.
    NoMatch,
}

/// A text in which a rule fires or does not.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Example {
    /// Whether the rule fires.
    pub fires: bool,
    /// The text, as Markdown.
    #[schemars(with = "String")]
    pub text: Text,
}

/// Named numbers that were learned from labelled documents.
pub type Numbers = BTreeMap<String, f32>;

/// Numbers that hold for all topics: sub-table name, then feature name, then number.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(transparent)]
pub struct Model {
    /// The sub-tables of `[model]`.
    pub tables: BTreeMap<String, Numbers>,
}

/// The learned numbers of one topic. Its learned terms are the signals of the matcher.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TopicWeights {
    /// Feature name to number, for "a reader would call it answered".
    pub answered: Numbers,
    /// Feature name to number, for "a reader would call it touched".
    pub touched: Numbers,
    /// How often a reviewer expects an answer (0-1) when the topic is `absent`, `touched` and
    /// `answered`.
    pub expected: Numbers,
    /// What was measured on labelled documents: `precision`, `recall`, `documents`.
    pub measured: Numbers,
}

/// The kinds of document that a rule looks at when it does not say.
pub fn default_kinds() -> Vec<Kind> {
    vec![Kind::Adr, Kind::Design, Kind::Overview]
}
