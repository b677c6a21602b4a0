//! A line on standard error that tells how far a long run is.

use archlint_workspace::Progress;
use std::io::{IsTerminal, Write};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Runs `work` and shows its progress, if standard error is a terminal and it takes longer than
/// half a second.
pub fn shown<T>(quiet: bool, work: impl FnOnce(&Progress) -> T) -> T {
    let progress = Progress::default();
    if quiet || !std::io::stderr().is_terminal() {
        return work(&progress);
    }
    let (done, wait) = channel::<()>();
    std::thread::scope(|scope| {
        let progress = &progress;
        scope.spawn(move || {
            let mut pause = Duration::from_millis(500);
            let mut written = false;
            while let Err(RecvTimeoutError::Timeout) = wait.recv_timeout(pause) {
                pause = Duration::from_millis(100);
                written = true;
                let (now, of) = (
                    progress.done.load(Ordering::Relaxed),
                    progress.total.load(Ordering::Relaxed),
                );
                let _ = match of {
                    0 => write!(std::io::stderr(), "\rlooking for documents"),
                    of => write!(std::io::stderr(), "\rreviewed {now} of {of} documents"),
                };
            }
            if written {
                let _ = write!(std::io::stderr(), "\r\u{1b}[K");
            }
        });
        let result = work(progress);
        drop(done);
        result
    })
}
