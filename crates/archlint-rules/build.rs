//! Compiles the built-in rule pack, so that a program that uses it need not read 600 KB of TOML and
//! stem every word in it each time it starts.
//!
//! It does so with the modules of the library itself. What is wrong in the pack becomes a warning
//! of the build; the tests of the library fail on it.

#![allow(dead_code)]

#[path = "src/compile/mod.rs"]
mod compile;
#[path = "src/error.rs"]
mod error;
#[path = "src/frozen.rs"]
mod frozen;
#[path = "src/kind.rs"]
mod kind;
#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[path = "src/matcher.rs"]
mod matcher;
#[path = "src/merge.rs"]
mod merge;
#[path = "src/pack.rs"]
mod pack;
#[path = "src/read/mod.rs"]
mod read;
#[path = "src/rules.rs"]
mod rules;
#[path = "src/table.rs"]
mod table;
#[path = "src/term.rs"]
mod term;

/// Regular expressions and queries as they are stored: as written.
mod lazy {
    use crate::Text;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub struct LazyRegex(Text);

    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub struct LazyQuery(Text);

    impl LazyRegex {
        pub fn new(source: Text) -> Self {
            LazyRegex(source)
        }
    }

    impl LazyQuery {
        pub fn new(source: Text) -> Self {
            LazyQuery(source)
        }
    }
}

use kind::{Kind, Severity};
use lazy::{LazyQuery, LazyRegex};
use matcher::Matcher;
use pack::*;
use std::path::Path;
use std::{env, error::Error, fs};

/// The groups in the catalogue's order, which is the order in which topics are listed. Files that
/// are not named here follow in alphabetical order.
const ORDER: [&str; 14] = [
    "vocabulary",
    "deployment",
    "system-design",
    "challenges",
    "scalability",
    "networking",
    "data",
    "observability",
    "patterns",
    "cloud",
    "reliability",
    "security",
    "testing",
    "practices",
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../rules");
    let out = env::var("OUT_DIR")?;
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let rank = ORDER
                .iter()
                .position(|name| *name == stem)
                .unwrap_or(ORDER.len());
            files.push((rank, stem, path));
        }
    }
    files.sort();
    let mut list = String::from(
        "/// The files of the built-in pack with their names, in the catalogue's order.\n\
         pub const BUILTIN_FILES: &[(&str, &str)] = &[\n",
    );
    let mut texts = Vec::new();
    for (_, stem, path) in &files {
        let path = fs::canonicalize(path)?;
        list += &format!("    (\"rules/{stem}.toml\", include_str!({path:?})),\n");
        texts.push(fs::read_to_string(path)?);
    }
    list += "];\n";
    fs::write(Path::new(&out).join("files.rs"), list)?;

    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let order: Vec<usize> = (0..texts.len()).collect();
    let errors = table::Errors::default();
    let rules = rules::compile_sources(&texts, &order, |_| {}, &errors);
    for error in errors.borrow().iter() {
        let (_, stem, _) = &files[error.source];
        let line = texts[error.source][..error.span.start].lines().count();
        println!("cargo:warning=rules/{stem}.toml:{line}: {}", error.message);
    }
    fs::write(
        Path::new(&out).join("rules.bin"),
        postcard::to_allocvec(&rules)?,
    )?;
    Ok(())
}
