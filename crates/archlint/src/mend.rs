//! `--fix` and `--diff`: what is safe to mend, mended or shown.

use crate::clock;
use crate::failure::Failure;
use crate::session::Session;
use archlint_report::one_line;
use archlint_workspace::display;
use archlint_workspace::fixes::{Plan, of_document, plan, replace};
use archlint_workspace::folder::{self, Listings};
use similar::TextDiff;
use std::path::Path;

/// What a run can mend.
pub fn planned(session: &Session) -> Plan {
    let documents = &session.outcome.documents;
    let today = clock::today();
    let listings = Listings::read(documents.iter().filter_map(|one| one.file.as_deref()));
    let mut fixes: Vec<_> = documents
        .iter()
        .flat_map(|one| of_document(one, today.as_deref()))
        .collect();
    fixes.extend(folder::fixes(documents, &listings));
    let text_of = |file: &Path| {
        let one = documents
            .iter()
            .find(|one| one.file.as_deref() == Some(file))?;
        Some(one.document.text.as_str())
    };
    plan(&fixes, text_of)
}

/// What the plan would change, as a unified diff.
pub fn diff(plan: &Plan, base: &Path) -> String {
    let mut text = String::new();
    for changed in &plan.changed {
        let path = one_line(&display(base, &changed.file)).into_owned();
        let diff = TextDiff::from_lines(&changed.before, &changed.after);
        let (old, new) = (format!("a/{path}"), format!("b/{path}"));
        text.push_str(&diff.unified_diff().header(&old, &new).to_string());
    }
    text
}

/// Makes the changes; each file is replaced in one step or not at all. Returns how many findings
/// were mended.
///
/// # Errors
/// The files that could not be replaced, after the others were.
pub fn write(plan: &Plan) -> Result<usize, Failure> {
    let mut fixes = 0;
    let mut failed = Vec::new();
    for changed in &plan.changed {
        match replace(&changed.file, &changed.before, &changed.after) {
            Ok(()) => fixes += changed.titles.len(),
            Err(error) => failed.push(format!("{} {error}", changed.file.display())),
        }
    }
    match failed.is_empty() {
        true => Ok(fixes),
        false => Err(Failure::asked(failed.join("; "), "")),
    }
}
