//! Reads Markdown into a [`Document`] in one pass over the events of pulldown-cmark.

mod html;
mod links;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::inline::InlineText;
use crate::{
    Block, BlockKind, Document, RunStyle, Section, Span, code, diagrams, front_matter, outline,
    residue, sentences,
};
use links::OpenLink;

/// Reads a document. Never fails: whatever is not understood as something else is text.
///
/// The outline is made of the headings outside of quotes and lists. A heading inside a quote, list
/// item or footnote is a block like any other: it opens no section, since what stands after the
/// quote or list does not belong to it.
pub fn parse(text: &str) -> Document {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let front_matter = front_matter::read(text, start);
    let body = front_matter.as_ref().map_or(start, |block| block.span.end);
    let mut reader = Reader::new(text);
    if let Some(front_matter) = &front_matter {
        residue::in_front_matter(text, front_matter, &mut reader.document.residue);
    }
    reader.document.front_matter = front_matter;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    for (event, span) in Parser::new_ext(&text[body..], options).into_offset_iter() {
        reader.event(event, body + span.start..body + span.end);
    }
    reader.finish()
}

enum Container {
    Quote,
    List,
    /// The state of its check box, until a block takes it.
    Item(Option<bool>),
    Footnote,
}

/// The leaf block that is being read.
enum Open {
    None,
    /// A block of text that an end event closes.
    Text(BlockKind, Span),
    /// The text of a tight list item, which has no events of its own: ends with the next block.
    Tight(BlockKind, Span),
    Code {
        language: String,
        fenced: bool,
        content: Option<Span>,
    },
    Html,
}

/// Where the table cell stands that is being read.
#[derive(Default)]
struct Cell {
    tables: usize,
    row: usize,
    column: usize,
}

