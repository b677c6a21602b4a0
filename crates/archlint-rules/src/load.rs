//! Loading packs.

use crate::error::PackErrors;
use crate::merge::{Pack, merge};
use crate::read::read;
use crate::table::Errors;
use crate::{Matcher, Model, Pattern, Structure, Topic, builtin, check, compile};

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What errors call it, such as its path.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// One or several packs, put together and compiled.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The questions, in the order of the catalogue; those of further packs follow.
    pub topics: Vec<Topic>,
    /// The patterns.
    pub patterns: Vec<Pattern>,
    /// The structure rules.
    pub structures: Vec<Structure>,
    /// Learned numbers that hold for all topics.
    pub model: Option<Model>,
    /// Ids of rules that an `[[override]]` switched off; they are in none of the lists.
    pub disabled: Vec<String>,
    /// All terms of all topics and patterns.
    pub matcher: Matcher,
}

/// Loads a pack that stands on its own.
///
/// # Errors
/// Everything that is wrong in any of the sources.
pub fn load(sources: &[Source]) -> Result<Rules, PackErrors> {
    let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
    load_checked(&texts, (0..texts.len()).collect())
}

/// Loads a user's pack on top of the built-in one: it can name the built-in concepts, and extend
/// and override the built-in rules.
///
/// # Errors
/// Everything that is wrong in any of the sources.
pub fn load_with_builtin(user: &[Source]) -> Result<Rules, PackErrors> {
    let mut texts: Vec<&str> = user.iter().map(|source| source.text.as_str()).collect();
    texts.extend(builtin::FILES.iter().map(|(_, text)| *text));
    // Built-in sources are read first, but numbered last.
    let order = (user.len()..texts.len()).chain(0..user.len()).collect();
    load_checked(&texts, order)
}

fn load_checked(texts: &[&str], order: Vec<usize>) -> Result<Rules, PackErrors> {
    let errors = Errors::default();
    let pack = assemble(texts, &order, &errors);
    check::check(&pack, texts, &errors);
    let matcher = compile::compile(&pack, texts, &errors);
    PackErrors::check(errors.into_inner())?;
    Ok(rules(pack, matcher))
}

/// Loads a pack that is known to be good; what is wrong is left out.
pub(crate) fn load_trusted(files: &[(&str, &str)]) -> Rules {
    let texts: Vec<&str> = files.iter().map(|(_, text)| *text).collect();
    let order: Vec<usize> = (0..texts.len()).collect();
    let errors = Errors::default();
    let pack = assemble(&texts, &order, &errors);
    let matcher = compile::compile(&pack, &texts, &errors);
    rules(pack, matcher)
}

fn assemble(texts: &[&str], order: &[usize], errors: &Errors) -> Pack {
    let tables = order
        .iter()
        .map(|&source| read(source as u32, texts[source], errors))
        .collect();
    merge(tables, errors)
}

fn rules(pack: Pack, matcher: Matcher) -> Rules {
    Rules {
        topics: pack.topics,
        patterns: pack.patterns,
        structures: pack.structures,
        model: pack.model,
        disabled: pack.disabled,
        matcher,
    }
}
