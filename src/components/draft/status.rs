//! What is known of a draft, and how long one waits before it is kept.

use std::time::Duration;

use contract::Timestamp;

/// How long typing has to rest before it is kept.
const REST: Duration = Duration::from_millis(300);

/// Steady typing is kept after so long all the same.
const MOST: Duration = Duration::from_secs(2);

/// What a person is told of drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// A draft of this time is in the form.
    Restored(Timestamp),
    /// The person wants it gone, and is asked whether they are sure.
    Discarding(Timestamp),
    /// A draft of this time was found after something else had been typed.
    Offered(Timestamp),
    /// The browser keeps none.
    Unkept,
}

/// Whether what is typed is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// Nothing was kept yet.
    Unknown,
    /// The browser has kept what was there last.
    Kept,
    /// It has not.
    Unkept,
}

/// How long the typing has to rest now, where something has waited so long to be kept.
pub fn rest(waited: Duration) -> Duration {
    REST.min(MOST.saturating_sub(waited))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steady_typing_is_kept_all_the_same() {
        assert_eq!(rest(Duration::ZERO), REST);
        assert_eq!(rest(Duration::from_millis(1_650)), REST);
        assert_eq!(rest(Duration::from_millis(1_900)), Duration::from_millis(100));
        assert_eq!(rest(Duration::from_secs(9)), Duration::ZERO);
    }
}
