//! Edits that complete a record in its own form.
#![allow(clippy::unwrap_used)]

use archlint_review::adr::{State, fields, fixes};

/// The text after all edits.
fn fixed(text: &str) -> String {
    let document = archlint_document::parse(text);
    let mut edits = fixes(&document, &fields(&document), Some("2026-11-25"));
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.span, &edit.text);
    }
    text
}

#[test]
fn a_missing_fact_takes_the_form_of_the_other_one() {
    for (text, wanted) in [
        (
            "# T\n\n* Date: 2020-01-02\n* Deciders: Ana\n",
            "# T\n\n* Date: 2020-01-02\n* Status: proposed\n* Deciders: Ana\n",
        ),
        (
            "# T\n\n- **Status:** Accepted\n- **Tags:** x\n",
            "# T\n\n- **Status:** Accepted\n- **Date:** 2026-11-25\n- **Tags:** x\n",
        ),
        (
            "# T\n\n**Status:** Accepted  \n**Owner:** Ana\n",
            "# T\n\n**Status:** Accepted  \n**Date:** 2026-11-25  \n**Owner:** Ana\n",
        ),
        (
            "---\nstatus: accepted\n---\n# T\n",
            "---\nstatus: accepted\ndate: 2026-11-25\n---\n# T\n",
        ),
        (
            "# T\n\n| Field | Value |\n|--|--|\n| Status | Accepted |\n",
            "# T\n\n| Field | Value |\n|--|--|\n| Status | Accepted |\n| Date | 2026-11-25 |\n",
        ),
        (
            "# T\n\nDate: 2020-01-02\n\n## Context\n\nx\n",
            "# T\n\nDate: 2020-01-02\n\n## Status\n\nProposed\n\n## Context\n\nx\n",
        ),
        (
            "# T\n\n## Status\n\nAccepted\n",
            "# T\n\nDate: 2026-11-25\n\n## Status\n\nAccepted\n",
        ),
        (
            "# T\r\n\r\n## Status\r\n\r\nAccepted\r\n",
            "# T\r\n\r\nDate: 2026-11-25\r\n\r\n## Status\r\n\r\nAccepted\r\n",
        ),
    ] {
        assert_eq!(fixed(text), wanted, "{text}");
    }
}

#[test]
fn a_place_that_calls_for_a_value_gets_it() {
    for (text, wanted) in [
        (
            "# T\n\nDate: 2020-01-02\n\n## Status\n\n## Context\n\nx\n",
            "# T\n\nDate: 2020-01-02\n\n## Status\n\nProposed\n\n## Context\n\nx\n",
        ),
        (
            "# T\n\n* Status:\n* Date: 2020-01-02\n",
            "# T\n\n* Status: proposed\n* Date: 2020-01-02\n",
        ),
        (
            "# T\n\n* **Status:**\n* **Date:** 2020-01-02\n",
            "# T\n\n* **Status:** proposed\n* **Date:** 2020-01-02\n",
        ),
        (
            "# T\n\n* Status: [proposed | accepted]\n* Date: YYYY-MM-DD\n",
            "# T\n\n* Status: proposed\n* Date: 2026-11-25\n",
        ),
        (
            "---\nstatus: accepted\ndate:\n---\n# T\n",
            "---\nstatus: accepted\ndate: 2026-11-25\n---\n# T\n",
        ),
        (
            "# T\n\n| Status |  |\n|--|--|\n| Date | 2020-01-02 |\n",
            "# T\n\n| Status | proposed |\n|--|--|\n| Date | 2020-01-02 |\n",
        ),
    ] {
        let after = fixed(text);
        assert_eq!(after.replace("  |", " |"), wanted, "{text}");
    }
}

#[test]
fn a_date_is_rewritten_only_where_it_says_one_day() {
    assert_eq!(
        fixed("# T\n\nStatus: accepted\nDate: 14.01.2025\n"),
        "# T\n\nStatus: accepted\nDate: 2025-01-14\n"
    );
    assert_eq!(
        fixed("# T\n\n* Status: done\n* Date: Sep 13th, 2024\n"),
        "# T\n\n* Status: done\n* Date: 2024-09-13\n"
    );
    for text in [
        "# T\n\nStatus: accepted\nDate: 05/06/2020\n",
        "# T\n\nStatus: accepted\nDate: May 2020\n",
    ] {
        assert_eq!(fixed(text), text);
    }
}

#[test]
fn what_is_put_in_is_found_afterwards() {
    for text in [
        "# T\n",
        "# T\n\nSome text.\n",
        "Some text.\n",
        "## Context\n\nx\n",
        "\u{feff}# T\n\n## Decision\n\nx\n",
        "---\ntags: [a]\n---\n# T\n\n## Decision\n\nx\n",
        "T\n===\n\n## Decision\n\nx\n",
        "# T",
    ] {
        let after = fixed(text);
        let found = fields(&archlint_document::parse(&after));
        let status = found
            .status
            .unwrap_or_else(|| panic!("no status in {after:?}"));
        assert_eq!(status.state, Some(State::Open), "{after:?}");
        assert_eq!(
            found
                .date
                .unwrap_or_else(|| panic!("no date in {after:?}"))
                .text,
            "2026-11-25"
        );
    }
}
