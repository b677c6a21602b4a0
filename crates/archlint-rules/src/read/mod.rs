//! From the TOML of one source to the tables of the format.

mod changes;
mod rules;
mod values;

pub(crate) use changes::{Extend, Override, Weights};

use crate::error::PackError;
use crate::table::{Errors, Table, by_name, place};
use crate::{Concept, Numbers, Pattern, Place, Structure, Topic};
use toml::de::DeTable;

/// What one source holds.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub concepts: Vec<Concept>,
    pub topics: Vec<Topic>,
    pub patterns: Vec<Pattern>,
    pub structures: Vec<Structure>,
    pub extends: Vec<Extend>,
    pub overrides: Vec<Override>,
    pub weights: Vec<Weights>,
    pub model: Vec<(String, Numbers)>,
}

/// Reads a source. What cannot be read is noted in `errors` and left out.
pub(crate) fn read(source: u32, text: &str, errors: &Errors) -> Tables {
    if text.len() > u32::MAX as usize {
        let start = Place {
            source,
            start: 0,
            end: 0,
        };
        errors
            .borrow_mut()
            .push(PackError::at(start, "a rule file of more than 4 GB"));
        return Tables::default();
    }
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let at = Place {
                source,
                start: span.start as u32,
                end: span.end as u32,
            };
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            errors.borrow_mut().push(
                PackError::at(at, format!("not TOML: {message}"))
                    .help("the rest of this file is not checked until this is mended"),
            );
            return Tables::default();
        }
    };
    let mut file = Table::new(root.get_ref(), place(source, &root), "a rule file", errors);
    let mut tables = Tables::default();
    for table in file.tables("concept", "a [[concept]]") {
        tables.concepts.extend(rules::concept(table));
    }
    for table in file.tables("topic", "a [[topic]]") {
        tables.topics.extend(rules::topic(table));
    }
    for table in file.tables("pattern", "a [[pattern]]") {
        tables.patterns.extend(rules::pattern(table));
    }
    for table in file.tables("structure", "a [[structure]]") {
        tables.structures.extend(rules::structure(table));
    }
    for table in file.tables("extend", "an [[extend]]") {
        tables.extends.extend(changes::extend(table));
    }
    for table in file.tables("override", "an [[override]]") {
        tables.overrides.extend(changes::override_(table));
    }
    for table in file.tables("weights", "a [[weights]]") {
        tables.weights.extend(changes::weights(table));
    }
    if let Some(model) = file.table("model", "[model]") {
        for (name, numbers) in model.into_tables() {
            tables.model.push((name, by_name(&numbers.into_numbers())));
        }
    }
    file.finish();
    tables
}
