//! What is typed and not saved: kept over a reload, a lock and an expiry, for one account and form, and wiped.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use super::*;
use crate::store::drafts::{DraftSlot, SentDraft, Unkept};

/// As long as the vault takes.
const MOMENT: Duration = Duration::from_millis(1);

fn keep(world: &World, name: &'static str, text: &'static str) -> Task<Result<(), Unkept>> {
    let drafts = world.drafts().expect("it is known who is connected");
    world.start(async move { drafts.slot(name).keep(text.as_bytes()).await })
}

/// The slot of a form that is mounted now.
fn slot(world: &World, name: &str) -> DraftSlot {
    world.drafts().expect("it is known who is connected").slot(name)
}

fn kept(world: &World, name: &'static str, text: &'static str) {
    let keeping = keep(world, name, text);
    world.turn_clock(MOMENT);
    assert_eq!(keeping.answer(), Some(Ok(())));
}

fn read(world: &World, name: &'static str) -> Option<String> {
    let drafts = world.drafts().expect("it is known who is connected");
    let reading = world.start(async move { drafts.slot(name).read().await });
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
    slot(&world, "new/a").delete();
    assert_eq!(read(&world, "new/a"), None);
}

/// Bytes of a draft with a value, as `core::model::draft` writes them.
const DRAFT: &[u8] = b"\0\0\0\x04headhunter2";

/// Keeps a draft with a value.
fn keep_value(world: &World, name: &'static str) -> Task<Result<(), Unkept>> {
    let slot = slot(world, name);
    world.start(async move { slot.keep(DRAFT).await })
}

fn read_bytes(world: &World, name: &'static str) -> Option<Vec<u8>> {
    let slot = slot(world, name);
    let reading = world.start(async move { slot.read().await });
    world.turn_clock(2 * MOMENT);
    reading.answer().expect("it was read").map(|bytes| bytes.to_vec())
}

fn has_values(world: &World) -> bool {
    world
        .tab
        .all_kept()
        .iter()
        .any(|(name, _)| name.starts_with("strongroom.value."))
}

#[test]
fn a_value_outlives_a_reload_and_no_lock() {
    let world = World::connected();
    let (first, left) = (keep_value(&world, "new/a"), keep_value(&world, "new/b"));
    world.turn_clock(2 * MOMENT);
    assert_eq!((first.answer(), left.answer()), (Some(Ok(())), Some(Ok(()))));
    let world = world.reload();
    world.connect_as("key_alice", ALICE, false);
    assert_eq!(read_bytes(&world, "new/a").as_deref(), Some(DRAFT));
    assert!(world.draft_store().have_values());

    // One is just being kept, and a form that goes away because of the lock keeps once more what was typed.
    let late = keep_value(&world, "new/a");
    let form = slot(&world, "new/c");
    world.session().lock();
    assert!(!has_values(&world), "at once, whatever view they belong to");
    let leaving = world.start(async move { form.keep(DRAFT).await });
    world.turn_clock(2 * MOMENT);
    assert_eq!((late.answer(), leaving.answer()), (Some(Ok(())), Some(Ok(()))));
    assert!(!has_values(&world) && !world.draft_store().have_values());

    world.connect_as("key_alice", ALICE, false);
    for name in ["new/a", "new/b", "new/c"] {
        assert_eq!(
            read_bytes(&world, name).as_deref(),
            Some(&DRAFT[..8]),
            "{name}: the rest is there"
        );
    }
    let again = keep_value(&world, "new/a");
    world.turn_clock(2 * MOMENT);
    assert_eq!(again.answer(), Some(Ok(())));
    assert_eq!(read_bytes(&world, "new/a").as_deref(), Some(DRAFT));
    slot(&world, "new/a").delete();
    assert!(!has_values(&world));
}

