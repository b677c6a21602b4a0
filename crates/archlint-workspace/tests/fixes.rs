//! Mending documents on the disk.
#![allow(clippy::unwrap_used)]

mod common;

use archlint_workspace::fixes::{ReplaceError, of_document, plan, replace};
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
    // Until the rule pack has the rule there is nothing to mend.
    let has_rule = outcome.documents[0]
        .review
        .findings
        .iter()
        .any(|f| f.rule == "adr/status");
    assert_eq!(status.len(), usize::from(has_rule));
    let text = |file: &std::path::Path| {
        let one = outcome
            .documents
            .iter()
            .find(|d| d.file.as_deref() == Some(file))?;
        Some(one.document.text.as_str())
    };
    let plan = plan(&fixes, text);
    assert_eq!(plan.changed.len(), usize::from(has_rule));
    for changed in plan.changed {
        assert!(changed.file.ends_with("0001-a.md"));
        assert!(
            changed.after.to_lowercase().contains("status: proposed"),
            "{}",
            changed.after
        );
    }
}
