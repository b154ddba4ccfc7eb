use proptest::prelude::*;

use super::*;

const MINUTE: u64 = 60_000;
const LIMIT: u64 = 15 * MINUTE;
/// Some day in 2026.
const START: u64 = 1_790_000_000_000;

/// Both clocks, so long after the start.
fn after(passed: u64) -> Reading {
    Reading {
        wall: START + passed,
        running: passed,
    }
}

fn fresh() -> Idle {
    Idle::new(LIMIT, after(0), true)
}

/// Ticks each second from one time to another; the first that is no `Stay`, and when.
fn run(idle: &mut Idle, from: u64, to: u64) -> Option<(u64, Step)> {
    (from / 1000 + 1..=to / 1000).find_map(|second| {
        let step = idle.tick(after(second * 1000), true);
        (step != Step::Stay).then_some((second * 1000, step))
    })
}

#[test]
fn it_warns_a_minute_before_and_then_locks() {
    let mut idle = fresh();
    assert_eq!(run(&mut idle, 0, LIMIT), Some((14 * MINUTE, Step::Warn(60))));
    for second in 1..60 {
        let step = idle.tick(after(14 * MINUTE + second * 1000), true);
        assert_eq!(
            60 - second,
            match step {
                Step::Warn(left) => u64::try_from(left).unwrap(),
                other => panic!("{other:?}"),
            }
        );
    }
    assert_eq!(idle.tick(after(LIMIT), true), Step::Lock);
}

#[test]
fn a_short_time_is_warned_of_by_half() {
    let mut idle = Idle::new(MINUTE, after(0), true);
    assert_eq!(run(&mut idle, 0, MINUTE), Some((30_000, Step::Warn(30))));
}

#[test]
fn work_under_way_puts_it_off_even_after_the_warning() {
    let mut idle = fresh();
    assert_eq!(run(&mut idle, 0, LIMIT), Some((14 * MINUTE, Step::Warn(60))));
    assert!(idle.work(START + 14 * MINUTE), "others are told");
    assert!(!idle.work(START + 14 * MINUTE + 1000), "and not at once again");
    assert_eq!(run(&mut idle, 14 * MINUTE, 27 * MINUTE), None);
    // It can't undo a lock that is due: the page was frozen, or the machine slept.
    assert!(!idle.work(START + 60 * MINUTE));
    assert!(idle.would_be_over(START + 15 * MINUTE, START + 60 * MINUTE));
}

#[test]
fn what_is_done_puts_it_off_and_after_the_warning_only_an_answer() {
    let mut idle = fresh();
    assert_eq!(run(&mut idle, 0, 13 * MINUTE), None);
    assert!(idle.act(START + 13 * MINUTE), "others are told");
    assert!(!idle.act(START + 13 * MINUTE), "and not at once again");
    assert_eq!(run(&mut idle, 13 * MINUTE, 26 * MINUTE), None);
    assert_eq!(
        run(&mut idle, 26 * MINUTE, 28 * MINUTE),
        Some((27 * MINUTE, Step::Warn(60)))
    );
    assert!(!idle.act(START + 27 * MINUTE));
    assert_eq!(idle.tick(after(27 * MINUTE + 1000), true), Step::Warn(59));
    idle.stay(START + 27 * MINUTE + 1500);
    assert_eq!(idle.tick(after(27 * MINUTE + 2000), true), Step::Stay);
    assert!(idle.act(START + 28 * MINUTE));
}

#[test]
fn what_is_done_in_another_tab_counts_even_after_the_warning() {
    let mut idle = fresh();
    assert!(run(&mut idle, 0, 14 * MINUTE).is_some());
    idle.hear(START + 14 * MINUTE);
    assert_eq!(run(&mut idle, 14 * MINUTE, 27 * MINUTE), None);
    // What is late does not take back what is newer.
    idle.hear(START);
    assert_eq!(idle.tick(after(27 * MINUTE + 1000), true), Step::Stay);
}

#[test]
fn a_sleep_locks_however_short_the_time_was() {
    let slept = |passed: u64, ran: u64, was_seen, is_seen| {
        let mut idle = Idle::new(LIMIT, after(0), was_seen);
        let now = Reading {
            wall: START + passed,
            running: ran,
        };
        idle.tick(now, is_seen)
    };
    assert_eq!(slept(5 * MINUTE, 1000, true, true), Step::LockAfterSleep);
    assert_eq!(slept(5 * MINUTE, 1000, false, false), Step::LockAfterSleep);
    // Where the clock of the page runs on in a sleep, only a page in sight knows.
    assert_eq!(slept(5 * MINUTE, 5 * MINUTE, true, true), Step::LockAfterSleep);
    assert_eq!(slept(5 * MINUTE, 5 * MINUTE, false, true), Step::Stay);
    assert_eq!(slept(5 * MINUTE, 5 * MINUTE, true, false), Step::Stay);
    // A page out of sight is asked once a minute.
    assert_eq!(slept(MINUTE, MINUTE, true, true), Step::Stay);
}

