//! Tables that are built once and stored as they are searched, so that the built-in pack costs
//! nothing to rebuild when the program starts.

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::Deref;

/// Numbers that are stored as bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ints(pub Vec<u32>);

impl Deref for Ints {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        &self.0
    }
}

impl From<Vec<u32>> for Ints {
    fn from(numbers: Vec<u32>) -> Self {
        Ints(numbers)
    }
}

impl Serialize for Ints {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|n| n.to_le_bytes()).collect();
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for Ints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Ints;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("numbers of four bytes")
            }

            fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Ints, E> {
                let (numbers, rest) = bytes.as_chunks::<4>();
                if rest.is_empty() {
                    Ok(Ints(
                        numbers.iter().map(|n| u32::from_le_bytes(*n)).collect(),
                    ))
                } else {
                    Err(E::custom("bytes left over"))
                }
            }
        }

        deserializer.deserialize_bytes(Bytes)
    }
}

/// Texts by number, in one string.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Texts {
    all: String,
    ends: Ints,
}

impl Texts {
    /// Adds a text and gives its number.
    pub fn push(&mut self, text: &str) -> u32 {
        self.all.push_str(text);
        self.ends.0.push(self.all.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// The text with the number; empty when there is none.
    pub fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = match number.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or(0),
            None => 0,
        };
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.all.get(start as usize..end as usize).unwrap_or("")
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

/// Numbers by text: a hash table with open addressing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TextTable {
    keys: Texts,
    values: Ints,
    /// Number of a key plus one; 0 for a free slot. At least half of them are free.
    slots: Ints,
}

impl TextTable {
    /// A table of these entries, of which the first with a key counts.
    pub fn new<'k>(entries: impl IntoIterator<Item = (&'k str, u32)>) -> Self {
        let mut keys = Texts::default();
        let mut values = Vec::new();
        for (key, value) in entries {
            keys.push(key);
            values.push(value);
        }
        let size = (values.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![0u32; size];
        for number in 0..values.len() as u32 {
            let key = keys.get(number);
            let mut at = Hash::of(key).value() & (size - 1);
            while slots[at] != 0 && keys.get(slots[at] - 1) != key {
                at = (at + 1) & (size - 1);
            }
            if slots[at] == 0 {
                slots[at] = number + 1;
            }
        }
        TextTable {
            keys,
            values: values.into(),
            slots: slots.into(),
        }
    }

    /// The number of `key`.
    pub fn get(&self, key: &str) -> Option<u32> {
        self.get_hashed(key, Hash::of(key))
    }

    /// The number of `key`, whose hash is known.
    pub fn get_hashed(&self, key: &str, hash: Hash) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash.value() & mask;
        loop {
            let number = self.slots.get(at)?.checked_sub(1)?;
            if self.keys.get(number) == key {
                return self.values.get(number as usize).copied();
            }
            at = (at + 1) & mask;
        }
    }
}

/// FNV-1a: the same on every machine, quick for short words, and that of a longer word goes on from
/// that of its beginning.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hash(u32);

impl Hash {
    /// Of no text.
    pub const EMPTY: Hash = Hash(0x811c_9dc5);

    /// Of a text.
    pub fn of(text: &str) -> Hash {
        text.bytes().fold(Hash::EMPTY, Hash::then)
    }

    /// Of a text that goes on with `byte`.
    pub fn then(self, byte: u8) -> Hash {
        Hash((self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }

    /// The number to find a slot by.
    pub fn value(self) -> usize {
        (self.0 ^ (self.0 >> 15)) as usize
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_text_table_finds_what_it_holds_after_storing() {
        let words: Vec<String> = (0..1000).map(|n| format!("word{n}")).collect();
        let table = TextTable::new(words.iter().map(String::as_str).zip(1..));
        let bytes = postcard::to_allocvec(&table).unwrap();
        let stored: TextTable = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(stored, table);
        assert_eq!(stored.get("word0"), Some(1));
        assert_eq!(stored.get("word999"), Some(1000));
        assert_eq!(stored.get("word1000"), None);
        assert_eq!(stored.get(""), None);
    }

    #[test]
    fn an_empty_table_holds_nothing() {
        assert_eq!(TextTable::new([]).get("a"), None);
    }
}
