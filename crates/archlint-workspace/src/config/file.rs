//! One `archlint.toml`, read and checked.

use super::fields::{Fields, Located, Mistake, choice, fraction, string, strings, wrong_type};
use super::globs::Glob;
use archlint_document::Span;
use archlint_rules::{Kind, Severity};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The names of kinds in configuration.
pub const KINDS: &[(&str, Kind)] = &[
    ("adr", Kind::Adr),
    ("design", Kind::Design),
    ("overview", Kind::Overview),
    ("other", Kind::Other),
];

/// The names of severities in configuration.
pub const SEVERITIES: &[(&str, Severity)] = &[
    ("error", Severity::Error),
    ("warning", Severity::Warning),
    ("info", Severity::Info),
    ("hint", Severity::Hint),
];

const LEVELS: &[(&str, Level)] = &[
    ("off", Level::Off),
    ("error", Level::At(Severity::Error)),
    ("warning", Level::At(Severity::Warning)),
    ("info", Level::At(Severity::Info)),
    ("hint", Level::At(Severity::Hint)),
];

/// What configuration makes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is switched off.
    Off,
    /// It counts as this severe.
    At(Severity),
}

/// A configuration file as written.
#[derive(Debug, Clone)]
pub struct ConfigFile {
    /// Where it is, absolute.
    pub path: PathBuf,
    /// Its text.
    pub text: Arc<str>,
    /// The file that it builds on, absolute.
    pub extends: Option<Located<PathBuf>>,
    /// Which Markdown files are documents; `None`: all.
    pub include: Option<Located<Vec<Glob>>>,
    /// Which are not.
    pub exclude: Vec<Located<Glob>>,
    /// Rule packs (folders or files), absolute.
    pub packs: Vec<Located<PathBuf>>,
    /// What holds for all documents.
    pub all: Values,
    /// Kinds by glob, in the order written.
    pub kinds: Vec<(Glob, Located<Kind>)>,
    /// What holds for some documents, in the order written.
    pub overrides: Vec<Override>,
    /// Documents that are read as one.
    pub sets: Vec<Set>,
    /// Templates that documents follow.
    pub templates: Vec<Template>,
}

/// The values that may be given for all documents or for some.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// The kind (in an override only).
    pub kind: Option<Located<Kind>>,
    /// The least severity that makes a run fail.
    pub fail_on: Option<Located<Severity>>,
    /// How sure a finding of a topic rule must be.
    pub confidence: Option<Located<f32>>,
    /// Rules and groups: those of a `*` first, groups then, single rules last.
    pub rules: Vec<RuleLevel>,
}

/// What is said of a rule or a group.
#[derive(Debug, Clone)]
pub struct RuleLevel {
    /// `group/name`, `group/*` or `*`, with its place.
    pub rule: Located<String>,
    /// What it is set to, with its place.
    pub level: Located<Level>,
}

/// `[[override]]`.
#[derive(Debug, Clone)]
pub struct Override {
    /// Which documents it is for.
    pub files: Vec<Glob>,
    /// What holds for them.
    pub values: Values,
}

/// `[[set]]`.
#[derive(Debug, Clone)]
pub struct Set {
    /// Its name.
    pub name: Located<String>,
    /// Which documents belong to it.
    pub files: Vec<Glob>,
}

/// `[[template]]`.
#[derive(Debug, Clone)]
pub struct Template {
    /// The template, absolute.
    pub file: Located<PathBuf>,
    /// Which documents follow it.
    pub files: Vec<Glob>,
    /// The version that a document names when it was written for this one.
    pub version: Option<Located<String>>,
    /// What is needed by stage, in no order.
    pub stages: Vec<Stage>,
}

/// `[template.stages.NAME]`.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The status or front matter value that it is for, in lower case.
    pub name: Located<String>,
    /// The sections that must be there; `None`: all of the template.
    pub sections: Option<Vec<Located<String>>>,
    /// The questions (ids or groups) that are asked; `None`: all.
    pub questions: Option<Vec<Located<String>>>,
}

/// Reads the text of a file. The mistakes are all that could be found; what could be read is there
/// in either case.
pub(super) fn read(path: &Path, text: Arc<str>) -> (ConfigFile, Vec<Mistake>) {
    let mut mistakes = Vec::new();
    let (root, syntax) = DeTable::parse_recoverable(&text);
    for error in syntax {
        mistakes.push(Mistake {
            span: error.span().map_or(0..0, |span| visible(&text, span)),
            message: format!("this is not TOML: {}", error.message().replace('\n', ", ")),
            label: String::new(),
            help: None,
        });
    }
    let mut file = ConfigFile {
        path: path.to_owned(),
        text: text.clone(),
        extends: None,
        include: None,
        exclude: Vec::new(),
        packs: Vec::new(),
        all: Values::default(),
        kinds: Vec::new(),
        overrides: Vec::new(),
        sets: Vec::new(),
        templates: Vec::new(),
    };
    // After a syntax error the rest is guesswork: what is reported from there may be wrong.
    if mistakes.is_empty() {
        fill(&mut file, root.get_ref(), &mut mistakes);
    }
    (file, mistakes)
}

