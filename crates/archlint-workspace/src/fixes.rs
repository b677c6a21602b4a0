//! Changes to documents: what they are, how several go together, and writing them so that a file is
//! never left half-written and never overwrites what somebody else wrote meanwhile.

mod replace;

pub use replace::{ReplaceError, create, replace};

use crate::Reviewed;
use archlint_document::Span;
use archlint_review::adr;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A change that mends a finding, in one file or in several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The rule whose finding it mends.
    pub rule: String,
    /// What it does, in the imperative.
    pub title: String,
    /// The edits, by file. All are made or none.
    pub files: Vec<FileEdits>,
    /// The finding's place, where a document may have several of the rule.
    pub finding: Option<Span>,
    /// Where another document says already what the fix says, too: from there it can be made as well.
    pub said_by: Option<Place>,
}

/// A passage of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, absolute.
    pub file: PathBuf,
    /// The passage, in bytes.
    pub span: Span,
}

/// The edits of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdits {
    /// The file, absolute.
    pub file: PathBuf,
    /// The edits, in any order; they do not overlap.
    pub edits: Vec<TextEdit>,
}

/// A replacement of a piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced, in bytes of the text; empty where something is put in.
    pub span: Span,
    /// What stands there afterwards, with `\n` as line ending whatever the file has.
    pub text: String,
}

/// What fixes make of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The file, absolute.
    pub file: PathBuf,
    /// Its text before.
    pub before: String,
    /// Its text afterwards.
    pub after: String,
    /// What was done, in the imperative.
    pub titles: Vec<String>,
}

/// What fixes make of their files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The files that change, by path.
    pub changed: Vec<Changed>,
    /// Fixes that were left out, as they meet others or a text that is not there: after the
    /// planned ones are written, a new run offers them again.
    pub left_out: Vec<Fix>,
}

/// The fixes for one document's findings that are safe without asking what it means. `today` is
/// `YYYY-MM-DD`. Findings that are waived, switched off or held back are not mended.
pub fn of_document(reviewed: &Reviewed, today: Option<&str>) -> Vec<Fix> {
    let (Some(file), Some(fields)) = (&reviewed.file, &reviewed.review.record) else {
        return Vec::new();
    };
    let found: FxHashSet<&str> = reviewed
        .review
        .findings
        .iter()
        .map(|f| f.rule.as_str())
        .collect();
    if found.is_empty() {
        return Vec::new();
    }
    let edits = adr::fixes(&reviewed.document, fields, today).into_iter();
    edits
        .filter(|edit| found.contains(edit.rule))
        .map(|edit| Fix {
            rule: edit.rule.to_owned(),
            title: edit.title,
            files: vec![FileEdits {
                file: file.clone(),
                edits: vec![TextEdit {
                    span: edit.span,
                    text: edit.text,
                }],
            }],
            finding: None,
            said_by: None,
        })
        .collect()
}

/// Puts fixes together. `text_of` gives the text of a file as the spans of its edits mean it.
pub fn plan<'t>(fixes: &[Fix], text_of: impl Fn(&Path) -> Option<&'t str>) -> Plan {
    let mut plan = Plan::default();
    let mut by_file: BTreeMap<&Path, (Vec<&TextEdit>, Vec<&str>)> = BTreeMap::new();
    for fix in fixes {
        let fits = fix.files.iter().all(|part| {
            let accepted = by_file
                .get(part.file.as_path())
                .map(|(edits, _)| edits.as_slice());
            text_of(&part.file).is_some_and(|text| {
                part.edits.iter().all(|edit| {
                    text.get(edit.span.clone()).is_some()
                        && !accepted
                            .into_iter()
                            .flatten()
                            .any(|other| overlap(edit, other))
                })
            })
        });
        if !fits {
            plan.left_out.push(fix.clone());
            continue;
        }
        for part in &fix.files {
            let (edits, titles) = by_file.entry(&part.file).or_default();
            edits.extend(&part.edits);
            titles.push(&fix.title);
        }
    }
    for (file, (edits, titles)) in by_file {
        let Some(before) = text_of(file) else {
            continue;
        };
        let after = edited(before, edits);
        if after != before {
            plan.changed.push(Changed {
                file: file.to_owned(),
                before: before.to_owned(),
                after,
                titles: titles.into_iter().map(str::to_owned).collect(),
            });
        }
    }
    plan
}

/// Whether two edits touch the same text. Two insertions at one place do not: they follow each
/// other.
fn overlap(a: &TextEdit, b: &TextEdit) -> bool {
    match (a.span.is_empty(), b.span.is_empty()) {
        (true, true) => false,
        (true, false) => b.span.start < a.span.start && a.span.start < b.span.end,
        (false, true) => a.span.start < b.span.start && b.span.start < a.span.end,
        (false, false) => a.span.start < b.span.end && b.span.start < a.span.end,
    }
}

/// The text with edits that do not overlap made, in the line endings of the text.
fn edited(text: &str, mut edits: Vec<&TextEdit>) -> String {
    let crlf = text.contains("\r\n");
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        result.push_str(text.get(at..edit.span.start).unwrap_or_default());
        if crlf {
            result.push_str(&edit.text.replace("\r\n", "\n").replace('\n', "\r\n"));
        } else {
            result.push_str(&edit.text);
        }
        at = edit.span.end;
    }
    result.push_str(text.get(at..).unwrap_or_default());
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(title: &str, parts: &[(&str, Span, &str)]) -> Fix {
        let files = parts.iter().map(|(file, span, text)| FileEdits {
            file: PathBuf::from(file),
            edits: vec![TextEdit {
                span: span.clone(),
                text: (*text).to_owned(),
            }],
        });
        Fix {
            finding: None,
            said_by: None,
            rule: "adr/x".into(),
            title: title.into(),
            files: files.collect(),
        }
    }

    #[test]
    fn fixes_of_one_file_are_made_together() {
        let fixes = [
            fix("second", &[("a", 6..6, "!")]),
            fix("first", &[("a", 0..1, "H")]),
            fix("third", &[("a", 6..6, "?")]),
        ];
        let plan = plan(&fixes, |_| Some("hello\n"));
        assert_eq!(plan.changed[0].after, "Hello\n!?");
        assert_eq!(plan.changed[0].titles, ["second", "first", "third"]);
    }

    #[test]
    fn a_fix_that_meets_another_or_lacks_its_text_is_left_out_whole() {
        let fixes = [
            fix("one", &[("a", 0..3, "x")]),
            fix("meets", &[("b", 0..1, "y"), ("a", 2..4, "y")]),
            fix("outside", &[("a", 90..91, "y")]),
            fix("unknown", &[("c", 0..0, "y")]),
        ];
        let plan = plan(&fixes, |file| (file != Path::new("c")).then_some("hello"));
        assert_eq!(plan.changed.len(), 1);
        assert_eq!(plan.changed[0].after, "xlo");
        let left: Vec<_> = plan.left_out.iter().map(|fix| fix.title.as_str()).collect();
        assert_eq!(left, ["meets", "outside", "unknown"]);
    }

    #[test]
    fn line_endings_stay_those_of_the_file() {
        let plan = plan(&[fix("one", &[("a", 3..3, "b\n\nc\n")])], |_| Some("a\r\n"));
        assert_eq!(plan.changed[0].after, "a\r\nb\r\n\r\nc\r\n");
    }
}
