//! What is read from decision records in the forms that houses write them in.
#![allow(clippy::unwrap_used)]

use archlint_review::adr::{
    Check, DateForm, Fields, Form, RelationKind, Role, State, check, fields, fields_in_file,
};

fn read(text: &str) -> Fields {
    fields(&archlint_document::parse(text))
}

fn status(text: &str) -> Option<(Option<State>, Form)> {
    read(text).status.map(|status| (status.state, status.form))
}

fn date(text: &str) -> Option<(String, Form)> {
    read(text).date.map(|date| (date.text, date.form))
}

fn finds(which: Check, text: &str) -> Vec<String> {
    let document = archlint_document::parse(text);
    check(which, &document, &fields(&document))
        .into_iter()
        .map(|hit| document.source(&hit.span).to_owned())
        .collect()
}

#[test]
fn status_is_found_in_every_form() {
    use State::{Accepted, Open, Rejected, Superseded};
    for (text, state, form) in [
        ("# T\n\n## Status\n\nAccepted\n", Accepted, Form::Section),
        (
            "# T\n\n## 🚦 Status\n\n✅ Accepted\n",
            Accepted,
            Form::Section,
        ),
        (
            "T\n=\n\nStatus\n------\n\nRejected on 13 May 2020\n",
            Rejected,
            Form::Section,
        ),
        (
            "# T\n## Status: Accepted\n## Context\nx\n",
            Accepted,
            Form::Heading,
        ),
        ("# T\n\n**Status:** Adopted\n", Accepted, Form::BoldLine),
        (
            "# T\n\n**Status**: Draft, 2021-02-03\n",
            Open,
            Form::BoldLine,
        ),
        (
            "# T\n\n**<u>Status</u>**: Accepted\n",
            Accepted,
            Form::BoldLine,
        ),
        (
            "# T\n\nStatus: Accepted  \nDate: 2020-01-02\n",
            Accepted,
            Form::PlainLine,
        ),
        ("# T\n\n> Status: accepted\n", Accepted, Form::PlainLine),
        (
            "# T\n\n* Status: proposed\n* Date: 2020-01-02\n",
            Open,
            Form::ListItem,
        ),
        (
            "# T\n\n- **Status:** ~~Proposed~~ Done\n",
            Accepted,
            Form::ListItem,
        ),
        (
            "# T\n\n| Metadata | Value |\n|--|--|\n| Status | Implemented |\n",
            Accepted,
            Form::Table,
        ),
        (
            "# T\n\n| Status | Accepted |\n|--|--|\n| Date | 2020-01-02 |\n",
            Accepted,
            Form::Table,
        ),
        (
            "# T\n\n| Status | Date |\n|--|--|\n| Proposed | 2020-01-02 |\n| Approved | 2020-02-02 |\n",
            Accepted,
            Form::Table,
        ),
        (
            "---\nstatus: accepted\n---\n# T\n",
            Accepted,
            Form::FrontMatter,
        ),
        (
            "# T\n\n![Status](https://img.shields.io/badge/Status-Accepted-green)\n",
            Accepted,
            Form::Badge,
        ),
        ("# [Rejected] T\n\nText.\n", Rejected, Form::Title),
        ("# T (superseded)\n\nText.\n", Superseded, Form::Title),
        ("# T\n\n*Accepted, 2020-05-13*\n", Accepted, Form::PlainLine),
        (
            "# T\n\nSuperseded by [ADR-0012](0012-x.md)\n",
            Superseded,
            Form::PlainLine,
        ),
        (
            "# T\n\n- **Accepted:** 2026-08-20\n",
            Accepted,
            Form::ListItem,
        ),
        (
            "# T\n\n## Status\n\n- [ ] Proposed\n- [x] Accepted\n- [ ] Deprecated\n",
            Accepted,
            Form::Section,
        ),
        (
            "# T\n\n## Status\n\nAccepted\n\nSuperseded by [7. Other](0007-other.md)\n",
            Superseded,
            Form::Section,
        ),
        ("# T\n\n**Status**\n\nAccepted\n", Accepted, Form::BoldLine),
        (
            "# T\r\n\r\n## Status\r\n\r\nAccepted\r\n",
            Accepted,
            Form::Section,
        ),
    ] {
        assert_eq!(status(text), Some((Some(state), form)), "{text}");
    }
}

#[test]
fn what_only_looks_like_a_status_is_none() {
    for text in [
        "# T\n\n## Context\n\nThe status of an order is `new` or `paid`.\n",
        "# T\n\n* Status: [proposed | accepted | deprecated]\n",
        "# T\n\n## Status\n\nProposed / Accepted / Superseded\n",
        "# T\n\n## Status\n\nWhat is the status, such as proposed, accepted, rejected?\n",
        "# T\n\n## Status\n\n<!-- proposed or accepted -->\n",
        "# T\n\nWe accept that a record is not found at once. Proposed techniques follow.\n",
        "# T\n\n1. [Proposed techniques](#proposed-techniques)\n",
        "# T\n\n## Considered options\n\n### Badge\n\n![s](https://img.shields.io/badge/status-accepted-green)\n",
        "# Use (open source) queues\n\nText.\n",
    ] {
        assert_eq!(status(text), None, "{text}");
    }
}

