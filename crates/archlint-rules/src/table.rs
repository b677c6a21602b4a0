//! Reading TOML tables tolerantly: what is wrong is noted, and reading goes on.

use crate::error::{PackError, did_you_mean};
use crate::{Numbers, Place, Text};
use std::cell::RefCell;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where errors are gathered.
pub(crate) type Errors = RefCell<Vec<PackError>>;

/// A table that is being read: every key that is asked for is one that the table may hold, and
/// [`Table::finish`] reports the others.
pub(crate) struct Table<'t> {
    entries: &'t DeTable<'t>,
    source: u32,
    place: Place,
    /// What the table is called in messages: "a [[topic]]".
    name: &'static str,
    known: Vec<&'static str>,
    errors: &'t Errors,
}

impl<'t> Table<'t> {
    /// A reader of `entries`, which stand at `place`.
    pub fn new(
        entries: &'t DeTable<'t>,
        place: Place,
        name: &'static str,
        errors: &'t Errors,
    ) -> Self {
        Table {
            entries,
            source: place.source,
            place,
            name,
            known: Vec::new(),
            errors,
        }
    }

    /// Where the table's header stands.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Notes an error.
    pub fn error(&self, error: PackError) {
        self.errors.borrow_mut().push(error);
    }

    /// The table's keys with their places, in alphabetical order.
    pub fn keys(&self) -> impl Iterator<Item = (&'t str, Place)> + use<'t> {
        let source = self.source;
        self.entries
            .keys()
            .map(move |key| (key.get_ref().as_ref(), place(source, key)))
    }

    /// Whether the table holds `key`.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The text at `key`, if there is one.
    pub fn optional_text(&mut self, key: &'static str) -> Option<Text> {
        let value = self.get(key)?;
        self.as_text(value, key)
    }

    /// The text at `key`, which must be there and not blank.
    pub fn text(&mut self, key: &'static str) -> Option<Text> {
        if !self.require(key, "a text") {
            return None;
        }
        let text = self.optional_text(key)?;
        if text.trim().is_empty() {
            self.error(PackError::at(text.place, format!("`{key}` is empty")));
        }
        Some(text)
    }

    /// The yes or no at `key`, if there is one.
    pub fn optional_bool(&mut self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let result = value.get_ref().as_bool();
        if result.is_none() {
            self.wrong_type(value, key, "true or false");
        }
        result
    }

    /// The yes or no at `key`, which must be there.
    pub fn bool(&mut self, key: &'static str) -> Option<bool> {
        if self.require(key, "true or false") {
            self.optional_bool(key)
        } else {
            None
        }
    }

    /// The texts at `key`; none when it is not there.
    pub fn texts(&mut self, key: &'static str) -> Vec<Text> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(value, key, "a list of texts");
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| self.as_text(item, key))
            .collect()
    }

    /// The texts at `key`, of which there must be at least one.
    pub fn some_texts(&mut self, key: &'static str) -> Vec<Text> {
        if !self.require(key, "a list of texts") {
            return Vec::new();
        }
        let texts = self.texts(key);
        if let Some(value) = self.get(key)
            && value.get_ref().as_array().is_some_and(|a| a.is_empty())
        {
            let message = format!("`{key}` is empty");
            self.error(PackError::at(place(self.source, value), message));
        }
        texts
    }

