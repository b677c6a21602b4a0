//! Words and phrases: how text is cut into stems, and how phrases are found in a row of stems.

mod phrases;
mod words;

pub use phrases::{PhraseHit, PhraseId, PhraseTable};
pub use words::{Stem, Vocabulary, Word, for_each_word};
