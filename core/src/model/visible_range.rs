//! Which rows of a virtual table are rendered: the visible ones and a few around them.

use std::ops::Range;

/// The number of rows rendered beyond each edge, so that the next row exists before scrolling, Tab or an arrow key
/// reaches it.
pub const AROUND: usize = 12;

/// The number of rows beyond each edge when all have to be written at once; the others follow.
pub const NEAR: usize = 4;

/// The viewport of a table; distances in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sight {
    /// From the top of the first row to the top of the viewport; negative while the table begins below that.
    pub offset: f64,
    /// The height of the viewport.
    pub height: f64,
    /// The height of each row.
    pub row: f64,
}

/// The rows to render, out of `count`, with this many around those in sight.
#[must_use]
pub fn rows(sight: Sight, count: usize, around: usize) -> Range<usize> {
    let is_measured = sight.row.is_finite() && sight.row >= 1.0 && sight.offset.is_finite() && sight.height.is_finite();
    if !is_measured {
        // Unknown so far: enough rows to measure.
        return 0..count.min(2 * around);
    }
    let first = whole(sight.offset / sight.row).saturating_sub(around);
    let last = whole((sight.offset + sight.height) / sight.row).saturating_add(1 + around);
    // Past the end, the last rows: the page may be about to shrink.
    let first = first.min(count.saturating_sub(2 * AROUND));
    first..last.clamp(first, count)
}

/// A number of rows from a quotient; none below zero.
fn whole(quotient: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "cut to what a count of rows can be"
    )]
    let whole = quotient.clamp(0.0, 1e9) as usize;
    whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sight(offset: f64) -> Sight {
        Sight {
            offset,
            height: 720.0,
            row: 36.0,
        }
    }

    #[test]
    fn what_is_in_sight_and_a_few_around() {
        assert_eq!(rows(sight(-100.0), 100_000, AROUND), 0..17 + 1 + AROUND);
        assert_eq!(rows(sight(3600.0), 100_000, AROUND), 100 - AROUND..120 + 1 + AROUND);
        assert_eq!(rows(sight(3600.0), 100_000, NEAR), 100 - NEAR..120 + 1 + NEAR);
        assert_eq!(rows(sight(0.0), 5, AROUND), 0..5);
        assert_eq!(rows(sight(0.0), 0, AROUND), 0..0);
        assert_eq!(rows(Sight { row: 0.0, ..sight(0.0) }, 1000, AROUND), 0..2 * AROUND);
        assert_eq!(rows(sight(1e9), 1000, AROUND), 1000 - 2 * AROUND..1000);
    }

    proptest! {
        #[test]
        fn every_row_in_sight_is_drawn_and_never_many_more(
            offset in -2000.0_f64..4e6, height in 0.0_f64..3000.0, row in 20.0_f64..300.0, count in 0_usize..100_000,
            around in prop_oneof![Just(NEAR), Just(AROUND)],
        ) {
            let drawn = rows(Sight { offset, height, row }, count, around);
            prop_assert!(drawn.start <= drawn.end && drawn.end <= count);
            prop_assert!(drawn.len() <= whole(height / row) + 2 * AROUND + 2);
            for index in [0, 1, count / 2, count.saturating_sub(1)] {
                let top = index as f64 * row;
                let is_in_sight = index < count && top + row > offset && top < offset + height;
                prop_assert!(!is_in_sight || drawn.contains(&index), "{} is not in {:?}", index, drawn);
            }
        }
    }
}
