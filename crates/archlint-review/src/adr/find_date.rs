//! Finding where a record says when its decision was made.

use super::date::{find, find_or_year};
use super::entries::Form;
use super::find::Record;
use super::label::Key;
use super::plain::floor;
use super::roles::Role;
use super::{Date, FoundDate, Status};
use archlint_document::{Block, Span};
use rustc_hash::FxHashSet;

impl Record<'_> {
    /// The date, and where one is called for but not given.
    pub(super) fn date(&self, status: Option<&Status>) -> (Option<Date>, Option<Span>) {
        let mut open = None;
        let keyed = |wanted: fn(Key) -> bool| self.entries.iter().filter(move |e| wanted(e.key));
        for entry in keyed(|key| key == Key::Date).chain(keyed(|key| matches!(key, Key::Dated(_))))
        {
            let here = self.is_about_itself(entry.section);
            let value = self.document.source(&entry.value);
            let found = if here {
                find_or_year(value)
            } else {
                find(value)
            };
            match found {
                // Elsewhere the value must be the date.
                Some(found) if here || found.range.start <= 3 => {
                    return (
                        Some(self.date_at(entry.value.start, found, entry.form)),
                        None,
                    );
                }
                _ if here && entry.key == Key::Date => {
                    open.get_or_insert(if value.is_empty() {
                        entry.label.clone()
                    } else {
                        entry.value.clone()
                    });
                }
                _ => {}
            }
        }
        let date = self
            .date_in_sections(&[Role::Date, Role::Status])
            .or_else(|| status.and_then(|status| self.date_of(status)))
            .or_else(|| self.date_in_badge())
            .or_else(|| self.date_in_line())
            .or_else(|| {
                self.title
                    .and_then(|title| self.date_in(&title.span, Form::Title))
            })
            .or_else(|| self.date_in_history())
            .or_else(|| self.date_at_end());
        let open = if date.is_some() { None } else { open };
        (date, open)
    }

    fn date_at(&self, offset: usize, found: FoundDate, form: Form) -> Date {
        let span = offset + found.range.start..offset + found.range.end;
        Date {
            text: self.document.source(&span).to_owned(),
            iso: found.iso,
            written: found.form,
            span,
            form,
        }
    }

    fn date_in(&self, span: &Span, form: Form) -> Option<Date> {
        let source = self.document.source(span);
        find(&source[..floor(source, 400)]).map(|found| self.date_at(span.start, found, form))
    }

    /// The date in a status: "Accepted on 13 May 2020", "Approved in early 2021".
    fn date_of(&self, status: &Status) -> Option<Date> {
        let found = find_or_year(self.document.source(&status.span))?;
        (status.form != Form::Badge).then(|| self.date_at(status.span.start, found, status.form))
    }

    fn date_in_sections(&self, roles: &[Role]) -> Option<Date> {
        self.parts_of(roles)
            .filter_map(|part| part.section)
            .find_map(|section| {
                self.document
                    .section_body_blocks(section)
                    .iter()
                    .filter(|block| block.is_text())
                    .take(20)
                    .find_map(|block| self.date_in(&block.span, Form::Section))
            })
    }

    fn date_in_badge(&self) -> Option<Date> {
        self.badges.iter().find_map(|badge| {
            let found = find(&badge.message)?;
            Some(Date {
                text: badge.message.clone(),
                iso: found.iso,
                written: found.form,
                span: badge.span.clone(),
                form: Form::Badge,
            })
        })
    }

    /// A line under the title that is hardly more than a date.
    fn date_in_line(&self) -> Option<Date> {
        self.lines_about_itself()
            .find_map(|span| self.mere_date(span))
    }

    /// The date at `span` when hardly anything else stands there.
    fn mere_date(&self, span: Span) -> Option<Date> {
        let text = self.document.source(&span);
        let found = find(text)?;
        let others = text[..found.range.start].split_whitespace().count()
            + text[found.range.end..].split_whitespace().count();
        (others <= 4).then(|| self.date_at(span.start, found, Form::PlainLine))
    }

    /// The first date of a change log.
    fn date_in_history(&self) -> Option<Date> {
        let blocks = self.document.blocks.iter().zip(self.owners);
        let dated = |block: &Block| {
            let source = self.document.source(&block.span);
            let found = find(&source[..floor(source, 200)])?;
            // A row of a log begins with its date or is little more.
            (found.range.start <= 30).then(|| self.date_at(block.span.start, found, Form::Section))
        };
        let is_log = |name: &str| {
            let name = name.to_lowercase();
            [
                "change",
                "history",
                "revision",
                "version",
                "log",
                "note",
                "meta",
                "information",
                "update",
            ]
            .iter()
            .any(|word| name.contains(word))
        };
        let logs: FxHashSet<usize> = self
            .parts_of(&[Role::Record])
            .filter(|part| is_log(&part.name))
            .filter_map(|part| part.section)
            .collect();
        blocks
            .filter(|(block, owner)| **owner == Some(Role::Record) && logs.contains(&block.section))
            .take(200)
            .find_map(|(block, _)| dated(block))
    }

    /// A date that is the document's last line: "Amsterdam, 13 May 2020".
    fn date_at_end(&self) -> Option<Date> {
        let block = self.document.blocks.last()?;
        let is_short = block.span.len() <= 60 && block.is_text();
        is_short
            .then(|| self.mere_date(block.span.clone()))
            .flatten()
    }
}
