//! Names for findings that stay the same when lines move.

use rustc_hash::FxHashMap;

/// Gives the findings of one document their fingerprints, in document order.
#[derive(Debug, Default)]
pub struct Fingerprints {
    seen: FxHashMap<u64, u32>,
}

impl Fingerprints {
    /// 16 hexadecimal digits from the path, the rule and the words of the passage (white space and
    /// case do not count). The question of a document is one finding wherever it stands, so for
    /// those pass no passage. The second finding with the same three gets another name.
    pub fn next(&mut self, path: &str, rule: &str, passage: &str) -> String {
        let mut hash = Fnv::new();
        hash.add(path);
        hash.add(rule);
        for word in passage.split_whitespace() {
            hash.add(&word.to_lowercase());
        }
        let count = self.seen.entry(hash.0).or_insert(0);
        if *count > 0 {
            hash.add(&count.to_string());
        }
        *count += 1;
        format!("{:016x}", hash.0)
    }
}

/// FNV-1a, 64 bits: the same on every machine and in every release, which the standard library's
/// hashers do not promise.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, part: &str) {
        for byte in part.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_case_do_not_count_but_order_does() {
        let name = |passage: &str| Fingerprints::default().next("a.md", "prose/vague", passage);
        assert_eq!(name("Highly\n  available"), name("highly available"));
        assert_ne!(name("highly available"), name("available highly"));
    }

    #[test]
    fn the_same_words_twice_get_two_names() {
        let mut names = Fingerprints::default();
        let first = names.next("a.md", "prose/vague", "fast");
        assert_ne!(first, names.next("a.md", "prose/vague", "fast"));
    }

    #[test]
    fn names_do_not_change_between_releases() {
        let name = Fingerprints::default().next("docs/a.md", "adr/status", "");
        assert_eq!(name, "2d6945f159d4bc65");
    }
}
