//! Time and chance.

use std::time::Duration;

use contract::Timestamp;
use futures::future::LocalBoxFuture;

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
