//! Links between documents: where they lead, and the decisions that a text names by number.

use crate::analysis::Analysis;
use archlint_document::Span;
use archlint_workspace::absolute;
use archlint_workspace::discover::is_markdown;
use archlint_workspace::folder::file_number;
use percent_encoding::percent_decode_str;
use std::path::{Path, PathBuf};

/// A link to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    /// The whole link.
    pub span: Span,
    /// The file that it leads to, which exists.
    pub file: PathBuf,
    /// The anchor in it, without `#`; empty without one.
    pub anchor: String,
}

/// The links of a document that lead to files that are there.
pub fn links(analysis: &Analysis) -> Vec<FileLink> {
    let links = analysis.document().links.iter();
    let found = links.filter_map(|link| {
        let (file, anchor) = target(analysis.file()?, &link.target)?;
        (file != analysis.file()? && file.is_file()).then(|| FileLink {
            span: link.span.clone(),
            file,
            anchor,
        })
    });
    found.collect()
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The passage that leads there.
    pub origin: Span,
    /// The file; `None`: the document itself.
    pub file: Option<PathBuf>,
    /// The heading's anchor, without `#`; empty: the start of the file.
    pub anchor: String,
}

/// Where the passage at a byte leads: a link, or the name of a decision such as "ADR-7".
pub fn definition(analysis: &Analysis, offset: usize) -> Option<Target> {
    let links = &analysis.document().links;
    let link = links
        .iter()
        .find(|link| link.span.start <= offset && offset <= link.span.end);
    if let Some(link) = link {
        if let Some(anchor) = link.target.strip_prefix('#') {
            return Some(Target {
                origin: link.span.clone(),
                file: None,
                anchor: anchor.to_owned(),
            });
        }
        let (file, anchor) = target(analysis.file()?, &link.target)?;
        return file.is_file().then(|| Target {
            origin: link.span.clone(),
            file: Some(file),
            anchor,
        });
    }
    let (origin, number) = decision_at(analysis, offset)?;
    let folder = analysis.file()?.parent()?;
    let file = decisions(folder)
        .into_iter()
        .find(|file| number_of(file) == Some(number))?;
    Some(Target {
        origin,
        file: Some(file),
        anchor: String::new(),
    })
}

/// The Markdown files of a folder, by name.
pub fn decisions(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok);
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| is_markdown(path))
        .collect();
    files.sort();
    files
}

/// The byte at which the heading with an anchor stands in a document; 0 when there is none.
pub fn heading_at(document: &archlint_document::Document, anchor: &str) -> usize {
    let headings = document
        .sections
        .iter()
        .filter_map(|section| section.heading.as_ref());
    let wanted = anchor.to_lowercase();
    headings
        .filter(|heading| slug(&heading.text) == wanted)
        .map(|heading| heading.span.start)
        .next()
        .unwrap_or(0)
}

/// The anchor that most hosts give a heading.
fn slug(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The file and anchor that a link of `from` names; `None` for the web and for the document itself.
fn target(from: &Path, target: &str) -> Option<(PathBuf, String)> {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = path.split('?').next().unwrap_or_default();
    let has_scheme = path
        .split('/')
        .next()
        .is_some_and(|first| first.contains(':'));
    if path.is_empty() || path.starts_with('/') || has_scheme {
        return None;
    }
    Some((
        absolute(
            from.parent()?,
            Path::new(&*percent_decode_str(path).decode_utf8_lossy()),
        ),
        anchor.to_owned(),
    ))
}

/// The name of a decision ("ADR-7", "ADR 0007") at a byte, and its number.
fn decision_at(analysis: &Analysis, offset: usize) -> Option<(Span, u32)> {
    let line = analysis.line_span(analysis.line(offset));
    let text = analysis.text().get(line.clone())?;
    let lower = text.to_ascii_lowercase();
    for (at, _) in lower.match_indices("adr") {
        let behind = lower.get(at + 3..).unwrap_or_default();
        let gap = behind.len() - behind.trim_start_matches(['-', ' ', '_', '#']).len();
        let digits = behind
            .bytes()
            .skip(gap)
            .take_while(u8::is_ascii_digit)
            .count();
        let end = at + 3 + gap + digits;
        let span = line.start + at..line.start + end;
        if digits > 0 && gap <= 2 && span.start <= offset && offset <= span.end {
            let number = lower.get(end - digits..end)?.parse().ok()?;
            return Some((span, number));
        }
    }
    None
}

fn number_of(file: &Path) -> Option<u32> {
    file_number(&file.file_name()?.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_into_the_disk_are_told_from_others() {
        let from = Path::new("/w/adr/0001-a.md");
        let led = |link: &str| {
            target(from, link).map(|(file, anchor)| (file.display().to_string(), anchor))
        };
        let to = |file: &str, anchor: &str| Some((file.to_owned(), anchor.to_owned()));
        assert_eq!(
            led("0002-b%20c.md#the-why"),
            to("/w/adr/0002-b c.md", "the-why")
        );
        assert_eq!(led("../x.md?plain=1"), to("/w/x.md", ""));
        for other in [
            "https://a.example/b.md",
            "mailto:a@b.example",
            "#why",
            "/rooted.md",
            "",
        ] {
            assert_eq!(led(other), None, "{other}");
        }
    }

    #[test]
    fn a_heading_is_found_by_its_anchor() {
        let document = archlint_document::parse("# A\n\n## Why not `X`?\n\ntext\n");
        assert_eq!(heading_at(&document, "why-not-x"), 5);
        assert_eq!(heading_at(&document, "nowhere"), 0);
    }
}
