//! Input that is not nice is read in time that grows with its length, without deep recursion. The
//! tests run on the small stack of a test thread; each would take minutes, or overflow, if the cost
//! grew with the square of the length or the stack with the depth.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use archlint_document::{Document, Encoding, LineIndex, Position, parse};

/// Reads a text, with a limit that only a cost out of all proportion reaches, even on a busy machine.
#[track_caller]
fn read(text: &str) -> Document {
    let start = Instant::now();
    let document = parse(text);
    let taken = start.elapsed();
    assert!(taken < Duration::from_secs(90), "took {taken:?}");
    assert_eq!(document.text.len(), text.len());
    document
}

#[test]
fn ten_thousand_levels_of_quotes_and_lists() {
    let document = read(&(">".repeat(10_000) + " deep\n"));
    assert_eq!(document.blocks[0].quote_depth, 10_000);
    let document = read(&("- ".repeat(10_000) + "deep\n"));
    assert_eq!(document.blocks[0].list_depth, 10_000);
    let levels: String = (0..2_000)
        .map(|depth| "  ".repeat(depth) + "- item\n")
        .collect();
    assert_eq!(read(&levels).blocks.len(), 2_000);
}

#[test]
fn emphasis_and_brackets_that_never_close() {
    assert_eq!(read(&"*a **a ".repeat(50_000)).blocks.len(), 1);
    read(&"*a **a".repeat(50_000));
    read(&("[".repeat(50_000) + &"]".repeat(50_000)));
    read(&("![".repeat(20_000) + "a" + &"](u)".repeat(20_000)));
    read(&"[a](".repeat(50_000));
    read(&"`".repeat(100_000));
    read(
        &(0..1_000)
            .map(|count| "`".repeat(count) + " ")
            .collect::<String>(),
    );
}

#[test]
fn placeholders_and_marks_on_one_line() {
    for part in [
        "{{ ", "{a b} ", "[a b] ", "<a b ", "[e.g. ", "{a{", "TBD,", "(TBD ", "TODO: ", "T", "a: ",
        "[name] ", "<name> ",
    ] {
        let text = part.repeat(300_000 / part.len());
        read(&text);
    }
}

#[test]
fn html_that_never_closes() {
    for part in [
        "<!-- ",
        "a <!-- ",
        "<!-- a --> ",
        "<a ",
        "<img src=",
        "<img src=a width=1> ",
        "<br>",
        "<div>\n\n",
        "<!-- archlint: x -->\n",
    ] {
        read(&part.repeat(300_000 / part.len()));
    }
}

#[test]
fn fences_tables_and_diagrams() {
    let document = read(&("text\n\n```\n".to_owned() + &"code\n".repeat(200_000)));
    assert_eq!(document.blocks.len(), 2);
    read(&"```\n".repeat(50_001));
    read(
        &("|".to_owned()
            + &"a|".repeat(1_000)
            + "\n|"
            + &"-|".repeat(1_000)
            + "\n"
            + &"|a|\n".repeat(5_000)),
    );
    read(&("```\n".to_owned() + &("+--+ ".repeat(2_000) + "\n").repeat(100) + "```\n"));
    read(&("```\n+--+--+\n".repeat(5_000) + "```\n"));
    read(&"@startuml\n\n".repeat(20_000));
}

#[test]
fn nul_bytes_and_white_space() {
    let document = read(&("\0".repeat(100_000) + "\n\n# \0title\n"));
    assert_eq!(document.sections.len(), 2);
    read(&" ".repeat(1_000_000));
    read(&"\r".repeat(500_000));
    read(&"\u{feff}".repeat(100_000));
    read(&". ".repeat(100_000));
    read(&"e.g. ".repeat(50_000));
    read(&".".repeat(1_000_000));
}

#[test]
fn headings_by_the_hundred_thousand() {
    let text: String = (0..100_000)
        .map(|count| "#".repeat(count % 6 + 1) + " h\n")
        .collect();
    assert_eq!(read(&text).sections.len(), 100_001);
    assert_eq!(read(&("a\n".repeat(100_000) + "===\n")).sections.len(), 2);
}

#[test]
fn front_matter_that_nests_or_multiplies() {
    let nested = read(&("---\na: ".to_owned() + &"[".repeat(100_000) + "\n---\n# Title\n"));
    assert!(nested.front_matter.unwrap().error.is_some());
    let mut bomb = "---\na: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (last, next) in ('a'..'i').zip('b'..='i') {
        bomb += &format!(
            "{next}: &{next} [{}]\n",
            vec![format!("*{last}"); 9].join(",")
        );
    }
    assert!(
        read(&(bomb + "---\n"))
            .front_matter
            .unwrap()
            .error
            .is_some()
    );
    read(&("---\n".to_owned() + &"key: value\n".repeat(50_000)));
}

#[test]
fn positions_on_one_line_of_five_megabytes() {
    let text = "wörd 🚀 ".repeat(500_000);
    let index = LineIndex::new(&text);
    let start = Instant::now();
    for offset in (0..text.len()).step_by(2_000) {
        let offset = text.floor_char_boundary(offset);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let position = index.position(&text, offset, encoding);
            assert_eq!(index.offset(&text, position, encoding), offset);
        }
    }
    assert!(start.elapsed() < Duration::from_secs(60));
    let end = Position {
        line: 0,
        column: usize::MAX,
    };
    assert_eq!(index.offset(&text, end, Encoding::Utf16), text.len());
}
