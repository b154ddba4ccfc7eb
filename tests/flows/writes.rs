//! Creates, updates and deletes over time: lost answers, pages that are left, sessions that end in the middle.

use contract::calls::SecretQuery;
use contract::{MetadataFields, SecretId, SecretUpdate, ValueChange, WorkspaceId, calls};
use strongroom_core::model::edit_flow::Save;
use strongroom_core::model::write_outcome::{Done, Failed, LookedUp, PAUSE, Seen, Version, WriteState};

use super::*;
use crate::browser::storage::{Area, TextStore as _};
use crate::store::drafts::SentDraft;
use crate::store::notices::use_notices;
use crate::store::secret_list::SecretList;
use crate::store::secret_lists::use_secret_lists;
use crate::store::writes::{BulkItem, Watch};

const SECOND: Duration = Duration::from_secs(1);
const UNDO: Duration = Duration::from_secs(10);
const SECRETS: &str = "/workspace_secrets";
const ONE: &str = "/workspace_secrets/s-1";

/// A secret as the server answers it, made and last changed in this minute.
fn secret(name: &str, minute: u32, value: Option<&str>) -> String {
    let value = value.map(|value| format!(r#""value": "{value}""#)).unwrap_or_default();
    format!(
        r#"{{"metadata": {{"id": "s-1", "name": "{name}", "createdAt": "2026-11-26T12:{minute:02}:00Z",
            "updatedAt": "2026-11-26T12:{minute:02}:00Z", "profileId": "profile_alice"}}, "spec": {{{value}}}}}"#
    )
}

fn list(secrets: &[String]) -> Reply {
    Reply::json(200, format!(r#"{{"items": [{}]}}"#, secrets.join(",")))
}

fn found() -> Reply {
    list(&[secret("NAME", 0, None)])
}

fn nothing_found() -> Reply {
    list(&[])
}

fn refused(status: u16) -> Reply {
    Reply::json(status, r#"{"code": 10, "message": "no"}"#)
}

fn workspace() -> WorkspaceId {
    WorkspaceId::parse("w-1").unwrap()
}

fn id() -> SecretId {
    SecretId::parse("s-1").unwrap()
}

fn fields(name: &str) -> MetadataFields {
    MetadataFields {
        name: name.to_owned(),
        ..MetadataFields::default()
    }
}

/// A page with a form and a draft of it.
struct Page<'a> {
    world: &'a World,
    owner: Owner,
    watch: Watch,
}

impl<'a> Page<'a> {
    fn open(world: &'a World) -> Self {
        let owner = world.owner.child();
        let watch = owner.with(|| world.services.writes.watch());
        let page = Self { world, owner, watch };
        let drafts = world.drafts().unwrap();
        let keeping = world.start(async move { drafts.slot("form").keep(b"typed").await });
        world.turn_clock(SECOND);
        assert!(keeping.is_done() && page.has_draft());
        page
    }

    fn has_draft(&self) -> bool {
        let names = self.world.tab.names(Area::Tab);
        names.iter().any(|name| name.contains("form"))
    }

    fn draft(&self) -> SentDraft {
        let drafts = self.world.drafts().unwrap();
        SentDraft(Some(drafts.slot("form")))
    }

    fn create(&self) {
        let value = Some(SecretText::new("hunter2"));
        self.watch.create(workspace(), fields("NAME"), value, self.draft());
        self.world.run_until_idle();
    }

    /// Saves a secret that was NAME when the editing began.
    fn rename(&self) {
        self.save("OTHER", ValueChange::Keep);
    }

    fn save(&self, name: &str, value: ValueChange) {
        let json = secret("NAME", 0, None);
        let before = <contract::WorkspaceSecret as contract::Answer>::decode(json.as_bytes()).unwrap();
        let before = Version::from(&before.metadata);
        let after = fields(name);
        let update = SecretUpdate::between(&before.fields, &after, value).unwrap();
        let save = Save { before, after, update };
        self.watch.update(workspace(), id(), save, self.draft());
        self.world.run_until_idle();
    }

    fn state(&self) -> WriteState {
        self.watch.state().get_untracked().unwrap()
    }

    fn is_saved(&self) -> bool {
        matches!(self.state(), WriteState::Done(Done::Saved { .. }))
    }

    fn is_not_yet_visible(&self) -> bool {
        matches!(
            self.state(),
            WriteState::Unknown {
                is_not_yet_visible: true,
                ..
            }
        )
    }

    fn seen(&self) -> Result<Seen, Failure> {
        match self.state() {
            WriteState::Failed(Failed::LookedUp(LookedUp { seen, .. })) => seen,
            state => panic!("{state:?}"),
        }
    }

    fn leave(&self) {
        self.owner.cleanup();
        self.world.run_until_idle();
    }
}

fn notices(world: &World) -> Vec<String> {
    world.with(use_notices).texts()
}

fn is_told(world: &World, part: &str) -> bool {
    notices(world).iter().any(|text| text.contains(part))
}

fn methods(world: &World) -> Vec<Method> {
    world.sent().iter().map(|sent| sent.method).collect()
}

#[test]
fn a_create_whose_answer_is_lost_is_found() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Post, SECRETS, Reply::lost());
    world.script(Method::Get, SECRETS, found());
    page.create();
    assert!(page.is_saved() && !page.has_draft());
    assert!(is_told(&world, "No response, but NAME was created."));
    let sent = world.sent();
    assert!(sent[0].body.contains("hunter2") && sent[1].path.contains("prefix=NAME"));
}

