//! The frames of the base protocol, read so that one that is broken does not take the next with it.

use std::io::{self, Read};

/// A message longer than this is not read, in bytes.
const MOST_BYTES: usize = 256 * 1024 * 1024;
/// A header line longer than this is not one.
const MOST_HEADER: usize = 64 * 1024;
const LENGTH: &[u8] = b"content-length:";

/// What stands next in the stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// The content of a message: anything at all.
    Content(Vec<u8>),
    /// Something that is not a frame; what is wrong, as a clause.
    Broken(&'static str),
}

/// Reads frames from a stream.
pub struct Frames<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where the unread part of `buffer` starts.
    at: usize,
    /// Content that comes after a broken frame was told.
    held: Option<Vec<u8>>,
}

impl<R: Read> Frames<R> {
    /// Nothing is read yet.
    pub fn new(input: R) -> Self {
        Frames {
            input,
            buffer: Vec::new(),
            at: 0,
            held: None,
        }
    }

    /// The next frame; `None` at the end of the stream, also when it ends within a frame.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn next(&mut self) -> io::Result<Option<Frame>> {
        if let Some(content) = self.held.take() {
            return Ok(Some(Frame::Content(content)));
        }
        let mut length = None;
        let mut broken = None;
        loop {
            let Some(line) = self.line()? else {
                return Ok(broken.map(Frame::Broken));
            };
            if line.is_empty() {
                match (length, broken) {
                    (Some(length), _) => {
                        let Some(content) = self.take(length)? else {
                            return Ok(None);
                        };
                        let Some(why) = broken else {
                            return Ok(Some(Frame::Content(content)));
                        };
                        self.held = Some(content);
                        return Ok(Some(Frame::Broken(why)));
                    }
                    (None, Some(why)) => return Ok(Some(Frame::Broken(why))),
                    // An empty line too many.
                    (None, None) => {}
                }
            } else if let Some(value) = content_length(&line) {
                match value {
                    Some(value) if value <= MOST_BYTES => length = Some(value),
                    _ => broken = Some("the Content-Length is not a length that can be read"),
                }
            } else if !is_header(&line) {
                broken = Some("a line before the message is not a header");
            } else if length.is_none() && broken.is_none() && !line.starts_with(b"Content-") {
                broken = Some("the message has no Content-Length");
            }
        }
    }

    /// Takes back what the content of a broken message holds of the next frame: its length was told
    /// too large.
    pub fn resume_within(&mut self, content: &[u8]) {
        if let Some(at) = find_length(content) {
            let rest = self.buffer.split_off(self.at);
            self.buffer.clear();
            self.buffer.extend_from_slice(&content[at..]);
            self.buffer.extend_from_slice(&rest);
            self.at = 0;
        }
    }

    /// The next line without its ending; `None` at the end of the stream.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut searched = 0;
        loop {
            let unread = &self.buffer[self.at..];
            if let Some(end) = unread[searched..].iter().position(|byte| *byte == b'\n') {
                let end = searched + end;
                let line = unread[..end].strip_suffix(b"\r").unwrap_or(&unread[..end]);
                let line = line.to_vec();
                self.at += end + 1;
                return Ok(Some(line));
            }
            if unread.len() > MOST_HEADER {
                let line = unread.to_vec();
                self.at = self.buffer.len();
                return Ok(Some(line));
            }
            searched = unread.len();
            if !self.fill(1)? {
                return Ok(None);
            }
        }
    }

    fn take(&mut self, length: usize) -> io::Result<Option<Vec<u8>>> {
        while self.buffer.len() - self.at < length {
            let missing = length - (self.buffer.len() - self.at);
            if !self.fill(missing)? {
                return Ok(None);
            }
        }
        let content = self.buffer[self.at..self.at + length].to_vec();
        self.at += length;
        Ok(Some(content))
    }

    /// Reads more; whether there was more. `wanted` is how much is known to be needed.
    fn fill(&mut self, wanted: usize) -> io::Result<bool> {
        if self.at > 0 {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        let old = self.buffer.len();
        self.buffer.resize(old + wanted.clamp(1 << 13, 1 << 20), 0);
        let read = loop {
            match self.input.read(&mut self.buffer[old..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(old + *read.as_ref().unwrap_or(&0));
        Ok(read? > 0)
    }
}

/// The value of a `Content-Length` header, which may follow the rest of a message on the same line;
/// `Some(None)` when its value is no number.
fn content_length(line: &[u8]) -> Option<Option<usize>> {
    let at = find_length(line)?;
    let value = String::from_utf8_lossy(&line[at + LENGTH.len()..]);
    Some(value.trim().parse().ok())
}

/// Where the last `Content-Length:` stands.
fn find_length(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(LENGTH.len())
        .rposition(|window| window.eq_ignore_ascii_case(LENGTH))
}

fn is_header(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    name.len() < line.len()
        && !name.is_empty()
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Gives one byte at a time, as a slow pipe may.
    struct Slowly<'a>(&'a [u8]);

    impl Read for Slowly<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else {
                return Ok(0);
            };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn all(input: &str) -> Vec<String> {
        let told = |frame| match frame {
            Frame::Content(content) => String::from_utf8(content).unwrap(),
            Frame::Broken(_) => "broken".to_owned(),
        };
        let mut fast = Frames::new(input.as_bytes());
        let mut slow = Frames::new(Slowly(input.as_bytes()));
        let mut frames = Vec::new();
        while let Some(frame) = fast.next().unwrap() {
            assert_eq!(slow.next().unwrap().as_ref(), Some(&frame));
            frames.push(told(frame));
        }
        assert_eq!(slow.next().unwrap(), None);
        frames
    }

    #[test]
    fn frames_are_read_however_they_come() {
        let input = "Content-Length: 2\r\n\r\n{}content-length:3\nContent-Type: x\n\n[1]";
        assert_eq!(all(input), ["{}", "[1]"]);
    }

    #[test]
    fn a_broken_frame_does_not_take_the_next_with_it() {
        let next = "Content-Length: 2\r\n\r\n{}";
        for broken in [
            "what is this\r\n\r\n",
            "Content-Length: many\r\n\r\n",
            "Content-Length: -4\r\n\r\n",
            "Content-Length: 99999999999999999999\r\n\r\n",
            "what is this\r\n",
        ] {
            assert_eq!(
                all(&format!("{broken}{next}")),
                ["broken", "{}"],
                "{broken}"
            );
        }
        assert_eq!(all(&format!("\r\n\r\n{next}")), ["{}"]);
        // Told too short: the rest stands before the next header.
        assert_eq!(
            all(&format!("Content-Length: 1\r\n\r\n{{}}{next}")),
            ["{", "{}"]
        );
    }

    #[test]
    fn a_length_told_too_large_is_mended() {
        let input =
            b"Content-Length: 30\r\n\r\n{}Content-Length: 4\r\n\r\ntrue Content-Length: 1\r\n\r\n1";
        let mut frames = Frames::new(&input[..]);
        let Some(Frame::Content(content)) = frames.next().unwrap() else {
            panic!("no content");
        };
        frames.resume_within(&content);
        assert_eq!(
            frames.next().unwrap(),
            Some(Frame::Content(b"true".to_vec()))
        );
    }

    #[test]
    fn an_end_within_a_frame_is_an_end() {
        assert!(all("Content-Length: 10\r\n\r\n{").is_empty());
        assert!(all("Content-Le").is_empty());
    }
}
