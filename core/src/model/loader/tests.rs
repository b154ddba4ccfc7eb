//! The loader against servers made of numbers.

use proptest::prelude::*;

use super::*;

type Numbers = Loader<u32, u32, &'static str>;

fn pairs(range: std::ops::Range<u32>) -> Vec<(u32, u32)> {
    range.map(|number| (number, number)).collect()
}

#[test]
fn pages_until_there_is_no_cursor() {
    let mut list = Numbers::default();
    let first = list.start();
    assert_eq!(first.cursor, None);
    assert!(list.more().is_none(), "one page at a time");
    list.page(first.ticket, pairs(0..3), Some("a".to_owned()));
    assert_eq!(list.phase(), &Phase::Paused);
    let second = list.more().unwrap();
    assert_eq!(second.cursor.as_deref(), Some("a"));
    // An empty page with a cursor is not the last one.
    list.page(second.ticket, Vec::new(), Some("b".to_owned()));
    assert_eq!(list.phase(), &Phase::Paused);
    let third = list.more().unwrap();
    list.page(third.ticket, pairs(3..5), None);
    assert_eq!(list.phase(), &Phase::Complete);
    assert!(list.more().is_none());
    assert_eq!(list.items().copied().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
}

#[test]
fn a_repeated_cursor_stops_it() {
    let mut list = Numbers::default();
    let first = list.start();
    list.page(first.ticket, pairs(0..1), Some("a".to_owned()));
    let second = list.more().unwrap();
    list.page(second.ticket, pairs(1..2), Some("a".to_owned()));
    assert_eq!(list.phase(), &Phase::Repeated);
    assert!(list.more().is_none());
    assert_eq!(list.count(), 2);
}

#[test]
fn a_failed_page_is_asked_again_alone() {
    let mut list = Numbers::default();
    let first = list.start();
    list.page(first.ticket, pairs(0..2), Some("a".to_owned()));
    let second = list.more().unwrap();
    list.fail(second.ticket, "503");
    assert_eq!((list.phase(), list.count()), (&Phase::Failed("503"), 2));
    let again = list.more().unwrap();
    assert_eq!(again.cursor.as_deref(), Some("a"));
    list.page(again.ticket, pairs(2..4), None);
    assert_eq!((list.phase(), list.count()), (&Phase::Complete, 4));
}

#[test]
fn answers_of_another_query_are_dropped() {
    let mut list = Numbers::default();
    let old = list.start();
    let new = list.start();
    assert!(!list.page(old.ticket, pairs(0..9), None));
    assert!(!list.fail(old.ticket, "late"));
    assert!(list.page(new.ticket, pairs(20..21), None));
    assert_eq!(list.items().copied().collect::<Vec<_>>(), [20]);
}

#[test]
fn the_screen_never_goes_blank_for_a_moment() {
    let mut list = Numbers::default();
    let first = list.start();
    list.page(first.ticket, pairs(0..3), None);
    let again = list.refresh();
    assert_eq!((list.count(), list.is_stale()), (3, true));
    list.fail(again.ticket, "503");
    assert_eq!(list.count(), 3, "what was read is better than nothing");
    let retry = list.more().unwrap();
    list.page(retry.ticket, pairs(1..3), None);
    assert_eq!((list.count(), list.is_stale()), (2, false));
    let other = list.start();
    assert_eq!((list.count(), list.is_stale()), (2, true));
    list.fail(other.ticket, "503");
    assert_eq!(
        list.count(),
        0,
        "rows of another query must not look like an answer to this one"
    );
}

#[test]
fn a_stopped_page_comes_too_late() {
    let mut list = Numbers::default();
    let first = list.start();
    list.stop();
    assert!(!list.page(first.ticket, pairs(0..1), None));
    let again = list.more().unwrap();
    assert!(list.page(again.ticket, pairs(0..1), None));
}

#[test]
fn stopping_leaves_no_rows_of_another_query() {
    let mut list = Numbers::default();
    let first = list.start();
    list.page(first.ticket, pairs(0..3), None);
    list.refresh();
    list.stop();
    assert_eq!(
        (list.count(), list.has_answered()),
        (3, false),
        "the same query's rows stay"
    );
    list.start();
    list.stop();
    assert_eq!(
        (list.phase(), list.count(), list.has_answered()),
        (&Phase::Paused, 0, false)
    );
}

proptest! {
    /// A server that inserts and deletes while it pages: nothing twice, nothing missing that was there throughout.
    #[test]
    fn nothing_twice_and_nothing_missing(
        start in proptest::collection::btree_set(0u32..500, 0..60),
        limit in 1usize..7,
        edits in proptest::collection::vec((any::<bool>(), 0u32..500), 0..40),
    ) {
        let mut server = start.clone();
        let mut throughout = start;
        let mut edits = edits.into_iter();
        let mut list = Numbers::default();
        let mut request = Some(list.start());
        while let Some(asked) = request {
            let after = asked.cursor.as_ref().map(|cursor| cursor.parse::<u32>().unwrap());
            let page: Vec<u32> = server.iter().copied().filter(|it| after.is_none_or(|after| *it > after)).take(limit).collect();
            let next = (page.len() == limit).then(|| page[limit - 1].to_string());
            list.page(asked.ticket, page.into_iter().map(|it| (it, it)).collect(), next);
            if let Some((insert, number)) = edits.next() {
                if insert { server.insert(number); } else { server.remove(&number); throughout.remove(&number); }
            }
            request = list.more();
        }
        prop_assert_eq!(list.phase(), &Phase::Complete);
        let seen: Vec<u32> = list.items().copied().collect();
        let once: HashSet<u32> = seen.iter().copied().collect();
        prop_assert_eq!(seen.len(), once.len());
        prop_assert!(throughout.iter().all(|it| once.contains(it)));
    }
}
