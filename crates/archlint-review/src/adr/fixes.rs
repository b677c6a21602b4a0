//! Edits that are safe to make in a record without asking what it means.

use super::entries::trimmed;
use super::{DateForm, Fields, Form, Role};
use archlint_document::{Document, Span};

/// A change of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty where something is put in.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
    /// What it does, in the imperative, for a menu.
    pub title: String,
    /// The rule whose finding it mends.
    pub rule: &'static str,
}

/// Edits that give a record a missing status or date, in the form that it uses for the other one,
/// and write its date as `YYYY-MM-DD`. `today` is `YYYY-MM-DD`; without it no date is put in. The
/// status put in is `proposed`: a tool cannot know more.
pub fn fixes(document: &Document, fields: &Fields, today: Option<&str>) -> Vec<Edit> {
    let mut edits = Vec::new();
    if fields.status.is_none() && !fields.successors().any(|_| true) {
        edits.push(missing(document, fields, &STATUS, "proposed"));
    }
    match (&fields.date, today) {
        (None, Some(today)) => edits.push(missing(document, fields, &DATE, today)),
        (Some(date), _) if date.written == DateForm::Clear && date.form != Form::Badge => {
            edits.extend(date.iso.as_ref().map(|iso| Edit {
                span: date.span.clone(),
                text: iso.clone(),
                title: format!("Write the date as {iso}"),
                rule: "adr/date-format",
            }));
        }
        _ => {}
    }
    edits
}

/// A fact that can be put in.
struct Fact {
    key: &'static str,
    label: &'static str,
    rule: &'static str,
}

const STATUS: Fact = Fact {
    key: "status",
    label: "Status",
    rule: "adr/status",
};
const DATE: Fact = Fact {
    key: "date",
    label: "Date",
    rule: "adr/date",
};

fn missing(document: &Document, fields: &Fields, fact: &Fact, value: &str) -> Edit {
    let title = format!("Add “{}: {value}”", fact.label);
    let edit = |span: Span, text: String| Edit {
        span,
        text,
        title: title.clone(),
        rule: fact.rule,
    };
    let newline = if document.text.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let (open, other) = if fact.key == "status" {
        (
            &fields.open_status,
            fields.date.as_ref().map(|date| (&date.span, date.form)),
        )
    } else {
        (
            &fields.open_date,
            fields
                .status
                .as_ref()
                .map(|status| (&status.span, status.form)),
        )
    };
    if let Some(span) = open {
        return at_open_place(document, fields, span, value, newline, edit);
    }
    if let Some(front_matter) = &document.front_matter
        && (other.is_none() || other.is_some_and(|(_, form)| form == Form::FrontMatter))
        && front_matter.error.is_none()
    {
        let source = document.source(&front_matter.span);
        let closing = source
            .rfind('\n')
            .map_or(front_matter.span.end, |at| front_matter.span.start + at + 1);
        return edit(closing..closing, format!("{}: {value}{newline}", fact.key));
    }
    if let Some((span, form)) = other
        && let Some((at, text)) = beside(document, span, form, fact, value, newline)
    {
        return edit(at..at, text);
    }
    let after = fields.title.as_ref().and_then(|title| {
        let section = document.sections.get(title.section?)?;
        Some(section.heading.as_ref()?.span.end)
    });
    match after {
        Some(end) if fact.key == "status" && uses_sections(fields) => {
            let marks = "#".repeat(part_level(document, fields));
            // Nygard's form has the date between the title and the status.
            let end = fields
                .date
                .as_ref()
                .filter(|date| date.form == Form::PlainLine)
                .map_or(end, |date| line_end(document, date.span.end));
            edit(
                end..end,
                format!(
                    "{newline}{newline}{marks} Status{newline}{newline}{}",
                    capitalised(value)
                ),
            )
        }
        Some(end) => edit(
            end..end,
            format!("{newline}{newline}{}: {}", fact.label, capitalised(value)),
        ),
        None => {
            let start = document
                .front_matter
                .as_ref()
                .map_or(0, |front_matter| line_end(document, front_matter.span.end));
            let start = if start == 0 && document.text.starts_with('\u{feff}') {
                3
            } else {
                start
            };
            let lead = if start <= 3 { "" } else { newline };
            edit(
                start..start,
                format!(
                    "{lead}{}: {}{newline}{newline}",
                    fact.label,
                    capitalised(value)
                ),
            )
        }
    }
}

