//! From the texts of packs to compiled rules.

use crate::merge::{Pack, merge};
use crate::read::read;
use crate::table::Errors;
use crate::{Matcher, Model, Pattern, Structure, Topic, compile};
use serde::{Deserialize, Serialize};

/// One or several packs, put together and compiled.
#[derive(Debug, Clone, Serialize, Deserialize)]
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

/// Compiles the sources `texts`, read in the given order; `check` sees the tables before they are
/// compiled. What is wrong is noted in `errors` and left out.
pub(crate) fn compile_sources(
    texts: &[&str],
    order: &[usize],
    check: impl FnOnce(&Pack),
    errors: &Errors,
) -> Rules {
    let tables = order
        .iter()
        .map(|&source| read(source as u32, texts[source], errors))
        .collect();
    let pack = merge(tables, errors);
    check(&pack);
    let matcher = compile::compile(&pack, texts, errors);
    Rules {
        topics: pack.topics,
        patterns: pack.patterns,
        structures: pack.structures,
        model: pack.model,
        disabled: pack.disabled,
        matcher,
    }
}
