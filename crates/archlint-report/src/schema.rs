//! JSON Schema of the JSON that archlint writes.

use crate::answers::ChecklistReport;
use crate::findings::CheckReport;
use crate::rows::Row;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

/// The schema of every JSON output: the whole accepts `check` and `checklist`, and `$defs` holds
/// each by name (`CheckReport`, `ChecklistReport`, and `Row` for a line of `jsonl`).
pub fn output_schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let check = generator.subschema_for::<CheckReport>();
    let checklist = generator.subschema_for::<ChecklistReport>();
    let row = generator.subschema_for::<Row<'_>>();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What archlint writes: check --format json, checklist --format json, a line of --format jsonl",
        "anyOf": [check, checklist, row],
        "$defs": generator.take_definitions(true),
    })
}
