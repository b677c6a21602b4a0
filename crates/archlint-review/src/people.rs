//! Whether a document names the people who review or decide it.

use archlint_document::Document;

/// Front matter keys and labels under which reviewers, approvers and deciders are named.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "reviewers", "reviewer", "reviewed by", "approvers", "approver", "approved by", "deciders",
    "decider", "decision-makers", "decision makers", "decision maker", "sign-off", "signed off by",
    "consulted", "informed", "shepherd", "shepherds", "final comment period", "deadline for comments",
    "participants", "stakeholders",
];

/// Longest distance in bytes from the start of a sentence to the colon of its label.
const LABEL_BYTES: usize = 40;

/// Whether a front matter field, a labelled line ("**Reviewers:** ...") or a heading with a body
/// names reviewers, approvers or deciders.
pub(crate) fn names_reviewers(document: &Document) -> bool {
    let is_role = |label: &str| {
        let label = label
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        ROLES.contains(&label.as_str())
    };
    let in_front_matter = document.front_matter.iter().any(|front_matter| {
        front_matter.fields.iter().any(|field| {
            is_role(&field.key.replace('_', "-"))
                && !matches!(&field.value, serde_json::Value::Null)
                && field.value != serde_json::json!("")
                && field.value != serde_json::json!([])
        })
    });
    in_front_matter
        || document
            .sections
            .iter()
            .enumerate()
            .any(|(index, section)| {
                section
                    .heading
                    .as_ref()
                    .is_some_and(|heading| is_role(&heading.text))
                    && !document.section_body_blocks(index).is_empty()
            })
        || document.sentences.iter().any(|sentence| {
            let text = document.source(&sentence.span);
            text.split_once([':', '|']).is_some_and(|(label, value)| {
                label.len() <= LABEL_BYTES
                    && is_role(label)
                    && value.chars().any(char::is_alphanumeric)
            })
        })
}
