//! The built-in pack.

use crate::Rules;
use std::sync::OnceLock;

/// Its files with their names, in the catalogue's order: topics are listed in the order in which
/// they are met.
pub const FILES: &[(&str, &str)] = &[
    (
        "rules/vocabulary.toml",
        include_str!("../../../rules/vocabulary.toml"),
    ),
    (
        "rules/deployment.toml",
        include_str!("../../../rules/deployment.toml"),
    ),
    (
        "rules/system-design.toml",
        include_str!("../../../rules/system-design.toml"),
    ),
    (
        "rules/challenges.toml",
        include_str!("../../../rules/challenges.toml"),
    ),
    (
        "rules/scalability.toml",
        include_str!("../../../rules/scalability.toml"),
    ),
    (
        "rules/networking.toml",
        include_str!("../../../rules/networking.toml"),
    ),
    ("rules/data.toml", include_str!("../../../rules/data.toml")),
    (
        "rules/observability.toml",
        include_str!("../../../rules/observability.toml"),
    ),
    (
        "rules/patterns.toml",
        include_str!("../../../rules/patterns.toml"),
    ),
    (
        "rules/cloud.toml",
        include_str!("../../../rules/cloud.toml"),
    ),
    (
        "rules/security.toml",
        include_str!("../../../rules/security.toml"),
    ),
    (
        "rules/practices.toml",
        include_str!("../../../rules/practices.toml"),
    ),
    (
        "rules/weights.toml",
        include_str!("../../../rules/weights.toml"),
    ),
];

/// The built-in pack, read and compiled at the first call.
///
/// It is not checked here (a test does that): what cannot be read is left out.
pub fn builtin() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| crate::load::load_trusted(FILES))
}
