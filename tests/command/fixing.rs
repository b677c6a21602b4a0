//! `archlint --fix` and `--diff`.

use crate::stage::{ADR_WITHOUT_STATUS, Folder, GOOD_ADR};

#[test]
fn a_diff_shows_and_changes_nothing() {
    let folder = Folder::with(&[("adr/0002-mail.md", ADR_WITHOUT_STATUS)]);
    let ran = folder.run(&["adr", "--diff"]).exits(1);
    assert!(
        ran.out
            .starts_with("--- a/adr/0002-mail.md\n+++ b/adr/0002-mail.md\n@@ "),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("\n+## Status\n+\n+Proposed\n"),
        "{}",
        ran.out
    );
    assert_eq!(folder.read("adr/0002-mail.md"), ADR_WITHOUT_STATUS);
    let clean = Folder::with(&[("adr/0001-dates.md", GOOD_ADR)]);
    assert_eq!(clean.run(&["adr", "--diff"]).exits(0).out, "");
}

#[test]
fn a_fix_mends_the_form_and_reports_the_rest() {
    let without_date = ADR_WITHOUT_STATUS.replace("Date: 2026-02-18\n\n", "");
    let folder = Folder::with(&[("adr/0002-mail.md", &without_date)]);
    let ran = folder.run(&["adr", "--fix"]).exits(0);
    assert!(
        ran.err.contains("mended 2 findings in 1 file"),
        "{}",
        ran.err
    );
    let text = folder.read("adr/0002-mail.md");
    assert!(text.contains("\n## Status\n\nProposed\n"), "{text}");
    assert!(text.contains("\nDate: 20"), "{text}");
    let again = folder.run(&["adr", "--fix"]).exits(0);
    assert!(again.err.contains("mended 0 findings"), "{}", again.err);
    assert_eq!(folder.read("adr/0002-mail.md"), text);
}

#[test]
fn line_endings_and_a_byte_order_mark_stay() {
    let text = format!("\u{feff}{}", ADR_WITHOUT_STATUS.replace('\n', "\r\n"));
    let folder = Folder::with(&[("adr/0002-mail.md", &text)]);
    folder.run(&["adr", "--fix"]).exits(0);
    let mended = folder.read("adr/0002-mail.md");
    assert!(mended.starts_with("\u{feff}# 2."), "{mended:?}");
    assert!(
        mended.contains("\r\n## Status\r\n\r\nProposed\r\n"),
        "{mended:?}"
    );
    assert_eq!(mended.matches('\n').count(), mended.matches("\r\n").count());
}

#[test]
fn both_sides_of_a_replacement_are_linked() {
    let old = GOOD_ADR.replace("Accepted", "Superseded by [2](0002-new-dates.md)");
    let new = GOOD_ADR.replace("# 1. Store", "# 2. Store other");
    let folder = Folder::with(&[("adr/0001-dates.md", &old), ("adr/0002-new-dates.md", &new)]);
    folder.run(&["adr", "--fix"]).exits(0);
    let text = folder.read("adr/0002-new-dates.md");
    assert!(text.contains("0001-dates.md"), "{text}");
    assert_eq!(folder.read("adr/0001-dates.md"), old);
}
