//! Limits concurrent list requests, across all lists.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use contract::{Failure, Quota};
use leptos::prelude::*;
use strongroom_core::list::instant::Instant;

use crate::browser::published::Published;
use crate::browser::clock::Clock;

/// The maximum number of concurrent requests.
const AT_ONCE: usize = 4;

/// The limit shared by all lists: a number of concurrent requests, and none while the server asks to wait.
#[derive(Clone, Copy)]
pub struct ReadLimit {
    limit: StoredValue<Rc<RefCell<Limit>>, LocalStorage>,
    clock: Clock,
    /// Whether the server's rate limit was reached by a list with the last use, which costs more.
    is_info_limited: Published<bool>,
}

#[derive(Default)]
struct Limit {
    running: usize,
    waiting: Vec<Waker>,
    /// The end of the pause that the server asked for, and the failure that asked for it.
    pause: Option<(Instant, Failure)>,
    /// What was left of the rate limit at the latest answer, and when its window ends.
    quota: Option<(Quota, Instant)>,
    /// When the latest request of a reading began.
    began: Instant,
}

impl Limit {
    /// When the next request of a reading in the background may begin: at once, unless little is left of the rate limit.
    fn next_start(&mut self, now: Instant) -> Instant {
        let quota = self.quota.filter(|(_, end)| *end > now);
        let spacing = quota.map_or(Duration::ZERO, |(quota, _)| quota.spacing());
        let spacing = Instant::try_from(spacing.as_millis()).unwrap_or(Instant::MAX);
        let start = now.max(self.began.saturating_add(spacing));
        self.began = start;
        start
    }
}

impl ReadLimit {
    /// A limit that lives as long as the current owner.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            limit: StoredValue::new_local(Rc::default()),
            clock,
            is_info_limited: Published::new(false),
        }
    }

    #[must_use]
    pub fn clock(self) -> Clock {
        self.clock
    }

    #[must_use]
    pub fn now(self) -> Instant {
        self.clock.now().timestamp_millis()
    }

    /// Whether lists do without the last use, unless the user asks for it.
    #[must_use]
    pub fn is_info_limited(self) -> Published<bool> {
        self.is_info_limited
    }

    /// Sends a request when a slot is free; one in the background later, if little is left of the server's rate limit.
    /// During a pause nothing is sent, and the answer is the failure that began the pause, with the remaining wait.
    pub async fn run<Answer>(
        self,
        is_in_background: bool,
        now: impl Fn() -> Instant,
        request: impl Future<Output = Result<Answer, Failure>>,
    ) -> Result<Answer, Failure> {
        let Some(limit) = self.limit.try_get_value() else {
            return request.await;
        };
        let asked = now();
        if !is_in_background {
            limit.borrow_mut().began = asked;
        } else {
            let start = limit.borrow_mut().next_start(asked);
            if let Ok(wait) = u64::try_from(start - asked)
                && wait > 0
            {
                self.clock.sleep(Duration::from_millis(wait)).await;
            }
        }
        let _turn = turn(limit.clone()).await;
        if let Some((until, failure)) = limit.borrow().pause.clone()
            && let Ok(left) = u64::try_from(until - now())
            && left > 0
        {
            let retry_after = Some(Duration::from_millis(left));
            return Err(Failure { retry_after, ..failure });
        }
        request.await
    }

    /// What is left of the rate limit, by an answer.
    pub fn learn(self, quota: Option<Quota>) {
        if let (Some(quota), Some(limit)) = (quota, self.limit.try_get_value()) {
            let reset = Instant::try_from(quota.reset.as_millis()).unwrap_or(Instant::MAX);
            limit.borrow_mut().quota = Some((quota, self.now().saturating_add(reset)));
        }
    }

    /// Starts a pause: the server asked to wait.
    pub fn pause(self, until: Instant, failure: &Failure) {
        if let Some(limit) = self.limit.try_get_value() {
            let mut limit = limit.borrow_mut();
            if limit.pause.as_ref().is_none_or(|(known, _)| *known < until) {
                limit.pause = Some((until, failure.clone()));
            }
        }
    }

    /// Ends the pause, because the user wants to continue now.
    pub fn end_pause(self) {
        if let Some(limit) = self.limit.try_get_value() {
            limit.borrow_mut().pause = None;
        }
    }
}

