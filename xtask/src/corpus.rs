//! Labelled documents: texts, labels and the organisations that they come from.

use archlint_document::{Document, Encoding, LineIndex, parse};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What one reader says of one document and question.
#[derive(Debug, Clone, Default)]
pub struct Label {
    /// 2 answered, 1 touched, 0 absent.
    pub level: u8,
    /// Whether a fair reviewer would ask for it.
    pub expected: bool,
    /// The passages, as first and last line from 1.
    pub lines: Vec<(usize, usize)>,
}

/// A labelled document.
#[derive(Debug)]
pub struct Labelled {
    /// File name without its ending.
    pub name: String,
    /// Who wrote it: documents of one organisation are left out together.
    pub organisation: String,
    /// The parsed document.
    pub document: Document,
    /// Its lines.
    pub lines: LineIndex,
    /// By reader, then by question.
    pub labels: Vec<BTreeMap<String, Label>>,
    /// Whether figures are taken on it; others are only learned from.
    pub measured: bool,
}

impl Labelled {
    /// First and last line, from 1, of a byte range.
    pub fn lines_of(&self, span: &std::ops::Range<usize>) -> (usize, usize) {
        let line = |offset: usize| {
            self.lines
                .position(&self.document.text, offset, Encoding::Utf8)
                .line
                + 1
        };
        (
            line(span.start),
            line(span.end.saturating_sub(1).max(span.start)),
        )
    }
}

/// Reads the documents that all label folders speak of.
///
/// # Errors
/// A file that cannot be read or a row that is no label, with its place.
pub fn read(
    docs: &Path,
    labels: &[PathBuf],
    manifest: Option<&Path>,
) -> Result<Vec<Labelled>, String> {
    let organisations = manifest.map(organisations).transpose()?.unwrap_or_default();
    let first = labels.first().ok_or("no labels folder is given")?;
    let mut names: Vec<String> = fs::read_dir(first)
        .map_err(|error| format!("{}: {error}", first.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".tsv").map(str::to_owned))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let path = docs.join(format!("{name}.md"));
            let text = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            Ok(Labelled {
                organisation: organisations
                    .get(&name)
                    .cloned()
                    .unwrap_or_else(|| name.split('-').next().unwrap_or(&name).to_owned()),
                lines: LineIndex::new(&text),
                document: parse(&text),
                labels: labels
                    .iter()
                    .map(|folder| read_labels(&folder.join(format!("{name}.tsv"))))
                    .collect::<Result<_, String>>()?,
                name,
                measured: true,
            })
        })
        .collect()
}

/// Reads a folder of documents to learn from, with one reader's labels beside each (`NAME.md` and
/// `NAME.tsv`). What stands before the first `-` of a name groups documents.
///
/// # Errors
/// As for [`read`].
pub fn read_taught(folder: &Path) -> Result<Vec<Labelled>, String> {
    let mut taught = read(folder, &[folder.to_owned()], None)?;
    for labelled in &mut taught {
        labelled.measured = false;
        labelled.organisation.insert_str(0, "taught ");
    }
    Ok(taught)
}

/// Document → organisation, from the columns `document` and `repository` of a manifest.
fn organisations(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (name, repository) = (cells.next()?, cells.next()?);
            Some((name.to_owned(), repository.split('/').next()?.to_owned()))
        })
        .collect())
}

fn read_labels(path: &Path) -> Result<BTreeMap<String, Label>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.lines()
        .enumerate()
        .skip(1)
        .map(|(index, line)| {
            label(line).ok_or_else(|| {
                format!(
                    "{}:{}: not a label; a row holds id, level (0-2), expected (y or n) and lines such as 12-14,20, with tabs between",
                    path.display(),
                    index + 1
                )
            })
        })
        .collect()
}

fn label(line: &str) -> Option<(String, Label)> {
    let mut cells = line.split('\t');
    let id = cells.next()?.to_owned();
    let level = cells.next()?.parse().ok().filter(|level| *level <= 2)?;
    let expected = cells.next()? == "y";
    let lines = cells
        .next()
        .unwrap_or("")
        .split(',')
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .map(|piece| {
            let (start, end) = piece.split_once('-').unwrap_or((piece, piece));
            Some((start.trim().parse().ok()?, end.trim().parse().ok()?))
        })
        .collect::<Option<_>>()?;
    Some((
        id,
        Label {
            level,
            expected,
            lines,
        },
    ))
}
