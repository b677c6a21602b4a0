//! What several documents cover, as a table of documents and groups.

use crate::answers::DocumentAnswers;
use crate::checklist::{code, plain};
use std::io::{self, Write};

/// Answered (or waived) and asked questions.
#[derive(Clone, Copy, Default)]
struct Count {
    answered: usize,
    asked: usize,
}

/// Writes a Markdown table: a row per reviewed document, a column per group, in each cell how many
/// of the asked questions are answered; a last row with totals.
pub(crate) fn coverage(documents: &[DocumentAnswers], out: &mut dyn Write) -> io::Result<()> {
    let mut groups: Vec<&str> = Vec::new();
    for question in documents.iter().flat_map(|d| &d.questions) {
        if !groups.contains(&question.group.as_str()) {
            groups.push(&question.group);
        }
    }
    writeln!(
        out,
        "# Coverage\n\nAnswered of the asked questions, by document and group.\n"
    )?;
    write!(out, "| Document |")?;
    for group in &groups {
        write!(out, " {} |", plain(group))?;
    }
    writeln!(out, " All |\n| --- |{}", " ---: |".repeat(groups.len() + 1))?;
    let mut totals = vec![Count::default(); groups.len() + 1];
    for document in documents.iter().filter(|d| d.skipped.is_none()) {
        let mut counts = vec![Count::default(); groups.len()];
        for question in document.questions.iter().filter(|q| q.asked) {
            let Some(count) = groups
                .iter()
                .position(|g| *g == question.group)
                .and_then(|at| counts.get_mut(at))
            else {
                continue;
            };
            count.asked += 1;
            count.answered += usize::from(!question.is_open());
        }
        counts.push(counts.iter().copied().fold(Count::default(), Count::plus));
        row(&code(&document.path).replace('|', "\\|"), &counts, out)?;
        for (total, count) in totals.iter_mut().zip(counts) {
            *total = total.plus(count);
        }
    }
    row("**All**", &totals, out)?;
    writeln!(out)
}

impl Count {
    fn plus(self, other: Count) -> Count {
        Count {
            answered: self.answered + other.answered,
            asked: self.asked + other.asked,
        }
    }
}

fn row(name: &str, counts: &[Count], out: &mut dyn Write) -> io::Result<()> {
    write!(out, "| {name} |")?;
    for count in counts {
        match count.asked {
            0 => write!(out, " – |")?,
            asked => write!(out, " {}/{asked} |", count.answered)?,
        }
    }
    writeln!(out)
}
