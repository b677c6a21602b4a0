//! What a reader can search and choose by. It is shown only where the script runs: without it the
//! whole report is there to read.

use super::mark::{STATES, icon};
use crate::matrix::Matrix;
use crate::printable::one_line;
use maud::{Markup, html};

/// The form over the report.
pub(super) fn filters(matrix: &Matrix<'_>) -> Markup {
    let mut kinds: Vec<&str> = matrix.rows.iter().map(|r| r.document.kind.name()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    html! {
        form #filters role="search" aria-label="Questions" autocomplete="off" hidden {
            label.search { span.unseen { "Search" } input #search type="search" placeholder="Search questions and quotations"; }
            fieldset {
                legend.unseen { "States" }
                @for state in STATES {
                    label { input type="checkbox" name="state" value=(state) checked; (icon(state)) (state) }
                }
            }
            label { span.unseen { "Group" }
                select #group {
                    option value="" { "All groups" }
                    @for (at, group) in matrix.groups.iter().enumerate() {
                        option value=(at) { (one_line(group.name)) }
                    }
                }
            }
            @if kinds.len() > 1 {
                label { span.unseen { "Kind of document" }
                    select #kind {
                        option value="" { "All kinds" }
                        @for kind in &kinds { option value=(kind) { (kind) } }
                    }
                }
            }
            button type="reset" { "Reset" }
            p #shown role="status" {}
        }
    }
}
