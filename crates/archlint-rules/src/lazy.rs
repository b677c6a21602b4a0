//! Regular expressions and tree-sitter queries that are compiled when they are first used, so that
//! loading a pack does not pay for rules that no document needs.

use crate::Text;
use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};
use tree_sitter::{Query, QueryError};

/// A compiled regular expression takes at most this many bytes.
const REGEX_SIZE_LIMIT: usize = 1 << 20;

/// A regular expression of a rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Text", into = "Text")]
pub struct LazyRegex {
    pub(crate) source: Text,
    compiled: OnceLock<Option<Regex>>,
}

impl LazyRegex {
    pub(crate) fn new(source: Text) -> Self {
        LazyRegex {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// The expression as written.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// The expression, compiled; `None` only if it cannot be, which [`crate::load`] reports.
    pub fn get(&self) -> Option<&Regex> {
        self.compiled
            .get_or_init(|| compile_regex(&self.source).ok())
            .as_ref()
    }
}

/// A tree-sitter query of a rule, over the Markdown block grammar.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Text", into = "Text")]
pub struct LazyQuery {
    pub(crate) source: Text,
    compiled: OnceLock<Option<Arc<Query>>>,
}

impl LazyQuery {
    pub(crate) fn new(source: Text) -> Self {
        LazyQuery {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// The query as written.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// The query, compiled; `None` only if it cannot be, which [`crate::load`] reports.
    pub fn get(&self) -> Option<&Query> {
        self.compiled
            .get_or_init(|| compile_query(&self.source).ok().map(Arc::new))
            .as_deref()
    }
}

impl From<Text> for LazyRegex {
    fn from(source: Text) -> Self {
        LazyRegex::new(source)
    }
}

impl From<LazyRegex> for Text {
    fn from(regex: LazyRegex) -> Self {
        regex.source
    }
}

impl From<Text> for LazyQuery {
    fn from(source: Text) -> Self {
        LazyQuery::new(source)
    }
}

impl From<LazyQuery> for Text {
    fn from(query: LazyQuery) -> Self {
        query.source
    }
}

pub(crate) fn compile_regex(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern)
        .size_limit(REGEX_SIZE_LIMIT)
        .dfa_size_limit(REGEX_SIZE_LIMIT)
        .build()
}

pub(crate) fn compile_query(query: &str) -> Result<Query, QueryError> {
    Query::new(&tree_sitter_md::LANGUAGE.into(), query)
}