#[test]
fn an_unknown_status_is_told_from_none() {
    let text = "# T\n\n## Status\n\nThe platform team.\n";
    assert_eq!(status(text), Some((None, Form::Section)));
    assert_eq!(finds(Check::AdrStatus, text), Vec::<String>::new());
    assert_eq!(finds(Check::AdrStatusValue, text), ["The platform team."]);
}

#[test]
fn date_is_found_in_every_form() {
    for (text, wanted, form) in [
        ("# T\n\nDate: 2020-05-13\n", "2020-05-13", Form::PlainLine),
        (
            "# T\n\n* **Last Modified:** 2023-07-19\n",
            "2023-07-19",
            Form::ListItem,
        ),
        (
            "# T\n\n**Status:** Accepted | **Date:** 2025-03-04\n",
            "2025-03-04",
            Form::BoldLine,
        ),
        (
            "# T\n\nIntroduced: 13 May 2020\n",
            "13 May 2020",
            Form::PlainLine,
        ),
        (
            "---\ndate: 2020-05-13\n---\n# T\n",
            "2020-05-13",
            Form::FrontMatter,
        ),
        (
            "# T\n\n| | |\n|-|-|\n| Date | Sep 13th, 2024 |\n",
            "Sep 13th, 2024",
            Form::Table,
        ),
        (
            "# T\n\n## Status\n\n**Approved** (by vote on 10/6/21)\n",
            "10/6/21",
            Form::BoldLine,
        ),
        (
            "# T\n\n## Changelog\n\n- 20-01-2020: first draft\n",
            "20-01-2020",
            Form::Section,
        ),
        (
            "# T\n\n_May 2020_\n\n## Context\n\nx\n",
            "May 2020",
            Form::PlainLine,
        ),
        (
            "# T\n\n## Date\n\n2020-05-13\n",
            "2020-05-13",
            Form::Section,
        ),
        (
            "# T\n\n## Context\n\nx\n\n---\n\n**Date**: 2020-05-13\n",
            "2020-05-13",
            Form::BoldLine,
        ),
    ] {
        assert_eq!(date(text), Some((wanted.to_owned(), form)), "{text}");
    }
}

#[test]
fn dates_of_other_things_are_not_the_record_s() {
    for text in [
        "# T\n\n## Context\n\nIn March 2020 the cluster failed on 2020-03-12.\n",
        "# T\n\n* Date: YYYY-MM-DD\n",
        "# T\n\n## Context\n\n| Release | Date |\n|--|--|\n| 1.0 | soon |\n",
    ] {
        assert_eq!(date(text), None, "{text}");
    }
}

#[test]
fn a_date_in_the_path_counts_when_the_text_has_none() {
    let document = archlint_document::parse("# T\n\n## Decision\n\nQueues.\n");
    let path = "decision-records/2022-05-13-queues/README.md";
    let date = fields_in_file(&document, Some(path)).date.unwrap();
    assert_eq!(
        (date.text.as_str(), date.form),
        ("2022-05-13", Form::FileName)
    );
    assert!(fields(&document).date.is_none());
}

#[test]
fn parts_are_found_under_house_names_and_in_prose() {
    for text in [
        "# T\n\n## Why\n\nIt is slow.\n\n## Resolution\n\nA cache.\n\n## Trade-offs\n\nStale reads.\n",
        "# T\n\n## Background\n\nIt is slow.\n\n## Approach\n\nA cache.\n\n## Impact\n\nStale reads.\n",
        "# T\n\n**Issue**\n\nIt is slow.\n\n**Decision**\n\nA cache.\n\n**Implications**\n\nStale reads.\n",
        "# T\n\n- **Context:** it is slow\n- **Decision:** a cache\n- **Consequences:** stale reads\n",
        "# T\n\n## Motivation\n\nIt is slow.\n\n## Decision Outcome\n\nA cache.\n\n### Negative Consequences\n\n* Stale reads.\n",
        "# T\n\n| Context | It is slow |\n|--|--|\n| Decision | A cache |\n| Consequences | Stale reads |\n",
        "# T\n\nLookups are slow at present, which is a problem at noon. We will put a cache in front. \
         As a result reads can be stale.\n",
        "# T\n\n## Context\n\nIt is slow.\n\n## Decision: put a cache in front\n\n## Consquences\n\nStale reads.\n",
    ] {
        let fields = read(text);
        let found = (
            fields.has_context,
            fields.has_decision,
            fields.has_consequences,
        );
        assert_eq!(found, (true, true, true), "{text}\n{:?}", fields.parts);
    }
}

#[test]
fn empty_parts_and_template_text_are_not_there() {
    let text = "# T\n\n## Context\n\n{Describe the context, e.g., in two sentences.}\n\n## Decision\n\n\
                ## Consequences\n\n<!-- what becomes harder? -->\n";
    let fields = read(text);
    assert!(
        !fields.has_context && !fields.has_decision && !fields.has_consequences,
        "{:?}",
        fields.parts
    );
    assert_eq!(finds(Check::AdrContext, text), ["## Context"]);
    assert_eq!(finds(Check::AdrDecision, text), ["## Decision"]);
    assert_eq!(finds(Check::AdrConsequences, text), ["## Consequences"]);
    assert_eq!(finds(Check::Placeholder, text).len(), 3);
}

