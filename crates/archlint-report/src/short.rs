//! One line per finding, as compilers write them.

use crate::findings::CheckReport;
use crate::printable::one_line;
use std::io::{self, Write};

/// Writes `path:line:column: severity[rule] message` for every finding and a line for every file
/// that could not be read. Columns are characters, from 1.
///
/// # Errors
/// Those of `out`.
pub fn short(report: &CheckReport, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let start = &finding.range.start;
        writeln!(
            out,
            "{}:{}:{}: {}[{}] {}",
            one_line(&finding.path),
            start.line,
            start.column,
            finding.severity,
            one_line(&finding.rule),
            one_line(&finding.message)
        )?;
    }
    for file in &report.unreadable {
        writeln!(
            out,
            "{}: error: {}",
            one_line(&file.path),
            one_line(&file.message)
        )?;
    }
    Ok(())
}
