//! What several documents cover: documents × questions, with totals per group. Plain data that the
//! Markdown, CSV and HTML checklists draw in their own ways.

use crate::answers::{DocumentAnswers, QuestionAnswer};
use rustc_hash::FxHashMap;

/// How many of the asked questions are in which state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) answered: usize,
    pub(crate) touched: usize,
    pub(crate) open: usize,
    pub(crate) waived: usize,
}

impl Count {
    /// Counts one asked question.
    pub(crate) fn add(&mut self, state: &str) {
        match state {
            "answered" => self.answered += 1,
            "touched" => self.touched += 1,
            "waived" => self.waived += 1,
            _ => self.open += 1,
        }
    }

    /// The counts of these questions, as far as they are asked.
    pub(crate) fn of<'a>(questions: impl IntoIterator<Item = &'a QuestionAnswer>) -> Count {
        let mut count = Count::default();
        for question in questions.into_iter().filter(|q| q.asked) {
            count.add(question.state());
        }
        count
    }

    pub(crate) fn plus(self, other: Count) -> Count {
        Count {
            answered: self.answered + other.answered,
            touched: self.touched + other.touched,
            open: self.open + other.open,
            waived: self.waived + other.waived,
        }
    }

    /// Asked questions.
    pub(crate) fn asked(self) -> usize {
        self.settled() + self.touched + self.open
    }

    /// Answered or, with a reason, waived.
    pub(crate) fn settled(self) -> usize {
        self.answered + self.waived
    }

    /// Settled of asked, in whole percent and rounded down, so that 100 means all; `None` when
    /// nothing is asked.
    pub(crate) fn percent(self) -> Option<usize> {
        (self.settled() * 100).checked_div(self.asked())
    }
}

/// Reviewed documents × questions.
pub(crate) struct Matrix<'a> {
    /// The groups in the catalogue's order.
    pub(crate) groups: Vec<Group<'a>>,
    /// A row per reviewed document, in the order of the report.
    pub(crate) rows: Vec<Row<'a>>,
    /// The sum of all rows.
    pub(crate) all: Count,
}

/// A heading of the catalogue with its questions.
pub(crate) struct Group<'a> {
    pub(crate) name: &'a str,
    /// Each question once, as the first document that has it words it.
    pub(crate) questions: Vec<&'a QuestionAnswer>,
    /// The sum of all documents.
    pub(crate) all: Count,
}

/// A reviewed document.
pub(crate) struct Row<'a> {
    pub(crate) document: &'a DocumentAnswers,
    /// A count per group.
    pub(crate) groups: Vec<Count>,
    pub(crate) all: Count,
    by_id: FxHashMap<&'a str, &'a QuestionAnswer>,
}

impl<'a> Row<'a> {
    /// What the document says to a question.
    pub(crate) fn answer(&self, id: &str) -> Option<&'a QuestionAnswer> {
        self.by_id.get(id).copied()
    }

    /// The state of a question, `None` where it is not asked of the document.
    pub(crate) fn state(&self, id: &str) -> Option<&'static str> {
        self.answer(id).filter(|q| q.asked).map(|q| q.state())
    }
}

impl<'a> Matrix<'a> {
    /// The matrix of the documents that were reviewed.
    pub(crate) fn of(documents: &'a [DocumentAnswers]) -> Self {
        let reviewed = || documents.iter().filter(|d| d.skipped.is_none());
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
        for question in reviewed().flat_map(|d| &d.questions) {
            if seen.contains_key(question.id.as_str()) {
                continue;
            }
            let place = *places.entry(&question.group).or_insert_with(|| {
                groups.push(Group {
                    name: &question.group,
                    questions: Vec::new(),
                    all: Count::default(),
                });
                groups.len() - 1
            });
            seen.insert(&question.id, place);
            if let Some(group) = groups.get_mut(place) {
                group.questions.push(question);
            }
        }
        let rows: Vec<Row<'a>> = reviewed()
            .map(|document| row(document, groups.len(), &seen))
            .collect();
        for row in &rows {
            for (group, count) in groups.iter_mut().zip(&row.groups) {
                group.all = group.all.plus(*count);
            }
        }
        let all = rows
            .iter()
            .fold(Count::default(), |sum, row| sum.plus(row.all));
        Matrix { groups, rows, all }
    }

    /// In how many documents a question is in which state.
    pub(crate) fn question(&self, id: &str) -> Count {
        Count::of(self.rows.iter().filter_map(|row| row.answer(id)))
    }
}

/// `groups` is how many there are, `group_of` says in which a question stands.
fn row<'a>(
    document: &'a DocumentAnswers,
    groups: usize,
    group_of: &FxHashMap<&str, usize>,
) -> Row<'a> {
    let mut counts = vec![Count::default(); groups];
    for question in document.questions.iter().filter(|q| q.asked) {
        let place = group_of.get(question.id.as_str());
        if let Some(count) = place.and_then(|at| counts.get_mut(*at)) {
            count.add(question.state());
        }
    }
    Row {
        document,
        all: Count::of(&document.questions),
        groups: counts,
        by_id: document
            .questions
            .iter()
            .map(|q| (q.id.as_str(), q))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_of_hundred_means_all() {
        let mut count = Count::default();
        assert_eq!(count.percent(), None);
        for _ in 0..299 {
            count.add("answered");
        }
        count.add("touched");
        assert_eq!(count.percent(), Some(99));
        let mut waived = Count::default();
        waived.add("waived");
        assert_eq!(waived.percent(), Some(100));
    }
}
