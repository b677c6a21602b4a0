//! What waivers do to a review.
#![allow(clippy::unwrap_used)]

mod common;

use archlint_review::{Kind, Status};
use archlint_workspace::{Reviewed, conclude, folder::Listings};
use common::{Folder, answer, ask, finding, shown};

const TODAY: Option<&str> = Some("2026-06-01");

/// A document whose queue raises two questions and whose prose is vague, with `waivers` in it.
fn review(text: &str) -> Reviewed {
    let folder = Folder::new(&[]);
    let mut one = folder.examined("docs/a.md", Kind::Design, text);
    ask(&mut one, "deployment/rollback", "queue");
    let document = one.document.clone();
    let answered = answer(
        &document,
        "deployment/feature-flags",
        Status::Answered,
        "queue",
    );
    one.review.answers.push(answered);
    one.review
        .findings
        .push(finding(&document, "adr/links", false, "fast"));
    conclude(vec![one], &Listings::default(), TODAY).remove(0)
}

fn rules(reviewed: &Reviewed) -> Vec<String> {
    shown(&reviewed.document.text, &reviewed.review.findings)
}

#[test]
fn a_waiver_under_the_title_is_for_the_document() {
    let reviewed = review(
        "# Orders\n<!-- archlint: waive deployment/rollback: it is thrown away after the fair -->\n\n## Design\n\nA queue that is fast.\n",
    );
    assert_eq!(rules(&reviewed), ["adr/links@6: raised here"]);
    let answer = &reviewed.review.answers[0];
    assert_eq!(answer.status, Status::Waived);
    assert_eq!(
        answer.waiver.as_deref(),
        Some("it is thrown away after the fair")
    );
}

#[test]
fn a_waiver_under_a_heading_is_for_its_section() {
    let here = review(
        "# Orders\n\n## Why\n\nx\n\n## Design\n\n<!-- archlint: waive deployment/rollback: one day only -->\n\nA queue that is fast.\n",
    );
    assert_eq!(here.review.answers[0].status, Status::Waived);
    let elsewhere = review(
        "# Orders\n\n## Why\n\n<!-- archlint: waive deployment/rollback: one day only -->\n\nx\n\n## Design\n\nA queue that is fast.\n",
    );
    assert_eq!(elsewhere.review.answers[0].status, Status::Absent);
    assert_eq!(
        rules(&elsewhere),
        [
            "waiver/unneeded@5: `deployment/rollback` is raised outside of this section",
            "deployment/rollback@11: raised here",
            "adr/links@11: raised here",
        ]
    );
}

#[test]
fn findings_without_a_question_and_whole_groups_can_be_waived() {
    let reviewed = review(
        "<!-- archlint: waive deployment/*, adr/links until 2026-06-01: a sketch -->\n# Orders\n\nA queue that is fast.\n",
    );
    assert_eq!(rules(&reviewed), Vec::<String>::new());
    assert_eq!(reviewed.review.answers[0].status, Status::Waived);
    // What is answered stays answered.
    assert_eq!(reviewed.review.answers[1].status, Status::Answered);
}

#[test]
fn the_front_matter_can_waive() {
    for matter in [
        "archlint: { waive: { \"deployment/rollback\": \"one day only\" } }",
        "archlint:\n  waive:\n    - deployment/rollback: one day only",
        "archlint:\n  waive:\n    - rule: deployment/rollback\n      reason: one day only\n      until: \"2027-01-01\"",
        "archlint:\n  waive:\n    - \"deployment/rollback until 2027-01-01: one day only\"",
        "archlint:\n  waive:\n    deployment/rollback: { reason: one day only }",
    ] {
        let reviewed = review(&format!(
            "---\n{matter}\n---\n# Orders\n\nA queue that is fast.\n"
        ));
        assert_eq!(
            reviewed.review.answers[0].waiver.as_deref(),
            Some("one day only"),
            "{matter}"
        );
        assert_eq!(
            reviewed.review.findings.len(),
            1,
            "{matter}: {:?}",
            rules(&reviewed)
        );
    }
}

#[test]
fn a_waiver_without_a_reason_does_not_count() {
    let reviewed =
        review("# Orders\n<!-- archlint: waive deployment/rollback -->\n\nA queue that is fast.\n");
    assert_eq!(
        rules(&reviewed),
        [
            "waiver/no-reason@2: without a reason it does not count",
            "deployment/rollback@4: raised here",
            "adr/links@4: raised here",
        ]
    );
}

#[test]
fn an_expired_waiver_does_not_count() {
    let text = "# Orders\n<!-- archlint: waive deployment/rollback until 2026-05-31: one day only -->\n\nA queue that is fast.\n";
    let reviewed = review(text);
    assert_eq!(
        rules(&reviewed)[0],
        "waiver/expired@2: it held until 2026-05-31, and no longer counts"
    );
    assert_eq!(reviewed.review.answers[0].status, Status::Absent);
    let span = reviewed.review.findings[0].span.clone();
    assert_eq!(&text[span], "2026-05-31");
}

#[test]
fn a_waiver_of_an_unknown_rule_says_what_was_meant() {
    let reviewed = review(
        "# Orders\n<!-- archlint: waive deployment/rolback: x -->\n\nA queue that is fast.\n",
    );
    let finding = &reviewed.review.findings[0];
    assert_eq!(finding.rule, "waiver/unknown-rule");
    assert_eq!(finding.help, "Did you mean `deployment/rollback`?");
}

#[test]
fn a_waiver_that_is_not_needed_says_why() {
    let label = |rule: &str| {
        let text =
            format!("# Orders\n<!-- archlint: waive {rule}: x -->\n\nA queue that is fast.\n");
        let reviewed = review(&text);
        let found = reviewed
            .review
            .findings
            .iter()
            .find(|f| f.rule == "waiver/unneeded");
        found.map(|finding| finding.label.clone())
    };
    assert_eq!(
        label("deployment/feature-flags").unwrap(),
        "the document answers the question"
    );
    assert_eq!(
        label("template/unfilled").unwrap(),
        "nothing here would be reported"
    );
    assert_eq!(label("deployment/rollback"), None);
    // Of one document alone it is not known what its neighbours bring up.
    assert_eq!(label("adr/number"), None);
}

#[test]
fn a_directive_that_cannot_be_read_is_reported_at_its_word() {
    let text =
        "# Orders\n<!-- archlint: wave deployment/rollback: x -->\n\nA queue that is fast.\n";
    let reviewed = review(text);
    let finding = &reviewed.review.findings[0];
    assert_eq!(finding.rule, "waiver/syntax");
    assert_eq!(&text[finding.span.clone()], "wave");
    assert_eq!(finding.help, "did you mean `waive`?");
}