#[test]
fn a_choice_left_in_is_a_placeholder_and_no_status() {
    let text = "# T\n\n## Status\n\n> Accepted or Rejected\n\n## Decision\n\nA cache.\n";
    assert_eq!(status(text), None);
    assert_eq!(finds(Check::Placeholder, text), ["Accepted or Rejected"]);
    assert_eq!(finds(Check::AdrStatus, text), ["Accepted or Rejected"]);
}

#[test]
fn missing_parts_are_reported_where_they_belong() {
    let text = "# T\n\n## Problem\n\nIt is slow.\n\n## Decision\n\nA cache.\n";
    assert_eq!(finds(Check::AdrConsequences, text), ["## Decision"]);
    assert_eq!(finds(Check::AdrStatus, text), ["# T"]);
    assert_eq!(finds(Check::AdrDate, text), ["# T"]);
}

#[test]
fn options_do_not_decide_and_their_price_is_not_the_decision_s() {
    let text =
        "# T\n\n## Context\n\nIt is slow.\n\n## Considered options\n\n* A cache\n* An index\n";
    let fields = read(text);
    assert!(
        !fields.has_decision && !fields.has_consequences,
        "{:?}",
        fields.parts
    );
    assert_eq!(fields.parts_of(Role::Options).count(), 1);
}

#[test]
fn numbers_titles_and_relations_are_read() {
    let fields = read(
        "# ADR-0012: Keep sessions in Redis\n\n## Status\n\nSuperseded by [ADR-31](0031-tokens.md)\n\n\
         Supersedes [ADR 7](0007-disk.md)\n",
    );
    assert_eq!(fields.number, Some(12));
    assert_eq!(
        fields.title.as_ref().unwrap().text,
        "ADR-0012: Keep sessions in Redis"
    );
    let relations: Vec<_> = fields
        .relations
        .iter()
        .map(|r| (r.kind, r.target.as_deref(), r.number))
        .collect();
    assert_eq!(
        relations,
        [
            (RelationKind::SupersededBy, Some("0031-tokens.md"), Some(31)),
            (RelationKind::Supersedes, Some("0007-disk.md"), Some(7)),
        ]
    );
    let table = "# T\n\n| | |\n|-|-|\n| Superseded by: | N/A |\n| Supersedes | None |\n";
    assert!(read(table).relations.is_empty());
    let front = "---\nstatus: superseded by ADR-0123\nsupersedes: [\"0007\"]\n---\n# T\n";
    let kinds: Vec<_> = read(front)
        .relations
        .iter()
        .map(|r| (r.kind, r.number))
        .collect();
    assert_eq!(
        kinds,
        [
            (RelationKind::SupersededBy, Some(123)),
            (RelationKind::Supersedes, Some(7))
        ]
    );
}

#[test]
fn a_title_may_stand_in_front_matter_or_be_missing() {
    assert_eq!(
        read("---\ntitle: \"ADR006: Sessions\"\n---\n\n## Context\n\nx\n").number,
        Some(6)
    );
    assert_eq!(
        read("# Title\n\nKeep sessions\n\n## Context\n\nx\n")
            .title
            .unwrap()
            .text,
        "Keep sessions"
    );
    assert_eq!(
        read("---\ntitle: Sessions\n---\n\n### The problem at hand\n\nx\n")
            .title
            .unwrap()
            .text,
        "Sessions"
    );
    assert!(
        read("## Context\n\nx\n\n## Decision\n\ny\n")
            .title
            .is_none()
    );
    assert_eq!(
        read("# Decision: sessions in Redis\n\n## Context\n\nx\n")
            .title
            .unwrap()
            .text,
        "Decision: sessions in Redis"
    );
}

#[test]
fn dates_in_other_forms_are_told() {
    let form = |text: &str| read(text).date.unwrap().written;
    assert_eq!(form("# T\n\nDate: 2020-05-13\n"), DateForm::Iso);
    assert_eq!(form("# T\n\nDate: 05/06/2020\n"), DateForm::Ambiguous);
    assert_eq!(form("# T\n\nDate: 14.01.2025\n"), DateForm::Clear);
    assert_eq!(
        finds(Check::AdrDateFormat, "# T\n\nDate: 14.01.2025\n"),
        ["14.01.2025"]
    );
}

#[test]
fn nothing_panics_on_scraps() {
    for text in [
        "",
        "\u{feff}",
        "#",
        "# \n",
        "---\n---\n",
        "**",
        "Status:",
        "| Status |\n|-|\n",
        "**Status**",
        "# é\n\n**Ständ:** é",
    ] {
        let document = archlint_document::parse(text);
        let fields = fields(&document);
        for (_, which) in Check::ALL {
            check(which, &document, &fields);
        }
        archlint_review::adr::fixes(&document, &fields, Some("2026-11-25"));
    }
}
