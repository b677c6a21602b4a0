//! What several documents cover, as Markdown tables: documents × groups, then, group by group,
//! documents × questions.

use crate::checklist::{code, plain};
use crate::matrix::{Count, Group, Matrix};
use std::io::{self, Write};

/// Writes a table with a row per document and a column per group, in each cell how many of the
/// asked questions are answered; then a table per group with its questions. The last row of each
/// has the totals.
pub(crate) fn coverage(matrix: &Matrix<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "# Coverage\n\nAnswered of the asked questions, by document and group.\n"
    )?;
    let names = matrix.groups.iter().map(|group| group.name);
    head(names.chain(["All"]), out)?;
    for row in &matrix.rows {
        let cells = row.groups.iter().chain([&row.all]).map(|c| of_asked(*c));
        line(&path(&row.document.path), cells, out)?;
    }
    let totals = matrix.groups.iter().map(|group| group.all);
    line("**All**", totals.chain([matrix.all]).map(of_asked), out)?;
    writeln!(
        out,
        "\nBy question: ✔ answered, ◐ touched, ○ open, ⊘ waived, – not asked.\n"
    )?;
    for (at, group) in matrix.groups.iter().enumerate() {
        questions(matrix, at, group, out)?;
    }
    Ok(())
}

fn questions(
    matrix: &Matrix<'_>,
    at: usize,
    group: &Group<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "## {}: by document\n", plain(group.name))?;
    let titles = group.questions.iter().map(|q| q.title.as_str());
    head(titles.chain(["All"]), out)?;
    for row in &matrix.rows {
        let states = group.questions.iter().map(|q| mark(row.state(&q.id)));
        let all = row.groups.get(at).copied().unwrap_or_default();
        let cells = states.map(str::to_owned).chain([of_asked(all)]);
        line(&path(&row.document.path), cells, out)?;
    }
    let totals = group.questions.iter().map(|q| matrix.question(&q.id));
    line("**All**", totals.chain([group.all]).map(of_asked), out)?;
    writeln!(out)
}

/// The sign of a state; `None` is a question that is not asked.
pub(crate) fn mark(state: Option<&str>) -> &'static str {
    match state {
        Some("answered") => "✔",
        Some("touched") => "◐",
        Some("waived") => "⊘",
        Some(_) => "○",
        None => "–",
    }
}

fn of_asked(count: Count) -> String {
    match count.asked() {
        0 => "–".to_owned(),
        asked => format!("{}/{asked}", count.settled()),
    }
}

fn path(path: &str) -> String {
    code(path).replace('|', "\\|")
}

fn head<'a>(columns: impl Iterator<Item = &'a str>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "| Document |")?;
    let mut rule = String::from("| --- |");
    for column in columns {
        write!(out, " {} |", plain(column))?;
        rule.push_str(" ---: |");
    }
    writeln!(out, "\n{rule}")
}

fn line(name: &str, cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "| {name} |")?;
    for cell in cells {
        write!(out, " {cell} |")?;
    }
    writeln!(out)
}
