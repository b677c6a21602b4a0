//! A decision record among its neighbours.

use crate::rule_ids::{OwnRule, own};
use crate::run::Examined;
use archlint_document::Span;
use archlint_review::adr::{Fields, Relation};
use archlint_review::{Finding, Review};
use archlint_rules::Rules;
use percent_encoding::percent_decode_str;
use std::path::Path;
use std::sync::Arc;

/// A decision record.
pub(super) struct Record {
    /// Its index among the documents of the run.
    pub at: usize,
    /// The name of its file.
    pub name: String,
    /// The number in the name of its file.
    pub file_number: Option<u32>,
    /// What it says about itself.
    pub fields: Arc<Fields>,
}

impl Record {
    /// Of a document that is a file and a decision record.
    pub fn new(at: usize, file: Option<&Path>, review: &Review) -> Option<Self> {
        let name = file?.file_name()?.to_string_lossy().into_owned();
        Some(Record {
            at,
            file_number: file_number(&name),
            name,
            fields: review.record.clone()?,
        })
    }

    /// The number in its file name, else the one that it gives itself.
    pub fn number(&self) -> Option<u32> {
        self.file_number.or(self.fields.number)
    }

    /// Where it is reported when no other place is better: the title, or the start.
    pub fn title_span(&self, one: &Examined) -> Span {
        match &self.fields.title {
            Some(title) => title.span.clone(),
            None => {
                let first = one.document.blocks.first();
                first.map_or(0..0, |block| block.span.clone())
            }
        }
    }

    /// Whether a relation of another record means this one.
    pub fn is_meant_by(&self, relation: &Relation) -> bool {
        match relation.target.as_deref().and_then(target_name) {
            Some(name) => name == self.name || Some(name.as_str()) == stem(&self.name),
            None => relation.number.is_some() && relation.number == self.number(),
        }
    }
}

fn stem(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(stem, _)| stem)
}

/// The name of the file that a link points to; `None` for links out of the folder or into the same
/// document.
pub(super) fn target_name(target: &str) -> Option<String> {
    let path = target.split(['#', '?']).next()?;
    if path.is_empty()
        || path.contains("://")
        || path.starts_with('/')
        || path.starts_with("mailto:")
    {
        return None;
    }
    let path = decoded(path);
    let path = path.strip_prefix("./").unwrap_or(&path);
    (!path.contains(['/', '\\'])).then(|| path.to_owned())
}

/// `%20` and the like as the characters they stand for.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The number that a file name begins with: 7 for `0007-use-queues.md` and `adr-7.md`. A date is no
/// number.
pub fn file_number(name: &str) -> Option<u32> {
    let lower = name.to_ascii_lowercase();
    let rest = ["adr", "adl", "decision", "record"]
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(&lower);
    let rest = rest.trim_start_matches(['-', '_', ' ', '.']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, after) = rest.split_at(digits);
    let is_date = match digits {
        4 => {
            after
                .strip_prefix(['-', '_', '.'])
                .is_some_and(|day| day.bytes().take(2).filter(u8::is_ascii_digit).count() == 2)
                && (number.starts_with("19") || number.starts_with("20"))
        }
        1..=5 => false,
        _ => return None,
    };
    // `2fa-for-admins.md` begins with a word, `7.md` and `0007_x.md` with a number.
    let ends = after.is_empty() || after.starts_with(['-', '_', '.', ' ']);
    if is_date || !ends {
        None
    } else {
        number.parse().ok()
    }
}

/// A finding of one of the folder's rules. Its general texts come from the rule pack where it has a
/// rule of this id; the label says what is meant here.
pub(super) fn finding(
    rules: &Rules,
    id: &str,
    span: Span,
    message: &str,
    label: String,
) -> Finding {
    let texts = own(id).unwrap_or(OwnRule::NONE);
    let in_pack = rules.structures.iter().find(|rule| &*rule.id == id);
    Finding {
        rule: id.to_owned(),
        question: None,
        severity: in_pack.map_or(texts.severity, |rule| rule.severity),
        message: in_pack.map_or_else(|| message.to_owned(), |rule| rule.message.clone()),
        label,
        help: in_pack.map_or_else(|| texts.help.to_owned(), |rule| rule.help.clone()),
        span,
        related: Vec::new(),
        confidence: 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_file_name_is_found() {
        for (name, number) in [
            ("0007-use-queues.md", Some(7)),
            ("adr-7.md", Some(7)),
            ("ADR007_Use queues.md", Some(7)),
            ("7.md", Some(7)),
            ("0000-use-adrs.md", Some(0)),
            ("2023-07-20-use-queues.md", None),
            ("20230720-use-queues.md", None),
            ("2024-use-queues.md", Some(2024)),
            ("2fa-for-admins.md", None),
            ("use-queues.md", None),
            ("README.md", None),
        ] {
            assert_eq!(file_number(name), number, "{name}");
        }
    }

    #[test]
    fn links_into_the_folder_are_told_from_others() {
        assert_eq!(
            target_name("./0001-a%20b.md#context"),
            Some("0001-a b.md".to_owned())
        );
        assert_eq!(target_name("https://example.org/0001.md"), None);
        assert_eq!(target_name("../x/0001.md"), None);
        assert_eq!(target_name("#context"), None);
    }
}
