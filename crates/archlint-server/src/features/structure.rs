//! Folding and selection by the block tree of tree-sitter, kept from edit to edit; by the outline
//! where the tree has errors or does not know of sections (underlined headings).

use crate::analysis::Analysis;
use archlint_document::{BlockKind, Span};
use archlint_review::structure::block_tree;
use std::sync::Mutex;
use tree_sitter::{InputEdit, Node, Point, Tree};

/// Trees that are kept.
const KEPT: usize = 8;
/// Nodes that are looked at in one document.
const MOST_NODES: usize = 200_000;

/// The trees of the documents that were asked about last, each with the text that it is of.
#[derive(Default)]
pub struct Trees(Mutex<Vec<(String, String, Tree)>>);

impl Trees {
    /// The tree of a document; `None` for one that is too long.
    pub fn tree(&self, analysis: &Analysis) -> Option<Tree> {
        let kept = self.take(&analysis.uri);
        let text = analysis.text();
        let tree = match kept {
            Some((old, tree)) if old == text => tree,
            Some((old, mut tree)) => {
                tree.edit(&difference(&old, text));
                block_tree(text, Some(&tree))?
            }
            None => block_tree(text, None)?,
        };
        if let Ok(mut kept) = self.0.lock() {
            kept.truncate(KEPT - 1);
            kept.insert(0, (analysis.uri.clone(), text.to_owned(), tree.clone()));
        }
        Some(tree)
    }

    fn take(&self, uri: &str) -> Option<(String, Tree)> {
        let mut kept = self.0.lock().ok()?;
        let at = kept.iter().position(|(known, _, _)| known == uri)?;
        let (_, text, tree) = kept.remove(at);
        Some((text, tree))
    }
}

/// The one replacement that makes `new` of `old`.
fn difference(old: &str, new: &str) -> InputEdit {
    let same = |(a, b): &(u8, u8)| a == b;
    let start = old.bytes().zip(new.bytes()).take_while(same).count();
    let most = old.len().min(new.len()) - start;
    let same_end = old
        .bytes()
        .rev()
        .zip(new.bytes().rev())
        .take(most)
        .take_while(same)
        .count();
    let (old_end, new_end) = (old.len() - same_end, new.len() - same_end);
    InputEdit {
        start_byte: start,
        old_end_byte: old_end,
        new_end_byte: new_end,
        start_position: point(old, start),
        old_end_position: point(old, old_end),
        new_end_position: point(new, new_end),
    }
}

fn point(text: &str, offset: usize) -> Point {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    let start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    Point {
        row: before.iter().filter(|byte| **byte == b'\n').count(),
        column: offset - start,
    }
}

/// Lines that can be folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// The line that stays, from 0.
    pub first: usize,
    /// The last line that goes.
    pub last: usize,
    /// Whether it is a comment.
    pub is_comment: bool,
}

/// What can be folded, in the order of the document.
pub fn folds(analysis: &Analysis, tree: Option<&Tree>) -> Vec<Fold> {
    let document = analysis.document();
    let usable = tree.filter(|tree| !tree.root_node().has_error());
    let mut folds = Vec::new();
    if let Some(tree) = usable {
        walk(tree.root_node(), &mut |node| {
            let is_comment = node.kind() == "html_block";
            let folds_away = [
                "section",
                "fenced_code_block",
                "indented_code_block",
                "list",
                "list_item",
                "pipe_table",
                "block_quote",
                "minus_metadata",
                "plus_metadata",
                "html_block",
            ];
            if folds_away.contains(&node.kind()) {
                folds.extend(fold(analysis, node.byte_range(), is_comment));
            }
        });
    }
    let is_underlined = |section: &archlint_document::Section| {
        section
            .heading
            .as_ref()
            .is_some_and(|heading| heading.setext)
    };
    if usable.is_none() || document.sections.iter().any(is_underlined) {
        let sections = document
            .sections
            .iter()
            .filter(|section| section.heading.is_some());
        folds.extend(sections.filter_map(|section| fold(analysis, section.span.clone(), false)));
    }
    if usable.is_none() {
        for block in &document.blocks {
            let is_comment = matches!(block.kind, BlockKind::Comment { .. });
            if is_comment || matches!(block.kind, BlockKind::Code { .. }) {
                folds.extend(fold(analysis, block.span.clone(), is_comment));
            }
        }
        folds.extend(
            document
                .front_matter
                .iter()
                .filter_map(|it| fold(analysis, it.span.clone(), false)),
        );
    }
    // Of several that stay on one line only the longest can be folded.
    folds.sort_by(|a, b| a.first.cmp(&b.first).then_with(|| b.last.cmp(&a.last)));
    folds.dedup_by_key(|fold| fold.first);
    folds
}

