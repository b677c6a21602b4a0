//! What holds for every document, tried on arbitrary text and on arbitrary pieces of Markdown.

#![allow(clippy::unwrap_used)]

use archlint_document::{BlockKind, Document, Encoding, LineIndex, Span, parse};
use proptest::prelude::*;

/// Pieces that mean something to Markdown or to the rules on top of it, in any order.
const PIECES: &[&str] = &[
    "# ",
    "## ",
    "###### ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "  ",
    "    ",
    "\t",
    "- ",
    "1. ",
    "> ",
    "* ",
    "| a | b |\n|---|---|\n",
    "|",
    "```",
    "~~~",
    "`",
    "``",
    "**",
    "*",
    "_",
    "~~",
    "[",
    "](",
    ")",
    "![",
    "]",
    "[^1]",
    "[^1]: ",
    "<!--",
    "-->",
    "<!-- archlint: off -->",
    "<br>",
    "<img src=a.png>",
    "<name of x>",
    "<div>",
    "</div>",
    "---\n",
    "...\n",
    "===\n",
    "key: value\n",
    "[x] ",
    "[ ] ",
    "&amp;",
    "&nbsp;",
    "\\",
    "a",
    "word",
    "Word.",
    "e.g. ",
    "TBD",
    "TODO: ",
    "N/A",
    "{{x y}}",
    "{a b}",
    "é",
    "e\u{301}",
    "🚀",
    "漢字。",
    "\u{feff}",
    "\0",
    "http://a.b",
    "<http://a.b>",
    "mermaid",
    "+---+\n| a |\n+---+\n",
    "@startuml",
    "?",
    "!",
    "\"",
    ")",
    "\u{a0}",
    "\u{2028}",
    "$x$",
    ":",
    "\\\n",
    "  \n",
    "{#id}",
];

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn check(document: &Document) {
    let within = |inner: &Span, outer: &Span| outer.start <= inner.start && inner.end <= outer.end;
    let valid = |span: &Span| assert!(document.text.get(span.clone()).is_some(), "{span:?}");

    let first = &document.sections[0];
    assert_eq!(
        (first.level, first.parent, &first.span),
        (0, None, &(0..document.text.len()))
    );
    assert_eq!(first.blocks, 0..document.blocks.len());
    let mut next_block = 0;
    for (index, section) in document.sections.iter().enumerate() {
        valid(&section.span);
        assert_eq!(section.own_blocks.start, next_block);
        next_block = section.own_blocks.end;
        assert!(within(&section.own_blocks, &section.blocks));
        assert!(
            document.blocks[section.own_blocks.clone()]
                .iter()
                .all(|block| block.section == index)
        );
        if let Some(parent) = section.parent {
            let parent_section = &document.sections[parent];
            assert!(parent < index && parent_section.level < section.level);
            assert!(within(&section.span, &parent_section.span));
            assert!(within(&section.blocks, &parent_section.blocks));
            let heading = section.heading.as_ref().unwrap();
            valid(&heading.span);
            assert_eq!(
                document.blocks[section.own_blocks.start].kind,
                BlockKind::Heading
            );
            assert_eq!(document.blocks[section.own_blocks.start].span, heading.span);
            assert_eq!(document.section_at(heading.span.start), index);
        }
    }
    assert_eq!(next_block, document.blocks.len());
    for pair in document.sections[1..].windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start || within(&pair[1].span, &pair[0].span));
    }

    let (mut end, mut next_sentence) = (0, 0);
    for (index, block) in document.blocks.iter().enumerate() {
        valid(&block.span);
        assert!(
            !block.span.is_empty() && block.span.start >= end,
            "blocks overlap"
        );
        end = block.span.end;
        assert!(within(&block.span, &document.sections[block.section].span));
        assert_eq!(document.block_at(block.span.start), Some(index));
        assert_eq!(block.sentences.start, next_sentence);
        next_sentence = block.sentences.end;
        assert!(block.is_text() || block.sentences.is_empty());
        match &block.kind {
            BlockKind::Code { content, .. } | BlockKind::Comment { content } => {
                valid(content);
                assert!(within(content, &block.span));
            }
            _ => {}
        }
    }
    assert_eq!(next_sentence, document.sentences.len());

    let (mut end, mut next_run) = (0, 0);
    for (index, sentence) in document.sentences.iter().enumerate() {
        valid(&sentence.span);
        let block = &document.blocks[sentence.block];
        assert!(block.sentences.contains(&index));
        assert!(
            within(&sentence.span, &block.span),
            "{sentence:?} in {block:?}"
        );
        assert!(sentence.span.start >= end, "sentences overlap");
        end = sentence.span.end;
        assert_eq!(sentence.runs.start, next_run);
        next_run = sentence.runs.end;
        let runs = &document.runs[sentence.runs.clone()];
        assert_eq!(runs.first().unwrap().span.start, sentence.span.start);
        assert_eq!(runs.last().unwrap().span.end, sentence.span.end);
        for run in runs {
            valid(&run.span);
            assert!(!run.span.is_empty() && within(&run.span, &sentence.span));
        }
        assert!(
            runs.windows(2)
                .all(|pair| pair[0].span.end <= pair[1].span.start)
        );
    }
    assert_eq!(next_run, document.runs.len());

    let sections = document.sections.len();
    for link in &document.links {
        valid(&link.span);
        assert!(link.section < sections);
    }
    for (span, section) in (document
        .diagrams
        .iter()
        .map(|diagram| (&diagram.span, diagram.section)))
    .chain(
        document
            .residue
            .iter()
            .map(|residue| (&residue.span, residue.section)),
    )
    .chain(
        document
            .directives
            .iter()
            .map(|directive| (&directive.span, directive.section)),
    )
    .chain(
        document
            .directives
            .iter()
            .map(|directive| (&directive.text_span, directive.section)),
    ) {
        valid(span);
        assert!(section < sections);
    }
    assert!(document.links.is_sorted_by_key(|link| link.span.start));
    assert!(
        document
            .diagrams
            .is_sorted_by_key(|diagram| diagram.span.start)
    );
    assert!(
        document
            .residue
            .is_sorted_by_key(|residue| residue.span.start)
    );
    if let Some(front_matter) = &document.front_matter {
        valid(&front_matter.span);
        for field in &front_matter.fields {
            assert!(within(&field.key_span, &front_matter.span));
            assert!(within(&field.value_span, &front_matter.span));
            valid(&field.key_span);
            valid(&field.value_span);
        }
        if let Some((_, span)) = &front_matter.error {
            valid(span);
            assert!(within(span, &front_matter.span));
        }
    }
}

