//! Waivers: `<!-- archlint: waive group/rule until 2027-03-31: why it does not apply -->` for the
//! document (before the first heading or under the title) or for the section it stands in, and
//! `archlint: { waive: { "group/rule": "why" } }` in the front matter.
//!
//! A waiver counts when it gives a reason and has not expired. Everything that is wrong with one
//! is a finding itself.

mod apply;
mod directive;
mod read;

pub use apply::{Judging, apply};
pub use directive::{Expected, SyntaxError, Waive, expected_at, is_date, is_pattern, parse};
pub use read::{Waiver, Waivers, read};

use archlint_document::Document;

/// Where a waiver for a section is inserted: the offset, in bytes, of the start of the line behind
/// its heading; for section 0 that behind the front matter. A caller inserts the comment with an
/// empty line around it.
pub fn insertion_point(document: &Document, section: usize) -> usize {
    let heading = document
        .sections
        .get(section)
        .and_then(|section| section.heading.as_ref());
    let end = match (heading, &document.front_matter) {
        (Some(heading), _) => heading.span.end,
        (None, Some(matter)) => matter.span.end,
        (None, None) => {
            return if document.text.starts_with('\u{feff}') {
                3
            } else {
                0
            };
        }
    };
    let rest = document.text.get(end..).unwrap_or_default();
    rest.find('\n')
        .map_or(document.text.len(), |at| end + at + 1)
}
