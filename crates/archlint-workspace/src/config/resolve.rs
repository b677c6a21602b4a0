//! What holds for one document, and from where each value comes.

use super::fail_on::FailOn;
use super::file::{ConfigFile, Level, Template, Values, level_name};
use super::globs::Glob;
use super::{Caller, Config};
use archlint_document::Span;
use archlint_rules::Kind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Valued<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// The caller: "the command line", "the editor's settings".
    Caller(String),
    /// A configuration file.
    File {
        /// The file, absolute.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The place, in bytes.
        span: Span,
    },
}

impl Origin {
    /// For people: `archlint.toml:12`, `default`. File names are relative to `base`.
    pub fn describe(&self, base: &Path) -> String {
        match self {
            Origin::Default => "default".to_owned(),
            Origin::Caller(name) => name.clone(),
            Origin::File { path, line, .. } => {
                format!("{}:{line}", crate::paths::short(base, path))
            }
        }
    }
}

/// What configuration says of one document.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The document, absolute; `None` for text without a file.
    pub path: Option<PathBuf>,
    /// The configuration files that were looked at, nearest first.
    pub files: Vec<PathBuf>,
    /// Whether a walk over folders takes it.
    pub included: Valued<bool>,
    /// Its kind, when configuration gives it.
    pub kind: Option<Valued<Kind>>,
    /// The least severity that makes a run fail.
    pub fail_on: Valued<FailOn>,
    /// How sure a finding of a topic rule must be, 0-1; `None`: the built-in line.
    pub confidence: Valued<Option<f32>>,
    /// What is said of rules. The last one that is for a rule holds.
    pub rules: Vec<Valued<(String, Level)>>,
    /// The rule packs beside the built-in one, in the order in which they are loaded.
    pub packs: Vec<Valued<PathBuf>>,
    /// The sets that it belongs to.
    pub sets: Vec<Valued<String>>,
    /// The templates that it may follow; the last one is meant unless it names a version.
    pub templates: Vec<Valued<Template>>,
}

/// One line of what `archlint config PATH` prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The key, as in `archlint.toml`.
    pub key: String,
    /// The value, as it would be written there.
    pub value: String,
    /// Where it comes from.
    pub origin: String,
}

/// Whether `pattern` (`group/rule`, `group/*` or `*`) is for the rule `id`.
pub fn is_for(pattern: &str, id: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some("") => true,
        Some(group) => group.ends_with('/') && id.starts_with(group),
        None => pattern == id,
    }
}

impl Resolved {
    /// What configuration makes of a rule, if anything.
    pub fn level(&self, rule: &str) -> Option<Level> {
        let said = self
            .rules
            .iter()
            .rev()
            .find(|said| is_for(&said.value.0, rule));
        said.map(|said| said.value.1)
    }

    /// Everything as lines, for people. File names are relative to `base`.
    pub fn rows(&self, base: &Path) -> Vec<Row> {
        let row = |key: &str, value: String, origin: &Origin| Row {
            key: key.to_owned(),
            value,
            origin: origin.describe(base),
        };
        let quoted = |text: &str| format!("{text:?}");
        let path = |path: &Path| quoted(&crate::paths::short(base, path));
        let mut rows = vec![row(
            "included",
            self.included.value.to_string(),
            &self.included.origin,
        )];
        rows.push(match &self.kind {
            Some(kind) => row("kind", quoted(kind.value.name()), &kind.origin),
            None => row(
                "kind",
                "judged from the document".to_owned(),
                &Origin::Default,
            ),
        });
        let fail_on = quoted(self.fail_on.value.name());
        rows.push(row("fail-on", fail_on, &self.fail_on.origin));
        let confidence = self.confidence.value;
        let confidence = confidence.map_or("built in".to_owned(), |line| line.to_string());
        rows.push(row("confidence", confidence, &self.confidence.origin));
        rows.extend(
            self.packs
                .iter()
                .map(|pack| row("packs", path(&pack.value), &pack.origin)),
        );
        // Of several statements on one rule only the last holds.
        for (at, said) in self.rules.iter().enumerate() {
            let (rule, level) = &said.value;
            if !self.rules[at + 1..]
                .iter()
                .any(|later| is_for(&later.value.0, rule))
            {
                let key = format!("rules.{rule:?}");
                rows.push(row(&key, quoted(level_name(*level)), &said.origin));
            }
        }
        rows.extend(
            self.sets
                .iter()
                .map(|set| row("set", quoted(&set.value), &set.origin)),
        );
        for template in &self.templates {
            rows.push(row(
                "template",
                path(&template.value.file.value),
                &template.origin,
            ));
        }
        rows
    }
}

