//! The checklist as a table for a spreadsheet.

use crate::answers::ChecklistReport;
use crate::printable::one_line;
use std::io::{self, Write};

/// Writes a heading line and a line per document and question.
///
/// # Errors
/// Those of `out`.
pub fn checklist_csv(report: &ChecklistReport, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "path,kind,group,id,title,asked,state,line,quote,waiver"
    )?;
    for document in &report.documents {
        for question in &document.questions {
            let (line, quote) = question.evidence.first().map_or((String::new(), ""), |p| {
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
                &line,
                quote,
                question.waiver.as_deref().unwrap_or_default(),
            ];
            writeln!(out, "{}", cells.map(cell).join(","))?;
        }
    }
    Ok(())
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
