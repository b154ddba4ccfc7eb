//! What is typed and not saved: kept over a reload, a lock and an expiry, offered to nobody else, and wiped.

use std::sync::atomic::Ordering;

use super::*;
use crate::store::drafts::Unkept;

/// As long as the vault takes.
const MOMENT: Duration = Duration::from_millis(1);

fn keep(world: &World, name: &'static str, text: &'static str) -> Task<Result<(), Unkept>> {
    let drafts = world.drafts().expect("it is known who is connected");
    world.start(async move { drafts.keep(name, text.as_bytes()).await })
}

fn kept(world: &World, name: &'static str, text: &'static str) {
    let keeping = keep(world, name, text);
    world.turn_clock(MOMENT);
    assert_eq!(keeping.answer(), Some(Ok(())));
}

fn read(world: &World, name: &'static str) -> Option<String> {
    let drafts = world.drafts().expect("it is known who is connected");
    let reading = world.start(async move { drafts.read(name).await });
    world.turn_clock(MOMENT);
    let text = reading.answer().expect("it was read")?;
    Some(String::from_utf8(text.to_vec()).unwrap())
}

#[test]
fn a_draft_outlives_a_reload_and_a_lock() {
    let world = World::new();
    world.connect_as("key_alice", ALICE, false);
    kept(&world, "new/a", "hunter2");
    assert!(
        world.tab.all_kept().iter().all(|(_, text)| !text.contains("hunter2")),
        "it is encrypted"
    );
    let world = world.reload();
    world.connect_as("key_alice", ALICE, false);
    assert_eq!(read(&world, "new/a").as_deref(), Some("hunter2"));
    world.session().lock();
    assert!(world.drafts().is_none());
    world.connect_as("key_alice", ALICE, false);
    assert_eq!(read(&world, "new/a").as_deref(), Some("hunter2"));
    world.drafts().unwrap().forget("new/a");
    assert_eq!(read(&world, "new/a"), None);
}

#[test]
fn nobody_else_is_offered_it_who_connects_after_an_expiry() {
    let world = World::connected();
    kept(&world, "edit/s", "of Alice");
    let drafts = world.drafts().unwrap();
    world.session().expire();
    assert_eq!(world.drafts(), Some(drafts.clone()), "the page is still theirs");
    world.connect_as("key_bob", BOB, false);
    assert!(!world.drafts().unwrap().has("edit/s") && read(&world, "edit/s").is_none());
    kept(&world, "edit/s", "of Bob");
    world.session().expire();
    world.connect_as("key_alice", ALICE, false);
    assert_eq!(world.drafts(), Some(drafts));
    assert_eq!(read(&world, "edit/s").as_deref(), Some("of Alice"));
}

#[test]
fn disconnecting_wipes_them_also_what_is_on_its_way() {
    let world = World::connected();
    kept(&world, "new/a", "hunter2");
    let drafts = world.drafts().unwrap();
    let late = keep(&world, "new/b", "on its way");
    world.session().disconnect();
    assert!(world.tab.all_kept().is_empty());
    world.turn_clock(MOMENT);
    assert_eq!(late.answer(), Some(Ok(())));
    // A form that goes away because of this keeps once more what was typed.
    let form = drafts.clone();
    let leaving = world.start(async move { form.keep("new/a", b"hunter2").await });
    world.turn_clock(MOMENT);
    assert_eq!(leaving.answer(), Some(Ok(())));
    assert!(world.tab.all_kept().is_empty(), "{:?}", world.tab.all_kept());
    world.connect_as("key_alice", ALICE, false);
    assert_ne!(world.drafts(), Some(drafts));
    assert_eq!(read(&world, "new/a"), None);
}

#[test]
fn the_last_of_several_at_once_stays() {
    let world = World::connected();
    let (one, two) = (keep(&world, "new/a", "earlier"), keep(&world, "new/a", "later"));
    let other = keep(&world, "new/b", "another");
    world.turn_clock(MOMENT);
    assert_eq!(
        (one.answer(), two.answer(), other.answer()),
        (Some(Ok(())), Some(Ok(())), Some(Ok(())))
    );
    assert_eq!(read(&world, "new/a").as_deref(), Some("later"));
    assert_eq!(read(&world, "new/b").as_deref(), Some("another"));
    let late = keep(&world, "new/a", "saved meanwhile");
    world.drafts().unwrap().forget("new/a");
    world.turn_clock(MOMENT);
    assert!(late.is_done() && !world.drafts().unwrap().has("new/a"));
}

#[test]
fn what_the_browser_does_not_keep_counts_until_it_is_kept_or_not_wanted() {
    let world = World::connected();
    let store = world.draft_store();
    assert!(store.are_kept());
    world.tab.refuses.store(true, Ordering::Relaxed);
    for _ in 0..2 {
        let refused = keep(&world, "new/a", "text");
        world.turn_clock(MOMENT);
        assert_eq!(refused.answer(), Some(Err(Unkept::Refused)));
    }
    assert!(!store.are_kept());
    world.tab.refuses.store(false, Ordering::Relaxed);
    kept(&world, "new/b", "another");
    assert!(!store.are_kept());
    kept(&world, "new/a", "text");
    assert!(store.are_kept());
}

#[test]
fn what_was_tampered_with_or_moved_is_none() {
    let world = World::connected();
    kept(&world, "new/a", "a");
    kept(&world, "new/b", "b");
    let name = |end: &str| {
        let kept = world.tab.all_kept();
        kept.iter().find(|(name, _)| name.ends_with(end)).unwrap().clone()
    };
    let ((place, _), (_, moved)) = (name("new/a"), name("new/b"));
    world.tab.overwrite(&place, &moved);
    assert!(world.drafts().unwrap().has("new/a"));
    assert_eq!(read(&world, "new/a"), None);
}
