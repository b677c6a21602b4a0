//! Words: how text is cut into words, how words become stems, and how phrases are found in a row
//! of stems.

mod memo;
mod phrases;
mod stems;
mod vocabulary;
mod words;

pub(crate) use memo::Memo;
pub(crate) use phrases::PhraseTable;
pub use stems::stem_of;
pub(crate) use vocabulary::{Vocabulary, VocabularyBuilder, WordId};
pub use words::{Stem, Word, for_each_word};
