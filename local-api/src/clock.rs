//! The time. Everything is stored in whole microseconds since 1970, which is what RFC 3339 readers everywhere accept.

use std::time::{SystemTime, UNIX_EPOCH};

use contract::Timestamp;

/// Microseconds since 1970-01-01T00:00:00Z.
pub(crate) type Micros = i64;

/// Microseconds of one minute.
pub(crate) const MINUTE: Micros = 60 * 1_000_000;
/// Microseconds of one day.
pub(crate) const DAY: Micros = 24 * 60 * MINUTE;

/// Now. A clock before 1970 reads as 1970, one after the year 294,000 as then.
pub(crate) fn now() -> Micros {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Micros::try_from(since.as_micros()).unwrap_or(Micros::MAX)
}

/// The instant; none outside the years that chrono can name.
pub(crate) fn instant(micros: Micros) -> Option<Timestamp> {
    Timestamp::from_timestamp_micros(micros)
}
