//! The distance of a time from now, as input for `Intl.RelativeTimeFormat`.

use contract::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Units with their length in seconds, largest first. Months and years are averages; the exact time is shown beside.
const UNITS: [(i64, &str); 6] = [
    (365 * DAY + 6 * HOUR, "year"),
    (30 * DAY + 10 * HOUR, "month"),
    (DAY, "day"),
    (HOUR, "hour"),
    (MINUTE, "minute"),
    (1, "second"),
];

/// A signed count and its unit: negative in the past.
#[must_use]
pub fn distance(instant: Timestamp, now: Timestamp) -> (i64, &'static str) {
    let seconds = (instant - now).num_seconds();
    let (size, unit) = UNITS
        .into_iter()
        .find(|(size, _)| seconds.abs() >= *size)
        .unwrap_or((1, "second"));
    (seconds / size, unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn largest_unit_that_fits() {
        let now = chrono::DateTime::parse_from_rfc3339("2026-06-30T12:00:00Z")
            .unwrap()
            .to_utc();
        for (seconds, expected) in [
            (0, (0, "second")),
            (-59, (-59, "second")),
            (-60, (-1, "minute")),
            (-3599, (-59, "minute")),
            (-3 * HOUR, (-3, "hour")),
            (2 * DAY, (2, "day")),
            (-31 * DAY, (-1, "month")),
            (-800 * DAY, (-2, "year")),
        ] {
            assert_eq!(distance(now + chrono::Duration::seconds(seconds), now), expected);
        }
    }
}
