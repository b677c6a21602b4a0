//! Runs over folders: what is found, read and survived.
#![allow(clippy::unwrap_used)]

mod common;

use archlint_review::{Kind, Status};
use archlint_workspace::config::Configs;
use archlint_workspace::{Outcome, conclude, folder::Listings, review_text};
use common::{Folder, ask};

fn paths(outcome: &Outcome) -> Vec<&str> {
    outcome
        .documents
        .iter()
        .map(|document| document.path.as_str())
        .collect()
}

#[test]
fn a_walk_takes_markdown_that_is_neither_ignored_nor_hidden_nor_excluded() {
    let folder = Folder::new(&[
        (".gitignore", "build/\n"),
        ("archlint.toml", "exclude = [\"drafts\"]\n"),
        ("docs/b.md", "# B\n"),
        ("docs/a.markdown", "# A\n"),
        ("docs/note.txt", "no\n"),
        ("docs/drafts/c.md", "# C\n"),
        ("build/d.md", "# D\n"),
        (".hidden/e.md", "# E\n"),
        ("team/archlint.toml", "include = [\"kept\"]\n"),
        ("team/kept/f.md", "# F\n"),
        ("team/g.md", "# G\n"),
    ]);
    assert_eq!(
        paths(&folder.run(&["."], None)),
        ["docs/a.markdown", "docs/b.md", "team/kept/f.md"]
    );
}

#[test]
fn a_named_file_is_always_taken_and_only_once() {
    let folder = Folder::new(&[
        ("archlint.toml", "exclude = [\"drafts\"]\n"),
        ("drafts/c.md", "# C\n"),
        ("drafts/plain.txt", "# P\n"),
    ]);
    let outcome = folder.run(
        &[
            "drafts/plain.txt",
            "drafts/c.md",
            "drafts",
            "drafts/../drafts/c.md",
        ],
        None,
    );
    assert_eq!(paths(&outcome), ["drafts/c.md", "drafts/plain.txt"]);
}

#[test]
fn what_cannot_be_read_is_reported_and_the_others_are_reviewed() {
    let folder = Folder::new(&[("docs/a.md", "# A\n")]);
    folder.write("docs/latin.md", b"# Title\n\nline\nfa\xe7ade\n");
    folder.write("docs/utf16.md", b"\xff\xfe#\0 \0");
    folder.write("docs/empty.md", "");
    folder.write("docs/nul.md", "# N\0ul\n\0");
    let outcome = folder.run(&["docs", "nowhere"], None);
    assert_eq!(
        paths(&outcome),
        ["docs/a.md", "docs/empty.md", "docs/nul.md"]
    );
    let messages: Vec<_> = outcome
        .unreadable
        .iter()
        .map(|one| (one.path.as_str(), one.message.as_str()))
        .collect();
    assert_eq!(
        messages,
        [
            (
                "docs/latin.md",
                "is not UTF-8 (byte 3 of line 4): save it as UTF-8"
            ),
            (
                "docs/utf16.md",
                "is not UTF-8 (byte 1 of line 1): it looks like UTF-16, save it as UTF-8"
            ),
            ("nowhere", "does not exist"),
        ]
    );
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let folder = Folder::new(&[("a.md", "# A\n")]);
    let file = std::fs::File::create(folder.path().join("big.md")).unwrap();
    file.set_len(65 * 1024 * 1024).unwrap();
    let outcome = folder.run(&["."], None);
    assert_eq!(paths(&outcome), ["a.md"]);
    assert!(outcome.unreadable[0].message.contains("larger than 64 MB"));
}

#[cfg(unix)]
#[test]
fn symbolic_links_make_no_loop() {
    let folder = Folder::new(&[("docs/a.md", "# A\n")]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("docs/loop")).unwrap();
    std::os::unix::fs::symlink("self", folder.path().join("docs/self")).unwrap();
    let outcome = folder.run(&["."], None);
    assert_eq!(paths(&outcome), ["docs/a.md"]);
    assert_eq!(outcome.unreadable, []);
    // One that is named is reported, not followed for ever.
    let outcome = folder.run(&["docs/self"], None);
    assert_eq!(outcome.unreadable.len(), 1);
}

