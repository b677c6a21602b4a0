//! The reference of `archlint.toml`, from its JSON Schema.

use serde_json::{Map, Value};
use std::fmt::Write;

const HEAD: &str = "# Configuration reference

<!-- Written by `cargo xtask docs` from the types of archlint.toml. -->

Every key that `archlint.toml` may hold; [Configuration](configuration.md) tells how they work together. `archlint schema config` prints the same as a JSON Schema, by which editors complete and check the file. A key that is not listed here is an error.

A *glob* without `/` matches a name at any depth, one with `/` is relative to the folder of the file it stands in; `**` crosses folders.
";

/// The page.
///
/// # Errors
/// When the schema is not built as expected.
pub fn page() -> Result<String, String> {
    let schema = serde_json::to_value(archlint_workspace::config::schema())
        .map_err(|error| error.to_string())?;
    let mut page = HEAD.to_owned();
    let mut tables = vec![("Top level".to_owned(), String::new(), &schema)];
    let mut at = 0;
    // Tables that a table holds follow it.
    while let Some((title, path, table)) = tables.get(at).cloned() {
        at += 1;
        let _ = write!(page, "\n## {title}\n\n");
        if !path.is_empty() {
            let _ = write!(page, "{}\n\n", described(table));
        }
        page.push_str("| key | value | |\n| --- | --- | --- |\n");
        let mut inner = Vec::new();
        for (key, property) in properties(table)? {
            let needed = required(table, key);
            let value = value(&schema, property)?;
            let _ = writeln!(
                page,
                "| `{key}` | {value}{} | {} |",
                if needed { ", needed" } else { "" },
                described(property).replace('|', "\\|")
            );
            let full = match path.as_str() {
                "" => key.to_owned(),
                path => format!("{path}.{key}"),
            };
            if let Some((table, many)) = held(&schema, property) {
                let title = match many {
                    Many::List => format!("`[[{full}]]`"),
                    Many::Named => format!("`[{full}.NAME]`"),
                };
                inner.push((title, full, table));
            }
        }
        tables.splice(at..at, inner);
    }
    Ok(page)
}

/// How several tables stand under one key.
enum Many {
    List,
    Named,
}

/// The table that a key holds several of.
fn held<'s>(schema: &'s Value, property: &'s Value) -> Option<(&'s Value, Many)> {
    let property = plain(property);
    let (inner, many) = match (property.get("items"), property.get("additionalProperties")) {
        (Some(items), _) => (items, Many::List),
        (_, Some(values)) => (values, Many::Named),
        _ => return None,
    };
    let table = resolved(schema, inner);
    table.get("properties").map(|_| (table, many))
}

/// What a value may be, in words.
fn value(schema: &Value, property: &Value) -> Result<String, String> {
    let property = resolved(schema, plain(property));
    if let Some(names) = names(property) {
        return Ok(format!("one of {}", names.join(", ")));
    }
    if let Some(choices) = property.get("anyOf").and_then(Value::as_array) {
        let choices: Result<Vec<String>, String> =
            choices.iter().map(|choice| value(schema, choice)).collect();
        return Ok(choices?.join(" or "));
    }
    let kind = match property.get("type") {
        Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str),
        Some(kind) => kind.as_str(),
        None => None,
    };
    match kind {
        Some("string") => Ok("a string".to_owned()),
        Some("number") => Ok(match (property.get("minimum"), property.get("maximum")) {
            (Some(from), Some(to)) => format!("a number from {} to {}", whole(from), whole(to)),
            _ => "a number".to_owned(),
        }),
        Some("array") if held(schema, property).is_some() => Ok("tables".to_owned()),
        Some("array") => Ok("a list of strings".to_owned()),
        Some("object") => match property.get("additionalProperties") {
            Some(values) if resolved(schema, values).get("properties").is_none() => {
                Ok(format!("a table: name = {}", value(schema, values)?))
            }
            _ => Ok("tables by name".to_owned()),
        },
        _ => Err(format!("the schema holds something new: {property}")),
    }
}

/// The names that an enumeration consists of.
fn names(property: &Value) -> Option<Vec<String>> {
    let quoted = |name: &Value| name.as_str().map(|name| format!("`{name}`"));
    if let Some(names) = property.get("enum") {
        return names.as_array()?.iter().map(quoted).collect();
    }
    let choices = property.get("oneOf")?.as_array()?;
    choices
        .iter()
        .map(|choice| choice.get("const").and_then(quoted))
        .collect()
}

/// A property without the possibility that it is not there.
fn plain(property: &Value) -> &Value {
    let is_null = |choice: &&Value| choice.get("type").and_then(Value::as_str) == Some("null");
    match property.get("anyOf").and_then(Value::as_array) {
        Some(choices) if choices.iter().any(|choice| is_null(&choice)) => choices
            .iter()
            .find(|choice| !is_null(choice))
            .unwrap_or(property),
        _ => property,
    }
}

fn resolved<'s>(schema: &'s Value, property: &'s Value) -> &'s Value {
    property
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|name| schema.pointer(name.trim_start_matches('#')))
        .unwrap_or(property)
}

fn properties(table: &Value) -> Result<&Map<String, Value>, String> {
    table
        .get("properties")
        .and_then(Value::as_object)
        .ok_or_else(|| format!("the schema holds a table without keys: {table}"))
}

fn required(table: &Value, key: &str) -> bool {
    table
        .get("required")
        .and_then(Value::as_array)
        .is_some_and(|keys| keys.iter().any(|needed| needed == key))
}

/// What a type says of itself, on one line.
fn described(property: &Value) -> String {
    let said = property.get("description").and_then(Value::as_str);
    let words: Vec<&str> = said.unwrap_or_default().split_whitespace().collect();
    words.join(" ")
}

/// A number without `.0`.
fn whole(number: &Value) -> String {
    number.to_string().trim_end_matches(".0").to_owned()
}