/// A span that can be underlined: within the text and, if possible, not empty.
fn visible(text: &str, span: Span) -> Span {
    let start = span.start.min(text.len());
    let end = span.end.clamp(start, text.len());
    start..end
}

fn fill(file: &mut ConfigFile, root: &DeTable<'_>, mistakes: &mut Vec<Mistake>) {
    let folder = file.path.parent().unwrap_or(Path::new("")).to_owned();
    let mut fields = Fields::new(root, "archlint.toml");
    let place = |text: Located<String>| Located {
        value: crate::paths::absolute(&folder, Path::new(&text.value)),
        span: text.span,
    };
    file.extends = fields
        .get("extends")
        .and_then(|v| string(v, "the path of a file", mistakes))
        .map(&place);
    if let Some(value) = fields.get("include") {
        let globs = globs(value, mistakes)
            .into_iter()
            .map(|glob| glob.value)
            .collect();
        file.include = Some(Located {
            value: globs,
            span: value.span(),
        });
    }
    if let Some(value) = fields.get("exclude") {
        file.exclude = globs(value, mistakes);
    }
    if let Some(value) = fields.get("packs") {
        file.packs = strings(value, "a list of paths", mistakes)
            .into_iter()
            .map(&place)
            .collect();
    }
    file.all = values(&mut fields, false, mistakes);
    if let Some(value) = fields.get("kinds") {
        file.kinds = kinds(value, mistakes);
    }
    for table in tables(fields.get("override"), "[[override]]", mistakes) {
        file.overrides.extend(read_override(table, mistakes));
    }
    for table in tables(fields.get("set"), "[[set]]", mistakes) {
        file.sets.extend(read_set(table, mistakes));
    }
    for table in tables(fields.get("template"), "[[template]]", mistakes) {
        file.templates
            .extend(read_template(table, &place, mistakes));
    }
    fields.finish(mistakes);
}

type Table<'a, 'i> = (&'a DeTable<'i>, Span);

/// The tables of `[[name]]`; a single `[name]` counts as one.
fn tables<'a, 'i>(
    value: Option<&'a Spanned<DeValue<'i>>>,
    name: &str,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Table<'a, 'i>> {
    let Some(value) = value else {
        return Vec::new();
    };
    let items: Vec<&Spanned<DeValue<'i>>> = match value.get_ref() {
        DeValue::Array(items) => items.iter().collect(),
        _ => vec![value],
    };
    let mut result = Vec::new();
    for item in items {
        match item.get_ref() {
            DeValue::Table(table) => result.push((table, item.span())),
            _ => mistakes.push(wrong_type(item, &format!("tables, written `{name}`"))),
        }
    }
    result
}

fn table<'a, 'i>(
    value: &'a Spanned<DeValue<'i>>,
    expected: &str,
    mistakes: &mut Vec<Mistake>,
) -> Option<&'a DeTable<'i>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => {
            mistakes.push(wrong_type(value, expected));
            None
        }
    }
}

fn glob(text: Located<String>, mistakes: &mut Vec<Mistake>) -> Option<Located<Glob>> {
    match Glob::new(&text.value) {
        Ok(glob) => Some(Located {
            value: glob,
            span: text.span,
        }),
        Err(why) => {
            mistakes.push(Mistake {
                span: text.span,
                message: format!("`{}` is not a glob: {why}", text.value),
                label: why,
                help: None,
            });
            None
        }
    }
}

fn globs(value: &Spanned<DeValue<'_>>, mistakes: &mut Vec<Mistake>) -> Vec<Located<Glob>> {
    strings(value, "a list of globs", mistakes)
        .into_iter()
        .filter_map(|text| glob(text, mistakes))
        .collect()
}

fn files(
    fields: &mut Fields<'_, '_>,
    span: &Span,
    mistakes: &mut Vec<Mistake>,
) -> Option<Vec<Glob>> {
    let value = fields.need("files", span, mistakes)?;
    Some(
        globs(value, mistakes)
            .into_iter()
            .map(|glob| glob.value)
            .collect(),
    )
}

fn values(fields: &mut Fields<'_, '_>, with_kind: bool, mistakes: &mut Vec<Mistake>) -> Values {
    let mut values = Values::default();
    if with_kind {
        values.kind = fields
            .get("kind")
            .and_then(|v| choice(v, "a kind", KINDS, mistakes));
    }
    values.fail_on = fields
        .get("fail-on")
        .and_then(|v| choice(v, "a severity", SEVERITIES, mistakes));
    values.confidence = fields.get("confidence").and_then(|v| fraction(v, mistakes));
    if let Some(value) = fields.get("rules") {
        values.rules = rules(value, mistakes);
    }
    values
}