#[test]
fn a_database_that_never_answers_counts_as_none() {
    let world = World::connected();
    let store = world.draft_store();
    world.browser.is_mute.store(true, Ordering::Relaxed);
    let (late, form) = (Rc::new(Cell::new(false)), slot(&world, "new/a"));
    let keeping = world.start({
        let late = late.clone();
        async move { form.keep_or_warn(b"typed", || late.set(true)).await }
    });
    assert!(!store.are_kept(), "a lock now would lose it");
    world.turn_clock(Duration::from_secs(9));
    assert!(!late.get(), "a busy machine is not one without a database");
    world.turn_clock(Duration::from_secs(1));
    assert!(late.get() && keeping.answer().is_none() && !store.are_kept());
    world.browser.is_mute.store(false, Ordering::Relaxed);
    world.turn_clock(Duration::from_secs(2));
    assert_eq!(keeping.answer(), Some(Ok(())), "what came late is kept all the same");
    assert!(store.are_kept());

    // Where it has worked before, what is on its way counts as kept: a lock waits for nothing.
    kept(&world, "new/a", "typed");
    let keeping = keep(&world, "new/a", "typed more");
    assert!(store.are_kept());
    world.turn_clock(MOMENT);
    assert_eq!(keeping.answer(), Some(Ok(())));
    world.browser.is_mute.store(true, Ordering::Relaxed);
    let slot = slot(&world, "new/a");
    let reading = world.start(async move { slot.read().await });
    world.turn_clock(Duration::from_secs(10));
    assert_eq!(
        reading.answer().map(|draft| draft.is_none()),
        Some(true),
        "a form does not wait for ever"
    );
}

#[test]
fn another_account_has_a_slot_of_its_own_after_an_expiry() {
    let world = World::connected();
    kept(&world, "edit/s", "of Alice");
    let drafts = world.drafts().unwrap();
    world.session().expire();
    assert_eq!(world.drafts(), Some(drafts.clone()), "the page is still theirs");
    world.connect_as("key_bob", BOB, false);
    assert!(!slot(&world, "edit/s").has_draft() && read(&world, "edit/s").is_none());
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
    let leaving = world.start(async move { form.slot("new/a").keep(b"hunter2").await });
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
    slot(&world, "new/a").delete();
    world.turn_clock(MOMENT);
    assert!(late.is_done() && !slot(&world, "new/a").has_draft());
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
    assert!(slot(&world, "new/a").has_draft());
    assert_eq!(read(&world, "new/a"), None);
}

#[test]
fn a_write_deletes_the_draft_that_it_sent_and_no_newer_one() {
    let world = World::connected();
    let keep = |slot: &DraftSlot, text: &'static str| {
        let slot = slot.clone();
        world.start(async move { slot.keep(text.as_bytes()).await });
        world.turn_clock(MOMENT);
    };
    let sender = slot(&world, "new/w");
    keep(&sender, "sent");
    let sent = SentDraft(Some(sender.clone()));
    keep(&sender, "kept again when the view went");
    let next = slot(&world, "new/w");
    keep(&next, "typed since");
    sent.delete();
    assert_eq!(read(&world, "new/w").as_deref(), Some("typed since"));
    SentDraft(Some(next)).delete();
    assert_eq!(read(&world, "new/w"), None);
    // What was restored, and then neither changed nor kept again, is what was sent.
    keep(&sender, "sent again");
    let _restored = slot(&world, "new/w");
    sent.delete();
    assert_eq!(read(&world, "new/w"), None);
}

#[test]
fn a_draft_of_an_earlier_page_goes_with_the_write_that_sends_it() {
    let world = World::connected();
    kept(&world, "new/w", "before a reload");
    let world = world.reload();
    let base = BaseUrl::parse(BASE).unwrap();
    assert!(
        world.draft_store().has_any(&base, "new/w"),
        "nobody knows yet whose it is"
    );
    assert!(!world.draft_store().has_any(&base, "w") && !world.draft_store().has_any(&base, "edit/w/s"));
    world.connect_as("key_alice", ALICE, false);
    SentDraft(Some(slot(&world, "new/w"))).delete();
    assert!(!world.draft_store().has_any(&base, "new/w"));
}