fn check_positions(text: &str, step: usize) {
    let index = LineIndex::new(text);
    for (line, span) in
        (0..index.line_count()).map(|line| (line, index.line_span(text, line).unwrap()))
    {
        for offset in span
            .clone()
            .step_by(step)
            .chain([span.end])
            .filter(|at| text.is_char_boundary(*at))
        {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let position = index.position(text, offset, encoding);
                assert_eq!(position.line, line);
                assert_eq!(index.offset(text, position, encoding), offset);
                let before = &text[span.start..offset];
                let column = match encoding {
                    Encoding::Utf8 => before.len(),
                    Encoding::Utf16 => before.encode_utf16().count(),
                    Encoding::Utf32 => before.chars().count(),
                };
                assert_eq!(position.column, column);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn pieces_of_markdown_give_a_sound_document(text in markdown()) {
        check(&parse(&text));
    }

    #[test]
    fn front_matter_gives_a_sound_document(head in markdown(), body in markdown()) {
        check(&parse(&format!("---\n{head}\n---\n{body}")));
    }

    #[test]
    fn arbitrary_text_gives_a_sound_document(text in "\\PC*") {
        check(&parse(&text));
    }

    #[test]
    fn positions_round_trip(text in markdown()) {
        check_positions(&text, 1);
    }

    #[test]
    fn positions_round_trip_on_lines_longer_than_a_step(part in markdown(), count in 1_usize..40) {
        check_positions(&part.repeat(count), 211);
    }

    #[test]
    fn any_position_is_an_offset_and_any_offset_a_position(
        text in markdown(), line in 0_usize..30, column in 0_usize..100, offset in 0_usize..400,
    ) {
        let index = LineIndex::new(&text);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let found = index.offset(&text, archlint_document::Position { line, column }, encoding);
            prop_assert!(text.is_char_boundary(found));
            let position = index.position(&text, offset, encoding);
            prop_assert!(position.line < index.line_count());
        }
    }
}
