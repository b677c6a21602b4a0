//! The order in which concepts are written out.

use crate::error::PackError;
use crate::table::Errors;
use crate::{Concept, Text};
use rustc_hash::FxHashMap;

/// The concepts' indices, each after those that its terms name; circles are reported.
pub(super) fn concept_order(
    concepts: &[Concept],
    index: &FxHashMap<&str, usize>,
    errors: &Errors,
) -> Vec<usize> {
    let references: Vec<Vec<(usize, &Text)>> = concepts
        .iter()
        .map(|concept| {
            concept
                .terms
                .iter()
                .flat_map(|text| named_concepts(text).map(move |id| (id, text)))
                .filter_map(|(id, text)| Some((*index.get(id)?, text)))
                .collect()
        })
        .collect();
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut state = vec![State::New; concepts.len()];
    let mut order = Vec::with_capacity(concepts.len());
    // Depth first with a stack of our own: a chain of concepts may be long.
    for root in 0..concepts.len() {
        let mut stack = vec![(root, 0)];
        while let Some((index, next)) = stack.pop() {
            if next == 0 {
                if state[index] != State::New {
                    continue;
                }
                state[index] = State::Open;
            }
            match references[index].get(next) {
                None => {
                    state[index] = State::Done;
                    order.push(index);
                }
                Some(&(inner, text)) => {
                    stack.push((index, next + 1));
                    match state[inner] {
                        State::New => stack.push((inner, 0)),
                        State::Done => {}
                        State::Open => errors
                            .borrow_mut()
                            .push(circle(text, inner, &stack, concepts)),
                    }
                }
            }
        }
    }
    order
}

/// The ids in braces in a term.
fn named_concepts(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(id, _)| id.trim()))
}

fn circle(text: &Text, inner: usize, stack: &[(usize, usize)], concepts: &[Concept]) -> PackError {
    let name = |index: usize| format!("`{}`", concepts[index].id.text);
    let mut chain: Vec<String> = stack
        .iter()
        .map(|(index, _)| *index)
        .skip_while(|index| *index != inner)
        .map(name)
        .collect();
    chain.push(name(inner));
    PackError::at(
        text.place,
        format!(
            "concepts that refer to each other in a circle: {}",
            chain.join(" → ")
        ),
    )
    .label("closes the circle")
    .help("leave one of the references out")
}
