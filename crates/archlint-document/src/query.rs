//! What readers of a [`Document`] ask for most.

use crate::{Block, BlockKind, Document, Section, Sentence, Span};

impl Document {
    /// The title of a section as a reader sees it; empty for section 0 and for an unknown index.
    pub fn heading_title(&self, section: usize) -> &str {
        self.sections
            .get(section)
            .and_then(|section| section.heading.as_ref())
            .map_or("", |heading| &heading.text)
    }

    /// The title of the document: its first heading of level 1, else the `title` of its front
    /// matter, else its first heading; empty when it has none of these.
    pub fn title(&self) -> &str {
        let first = |level: Option<u8>| {
            self.sections
                .iter()
                .filter(|section| level.is_none_or(|level| section.level == level))
                .find_map(|section| section.heading.as_ref())
                .map(|heading| heading.text.as_str())
        };
        first(Some(1))
            .or_else(|| self.field("title").and_then(serde_json::Value::as_str))
            .or_else(|| first(None))
            .unwrap_or_default()
    }

    /// A top-level value of the front matter, by its key in any case.
    pub fn field(&self, key: &str) -> Option<&serde_json::Value> {
        let front_matter = self.front_matter.as_ref()?;
        front_matter
            .fields
            .iter()
            .find(|field| field.key.eq_ignore_ascii_case(key))
            .map(|field| &field.value)
    }

    /// The source at a span; empty when the span is not one of this document.
    pub fn source(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// A sentence as a reader sees it: without marks, white space made single, character
    /// references such as `&amp;` resolved.
    pub fn visible_text(&self, sentence: &Sentence) -> String {
        let mut text = String::with_capacity(sentence.span.len());
        for run in self.runs.get(sentence.runs.clone()).unwrap_or_default() {
            text.push_str(self.source(&run.span));
        }
        crate::inline::tidy(text)
    }

    /// The visible text of a block, its sentences joined by a space; empty for code, comments and
    /// HTML.
    pub fn block_text(&self, block: &Block) -> String {
        let sentences = self.sentences.get(block.sentences.clone());
        let texts: Vec<String> = sentences
            .unwrap_or_default()
            .iter()
            .map(|sentence| self.visible_text(sentence))
            .collect();
        texts.join(" ")
    }

    /// The blocks that stand directly in a section, its heading left out; for section 0 those
    /// before the first heading.
    pub fn section_body_blocks(&self, section: usize) -> &[Block] {
        let Some(section) = self.sections.get(section) else {
            return &[];
        };
        let mut own = section.own_blocks.clone();
        if section.heading.is_some() {
            own.start = (own.start + 1).min(own.end);
        }
        self.blocks.get(own).unwrap_or_default()
    }

    /// The sentences that stand directly in a section, those of its heading left out.
    pub fn section_body_sentences(&self, section: usize) -> &[Sentence] {
        let blocks = self.section_body_blocks(section);
        match (blocks.first(), blocks.last()) {
            (Some(first), Some(last)) => self
                .sentences
                .get(first.sentences.start..last.sentences.end)
                .unwrap_or_default(),
            _ => &[],
        }
    }

    /// Index of the block that holds a byte, or `None` between blocks.
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        let after = self
            .blocks
            .partition_point(|block| block.span.start <= offset);
        let index = after.checked_sub(1)?;
        self.blocks[index].span.contains(&offset).then_some(index)
    }

    /// Index of the sentence that holds a byte, or `None` between sentences.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        let after = self
            .sentences
            .partition_point(|sentence| sentence.span.start <= offset);
        let index = after.checked_sub(1)?;
        self.sentences[index]
            .span
            .contains(&offset)
            .then_some(index)
    }

    /// Index of the innermost section that a byte stands in: that of the last heading at or before
    /// it, or 0.
    pub fn section_at(&self, offset: usize) -> usize {
        let starts_before =
            |section: &Section| section.heading.is_none() || section.span.start <= offset;
        self.sections
            .partition_point(starts_before)
            .saturating_sub(1)
    }

    /// The sections around a section, innermost first, up to and with section 0; the section
    /// itself is left out.
    pub fn ancestors(&self, section: usize) -> impl Iterator<Item = usize> + '_ {
        let parent = |index: usize| self.sections.get(index).and_then(|section| section.parent);
        std::iter::successors(parent(section), move |index| parent(*index))
    }

    /// The direct subsections of a section.
    pub fn children(&self, section: usize) -> impl Iterator<Item = usize> + '_ {
        self.sections
            .iter()
            .enumerate()
            .skip(section + 1)
            .take_while(move |(_, other)| other.parent >= Some(section))
            .filter(move |(_, other)| other.parent == Some(section))
            .map(|(index, _)| index)
    }

    /// Whether a section has subsections.
    pub fn has_children(&self, section: usize) -> bool {
        self.sections
            .get(section + 1)
            .is_some_and(|next| next.parent == Some(section))
    }
}

impl Block {
    /// Whether it holds sentences: neither code nor a comment nor HTML.
    pub fn is_text(&self) -> bool {
        !matches!(
            self.kind,
            BlockKind::Code { .. } | BlockKind::Comment { .. } | BlockKind::Html
        )
    }
}
