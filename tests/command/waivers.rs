//! Waivers in documents, and what is told about them.

use crate::stage::{ADR_WITHOUT_STATUS, Folder};

fn with(waivers: &str) -> Folder {
    let text = ADR_WITHOUT_STATUS.replace("\nDate:", &format!("\n{waivers}\n\nDate:"));
    Folder::with(&[("docs/adr/0002-mail.md", &text)])
}

fn rules(folder: &Folder) -> Vec<String> {
    let ran = folder.run(&["docs", "--format", "json"]);
    ran.findings().into_iter().map(|(_, rule)| rule).collect()
}

#[test]
fn a_waiver_with_a_reason_holds_a_finding_back() {
    let folder = with("<!-- archlint: waive adr/status: the register holds it -->");
    assert_eq!(rules(&folder), [""; 0]);
    let folder = with("<!-- archlint: waive adr/* until 2999-12-31: the register holds it -->");
    assert_eq!(rules(&folder), [""; 0]);
    let text = format!(
        "---\narchlint:\n  waive:\n    adr/status: the register holds it\n---\n{ADR_WITHOUT_STATUS}"
    );
    let folder = Folder::with(&[("docs/adr/0002-mail.md", &text)]);
    assert_eq!(rules(&folder), [""; 0]);
}

#[test]
fn what_is_wrong_with_a_waiver_is_a_finding() {
    for (waiver, told, kept) in [
        ("waive adr/status", "waiver/no-reason", true),
        ("waive adr/state: typed badly", "waiver/unknown-rule", true),
        (
            "waive adr/status until 2020-01-31: for now",
            "waiver/expired",
            true,
        ),
        ("waive adr/status until never: x", "waiver/syntax", true),
    ] {
        let found = rules(&with(&format!("<!-- archlint: {waiver} -->")));
        assert!(found.iter().any(|rule| rule == told), "{waiver}: {found:?}");
        let is_kept = found.iter().any(|rule| rule == "adr/status");
        assert_eq!(is_kept, kept, "{waiver}: {found:?}");
    }
    let found = rules(&with(
        "<!-- archlint: waive adr/status: the register holds it -->\n<!-- archlint: waive adr/context: told elsewhere -->",
    ));
    assert_eq!(found, ["waiver/unneeded"]);
}

#[test]
fn under_a_heading_a_waiver_counts_for_the_section() {
    let page = |waived: &str| {
        format!(
            "# Mail\n\n## Goals\n\n{waived}\n\nThe answer must be fast enough for all.\n\n## Design\n\nIt must be highly available.\n"
        )
    };
    let folder = Folder::with(&[("docs/design/mail.md", &page(""))]);
    let vague = |folder: &Folder| {
        let found = rules(folder);
        found.iter().filter(|r| *r == "prose/vague-claim").count()
    };
    assert_eq!(vague(&folder), 2);
    folder.write(
        "docs/design/mail.md",
        page("<!-- archlint: waive prose/vague-claim: the contract has the figure -->").as_bytes(),
    );
    assert_eq!(vague(&folder), 1);
}

#[test]
fn a_waived_question_stands_in_the_checklist_with_its_reason() {
    let folder = Folder::with(&[(
        "docs/design/mail.md",
        "# Mail\n\n<!-- archlint: waive security/*: covered by the platform's review -->\n\n## Design\n\nUsers log in with a password over the public API, which stores personal data.\n",
    )]);
    let ran = folder
        .run(&["checklist", "docs", "--format", "markdown"])
        .exits(0);
    assert!(
        ran.out.contains("Waived: covered by the platform's review"),
        "{}",
        ran.out
    );
    let rows = folder.run(&["docs", "--format", "jsonl"]).out;
    assert!(
        rows.lines().any(|row| row.contains("\"security/")
            && row.contains("\"waiver\":\"covered by the platform's review\"")),
        "{rows}"
    );
}
