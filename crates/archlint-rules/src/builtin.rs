//! The built-in pack, compiled when this crate is built.

use crate::Rules;
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/files.rs"));

const COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

/// The built-in pack. The first call unpacks it.
pub fn builtin() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| match postcard::from_bytes(COMPILED) {
        Ok(rules) => rules,
        // The build script wrote it with the same types.
        Err(error) => unreachable!("the built-in pack cannot be unpacked: {error}"),
    })
}
