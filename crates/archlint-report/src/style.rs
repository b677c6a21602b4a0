//! A writer with or without colours.

use codespan_reporting::diagnostic::{LabelStyle, Severity};
use codespan_reporting::term::WriteStyle;
use codespan_reporting::term::termcolor::{Ansi, Color, ColorSpec, NoColor, WriteColor};
use std::io::{self, Write};

/// Applies archlint's colours, and its names of severities where codespan has others.
pub(crate) struct Styled<'a> {
    out: Box<dyn WriteColor + 'a>,
    /// The name to write instead of the next text: set between codespan's "now comes the severity"
    /// and its name of it.
    name: Option<&'static str>,
}

impl<'a> Styled<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, colour: bool) -> Self {
        let out: Box<dyn WriteColor + 'a> = if colour {
            Box::new(Ansi::new(out))
        } else {
            Box::new(NoColor::new(out))
        };
        Styled { out, name: None }
    }

    pub(crate) fn bold(&mut self, text: &str) -> io::Result<()> {
        self.styled(ColorSpec::new().set_bold(true), text)
    }

    pub(crate) fn alarm(&mut self, text: &str) -> io::Result<()> {
        self.styled(
            ColorSpec::new().set_bold(true).set_fg(Some(Color::Red)),
            text,
        )
    }

    fn styled(&mut self, style: &ColorSpec, text: &str) -> io::Result<()> {
        self.out.set_color(style)?;
        self.out.write_all(text.as_bytes())?;
        WriteColor::reset(&mut self.out)
    }
}

impl Write for Styled<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(name) = self.name.take() {
            self.out.write_all(name.as_bytes())?;
            return Ok(bytes.len());
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn colour(severity: Severity) -> Color {
    match severity {
        Severity::Bug | Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Note => Color::Blue,
        Severity::Help => Color::Cyan,
    }
}

impl WriteStyle for Styled<'_> {
    fn set_header(&mut self, severity: Severity) -> io::Result<()> {
        self.name = match severity {
            Severity::Note => Some("info"),
            Severity::Help => Some("hint"),
            _ => None,
        };
        self.out.set_color(
            ColorSpec::new()
                .set_bold(true)
                .set_fg(Some(colour(severity))),
        )
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.out.set_color(ColorSpec::new().set_bold(true))
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.out.set_color(ColorSpec::new().set_dimmed(true))
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.set_line_number()
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.set_line_number()
    }

    fn set_label(&mut self, severity: Severity, style: LabelStyle) -> io::Result<()> {
        let colour = match style {
            LabelStyle::Primary => colour(severity),
            LabelStyle::Secondary => Color::Cyan,
        };
        self.out.set_color(ColorSpec::new().set_fg(Some(colour)))
    }

    fn reset(&mut self) -> io::Result<()> {
        WriteColor::reset(&mut self.out)
    }
}
