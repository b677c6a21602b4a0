//! The baseline over the life of a folder of documents.
#![allow(clippy::unwrap_used)]

mod common;

use archlint_review::Kind;
use archlint_workspace::baseline::Baseline;
use archlint_workspace::{Reviewed, conclude, folder::Listings};
use common::{Folder, ask, finding, shown};

/// Documents with an open question on "queue" and a vague claim on every "fast".
fn review(folder: &Folder, documents: &[(&str, &str)]) -> Vec<Reviewed> {
    let examined = documents.iter().map(|(name, text)| {
        let mut one = folder.examined(name, Kind::Design, text);
        if text.contains("queue") {
            ask(&mut one, "deployment/rollback", "queue");
        }
        let document = one.document.clone();
        for (at, _) in text.match_indices("fast") {
            let mut found = finding(&document, "prose/vague-claim", false, "fast");
            found.span = at..at + 4;
            one.review.findings.push(found);
        }
        one
    });
    conclude(examined.collect(), &Listings::default(), None)
}

fn left(documents: &[Reviewed]) -> Vec<String> {
    let of = |d: &Reviewed| shown(&d.document.text, &d.review.findings);
    documents.iter().flat_map(of).collect()
}

const OLD: &str = "# Orders\n\n## Design\n\nA queue that is fast.\n";

#[test]
fn it_is_one_readable_sorted_line_for_each_finding() {
    let folder = Folder::new(&[]);
    let text = Baseline::of(
        &review(&folder, &[("docs/b.md", OLD), ("docs/a.md", OLD)]),
        folder.path(),
    )
    .to_text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[0], "{\"archlint-baseline\":1}");
    assert!(lines[1].starts_with("{\"path\":\"docs/a.md\",\"rule\":\"deployment/rollback\",\"quote\":\"queue\",\"fingerprint\":\""));
    assert!(lines.is_sorted_by(|a, b| a <= b || a.contains("archlint-baseline")));
    let baseline = Baseline::parse(&text).unwrap();
    assert_eq!(baseline.to_text(), text);
}

#[test]
fn known_findings_are_held_back_and_new_ones_are_not() {
    let folder = Folder::new(&[]);
    let baseline = Baseline::of(&review(&folder, &[("a.md", OLD)]), folder.path());
    let new = "# Orders\n\nMoved down.\n\n## Design\n\nA  queue that is fast, and fast again.\n";
    let mut documents = review(&folder, &[("a.md", new)]);
    baseline.apply(&mut documents, folder.path());
    assert_eq!(left(&documents), ["prose/vague-claim@7: raised here"]);
    assert_eq!(documents[0].held_back, 2);
}

#[test]
fn a_question_stays_known_when_another_passage_or_title_raises_it() {
    let folder = Folder::new(&[]);
    let baseline = Baseline::of(&review(&folder, &[("a.md", OLD)]), folder.path());
    let mut documents = review(
        &folder,
        &[("a.md", "# Renamed\n\n## Other\n\nAnother queue.\n")],
    );
    baseline.apply(&mut documents, folder.path());
    assert_eq!(left(&documents), Vec::<String>::new());
}

#[test]
fn entries_survive_a_renamed_file_but_do_not_count_twice() {
    let folder = Folder::new(&[]);
    let baseline = Baseline::of(&review(&folder, &[("a.md", OLD)]), folder.path());
    let mut renamed = review(&folder, &[("moved/b.md", OLD)]);
    baseline.apply(&mut renamed, folder.path());
    assert_eq!(left(&renamed), Vec::<String>::new());
    let mut copied = review(&folder, &[("a.md", OLD), ("copy.md", OLD)]);
    baseline.apply(&mut copied, folder.path());
    assert_eq!((copied[0].held_back, copied[1].held_back), (2, 0));
}

#[test]
fn pruning_takes_out_what_is_mended_and_leaves_what_was_not_looked_at() {
    let folder = Folder::new(&[]);
    let all = [("a.md", OLD), ("b.md", OLD)];
    let baseline = Baseline::of(&review(&folder, &all), folder.path());
    let mut documents = review(&folder, &[("a.md", "# Orders\n\n## Design\n\nA queue.\n")]);
    let met = baseline.apply(&mut documents, folder.path());
    let pruned = baseline.prune(&met, |path| path == "a.md");
    let left: Vec<_> = pruned
        .entries
        .iter()
        .map(|e| format!("{} {}", e.path, e.rule))
        .collect();
    assert_eq!(
        left,
        [
            "a.md deployment/rollback",
            "b.md deployment/rollback",
            "b.md prose/vague-claim"
        ]
    );
}

#[test]
fn a_line_that_is_no_entry_is_named() {
    let error = Baseline::parse("{\"archlint-baseline\":1}\n\nfoo\n").unwrap_err();
    assert_eq!(error.line, 3);
    let error = Baseline::parse("<<<<<<< HEAD\n").unwrap_err();
    assert!(error.to_string().contains("conflict"), "{error}");
    let error = Baseline::parse("{\"archlint-baseline\":9}\n").unwrap_err();
    assert!(error.to_string().contains("newer"), "{error}");
}
