//! Moving between things that stand in a line or a column, of which one has the focus.

/// In which way the things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// One below the other.
    Column,
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

/// Where a key leads from the thing at `present`, of `count`: the arrows to the neighbours, around the ends, Home and End
/// to the first and the last. None where the key means nothing here (ARIA Authoring Practices Guide, Menu and Tabs).
#[must_use]
pub fn next(key: &str, order: Order, present: usize, count: usize) -> Option<usize> {
    if count == 0 {
        return None;
    }
    let (back, on) = match order {
        Order::Column => ("ArrowUp", "ArrowDown"),
        Order::LeftToRight => ("ArrowLeft", "ArrowRight"),
        Order::RightToLeft => ("ArrowRight", "ArrowLeft"),
    };
    let present = present.min(count - 1);
    match key {
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ if key == on => Some((present + 1) % count),
        _ if key == back => Some((present + count - 1) % count),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn arrows_go_around_and_follow_the_line() {
        assert_eq!(next("ArrowDown", Order::Column, 2, 3), Some(0));
        assert_eq!(next("ArrowUp", Order::Column, 0, 3), Some(2));
        assert_eq!(next("ArrowRight", Order::LeftToRight, 0, 3), Some(1));
        assert_eq!(next("ArrowRight", Order::RightToLeft, 0, 3), Some(2));
        assert_eq!(next("ArrowRight", Order::Column, 0, 3), None);
        assert_eq!(next("End", Order::LeftToRight, 0, 3), Some(2));
        assert_eq!(next("Home", Order::Column, 2, 3), Some(0));
        assert_eq!(next("Home", Order::Column, 0, 0), None);
    }

    proptest! {
        #[test]
        fn it_never_leaves_the_line(present in 0_usize..20, count in 1_usize..10, back in any::<bool>()) {
            let key = if back { "ArrowUp" } else { "ArrowDown" };
            prop_assert!(next(key, Order::Column, present, count).unwrap() < count);
        }
    }
}
