//! Boxes and arrows made of characters.
//!
//! A box is found by its geometry, not by its characters: two edges over the same columns and a
//! side at both ends in every line between them. That leaves out directory trees, command output
//! and code. A table that a database client prints is a grid of boxes; it is told apart by its
//! rules, which are all the same.

/// No more of a code block is looked at than this many lines and columns.
const MAX_LINES: usize = 400;
const MAX_COLUMNS: usize = 240;

/// Whether a code block holds a diagram. In a block that names a programming or data language
/// only boxes count, since arrows and bars are its syntax.
///
/// `indent` is how many characters of indentation and quote marks stand before the first line of
/// the code, and so before the others, which still have theirs.
pub(crate) fn is_diagram(code: &str, language: &str, indent: usize) -> bool {
    if !may_hold_one(code) {
        return false;
    }
    let lines: Vec<Vec<char>> = code
        .lines()
        .take(MAX_LINES)
        .enumerate()
        .map(|(row, line)| {
            let indent = if row == 0 { 0 } else { indent };
            let line = without_indent(line, indent).trim_end();
            line.chars().take(MAX_COLUMNS).collect()
        })
        .collect();
    has_boxes(&lines) || is_plain(language) && has_flow(&lines)
}

fn without_indent(line: &str, indent: usize) -> &str {
    let marks = line
        .bytes()
        .take(indent)
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'>'));
    &line[marks.count()..]
}

/// A cheap look before the lines are taken apart: something horizontal, or a byte with which box
/// characters and arrows begin.
fn may_hold_one(code: &str) -> bool {
    let bytes = code.as_bytes();
    [b"--", b"==", b"__"]
        .iter()
        .any(|line| memchr::memmem::find(bytes, *line).is_some())
        || memchr::memchr(0xE2, bytes).is_some()
}

fn is_plain(language: &str) -> bool {
    matches!(
        language,
        "" | "text"
            | "txt"
            | "plain"
            | "plaintext"
            | "ascii"
            | "asciiart"
            | "diagram"
            | "none"
            | "ditaa"
            | "svgbob"
            | "bob"
            | "aasvg"
    )
}

/// The part of a horizontal edge from one corner to the next.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Edge {
    left: usize,
    right: usize,
}

fn has_boxes(lines: &[Vec<char>]) -> bool {
    let mut boxes: Vec<(usize, Edge)> = Vec::new();
    // Edges that a line above has drawn and whose sides have been there in every line since.
    let mut growing: Vec<(usize, Edge)> = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        growing.retain(|(top, edge)| {
            let closes = row > top + 1 && has_edge(line, *edge);
            if closes {
                boxes.push((*top, *edge));
            }
            !closes && has_sides(line, *edge)
        });
        growing.extend(edges(line).into_iter().map(|edge| (row, edge)));
    }
    match boxes.as_slice() {
        [] => false,
        [_] => has_arrow(lines),
        _ => !is_printed_table(lines, &boxes),
    }
}

/// The edges in a line: `+---+`, `┌──┐`, `.---.`, each between two neighbouring corners, and from
/// the first to the last corner where several follow each other.
fn edges(line: &[char]) -> Vec<Edge> {
    let mut edges = Vec::new();
    let mut first: Option<usize> = None;
    let mut last = 0;
    for (column, &c) in line.iter().enumerate() {
        if is_corner(c) {
            if let Some(first) = first {
                let candidates = [last, first].map(|left| Edge {
                    left,
                    right: column,
                });
                let distinct = if first == last { 1 } else { 2 };
                edges.extend(
                    candidates[..distinct]
                        .iter()
                        .filter(|edge| edge.right > edge.left + 2 && has_edge(line, **edge)),
                );
            }
            first = first.or(Some(column));
            last = column;
        } else if !is_horizontal(c) && !is_junction(c) {
            first = None;
        }
    }
    edges
}

/// Whether an edge stands in a line, most of it drawn: lines may leave or meet it.
fn has_edge(line: &[char], edge: Edge) -> bool {
    let Some(drawn) = line.get(edge.left..=edge.right) else {
        return false;
    };
    let horizontal = drawn.iter().filter(|c| is_horizontal(**c)).count();
    let only_edge = drawn
        .iter()
        .all(|c| is_horizontal(*c) || is_corner(*c) || is_junction(*c));
    only_edge
        && horizontal * 2 >= drawn.len() - 2
        && [drawn[0], drawn[drawn.len() - 1]]
            .iter()
            .all(|c| is_corner(*c))
}

fn has_sides(line: &[char], edge: Edge) -> bool {
    let is_side = |column: usize| {
        line.get(column)
            .is_some_and(|c| is_vertical(*c) || is_corner(*c) || is_junction(*c) || is_head(*c))
    };
    is_side(edge.left) && is_side(edge.right)
}

fn is_corner(c: char) -> bool {
    matches!(c, '+' | '.' | '\'' | '`' | '*' | '#' | ',')
        || matches!(c, '┌'..='╋' | '╒'..='╬' | '╭'..='╰')
}

fn is_horizontal(c: char) -> bool {
    matches!(
        c,
        '-' | '=' | '_' | '─' | '━' | '═' | '┄' | '┅' | '┈' | '╌' | '╍'
    )
}

fn is_vertical(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║' | '¦' | ':' | '┆' | '┊' | '╎')
}

/// Where a line of an arrow crosses an edge.
fn is_junction(c: char) -> bool {
    is_head(c) || matches!(c, '|' | 'o' | '┴' | '┬' | '├' | '┤' | '┼' | '╩' | '╦')
}

fn is_head(c: char) -> bool {
    matches!(
        c,
        '<' | '>' | 'v' | 'V' | '^' | '▲' | '▼' | '◄' | '►' | '▶' | '◀' | '←'..='↓'
    )
}

