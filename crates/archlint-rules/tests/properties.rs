//! What holds for any text.
#![allow(clippy::unwrap_used)]

use archlint_rules::{Source, builtin, load, load_with_builtin, render_errors};
use proptest::prelude::*;

/// Arbitrary characters, mixed with what matters to the tokeniser and to terms.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[a-zA-Z0-9_'’.+={}-]{0,12}",
        prop::sample::select(vec![
            "roll back",
            "rollback",
            "the release",
            "SLOs",
            "canary",
            " + ",
            "ﬁ",
            "İ",
            "\u{301}",
            "HTTPServer",
            "99.9",
            "can't",
            "{release}",
            "=SLO",
            "\0",
            "\r\n",
        ])
        .prop_map(str::to_string),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn words_are_in_order_on_character_boundaries_and_apart(text in text(), base in 0usize..100) {
        let mut words = Vec::new();
        builtin().matcher.words(&text, base, &mut words);
        let mut end = base;
        for word in &words {
            prop_assert!(word.span.start >= end);
            prop_assert!(word.span.end > word.span.start);
            prop_assert!(text.get(word.span.start - base..word.span.end - base).is_some());
            end = word.span.end;
        }
        prop_assert!(end <= base + text.len());
    }

    #[test]
    fn hits_lie_within_the_words_and_are_always_the_same(text in text()) {
        let matcher = &builtin().matcher;
        let (mut words, mut hits, mut signals) = (Vec::new(), Vec::new(), Vec::new());
        matcher.words(&text, 0, &mut words);
        matcher.hits(&words, &text, &mut hits, &mut signals);
        for hit in &hits {
            prop_assert!(hit.words.start < hit.words.end);
            prop_assert!(hit.words.end as usize <= words.len());
            prop_assert!((hit.term as usize) < matcher.len());
        }
        for term in &signals {
            prop_assert!(matcher.signals(*term).next().is_some());
        }
        let (mut again, mut signals_again) = (Vec::new(), Vec::new());
        matcher.hits(&words, &text, &mut again, &mut signals_again);
        prop_assert_eq!(hits, again);
        prop_assert_eq!(signals, signals_again);
    }

    #[test]
    fn any_text_is_a_pack_or_an_error_that_can_be_shown(text in text()) {
        let sources = [Source { name: "pack.toml".into(), text }];
        if let Err(errors) = load(&sources) {
            prop_assert!(!render_errors(&errors, &sources, false).is_empty());
        }
    }

    #[test]
    fn any_term_is_a_term_or_an_error_that_can_be_shown(term in text()) {
        let text = format!("[[concept]]\nid = \"c\"\nterms = [{term:?}]\n");
        let sources = [Source { name: "pack.toml".into(), text }];
        if let Err(errors) = load(&sources) {
            let shown = render_errors(&errors, &sources, false);
            prop_assert!(shown.contains("pack.toml"), "{shown}");
        }
    }
}

#[test]
fn no_user_pack_is_the_built_in_pack() {
    let rules = load_with_builtin(&[]).unwrap();
    assert_eq!(rules.topics.len(), builtin().topics.len());
    assert_eq!(rules.matcher.len(), builtin().matcher.len());
}
