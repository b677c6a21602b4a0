//! `archlint --watch`.

use crate::stage::{ADR_WITHOUT_STATUS, Folder, GOOD_ADR};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Far more than a review needs, on a busy machine.
const LIMIT: Duration = Duration::from_secs(30);

struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let mut child = folder
            .command(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (send, lines) = channel();
        std::thread::spawn(move || {
            out.lines()
                .map_while(Result::ok)
                .try_for_each(|l| send.send(l))
        });
        Watch { child, lines }
    }

    /// What one review prints.
    fn review(&self) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            let line = self
                .lines
                .recv_timeout(LIMIT)
                .unwrap_or_else(|_| panic!("no review came; seen: {seen:?}"));
            if line.contains("waiting for changes") {
                return seen;
            }
            seen.push(line);
        }
    }

    /// Nothing is reviewed for a while.
    fn is_quiet(&self, time: Duration) -> bool {
        let start = Instant::now();
        self.lines.recv_timeout(time).is_err() && start.elapsed() >= time
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_change_of_a_document_or_of_configuration_is_reviewed() {
    let folder = Folder::with(&[("docs/adr/0002-mail.md", GOOD_ADR)]);
    let watch = Watch::start(&folder, &["--watch", "--format", "short"]);
    let about_status = |lines: &[String]| lines.iter().any(|line| line.contains("[adr/status]"));
    assert!(!about_status(&watch.review()));
    folder.write("docs/adr/0002-mail.md", ADR_WITHOUT_STATUS.as_bytes());
    assert!(about_status(&watch.review()));
    // What a build or git writes is none of its business.
    folder.write("target/page.html", b"x");
    folder.write(".git/index.md", b"x");
    assert!(watch.is_quiet(Duration::from_millis(800)));
    folder.write("archlint.toml", b"[rules]\n\"adr/status\" = \"off\"\n");
    assert!(!about_status(&watch.review()));
    // A mistake ends nothing.
    folder.write("archlint.toml", b"[rules\n");
    watch.review();
    folder.write("archlint.toml", b"");
    assert!(about_status(&watch.review()));
}