/// Fills the place that calls for a value: behind its label, under its heading, in its stead.
fn at_open_place(
    document: &Document,
    fields: &Fields,
    span: &Span,
    value: &str,
    newline: &str,
    edit: impl Fn(Span, String) -> Edit,
) -> Edit {
    let heading = fields.parts.iter().find(|part| {
        part.section.is_some() && part.heading.start <= span.start && span.end <= part.heading.end
    });
    if let Some(part) = heading {
        let end = part.heading.end;
        return edit(
            end..end,
            format!("{newline}{newline}{}", capitalised(value)),
        );
    }
    let end = line_end(document, span.start);
    let rest = document.source(&(span.end.min(end)..end));
    let label_ends = rest
        .trim_start_matches(['*', '_', ' '])
        .starts_with([':', '|']);
    if label_ends {
        // An empty value: behind the colon and the marks that close the label, or in the cell.
        let used = rest.len() - rest.trim_start_matches(['*', '_', ':', ' ', '|']).len();
        let cell = rest.find('|').map(|at| at + 1);
        let at = span.end + cell.unwrap_or(used);
        let blank = if document.source(&(at.saturating_sub(1)..at)) == " " {
            ""
        } else {
            " "
        };
        return edit(at..at, format!("{blank}{value}"));
    }
    edit(trimmed(document, span.clone()), value.to_owned())
}

/// Where and how a fact goes next to another one of the same form.
fn beside(
    document: &Document,
    other: &Span,
    form: Form,
    fact: &Fact,
    value: &str,
    newline: &str,
) -> Option<(usize, String)> {
    let start = line_start(document, other.start);
    let end = line_end(document, other.end);
    let line = document.source(&(start..end));
    match form {
        Form::ListItem | Form::BoldLine => {
            let label_at = line.find(char::is_alphabetic)?;
            let colon = line[label_at..].find(':')? + label_at;
            let lead = &line[..label_at];
            let value_at = other.start.checked_sub(start)?;
            let between = line.get(colon..value_at)?;
            // Two blanks or a backslash at a line's end break the line.
            let tail = line
                .get(other.end.min(end).checked_sub(start)?..)
                .unwrap_or_default();
            let breaks = if form == Form::BoldLine && tail.ends_with("  ") {
                "  "
            } else {
                ""
            };
            Some((
                end,
                format!("{newline}{lead}{}{between}{value}{breaks}", fact.label),
            ))
        }
        Form::Table => {
            let is_row = line.trim_start().starts_with('|') && line.matches('|').count() == 3;
            is_row.then(|| {
                (
                    end,
                    format!("{newline}| {} | {} |", fact.label, capitalised(value)),
                )
            })
        }
        Form::PlainLine if fact.key == "date" => {
            let has_label = line.to_lowercase().trim_start().starts_with("status");
            has_label.then(|| (end, format!("  {newline}{}: {value}", fact.label)))
        }
        _ => None,
    }
}

/// Whether the record is told under headings.
fn uses_sections(fields: &Fields) -> bool {
    fields.parts.iter().any(|part| {
        part.section.is_some()
            && matches!(
                part.role,
                Role::Context | Role::Decision | Role::Consequences
            )
    })
}

/// The level of the record's parts.
fn part_level(document: &Document, fields: &Fields) -> usize {
    fields
        .parts
        .iter()
        .filter(|part| matches!(part.role, Role::Context | Role::Decision))
        .filter_map(|part| document.sections.get(part.section?))
        .map(|section| usize::from(section.level))
        .min()
        .unwrap_or(2)
}

fn line_start(document: &Document, at: usize) -> usize {
    document
        .text
        .get(..at)
        .and_then(|text| text.rfind('\n'))
        .map_or(0, |newline| newline + 1)
}

/// The end of the line that `at` stands in, before its line ending.
fn line_end(document: &Document, at: usize) -> usize {
    let rest = document.text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    at + line.trim_end_matches('\r').len()
}

fn capitalised(value: &str) -> String {
    let mut chars = value.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
