//! The JSON Schema of the pack format is kept in the repository.
#![allow(clippy::unwrap_used)]

use archlint_rules::{BUILTIN_FILES, schema};
use serde_json::Value;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/schema.json");

/// To refresh the file: `REFRESH=1 cargo test -p archlint-rules --test schema`.
#[test]
fn the_schema_in_the_repository_is_fresh() {
    let fresh = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    if std::env::var_os("REFRESH").is_some() {
        std::fs::write(PATH, &fresh).unwrap();
    }
    let kept = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(
        kept == fresh,
        "rules/schema.json is stale; refresh it: REFRESH=1 cargo test -p archlint-rules --test schema"
    );
}

#[test]
fn the_schema_accepts_the_built_in_pack_and_refuses_unknown_keys() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for (name, text) in BUILTIN_FILES {
        let pack: Value = toml::from_str(text).unwrap();
        if let Err(error) = validator.validate(&pack) {
            panic!("{name}: {error} at {}", error.instance_path());
        }
    }
    let bad: Value =
        toml::from_str("[[concept]]\nid = \"a\"\nterms = [\"a\"]\nterm = 1\n").unwrap();
    assert!(!validator.is_valid(&bad));
}
