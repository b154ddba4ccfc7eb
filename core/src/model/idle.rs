//! When to lock: after a time without activity, and after the machine slept. Pure: the clock readings are passed in.

/// Clock readings, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The wall clock, since 1970. It continues while the machine sleeps, and can be set.
    pub wall: u64,
    /// The clock of the page. On most machines it stops while they sleep.
    pub running: u64,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Stay,
    /// Warn that it locks in this many seconds.
    Warn(usize),
    /// Lock for inactivity.
    Lock,
    /// Lock: the machine slept, and another user may have woken it.
    LockAfterSleep,
}

/// How long before the lock it warns, but at most half of the limit.
const NOTICE: u64 = 60_000;
/// If the clocks differ by more, the machine slept, or a clock was set.
const SLEEP: u64 = 30_000;
/// A visible page is ticked each second; a longer gap means that the machine slept.
const GAP: u64 = 120_000;
/// Activity is reported to other tabs at most this often.
const TELL: u64 = 5_000;

/// Whether a frozen tab has missed that another one locked or disconnected. `known` is the time of the last lock when
/// this tab was unlocked, `now` the stored one, which a disconnect removes. Without storage (`known` is `None`) the tab
/// cannot tell.
///
/// Compared for equality, not order: a clock that was set must not hide a lock.
#[must_use]
pub fn has_missed_a_lock(known: Option<u64>, now: Option<u64>) -> bool {
    known.is_some() && known != now
}

/// The idle state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idle {
    /// `None`: never locks by itself.
    limit: Option<u64>,
    /// The last activity in any tab.
    last: u64,
    told: u64,
    before: Reading,
    was_seen: bool,
    is_warned: bool,
    is_in_doubt: bool,
}

impl Idle {
    /// Starts now. A `limit` of 0 means none.
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

    /// Whether the limit has passed, if `last` was the last activity.
    #[must_use]
    pub fn would_be_over(&self, last: u64, now: u64) -> bool {
        self.limit.is_some_and(|limit| now.saturating_sub(last) >= limit)
    }

    /// Reports activity in this tab. Ignored once it has warned, when only an explicit answer counts (the mouse may be
    /// moved by accident), and once it is too late. Returns whether to report it to other tabs.
    pub fn act(&mut self, now: u64) -> bool {
        if self.is_warned || self.is_over(now) {
            return false;
        }
        self.last = self.last.max(now);
        self.is_due(now)
    }

    /// Work that the user has started goes on in this tab: it counts as activity, so that its result is not taken away.
    /// Returns whether to report it to other tabs.
    pub fn work(&mut self, now: u64) -> bool {
        if self.is_over(now) {
            return false;
        }
        self.hear(now);
        self.is_due(now)
    }

    /// The user confirmed being there. To be reported to other tabs.
    pub fn stay(&mut self, now: u64) {
        self.hear(now);
        self.told = now;
    }

    /// Activity in another tab.
    pub fn hear(&mut self, at: u64) {
        self.last = self.last.max(at);
        self.is_warned = false;
        self.is_in_doubt = false;
    }

    /// Another tab has locked for inactivity, but it may have missed activity. Returns whether to lock.
    #[must_use]
    pub fn agrees(&self, now: u64) -> bool {
        // The maximum lag of that tab.
        self.is_over(now.saturating_add(2 * TELL))
    }

    /// Updates the state. To be called each second, as far as the browser allows, and when the visibility of the page
    /// changes.
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
            // A frozen page has not received messages of other tabs yet: process those first.
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
