//! The language server: what `archlint lsp` runs on standard input and output.
//!
//! Four threads share the work. The first reads standard input and keeps what tower-lsp cannot read
//! from it; tower-lsp's handlers turn messages into events; the desk owns the documents and takes
//! the events in order; the last reviews. Only the module `wire` knows tower-lsp and its types.

mod analysis;
mod baselines;
mod desk;
mod faults;
mod features;
mod folders;
mod frames;
mod input;
mod reviews;
mod settings;
mod surrogates;
mod text;
mod wire;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::channel;

/// Names of the threads without which a session would hang.
const VITAL: &[&str] = &["main", "archlint-input", "archlint-desk", "archlint-wire"];

/// Serves one editor on standard input and output until it says `exit` or closes the pipe, and ends
/// the process with the exit code that the protocol asks for: 0 after `shutdown`, else 1. `today`
/// tells the day as `YYYY-MM-DD`.
///
/// A review that panics is reported to the editor; any other panic aborts the process, as an editor
/// restarts a server that is gone, but not one that is silent.
pub fn serve(today: fn() -> Option<String>) -> ! {
    abort_on_panic();
    let (events_in, events) = channel();
    let (jobs_in, jobs) = channel();
    let (notices_in, notices) = tokio::sync::mpsc::unbounded_channel();
    let (changes_in, changes) = tokio::sync::watch::channel(0);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("archlint-wire")
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: the language server cannot start: {error}");
            std::process::exit(2);
        }
    };
    let ending = Arc::new(input::Ending::default());
    let (ours, theirs) = tokio::io::duplex(1 << 20);
    let tell = events_in.clone();
    thread("archlint-review", move || {
        let work = AssertUnwindSafe(|| {
            reviews::run(&jobs, today, &|done| {
                // The desk lives as long as this thread.
                let _ = tell.send(desk::Event::Done(done));
            });
        });
        // A review that panics is caught where it is made; without this thread nothing is answered.
        if catch_unwind(work).is_err() {
            std::process::abort();
        }
    });
    thread("archlint-desk", move || {
        desk::run(&events, jobs_in, notices_in, changes_in)
    });
    let (handle, seen) = (runtime.handle().clone(), ending.clone());
    thread("archlint-input", move || {
        input::pass(std::io::stdin().lock(), ours, &handle, &seen);
    });
    let backend = wire::Parts {
        events: events_in,
        notices,
        changes,
        today,
    };
    runtime.block_on(wire::serve(theirs, backend));
    std::process::exit(ending.code());
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) {
    let spawned = std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work);
    if let Err(error) = spawned {
        eprintln!("error: the language server cannot start a thread: {error}");
        std::process::exit(2);
    }
}

fn abort_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        report(panic);
        let thread = std::thread::current();
        if thread.name().is_some_and(|name| VITAL.contains(&name)) {
            std::process::abort();
        }
    }));
}
