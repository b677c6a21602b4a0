//! Links and images.

use super::Reader;
use crate::{Link, Span};

/// Links and images nested deeper than this show no text of their own: collecting it for every
/// level would cost the square of the depth.
const MAX_DEPTH: usize = 8;

/// A link whose end has not been read.
pub(super) struct OpenLink {
    index: usize,
    first_piece: usize,
}

impl Reader<'_> {
    pub(super) fn open_link(&mut self, target: &str, image: bool, span: Span) {
        self.touch(&span);
        self.link_depth += 1;
        if self.link_depth <= MAX_DEPTH {
            self.links.push(OpenLink {
                index: self.document.links.len(),
                first_piece: self.inline.pieces.len(),
            });
        }
        self.document.links.push(Link {
            span,
            target: target.to_owned(),
            text: String::new(),
            image,
            section: self.section(),
        });
    }

    pub(super) fn close_link(&mut self) {
        self.link_depth = self.link_depth.saturating_sub(1);
        if self.link_depth < MAX_DEPTH
            && let Some(open) = self.links.pop()
        {
            let text = self.inline.text_from(self.source, open.first_piece);
            self.document.links[open.index].text = text;
        }
    }
}
