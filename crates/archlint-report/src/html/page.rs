//! The frame of every HTML report: one file that loads nothing and runs only its own script.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// A whole page around `body`. The browser is told to refuse every style and script but these two,
/// whatever else got into the page, and every request.
pub(super) fn page(title: &str, body: &Markup) -> String {
    let (style, script) = (unix_lines(STYLE), unix_lines(SCRIPT));
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        source(&style),
        source(&script)
    );
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(concat!("archlint ", env!("CARGO_PKG_VERSION")));
                title { (title) }
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                (body)
                footer.colophon {
                    p { "Written by archlint " (env!("CARGO_PKG_VERSION")) ". “Answered” means that the document gives an answer where the quotation says, not that the answer is right: that is the reviewer's to judge." }
                }
                script { (PreEscaped(&script)) }
            }
        }
    }
    .into_string()
}

/// A browser hashes what it has parsed, and that has no carriage returns.
fn unix_lines(text: &str) -> String {
    text.replace('\r', "")
}

fn source(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}
