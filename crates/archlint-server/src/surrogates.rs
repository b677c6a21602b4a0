//! Lone surrogates: half of a pair such as an emoji, which JSON can write (`\ud83d`) and UTF-8
//! cannot hold. An editor in which somebody deleted half a character sends them.

/// `json` with every lone surrogate escape replaced by that of U+FFFD, which takes as many UTF-16
/// units, so that positions stay right; `None` when there is none.
pub fn replace_lone(json: &[u8]) -> Option<Vec<u8>> {
    let mut result: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        if byte != b'\\' {
            at += 1;
            continue;
        }
        match unit(json, at) {
            Some(0xD800..=0xDBFF) if matches!(unit(json, at + 6), Some(0xDC00..=0xDFFF)) => {
                at += 12;
            }
            Some(0xD800..=0xDFFF) => {
                let result = result.get_or_insert_with(|| json.to_vec());
                result[at..at + 6].copy_from_slice(b"\\ufffd");
                at += 6;
            }
            // An escape of another kind; its second byte may be a backslash.
            _ => at += 2,
        }
    }
    result
}

/// The value of a `\uXXXX` escape that starts at `at`.
fn unit(json: &[u8], at: usize) -> Option<u32> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lone_surrogates_are_replaced() {
        let replaced = |json: &str| {
            replace_lone(json.as_bytes()).map(|json| String::from_utf8_lossy(&json).into_owned())
        };
        assert_eq!(replaced(r#""\ud83d\ude00 \n \\ud83d""#), None);
        assert_eq!(replaced(r#""\ud83d""#).as_deref(), Some(r#""\ufffd""#));
        assert_eq!(
            replaced(r#""a\uDE00b\ud83d\u0041""#).as_deref(),
            Some(r#""a\ufffdb\ufffd\u0041""#)
        );
        assert_eq!(
            replaced(r#""\ud83d\ud83d\ude00""#).as_deref(),
            Some(r#""\ufffd\ud83d\ude00""#)
        );
        assert_eq!(replaced("\"\\ud8"), None);
    }
}
