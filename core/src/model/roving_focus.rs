//! Moving the focus between items in a column.

/// The item that a key moves to from `present`, of `count`: arrows to the neighbours, wrapping around, Home and End to the
/// first and the last. `None` for any other key (ARIA Authoring Practices Guide, Menu).
#[must_use]
pub fn next(key: &str, present: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let present = present.min(last);
    match key {
        "Home" => Some(0),
        "End" => Some(last),
        "ArrowDown" => Some((present + 1) % count),
        "ArrowUp" => Some((present + last) % count),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn arrows_wrap_around() {
        assert_eq!(next("ArrowDown", 2, 3), Some(0));
        assert_eq!(next("ArrowUp", 0, 3), Some(2));
        assert_eq!(next("ArrowRight", 0, 3), None);
        assert_eq!(next("End", 0, 3), Some(2));
        assert_eq!(next("Home", 2, 3), Some(0));
        assert_eq!(next("Home", 0, 0), None);
    }

    proptest! {
        #[test]
        fn it_never_leaves_the_column(present in 0_usize..20, count in 1_usize..10, back in any::<bool>()) {
            let key = if back { "ArrowUp" } else { "ArrowDown" };
            prop_assert!(next(key, present, count).unwrap() < count);
        }
    }
}
