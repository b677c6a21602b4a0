//! `archlint lsp`: the language server, on standard input and output.

use crate::clock;

/// Serves one editor; the process ends with the session.
pub fn run() -> ! {
    archlint_server::serve(clock::today)
}