#[test]
fn a_broken_configuration_stops_the_run_and_names_all_files() {
    let folder = Folder::new(&[
        ("a/archlint.toml", "x = 1\n"),
        ("a/a.md", "# A\n"),
        ("b/archlint.toml", "y = 1\n"),
        ("b/b.md", "# B\n"),
        ("b/c.md", "# C\n"),
    ]);
    let mut configs: Configs = folder.configs();
    let errors = archlint_workspace::run(
        &mut configs,
        &[folder.path().to_owned()],
        None,
        &archlint_workspace::Progress::default(),
    )
    .unwrap_err();
    assert_eq!(errors.count(), 2);
    let shown = errors.render(folder.path(), false);
    assert!(
        shown.contains("a/archlint.toml:1:1") && shown.contains("b/archlint.toml:1:1"),
        "{shown}"
    );
}

#[test]
fn the_kind_of_configuration_counts_and_says_where_it_comes_from() {
    let folder = Folder::new(&[
        (
            "archlint.toml",
            "[kinds]\n\"notes/*\" = \"design\"\n\"docs/*\" = \"other\"\n",
        ),
        ("notes/a.md", "# A\n\nHello.\n"),
        ("docs/b.md", "# B\n"),
    ]);
    let outcome = folder.run(&["."], None);
    let [b, a] = &outcome.documents[..] else {
        panic!()
    };
    assert_eq!(
        b.skipped.as_deref(),
        Some("configuration says so (archlint.toml:3)")
    );
    assert_eq!((a.review.kind, &a.skipped), (Kind::Design, &None));
    assert!(!a.review.answers.is_empty());
}

#[test]
fn rules_are_switched_off_or_given_another_severity() {
    let folder = Folder::new(&[(
        "archlint.toml",
        "[rules]\n\"deployment/*\" = \"off\"\n\"security/encryption\" = \"error\"\n\"waiver/syntax\" = \"hint\"\n",
    )]);
    let text = "# A\n<!-- archlint: x -->\n\nA queue.\n";
    let mut one = folder.examined("a.md", Kind::Design, text);
    ask(&mut one, "deployment/rollback", "queue");
    ask(&mut one, "security/encryption", "queue");
    let reviewed = conclude(vec![one], &Listings::default(), None).remove(0);
    let found: Vec<_> = reviewed
        .review
        .findings
        .iter()
        .map(|f| (f.rule.as_str(), f.severity.name()))
        .collect();
    assert_eq!(
        found,
        [("waiver/syntax", "hint"), ("security/encryption", "error")]
    );
    assert_eq!(reviewed.review.answers.len(), 1);
}

#[test]
fn one_text_is_reviewed_without_a_file() {
    let folder = Folder::new(&[("archlint.toml", "[rules]\n\"waiver/syntax\" = \"error\"\n")]);
    let config = folder.configs().for_folder(folder.path()).unwrap();
    let text = "---\nkind: design\n---\n# A\n<!-- archlint: x -->\n";
    let reviewed = review_text(&config, None, "<stdin>", text, &Listings::default(), None);
    assert_eq!(reviewed.path, "<stdin>");
    let syntax = reviewed
        .review
        .findings
        .iter()
        .find(|f| f.rule == "waiver/syntax")
        .unwrap();
    assert_eq!(syntax.severity.name(), "error");
}

#[test]
fn a_set_is_read_as_one_document() {
    let folder = Folder::new(&[(
        "archlint.toml",
        "[[set]]\nname = \"arc42\"\nfiles = [\"arc/*.md\"]\n",
    )]);
    let kind = Kind::Overview;
    let mut first = folder.examined("arc/1.md", kind, "# One\n\nA queue.\n");
    let mut second = folder.examined("arc/2.md", kind, "# Two\n\nA queue.\n");
    let mut outside = folder.examined("other/3.md", kind, "# Three\n\nA queue.\n");
    for one in [&mut first, &mut second, &mut outside] {
        ask(one, "deployment/rollback", "queue");
        ask(one, "security/encryption", "queue");
        ask(one, "cloud/containers", "queue");
    }
    // The second answers one, raises one more strongly, and waives one.
    second.review.answers[0].status = Status::Answered;
    second
        .review
        .findings
        .retain(|f| f.rule != "deployment/rollback");
    second.review.findings[0].confidence = 0.95;
    second.review.answers[2].status = Status::Waived;
    second
        .review
        .findings
        .retain(|f| f.rule != "cloud/containers");
    let done = conclude(vec![first, second, outside], &Listings::default(), None);
    let found = |at: usize| {
        done[at]
            .review
            .findings
            .iter()
            .map(|f: &archlint_review::Finding| f.rule.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(0), Vec::<String>::new());
    assert_eq!(found(1), ["security/encryption"]);
    assert_eq!(found(2).len(), 3);
    assert!(done[0].review.answers.iter().all(|answer| !answer.asked));
    assert!(done[1].review.answers.iter().all(|answer| answer.asked));
}
