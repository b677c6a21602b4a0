//! Sections, blocks, links, comments and front matter, as a reader of the model sees them.

#![allow(clippy::unwrap_used)]

use archlint_document::{Block, BlockKind, Document, RunStyle, parse};

/// Title, level and title of the parent of each section.
fn outline(document: &Document) -> Vec<(&str, u8, &str)> {
    (1..document.sections.len())
        .map(|index| {
            let section = &document.sections[index];
            let parent = document.heading_title(section.parent.unwrap());
            (document.heading_title(index), section.level, parent)
        })
        .collect()
}

/// The source of each block.
fn sources(document: &Document) -> Vec<&str> {
    document
        .blocks
        .iter()
        .map(|block| document.source(&block.span))
        .collect()
}

fn kinds(document: &Document) -> Vec<BlockKind> {
    document
        .blocks
        .iter()
        .map(|block| block.kind.clone())
        .collect()
}

fn texts(document: &Document) -> Vec<String> {
    document
        .blocks
        .iter()
        .map(|block: &Block| document.block_text(block))
        .collect()
}

#[test]
fn sections_nest_by_level_and_survive_skipped_levels() {
    let document = parse("## A\n\n#### B\n\n### C\n\n# D\n\nTitle\n-----\ntext\n");
    assert_eq!(
        outline(&document),
        [
            ("A", 2, ""),
            ("B", 4, "A"),
            ("C", 3, "A"),
            ("D", 1, ""),
            ("Title", 2, "D")
        ]
    );
    assert_eq!(
        document.source(&document.sections[1].span),
        "## A\n\n#### B\n\n### C"
    );
    let title = document.sections[5].heading.as_ref().unwrap();
    assert!(title.setext);
    assert_eq!(document.source(&title.span), "Title\n-----");
    assert_eq!(document.ancestors(3).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(document.children(1).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(document.children(0).collect::<Vec<_>>(), [1, 4]);
}

#[test]
fn text_before_the_first_heading_belongs_to_the_document() {
    let document = parse("Intro.\n\n# A\n\nBody.\n");
    assert_eq!(document.blocks[0].section, 0);
    assert_eq!(document.section_body_blocks(0).len(), 1);
    assert_eq!(document.section_body_blocks(1).len(), 1);
    assert_eq!(document.section_at(3), 0);
    assert_eq!(document.section_at(9), 1);
    assert_eq!(document.section_at(usize::MAX), 1);
    assert_eq!(document.block_at(7), None);
}

#[test]
fn headings_in_quotes_lists_and_footnotes_are_blocks_and_open_no_section() {
    let document =
        parse("# A\n\n> ## Quoted\n> text\n\n- ## Listed\n\n[^1]: ## Noted\n\nBody[^1].\n");
    assert_eq!(outline(&document), [("A", 1, "")]);
    let headings = document
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Heading);
    assert_eq!(headings.count(), 4);
    assert!(document.blocks.iter().all(|block| block.section == 1));
    assert_eq!(document.blocks[1].quote_depth, 1);
}

#[test]
fn a_heading_shows_its_text_without_marks() {
    let document = parse("# A *b* `c` [d](e) &amp; f ##\n\n## G {#g}\n\n## {short title}\n");
    assert_eq!(document.heading_title(1), "A b c d & f");
    assert_eq!(document.heading_title(2), "G");
    assert_eq!(document.heading_title(3), "{short title}");
    assert_eq!(document.title(), "A b c d & f");
}

#[test]
fn list_items_are_blocks_tight_or_loose_nested_or_with_check_boxes() {
    let document =
        parse("- one\n  more\n  1. two\n- [x] done\n\n- [ ] open\n\n  second paragraph\n");
    assert_eq!(
        sources(&document),
        ["one\n  more", "two", "done", "open", "second paragraph"]
    );
    let item = |task| BlockKind::ListItem { task };
    assert_eq!(
        kinds(&document),
        [
            item(None),
            item(None),
            item(Some(true)),
            item(Some(false)),
            item(None)
        ]
    );
    let depths: Vec<u16> = document
        .blocks
        .iter()
        .map(|block| block.list_depth)
        .collect();
    assert_eq!(depths, [1, 2, 1, 1, 1]);
    let tight = parse("- [x] a\n- [ ] b\n- c\n");
    assert_eq!(
        kinds(&tight),
        [item(Some(true)), item(Some(false)), item(None)]
    );
}

#[test]
fn a_tight_item_with_a_quote_and_code_falls_into_its_blocks() {
    let document = parse("- text\n  > quoted\n\n  ```sh\n  ls\n  ```\n");
    assert_eq!(texts(&document)[..2], ["text", "quoted"]);
    assert_eq!(document.blocks[1].kind, BlockKind::Paragraph);
    assert_eq!(
        (
            document.blocks[1].quote_depth,
            document.blocks[1].list_depth
        ),
        (1, 1)
    );
    assert_eq!(document.blocks[2].list_depth, 1);
}

#[test]
fn table_cells_know_their_place_and_empty_ones_are_left_out() {
    let document = parse("| a | b |\n|---|---|\n| `x\\|y` | |\n| 1 | 2 |\n\n|c|\n|-|\n");
    let places: Vec<_> = document
        .blocks
        .iter()
        .map(|block| match block.kind {
            BlockKind::TableCell { table, row, column } => (table, row, column),
            _ => panic!("{block:?}"),
        })
        .collect();
    assert_eq!(
        places,
        [
            (0, 0, 0),
            (0, 0, 1),
            (0, 1, 0),
            (0, 2, 0),
            (0, 2, 1),
            (1, 0, 0)
        ]
    );
    assert_eq!(sources(&document), ["a", "b", "`x\\|y`", "1", "2", "c"]);
}

#[test]
fn code_has_a_language_and_content_without_its_fences() {
    let document = parse(
        "```Rust title=x\nfn\n\nmain\n```\n\n    indented\n\n~~~{.mermaid}\n~~~\n\n```\nopen\n",
    );
    let codes: Vec<(&str, &str)> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Code { language, content } => {
                Some((language.as_str(), document.source(content)))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        codes,
        [
            ("rust", "fn\n\nmain\n"),
            ("", "indented"),
            ("mermaid", ""),
            ("", "open")
        ]
    );
    assert_eq!(
        document.source(&document.blocks[0].span),
        "```Rust title=x\nfn\n\nmain\n```"
    );
}

#[test]
fn comments_alone_in_their_block_are_blocks_and_others_are_not_text() {
    let document = parse("<!-- a -->\n<!-- b\n\nc -->\n\nText <!-- d --> goes on.\n\n<p>x</p>\n");
    let comments: Vec<&str> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Comment { content } => Some(document.source(content)),
            _ => None,
        })
        .collect();
    assert_eq!(comments, [" a ", " b\n\nc "]);
    assert_eq!(texts(&document)[2], "Text goes on.");
    assert_eq!(document.blocks[3].kind, BlockKind::Html);
}

