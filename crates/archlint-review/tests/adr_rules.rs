//! The built-in rules on decision records, by their own examples.
#![allow(clippy::unwrap_used)]

use archlint_review::structure;
use archlint_rules::{Check, Rules, Source};

fn pack() -> Rules {
    let text = include_str!("../../../rules/adr.toml");
    let source = Source {
        name: "rules/adr.toml".into(),
        text: text.into(),
    };
    archlint_rules::load(&[source]).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

#[test]
fn every_example_of_the_pack_holds() {
    let rules = pack();
    let mut wrong = Vec::new();
    for rule in &rules.structures {
        for (number, example) in rule.examples.iter().enumerate() {
            let document = archlint_document::parse(&example.text);
            if structure::fires(rule, &document) != example.fires {
                wrong.push(format!(
                    "{} example {}:\n{}",
                    rule.id,
                    number + 1,
                    example.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
}

#[test]
fn the_pack_has_the_promised_rules() {
    let rules = pack();
    let ids: Vec<&str> = rules.structures.iter().map(|rule| &*rule.id.text).collect();
    for id in [
        "adr/title",
        "adr/status",
        "adr/status-value",
        "adr/date",
        "adr/date-format",
        "adr/context",
        "adr/decision",
        "adr/consequences",
        "adr/options",
        "adr/placeholder",
        "adr/number",
        "adr/links",
        "adr/superseded",
    ] {
        assert!(ids.contains(&id), "{id} is not among {ids:?}");
    }
    let queries = rules
        .structures
        .iter()
        .filter(|rule| rule.query.is_some())
        .count();
    assert!(queries >= 3, "only {queries} rules are queries");
    let folder = rules
        .structures
        .iter()
        .filter(|rule| rule.check == Some(Check::Folder))
        .count();
    assert_eq!(folder, 3);
}
