//! Input that is not nice: a clear message or a review, within seconds, and the others go on.

use crate::stage::{ADR_WITHOUT_STATUS, Folder, Ran};

/// Reviews `bytes` as a document beside one with a known finding.
#[track_caller]
fn beside(bytes: &[u8]) -> Ran {
    let folder = Folder::with(&[("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS)]);
    folder.write("docs/adr/0001-hostile.md", bytes);
    let ran = folder.run(&["docs", "--format", "json"]);
    assert!(
        ran.err.is_empty(),
        "{}",
        &ran.err[..ran.err.len().min(2000)]
    );
    let known = ("docs/adr/0002-mail.md".to_owned(), "adr/status".to_owned());
    assert!(
        ran.findings().contains(&known),
        "the other document was not reviewed"
    );
    ran
}

#[track_caller]
fn is_reviewed(bytes: &[u8]) {
    let ran = beside(bytes).exits(1);
    assert_eq!(ran.json()["documents"].as_array().unwrap().len(), 2);
}

#[track_caller]
fn is_refused(bytes: &[u8], message: &str) {
    let ran = beside(bytes).exits(2);
    let report = ran.json();
    assert_eq!(report["unreadable"][0]["path"], "docs/adr/0001-hostile.md");
    let said = report["unreadable"][0]["message"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(said.contains(message), "{said}");
}

#[test]
fn not_utf8() {
    is_refused(b"# A\n\nb\xffc\n", "is not UTF-8 (byte 2 of line 3)");
    is_refused(b"\xff\xfe#\0 \0A\0", "is not UTF-8");
}

#[test]
fn empty_and_blank() {
    is_reviewed(b"");
    is_reviewed(b"\n\n\r\n \t\n");
    is_reviewed(b"\xef\xbb\xbf");
}

#[test]
fn nul_bytes_and_control_characters() {
    is_reviewed(b"# A\0\n\n## Status\n\n\0\0\0\x1b[2J\n\0");
}

#[test]
fn a_line_of_megabytes() {
    is_reviewed("fast enough and scalable, ".repeat(45_000).as_bytes());
}

#[test]
fn a_file_of_many_megabytes() {
    is_reviewed(
        "## Section\n\nWe use a queue, and it is fast enough.\n\n- a\n- b\n\n"
            .repeat(15_000)
            .as_bytes(),
    );
}

#[test]
fn a_file_that_is_too_large() {
    let folder = Folder::with(&[("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS)]);
    let file = folder.write("docs/adr/0001-huge.md", b"");
    std::fs::File::options()
        .write(true)
        .open(file)
        .unwrap()
        .set_len(65 << 20)
        .unwrap();
    let ran = folder.run(&["docs", "--format", "json"]).exits(2);
    assert!(
        ran.json()["unreadable"][0]["message"]
            .as_str()
            .unwrap()
            .contains("larger than 64 MB"),
        "{}",
        ran.out
    );
}

#[test]
fn deep_nesting() {
    is_reviewed(format!("{} deep\n", ">".repeat(10_000)).as_bytes());
    is_reviewed(format!("{}a\n", "> ".repeat(10_000)).as_bytes());
    is_reviewed(format!("{}deep\n", "- ".repeat(10_000)).as_bytes());
    is_reviewed(format!("{}a{}\n", "[".repeat(20_000), "]".repeat(20_000)).as_bytes());
    is_reviewed(format!("{}a\n", "<div>".repeat(20_000)).as_bytes());
    let stairs: String = (0..1_000)
        .map(|depth| format!("{}- a\n", "  ".repeat(depth)))
        .collect();
    is_reviewed(stairs.as_bytes());
}

#[test]
fn what_is_never_closed() {
    is_reviewed(b"# A\n\n```mermaid\ngraph TD\n");
    is_reviewed(b"# A\n\n<!-- archlint: waive");
    is_reviewed(b"---\ntitle: [a\n");
    is_reviewed(b"---\na: &a [*a, *a]\n---\n# A\n");
    is_reviewed("```\n".repeat(20_001).as_bytes());
}

#[test]
fn emphasis_that_does_not_end() {
    is_reviewed("*a **a ".repeat(50_000).as_bytes());
    is_reviewed("a**b_c`d ".repeat(15_000).as_bytes());
    is_reviewed("[a](".repeat(15_000).as_bytes());
    is_reviewed("![a][".repeat(15_000).as_bytes());
}

#[test]
fn many_of_everything() {
    is_reviewed("# A\n".repeat(10_000).as_bytes());
    is_reviewed(
        format!(
            "|{}\n|{}\n{}",
            " a |".repeat(500),
            " - |".repeat(500),
            "| b |\n".repeat(500)
        )
        .as_bytes(),
    );
    is_reviewed("[a]: b\n".repeat(15_000).as_bytes());
    is_reviewed(
        "<!-- archlint: waive adr/status: no -->\n\n"
            .repeat(5_000)
            .as_bytes(),
    );
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_files_that_may_not_be_read() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::with(&[
        ("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS),
        ("docs/adr/0003-secret.md", "# A\n"),
    ]);
    symlink(folder.path().join("docs"), folder.path().join("docs/again")).unwrap();
    symlink("loop.md", folder.path().join("docs/loop.md")).unwrap();
    let ran = folder.run(&["docs", "--format", "short"]).exits(1);
    assert_eq!(
        ran.out.matches("adr/status").count(),
        ran.out.lines().filter(|l| l.contains("status]")).count()
    );
    let ran = folder.run(&["docs/loop.md"]).exits(2);
    assert!(ran.out.contains("docs/loop.md "), "{}", ran.out);

    let secret = folder.path().join("docs/adr/0003-secret.md");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Who is root reads it all the same.
    if std::fs::read(&secret).is_err() {
        let ran = folder.run(&["docs"]).exits(2);
        assert!(
            ran.out
                .contains("docs/adr/0003-secret.md cannot be read: permission denied"),
            "{}",
            ran.out
        );
        assert!(ran.out.contains("adr/status"), "{}", ran.out);
    }
}

#[test]
fn a_document_cannot_command_the_terminal() {
    let text = ADR_WITHOUT_STATUS.replace(
        "Send mail",
        "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}Send\0",
    );
    let folder = Folder::with(&[("docs/adr/0002-\u{1b}[31m.md", &text)]);
    for format in [
        "human",
        "short",
        "json",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "rdjson",
        "checkstyle",
        "jsonl",
    ] {
        let ran = folder.run(&["docs", "--format", format]);
        let bad: Vec<char> = ran
            .out
            .chars()
            .filter(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}')
            .collect();
        assert!(bad.is_empty(), "{format}: {bad:?}");
        assert!(!ran.out.is_empty(), "{format}");
    }
    for format in ["markdown", "json", "csv", "jsonl"] {
        let ran = folder
            .run(&["checklist", "docs", "--format", format])
            .exits(0);
        let bad: Vec<char> = ran
            .out
            .chars()
            .filter(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}')
            .collect();
        assert!(bad.is_empty(), "{format}: {bad:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::with(&[("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS)]);
    let name = std::ffi::OsStr::from_bytes(b"0003-\xff.md");
    std::fs::write(
        folder.path().join("docs/adr").join(name),
        ADR_WITHOUT_STATUS,
    )
    .unwrap();
    let ran = folder.run(&["docs", "--format", "short"]).exits(1);
    assert!(
        ran.out.contains("docs/adr/0003-\u{fffd}.md:1:1: "),
        "{}",
        ran.out
    );
}