/// A slot of a pending request. Dropping it, sent or aborted, frees the slot.
struct Turn(Rc<RefCell<Limit>>);

async fn turn(limit: Rc<RefCell<Limit>>) -> Turn {
    poll_fn(|context| {
        let mut limit = limit.borrow_mut();
        if limit.running < AT_ONCE {
            limit.running += 1;
            return Poll::Ready(());
        }
        limit.waiting.push(context.waker().clone());
        Poll::Pending
    })
    .await;
    Turn(limit)
}

impl Drop for Turn {
    fn drop(&mut self) {
        let waiting = {
            let mut limit = self.0.borrow_mut();
            limit.running -= 1;
            std::mem::take(&mut limit.waiting)
        };
        // Those that get no slot wait again.
        waiting.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use contract::{Cause, Operation};
    use futures::FutureExt as _;
    use futures::channel::oneshot;
    use futures::future::{LocalBoxFuture, join_all};

    use super::*;

    type Answer = Result<(), Failure>;

    fn busy() -> Failure {
        let cause = Cause::Refused {
            http: 429,
            status: None,
        };
        Failure::new(Operation::ListSecrets, cause)
    }

    #[test]
    fn four_at_once_and_the_next_when_one_ends() {
        Owner::new().with(|| {
            let limit = ReadLimit::new(Clock::of_browser());
            let begun = Rc::new(Cell::new(0));
            let (mut ends, mut requests) = (Vec::new(), Vec::<LocalBoxFuture<'static, Answer>>::new());
            for _ in 0..7 {
                let (end, ended) = oneshot::channel::<()>();
                let begun = Rc::clone(&begun);
                ends.push(end);
                requests.push(Box::pin(limit.run(true, || 0, async move {
                    begun.set(begun.get() + 1);
                    let _ = ended.await;
                    Ok(())
                })));
            }
            let given_up = requests.remove(1);
            let mut given_up = Some(given_up);
            let mut all = join_all(requests);
            assert!(given_up.as_mut().and_then(|request| request.now_or_never()).is_none());
            assert!((&mut all).now_or_never().is_none());
            assert_eq!(begun.get(), 4);
            ends.remove(0).send(()).expect("it is waited for");
            assert!((&mut all).now_or_never().is_none());
            assert_eq!(begun.get(), 5);
            // The aborted request frees its slot for another.
            given_up = None;
            drop(given_up);
            assert!((&mut all).now_or_never().is_none());
            assert_eq!(begun.get(), 6);
            ends.clear();
            assert!((&mut all).now_or_never().is_some());
            assert_eq!(begun.get(), 7);
        });
    }

    #[test]
    fn the_less_is_left_the_further_apart_requests_begin() {
        let mut limit = Limit::default();
        assert_eq!([limit.next_start(1_000), limit.next_start(1_000)], [1_000, 1_000]);
        let quota = Quota {
            limit: Some(100),
            remaining: 14,
            reset: Duration::from_secs(40),
        };
        limit.quota = Some((quota, 41_000));
        assert_eq!([limit.next_start(1_000), limit.next_start(1_000)], [11_000, 21_000]);
        assert_eq!(limit.next_start(40_999), 40_999, "the last one began long ago");
        assert_eq!(limit.next_start(41_000), 41_000, "the window is over");
    }

    #[test]
    fn a_pause_is_for_all() {
        Owner::new().with(|| {
            let limit = ReadLimit::new(Clock::of_browser());
            let ask = |now: fn() -> Instant| {
                let answer = limit.run(true, now, async { Ok("asked") }).now_or_never();
                answer.expect("it waits for nothing")
            };
            limit.pause(2_000, &busy());
            limit.pause(1_000, &busy());
            let failure = ask(|| 500).expect_err("it is a pause");
            assert_eq!(failure.retry_after, Some(Duration::from_millis(1_500)));
            assert_eq!(failure.http(), Some(429));
            assert_eq!(ask(|| 2_000), Ok("asked"));
            limit.pause(9_000, &busy());
            limit.end_pause();
            assert_eq!(ask(|| 2_000), Ok("asked"));
        });
    }
}
