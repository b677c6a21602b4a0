//! Reading one `archlint.toml`: every mistake in it is found.

use super::fail_on::FailOn;
use super::fields::{Fields, Located, Mistake, choice, fraction, string, strings, wrong_type};
use super::file::{ConfigFile, KINDS, LEVELS, Override, RuleLevel, Set, Stage, Template, Values};
use super::globs::Glob;
use archlint_document::Span;
use archlint_rules::Kind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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
        .and_then(|v| choice(v, "a severity", FailOn::NAMES, mistakes));
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
