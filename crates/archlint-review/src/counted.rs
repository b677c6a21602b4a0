//! Counting each term once in a segment and once in a section.

use archlint_rules::TermId;
use std::cell::RefCell;

/// When terms were last counted. It is kept from document to document, as there are many terms, of
/// which a document uses few.
#[derive(Default)]
pub(crate) struct Counted {
    /// By term, the last segment and section that it was counted in.
    last: Vec<(u32, u32)>,
    /// Number of the present segment and section; the numbers go on from document to document.
    segment: u32,
    section: u32,
}

thread_local! {
    static COUNTED: RefCell<Counted> = RefCell::default();
}

impl Counted {
    /// Calls `f` with this thread's counts, made fit for so many terms.
    pub fn with_borrow_mut<T>(terms: usize, f: impl FnOnce(&mut Counted) -> T) -> T {
        COUNTED.with_borrow_mut(|counted| {
            if counted.last.len() < terms {
                counted.last.resize(terms, (0, 0));
            }
            f(counted)
        })
    }

    /// A new segment begins.
    pub fn next_segment(&mut self) {
        self.segment = self.segment.wrapping_add(1);
        if self.segment == 0 {
            self.last.fill((0, 0));
            self.segment = 1;
            self.section = 1;
        }
    }

    /// A new section begins, whose first segment is still to begin.
    pub fn next_section(&mut self) {
        self.section = self.section.wrapping_add(1);
    }

    /// Whether the term was not yet counted in the segment.
    pub fn is_new(&self, term: TermId) -> bool {
        self.last[term as usize].0 != self.segment
    }

    /// Counts a term; whether it is new in the segment, and in the section.
    pub fn count(&mut self, term: TermId) -> (bool, bool) {
        let now = (self.segment, self.section);
        let last = std::mem::replace(&mut self.last[term as usize], now);
        (last.0 != now.0, last.1 != now.1)
    }
}
