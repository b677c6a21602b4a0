//! The built-in pack.
#![allow(clippy::unwrap_used)]

use archlint_rules::{BUILTIN_FILES, Source, builtin, load, render_errors};

#[test]
fn the_built_in_pack_has_no_errors() {
    let sources: Vec<Source> = BUILTIN_FILES
        .iter()
        .map(|(name, text)| Source {
            name: name.to_string(),
            text: text.to_string(),
        })
        .collect();
    if let Err(errors) = load(&sources) {
        panic!("{}", render_errors(&errors, &sources, false));
    }
}

#[test]
fn every_rule_file_is_built_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");
    let mut missing: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".toml"))
        .map(|name| format!("rules/{name}"))
        .filter(|name| !BUILTIN_FILES.iter().any(|(known, _)| known == name))
        .collect();
    missing.sort();
    assert_eq!(missing, Vec::<String>::new(), "add them to src/builtin.rs");
}

#[test]
fn the_built_in_pack_is_compiled_once() {
    assert!(std::ptr::eq(builtin(), builtin()));
    assert!(builtin().topics.len() >= 60);
}
