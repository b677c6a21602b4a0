//! Raw HTML: comments, directives and images.

use super::{Open, Reader, trimmed};
use crate::{BlockKind, Directive, Link, Span, diagrams, html, residue};

impl Reader<'_> {
    pub(super) fn inline_html(&mut self, span: Span) {
        self.touch(&span);
        let tag = &self.source[span.clone()];
        if tag.starts_with("<!--") {
            for comment in html::comments(tag, span.start) {
                self.directive(&comment);
            }
        } else if html::is_tag(tag, "br") {
            self.inline.push_break(span.start);
        } else {
            self.html_images(span.clone());
            self.tags.push(span);
        }
    }

    fn html_images(&mut self, span: Span) {
        for image in html::images(&self.source[span.clone()], span.start) {
            if image.size.is_some_and(|size| size <= diagrams::ICON_SIZE) {
                self.small_images.push(self.document.links.len());
            }
            self.document.links.push(Link {
                span: image.span,
                target: image.source.to_owned(),
                text: image.description.to_owned(),
                image: true,
                section: self.document.sections.len() - 1,
            });
        }
    }

    pub(super) fn close_html(&mut self, span: Span) {
        self.open = Open::None;
        let span = trimmed(self.source, span);
        let source = &self.source[span.clone()];
        let comments = html::comments(source, span.start);
        for comment in &comments {
            self.directive(comment);
        }
        if !comments.is_empty() && html::is_only_comments(source) {
            for comment in comments {
                let kind = BlockKind::Comment {
                    content: comment.content,
                };
                self.push_block(kind, comment.span, self.no_sentences());
            }
            return;
        }
        residue::in_html(
            self.source,
            &span,
            self.section(),
            &mut self.document.residue,
        );
        self.html_images(span.clone());
        self.push_block(BlockKind::Html, span, self.no_sentences());
    }

    fn directive(&mut self, comment: &html::Comment) {
        let content = &self.source[comment.content.clone()];
        let Some(text) = content.trim_start().strip_prefix("archlint:") else {
            return;
        };
        let start = comment.content.end - text.trim_start().len();
        let text = text.trim();
        self.document.directives.push(Directive {
            span: comment.span.clone(),
            text: text.to_owned(),
            text_span: start..start + text.len(),
            section: self.section(),
        });
    }
}