#[test]
fn a_create_that_arrives_late_is_not_yet_visible_and_then_found() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Post, SECRETS, Reply::json(502, "<html>"));
    world.script(Method::Get, SECRETS, nothing_found());
    page.create();
    assert!(page.is_not_yet_visible() && page.has_draft());
    world.script(Method::Get, SECRETS, found());
    world.turn_clock(PAUSE);
    assert!(page.is_saved() && !page.has_draft());
    assert_eq!(
        methods(&world),
        [Method::Post, Method::Get, Method::Get],
        "it is never sent again"
    );
}

#[test]
fn a_create_that_never_arrived_can_be_sent_again() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Post, SECRETS, Reply::unreachable());
    for _ in 0..2 {
        world.script(Method::Get, SECRETS, nothing_found());
    }
    page.create();
    world.turn_clock(PAUSE);
    assert_eq!(page.seen(), Ok(Seen::Nothing));
    assert!(page.has_draft() && notices(&world).is_empty(), "the page says it");
    world.script(Method::Post, SECRETS, Reply::json(200, secret("NAME", 0, None)));
    page.create();
    assert!(page.is_saved() && !page.has_draft());
}

#[test]
fn a_create_that_arrives_after_the_last_look_is_found_when_asked() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Post, SECRETS, Reply::json(504, ""));
    for _ in 0..2 {
        world.script(Method::Get, SECRETS, nothing_found());
    }
    page.create();
    world.turn_clock(PAUSE);
    let WriteState::Failed(Failed::LookedUp(looked_up)) = page.state() else {
        panic!("{:?}", page.state())
    };
    assert!(looked_up.may_still_arrive(), "nothing proves that it never arrives");
    world.script(Method::Get, SECRETS, found());
    page.watch.look_again();
    world.run_until_idle();
    assert!(page.is_saved() && !page.has_draft());
    assert!(!methods(&world)[1..].contains(&Method::Post), "it is never sent again");
}

#[test]
fn a_look_up_ends_where_the_cursors_of_the_server_take_turns() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Post, SECRETS, Reply::json(500, r#"{"code": 13}"#));
    for cursor in ["a", "b", "a"] {
        let page = format!(r#"{{"items": [], "pagination": {{"nextCursor": "{cursor}"}}}}"#);
        world.script(Method::Get, SECRETS, Reply::json(200, page));
    }
    page.create();
    assert_eq!(page.seen(), Ok(Seen::Nothing));
    assert_eq!(methods(&world).len(), 4, "the page of a cursor is read once");
}

#[test]
fn a_secret_of_someone_else_is_not_taken_for_ours() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Post, SECRETS, Reply::lost());
    let theirs = secret("NAME", 0, None).replace("profile_alice", "profile_bob");
    world.script(Method::Get, SECRETS, list(&[theirs]));
    page.create();
    assert!(matches!(page.seen(), Ok(Seen::Similar { has_name: true, .. })));
    assert!(page.has_draft());
}

