//! The distance of a time from now, as input for `Intl.RelativeTimeFormat` or as a short text.

use contract::Timestamp;

use crate::i18n::{fill, words};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const MONTH: i64 = 30 * DAY + 10 * HOUR;
const YEAR: i64 = 365 * DAY + 6 * HOUR;
/// Units with their length in seconds, largest first. Months and years are averages; the exact time is shown beside.
const UNITS: [(i64, &str); 6] = [
    (YEAR, "year"),
    (MONTH, "month"),
    (DAY, "day"),
    (HOUR, "hour"),
    (MINUTE, "minute"),
    (1, "second"),
];

/// A signed count and its unit: negative in the past. What is less than an hour ahead is now: what is told of has happened,
/// and the clock of this machine is slow.
#[must_use]
pub fn distance(instant: Timestamp, now: Timestamp) -> (i64, &'static str) {
    let seconds = match (instant - now).num_seconds() {
        1..HOUR => 0,
        seconds => seconds,
    };
    let (size, unit) = UNITS
        .into_iter()
        .find(|(size, _)| seconds.abs() >= *size)
        .unwrap_or((1, "second"));
    (seconds / size, unit)
}

/// How long ago a time was, for a narrow column: `28 min`, `9 mo`. `None` for times a year ago or in the future, of which
/// the date says more.
#[must_use]
pub fn short_age(instant: Timestamp, now: Timestamp) -> Option<String> {
    let seconds = (now - instant).num_seconds();
    let words = words::list();
    let (size, sentence) = match seconds {
        // The clocks of server and browser differ a little.
        seconds if seconds.abs() < MINUTE => return Some(words.age_now.to_owned()),
        MINUTE..HOUR => (MINUTE, words.age_minutes),
        HOUR..DAY => (HOUR, words.age_hours),
        DAY..MONTH => (DAY, words.age_days),
        MONTH..YEAR => (MONTH, words.age_months),
        _ => return None,
    };
    Some(fill(sentence, &[("count", &(seconds / size).to_string())]))
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
            (10 * MINUTE, (0, "second")),
            (HOUR, (1, "hour")),
            (2 * DAY, (2, "day")),
            (-31 * DAY, (-1, "month")),
            (-800 * DAY, (-2, "year")),
        ] {
            assert_eq!(distance(now + chrono::Duration::seconds(seconds), now), expected);
        }
    }

    #[test]
    fn a_short_age_is_exact_up_to_a_year() {
        let now = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let age = |seconds: i64| short_age(now - chrono::Duration::seconds(seconds), now);
        for (seconds, expected) in [
            (-59, Some("now")),
            (-60, None),
            (59, Some("now")),
            (60, Some("1 min")),
            (28 * 60 + 59, Some("28 min")),
            (3 * HOUR, Some("3 hr")),
            (29 * DAY, Some("29 d")),
            (274 * DAY, Some("9 mo")),
            (364 * DAY, Some("11 mo")),
            (366 * DAY, None),
        ] {
            assert_eq!(age(seconds).as_deref(), expected, "{seconds}");
        }
    }
}
