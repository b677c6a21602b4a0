//! Faults on purpose, for the protocol tests: the environment variable `ARCHLINT_TEST_FAULTS` holds
//! a list, parted by semicolons, of
//!
//! - `review-panics=TEXT`: the review of a document that holds TEXT panics;
//! - `server-panics=TEXT`: taking in a document that holds TEXT panics outside of a review;
//! - `reviewer-panics=TEXT`: the reviewing thread panics on a document that holds TEXT, outside of its
//!   review;
//! - `review-takes=MILLISECONDS`: every review takes that much longer.
//!
//! Without the variable nothing here does anything.

use std::sync::OnceLock;
use std::time::Duration;

const VARIABLE: &str = "ARCHLINT_TEST_FAULTS";

#[derive(Default)]
struct Faults {
    review_panics: Option<String>,
    server_panics: Option<String>,
    reviewer_panics: Option<String>,
    review_takes: Option<Duration>,
}

fn faults() -> &'static Faults {
    static FAULTS: OnceLock<Faults> = OnceLock::new();
    FAULTS.get_or_init(|| {
        let mut faults = Faults::default();
        let said = std::env::var(VARIABLE).unwrap_or_default();
        for (name, value) in said.split(';').filter_map(|fault| fault.split_once('=')) {
            match name {
                "review-panics" => faults.review_panics = Some(value.to_owned()),
                "server-panics" => faults.server_panics = Some(value.to_owned()),
                "reviewer-panics" => faults.reviewer_panics = Some(value.to_owned()),
                "review-takes" => {
                    faults.review_takes = value.parse().ok().map(Duration::from_millis);
                }
                _ => {}
            }
        }
        faults
    })
}

/// Called in every review.
pub fn in_review(text: &str) {
    let faults = faults();
    if let Some(longer) = faults.review_takes {
        std::thread::sleep(longer);
    }
    let panics = faults.review_panics.as_ref();
    assert!(
        !panics.is_some_and(|fault| text.contains(fault)),
        "a fault on purpose in a review"
    );
}

/// Called where documents are taken in.
pub fn in_server(text: &str) {
    let panics = faults().server_panics.as_ref();
    assert!(
        !panics.is_some_and(|fault| text.contains(fault)),
        "a fault on purpose in the server"
    );
}

/// Called by the reviewing thread before a review.
pub fn in_reviewer(text: &str) {
    let panics = faults().reviewer_panics.as_ref();
    assert!(
        !panics.is_some_and(|fault| text.contains(fault)),
        "a fault on purpose outside of a review"
    );
}