#[test]
fn what_could_not_be_looked_up_is_looked_up_when_asked() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Post, SECRETS, Reply::lost());
    for _ in 0..3 {
        world.script(Method::Get, SECRETS, refused(503));
    }
    page.create();
    world.turn_clock(30 * SECOND);
    assert!(page.seen().is_err() && page.has_draft());
    world.script(Method::Get, SECRETS, found());
    page.watch.look_again();
    world.run_until_idle();
    assert!(page.is_saved() && !page.has_draft());
}

#[test]
fn an_update_whose_answer_is_lost_is_read_back() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Get, ONE, Reply::json(200, secret("NAME", 0, None)));
    world.script(Method::Patch, ONE, Reply::lost());
    world.script(Method::Get, ONE, Reply::json(200, secret("OTHER", 1, None)));
    page.rename();
    assert!(page.is_saved() && !page.has_draft());
    assert!(is_told(&world, "OTHER was saved"));
    assert_eq!(methods(&world), [Method::Get, Method::Patch, Method::Get]);
}

#[test]
fn a_value_is_claimed_to_be_saved_only_where_it_is_seen() {
    for (held, is_saved) in [(Some("hunter2"), true), (None, false)] {
        let world = World::connected();
        let page = Page::open(&world);
        let old = held.map(|_| "old");
        world.script(Method::Get, ONE, Reply::json(200, secret("NAME", 0, old)));
        world.script(Method::Patch, ONE, Reply::lost());
        world.script(Method::Get, ONE, Reply::json(200, secret("NAME", 1, held)));
        page.save("NAME", ValueChange::Replace(SecretText::new("hunter2")));
        if is_saved {
            assert!(page.is_saved() && !page.has_draft());
        } else {
            assert!(matches!(page.seen(), Ok(Seen::ValueUnknown(_))) && page.has_draft());
        }
    }
}

#[test]
fn an_update_that_never_arrived_is_looked_up_and_not_said_to_be_lost() {
    let world = World::connected();
    let page = Page::open(&world);
    for _ in 0..3 {
        world.script(Method::Get, ONE, Reply::json(200, secret("NAME", 0, None)));
    }
    world.script(Method::Patch, ONE, Reply::json(504, ""));
    page.rename();
    assert!(page.is_not_yet_visible());
    world.turn_clock(PAUSE);
    assert!(matches!(page.seen(), Ok(Seen::Unchanged(_))) && page.has_draft());
    // It arrives later, and is found when the user asks.
    world.script(Method::Get, ONE, Reply::json(200, secret("OTHER", 1, None)));
    page.watch.look_again();
    world.run_until_idle();
    assert!(page.is_saved() && !page.has_draft());
}

#[test]
fn what_someone_else_has_changed_is_not_overwritten() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Get, ONE, Reply::json(200, secret("THEIRS", 1, None)));
    page.rename();
    let is_theirs = |now: &Version| now.fields.name == "THEIRS";
    assert!(matches!(page.state(), WriteState::Failed(Failed::Conflict(now)) if is_theirs(&now)));
    assert_eq!(methods(&world), [Method::Get], "nothing is sent");
}

