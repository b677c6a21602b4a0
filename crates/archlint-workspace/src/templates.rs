//! Templates.
use crate::config::{Config, Resolved};
use archlint_document::Document;
use archlint_review::Review;
/// x
pub fn check(_document: &Document, _review: &mut Review, _resolved: &Resolved, _config: &Config) {}
