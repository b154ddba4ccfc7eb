//! Time and chance.

use std::cell::RefCell;
use std::time::Duration;

use contract::Timestamp;
use futures::future::LocalBoxFuture;
use gloo_timers::callback::Interval;
use leptos::prelude::{ArcTrigger, Notify as _, Track as _, on_cleanup};

/// Time and chance, as the client needs them; tests have their own.
pub trait Clock {
    /// The present instant.
    fn now(&self) -> Timestamp;
    /// Waits.
    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()>;
    /// A random number from 0 to 1, for spreading retries; not for secrets.
    fn random(&self) -> f64;
}

/// The browser's clock.
#[derive(Debug, Clone, Copy)]
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn now(&self) -> Timestamp {
        now()
    }

    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(gloo_timers::future::sleep(wait))
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }
}

/// The present instant.
#[must_use]
pub fn now() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 fit for 292 million years"
    )]
    let milliseconds = js_sys::Date::now() as i64;
    chrono::DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
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
    Turns(turn)
}

/// The turns of the minutes.
#[derive(Debug, Clone)]
pub struct Turns(ArcTrigger);

impl Turns {
    /// The present instant, which whoever reads it here reads anew when another minute is over.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.track();
        now()
    }
}
