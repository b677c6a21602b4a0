//! The plain data that a parsed document consists of. Everything is kept in flat vectors in
//! document order and refers to its neighbours by index, so that it is cheap to build and to walk.

use std::ops::Range;

/// A byte range into [`Document::text`]; always on character boundaries and within the text.
pub type Span = Range<usize>;

/// A parsed Markdown document.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The source as it was given, byte order mark and line endings included.
    pub text: String,
    /// YAML front matter, when the document starts with it.
    pub front_matter: Option<FrontMatter>,
    /// Sections in document order. Index 0 is always the document itself (level 0, no heading):
    /// it directly owns the text before the first heading.
    pub sections: Vec<Section>,
    /// Leaf blocks in document order: what holds text, code, a comment or HTML. Containers (lists,
    /// quotes, tables) appear only as properties of the leaves in them.
    pub blocks: Vec<Block>,
    /// Sentences of all text blocks, in document order.
    pub sentences: Vec<Sentence>,
    /// Pieces of visible text, in document order; sentences refer to them.
    pub runs: Vec<Run>,
    /// Links and images.
    pub links: Vec<Link>,
    /// Diagrams of any kind.
    pub diagrams: Vec<Diagram>,
    /// `<!-- archlint: ... -->` comments, unparsed.
    pub directives: Vec<Directive>,
    /// What a template left behind: empty sections, placeholders.
    pub residue: Vec<Residue>,
}

/// A heading with all that stands under it.
#[derive(Debug, Clone)]
pub struct Section {
    /// `None` only for section 0, the document itself.
    pub heading: Option<Heading>,
    /// 1-6; 0 for the document itself.
    pub level: u8,
    /// Index of the enclosing section; `None` for section 0. A document that skips levels nests by
    /// what is there: an h4 under an h2 is its child.
    pub parent: Option<usize>,
    /// From the start of the heading to the end of the last block, subsections included.
    pub span: Span,
    /// Indices into [`Document::blocks`] of the section's own blocks, its heading block first,
    /// without those of subsections (they follow immediately).
    pub own_blocks: Range<usize>,
    /// As `own_blocks`, with those of all subsections.
    pub blocks: Range<usize>,
}

/// A heading, ATX or setext.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The whole heading, marks and underline included, without the line ending.
    pub span: Span,
    /// Its text as a reader sees it, inline marks removed.
    pub text: String,
    /// Whether it is underlined (`===`) rather than marked (`#`).
    pub setext: bool,
}

/// A leaf block.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its source, without the trailing line ending.
    pub span: Span,
    /// Index of the section that directly owns it.
    pub section: usize,
    /// How many block quotes it stands in.
    pub quote_depth: u16,
    /// How many lists it stands in.
    pub list_depth: u16,
    /// Indices into [`Document::sentences`]; empty for code, comments and HTML.
    pub sentences: Range<usize>,
}

/// The kinds of leaf blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// The text of a heading. One inside a quote, list item or footnote opens no section and is an
    /// ordinary block of the section around it.
    Heading,
    /// A paragraph outside of lists.
    Paragraph,
    /// A paragraph or tight text of a list item. `task` is the state of its check box, if any.
    ListItem {
        /// `Some(true)` for `[x]`, `Some(false)` for `[ ]`.
        task: Option<bool>,
    },
    /// One cell of a table.
    TableCell {
        /// Counts the tables of the document from 0.
        table: usize,
        /// Row from 0; row 0 is the header.
        row: usize,
        /// Column from 0.
        column: usize,
    },
    /// A fenced or indented code block.
    Code {
        /// First word of the info string in lower case; empty when there is none.
        language: String,
        /// Span of the code itself, without the fences.
        content: Span,
    },
    /// An HTML comment, alone in its block. `content` is what stands between `<!--` and `-->`.
    Comment {
        /// Span of the comment's text.
        content: Span,
    },
    /// Other raw HTML.
    Html,
}

