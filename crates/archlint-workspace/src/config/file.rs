//! What one `archlint.toml` says, as plain data.

use super::fail_on::FailOn;
use super::fields::Located;
use super::globs::Glob;
use archlint_rules::{Kind, Severity};
use std::path::PathBuf;
use std::sync::Arc;

/// The names of kinds in configuration.
pub const KINDS: &[(&str, Kind)] = &[
    ("adr", Kind::Adr),
    ("design", Kind::Design),
    ("overview", Kind::Overview),
    ("other", Kind::Other),
];

pub(super) const LEVELS: &[(&str, Level)] = &[
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
    /// What makes a run fail.
    pub fail_on: Option<Located<FailOn>>,
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

/// What a level is called.
pub fn level_name(level: Level) -> &'static str {
    LEVELS
        .iter()
        .find(|(_, l)| *l == level)
        .map_or("", |(name, _)| name)
}
