//! Automatic retries and their delays (api.md, Transport).

use std::time::{Duration, UNIX_EPOCH};

use crate::{Failure, Method, Timestamp};

/// The longest `Retry-After` that is waited for without asking the user.
pub const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// The default timeout of a call, from sending to the last byte.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// A retry policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// The maximum number of tries, including the first.
    pub tries: u32,
    /// The maximum wait before the second try; doubles with each try.
    pub first_wait: Duration,
    /// The maximum wait before any try, unless the server asks for more.
    pub longest_wait: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            tries: 3,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(8),
        }
    }
}

impl Policy {
    /// A single try: for actions that the user watches and can repeat.
    #[must_use]
    pub fn once() -> Self {
        Self {
            tries: 1,
            ..Self::default()
        }
    }

    /// The wait before the next try after `tried` tries; `None` if a retry is not allowed or cannot help.
    ///
    /// `jitter` is a random number from 0 to 1. Half of the wait is fixed and half random ("equal jitter"), so that
    /// tabs that failed together do not come back together.
    #[must_use]
    pub fn wait(&self, method: Method, failure: &Failure, tried: u32, jitter: f64) -> Option<Duration> {
        if !method.is_repeatable() || !failure.can_retry_help() || tried >= self.tries {
            return None;
        }
        let wait = self.backoff(tried, jitter);
        match failure.retry_after {
            // Retrying earlier than asked is impolite, and waiting silently for minutes is worse.
            Some(asked) if asked > LONGEST_WAIT => None,
            // A server that asks for no wait at all would be called in a loop.
            Some(asked) => Some(asked.max(wait)),
            None => Some(wait),
        }
    }

    /// The wait that a busy server asks for, never below the own backoff. `None` if the server is not busy, asks for no
    /// wait, or asks for more than [`LONGEST_WAIT`]. `jitter` as in [`Self::wait`].
    #[must_use]
    pub fn asked_wait(&self, failure: &Failure, tried: u32, jitter: f64) -> Option<Duration> {
        let is_busy = matches!(failure.http(), Some(429 | 503));
        let asked = failure.retry_after.filter(|wait| is_busy && *wait <= LONGEST_WAIT);
        asked.map(|wait| wait.max(self.backoff(tried, jitter)))
    }

    /// The wait after `tried` tries where the server doesn't ask for a longer one. `jitter` as in [`Self::wait`].
    #[must_use]
    pub fn backoff(&self, tried: u32, jitter: f64) -> Duration {
        let doublings = tried.saturating_sub(1).min(16);
        let wait = self.first_wait.saturating_mul(1 << doublings).min(self.longest_wait);
        let jitter = if jitter.is_finite() {
            jitter.clamp(0.0, 1.0)
        } else {
            0.0
        };
        wait.mul_f64(0.5 + jitter / 2.0)
    }
}

/// Parses `Retry-After`: seconds, or an HTTP date (RFC 9110 §10.2.3) in any of its three formats (§5.6.7). A date in
/// the past means no wait.
///
/// A date is measured against `date`, the response's own `Date` header, because the clock of this machine may be wrong;
/// against `now` if the page can't read that header.
#[must_use]
pub fn retry_after(header: &str, date: Option<&str>, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // Numbers that do not fit are still very long waits.
        return Some(Duration::from_secs(header.parse::<u32>().unwrap_or(u32::MAX).into()));
    }
    let until = instant(header)?;
    let now = date
        .and_then(instant)
        .unwrap_or_else(|| Duration::from_millis(now.timestamp_millis().try_into().unwrap_or_default()));
    Some(until.saturating_sub(now))
}