/// A sentence, or what takes its place: a list item or table cell without a full stop, a heading.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// From its first to its last visible byte in the source (marks in between included).
    pub span: Span,
    /// Index of its block.
    pub block: usize,
    /// Indices into [`Document::runs`]: its visible text is these runs, one after the other.
    pub runs: Range<usize>,
}

/// A piece of visible text that stands in the source as it is, line endings and character
/// references (`&amp;`) included; [`Document::visible_text`] shows it as a reader sees it.
#[derive(Debug, Clone)]
pub struct Run {
    /// Where it stands.
    pub span: Span,
    /// How it is marked.
    pub style: RunStyle,
}

/// Inline mark-up of a [`Run`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunStyle {
    /// Plain text or emphasis.
    Plain,
    /// Strong emphasis (`**...**`).
    Strong,
    /// Inline code.
    Code,
    /// The text of a link, or the description of an image.
    Link,
}

/// A link or image, inline, by reference or as an autolink.
#[derive(Debug, Clone)]
pub struct Link {
    /// The whole link in the source.
    pub span: Span,
    /// Where it points, as written.
    pub target: String,
    /// The text it shows, marks removed.
    pub text: String,
    /// Whether it is an image.
    pub image: bool,
    /// Index of the section that it stands in.
    pub section: usize,
}

/// A diagram.
#[derive(Debug, Clone)]
pub struct Diagram {
    /// Where it stands: the image link or the whole fence.
    pub span: Span,
    /// What it is drawn with.
    pub kind: DiagramKind,
    /// Index of the section that it stands in.
    pub section: usize,
}

/// What a diagram is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiagramKind {
    /// An image that is not a badge or an icon.
    Image,
    /// A Mermaid fence.
    Mermaid,
    /// A PlantUML fence or `@startuml` block.
    PlantUml,
    /// A Graphviz fence.
    Graphviz,
    /// A D2 fence.
    D2,
    /// Boxes and arrows made of characters, in a code block.
    Ascii,
    /// A link to or an image of a draw.io file.
    DrawIo,
    /// A link to or an image of an Excalidraw file.
    Excalidraw,
}

/// An `<!-- archlint: ... -->` comment.
#[derive(Debug, Clone)]
pub struct Directive {
    /// The whole comment.
    pub span: Span,
    /// What stands behind `archlint:`, trimmed.
    pub text: String,
    /// Where `text` stands.
    pub text_span: Span,
    /// Index of the section that it stands in (0: it stands before the first heading).
    pub section: usize,
}

/// Something that a template left behind.
#[derive(Debug, Clone)]
pub struct Residue {
    /// Where it stands; for an empty section its heading.
    pub span: Span,
    /// What it is.
    pub kind: ResidueKind,
    /// Index of the section that it stands in.
    pub section: usize,
}

/// The kinds of template residue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResidueKind {
    /// A heading with nothing under it, not even a subsection.
    EmptySection,
    /// A heading under which only an HTML comment stands.
    OnlyComment,
    /// A body that is only `TBD`, `TODO`, `?`, `...` or the like, or begins with such a mark and a
    /// colon; such a mark as the value of a label, a cell or a line, or for a value within prose.
    Tbd,
    /// A body that is only `N/A`, `None` or `not applicable`, with no reason; a last line `N/A`
    /// under a question.
    BareNotApplicable,
    /// `<name of the service>`, `{{title}}`, `[short description]` left in.
    Placeholder,
    /// A whole body that is the template's own instruction ("Describe the ... here").
    Instruction,
}

/// YAML front matter.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// The block, delimiters included.
    pub span: Span,
    /// Top-level fields in the order written.
    pub fields: Vec<Field>,
    /// Set when the YAML cannot be read: the message of the YAML reader and where it points.
    pub error: Option<(String, Span)>,
}

/// A top-level field of front matter.
#[derive(Debug, Clone)]
pub struct Field {
    /// The key as written.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value as JSON would hold it.
    pub value: serde_json::Value,
    /// Where the value stands; empty, at the end of the line, when there is none.
    pub value_span: Span,
}
