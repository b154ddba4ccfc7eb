//! Time and chance.

use std::cell::RefCell;
use std::time::Duration;

use contract::Timestamp;
use futures::future::LocalBoxFuture;
use gloo_timers::callback::Interval;
use leptos::prelude::{ArcTrigger, Notify as _, Track as _, on_cleanup, use_context};

/// Where time and chance come from: the browser, or a clock that a test turns.
pub trait TimeSource: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
    /// Milliseconds that the page has been running. Stands still while the machine sleeps, and nobody can set it.
    fn running(&self) -> u64;
    /// Waits.
    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()>;
    /// A random number from 0 to 1, for spreading retries; not for secrets.
    fn random(&self) -> f64;
}

/// The clock of the page. All timers go through it.
#[derive(Clone, Copy)]
pub struct Clock(pub &'static dyn TimeSource);

impl Clock {
    /// The browser's.
    #[must_use]
    pub fn of_browser() -> Self {
        Self(&BrowserTime)
    }

    /// The present instant.
    #[must_use]
    pub fn now(self) -> Timestamp {
        self.0.now()
    }

    /// Milliseconds that the page has been running: [`TimeSource::running`].
    #[must_use]
    pub fn running(self) -> u64 {
        self.0.running()
    }

    /// Waits.
    pub fn sleep(self, wait: Duration) -> LocalBoxFuture<'static, ()> {
        self.0.sleep(wait)
    }

    /// A random number from 0 to 1; not for secrets.
    #[must_use]
    pub fn random(self) -> f64 {
        self.0.random()
    }
}

/// The clock of the app; the browser's where no app provides another.
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

/// What tells that another minute is over, and to how many.
struct Minutes {
    turn: ArcTrigger,
    listeners: usize,
    _timer: Interval,
}

thread_local! {
    /// One for all that say how long ago something was; none while nobody does.
    static MINUTES: RefCell<Option<Minutes>> = const { RefCell::new(None) };
}

/// Milliseconds in a minute.
const MINUTE: u32 = 60_000;

/// Listens to the minutes for as long as the part of the view lasts that asks for it.
#[must_use]
pub fn minutes() -> Turns {
    let turn = MINUTES.with_borrow_mut(|minutes| {
        let minutes = minutes.get_or_insert_with(|| {
            let turn = ArcTrigger::new();
            let told = turn.clone();
            Minutes {
                turn,
                listeners: 0,
                _timer: Interval::new(MINUTE, move || told.notify()),
            }
        });
        minutes.listeners += 1;
        minutes.turn.clone()
    });
    on_cleanup(|| {
        MINUTES.with_borrow_mut(|minutes| {
            let left = minutes.as_mut().map(|minutes| {
                minutes.listeners = minutes.listeners.saturating_sub(1);
                minutes.listeners
            });
            if left == Some(0) {
                *minutes = None;
            }
        });
    });
    Turns(turn, use_clock())
}

/// The turns of the minutes.
#[derive(Clone)]
pub struct Turns(ArcTrigger, Clock);

impl Turns {
    /// The present instant, which whoever reads it here reads anew when another minute is over.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.track();
        self.1.now()
    }
}
