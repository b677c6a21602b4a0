//! Loading packs.

use crate::error::PackErrors;
use crate::rules::compile_sources;
use crate::table::Errors;
use crate::{BUILTIN_FILES, Rules, check};

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What errors call it, such as its path.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Loads a pack that stands on its own.
///
/// # Errors
/// Everything that is wrong in any of the sources.
pub fn load(sources: &[Source]) -> Result<Rules, PackErrors> {
    let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
    let order: Vec<usize> = (0..texts.len()).collect();
    load_checked(&texts, &order)
}

/// Loads a user's pack on top of the built-in one: it can name the built-in concepts, and extend
/// and override the built-in rules.
///
/// # Errors
/// Everything that is wrong in any of the sources.
pub fn load_with_builtin(user: &[Source]) -> Result<Rules, PackErrors> {
    let mut texts: Vec<&str> = user.iter().map(|source| source.text.as_str()).collect();
    texts.extend(BUILTIN_FILES.iter().map(|(_, text)| *text));
    // Built-in sources are read first, but numbered last.
    let order: Vec<usize> = (user.len()..texts.len()).chain(0..user.len()).collect();
    load_checked(&texts, &order)
}

fn load_checked(texts: &[&str], order: &[usize]) -> Result<Rules, PackErrors> {
    let errors = Errors::default();
    let check = |pack: &_| check::check(pack, texts, &errors);
    let rules = compile_sources(texts, order, check, &errors);
    PackErrors::check(errors.into_inner())?;
    Ok(rules)
}