    /// The value with the name at `key`, if there is one.
    pub fn optional_choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.optional_text(key)?;
        self.choose(&text, key, choices)
    }

    /// The value with the name at `key`, which must be there.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        if self.require(key, "one of its names") {
            self.optional_choice(key, choices)
        } else {
            None
        }
    }

    /// The values with the names at `key`; `None` when it is not there.
    pub fn choices<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&'static str, T)],
    ) -> Option<Vec<T>> {
        if !self.has(key) {
            self.known.push(key);
            return None;
        }
        let texts = self.some_texts(key);
        Some(
            texts
                .iter()
                .filter_map(|text| self.choose(text, key, choices))
                .collect(),
        )
    }

    /// The sub-table at `key`, if there is one.
    pub fn table(&mut self, key: &'static str, name: &'static str) -> Option<Table<'t>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(entries) => {
                let place = place(self.source, value);
                Some(Table::new(entries, place, name, self.errors))
            }
            _ => {
                self.wrong_type(value, key, &format!("a table, `[{key}]`"));
                None
            }
        }
    }

    /// The tables at `key`; none when it is not there.
    pub fn tables(&mut self, key: &'static str, name: &'static str) -> Vec<Table<'t>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(
                value,
                key,
                &format!("a list of tables, each under `[[{key}]]`"),
            );
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref() {
                DeValue::Table(entries) => tables.push(Table::new(
                    entries,
                    place(self.source, item),
                    name,
                    self.errors,
                )),
                _ => self.wrong_type(item, key, "a table"),
            }
        }
        tables
    }

    /// The sub-table at `key` as numbers by name, each with the place of its key.
    pub fn numbers(&mut self, key: &'static str) -> Vec<(Text, f32)> {
        match self.table(key, "a table of numbers") {
            Some(table) => table.into_numbers(),
            None => Vec::new(),
        }
    }

    /// All entries as numbers by name, each with the place of its key.
    pub fn into_numbers(self) -> Vec<(Text, f32)> {
        let mut numbers = Vec::with_capacity(self.entries.len());
        for (key, value) in self.entries {
            let number = match value.get_ref() {
                DeValue::Float(float) => float.as_str().parse().ok(),
                DeValue::Integer(integer) => integer.as_str().parse().ok(),
                _ => None,
            };
            match number.filter(|n: &f32| n.is_finite()) {
                Some(number) => numbers.push((
                    Text {
                        text: key.get_ref().to_string(),
                        place: place(self.source, key),
                    },
                    number,
                )),
                None => self.wrong_type(value, key.get_ref(), "a number"),
            }
        }
        numbers
    }

    /// The sub-tables of this table, whatever they are called.
    pub fn into_tables(self) -> Vec<(String, Table<'t>)> {
        let mut tables = Vec::new();
        for (key, value) in self.entries {
            match value.get_ref() {
                DeValue::Table(entries) => tables.push((
                    key.get_ref().to_string(),
                    Table::new(
                        entries,
                        place(self.source, value),
                        "a table of numbers",
                        self.errors,
                    ),
                )),
                _ => self.wrong_type(value, key.get_ref(), "a table of numbers"),
            }
        }
        tables
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        for (key, place) in self.keys() {
            if self.known.contains(&key) {
                continue;
            }
            let help = did_you_mean(key, self.known.iter().copied())
                .unwrap_or_else(|| format!("it may hold {}", self.known.join(", ")));
            self.error(
                PackError::at(place, format!("unknown key `{key}` in {}", self.name))
                    .label("not a key of this table")
                    .help(help),
            );
        }
    }

    fn get(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.entries.get(key)
    }

    fn require(&mut self, key: &'static str, what: &str) -> bool {
        if self.get(key).is_some() {
            return true;
        }
        // A mistyped key is reported as such; that it is missing as well would be the same error.
        let mistyped = self
            .keys()
            .any(|(other, _)| crate::error::nearest(other, [key]).is_some());
        if !mistyped {
            self.error(
                PackError::at(self.place, format!("{} has no `{key}`", self.name))
                    .label(format!("`{key}` is missing"))
                    .help(format!("add `{key}`: {what}")),
            );
        }
        false
    }

    fn as_text(&self, value: &'t Spanned<DeValue<'t>>, key: &str) -> Option<Text> {
        match value.get_ref() {
            DeValue::String(text) => Some(Text {
                text: text.to_string(),
                place: place(self.source, value),
            }),
            _ => {
                self.wrong_type(value, key, "a text");
                None
            }
        }
    }

    fn choose<T: Copy>(&self, text: &Text, key: &str, choices: &[(&'static str, T)]) -> Option<T> {
        let found = choices.iter().find(|(name, _)| *name == text.text);
        if found.is_none() {
            let names = choices.iter().map(|(name, _)| *name);
            let help = did_you_mean(text, names.clone()).unwrap_or_else(|| {
                format!("it is one of {}", names.collect::<Vec<_>>().join(", "))
            });
            self.error(
                PackError::at(text.place, format!("`{text}` is not a value of `{key}`")).help(help),
            );
        }
        found.map(|(_, value)| *value)
    }

    fn wrong_type(&self, value: &Spanned<DeValue<'_>>, key: &str, wanted: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.error(
            PackError::at(
                place(self.source, value),
                format!("`{key}` must be {wanted}, not {found}"),
            )
            .label(format!("this is {found}")),
        );
    }
}

/// The place of a spanned value.
pub(crate) fn place<T>(source: u32, value: &Spanned<T>) -> Place {
    let span = value.span();
    Place {
        source,
        start: span.start as u32,
        end: span.end as u32,
    }
}

/// Numbers by name, without their places.
pub(crate) fn by_name(numbers: &[(Text, f32)]) -> Numbers {
    numbers
        .iter()
        .map(|(name, number)| (name.text.clone(), *number))
        .collect()
}