#[test]
fn a_clock_that_is_set_back_locks_too() {
    let mut idle = fresh();
    let now = Reading {
        wall: START - 60 * MINUTE,
        running: 1000,
    };
    assert_eq!(idle.tick(now, true), Step::LockAfterSleep);
}

#[test]
fn a_page_that_was_put_aside_hears_of_others_first() {
    let mut idle = Idle::new(LIMIT, after(0), false);
    assert_eq!(idle.tick(after(20 * MINUTE), true), Step::Stay);
    idle.hear(START + 19 * MINUTE);
    assert_eq!(idle.tick(after(20 * MINUTE + 1000), true), Step::Stay);

    let mut alone = Idle::new(LIMIT, after(0), false);
    assert_eq!(alone.tick(after(20 * MINUTE), true), Step::Stay);
    assert!(
        !alone.act(START + 20 * MINUTE),
        "a click that comes too late does not count"
    );
    assert_eq!(alone.tick(after(20 * MINUTE + 1000), true), Step::Lock);
}

#[test]
fn another_tab_that_knows_less_is_not_followed() {
    let mut idle = fresh();
    assert!(!idle.agrees(START + 10 * MINUTE));
    assert!(idle.agrees(START + LIMIT - 5000), "it may lag behind by a little");
    idle.hear(START + 10 * MINUTE);
    assert!(!idle.agrees(START + LIMIT));
}

#[test]
fn a_lock_that_was_missed_is_seen_and_so_is_a_disconnecting() {
    assert!(!has_missed_a_lock(Some(START), Some(START)));
    assert!(has_missed_a_lock(Some(START), Some(START + 1)));
    assert!(has_missed_a_lock(Some(START), Some(START - 1)), "a clock was set back");
    assert!(has_missed_a_lock(Some(START), None), "one has disconnected");
    // Nothing is kept here, or this tab is of an older version: nobody can tell.
    assert!(!has_missed_a_lock(None, None) && !has_missed_a_lock(None, Some(START)));
}

#[test]
fn none_is_never() {
    let mut idle = Idle::new(0, after(0), true);
    assert_eq!(idle.tick(after(100 * LIMIT), true), Step::Stay);
    assert!(!idle.is_over(u64::MAX) && !idle.agrees(START + 100 * LIMIT));
}

proptest! {
    /// Whatever is done when: it never locks before the time, always at it, and never unwarned.
    #[test]
    fn it_locks_exactly_when_nobody_was_there(limit in 2_u64..40, acts in proptest::collection::vec((0_u64..3_000, any::<bool>()), 0..60)) {
        let limit = limit * MINUTE;
        let mut idle = Idle::new(limit, after(0), true);
        let mut last = 0;
        let mut warned = None;
        for second in 1..4_000_u64 {
            let now = second * 1000;
            match idle.tick(after(now), true) {
                Step::Stay => { prop_assert!(now - last < limit - MINUTE); warned = None; }
                Step::Warn(left) => {
                    prop_assert!(now - last >= limit - MINUTE && now - last < limit);
                    prop_assert_eq!(u64::try_from(left).unwrap() * 1000, limit - (now - last));
                    warned = warned.or(Some(now));
                }
                Step::Lock => {
                    prop_assert_eq!(now - last, limit);
                    prop_assert_eq!(warned, Some(now - MINUTE));
                    return Ok(());
                }
                Step::LockAfterSleep => prop_assert!(false, "nobody slept"),
            }
            if let Some((_, is_elsewhere)) = acts.iter().find(|(at, _)| *at == second) {
                if *is_elsewhere {
                    idle.hear(START + now);
                    last = now;
                } else {
                    idle.act(START + now);
                    if warned.is_none() { last = now; }
                }
            }
        }
    }

    /// Whatever the clocks say, nothing breaks, and what is over stays over until someone is heard of.
    #[test]
    fn any_clocks(readings in proptest::collection::vec((any::<u64>(), any::<u64>(), any::<bool>(), any::<bool>()), 1..50)) {
        let first = Reading { wall: readings[0].0, running: readings[0].1 };
        let mut idle = Idle::new(LIMIT, first, true);
        for (wall, running, is_seen, is_act) in readings {
            if is_act { idle.act(wall); }
            let _ = idle.tick(Reading { wall, running }, is_seen);
        }
    }
}