fn fold(analysis: &Analysis, span: Span, is_comment: bool) -> Option<Fold> {
    let source = analysis.text().get(span.clone())?;
    let first = analysis.line(span.start);
    let last = analysis.line(span.start + source.trim_end().len().saturating_sub(1));
    (last > first).then_some(Fold {
        first,
        last,
        is_comment,
    })
}

fn walk<'t>(root: Node<'t>, visit: &mut impl FnMut(Node<'t>)) {
    let mut cursor = root.walk();
    // Without recursion: a document may nest deeper than a stack.
    for _ in 0..MOST_NODES {
        visit(cursor.node());
        if cursor.goto_first_child() || cursor.goto_next_sibling() {
            continue;
        }
        loop {
            if !cursor.goto_parent() {
                return;
            }
            if cursor.goto_next_sibling() {
                break;
            }
        }
    }
}

/// What encloses a byte, the innermost first, each within the next: the word, the sentence, blocks,
/// sections, the document.
pub fn selections(analysis: &Analysis, tree: Option<&Tree>, offset: usize) -> Vec<Span> {
    let document = analysis.document();
    let text = analysis.text();
    let mut spans = vec![word(text, offset)];
    if let Some(sentence) = document
        .sentence_at(offset)
        .and_then(|at| document.sentences.get(at))
    {
        spans.push(sentence.span.clone());
    }
    if let Some(block) = document
        .block_at(offset)
        .and_then(|at| document.blocks.get(at))
    {
        spans.push(block.span.clone());
    }
    if let Some(tree) = tree.filter(|tree| !tree.root_node().has_error()) {
        let mut node = tree.root_node().descendant_for_byte_range(offset, offset);
        for _ in 0..1000 {
            let Some(inner) = node else { break };
            spans.push(trimmed(text, inner.byte_range()));
            node = inner.parent();
        }
    }
    let section = document.section_at(offset);
    let around = std::iter::once(section).chain(document.ancestors(section));
    spans.extend(around.filter_map(|at| Some(document.sections.get(at)?.span.clone())));
    spans.push(0..text.len());
    spans.retain(|span| span.start <= offset && offset <= span.end && !span.is_empty());
    spans.sort_by_key(Span::len);
    let mut nested: Vec<Span> = Vec::new();
    for span in spans {
        let fits = nested.last().is_none_or(|inner| {
            span.start <= inner.start && inner.end <= span.end && *inner != span
        });
        if fits {
            nested.push(span);
        }
    }
    nested
}

/// A span without the line endings that nodes of the block tree end with.
fn trimmed(text: &str, span: Span) -> Span {
    let source = text.get(span.clone()).unwrap_or_default();
    span.start..span.start + source.trim_end().len()
}

fn word(text: &str, offset: usize) -> Span {
    let offset = text.floor_char_boundary(offset);
    let (before, after) = text.split_at(offset);
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let start = before.len()
        - before
            .chars()
            .rev()
            .take_while(|c| is_part(*c))
            .map(char::len_utf8)
            .sum::<usize>();
    start
        ..offset
            + after
                .chars()
                .take_while(|c| is_part(*c))
                .map(char::len_utf8)
                .sum::<usize>()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_kept_tree_is_that_of_the_new_text() {
        let texts = [
            "# A\n\n- b\n- c\n",
            "# A\n\n- b\n\n## B\n\n- c\n",
            "",
            "x\n",
            "# A\n\n```\nx\n",
        ];
        for old in texts {
            for new in texts {
                let mut tree = block_tree(old, None).unwrap();
                tree.edit(&difference(old, new));
                let kept = block_tree(new, Some(&tree)).unwrap();
                let fresh = block_tree(new, None).unwrap();
                assert_eq!(
                    kept.root_node().to_sexp(),
                    fresh.root_node().to_sexp(),
                    "{old:?} {new:?}"
                );
            }
        }
    }
}
