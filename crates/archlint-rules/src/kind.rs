//! Kinds of document and severities of findings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What kind of document something is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An architecture decision record.
    Adr,
    /// A design proposal: KEP, RFC, RFD, TEP, blueprint.
    Design,
    /// A description of a system: arc42, C4, architecture overview.
    Overview,
    /// Anything else; not reviewed unless asked for.
    Other,
}

/// How much a finding matters; a later one matters more.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A thought.
    Hint,
    /// Worth knowing.
    Info,
    /// Worth mending.
    Warning,
    /// Wrong.
    Error,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 4] = [Kind::Adr, Kind::Design, Kind::Overview, Kind::Other];

    /// The name used in rule packs, configuration and reports.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Adr => "adr",
            Kind::Design => "design",
            Kind::Overview => "overview",
            Kind::Other => "other",
        }
    }
}

impl Severity {
    /// All severities, the weakest first.
    pub const ALL: [Severity; 4] = [
        Severity::Hint,
        Severity::Info,
        Severity::Warning,
        Severity::Error,
    ];

    /// The name used in rule packs, configuration and reports.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A name that stands for none of the values it could stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    name: String,
    allowed: String,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is none of {}", self.name, self.allowed)
    }
}

impl std::error::Error for UnknownName {}

impl FromStr for Kind {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        by_name(&Kind::ALL, Kind::name, name)
    }
}

impl FromStr for Severity {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        by_name(&Severity::ALL, Severity::name, name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

fn by_name<T: Copy>(
    all: &[T],
    name_of: fn(T) -> &'static str,
    name: &str,
) -> Result<T, UnknownName> {
    all.iter()
        .copied()
        .find(|&value| name_of(value) == name)
        .ok_or_else(|| UnknownName {
            name: name.to_string(),
            allowed: all
                .iter()
                .map(|&v| name_of(v))
                .collect::<Vec<_>>()
                .join(", "),
        })
}