fn rules(value: &Spanned<DeValue<'_>>, mistakes: &mut Vec<Mistake>) -> Vec<RuleLevel> {
    let Some(table) = table(value, "a table of rules", mistakes) else {
        return Vec::new();
    };
    let mut result = Vec::new();
    for (key, value) in table.iter() {
        let rule = Located {
            value: key.get_ref().to_string(),
            span: key.span(),
        };
        // `security.tls = "off"` reads as a table in a table: say what was meant.
        if let DeValue::Table(_) = value.get_ref() {
            mistakes.push(Mistake {
                span: rule.span,
                message: format!("`{}` is not a rule", rule.value),
                label: "expected the id of a rule in quotes".to_owned(),
                help: Some("write \"group/rule\" = \"off\"".to_owned()),
            });
            continue;
        }
        if let Some(level) = choice(value, "a level", LEVELS, mistakes) {
            result.push(RuleLevel { rule, level });
        }
    }
    result.sort_by_key(|r| (specificity(&r.rule.value), r.rule.span.start));
    result
}

/// `*` before `group/*` before `group/rule`.
fn specificity(rule: &str) -> usize {
    match rule {
        "*" => 0,
        group if group.ends_with("/*") => 1,
        _ => 2,
    }
}

fn kinds(value: &Spanned<DeValue<'_>>, mistakes: &mut Vec<Mistake>) -> Vec<(Glob, Located<Kind>)> {
    let Some(table) = table(value, "a table of globs and kinds", mistakes) else {
        return Vec::new();
    };
    let mut result = Vec::new();
    for (key, value) in table.iter() {
        let text = Located {
            value: key.get_ref().to_string(),
            span: key.span(),
        };
        let glob = glob(text, mistakes);
        let kind = choice(value, "a kind", KINDS, mistakes);
        if let (Some(glob), Some(kind)) = (glob, kind) {
            result.push((glob.value, kind));
        }
    }
    // A table has no order of its own: the order of the file decides.
    result.sort_by_key(|(_, kind)| kind.span.start);
    result
}

fn read_override((table, span): Table<'_, '_>, mistakes: &mut Vec<Mistake>) -> Option<Override> {
    let mut fields = Fields::new(table, "`[[override]]`");
    let files = files(&mut fields, &span, mistakes);
    let values = values(&mut fields, true, mistakes);
    fields.finish(mistakes);
    Some(Override {
        files: files?,
        values,
    })
}

fn read_set((table, span): Table<'_, '_>, mistakes: &mut Vec<Mistake>) -> Option<Set> {
    let mut fields = Fields::new(table, "`[[set]]`");
    let name = fields
        .need("name", &span, mistakes)
        .and_then(|v| string(v, "the name of the set", mistakes));
    let files = files(&mut fields, &span, mistakes);
    fields.finish(mistakes);
    Some(Set {
        name: name?,
        files: files?,
    })
}

fn read_template(
    (root, span): Table<'_, '_>,
    place: &impl Fn(Located<String>) -> Located<PathBuf>,
    mistakes: &mut Vec<Mistake>,
) -> Option<Template> {
    let mut fields = Fields::new(root, "`[[template]]`");
    let file = fields
        .need("file", &span, mistakes)
        .and_then(|v| string(v, "the path of the template", mistakes))
        .map(place);
    let files = files(&mut fields, &span, mistakes);
    let version = fields
        .get("version")
        .and_then(|v| string(v, "a version in quotes", mistakes));
    let mut stages = Vec::new();
    if let Some(value) = fields.get("stages")
        && let Some(named) = table(value, "a table of stages", mistakes)
    {
        for (key, value) in named.iter() {
            let name = Located {
                value: key.get_ref().to_lowercase(),
                span: key.span(),
            };
            if let Some(table) = table(value, "a table with `sections` and `questions`", mistakes) {
                let mut fields = Fields::new(table, "a stage");
                let mut get = |key| {
                    fields
                        .get(key)
                        .map(|v| strings(v, "a list of strings", mistakes))
                };
                let (sections, questions) = (get("sections"), get("questions"));
                fields.finish(mistakes);
                stages.push(Stage {
                    name,
                    sections,
                    questions,
                });
            }
        }
    }
    fields.finish(mistakes);
    Some(Template {
        file: file?,
        files: files?,
        version,
        stages,
    })
}

/// What a level is called.
pub fn level_name(level: Level) -> &'static str {
    LEVELS
        .iter()
        .find(|(_, l)| *l == level)
        .map_or("", |(name, _)| name)
}
