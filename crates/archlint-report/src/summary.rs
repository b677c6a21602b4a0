//! The counts of a run and the line that tells them.

use archlint_workspace::Outcome;
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

/// What a run found, in numbers.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// Documents that could be read.
    pub documents: usize,
    /// Documents that were reviewed: not of kind `other`.
    pub reviewed: usize,
    /// Findings that are questions left open.
    pub open_questions: usize,
    /// Findings on the form of decision records.
    pub adr_problems: usize,
    /// All other findings.
    pub remarks: usize,
    /// Findings that the baseline or `--since` holds back.
    pub held_back: usize,
    /// Files that could not be read.
    pub unreadable: usize,
}

impl Summary {
    /// Counts `outcome`.
    pub fn of(outcome: &Outcome) -> Self {
        let mut summary = Summary {
            documents: outcome.documents.len(),
            unreadable: outcome.unreadable.len(),
            ..Summary::default()
        };
        for document in &outcome.documents {
            summary.reviewed += usize::from(document.skipped.is_none());
            summary.held_back += document.held_back;
            for finding in &document.review.findings {
                match &finding.question {
                    Some(_) => summary.open_questions += 1,
                    None if finding.rule.starts_with("adr/") => summary.adr_problems += 1,
                    None => summary.remarks += 1,
                }
            }
        }
        summary
    }

    /// How many findings there are.
    pub fn findings(&self) -> usize {
        self.open_questions + self.adr_problems + self.remarks
    }
}

impl fmt::Display for Summary {
    /// "12 documents, 9 reviewed; 31 open questions, 4 ADR problems".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, {} reviewed",
            counted(self.documents, "document"),
            self.reviewed
        )?;
        let found: Vec<String> = [
            (self.open_questions, "open question"),
            (self.adr_problems, "ADR problem"),
            (self.remarks, "remark"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| counted(count, what))
        .collect();
        match found.is_empty() {
            true if self.reviewed > 0 => f.write_str("; nothing to report")?,
            true => {}
            false => write!(f, "; {}", found.join(", "))?,
        }
        if self.held_back > 0 {
            write!(
                f,
                "; {} held back",
                counted(self.held_back, "known finding")
            )?;
        }
        if self.unreadable > 0 {
            write!(
                f,
                "; {} could not be read",
                counted(self.unreadable, "file")
            )?;
        }
        Ok(())
    }
}

/// "1 file", "2 files".
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_what_there_is_and_nothing_else() {
        let mut summary = Summary {
            documents: 12,
            reviewed: 9,
            open_questions: 31,
            adr_problems: 4,
            ..Summary::default()
        };
        assert_eq!(
            summary.to_string(),
            "12 documents, 9 reviewed; 31 open questions, 4 ADR problems"
        );
        summary = Summary {
            documents: 1,
            reviewed: 1,
            held_back: 1,
            unreadable: 2,
            ..Summary::default()
        };
        assert_eq!(
            summary.to_string(),
            "1 document, 1 reviewed; nothing to report; 1 known finding held back; 2 files could not be read"
        );
        summary = Summary {
            documents: 1,
            ..Summary::default()
        };
        assert_eq!(summary.to_string(), "1 document, 0 reviewed");
    }
}
