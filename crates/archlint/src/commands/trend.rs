//! `archlint trend`: how coverage moved over several checklists.

use super::stdout;
use crate::CLEAN;
use crate::arguments::{Trend, TrendFormat};
use crate::failure::Failure;
use archlint_report::{self as report, PastReport};
use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Reads the checklists and draws the trend.
///
/// # Errors
/// When one of them cannot be read or is no checklist in JSON.
pub fn run(arguments: &Trend) -> Result<u8, Failure> {
    let labels = labels(&arguments.reports);
    let reports: Vec<(String, PastReport)> = labels
        .into_iter()
        .zip(&arguments.reports)
        .map(|(label, path)| Ok((label, read(path)?)))
        .collect::<Result<_, Failure>>()?;
    let trend = report::trend(&reports);
    let mut out = stdout();
    match arguments.format {
        TrendFormat::Text => report::trend_text(&trend, &mut out)?,
        TrendFormat::Html => report::trend_html(&trend, &mut out)?,
    }
    out.flush()?;
    Ok(CLEAN)
}

fn read(path: &Path) -> Result<PastReport, Failure> {
    let text =
        std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?;
    report::past_report(&text).map_err(|error| {
        Failure::asked(
            format!("{} {error}", path.display()),
            "write reports for it with `archlint checklist --format json`",
        )
    })
}

/// A report is called as its file, without the ending; where that would not tell it from another,
/// with the folders in which they differ.
fn labels(paths: &[PathBuf]) -> Vec<String> {
    let shown = |path: &Path| path.with_extension("").display().to_string();
    let names = |path: &PathBuf| {
        path.file_name()
            .map_or(String::new(), |n| shown(n.as_ref()))
    };
    let stems: Vec<String> = paths.iter().map(names).collect();
    let different: HashSet<&String> = stems.iter().collect();
    if different.len() == stems.len() {
        return stems;
    }
    let common = common_folder(paths);
    let path = |path: &PathBuf| shown(path.strip_prefix(&common).unwrap_or(path));
    paths.iter().map(path).collect()
}

/// The folder that all of them lie in; empty where there is none.
fn common_folder(paths: &[PathBuf]) -> PathBuf {
    let mut folders = paths.iter().filter_map(|path| path.parent());
    let first = folders.next().unwrap_or(Path::new("")).to_owned();
    folders.fold(first, |common, folder| {
        let same = common.components().zip(folder.components());
        same.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::labels;

    #[test]
    fn labels_tell_reports_apart() {
        let of = |paths: [&str; 2]| labels(&paths.map(Into::into));
        assert_eq!(of(["old/v1.2.json", "v1.3.json"]), ["v1.2", "v1.3"]);
        assert_eq!(of(["/x/a/now.json", "/x/b/now.json"]), ["a/now", "b/now"]);
        assert_eq!(of(["now.json", "old/now.json"]), ["now", "old/now"]);
    }
}
