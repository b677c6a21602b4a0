//! The checklist as a table for a spreadsheet: of one document a line per question, of several a
//! line per document.

use crate::answers::{ChecklistReport, DocumentAnswers};
use crate::matrix::{Count, Matrix};
use crate::printable::one_line;
use std::io::{self, Write};

/// Writes, for one reviewed document, a line per question with its state and strongest evidence;
/// for several, a matrix with a line per document, a column per question, and how many questions
/// are answered and asked, by group and in all.
///
/// # Errors
/// Those of `out`.
pub fn checklist_csv(report: &ChecklistReport, out: &mut dyn Write) -> io::Result<()> {
    let matrix = Matrix::of(&report.documents);
    match matrix.rows.as_slice() {
        [] => questions(None, out),
        [row] => questions(Some(row.document), out),
        _ => documents(&matrix, out),
    }
}

fn questions(document: Option<&DocumentAnswers>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "path,kind,group,id,title,asked,state,line,quote,waiver"
    )?;
    let Some(document) = document else {
        return Ok(());
    };
    for question in &document.questions {
        let (at, quote) = question.evidence.first().map_or((String::new(), ""), |p| {
            (p.start_line.to_string(), p.quote.as_str())
        });
        let cells = [
            document.path.as_str(),
            document.kind.name(),
            &question.group,
            &question.id,
            &question.title,
            if question.asked { "yes" } else { "no" },
            question.state(),
            &at,
            quote,
            question.waiver.as_deref().unwrap_or_default(),
        ];
        line(cells, out)?;
    }
    Ok(())
}

fn documents(matrix: &Matrix<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut head = vec!["path".to_owned(), "kind".to_owned()];
    for group in &matrix.groups {
        head.extend(group.questions.iter().map(|q| q.id.clone()));
        head.extend(totals_of(group.name));
    }
    head.extend(totals_of("All"));
    line(head, out)?;
    for row in &matrix.rows {
        let mut cells = vec![row.document.path.clone(), row.document.kind.name().into()];
        for (group, count) in matrix.groups.iter().zip(&row.groups) {
            let state = |id: &str| row.state(id).unwrap_or_default().to_owned();
            cells.extend(group.questions.iter().map(|q| state(&q.id)));
            cells.extend(totals(*count));
        }
        cells.extend(totals(row.all));
        line(cells, out)?;
    }
    let mut cells = vec!["All".to_owned(), String::new()];
    for group in &matrix.groups {
        cells.extend(group.questions.iter().map(|question| {
            let count = matrix.question(&question.id);
            // Not "3/5": a spreadsheet would read a date.
            match count.asked() {
                0 => String::new(),
                asked => format!("{} of {asked}", count.settled()),
            }
        }));
        cells.extend(totals(group.all));
    }
    cells.extend(totals(matrix.all));
    line(cells, out)
}

fn totals_of(name: &str) -> [String; 2] {
    [format!("{name}: answered"), format!("{name}: asked")]
}

fn totals(count: Count) -> [String; 2] {
    [count.settled().to_string(), count.asked().to_string()]
}

fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>, out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = cells.into_iter().map(|c| cell(c.as_ref())).collect();
    writeln!(out, "{}", cells.join(","))
}

/// One cell. What a spreadsheet would take for a formula is marked as text.
fn cell(text: &str) -> String {
    let text = one_line(text);
    let formula = text.starts_with(['=', '+', '-', '@']);
    if !formula && !text.contains(['"', ',', ';']) {
        return text.into_owned();
    }
    format!(
        "\"{}{}\"",
        if formula { "'" } else { "" },
        text.replace('"', "\"\"")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_cell_and_no_formula() {
        assert_eq!(cell("a, \"b\"\nc"), "\"a, \"\"b\"\" c\"");
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("plain"), "plain");
    }
}
