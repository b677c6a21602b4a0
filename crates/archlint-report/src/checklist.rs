//! The checklist as Markdown: what a chair would print for a review.

use crate::answers::{ChecklistReport, DocumentAnswers, QuestionAnswer, QuotedPassage};
use crate::coverage::coverage;
use crate::matrix::Matrix;
use crate::printable::one_line;
use std::io::{self, Write};

/// Passages quoted for one question.
const QUOTED: usize = 3;

/// Writes, for each document, every asked question by group with its state and its evidence, then
/// those that are not asked; before them, for several documents, what is covered where.
///
/// # Errors
/// Those of `out`.
pub fn checklist_markdown(report: &ChecklistReport, out: &mut dyn Write) -> io::Result<()> {
    let matrix = Matrix::of(&report.documents);
    if matrix.rows.len() > 1 {
        coverage(&matrix, out)?;
    }
    for document in report.documents.iter().filter(|d| d.skipped.is_none()) {
        document_checklist(document, out)?;
    }
    let skipped: Vec<_> = report
        .documents
        .iter()
        .filter_map(|d| Some((&d.path, d.skipped.as_ref()?)))
        .collect();
    if !skipped.is_empty() {
        writeln!(out, "# Not reviewed\n")?;
        for (path, reason) in skipped {
            writeln!(out, "- {}: {}", code(path), plain(reason))?;
        }
        writeln!(out)?;
    }
    if !report.unreadable.is_empty() {
        writeln!(out, "# Could not be read\n")?;
        for file in &report.unreadable {
            writeln!(out, "- {}: {}", code(&file.path), plain(&file.message))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn document_checklist(document: &DocumentAnswers, out: &mut dyn Write) -> io::Result<()> {
    let asked: Vec<_> = document.questions.iter().filter(|q| q.asked).collect();
    let count = |state| asked.iter().filter(|q| q.state() == state).count();
    writeln!(out, "# Review of {}\n", code(&document.path))?;
    writeln!(
        out,
        "Read as {}: {}.",
        document.kind,
        plain(&document.kind_reason)
    )?;
    writeln!(
        out,
        "{} of {} questions are asked: {} answered, {} touched, {} open, {} waived.\n",
        asked.len(),
        document.questions.len(),
        count("answered"),
        count("touched"),
        count("open"),
        count("waived")
    )?;
    for group in asked.chunk_by(|a, b| a.group == b.group) {
        let Some(first) = group.first() else { continue };
        writeln!(out, "## {}\n", plain(&first.group))?;
        for question in group {
            asked_question(document, question, out)?;
        }
        writeln!(out)?;
    }
    not_asked(document, out)
}

fn asked_question(
    document: &DocumentAnswers,
    question: &QuestionAnswer,
    out: &mut dyn Write,
) -> io::Result<()> {
    let tick = if matches!(question.state(), "answered" | "waived") {
        'x'
    } else {
        ' '
    };
    writeln!(
        out,
        "- [{tick}] **{}**: {}  ",
        plain(&question.title),
        question.state()
    )?;
    writeln!(
        out,
        "  {} ({})",
        plain(&question.question),
        code(&question.id)
    )?;
    if let Some(reason) = &question.waiver {
        writeln!(out, "  - Waived: {}", plain(reason))?;
    }
    for passage in question.evidence.iter().take(QUOTED) {
        writeln!(out, "  - {}", quoted(document, passage))?;
    }
    if let Some(passage) = question.reasons.first() {
        writeln!(out, "  - Asked because: {}", quoted(document, passage))?;
    }
    Ok(())
}

fn quoted(document: &DocumentAnswers, passage: &QuotedPassage) -> String {
    let place = match passage.start_line == passage.end_line {
        true => format!("{}:{}", document.path, passage.start_line),
        false => format!(
            "{}:{}-{}",
            document.path, passage.start_line, passage.end_line
        ),
    };
    format!(
        "{} {} ({})",
        code(&place),
        code(&passage.quote),
        plain(&passage.reason)
    )
}

/// Questions that are not asked, folded away; those that the document answers all the same say so.
fn not_asked(document: &DocumentAnswers, out: &mut dyn Write) -> io::Result<()> {
    let rest: Vec<_> = document.questions.iter().filter(|q| !q.asked).collect();
    if rest.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<details>\n<summary>Not asked ({})</summary>\n",
        rest.len()
    )?;
    for question in rest {
        let state = match question.state() {
            "open" => String::new(),
            state => {
                let place = question.evidence.first().map_or(String::new(), |passage| {
                    format!(
                        " ({})",
                        code(&format!("{}:{}", document.path, passage.start_line))
                    )
                });
                format!(": {state}{place}")
            }
        };
        writeln!(out, "- {}{state}", plain(&question.title))?;
    }
    writeln!(out, "\n</details>\n")
}

/// `text` as a code span: nothing in it is mark-up, a link or the name of a person to call.
pub(crate) fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match longest {
        0 if !text.is_empty() => format!("{fence}{text}{fence}"),
        _ => format!("{fence} {text} {fence}"),
    }
}

/// `text` as text: its marks show as they are.
pub(crate) fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$' | '@'
        ) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_cannot_leave_its_code_span() {
        assert_eq!(code("a `` b\n<script>"), "``` a `` b <script> ```");
        assert_eq!(code("plain"), "`plain`");
    }

    #[test]
    fn marks_show_as_they_are() {
        assert_eq!(plain("*a* [b](c) <d>"), "\\*a\\* \\[b\\](c) \\<d\\>");
    }
}
