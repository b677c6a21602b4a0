//! `archlint check`: what is open or wrong.

use super::checklist::write_badge;
use super::stdout;
use crate::arguments::{Check, CheckFormat};
use crate::failure::Failure;
use crate::session::Session;
use crate::{CLEAN, FAILED, FINDINGS, known, mend, repository, screen, session, watch};
use archlint_report::{self as report, Terminal};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Reviews and reports.
///
/// # Errors
/// When it could not run at all. Files that could not be read are reported and make the exit code 2.
pub fn run(arguments: &Check) -> Result<u8, Failure> {
    if arguments.watch {
        return watch::run(&arguments.input.paths, |before| once(arguments, before));
    }
    if arguments.diff {
        return show_diff(arguments);
    }
    if arguments.fix {
        fix(arguments)?;
    }
    once(arguments, "")
}

/// A review, without what the baseline knows.
fn reviewed(arguments: &Check) -> Result<Session, Failure> {
    let since = arguments.since.as_deref();
    let quiet = arguments.quiet;
    let mut session = session::review(&arguments.input, arguments.fail_on, since, quiet)?;
    if !arguments.no_baseline {
        let named = arguments.baseline.as_deref();
        if let Some(known) = known::read(session.configs.base(), named)? {
            known.apply(&mut session.outcome);
        }
    }
    Ok(session)
}

/// Some fixes can only be made after others.
const ROUNDS: usize = 10;

fn fix(arguments: &Check) -> Result<(), Failure> {
    let mut fixes = 0;
    let mut files = BTreeSet::new();
    for _ in 0..ROUNDS {
        let plan = mend::planned(&reviewed(arguments)?);
        if plan.changed.is_empty() {
            break;
        }
        fixes += mend::write(&plan)?;
        files.extend(plan.changed.into_iter().map(|changed| changed.file));
        if plan.left_out.is_empty() {
            break;
        }
    }
    if !arguments.quiet {
        let findings = report::counted(fixes, "finding");
        eprintln!(
            "mended {findings} in {}",
            report::counted(files.len(), "file")
        );
    }
    Ok(())
}

fn show_diff(arguments: &Check) -> Result<u8, Failure> {
    let session = reviewed(arguments)?;
    let plan = mend::planned(&session);
    super::print(&mend::diff(&plan, session.configs.base()))?;
    Ok(if !session.outcome.unreadable.is_empty() {
        FAILED
    } else if plan.changed.is_empty() {
        CLEAN
    } else {
        FINDINGS
    })
}

/// Reviews and reports; `before` goes before the report on standard output.
fn once(arguments: &Check, before: &str) -> Result<u8, Failure> {
    let mut session = reviewed(arguments)?;
    for (format, path) in &arguments.outputs {
        let mut text = Vec::new();
        write(
            *format,
            &mut session,
            Terminal::default(),
            arguments.quiet,
            &mut text,
        )?;
        std::fs::write(path, text).map_err(|error| Failure::file("write", path, &error))?;
    }
    if let Some(path) = &arguments.badge {
        write_badge(&session.checklist(), path)?;
    }
    let terminal = screen::stdout(arguments.input.setup.color);
    let mut out = stdout();
    let written = out
        .write_all(before.as_bytes())
        .and_then(|()| {
            write(
                arguments.format,
                &mut session,
                terminal,
                arguments.quiet,
                &mut out,
            )
        })
        .and_then(|()| out.flush());
    match written {
        // Who reads our output has seen enough; the verdict stands.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(exit_code(&mut session)),
    }
}

fn write(
    format: CheckFormat,
    session: &mut Session,
    terminal: Terminal,
    quiet: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    if format == CheckFormat::Jsonl {
        return report::jsonl(&session.checklist(), &repository::here(), out);
    }
    let outcome = &session.outcome;
    if format == CheckFormat::Human {
        report::human(outcome, terminal, out)?;
        return if quiet {
            Ok(())
        } else {
            report::human_summary(outcome, terminal, out)
        };
    }
    let checked = report::check_report(outcome);
    match format {
        CheckFormat::Human | CheckFormat::Jsonl => Ok(()),
        CheckFormat::Short => report::short(&checked, out),
        CheckFormat::Json => report::json(&checked, out),
        CheckFormat::Sarif => report::sarif(&checked, out),
        CheckFormat::Github => report::github(&checked, out),
        CheckFormat::Gitlab => report::gitlab(&checked, out),
        CheckFormat::Junit => report::junit(&checked, out),
        CheckFormat::Rdjson => report::rdjson(&checked, out),
        CheckFormat::Checkstyle => report::checkstyle(&checked, out),
    }
}

fn exit_code(session: &mut Session) -> u8 {
    if !session.outcome.unreadable.is_empty() {
        FAILED
    } else if session.fails() {
        FINDINGS
    } else {
        CLEAN
    }
}