/// Resolves for a document under `config`. `path` is absolute.
pub(super) fn resolve(config: &Config, path: Option<&Path>) -> Resolved {
    let mut resolved = Resolved {
        path: path.map(Path::to_owned),
        files: config.files.iter().map(|file| file.path.clone()).collect(),
        included: Valued {
            value: true,
            origin: Origin::Default,
        },
        kind: None,
        fail_on: Valued {
            value: FailOn::default(),
            origin: Origin::Default,
        },
        confidence: Valued {
            value: None,
            origin: Origin::Default,
        },
        rules: Vec::new(),
        packs: Vec::new(),
        sets: Vec::new(),
        templates: Vec::new(),
    };
    let nearest = config.files.first().and_then(|file| file.path.parent());
    // The farthest first: what is said later wins.
    for file in config.files.iter().rev() {
        apply(&mut resolved, file, nearest, path);
    }
    apply_caller(&mut resolved, &config.caller);
    resolved
}

fn apply(
    resolved: &mut Resolved,
    file: &Arc<ConfigFile>,
    nearest: Option<&Path>,
    path: Option<&Path>,
) {
    let origin = |span: &Span| Origin::File {
        path: file.path.clone(),
        line: line_of(&file.text, span.start),
        span: span.clone(),
    };
    let inside = path.and_then(|path| inside(file, nearest, path));
    let matches = |glob: &Glob| inside.is_some_and(|inside| glob.matches(inside));
    if let Some(include) = &file.include {
        let value = include.value.iter().any(matches);
        resolved.included = Valued {
            value,
            origin: origin(&include.span),
        };
    }
    if let Some(exclude) = file.exclude.iter().find(|glob| matches(&glob.value)) {
        resolved.included = Valued {
            value: false,
            origin: origin(&exclude.span),
        };
    }
    for pack in &file.packs {
        resolved.packs.push(Valued {
            value: pack.value.clone(),
            origin: origin(&pack.span),
        });
    }
    for (glob, kind) in &file.kinds {
        if matches(glob) {
            resolved.kind = Some(Valued {
                value: kind.value,
                origin: origin(&kind.span),
            });
        }
    }
    apply_values(resolved, &file.all, &origin);
    for part in &file.overrides {
        if part.files.iter().any(matches) {
            apply_values(resolved, &part.values, &origin);
        }
    }
    for set in &file.sets {
        if set.files.iter().any(matches) {
            let origin = origin(&set.name.span);
            resolved.sets.push(Valued {
                value: set.name.value.clone(),
                origin,
            });
        }
    }
    for template in &file.templates {
        let origin = origin(&template.file.span);
        if path == Some(template.file.value.as_path()) {
            // A template is no document, and does not follow itself.
            resolved.included = Valued {
                value: false,
                origin,
            };
        } else if template.files.iter().any(matches) {
            resolved.templates.push(Valued {
                value: template.clone(),
                origin,
            });
        }
    }
}

fn apply_values(resolved: &mut Resolved, values: &Values, origin: &impl Fn(&Span) -> Origin) {
    if let Some(kind) = &values.kind {
        resolved.kind = Some(Valued {
            value: kind.value,
            origin: origin(&kind.span),
        });
    }
    if let Some(fail_on) = &values.fail_on {
        resolved.fail_on = Valued {
            value: fail_on.value,
            origin: origin(&fail_on.span),
        };
    }
    if let Some(confidence) = &values.confidence {
        let value = Some(confidence.value);
        resolved.confidence = Valued {
            value,
            origin: origin(&confidence.span),
        };
    }
    for rule in &values.rules {
        let value = (rule.rule.value.clone(), rule.level.value);
        resolved.rules.push(Valued {
            value,
            origin: origin(&rule.rule.span),
        });
    }
}

fn apply_caller(resolved: &mut Resolved, caller: &Caller) {
    let origin = Origin::Caller(caller.name.clone());
    if let Some(kind) = caller.kind {
        resolved.kind = Some(Valued {
            value: kind,
            origin: origin.clone(),
        });
    }
    if let Some(fail_on) = caller.fail_on {
        resolved.fail_on = Valued {
            value: fail_on,
            origin: origin.clone(),
        };
    }
    if let Some(confidence) = caller.confidence {
        resolved.confidence = Valued {
            value: Some(confidence),
            origin: origin.clone(),
        };
    }
    for rule in &caller.rules {
        resolved.rules.push(Valued {
            value: rule.clone(),
            origin: origin.clone(),
        });
    }
    for pack in &caller.packs {
        resolved.packs.push(Valued {
            value: pack.clone(),
            origin: origin.clone(),
        });
    }
}

/// The path as the globs of `file` see it: from its own folder or, when the document does not lie
/// there (a shared file elsewhere is extended), from the folder of the nearest file.
fn inside<'p>(file: &ConfigFile, nearest: Option<&Path>, path: &'p Path) -> Option<&'p Path> {
    let own = file
        .path
        .parent()
        .and_then(|folder| path.strip_prefix(folder).ok());
    own.or_else(|| nearest.and_then(|folder| path.strip_prefix(folder).ok()))
}

/// The line, from 1, of the byte at `offset`.
pub(super) fn line_of(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}
