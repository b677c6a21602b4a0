//! Reading a document's file, and saying what is wrong with it when that fails.

use crate::Unreadable;
use std::io::Read;
use std::path::Path;

/// A document larger than this is not read, in bytes.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The text of the file, called `path` in messages.
///
/// # Errors
/// Why it cannot be read as a document: it is not there, too large, or not UTF-8.
pub fn read_document(file: &Path, path: &str) -> Result<String, Unreadable> {
    let unreadable = |message: String| Unreadable {
        path: path.to_owned(),
        message,
        span: None,
    };
    let opened = std::fs::File::open(file).map_err(|error| unreadable(failed(&error)))?;
    let size = opened.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(MOST_BYTES)).unwrap_or(0));
    // The size that a pipe or a growing file tells is not the number of bytes that come.
    let read = opened.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(failed(&error)))?;
    if bytes.len() as u64 > MOST_BYTES {
        let limit = MOST_BYTES / 1024 / 1024;
        return Err(unreadable(format!(
            "is larger than {limit} MB, the most that archlint reads: exclude it, or split it"
        )));
    }
    decode(bytes, path)
}

/// The bytes as text; the document is called `path` in messages.
///
/// # Errors
/// Where they stop being UTF-8.
pub fn decode(bytes: Vec<u8>, path: &str) -> Result<String, Unreadable> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let before = bytes.get(..at).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        let advice = match bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it looks like UTF-16, save it as UTF-8",
            _ => "save it as UTF-8",
        };
        let column = at - start + 1;
        Unreadable {
            path: path.to_owned(),
            message: format!("is not UTF-8 (byte {column} of line {line}): {advice}"),
            span: Some(at..at + 1),
        }
    })
}

fn failed(error: &std::io::Error) -> String {
    format!("cannot be read: {}", crate::config::plain(error))
}
