//! Documents that are read as one: a question that one of them answers is not asked of the others,
//! and one that all leave open is raised once, where it stands out most.

use crate::config::Origin;
use crate::run::Examined;
use archlint_review::{Kind, Status};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Applies the sets that configuration names, in the order of their names.
pub fn apply(examined: &mut [Examined]) {
    let mut sets: BTreeMap<(PathBuf, String), Vec<usize>> = BTreeMap::new();
    for (at, one) in examined.iter().enumerate() {
        if one.review.kind == Kind::Other {
            continue;
        }
        for set in &one.resolved.sets {
            // Two files may call different sets by one name.
            let Origin::File { path, .. } = &set.origin else {
                continue;
            };
            sets.entry((path.clone(), set.value.clone()))
                .or_default()
                .push(at);
        }
    }
    for members in sets.into_values() {
        if members.len() > 1 {
            apply_one(examined, &members);
        }
    }
}

/// What the documents of a set say to one question.
#[derive(Default)]
struct Said {
    /// The document that settles it.
    settled: bool,
    /// The document that raises it most strongly, with how strongly: reported ones come first.
    raised: Option<(usize, (bool, f32))>,
}

fn apply_one(examined: &mut [Examined], members: &[usize]) {
    let mut said: FxHashMap<String, Said> = FxHashMap::default();
    for &at in members {
        let review = &examined[at].review;
        let reported: FxHashMap<&str, f32> = review
            .findings
            .iter()
            .filter_map(|finding| Some((finding.question.as_deref()?, finding.confidence)))
            .collect();
        for answer in &review.answers {
            let entry = said.entry(answer.rule.clone()).or_default();
            entry.settled |= matches!(answer.status, Status::Answered | Status::Waived);
            if answer.asked {
                let confidence = reported.get(answer.rule.as_str());
                let strength = (
                    confidence.is_some(),
                    confidence.copied().unwrap_or(answer.open_probability),
                );
                let stronger = entry.raised.is_none_or(|(_, most)| most < strength);
                if stronger {
                    entry.raised = Some((at, strength));
                }
            }
        }
    }
    for &at in members {
        let review = &mut examined[at].review;
        let elsewhere = |rule: &str| {
            said.get(rule).is_some_and(|said| {
                said.settled || said.raised.is_some_and(|(strongest, _)| strongest != at)
            })
        };
        for answer in &mut review.answers {
            let settles = matches!(answer.status, Status::Answered | Status::Waived);
            if !settles && elsewhere(&answer.rule) {
                answer.asked = false;
            }
        }
        review
            .findings
            .retain(|finding| !finding.question.as_deref().is_some_and(elsewhere));
    }
}
