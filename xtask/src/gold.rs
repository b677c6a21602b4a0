//! What the readers say of a document and question, averaged.

use crate::corpus::Labelled;

/// Shares (0-1) of the readers that say so.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gold {
    /// It is answered.
    pub answered: f64,
    /// It is at least touched.
    pub touched: f64,
    /// An answer is expected.
    pub expected: f64,
    /// An answer is expected and missing.
    pub open: f64,
}

impl Gold {
    /// Of the question `id`.
    pub fn of(labelled: &Labelled, id: &str) -> Gold {
        let share = 1.0 / labelled.labels.len() as f64;
        let mut gold = Gold::default();
        for label in labelled.labels.iter().filter_map(|labels| labels.get(id)) {
            gold.answered += f64::from(u8::from(label.level == 2)) * share;
            gold.touched += f64::from(u8::from(label.level >= 1)) * share;
            gold.expected += f64::from(u8::from(label.expected)) * share;
            gold.open += f64::from(u8::from(label.expected && label.level < 2)) * share;
        }
        gold
    }
}
