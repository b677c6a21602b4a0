//! The built-in rules on prose, by their own examples.
#![allow(clippy::unwrap_used)]

use archlint_review::pattern;

#[test]
fn every_example_of_the_pack_holds() {
    let rules = archlint_rules::builtin();
    let mut wrong = Vec::new();
    for (index, rule) in rules.patterns.iter().enumerate() {
        for (number, example) in rule.examples.iter().enumerate() {
            let document = archlint_document::parse(&example.text);
            if pattern::fires(rules, index, &document) != example.fires {
                wrong.push(format!(
                    "{} example {}:\n{}",
                    rule.id,
                    number + 1,
                    example.text
                ));
            }
        }
    }
    assert!(!rules.patterns.is_empty());
    assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
}
