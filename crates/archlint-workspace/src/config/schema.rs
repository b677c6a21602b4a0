//! The JSON Schema of `archlint.toml`, for editors. Reading does not go through these types, so
//! that it can report every mistake; a test holds the two together.

use archlint_rules::Kind;
use schemars::JsonSchema;
use std::collections::BTreeMap;

/// The schema of `archlint.toml`.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(File)
}

/// Configuration of archlint.
#[derive(JsonSchema)]
#[schemars(
    rename = "archlint.toml",
    rename_all = "kebab-case",
    deny_unknown_fields
)]
#[allow(dead_code)]
struct File {
    /// A configuration file that this one builds on, relative to this one. What this file says
    /// wins. Files in folders above are not looked at unless they are named here.
    extends: Option<String>,
    /// Globs of the Markdown files that are documents; default: all of them. A glob without `/`
    /// matches a name at any depth, one with `/` is relative to the folder of this file.
    include: Option<OneOrMore>,
    /// Globs of files and folders that are left out.
    exclude: Option<OneOrMore>,
    /// Rule packs beside the built-in one: folders or TOML files, relative to this file.
    packs: Option<OneOrMore>,
    /// The least severity of a finding that makes a run fail, or `never`; default: `warning`.
    fail_on: Option<FailOn>,
    /// How sure a finding of a question must be to be reported, from 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    confidence: Option<f32>,
    /// Glob of documents → their kind. The last one that matches holds.
    kinds: Option<BTreeMap<String, Kind>>,
    /// Rule (`group/rule`), group (`group/*`) or `*` → `off` or a severity. A rule wins over its
    /// group.
    rules: Option<BTreeMap<String, Level>>,
    /// What holds for some documents only.
    r#override: Option<Vec<Override>>,
    /// Documents that are read as one: a question that one of them answers is answered.
    set: Option<Vec<Set>>,
    /// Templates that documents follow.
    template: Option<Vec<Template>>,
}

/// A string, or a list of strings.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// Off, or a severity.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[allow(dead_code)]
enum Level {
    Off,
    Error,
    Warning,
    Info,
    Hint,
}

/// The least severity of a finding that makes a run fail.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[allow(dead_code)]
enum FailOn {
    Error,
    Warning,
    Info,
    Hint,
    Never,
}

/// What holds for some documents only.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(dead_code)]
struct Override {
    /// Globs of the documents.
    files: OneOrMore,
    /// Their kind.
    kind: Option<Kind>,
    /// The least severity of a finding that makes a run fail, or `never`.
    fail_on: Option<FailOn>,
    /// How sure a finding of a question must be to be reported, from 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    confidence: Option<f32>,
    /// As `rules` of the whole file.
    rules: Option<BTreeMap<String, Level>>,
}

/// Documents that are read as one.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code)]
struct Set {
    /// Its name, for reports.
    name: String,
    /// Globs of its documents.
    files: OneOrMore,
}

/// A template that documents follow.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code)]
struct Template {
    /// The template, a Markdown file, relative to this file.
    file: String,
    /// Globs of the documents that follow it.
    files: OneOrMore,
    /// The version that a document names in its front matter (`template: "2"`) when it was written
    /// for this template.
    version: Option<String>,
    /// What is needed by stage: the document's status → sections and questions.
    stages: Option<BTreeMap<String, Stage>>,
}

/// What a document at a stage needs.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code)]
struct Stage {
    /// The sections that must be there; default: all of the template.
    sections: Option<OneOrMore>,
    /// The questions (rules or groups) that are asked; default: all.
    questions: Option<OneOrMore>,
}
