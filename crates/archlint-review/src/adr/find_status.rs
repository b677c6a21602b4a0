//! Finding where a record says where its decision stands.

use super::Status;
use super::date::find;
use super::entries::{Form, trimmed};
use super::find::Record;
use super::label::Key;
use super::parts::Part;
use super::plain::{floor, plain, words};
use super::roles::Role;
use super::status::{State, begins_with_state, is_choice, state_of};
use super::substance::is_template_text;
use archlint_document::{Block, BlockKind, Span};

/// Words that say a state and little else.
#[rustfmt::skip]
const PLAIN: [&str; 14] = [
    "proposed", "draft", "accepted", "approved", "adopted", "implemented", "rejected", "declined",
    "withdrawn", "deprecated", "obsolete", "superseded", "superceded", "pending",
];
/// What may follow them.
const FOLLOWERS: [&str; 10] = [
    "by", "on", "in", "since", "at", "as", "for", "and", "with", "see",
];

impl Record<'_> {
    /// The status, and where one is called for but not given.
    pub(super) fn status(&self) -> (Option<Status>, Option<Span>) {
        let mut found: Vec<Status> = Vec::new();
        let mut open: Option<Span> = None;
        for entry in self.entries.iter().filter(|entry| entry.key == Key::Status) {
            let value = self.document.source(&entry.value);
            let here = self.is_about_itself(entry.section);
            if value.is_empty() || is_choice(value) || is_template_text(value) {
                if here {
                    open.get_or_insert(if value.is_empty() {
                        entry.label.clone()
                    } else {
                        entry.value.clone()
                    });
                }
                continue;
            }
            let is_short = plain(value).len() <= 80;
            if here || (is_short && begins_with_state(value).is_some()) {
                found.push(self.status_at(entry.value.clone(), entry.form));
            }
        }
        for part in self
            .parts_of(&[Role::Status])
            .filter(|part| part.section.is_some())
        {
            match self.status_in(part) {
                Ok(status) => found.push(status),
                Err(span) => {
                    open.get_or_insert(span);
                }
            }
        }
        for badge in &self.badges {
            if matches!(
                badge.label.as_str(),
                "status" | "state" | "adr" | "adr status"
            ) {
                let state = state_of(&badge.message);
                found.push(Status {
                    text: badge.message.clone(),
                    state,
                    span: badge.span.clone(),
                    form: Form::Badge,
                });
            }
        }
        if found.iter().all(|status| status.state.is_none()) {
            found.extend(self.dated_status());
            found.extend(self.bare_status());
            found.extend(self.status_in_title());
        }
        let known = found.iter().position(|status| status.state.is_some());
        let best = known.or(if found.is_empty() { None } else { Some(0) });
        let status = best.map(|at| found.swap_remove(at));
        let open = if status.is_some() { None } else { open };
        (status, open)
    }

    fn status_at(&self, span: Span, form: Form) -> Status {
        let span = span.start..span.start + floor(self.document.source(&span), 300);
        let text = plain(self.document.source(&span));
        Status {
            state: state_of(&text),
            text,
            span,
            form,
        }
    }

    /// The status under a heading; where it should stand when there is none.
    fn status_in(&self, part: &Part) -> Result<Status, Span> {
        let section = part.section.unwrap_or_default();
        let blocks: Vec<&Block> = self
            .document
            .section_body_blocks(section)
            .iter()
            .filter(|block| block.is_text())
            .take(40)
            .collect();
        let is_checklist = blocks
            .iter()
            .any(|block| matches!(block.kind, BlockKind::ListItem { task: Some(_) }));
        let mut first = None;
        let mut template = None;
        let mut known: Option<Status> = None;
        for block in blocks {
            if is_checklist && block.kind != (BlockKind::ListItem { task: Some(true) }) {
                continue;
            }
            let mut at = block.span.start;
            for line in self.document.source(&block.span).split('\n').take(20) {
                let span = trimmed(self.document, at..at + line.len());
                at += line.len() + 1;
                let value = self.document.source(&span);
                if value.is_empty() {
                    continue;
                }
                if is_choice(value) || is_template_text(value) {
                    template.get_or_insert(span);
                    continue;
                }
                let status = self.status_at(span, Form::Section);
                let begins = begins_with_state(&status.text);
                // What was decided later stands below: "Accepted", then "Superseded by ...".
                let overrides = begins.is_some_and(|s| s >= State::Rejected)
                    && known.as_ref().is_some_and(|known| known.state < begins);
                if status.state.is_some() && (known.is_none() || overrides) {
                    known = Some(status);
                } else if first.is_none() {
                    first = Some(status);
                }
            }
        }
        known
            .or(if template.is_some() { None } else { first })
            .ok_or_else(|| template.unwrap_or(part.heading.clone()))
    }

    /// A line under the title that is a status and nothing else: "*Accepted, 2020-05-13*".
    fn bare_status(&self) -> Option<Status> {
        self.lines_about_itself().find_map(|span| {
            let text = plain(self.document.source(&span));
            let said = words(&text);
            let mut said = said.split(' ');
            let first = said.next().unwrap_or_default();
            // "Proposed techniques" is about something else.
            let goes_on = said.next().is_none_or(|next| {
                FOLLOWERS.contains(&next) || next.starts_with(|c: char| c.is_ascii_digit())
            });
            if !goes_on || !PLAIN.contains(&first) {
                return None;
            }
            let begins = begins_with_state(&text)?;
            let count = text.split_whitespace().count();
            let is_label = text.trim_end().ends_with(':');
            ((count <= 6 && !is_label) || (begins >= State::Deprecated && count <= 40))
                .then(|| self.status_at(span, Form::PlainLine))
        })
    }

    /// "# [Accepted] Use queues", "# Use queues (superseded)", "# DRAFT: Use queues".
    fn status_in_title(&self) -> Option<Status> {
        let title = self.title?;
        let source = self.document.source(&title.span);
        let source = &source[..floor(source, 300)];
        let brackets = source.match_indices(['(', '[', '{']).filter_map(|(at, _)| {
            let inner = &source[at + 1..];
            let end = inner.find([')', ']', '}'])?;
            Some(at + 1..at + 1 + end)
        });
        let prefix = source.find(':').map(|at| 0..at);
        brackets.chain(prefix).find_map(|range| {
            let text = source.get(range.clone())?.trim_start_matches(['#', ' ']);
            let state = begins_with_state(text)?;
            // "(new)", "(open source)" say something of the subject.
            let sure = state != State::Open || plain(text).split_whitespace().count() == 1;
            let span = title.span.start + range.start..title.span.start + range.end;
            (sure
                && !matches!(
                    plain(text).to_lowercase().as_str(),
                    "new" | "open" | "live" | "current" | "review"
                ))
            .then(|| self.status_at(trimmed(self.document, span), Form::Title))
        })
    }

    /// "Accepted: 2020-05-13" says a state and a date.
    fn dated_status(&self) -> Option<Status> {
        self.entries.iter().rev().find_map(|entry| match entry.key {
            Key::Dated(state) if self.is_about_itself(entry.section) => {
                let value = self.document.source(&entry.value);
                find(value)?;
                Some(Status {
                    text: plain(self.document.source(&entry.label)),
                    state: Some(state),
                    span: entry.label.clone(),
                    form: entry.form,
                })
            }
            _ => None,
        })
    }
}
