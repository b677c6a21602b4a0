//! YAML front matter.

#![allow(clippy::unwrap_used)]

use archlint_document::parse;
use serde_json::json;

#[test]
fn fields_have_values_and_spans() {
    let text = "---\n# comment\nstatus: accepted\ndate: 2024-01-02\n\"deciders\": [ann, no]\ntags:\n  - a\n  - b: c\nempty:\nlong: >\n  one\n  two\n---\n# Title\n";
    let document = parse(text);
    let front_matter = document.front_matter.as_ref().unwrap();
    assert_eq!(front_matter.error, None);
    let fields: Vec<_> = front_matter
        .fields
        .iter()
        .map(|field| {
            (
                field.key.as_str(),
                field.value.clone(),
                document.source(&field.value_span),
            )
        })
        .collect();
    assert_eq!(
        fields,
        [
            ("status", json!("accepted"), "accepted"),
            ("date", json!("2024-01-02"), "2024-01-02"),
            ("deciders", json!(["ann", "no"]), "[ann, no]"),
            ("tags", json!(["a", {"b": "c"}]), "- a\n  - b: c"),
            ("empty", json!(null), ""),
            ("long", json!("one two\n"), ">\n  one\n  two"),
        ]
    );
    assert_eq!(
        document.source(&front_matter.fields[2].key_span),
        "\"deciders\""
    );
    assert_eq!(
        document.source(&front_matter.span).lines().last(),
        Some("---")
    );
    assert_eq!(document.heading_title(1), "Title");
    assert_eq!(document.field("Status"), Some(&json!("accepted")));
}

#[test]
fn it_may_follow_a_byte_order_mark_end_with_dots_and_have_crlf() {
    let document = parse("\u{feff}---\r\ntitle: A\r\n...\r\ntext\r\n");
    let front_matter = document.front_matter.as_ref().unwrap();
    assert_eq!(front_matter.span, 3..21);
    assert_eq!(document.title(), "A");
    assert_eq!(document.blocks.len(), 1);
    assert!(
        parse("---\n---\n# A\n")
            .front_matter
            .unwrap()
            .fields
            .is_empty()
    );
}

#[test]
fn what_only_looks_like_it_is_none() {
    for text in [
        "---\n\n# A\n\n---\n",
        "---\ntitle: never closed\n",
        "text\n---\ntitle: later\n---\n",
        "---\n# A heading between breaks\n\nSome text.\n\n---\n\nMore.\n",
        "----\na: b\n----\n",
        " ---\na: b\n---\n",
    ] {
        let document = parse(text);
        assert!(document.front_matter.is_none(), "{text:?}");
        assert!(!document.blocks.is_empty(), "{text:?}");
    }
}

#[test]
fn broken_front_matter_says_why_and_where_and_keeps_what_is_written() {
    let document = parse("---\nstatus: draft\ntitle: Use: Kafka\n---\n# A\n");
    let front_matter = document.front_matter.as_ref().unwrap();
    let (message, span) = front_matter.error.as_ref().unwrap();
    assert_eq!(message, "mapping values are not allowed in this context");
    assert_eq!(document.source(span), ": Kafka");
    assert_eq!(document.field("status"), Some(&json!("draft")));
    assert_eq!(document.field("title"), Some(&json!("Use: Kafka")));
    assert_eq!(document.heading_title(1), "A");
}

#[test]
fn a_key_given_twice_is_an_error_at_the_second() {
    let document = parse("---\na: 1\nb: 2\na: 3\n---\n");
    let front_matter = document.front_matter.as_ref().unwrap();
    let (message, span) = front_matter.error.as_ref().unwrap();
    assert_eq!(message, "duplicate mapping key: a");
    assert_eq!(document.source(span), "a: 3");
}
