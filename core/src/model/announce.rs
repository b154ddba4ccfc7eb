//! Throttles announcements of something that changes often: important changes are announced at once, progress only now
//! and then.

/// Progress is announced again after this many milliseconds.
pub const REST: i64 = 10_000;

/// The last announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling<Kind> {
    told: Option<(Kind, i64)>,
}

impl<Kind> Default for Telling<Kind> {
    fn default() -> Self {
        Self { told: None }
    }
}

impl<Kind: PartialEq> Telling<Kind> {
    /// Whether a change is due to be announced at `now`, in milliseconds: at once if its kind changed or nothing is
    /// under way, otherwise if the last announcement is long enough ago.
    pub fn is_due(&mut self, kind: Kind, is_under_way: bool, now: i64) -> bool {
        let is_more = |(told, at): &(Kind, i64)| *told == kind && now.saturating_sub(*at) < REST;
        let is_due = !(is_under_way && self.told.as_ref().is_some_and(is_more));
        if is_due {
            self.told = Some((kind, now));
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_at_once_then_now_and_then_and_the_end_at_once() {
        let mut telling = Telling::default();
        assert!(telling.is_due("first", true, 0));
        assert!(telling.is_due("more", true, 10));
        assert!(!telling.is_due("more", true, 20));
        assert!(!telling.is_due("more", true, REST + 9));
        assert!(telling.is_due("more", true, REST + 10));
        assert!(!telling.is_due("more", true, REST + 11));
        assert!(telling.is_due("complete", false, REST + 12));
        assert!(telling.is_due("complete", false, REST + 13), "nothing is under way");
    }

    proptest! {
        #[test]
        fn many_pages_are_told_of_rarely(steps in proptest::collection::vec(0_i64..2000, 1..300)) {
            let mut telling = Telling::default();
            let (mut now, mut told) = (0, 0);
            for step in steps {
                now += step;
                told += i64::from(telling.is_due((), true, now));
            }
            prop_assert!(told <= 1 + now / REST, "{told} times in {now} ms");
        }
    }
}
