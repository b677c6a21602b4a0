//! Where sentences end.

use archlint_document::parse;

/// The sentences of a document, as a reader sees them.
fn sentences(text: &str) -> Vec<String> {
    let document = parse(text);
    document
        .sentences
        .iter()
        .map(|sentence| document.visible_text(sentence))
        .collect()
}

#[track_caller]
fn one(text: &str) {
    assert_eq!(sentences(text).len(), 1, "{:?}", sentences(text));
}

/// `|` stands where a sentence ends.
#[track_caller]
fn split(marked: &str) {
    let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
    reads(&marked.replace('|', ""), &expected);
}

#[track_caller]
fn reads(text: &str, expected: &[&str]) {
    assert_eq!(sentences(text), expected);
}

#[test]
fn full_stops_question_and_exclamation_marks_end_sentences() {
    split("We queue events. | They are stored! | Why? | So that none is lost.");
    split("It scales. | etcd does not.");
    split("Is it safe?! | Yes.");
    reads(
        "Wrapped\nlines belong. To\ntheir sentence.",
        &["Wrapped lines belong.", "To their sentence."],
    );
}

#[test]
fn abbreviations_do_not() {
    for text in [
        "Queues, e.g. Kafka, i.e. logs, hold events.",
        "Use a queue (e.g. Kafka) here.",
        "Compare REST vs. GraphQL cf. Fig. 3 and approx. 20 others.",
        "See no. 7, vol. 2, p. 12 and sec. 4 of the guide.",
        "Written by J. R. Smith and Dr. A. Jones.",
        "The U.S. region holds it.",
        "Logs, metrics, etc. are kept.",
        "Smith et al. describe it.",
        "At most approx. 5 s, max. 10 s.",
    ] {
        one(text);
    }
    split("Logs, metrics, etc. | The rest is dropped.");
    split("The answer is no. | We keep it.");
    split("Choose plan B. | The other one fails.");
    split("It takes 10 sec. | Then it ends.");
}

#[test]
fn numbers_names_and_ellipses_do_not() {
    for text in [
        "Version 1.2.3 runs on v2.0 at 99.9 % in config.yaml of example.com.",
        "Wait ... and see.",
        "1. Introduction to the numbers",
        "Set spec.template.spec to it.",
    ] {
        one(text);
    }
    split("It needs 1.5 GB. | 3 nodes share it.");
    split("And so on... | The next one.");
}

#[test]
fn marks_that_close_belong_to_the_sentence() {
    split("(It is safe.) | \"We know.\" | Done.");
    reads(
        "**It holds.** *Always.* Done.",
        &["It holds.", "Always.", "Done."],
    );
    split("They said \"why?\" | Nobody knew.");
    one("They asked \"why?\" and left.");
}

#[test]
fn inline_code_ends_none_but_may_start_one() {
    one("The `a. B c` and `x.` Foo are names.");
    reads(
        "It calls `close()`. `open()` follows.",
        &["It calls close().", "open() follows."],
    );
    assert_eq!(
        sentences("Run `make. Now` first.")[0],
        "Run make. Now first."
    );
}

#[test]
fn hard_breaks_end_sentences_and_soft_ones_do_not() {
    for text in [
        "Status: open  \nDate: today",
        "Status: open<br>Date: today",
        "Status: open\\\nDate: today",
    ] {
        reads(text, &["Status: open", "Date: today"]);
    }
    one("**Label:** the text\ngoes on");
}

#[test]
fn items_cells_and_headings_need_no_full_stop() {
    assert_eq!(
        sentences("# Is it 1. or 2. What now\n\n- one\n- two. Three\n\n| a | b. C |\n|---|---|\n"),
        [
            "Is it 1. or 2. What now",
            "one",
            "two.",
            "Three",
            "a",
            "b.",
            "C"
        ]
    );
}

#[test]
fn code_comments_and_html_have_none() {
    assert!(sentences("```\nA. B.\n```\n\n<!-- A. B. -->\n\n<div>A. B.</div>\n").is_empty());
    assert!(sentences("![](a.png)\n").is_empty());
}

#[test]
fn a_sentence_spans_from_its_first_to_its_last_visible_byte() {
    let document = parse("> One **two**. *Three\n> four* `five`.\n");
    let spans: Vec<&str> = document
        .sentences
        .iter()
        .map(|sentence| document.source(&sentence.span))
        .collect();
    assert_eq!(spans, ["One **two**.", "Three\n> four* `five`."]);
}