struct Reader<'a> {
    source: &'a str,
    document: Document,
    containers: Vec<Container>,
    quote_depth: usize,
    list_depth: usize,
    open: Open,
    inline: InlineText,
    sentence_ends: Vec<usize>,
    strong: usize,
    links: Vec<OpenLink>,
    link_depth: usize,
    cell: Cell,
    /// Tags in the block that is being read.
    tags: Vec<Span>,
    small_images: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        let document = Document {
            text: source.to_owned(),
            sections: vec![Section {
                heading: None,
                level: 0,
                parent: None,
                span: 0..source.len(),
                own_blocks: 0..0,
                blocks: 0..0,
            }],
            // About what prose needs, so that little is copied when the vectors grow.
            blocks: Vec::with_capacity(source.len() / 128),
            sentences: Vec::with_capacity(source.len() / 128),
            runs: Vec::with_capacity(source.len() / 64),
            ..Document::default()
        };
        Reader {
            source,
            document,
            containers: Vec::new(),
            quote_depth: 0,
            list_depth: 0,
            open: Open::None,
            inline: InlineText::default(),
            sentence_ends: Vec::new(),
            strong: 0,
            links: Vec::new(),
            link_depth: 0,
            cell: Cell::default(),
            tags: Vec::new(),
            small_images: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(_) => match &mut self.open {
                Open::Code { content, .. } => match content {
                    Some(content) => content.end = span.end,
                    None => *content = Some(span),
                },
                _ => self.text(span),
            },
            Event::Code(_) => {
                self.touch(&span);
                let content = code::content(self.source, span);
                self.inline.push(self.source, content, RunStyle::Code);
            }
            Event::SoftBreak => self.text(span),
            Event::HardBreak => {
                self.touch(&span);
                self.inline.push_break(span.start);
            }
            Event::InlineHtml(_) => self.inline_html(span),
            Event::TaskListMarker(done) => self.task(done),
            Event::FootnoteReference(_) => self.touch(&span),
            Event::Rule => self.close_tight(),
            // The whole block is read when it ends; mathematics is not switched on.
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => {
                self.close_tight();
                self.open = Open::Text(self.paragraph_kind(), span);
            }
            Tag::Heading { level, .. } => {
                self.close_tight();
                if self.containers.is_empty() {
                    let heading = trimmed(self.source, span.clone());
                    outline::open(&mut self.document, level as u8, heading);
                }
                self.open = Open::Text(BlockKind::Heading, span);
            }
            Tag::BlockQuote(_) => self.enter(Container::Quote),
            Tag::List(_) => self.enter(Container::List),
            Tag::Item => self.enter(Container::Item(None)),
            Tag::FootnoteDefinition(_) => self.enter(Container::Footnote),
            Tag::CodeBlock(kind) => {
                self.close_tight();
                let (language, fenced) = match &kind {
                    CodeBlockKind::Fenced(info) => (code::language(info), true),
                    CodeBlockKind::Indented => (String::new(), false),
                };
                self.open = Open::Code {
                    language,
                    fenced,
                    content: None,
                };
            }
            Tag::HtmlBlock => {
                self.close_tight();
                self.open = Open::Html;
            }
            Tag::Table(_) => self.close_tight(),
            Tag::TableHead => (self.cell.row, self.cell.column) = (0, 0),
            Tag::TableRow => {
                self.cell.row += 1;
                self.cell.column = 0;
            }
            Tag::TableCell => {
                let kind = BlockKind::TableCell {
                    table: self.cell.tables,
                    row: self.cell.row,
                    column: self.cell.column,
                };
                self.open = Open::Text(kind, span);
            }
            Tag::Strong => {
                self.touch(&span);
                self.strong += 1;
            }
            Tag::Link { dest_url, .. } => self.open_link(&dest_url, false, span),
            Tag::Image { dest_url, .. } => self.open_link(&dest_url, true, span),
            _ => self.touch(&span),
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph | TagEnd::TableCell => {
                self.close_text();
                if tag == TagEnd::TableCell {
                    self.cell.column += 1;
                }
            }
            TagEnd::Heading(_) => {
                self.inline.drop_anchor();
                if self.containers.is_empty() {
                    let text = self.inline.text_from(self.source, 0);
                    if let Some(section) = self.document.sections.last_mut()
                        && let Some(heading) = &mut section.heading
                    {
                        heading.text = text;
                    }
                }
                self.close_text();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.leave();
            }
            TagEnd::CodeBlock => self.close_code(span),
            TagEnd::HtmlBlock => self.close_html(span),
            TagEnd::Table => self.cell.tables += 1,
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => self.close_link(),
            _ => {}
        }
    }

    fn enter(&mut self, container: Container) {
        self.close_tight();
        match container {
            Container::Quote => self.quote_depth += 1,
            Container::List => self.list_depth += 1,
            Container::Item(_) | Container::Footnote => {}
        }
        self.containers.push(container);
    }

    fn leave(&mut self) {
        self.close_tight();
        match self.containers.pop() {
            Some(Container::Quote) => self.quote_depth -= 1,
            Some(Container::List) => self.list_depth -= 1,
            _ => {}
        }
    }

    fn section(&self) -> usize {
        self.document.sections.len() - 1
    }

    fn paragraph_kind(&mut self) -> BlockKind {
        match self.containers.last_mut() {
            Some(Container::Item(task)) => BlockKind::ListItem { task: task.take() },
            _ => BlockKind::Paragraph,
        }
    }

    /// Makes sure that what stands at `span` has a block: text directly in a list item starts one.
    fn touch(&mut self, span: &Span) {
        match &mut self.open {
            Open::None => {
                self.open = Open::Tight(self.paragraph_kind(), span.clone());
            }
            Open::Tight(_, block) => block.end = block.end.max(span.end),
            Open::Text(..) | Open::Code { .. } | Open::Html => {}
        }
    }

    fn task(&mut self, done: bool) {
        match &mut self.open {
            Open::Text(BlockKind::ListItem { task }, _)
            | Open::Tight(BlockKind::ListItem { task }, _) => *task = Some(done),
            _ => {
                if let Some(Container::Item(task)) = self.containers.last_mut() {
                    *task = Some(done);
                }
            }
        }
    }

    fn text(&mut self, span: Span) {
        self.touch(&span);
        let style = if self.link_depth > 0 {
            RunStyle::Link
        } else if self.strong > 0 {
            RunStyle::Strong
        } else {
            RunStyle::Plain
        };
        self.inline.push(self.source, span, style);
    }

    fn close_tight(&mut self) {
        if matches!(self.open, Open::Tight(..)) {
            self.close_text();
        }
    }

    fn close_text(&mut self) {
        let (kind, span) = match std::mem::replace(&mut self.open, Open::None) {
            Open::Text(kind, span) | Open::Tight(kind, span) => (kind, span),
            _ => return,
        };
        let span = trimmed(self.source, span);
        if !span.is_empty() {
            let first = self.document.sentences.len();
            let block = residue::BlockText {
                source: self.source,
                kind: &kind,
                inline: &self.inline,
                tags: &self.tags,
                section: self.section(),
            };
            residue::in_block(&block, &mut self.document.residue);
            sentences::split(&self.inline, &kind, &mut self.sentence_ends);
            self.inline.add_sentences(
                &self.sentence_ends,
                self.document.blocks.len(),
                &mut self.document.sentences,
                &mut self.document.runs,
            );
            let sentences = first..self.document.sentences.len();
            self.push_block(kind, span, sentences);
        }
        self.inline.clear();
        self.tags.clear();
        self.strong = 0;
        self.link_depth = 0;
        self.links.clear();
    }

    fn close_code(&mut self, span: Span) {
        let Open::Code {
            language,
            fenced,
            content,
        } = std::mem::replace(&mut self.open, Open::None)
        else {
            return;
        };
        // The indentation in front of code is its own.
        let span = span.start..trimmed(self.source, span).end;
        let content = content.map_or_else(
            || {
                let code = &self.source[span.clone()];
                let line = if fenced { code.find('\n') } else { None };
                let start = span.start + line.map_or(code.len(), |at| at + 1);
                start..start
            },
            |content| content.start.min(span.end)..content.end.min(span.end),
        );
        let kind = BlockKind::Code { language, content };
        self.push_block(kind, span, self.no_sentences());
    }

    fn no_sentences(&self) -> Span {
        let next = self.document.sentences.len();
        next..next
    }

    fn push_block(&mut self, kind: BlockKind, span: Span, sentences: Span) {
        self.document.blocks.push(Block {
            kind,
            span,
            section: self.section(),
            quote_depth: u16::try_from(self.quote_depth).unwrap_or(u16::MAX),
            list_depth: u16::try_from(self.list_depth).unwrap_or(u16::MAX),
            sentences,
        });
    }

    fn finish(mut self) -> Document {
        self.close_tight();
        outline::close(&mut self.document);
        diagrams::find(&mut self.document, &self.small_images);
        residue::in_sections(&mut self.document);
        self.document
    }
}

/// The span without white space at its ends.
fn trimmed(source: &str, span: Span) -> Span {
    let text = &source[span.clone()];
    let start = span.end - text.trim_start_matches([' ', '\t', '\r', '\n']).len();
    let end = span.start + text.trim_end_matches([' ', '\t', '\r', '\n']).len();
    start.min(end)..end
}
