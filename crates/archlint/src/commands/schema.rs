//! `archlint schema`: JSON Schemas for editors and for programs that read the output.

use super::stdout;
use crate::CLEAN;
use crate::arguments::{Schema, SchemaOf};
use crate::failure::Failure;
use std::io::Write;

/// Prints the schema.
///
/// # Errors
/// Those of standard output.
pub fn run(arguments: &Schema) -> Result<u8, Failure> {
    let mut out = stdout();
    match arguments.of {
        SchemaOf::Rules => archlint_report::json(&archlint_rules::schema(), &mut out)?,
        SchemaOf::Output => archlint_report::json(&archlint_report::output_schema(), &mut out)?,
        SchemaOf::Config => archlint_report::json(&archlint_workspace::config::schema(), &mut out)?,
    }
    out.flush()?;
    Ok(CLEAN)
}