/// Whether the boxes are the cells of a table: they stand between rules that are all the same, and
/// nothing but rows runs from rule to rule.
fn is_printed_table(lines: &[Vec<char>], boxes: &[(usize, Edge)]) -> bool {
    let extent = |row: usize| {
        let line = &lines[row];
        let first = line.iter().position(|c| !c.is_whitespace())?;
        let only_edge = line[first..]
            .iter()
            .all(|c| is_corner(*c) || is_horizontal(*c) || is_junction(*c));
        only_edge.then_some((first, line.len()))
    };
    let Some(first) = boxes.first().and_then(|(top, _)| extent(*top)) else {
        return false;
    };
    boxes.iter().all(|(top, _)| extent(*top) == Some(first)) && {
        let rules: Vec<usize> = (0..lines.len())
            .filter(|row| extent(*row) == Some(first))
            .collect();
        let inside = rules.first().copied().unwrap_or(0)..rules.last().copied().unwrap_or(0);
        lines[inside].iter().all(|line| {
            line.len() == first.1
                && line
                    .get(first.0)
                    .is_some_and(|c| is_vertical(*c) || is_corner(*c) || is_junction(*c))
        })
    }
}

/// An arrow with a shaft, in any direction.
fn has_arrow(lines: &[Vec<char>]) -> bool {
    lines.iter().any(|line| arrows(line) > 0)
}

/// The arrows with a shaft of two or more in a line.
fn arrows(line: &[char]) -> usize {
    line.windows(3)
        .filter(|window| {
            is_horizontal(window[0])
                && is_horizontal(window[1])
                && matches!(window[2], '>' | '►' | '▶' | '→')
                || matches!(window[0], '<' | '◄' | '◀' | '←')
                    && is_horizontal(window[1])
                    && is_horizontal(window[2])
        })
        .count()
}

/// Arrows between words, with lines that only lead on: a flow or sequence without boxes.
fn has_flow(lines: &[Vec<char>]) -> bool {
    let with_arrows = lines.iter().filter(|line| arrows(line) > 0).count();
    let leading_on = lines
        .iter()
        .filter(|line| {
            !line.is_empty()
                && line
                    .iter()
                    .any(|c| is_vertical(*c) && *c != ':' || is_head(*c))
                && line.iter().all(|c| {
                    c.is_whitespace() || is_vertical(*c) || is_head(*c) || matches!(c, '/' | '\\')
                })
        })
        .count();
    let unicode = lines
        .iter()
        .flatten()
        .filter(|c| matches!(c, '↓' | '▼' | '↑' | '▲'))
        .count();
    with_arrows >= 2 && leading_on >= 1 || leading_on >= 2 && (with_arrows >= 1 || unicode >= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: bool, code: &str) {
        assert_eq!(is_diagram(code, "", 0), expected, "{code}");
    }

    #[test]
    fn boxes_with_arrows_are_a_diagram() {
        check(
            true,
            "+-----+     +------+\n| app | --> | data |\n+-----+     +------+\n",
        );
        check(
            true,
            "┌─────┐   ┌──────┐\n│ app │──▶│ data │\n└─────┘   └──────┘\n",
        );
        check(
            true,
            ".-----.\n| app |\n'--+--'\n   |\n   v\n+------+\n| data |\n+------+\n",
        );
        check(
            true,
            "+--------------+\n|  +-------+   |\n|  | inner |   |\n|  +-------+   |\n+--------------+\n",
        );
    }

    #[test]
    fn boxes_count_in_any_language() {
        let code = "// +-----+     +------+\n// | app | --> | data |\n// +-----+     +------+\n";
        assert!(is_diagram(code, "go", 0));
    }

    #[test]
    fn a_sequence_of_arrows_between_bars_is_a_diagram() {
        check(
            true,
            "client         server\n  |  request     |\n  |------------->|\n  |              |\n  |<-------------|\n",
        );
        check(true, "write\n  |\n  v\nqueue --> worker --> store\n");
    }

    #[test]
    fn printed_tables_are_none() {
        check(
            false,
            "+----+------+\n| id | name |\n+----+------+\n|  1 | a    |\n|  2 | b    |\n+----+------+\n",
        );
        check(
            false,
            "mysql> select * from t;\n+----+------+\n| id | name |\n+----+------+\n|  1 | a    |\n+----+------+\n1 row in set\n",
        );
        check(
            false,
            "┌────┬──────┐\n│ id │ name │\n├────┼──────┤\n│  1 │ a    │\n└────┴──────┘\n",
        );
        check(false, " id | name\n----+------\n  1 | a\n");
    }

    #[test]
    fn trees_code_and_prose_are_none() {
        check(false, "src\n├── main.rs\n│   └── a.rs\n└── lib.rs\n");
        check(false, "src\n|-- main.rs\n|   `-- a.rs\n`-- lib.rs\n");
        check(
            false,
            "fn f(a: i32) -> i32 {\n    a | 1\n}\nlet g = |x| -> i32 { x-- };\n",
        );
        check(false, "--flag <value>  sets it\n--other  -> unset\n");
        check(false, "$ kubectl get pods --all | grep a --> none\n");
        check(false, "---\nkey: value\n---\nkey: value\n");
        check(
            false,
            "-----BEGIN KEY-----\nMIIE+abc/+--+\n-----END KEY-----\n",
        );
    }

    #[test]
    fn only_the_start_of_a_large_block_is_looked_at() {
        let art = "+-----+     +------+\n| app | --> | data |\n+-----+     +------+\n";
        let code = "+--+ \n".repeat(MAX_LINES) + art;
        check(true, &(art.to_owned() + &code));
        check(false, &("- -- \n".repeat(MAX_LINES) + art));
    }
}
