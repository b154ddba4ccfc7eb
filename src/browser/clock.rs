//! Time and randomness.

use std::time::Duration;

use contract::Timestamp;
use futures::future::{AbortHandle, LocalBoxFuture};
use leptos::prelude::*;

use crate::browser::tasks;

/// The source of time and randomness: the browser, or a fake clock in a test.
pub trait TimeSource: Send + Sync {
    /// The current time.
    fn now(&self) -> Timestamp;
    /// Milliseconds since the page was opened. Stops while the machine sleeps, and cannot be set.
    fn running(&self) -> u64;
    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()>;
    /// A random number from 0 to 1, for jitter in retries; not for secrets.
    fn random(&self) -> f64;
}

/// The clock of the page. All timers go through it.
#[derive(Clone, Copy)]
pub struct Clock(pub &'static dyn TimeSource);

impl Clock {
    #[must_use]
    pub fn of_browser() -> Self {
        Self(&BrowserTime)
    }

    #[must_use]
    pub fn now(self) -> Timestamp {
        self.0.now()
    }

    /// Milliseconds that the page has been running: [`TimeSource::running`].
    #[must_use]
    pub fn running(self) -> u64 {
        self.0.running()
    }

    pub fn sleep(self, wait: Duration) -> LocalBoxFuture<'static, ()> {
        self.0.sleep(wait)
    }

    /// A random number from 0 to 1; not for secrets.
    #[must_use]
    pub fn random(self) -> f64 {
        self.0.random()
    }
}

/// The clock of the app; the browser's if no app provides one.
#[must_use]
pub fn use_clock() -> Clock {
    use_context::<Clock>().unwrap_or_else(Clock::of_browser)
}

struct BrowserTime;

impl TimeSource for BrowserTime {
    fn now(&self) -> Timestamp {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "milliseconds since 1970 fit for 292 million years"
        )]
        let milliseconds = js_sys::Date::now() as i64;
        chrono::DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
    }

    fn running(&self) -> u64 {
        let running = web_sys::window()
            .and_then(|window| window.performance())
            .map_or(0.0, |performance| performance.now());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds since the page was opened"
        )]
        let running = running as u64;
        running
    }

    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(gloo_timers::future::sleep(wait))
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }
}

/// Signals once a minute: one timer for all relative times on screen, none while there are no listeners. A handle.
#[derive(Clone, Copy)]
pub struct Minutes {
    clock: Clock,
    state: StoredValue<Listeners, LocalStorage>,
}

#[derive(Default)]
struct Listeners {
    turn: ArcTrigger,
    count: usize,
    timer: Option<AbortHandle>,
}

const MINUTE: Duration = Duration::from_secs(60);

impl Minutes {
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            state: StoredValue::new_local(Listeners::default()),
        }
    }

    fn listen(self) -> Turns {
        let turn = self.state.with_value(|listeners| listeners.turn.clone());
        let (clock, told) = (self.clock, turn.clone());
        self.state.update_value(|listeners| {
            listeners.count += 1;
            listeners.timer.get_or_insert_with(|| {
                tasks::spawn(async move {
                    loop {
                        clock.sleep(MINUTE).await;
                        told.notify();
                    }
                })
            });
        });
        on_cleanup(move || {
            self.state.try_update_value(|listeners| {
                listeners.count = listeners.count.saturating_sub(1);
                if listeners.count == 0
                    && let Some(timer) = listeners.timer.take()
                {
                    timer.abort();
                }
            });
        });
        Turns { turn, clock }
    }
}

/// Subscribes to the minutes while the current owner is alive.
///
/// # Panics
///
/// If no app provides [`Minutes`]. A programming error, caught by the first test.
#[must_use]
pub fn use_minutes() -> Turns {
    expect_context::<Minutes>().listen()
}

/// A subscription to the minutes.
#[derive(Clone)]
pub struct Turns {
    turn: ArcTrigger,
    clock: Clock,
}

impl Turns {
    /// The current time, tracked: readers run again every minute.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.turn.track();
        self.clock.now()
    }
}
