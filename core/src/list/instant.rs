//! Points in time as numbers.

/// Milliseconds since 1970 in UTC; [`NEVER`] for none.
pub type Instant = i64;

/// No time; less than every other.
pub const NEVER: Instant = i64::MIN;

/// Parses RFC 3339, section 5.6: `2026-11-24T10:23:03.123Z`, or with an offset. Anything else is [`NEVER`]: an invalid
/// date of one secret must not hide the other 99,999.
#[must_use]
pub fn parse(text: &str) -> Instant {
    read(text.as_bytes()).unwrap_or(NEVER)
}

fn read(text: &[u8]) -> Option<Instant> {
    let number = |from: usize, count: usize| {
        text.get(from..from + count)?.iter().try_fold(0_i64, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
        })
    };
    let is = |at: usize, wanted: &[u8]| text.get(at).is_some_and(|byte| wanted.contains(byte));
    if !(is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":")) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
    let (hour, minute, second) = (number(11, 2)?, number(14, 2)?, number(17, 2)?);
    let is_date = (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
    // A leap second counts as the second before it.
    if !is_date || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut at = 19;
    let mut milliseconds = 0;
    if is(at, b".") {
        at += 1;
        let start = at;
        let mut weight = 100;
        while let Some(digit) = text.get(at).filter(|byte| byte.is_ascii_digit()) {
            milliseconds += i64::from(digit - b'0') * weight;
            weight /= 10;
            at += 1;
        }
        if at == start {
            return None;
        }
    }
    let offset = if is(at, b"Zz") {
        at += 1;
        0
    } else if is(at, b"+-") && is(at + 3, b":") {
        let (hours, minutes) = (number(at + 1, 2)?, number(at + 4, 2)?);
        if hours > 23 || minutes > 59 {
            return None;
        }
        let sign = if is(at, b"-") { -1 } else { 1 };
        at += 6;
        sign * (hours * 60 + minutes)
    } else {
        return None;
    };
    if at != text.len() {
        return None;
    }
    let minutes = (day_number(year, month, day) * 24 + hour) * 60 + minute - offset;
    Some((minutes * 60 + second.min(59)) * 1000 + milliseconds)
}

/// The number of days of a month.
fn length(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar, counted in eras of 400 years that begin in March.
pub(crate) fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The start of a day in UTC, written `2026-01-31`.
#[must_use]
pub fn parse_day(text: &str) -> Option<Instant> {
    let is_day = text.len() == 10;
    is_day.then(|| read(format!("{text}T00:00:00Z").as_bytes())).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn referee(text: &str) -> Instant {
        chrono::DateTime::parse_from_rfc3339(text).map_or(NEVER, |instant| instant.timestamp_millis())
    }

    #[test]
    fn each_form() {
        for text in [
            "1970-01-01T00:00:00Z",
            "2024-02-29T23:59:59.999Z",
            "2026-11-24T10:23:03.123456789Z",
            "2026-11-24t10:23:03z",
            "2026-11-24T10:23:03+05:30",
            "1600-12-31T00:00:00-23:59",
            "9999-12-31T23:59:59Z",
        ] {
            assert_ne!(parse(text), NEVER, "{text}");
            assert_eq!(parse(text), referee(text), "{text}");
        }
        for text in [
            "",
            "2026-11-24",
            "2026-13-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T10:23:03",
            "2026-11-24T10:23:03.Z",
            "2026-11-24T10:23:03Zjunk",
            "２026-11-24T10:23:03Z",
        ] {
            assert_eq!(parse(text), NEVER, "{text}");
        }
        assert_eq!(parse_day("2026-01-31"), Some(parse("2026-01-31T00:00:00Z")));
        assert_eq!(parse_day("2026-01-32"), None);
        assert_eq!(parse_day("2026-1-31"), None);
    }

    proptest! {
        #[test]
        fn it_reads_what_chrono_reads(
            seconds in -62_000_000_000_i64..250_000_000_000, nanoseconds in 0_u32..1_000_000_000, offset in -1439..1439_i32,
        ) {
            let offset = chrono::FixedOffset::east_opt(offset * 60).unwrap();
            let instant = chrono::DateTime::from_timestamp(seconds, nanoseconds).unwrap().with_timezone(&offset);
            let text = instant.to_rfc3339();
            prop_assert_eq!(parse(&text), referee(&text), "{}", text);
        }

        #[test]
        fn it_never_stops_at_a_strange_text(text in "[0-9TZ:.+ -]{0,40}") {
            let _ = parse(&text);
        }
    }
}
