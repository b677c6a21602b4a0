//! Mending documents on the disk.
#![allow(clippy::unwrap_used)]

mod common;

use archlint_workspace::fixes::{ReplaceError, of_document, plan, replace};
use archlint_workspace::folder::{self, Listings};
use common::Folder;

fn names(folder: &Folder) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_replaced_and_nothing_is_left_beside_it() {
    let folder = Folder::new(&[("a.md", "before")]);
    replace(&folder.path().join("a.md"), "before", "after").unwrap();
    assert_eq!(
        std::fs::read_to_string(folder.path().join("a.md")).unwrap(),
        "after"
    );
    assert_eq!(names(&folder), ["a.md"]);
}

#[test]
fn a_file_that_changed_meanwhile_is_left_alone() {
    let folder = Folder::new(&[("a.md", "somebody else's")]);
    let error = replace(&folder.path().join("a.md"), "before", "after").unwrap_err();
    assert!(matches!(error, ReplaceError::Changed));
    assert_eq!(
        std::fs::read_to_string(folder.path().join("a.md")).unwrap(),
        "somebody else's"
    );
    assert_eq!(names(&folder), ["a.md"]);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new(&[("real.md", "before")]);
    let real = folder.path().join("real.md");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link.md");
    std::os::unix::fs::symlink("real.md", &link).unwrap();
    replace(&link, "before", "after").unwrap();
    assert!(link.is_symlink());
    assert_eq!(std::fs::read_to_string(&real).unwrap(), "after");
    assert_eq!(
        std::fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );
}

#[test]
fn a_file_that_is_read_only_stays() {
    let folder = Folder::new(&[("a.md", "before")]);
    let file = folder.path().join("a.md");
    let mut permissions = std::fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file, permissions).unwrap();
    let error = replace(&file, "before", "after").unwrap_err();
    assert!(error.to_string().contains("permission denied"), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "before");
}

#[test]
fn a_record_gets_what_it_lacks_unless_that_is_waived() {
    let record = "# 1. Use queues\n\nDate: 2024-05-01\n\n## Context\n\nx\n\n## Decision\n\ny\n\n## Consequences\n\nz\n";
    let waived = record.replace(
        "Date:",
        "<!-- archlint: waive adr/status: kept elsewhere -->\n\nDate:",
    );
    let folder = Folder::new(&[("adr/0001-a.md", record), ("adr/0002-b.md", &waived)]);
    let outcome = folder.run(&["adr"], None);
    let fixes: Vec<_> = outcome
        .documents
        .iter()
        .flat_map(|d| of_document(d, None))
        .collect();
    let status: Vec<_> = fixes
        .iter()
        .filter(|fix| fix.rule == "adr/status")
        .collect();
    assert_eq!(status.len(), 1);
    let text = |file: &std::path::Path| {
        let one = outcome
            .documents
            .iter()
            .find(|d| d.file.as_deref() == Some(file))?;
        Some(one.document.text.as_str())
    };
    let plan = plan(&fixes, text);
    assert_eq!(plan.changed.len(), 1);
    for changed in plan.changed {
        assert!(changed.file.ends_with("0001-a.md"));
        assert!(
            changed.after.contains("\n## Status\n\nProposed\n"),
            "{}",
            changed.after
        );
    }
}

/// The records of a folder after all fixes of `adr/links` and `adr/superseded`, by name.
fn mended(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let folder = Folder::new(files);
    let outcome = folder.run(&["."], None);
    let listings = Listings::read(outcome.documents.iter().filter_map(|d| d.file.as_deref()));
    let fixes = folder::fixes(&outcome.documents, &listings);
    let text = |file: &std::path::Path| {
        let one = outcome
            .documents
            .iter()
            .find(|d| d.file.as_deref() == Some(file))?;
        Some(one.document.text.as_str())
    };
    let plan = plan(&fixes, text);
    for changed in &plan.changed {
        replace(&changed.file, &changed.before, &changed.after).unwrap();
    }
    // What is mended is not reported again.
    let again = folder.run(&["."], None);
    for document in &again.documents {
        let left = document
            .review
            .findings
            .iter()
            .find(|f| f.rule == "adr/superseded");
        assert!(left.is_none(), "{left:?}");
    }
    let name = |path: &std::path::Path| path.file_name().unwrap().to_string_lossy().into_owned();
    plan.changed
        .iter()
        .map(|changed| (name(&changed.file), changed.after.clone()))
        .collect()
}

fn record(title: &str, status: &str) -> String {
    format!(
        "# {title}\n\n## Status\n\n{status}\n\n## Context\n\nx\n\n## Decision\n\ny\n\n## Consequences\n\nz\n"
    )
}

#[test]
fn a_link_to_a_renamed_record_follows_it() {
    let first =
        record("1. A", "Accepted") + "\nSee [two](./0002-old.md#context) and [no](0009-gone.md).\n";
    let files = [
        ("adr/0001-a.md", &*first),
        ("adr/0002-new.md", &record("2. B", "Accepted")),
    ];
    let changed = mended(&files);
    assert_eq!(changed.len(), 1);
    assert!(
        changed[0]
            .1
            .ends_with("See [two](./0002-new.md#context) and [no](0009-gone.md).\n")
    );
}

#[test]
fn both_sides_of_a_replacement_say_so() {
    let changed = mended(&[
        (
            "adr/0001-a.md",
            &record("1. A", "Superseded by [2. B](0002-b.md)"),
        ),
        ("adr/0002-b.md", &record("2. B", "Accepted")),
        ("adr/0003-c.md", &record("3. C", "Accepted")),
        (
            "adr/0004-d.md",
            &record("4. D", "Accepted\n\nSupersedes [3. C](0003-c.md)"),
        ),
    ]);
    assert_eq!(changed.len(), 2);
    assert!(
        changed[0]
            .1
            .contains("## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)\n\n## Context"),
        "{}",
        changed[0].1
    );
    assert!(
        changed[1]
            .1
            .contains("## Status\n\nSuperseded by [4. D](0004-d.md)\n\n## Context"),
        "{}",
        changed[1].1
    );
}