/// An HTTP date as the time since 1970; an earlier one is 1970.
fn instant(date: &str) -> Option<Duration> {
    let date = httpdate::parse_http_date(date.trim()).ok()?;
    Some(date.duration_since(UNIX_EPOCH).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cause, Operation};
    use proptest::prelude::*;

    fn failure(http: u16, retry_after: Option<u64>) -> Failure {
        let mut failure = Failure::new(Operation::ListSecrets, Cause::Refused { http, status: None });
        failure.retry_after = retry_after.map(Duration::from_secs);
        failure
    }

    #[test]
    fn only_get_and_delete_and_only_where_it_can_help() {
        let policy = Policy::default();
        for http in [408, 429, 500, 502, 503, 504] {
            assert!(
                policy.wait(Method::Get, &failure(http, None), 1, 0.5).is_some(),
                "{http}"
            );
            assert!(
                policy.wait(Method::Delete, &failure(http, None), 1, 0.5).is_some(),
                "{http}"
            );
            assert_eq!(policy.wait(Method::Post, &failure(http, None), 1, 0.5), None, "{http}");
            assert_eq!(policy.wait(Method::Patch, &failure(http, None), 1, 0.5), None, "{http}");
        }
        for http in [400, 401, 403, 404, 409, 501] {
            assert_eq!(policy.wait(Method::Get, &failure(http, None), 1, 0.5), None, "{http}");
        }
        assert_eq!(policy.wait(Method::Get, &failure(503, None), 3, 0.5), None);
        assert_eq!(Policy::once().wait(Method::Get, &failure(503, None), 1, 0.5), None);
    }

    #[test]
    fn does_what_the_server_asks_up_to_a_minute() {
        let policy = Policy::default();
        assert_eq!(
            policy.wait(Method::Get, &failure(429, Some(7)), 1, 0.0),
            Some(Duration::from_secs(7))
        );
        assert_eq!(
            policy.wait(Method::Get, &failure(429, Some(60)), 2, 1.0),
            Some(LONGEST_WAIT)
        );
        assert_eq!(policy.wait(Method::Get, &failure(429, Some(61)), 1, 1.0), None);
    }

    #[test]
    fn never_faster_than_its_own_backoff() {
        let policy = Policy::default();
        assert_eq!(
            policy.wait(Method::Get, &failure(429, Some(0)), 1, 1.0),
            Some(policy.first_wait)
        );
    }

    #[test]
    fn a_busy_server_is_waited_for_as_it_asks_whatever_was_sent() {
        let policy = Policy::default();
        let wait = |http, seconds| policy.asked_wait(&failure(http, seconds), 1, 1.0);
        assert_eq!(wait(429, Some(7)), Some(Duration::from_secs(7)));
        assert_eq!(wait(503, Some(60)), Some(LONGEST_WAIT));
        assert_eq!(wait(429, Some(0)), Some(policy.first_wait), "never in a loop");
        for (http, seconds) in [(429, Some(61)), (429, None), (500, Some(7))] {
            assert_eq!(wait(http, seconds), None, "{http} {seconds:?}");
        }
    }

    #[test]
    fn reads_both_forms_of_the_header() {
        let now = chrono::DateTime::parse_from_rfc3339("1994-11-06T08:49:00Z")
            .unwrap()
            .to_utc();
        assert_eq!(retry_after("120", None, now), Some(Duration::from_secs(120)));
        assert_eq!(retry_after(" 0 ", None, now), Some(Duration::ZERO));
        assert_eq!(
            retry_after("Sun, 06 Nov 1994 08:49:37 GMT", None, now),
            Some(Duration::from_secs(37))
        );
        for obsolete in ["Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(
                retry_after(obsolete, None, now),
                Some(Duration::from_secs(37)),
                "{obsolete}"
            );
        }
        for past in ["Sun, 06 Nov 1994 08:48:37 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"] {
            assert_eq!(retry_after(past, None, now), Some(Duration::ZERO), "{past}");
        }
        assert_eq!(
            retry_after("99999999999999999999", None, now),
            Some(Duration::from_secs(u32::MAX.into()))
        );
        let server = Some("Sun, 06 Nov 1994 08:49:30 GMT");
        assert_eq!(
            retry_after("Sun, 06 Nov 1994 08:49:37 GMT", server, now),
            Some(Duration::from_secs(7)),
            "by the server's clock"
        );
        for nonsense in ["", "soon", "-1", "1.5"] {
            assert_eq!(retry_after(nonsense, None, now), None, "{nonsense}");
        }
    }

    proptest! {
        #[test]
        fn waits_grow_within_their_bounds(tried in 1u32..3, jitter in any::<f64>()) {
            let policy = Policy::default();
            let wait = policy.wait(Method::Get, &failure(503, None), tried, jitter).unwrap();
            let full = policy.first_wait * (1 << (tried - 1));
            prop_assert!(wait >= full / 2 && wait <= full);
        }
    }
}
