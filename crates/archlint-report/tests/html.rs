//! The HTML report, the matrix and the badge, for runs made by hand. How browsers take the pages is
//! tested in `tests/report-html`.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // shared with tests that need more of it
mod outcome;

use archlint_report::*;
use archlint_review::Status;
use archlint_workspace::{Outcome, Reviewed, Unreadable};
use outcome::{answer, document, outcome, rules};

const TEXT: &str = "# Ship\n\nWe roll back to the old image.\n\nNothing else.\n";

fn reviewed(path: &str) -> Reviewed {
    let mut reviewed = document(path, TEXT, Vec::new());
    let mut waived = answer("deployment/feature-flags", TEXT, "Nothing");
    waived.status = Status::Waived;
    waived.waiver = Some("one customer <b>only</b>".into());
    let mut open = answer("security/secure-design", TEXT, "image");
    open.status = Status::Absent;
    open.evidence.clear();
    let mut unasked = answer("deployment/rolling-update", TEXT, "old image");
    unasked.asked = false;
    reviewed.review.answers = vec![
        answer("deployment/rollback", TEXT, "roll back"),
        waived,
        unasked,
        open,
    ];
    reviewed
}

fn report(run: &Outcome) -> ChecklistReport {
    checklist_report(run, &[&rules()])
}

fn html(run: &Outcome) -> String {
    let mut out = Vec::new();
    checklist_html(&report(run), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The page without its style and script.
fn body(page: &str) -> &str {
    page.split_once("<body>")
        .unwrap()
        .1
        .split_once("<script>")
        .unwrap()
        .0
}

#[test]
fn a_question_comes_with_its_state_its_evidence_and_why_it_is_asked() {
    let page = html(&outcome(vec![reviewed("docs/a.md")]));
    let body = body(&page);
    for said in [
        "<strong>2 of 3</strong>",
        "Read as design: it lies in a folder `design`.",
        "<p dir=\"auto\">roll back</p>",
        "<code>docs/a.md:3</code> · <bdi>says so</bdi>",
        "Asked because <code>docs/a.md:3</code> <bdi>is named</bdi>",
        "Waived: <bdi>one customer &lt;b&gt;only&lt;/b&gt;</bdi>",
        "Not asked of this document (1)",
    ] {
        assert!(body.contains(said), "{said}\n{body}");
    }
    assert!(!body.contains("id=\"map\""), "one document needs no map");
}

#[test]
fn the_policy_names_what_is_in_the_page_and_nothing_else() {
    let page = html(&outcome(vec![reviewed("docs/a.md")]));
    let policy = page
        .split_once("Content-Security-Policy\" content=\"")
        .unwrap()
        .1
        .split_once('"')
        .unwrap()
        .0;
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(policy.matches("'sha256-").count(), 2, "{policy}");
    assert!(
        !body(&page).contains(" style="),
        "styles in attributes are refused"
    );
    for loaded in [" src=", "<link", "@import", "url("] {
        assert!(!page.contains(loaded), "{loaded}");
    }
}

#[test]
fn a_hostile_path_is_text_everywhere() {
    let path = "docs/\"><img src=x onerror=alert(1)>\u{202e}</script>.md";
    for run in [
        outcome(vec![reviewed(path)]),
        outcome(vec![reviewed(path), reviewed("docs/b.md")]),
    ] {
        let page = html(&run);
        assert!(!page.contains("<img"), "{page}");
        assert!(!page.contains('\u{202e}'));
        assert_eq!(page.matches("</script>").count(), 1);
    }
}

#[test]
fn several_documents_have_a_map_that_leads_to_them() {
    let page = html(&outcome(vec![reviewed("docs/a.md"), reviewed("docs/b.md")]));
    let body = body(&page);
    assert!(body.contains("<strong>4 of 6</strong>"), "{body}");
    for link in ["href=\"#d0\"", "href=\"#d1-g0\""] {
        assert!(body.contains(link), "{link}");
        let target = link.replace("href=\"#", "id=\"");
        assert!(body.contains(&target), "{target}");
    }
}

#[test]
fn what_was_left_out_is_told_with_the_reason() {
    let mut skipped = document("notes.md", "# Notes\n", Vec::new());
    skipped.skipped = Some("it is of kind other".into());
    let mut run = outcome(vec![skipped]);
    run.unreadable.push(Unreadable {
        path: "docs/<x>.md".into(),
        message: "is not UTF-8".into(),
        span: None,
    });
    let page = html(&run);
    assert!(page.contains("notes.md</code></bdi>: <bdi>it is of kind other"));
    assert!(page.contains("docs/&lt;x&gt;.md</code></bdi> <bdi>is not UTF-8"));
}

#[test]
fn a_spreadsheet_gets_questions_of_one_document_and_a_matrix_of_several() {
    let csv = |run: &Outcome| {
        let mut out = Vec::new();
        checklist_csv(&report(run), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let one = csv(&outcome(vec![reviewed("a.md")]));
    assert_eq!(one.lines().count(), 1 + 4, "{one}");
    assert!(one.contains("a.md,design,Deployment Strategies,deployment/rollback,Rollback,yes,answered,3,roll back,\n"), "{one}");
    let mut skipped = document("notes.md", "# Notes\n", Vec::new());
    skipped.skipped = Some("no".into());
    let two = csv(&outcome(vec![reviewed("a.md"), skipped, reviewed("b.md")]));
    assert_eq!(
        two,
        "path,kind,deployment/rollback,deployment/feature-flags,deployment/rolling-update,\
         Deployment Strategies: answered,Deployment Strategies: asked,\
         security/secure-design,Security: answered,Security: asked,All: answered,All: asked\n\
         a.md,design,answered,waived,,2,2,open,0,1,2,3\n\
         b.md,design,answered,waived,,2,2,open,0,1,2,3\n\
         All,,2 of 2,2 of 2,,4,4,0 of 2,0,2,4,6\n"
    );
}

#[test]
fn markdown_has_a_table_per_group_with_a_column_per_question() {
    let mut out = Vec::new();
    let run = outcome(vec![reviewed("a.md"), reviewed("b.md")]);
    checklist_markdown(&report(&run), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let table = "\
## Deployment Strategies: by document

| Document | Rollback | Feature flags | Rolling update | All |
| --- | ---: | ---: | ---: | ---: |
| `a.md` | ✔ | ⊘ | – | 2/2 |
| `b.md` | ✔ | ⊘ | – | 2/2 |
| **All** | 2/2 | 2/2 | – | 4/4 |
";
    assert!(text.contains(table), "{text}");
}

#[test]
fn a_badge_counts_all_documents_and_is_well_formed() {
    let mut out = Vec::new();
    let run = outcome(vec![reviewed("a.md"), reviewed("b.md")]);
    badge(&report(&run), &mut out).unwrap();
    let svg = String::from_utf8(out).unwrap();
    assert!(
        svg.contains("<title>design review: 66% answered</title>"),
        "{svg}"
    );
    assert!(!svg.contains("a.md"), "{svg}");
}