#[test]
fn directives_are_found_in_comment_blocks_and_within_text() {
    let document = parse(
        "<!-- archlint: off a --><!--archlint:off b-->\n\n# A\n\nText <!-- archlint:  off c  --> on.\n\n\
         - item <!-- archlint: off\n  d -->\n\n<div> <!-- archlint: e --> </div>\n\n`<!-- archlint: no -->`\n\n\
         ```\n<!-- archlint: no -->\n```\n<!-- other -->\n",
    );
    let found: Vec<(&str, usize)> = document
        .directives
        .iter()
        .map(|directive| (directive.text.as_str(), directive.section))
        .collect();
    assert_eq!(
        found,
        [
            ("off a", 0),
            ("off b", 0),
            ("off c", 1),
            ("off\n  d", 1),
            ("e", 1)
        ]
    );
    let third = &document.directives[2];
    assert_eq!(document.source(&third.span), "<!-- archlint:  off c  -->");
    assert_eq!(document.source(&third.text_span), "off c");
}

#[test]
fn links_and_images_of_every_form() {
    let document = parse(
        "# [T](t)\n\n[a **b**](u \"t\") [r][x] ![alt *t*](i.png) <http://h> [![in](p.png)](l)\n\n\
         <img src=\"s.png\" alt='d'>\n\n[x]: http://z\n",
    );
    let found: Vec<(&str, &str, bool)> = document
        .links
        .iter()
        .map(|link| (link.text.as_str(), link.target.as_str(), link.image))
        .collect();
    assert_eq!(
        found,
        [
            ("T", "t", false),
            ("a b", "u", false),
            ("r", "http://z", false),
            ("alt t", "i.png", true),
            ("http://h", "http://h", false),
            ("in", "l", false),
            ("in", "p.png", true),
            ("d", "s.png", true),
        ]
    );
    assert!(document.links.iter().all(|link| link.section == 1));
    assert_eq!(
        document.source(&document.links[1].span),
        "[a **b**](u \"t\")"
    );
}

#[test]
fn runs_are_marked_and_stand_in_the_source() {
    let document = parse("We **use** `Kafka 3` and *[docs](u)*, _not_ \\*stars\\*.\n");
    let runs: Vec<(&str, RunStyle)> = document
        .runs
        .iter()
        .map(|run| (document.source(&run.span), run.style))
        .collect();
    assert_eq!(
        runs,
        [
            ("We ", RunStyle::Plain),
            ("use", RunStyle::Strong),
            (" ", RunStyle::Plain),
            ("Kafka 3", RunStyle::Code),
            (" and ", RunStyle::Plain),
            ("docs", RunStyle::Link),
            (", ", RunStyle::Plain),
            ("not", RunStyle::Plain),
            (" ", RunStyle::Plain),
            ("*stars", RunStyle::Plain),
            ("*.", RunStyle::Plain),
        ]
    );
    assert_eq!(
        document.visible_text(&document.sentences[0]),
        "We use Kafka 3 and docs, not *stars*."
    );
}

#[test]
fn lines_of_a_quoted_paragraph_are_one_text() {
    let document = parse("> one **two\n> three** `four`\n> five&nbsp;six\n");
    assert_eq!(texts(&document), ["one two three four five six"]);
    assert_eq!(document.blocks[0].quote_depth, 1);
}

#[test]
fn crlf_and_a_byte_order_mark_change_nothing() {
    let document = parse("\u{feff}# A\r\n\r\none\r\ntwo.\r\n\r\n## B\r\n");
    assert_eq!(outline(&document), [("A", 1, ""), ("B", 2, "A")]);
    assert_eq!(sources(&document), ["# A", "one\r\ntwo.", "## B"]);
    assert_eq!(texts(&document)[1], "one two.");
}

#[test]
fn an_empty_document_has_one_section() {
    for text in ["", "\n\n", "\u{feff}"] {
        let document = parse(text);
        assert_eq!(
            (document.sections.len(), document.blocks.len()),
            (1, 0),
            "{text:?}"
        );
        assert_eq!(document.title(), "");
    }
}
