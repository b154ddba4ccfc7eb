//! What is left of a server's rate limit, and how to stay below it (api.md, Errors).

use std::time::Duration;

use crate::Timestamp;
use crate::retry::LONGEST_WAIT;

/// What is left of a rate limit, as the headers of an answer say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// The number of requests in a window, if the server says so.
    pub limit: Option<u64>,
    /// The number of requests left.
    pub remaining: u64,
    /// When the window ends, after the answer.
    pub reset: Duration,
}

/// A `ratelimit-reset` above this is a time in seconds since 1970; the documentation names no unit.
const EARLIEST_TIME: u64 = 1_000_000_000;

/// Assumed where the server doesn't say how many requests a window allows.
const USUAL_LIMIT: u64 = 100;

impl Quota {
    /// Reads `ratelimit-limit`, `ratelimit-remaining` and `ratelimit-reset`; `None` without a number that is left and the
    /// end of the window. `now` is the time of the answer.
    #[must_use]
    pub fn read(limit: Option<&str>, remaining: Option<&str>, reset: Option<&str>, now: Timestamp) -> Option<Self> {
        // Several policies may follow the first number: `100, 100;w=60`.
        let number = |text: &str| text.split([',', ';']).next()?.trim().parse::<u64>().ok();
        let reset = number(reset?)?;
        let now = u64::try_from(now.timestamp()).unwrap_or_default();
        let seconds = if reset > EARLIEST_TIME {
            reset.saturating_sub(now)
        } else {
            reset
        };
        Some(Self {
            limit: limit.and_then(number).filter(|limit| *limit > 0),
            remaining: number(remaining?)?,
            reset: Duration::from_secs(seconds),
        })
    }

    /// How far apart the requests of a reading in the background should be. Nothing while more than half is left. Then they
    /// are spread over the rest of the window, and the last tenth is left to what the user does.
    #[must_use]
    pub fn spacing(&self) -> Duration {
        let limit = self.limit.unwrap_or(USUAL_LIMIT);
        if self.remaining > limit / 2 {
            return Duration::ZERO;
        }
        let spare = self.remaining.saturating_sub(limit.div_ceil(10));
        let parts = u32::try_from(spare).unwrap_or(u32::MAX).max(1);
        (self.reset / parts).min(LONGEST_WAIT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn now() -> Timestamp {
        "2026-11-26T12:00:00Z".parse().unwrap()
    }

    fn read(limit: &str, remaining: &str, reset: &str) -> Option<Quota> {
        let header = |text| Some(text).filter(|text: &&str| !text.is_empty());
        Quota::read(header(limit), header(remaining), header(reset), now())
    }

    #[test]
    fn the_headers_in_each_form() {
        let quota = |limit, remaining, seconds| {
            Some(Quota {
                limit,
                remaining,
                reset: Duration::from_secs(seconds),
            })
        };
        assert_eq!(read("100", "42", "30"), quota(Some(100), 42, 30));
        assert_eq!(read("100, 100;w=60", " 42 ", "30"), quota(Some(100), 42, 30));
        assert_eq!(read("", "0", "0"), quota(None, 0, 0));
        assert_eq!(
            read("0", "3", "1795694430"),
            quota(None, 3, 30),
            "a time, in seconds since 1970"
        );
        for (remaining, reset) in [("", "30"), ("3", ""), ("many", "30"), ("3", "soon"), ("-1", "30")] {
            assert_eq!(read("100", remaining, reset), None, "{remaining:?} {reset:?}");
        }
    }

    #[test]
    fn the_less_is_left_the_slower() {
        let spacing = |remaining| {
            let quota = Quota {
                limit: Some(100),
                remaining,
                reset: Duration::from_secs(40),
            };
            quota.spacing()
        };
        assert_eq!(spacing(51), Duration::ZERO);
        assert_eq!(
            spacing(50),
            Duration::from_secs(1),
            "40 requests in 40 seconds leave 10"
        );
        assert_eq!(spacing(14), Duration::from_secs(10));
        assert_eq!(spacing(10), Duration::from_secs(40), "the rest is the user's");
        assert_eq!(spacing(0), Duration::from_secs(40));
    }

    proptest! {
        /// Reading at this pace never uses up the window.
        #[test]
        fn a_tenth_is_left_at_the_end(limit in 10_u64..5_000, used in 0_u64..5_000, reset in 1_u64..60) {
            let remaining = limit.saturating_sub(used);
            let quota = Quota { limit: Some(limit), remaining, reset: Duration::from_secs(reset) };
            let spacing = quota.spacing();
            prop_assert!(spacing <= LONGEST_WAIT);
            if remaining <= limit / 2 && remaining > limit.div_ceil(10) {
                let spare = u32::try_from(remaining - limit.div_ceil(10)).unwrap();
                prop_assert!(spacing * spare >= quota.reset - Duration::from_millis(1), "{spacing:?}");
            }
        }
    }
}