#[test]
fn a_change_a_billionth_of_a_second_later_is_a_change() {
    for (digits, is_conflict) in [(".000000001", true), (".000000000", false)] {
        let world = World::connected();
        let page = Page::open(&world);
        let updated = secret("NAME", 0, None).replace(
            r#""updatedAt": "2026-11-26T12:00:00Z""#,
            &format!(r#""updatedAt": "2026-11-26T12:00:00{digits}Z""#),
        );
        assert!(updated.contains(digits));
        world.script(Method::Get, ONE, Reply::json(200, updated));
        if !is_conflict {
            world.script(Method::Patch, ONE, Reply::json(200, secret("OTHER", 1, None)));
        }
        page.rename();
        let state = page.state();
        assert_eq!(
            matches!(&state, WriteState::Failed(Failed::Conflict(_))),
            is_conflict,
            "{digits}"
        );
    }
}

#[test]
fn a_save_goes_on_when_its_page_is_left() {
    let world = World::connected();
    let page = Page::open(&world);
    let slow = Reply::json(200, secret("NAME", 0, None)).after(SECOND);
    world.script(Method::Get, ONE, slow);
    world.script(
        Method::Patch,
        ONE,
        Reply::json(200, secret("OTHER", 1, None)).after(SECOND),
    );
    page.rename();
    page.leave();
    assert!(world.services.writes.is_any_pending());
    world.turn_clock(2 * SECOND);
    assert!(!page.has_draft() && is_told(&world, "OTHER saved."));
    assert!(!world.services.writes.is_any_pending());
}

#[test]
fn a_failure_is_told_when_its_page_was_left() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Post, SECRETS, refused(409).after(SECOND));
    page.create();
    page.leave();
    world.turn_clock(SECOND);
    assert!(is_told(&world, "Couldn't create the secret") && page.has_draft());
}

#[test]
fn what_was_not_found_after_its_page_was_left_is_told() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Post, SECRETS, Reply::lost());
    world.script(Method::Get, SECRETS, nothing_found());
    page.create();
    page.leave();
    world.script(Method::Get, SECRETS, nothing_found());
    world.turn_clock(PAUSE);
    assert!(is_told(&world, "No secret with this name is visible yet") && page.has_draft());
}

#[test]
fn a_lock_before_the_write_is_sent_lets_nothing_out() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(
        Method::Get,
        ONE,
        Reply::json(200, secret("NAME", 0, None)).after(SECOND),
    );
    page.rename();
    world.session().lock();
    world.connect_as("key_alice", ALICE, false);
    world.sent();
    world.turn_clock(10 * SECOND);
    assert!(methods(&world).is_empty() && page.has_draft());
}

#[test]
fn a_lock_after_the_write_is_sent_names_nothing_and_leaves_no_draft() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(
        Method::Post,
        SECRETS,
        Reply::json(200, secret("NAME", 0, None)).after(SECOND),
    );
    page.create();
    world.session().lock();
    page.leave();
    world.turn_clock(SECOND);
    assert!(!page.has_draft() && notices(&world).is_empty());
    world.connect_as("key_alice", ALICE, false);
    assert!(notices(&world).is_empty());
}

#[test]
fn a_lock_ends_the_looking_up() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(Method::Post, SECRETS, Reply::json(502, "<html>"));
    world.script(Method::Get, SECRETS, nothing_found());
    page.create();
    assert!(page.is_not_yet_visible());
    world.sent();
    world.session().lock();
    world.turn_clock(10 * PAUSE);
    assert!(methods(&world).is_empty() && notices(&world).is_empty());
    assert_eq!(page.watch.state().get_untracked(), None);
}

#[test]
fn a_write_is_not_told_to_another_account() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(
        Method::Post,
        SECRETS,
        Reply::json(200, secret("NAME", 0, None)).after(SECOND),
    );
    page.create();
    world.script(Method::Get, "/v1/whoami", Reply::json(401, "{}"));
    let asked = world.run(world.session().send(calls::who_am_i()));
    assert!(asked.is_err() && matches!(world.state(), State::Expired(_)));
    world.connect_as("key_bob", BOB, false);
    world.turn_clock(SECOND);
    assert!(page.is_saved() && !page.has_draft());
    assert!(notices(&world).is_empty(), "{:?}", notices(&world));
}

#[test]
fn a_write_is_told_to_the_same_account_with_another_key() {
    let world = World::connected();
    let page = Page::open(&world);
    world.script(
        Method::Post,
        SECRETS,
        Reply::json(200, secret("NAME", 0, None)).after(SECOND),
    );
    page.create();
    page.leave();
    world.session().expire();
    world.connect_as("key_of_today", ALICE, false);
    world.turn_clock(SECOND);
    assert!(is_told(&world, "NAME created."));
}

/// The names that the list of the workspace shows, in the server's order.
fn rows(list: SecretList) -> Vec<String> {
    let names = list.with(|loaded| {
        let rows = loaded.list().rows();
        loaded.shown().iter().map(|row| rows.name(*row).to_owned()).collect()
    });
    names.unwrap()
}

