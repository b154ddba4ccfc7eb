//! When to lock: after a time in which nobody did anything, and after a sleep. Knows the clock only by what it is told.

/// What the clocks say, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The clock on the wall, since 1970. It goes on while the machine sleeps, and can be set.
    pub wall: u64,
    /// The clock of the running page. On most machines it stands still while they sleep.
    pub running: u64,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Stay,
    /// Tell that it locks in so many seconds.
    Warn(usize),
    /// Lock: nobody did anything for too long.
    Lock,
    /// Lock: the machine slept, and whoever wakes it may be someone else.
    LockAfterSleep,
}

/// So long before it locks, it is told; where that is more than half of the time, half of it.
const NOTICE: u64 = 60_000;
/// Clocks that differ by more have not both run on: the machine slept, or one of them was set.
const SLEEP: u64 = 30_000;
/// A page in sight is asked each second; so long it is only left alone by a machine that sleeps.
const GAP: u64 = 120_000;
/// What is done here is told to other tabs at most so often.
const TELL: u64 = 5_000;

/// Whether a tab that was put aside has missed that another one locked or disconnected. `known` is when a tab had locked
/// last as this one was unlocked, `now` the same as it is written down now: gone where one has disconnected. A tab that
/// knew of nothing, because the browser keeps nothing, cannot tell.
///
/// They are compared, and not ordered: a clock that was set must not hide a lock.
#[must_use]
pub fn has_missed_a_lock(known: Option<u64>, now: Option<u64>) -> bool {
    known.is_some() && known != now
}

/// Whether anybody is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idle {
    /// None: it never locks by itself.
    limit: Option<u64>,
    /// When anybody did something in any tab.
    last: u64,
    told: u64,
    before: Reading,
    was_seen: bool,
    is_warned: bool,
    is_in_doubt: bool,
}

impl Idle {
    /// Begins now. A `limit` of 0 is none.
    #[must_use]
    pub fn new(limit: u64, now: Reading, is_seen: bool) -> Self {
        Self {
            limit: (limit > 0).then_some(limit),
            last: now.wall,
            told: now.wall,
            before: now,
            was_seen: is_seen,
            is_warned: false,
            is_in_doubt: false,
        }
    }

    fn is_over(&self, now: u64) -> bool {
        self.would_be_over(self.last, now)
    }

    /// Whether it is too long ago that someone was there, had that been then.
    #[must_use]
    pub fn would_be_over(&self, last: u64, now: u64) -> bool {
        self.limit.is_some_and(|limit| now.saturating_sub(last) >= limit)
    }

    /// Someone did something here. Once it is told that it locks, only an answer to that counts: a hand that brushes the
    /// mouse is none. Nor does what comes too late. Returns whether other tabs are to be told.
    pub fn act(&mut self, now: u64) -> bool {
        if self.is_warned || self.is_over(now) {
            return false;
        }
        self.last = self.last.max(now);
        self.is_due(now)
    }

    /// Someone said that they are still there. Other tabs are to be told.
    pub fn stay(&mut self, now: u64) {
        self.hear(now);
        self.told = now;
    }

    /// Someone did something in another tab.
    pub fn hear(&mut self, at: u64) {
        self.last = self.last.max(at);
        self.is_warned = false;
        self.is_in_doubt = false;
    }

    /// Another tab has locked because nobody did anything. It may know less than this one. Returns whether to lock.
    #[must_use]
    pub fn agrees(&self, now: u64) -> bool {
        // As far as that tab can lag behind.
        self.is_over(now.saturating_add(2 * TELL))
    }

    /// Time has passed: to be called each second, as far as the browser lets that happen, and whenever the page comes in
    /// sight or goes out of it.
    pub fn tick(&mut self, now: Reading, is_seen: bool) -> Step {
        let passed = now.wall.abs_diff(self.before.wall);
        let ran = now.running.abs_diff(self.before.running);
        let was_seen_throughout = self.was_seen && is_seen;
        self.before = now;
        self.was_seen = is_seen;
        let Some(limit) = self.limit else { return Step::Stay };
        if passed.abs_diff(ran) > SLEEP || was_seen_throughout && passed > GAP {
            return Step::LockAfterSleep;
        }
        let idle = now.wall.saturating_sub(self.last);
        if idle >= limit {
            // A page that the browser has put aside has not heard of other tabs yet: what they said comes first.
            if passed > GAP && !self.is_in_doubt {
                self.is_in_doubt = true;
                return Step::Stay;
            }
            return Step::Lock;
        }
        let left = limit - idle;
        self.is_warned = left <= NOTICE.min(limit / 2);
        if self.is_warned {
            Step::Warn(usize::try_from(left.div_ceil(1000)).unwrap_or(usize::MAX))
        } else {
            Step::Stay
        }
    }

    fn is_due(&mut self, now: u64) -> bool {
        let is_due = now.abs_diff(self.told) >= TELL;
        if is_due {
            self.told = now;
        }
        is_due
    }
}

#[cfg(test)]
mod tests;
