//! The text as an editor has it: changed by the letter of the protocol, with nothing shared with
//! the server.

/// The byte at a line and a UTF-16 column, both within the text.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let (mut at, mut lines, mut units) = (0, 0, 0);
    let mut chars = text.chars().peekable();
    while let Some(character) = chars.next() {
        if lines == line && units >= column {
            return at;
        }
        at += character.len_utf8();
        units += character.len_utf16();
        let ends_line = character == '\n' || (character == '\r' && chars.peek() != Some(&'\n'));
        if ends_line {
            if lines == line {
                return at - 1;
            }
            lines += 1;
            units = 0;
        }
    }
    at
}

/// The lines of a text without their endings.
pub fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r']) {
        lines.push(&rest[..at]);
        let ending = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[at + ending..];
    }
    lines.push(rest);
    lines
}

/// Replaces what stands between two places, both (line, UTF-16 column).
pub fn replace(text: &mut String, start: (usize, usize), end: (usize, usize), by: &str) {
    let range = offset(text, start.0, start.1)..offset(text, end.0, end.1);
    text.replace_range(range, by);
}

/// Numbers that look random and are the same in every run.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Numbers(seed)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    /// A place in a text, never within a pair of surrogates.
    pub fn place(&mut self, text: &str) -> (usize, usize) {
        let lines = lines(text);
        let line = self.below(lines.len());
        let chars: Vec<char> = lines[line].chars().collect();
        let before = self.below(chars.len() + 1);
        (line, chars[..before].iter().map(|c| c.len_utf16()).sum())
    }
}