fn open_list(world: &World) -> SecretList {
    let other = secret("KEPT", 0, None).replace("s-1", "s-2");
    world.script(Method::Get, SECRETS, list(&[secret("NAME", 0, None), other]));
    let query = Signal::derive(SecretQuery::default);
    let shown = world.with(|| use_secret_lists().open(&workspace(), query));
    world.run_until_idle();
    assert_eq!(rows(shown), ["NAME", "KEPT"]);
    shown
}

/// Deletes the secret, once it can't be undone any more.
fn delete(world: &World) {
    let item = BulkItem {
        id: "s-1".to_owned(),
        name: "NAME".to_owned(),
        ..BulkItem::default()
    };
    let _ = world.services.writes.delete_soon(workspace(), vec![item]);
    world.run_until_idle();
}

#[test]
fn the_list_shows_what_was_saved_and_hides_what_is_being_deleted() {
    let world = World::connected();
    let shown = open_list(&world);
    let page = Page::open(&world);
    world.script(Method::Get, ONE, Reply::json(200, secret("NAME", 0, None)));
    world.script(Method::Patch, ONE, Reply::json(200, secret("OTHER", 1, None)));
    page.rename();
    assert_eq!(rows(shown), ["OTHER", "KEPT"]);
    world.script(Method::Delete, ONE, refused(409).after(SECOND));
    delete(&world);
    assert_eq!(rows(shown), ["OTHER", "KEPT"], "it waits");
    assert!(shown.is_delete_pending("s-1") && !shown.is_delete_pending("s-2"));
    world.turn_clock(UNDO);
    assert_eq!(rows(shown), ["KEPT"]);
    world.turn_clock(SECOND);
    assert_eq!(rows(shown), ["OTHER", "KEPT"], "the server did not agree");
    assert!(!shown.is_delete_pending("s-1"));
    world.script(Method::Delete, ONE, Reply::json(200, "{}").after(SECOND));
    delete(&world);
    world.turn_clock(UNDO + SECOND);
    assert_eq!(rows(shown), ["KEPT"]);
}

#[test]
fn an_undo_selects_again_what_was_selected() {
    let world = World::connected();
    let shown = open_list(&world);
    let writes = world.services.writes;
    let item = |id: &str| BulkItem {
        id: id.to_owned(),
        name: id.to_owned(),
        ..BulkItem::default()
    };
    let items = || vec![item("s-1"), item("s-2")];
    let run = writes.delete_selected(workspace(), items()).unwrap();
    world.run_until_idle();
    assert!(shown.is_delete_pending("s-1") && shown.selected().get_untracked() == 0);
    let _ = writes.undo_run(run);
    assert_eq!(
        (rows(shown), shown.selected().get_untracked()),
        (vec!["NAME".to_owned(), "KEPT".to_owned()], 2)
    );
    shown.select(|selection, _| selection.clear());
    let run = writes.delete_soon(workspace(), items()).unwrap();
    let _ = writes.undo_run(run);
    assert_eq!(shown.selected().get_untracked(), 0, "nothing was selected before");
}

#[test]
fn a_refresh_keeps_what_is_selected_and_brings_back_nothing_that_was_deleted() {
    let world = World::connected();
    let shown = open_list(&world);
    shown.select(|selection, rows| selection.add(rows));
    let before = [secret("NAME", 0, None), secret("KEPT", 0, None).replace("s-1", "s-2")];
    world.script(Method::Get, SECRETS, list(&before).after(2 * SECOND));
    world.script(Method::Delete, ONE, Reply::json(200, "{}").after(SECOND));
    delete(&world);
    world.turn_clock(UNDO);
    shown.refresh();
    world.turn_clock(SECOND);
    assert_eq!(
        (rows(shown), shown.selected().get_untracked()),
        (vec!["KEPT".to_owned()], 1)
    );
    world.turn_clock(SECOND);
    assert_eq!(
        (rows(shown), shown.selected().get_untracked()),
        (vec!["KEPT".to_owned()], 1)
    );
}
