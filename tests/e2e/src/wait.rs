//! Waiting for a condition.

use std::future::Future;
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

/// How long a condition may take. Long, because other builds may be using the machine; what holds, holds at once.
pub const DEADLINE: Duration = Duration::from_secs(20);
/// The pause before asking again: short at first, longer where it takes long, since asking keeps the browser busy.
const PAUSES: [Duration; 2] = [Duration::from_millis(20), Duration::from_millis(120)];

/// Runs a future to its end. Journeys are plain code, so that a failure names the line of the journey.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime")
    });
    RUNTIME.block_on(future)
}

/// Asks again and again until the answer is there; none at the deadline.
pub fn poll<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + DEADLINE;
    let [mut pause, longest] = PAUSES;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() >= end {
            return None;
        }
        thread::sleep(pause);
        pause = longest.min(pause * 3 / 2);
    }
}

/// Waits until a condition holds.
///
/// # Panics
///
/// At the deadline, with what was waited for.
#[track_caller]
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    assert!(
        poll(|| holds().then_some(())).is_some(),
        "waited {} s in vain until {what}",
        DEADLINE.as_secs()
    );
}
