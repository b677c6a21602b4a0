//! Names for findings that stay when lines move and files are renamed.

use archlint_document::Document;
use archlint_review::Finding;
use rustc_hash::FxHashMap;

/// The fingerprints of the findings of one document, in their order: 16 hexadecimal digits each.
///
/// A question is asked once of a document, so it is known by its rule and the document's title,
/// whichever passage raises it. Anything else is known by its rule, the words of its passage and
/// the headings over it. White space and case do not count. The second finding with the same words
/// gets another fingerprint. Neither the line nor the file's name is part of it: two documents with
/// the same title share the fingerprint of a question.
pub fn fingerprints(document: &Document, findings: &[Finding]) -> Vec<String> {
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    let name = |finding: &Finding| {
        let mut hash = Fnv::new();
        hash.part(&finding.rule);
        if finding.question.is_some() {
            hash.words(document.title());
        } else {
            hash.words(document.source(&finding.span));
            let section = document.section_at(finding.span.start);
            for section in std::iter::once(section).chain(document.ancestors(section)) {
                hash.words(document.heading_title(section));
            }
        }
        let count = seen.entry(hash.0).or_insert(0);
        if *count > 0 {
            hash.part(&count.to_string());
        }
        *count += 1;
        format!("{:016x}", hash.0)
    };
    findings.iter().map(name).collect()
}

/// Of a longer passage only the start counts, in bytes: many findings may stand on one long line.
const LONGEST: usize = 4096;

/// FNV-1a, 64 bits: the same on every machine and in every release, which the standard library's
/// hashers do not promise.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// A part of the name, marked off from the next one.
    fn part(&mut self, part: &str) {
        part.bytes().for_each(|byte| self.byte(byte));
        self.byte(0);
    }

    /// A part of which only the words count.
    fn words(&mut self, text: &str) {
        let text = text
            .get(..text.floor_char_boundary(LONGEST))
            .unwrap_or_default();
        for word in text.split_whitespace() {
            let lower = word.chars().flat_map(char::to_lowercase);
            let mut buffer = [0; 4];
            for character in lower {
                character
                    .encode_utf8(&mut buffer)
                    .bytes()
                    .for_each(|byte| self.byte(byte));
            }
            self.byte(b' ');
        }
        self.byte(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use archlint_review::Severity;

    fn finding(span: std::ops::Range<usize>, question: bool) -> Finding {
        Finding {
            rule: "prose/vague-claim".into(),
            question: question.then(|| "prose/vague-claim".into()),
            severity: Severity::Info,
            message: String::new(),
            label: String::new(),
            help: String::new(),
            span,
            related: Vec::new(),
            confidence: 1.0,
        }
    }

    fn names(text: &str, passage: &str, question: bool) -> Vec<String> {
        let document = archlint_document::parse(text);
        let places = text
            .match_indices(passage)
            .map(|(at, _)| finding(at..at + passage.len(), question));
        fingerprints(&document, &places.collect::<Vec<_>>())
    }

    #[test]
    fn lines_white_space_and_case_do_not_count() {
        let before = names(
            "# A\n\n## B\n\nIt is highly available.\n",
            "highly available",
            false,
        );
        let after = names(
            "# A\n\nNew.\n\n## B\n\nNew.\n\nIt is Highly\navailable.\n",
            "Highly\navailable",
            false,
        );
        assert_eq!(before, after);
    }

    #[test]
    fn the_headings_over_a_passage_count() {
        let before = names("# A\n\n## B\n\nfast\n", "fast", false);
        assert_ne!(before, names("# A\n\n## C\n\nfast\n", "fast", false));
    }

    #[test]
    fn the_same_words_twice_get_two_fingerprints() {
        let names = names("# A\n\nfast fast\n", "fast", false);
        assert_eq!(names.len(), 2);
        assert_ne!(names[0], names[1]);
    }

    #[test]
    fn a_question_is_known_by_the_title() {
        let first = names("# A\n\nKafka\n", "Kafka", true);
        assert_eq!(
            first,
            names("# A\n\n## Queue\n\nRabbitMQ\n", "RabbitMQ", true)
        );
        assert_ne!(first, names("# B\n\nKafka\n", "Kafka", true));
    }

    #[test]
    fn fingerprints_do_not_change_between_releases() {
        assert_eq!(names("# A\n\nfast\n", "fast", false), ["e5d7704ec7f395a9"]);
    }
}
