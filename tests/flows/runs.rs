//! Deletes and label changes over time: undone, sent, stopped, refused, and cut off by the end of a session.

use contract::long_text::LONGEST_TEXT;
use contract::{MetadataFields, WorkspaceId};
use strongroom_core::jobs::label_change::LabelChange;
use strongroom_core::model::write_outcome::PAUSE;

use super::*;
use crate::store::notices::use_notices;
use crate::store::writes::{BulkItem, NewSecret, RunId, Stage, Writes};

const SECOND: Duration = Duration::from_secs(1);
const UNDO: Duration = Duration::from_secs(10);

fn workspace() -> WorkspaceId {
    WorkspaceId::parse("w-1").unwrap()
}

fn gone() -> Reply {
    Reply::json(200, "{}").after(SECOND)
}

fn refused(status: u16) -> Reply {
    Reply::json(status, r#"{"code": 10, "message": "no"}"#)
}

/// A secret with these labels, as JSON without the braces.
fn labeled(labels: &str) -> Reply {
    Reply::json(
        200,
        format!(r#"{{"metadata": {{"id": "a", "name": "NAME a", "externalId": "x-1", "labels": {{{labels}}}}}}}"#),
    )
}

fn notices(world: &World) -> Vec<String> {
    world.with(use_notices).texts()
}

fn methods(world: &World) -> Vec<Method> {
    world.sent().iter().map(|sent| sent.method).collect()
}

fn items(ids: &[&str]) -> Vec<BulkItem> {
    let item = |id: &&str| BulkItem {
        id: (*id).to_owned(),
        name: format!("NAME {id}"),
        ..BulkItem::default()
    };
    ids.iter().map(item).collect()
}

/// A run that a view has started.
struct Running<'a> {
    world: &'a World,
    writes: Writes,
    run: RunId,
}

impl<'a> Running<'a> {
    /// A delete that can be undone.
    fn waiting(world: &'a World, ids: &[&str]) -> Self {
        let writes = world.services.writes;
        let run = writes.delete_soon(workspace(), items(ids)).expect("a new delete");
        world.run_until_idle();
        Self { world, writes, run }
    }

    /// A delete that is sent now.
    fn delete(world: &'a World, ids: &[&str]) -> Self {
        let running = Self::waiting(world, ids);
        world.turn_clock(UNDO);
        running
    }

    fn label(world: &'a World, ids: &[&str], key: &str, value: &str) -> Self {
        let writes = world.services.writes;
        let change = LabelChange::of(key, value, false).unwrap();
        let run = writes.label_many(workspace(), items(ids), change);
        world.run_until_idle();
        Self { world, writes, run }
    }

    /// How many are done, failed and left; none once the run is forgotten.
    fn counts(&self) -> Option<(usize, usize, usize)> {
        let counts = untrack(|| self.writes.run_state(self.run))?.counts;
        Some((counts.done, counts.failed, counts.left))
    }

    fn stage(&self) -> Option<Stage> {
        untrack(|| self.writes.run_state(self.run)).map(|state| state.stage)
    }

    fn text(&self) -> String {
        untrack(|| self.writes.run_state(self.run)).unwrap().text
    }

    fn problems(&self) -> Vec<(String, String)> {
        untrack(|| self.writes.with_run(self.run, |run| run.problems(9))).unwrap()
    }

    fn script(&self, id: &'static str, reply: Reply) {
        self.world.script(Method::Delete, id, reply);
    }
}

#[test]
fn one_of_two_is_undone_and_the_other_is_deleted() {
    let world = World::connected();
    let first = Running::waiting(&world, &["a"]);
    world.turn_clock(4 * SECOND);
    let second = Running::waiting(&world, &["b", "c"]);
    assert_eq!(first.text(), "Deleting NAME a in 6 s");
    assert_eq!(second.text(), "Deleting 2 secrets in 10 s");
    let shown = untrack(|| first.writes.shown_runs());
    assert_eq!(shown, [first.run, second.run], "several can wait");
    world.turn_clock(SECOND * 11 / 2);
    assert!(methods(&world).is_empty(), "nothing is sent before the time is over");
    let spared = first.writes.undo_run(first.run);
    assert_eq!(spared, Some((workspace(), "a".to_owned())));
    assert_eq!(notices(&world), ["NAME a was not deleted."]);
    second.script("/b", gone());
    second.script("/c", gone());
    world.turn_clock(UNDO);
    assert_eq!(methods(&world), [Method::Delete, Method::Delete]);
    assert_eq!((first.counts(), second.counts()), (None, None));
    assert!(notices(&world).contains(&"2 secrets deleted.".to_owned()));
    assert_eq!(first.writes.undo_run(first.run), None, "it is too late");
}

#[test]
fn leaving_the_page_undoes_what_waits_and_locks_what_the_browser_keeps() {
    let world = World::connected();
    Running::waiting(&world, &["a"]);
    world.turn_clock(3 * SECOND);
    world.services.leave(false);
    assert!(world.is_connected(), "a page that goes away for good needs no lock");
    world.turn_clock(UNDO);
    Running::waiting(&world, &["b"]);
    world.services.leave(true);
    assert!(world.is_locked(), "Back would show it");
    world.turn_clock(UNDO + UNDO);
    assert!(methods(&world).is_empty(), "nothing is sent");
    assert_eq!(notices(&world), ["1 secret was not deleted."]);

    // Staying connected in this tab outlives a way to another page of the console; Back shows a locked page all the same.
    world.connect_as("key_alice", ALICE, true);
    world.services.leave(true);
    assert!(world.is_connected());
    world.services.come_back();
    assert!(world.is_locked());
}

#[test]
fn ids_that_no_address_can_hold_fail_and_the_run_ends() {
    let world = World::connected();
    let run = Running::delete(&world, &[".", ".."]);
    assert_eq!((run.counts(), run.stage()), (Some((0, 2, 0)), Some(Stage::Ended)));
    let why = "Its ID can't be part of an address.".to_owned();
    assert_eq!(
        run.problems(),
        [("NAME .".to_owned(), why.clone()), ("NAME ..".to_owned(), why)]
    );
    run.writes.resume_run(run.run);
    world.run_until_idle();
    assert_eq!(run.stage(), Some(Stage::Ended), "another try ends, too");
    run.writes.dismiss_run(run.run);
    assert_eq!(run.stage(), None);
    assert!(methods(&world).is_empty());
}

#[test]
fn a_secret_is_deleted_once() {
    let world = World::connected();
    let first = Running::waiting(&world, &["a"]);
    assert_eq!(first.writes.delete_soon(workspace(), items(&["a"])), None);
    let second = Running::waiting(&world, &["a", "b"]);
    assert_eq!(second.text(), "Deleting NAME b in 10 s");
    let other = WorkspaceId::parse("w-2").unwrap();
    let elsewhere = first.writes.delete_soon(other, items(&["a"]));
    assert!(elsewhere.is_some(), "ids are those of a workspace");
}

#[test]
fn closing_the_page_asks_while_a_delete_waits_and_sends_nothing() {
    let world = World::connected();
    let waiting = Running::waiting(&world, &["a"]);
    assert!(waiting.writes.is_any_pending());
    let world = world.reload();
    world.turn_clock(2 * UNDO);
    assert!(methods(&world).iter().all(|method| *method != Method::Delete));
}

#[test]
fn a_lock_undoes_what_waits_and_names_nothing() {
    let world = World::connected();
    let waiting = Running::waiting(&world, &["a"]);
    world.turn_clock(9 * SECOND);
    world.session().lock();
    world.turn_clock(UNDO);
    assert!(methods(&world).is_empty());
    assert_eq!(notices(&world), ["1 secret was not deleted."]);
    assert_eq!((waiting.counts(), waiting.writes.is_any_pending()), (None, false));
    world.connect_as("key_alice", ALICE, false);
    world.turn_clock(UNDO);
    assert!(!methods(&world).contains(&Method::Delete));
}

#[test]
fn without_the_part_that_offers_the_undo_nothing_is_deleted() {
    let world = World::connected();
    let waiting = Running::waiting(&world, &["a"]);
    waiting.writes.cancel_waiting();
    world.turn_clock(2 * UNDO);
    assert!(methods(&world).is_empty() && waiting.counts().is_none());
}

#[test]
fn a_delete_whose_answer_is_lost_is_looked_up() {
    let world = World::connected();
    for _ in 0..3 {
        world.script(Method::Delete, "/a", Reply::lost());
    }
    world.script(Method::Get, "/a", labeled(""));
    let run = Running::delete(&world, &["a"]);
    world.turn_clock(4 * SECOND);
    assert_eq!(run.stage(), Some(Stage::Running));
    world.script(Method::Get, "/a", Reply::json(404, "{}"));
    world.turn_clock(PAUSE);
    assert_eq!(notices(&world), ["No response, but NAME a was deleted."]);
}

#[test]
fn a_secret_that_still_exists_is_not_said_to_be_gone() {
    let world = World::connected();
    for _ in 0..3 {
        world.script(Method::Delete, "/a", Reply::json(502, ""));
    }
    for _ in 0..2 {
        world.script(Method::Get, "/a", labeled(""));
    }
    let run = Running::delete(&world, &["a"]);
    world.turn_clock(30 * SECOND);
    assert_eq!(run.text(), "NAME a was not deleted: It still exists.");
    assert!(notices(&world).is_empty(), "the run says it");
    // Deleting it again does not wait again.
    run.script("/a", Reply::json(404, "{}"));
    run.writes.resume_run(run.run);
    world.run_until_idle();
    assert_eq!(notices(&world), ["NAME a was already deleted."]);
}

#[test]
fn many_are_deleted_and_what_failed_is_tried_again() {
    let world = World::connected();
    for (id, reply) in [("/a", gone()), ("/b", refused(409).after(SECOND)), ("/d", gone())] {
        world.script(Method::Delete, id, reply);
    }
    let run = Running::delete(&world, &["a", "b", "..", "d"]);
    assert_eq!(run.counts(), Some((0, 1, 3)), "what can't be addressed fails by itself");
    world.turn_clock(2 * SECOND);
    assert_eq!((run.counts(), run.stage()), (Some((2, 2, 0)), Some(Stage::Ended)));
    assert_eq!(run.text(), "2 of 4 deleted, 2 failed, 0 not attempted.");
    let problems = run.problems();
    assert_eq!((problems[0].0.as_str(), problems[1].0.as_str()), ("NAME b", "NAME .."));
    assert!(
        problems[0].1.contains("changed") && problems[1].1.contains("address"),
        "{problems:?}"
    );
    run.script("/b", gone());
    run.writes.resume_run(run.run);
    world.turn_clock(SECOND);
    assert_eq!((run.counts(), run.stage()), (Some((3, 1, 0)), Some(Stage::Ended)));
}

#[test]
fn a_missing_scope_is_named_for_one_and_for_many() {
    let denied = r#"{"code": 7, "message": "no", "details": [{"reason": "SCOPE_MISSING", "metadata": {
        "required_scope": "secrets:manage", "granted_scopes": "workspaces:read"}}]}"#;
    let why = "Your API key lacks the scope secrets:manage.";
    for ids in [&["a"][..], &["a", "b"]] {
        let world = World::connected();
        for id in ids {
            world.script(
                Method::Delete,
                ["/a", "/b"][usize::from(*id == "b")],
                Reply::json(403, denied),
            );
        }
        let run = Running::delete(&world, ids);
        world.turn_clock(SECOND);
        assert_eq!(run.stage(), Some(Stage::Ended));
        if ids.len() == 1 {
            assert!(run.text().contains(why), "{}", run.text());
        }
        assert!(
            run.problems().iter().all(|(_, problem)| problem.starts_with(why)),
            "{:?}",
            run.problems()
        );
        let details = untrack(|| run.writes.with_run(run.run, |run| run.details())).unwrap();
        let values: Vec<&str> = details.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["403", "7", "workspaces:read", "no", "request_1"]);
        world.session().lock();
        world.run_until_idle();
        let left = untrack(|| run.writes.with_run(run.run, |run| run.details()));
        assert!(
            left.is_none_or(|details| details.is_empty()),
            "a lock leaves nothing of the server's words"
        );
    }
}

#[test]
fn a_run_stops_and_goes_on() {
    let world = World::connected();
    for id in ["/a", "/b", "/c"] {
        world.script(Method::Delete, id, gone());
    }
    let run = Running::delete(&world, &["a", "b", "c", "d", "e"]);
    run.writes.stop_run(run.run);
    assert_eq!(run.stage(), Some(Stage::Running), "three are under way");
    world.turn_clock(SECOND);
    assert_eq!((run.counts(), run.stage()), (Some((3, 0, 2)), Some(Stage::Ended)));
    assert_eq!(run.problems()[0], ("NAME d".to_owned(), "Not attempted".to_owned()));
    run.script("/d", gone());
    run.script("/e", gone());
    run.writes.resume_run(run.run);
    world.turn_clock(SECOND);
    assert_eq!(notices(&world), ["5 secrets deleted."]);
}

#[test]
fn a_server_that_asks_to_wait_is_waited_for() {
    let world = World::connected();
    for _ in 0..3 {
        world.script(Method::Delete, "/a", Reply::json(429, "{}").retry_after("2"));
    }
    world.script(Method::Delete, "/b", gone());
    let run = Running::delete(&world, &["a", "b"]);
    world.turn_clock(5 * SECOND);
    assert_eq!((run.counts(), run.stage()), (Some((1, 0, 1)), Some(Stage::Running)));
    run.script("/a", gone());
    world.turn_clock(3 * SECOND);
    assert_eq!(notices(&world), ["2 secrets deleted."]);
}

#[test]
fn a_server_that_asks_to_wait_without_end_ends_the_run() {
    for (ids, tries, counts) in [(&["a"][..], 3, (0, 1, 0)), (&["a", "b"][..], 12, (1, 1, 0))] {
        let world = World::connected();
        for _ in 0..tries {
            world.script(Method::Delete, "/a", Reply::json(429, "{}").retry_after("2"));
        }
        world.script(Method::Delete, "/b", gone());
        let run = Running::delete(&world, ids);
        world.turn_clock(60 * SECOND);
        assert_eq!(
            (run.counts(), run.stage()),
            (Some(counts), Some(Stage::Ended)),
            "{ids:?}"
        );
    }
}

#[test]
fn a_key_that_is_not_accepted_any_more_stops_the_run_until_there_is_one() {
    let world = World::connected();
    for id in ["/a", "/b", "/c"] {
        world.script(Method::Delete, id, Reply::json(401, "{}"));
    }
    let run = Running::delete(&world, &["a", "b", "c", "d"]);
    assert_eq!((run.counts(), run.stage()), (Some((0, 0, 4)), Some(Stage::Ended)));
    world.connect_as("key_of_today", ALICE, false);
    for id in ["/a", "/b", "/c", "/d"] {
        run.script(id, gone());
    }
    run.writes.resume_run(run.run);
    world.turn_clock(2 * SECOND);
    assert_eq!(notices(&world), ["4 secrets deleted."]);
}

#[test]
fn a_lock_stops_a_run_and_only_numbers_are_told() {
    let world = World::connected();
    for id in ["/a", "/b"] {
        world.script(Method::Delete, id, gone());
    }
    world.script(Method::Delete, "/c", refused(503));
    let run = Running::delete(&world, &["a", "b", "c", "d", "e"]);
    world.session().lock();
    assert!(run.writes.is_any_pending(), "what was sent ends");
    world.turn_clock(30 * SECOND);
    assert_eq!(notices(&world), ["2 of 5 deleted, 0 failed, 3 not attempted."]);
    assert_eq!(methods(&world).len(), 3);
}

#[test]
fn what_one_account_deletes_is_not_told_to_another() {
    let world = World::connected();
    world.script(Method::Delete, "/a", refused(409).after(SECOND));
    let run = Running::delete(&world, &["a"]);
    world.session().expire();
    world.connect_as("key_bob", BOB, false);
    world.turn_clock(SECOND);
    assert_eq!((run.counts(), notices(&world)), (None, Vec::new()));
}

#[test]
fn a_label_is_written_with_nothing_else() {
    let world = World::connected();
    world.script(Method::Get, "/a", labeled(r#""env": "prod""#));
    world.script(Method::Patch, "/a", labeled(r#""env": "prod", "team": "x""#));
    Running::label(&world, &["a"], "team", "x");
    assert_eq!(notices(&world), ["team=x set on NAME a."]);
    let sent = world.sent();
    assert_eq!(sent.len(), 2, "a read before the write");
    let body: serde_json::Value = serde_json::from_str(&sent[1].body).unwrap();
    assert_eq!(body["updateMask"], "metadata.labels");
    assert_eq!(
        body["metadata"]["labels"],
        serde_json::json!({"env": "prod", "team": "x"})
    );
    assert!(
        body["spec"].is_null() && body["metadata"]["externalId"].is_null(),
        "{body}"
    );
}

#[test]
fn a_label_that_someone_else_has_changed_is_overwritten_only_when_asked_again() {
    let world = World::connected();
    world.script(Method::Get, "/a", labeled(r#""team": "theirs""#));
    let run = Running::label(&world, &["a"], "team", "x");
    assert_eq!(methods(&world), [Method::Get], "nothing is written");
    assert!(
        run.text().contains("Someone else set it to “theirs”."),
        "{}",
        run.text()
    );
    world.script(Method::Get, "/a", labeled(r#""team": "theirs""#));
    world.script(Method::Patch, "/a", labeled(r#""team": "x""#));
    run.writes.resume_run(run.run);
    world.run_until_idle();
    assert_eq!(notices(&world), ["team=x set on NAME a."]);
}

/// All labels are written, and of one that was shortened the rest would be lost.
#[test]
fn labels_that_were_not_read_whole_are_not_written() {
    let world = World::connected();
    let long = format!(r#""env": "{}""#, "a".repeat(LONGEST_TEXT + 1));
    world.script(Method::Get, "/a", labeled(&long));
    let run = Running::label(&world, &["a"], "team", "x");
    assert_eq!(methods(&world), [Method::Get], "nothing is written");
    assert!(run.text().contains("too long"), "{}", run.text());
}

#[test]
fn what_already_has_the_label_is_not_written() {
    let world = World::connected();
    world.script(Method::Get, "/a", labeled(r#""team": "x""#));
    Running::label(&world, &["a"], "team", "x");
    assert_eq!(methods(&world), [Method::Get]);
    assert_eq!(notices(&world), ["team=x set on NAME a."]);
}

#[test]
fn a_label_change_whose_answer_is_lost_is_looked_up() {
    let world = World::connected();
    world.script(Method::Get, "/a", labeled(""));
    world.script(Method::Patch, "/a", Reply::lost());
    world.script(Method::Get, "/a", labeled(r#""team": "x""#));
    Running::label(&world, &["a"], "team", "x");
    assert_eq!(notices(&world), ["team=x set on NAME a."]);
}

#[test]
fn label_changes_stop_fail_and_go_on() {
    let world = World::connected();
    for id in ["/a", "/b", "/c"] {
        world.script(Method::Get, id, labeled("").after(SECOND));
    }
    let run = Running::label(&world, &["a", "b", "c", "d"], "team", "x");
    run.writes.stop_run(run.run);
    world.script(Method::Patch, "/a", labeled(r#""team": "x""#));
    world.script(Method::Patch, "/b", refused(403));
    world.script(Method::Patch, "/c", labeled(r#""team": "x""#));
    world.turn_clock(SECOND);
    assert_eq!(run.text(), "2 of 4 labeled, 1 failed, 1 not attempted.");
    world.sent();
    for id in ["/b", "/d"] {
        world.script(Method::Get, id, labeled(""));
        world.script(Method::Patch, id, labeled(r#""team": "x""#));
    }
    run.writes.resume_run(run.run);
    world.run_until_idle();
    assert_eq!(methods(&world).len(), 4, "what is done is not done again");
    assert_eq!(notices(&world), ["team=x set on 4 secrets."]);
}

fn new_secrets(names: &[&str]) -> Vec<NewSecret> {
    let secret = |name: &&str| NewSecret {
        fields: MetadataFields {
            name: (*name).to_owned(),
            ..MetadataFields::default()
        },
        value: Some(SecretText::new(format!("value of {name}"))),
    };
    names.iter().map(secret).collect()
}

fn created(id: &str, name: &str) -> Reply {
    let text = format!(r#"{{"metadata": {{"id": "{id}", "name": "{name}", "createdAt": "2026-11-26T12:00:00Z"}}}}"#);
    Reply::json(200, text).after(SECOND)
}

impl<'a> Running<'a> {
    fn create(world: &'a World, names: &[&str]) -> Self {
        let writes = world.services.writes;
        let run = writes.create_many(workspace(), new_secrets(names), vec![None; names.len()]);
        world.run_until_idle();
        Self { world, writes, run }
    }

    /// The ids and names of its secrets; no id before one is created.
    fn items(&self) -> Vec<(String, String)> {
        let items = untrack(|| self.writes.with_run(self.run, |run| run.work.items().to_vec()));
        let items = items.unwrap_or_default().into_iter();
        items.map(|(item, _)| (item.id, item.name)).collect()
    }
}

#[test]
fn secrets_are_created_in_their_order_and_go_on_when_their_view_is_left() {
    let world = World::connected();
    world.script(Method::Post, "/workspace_secrets", created("s-1", "A"));
    world.script(Method::Post, "/workspace_secrets", created("s-2", "B"));
    let run = Running::create(&world, &["a", "B"]);
    assert!(!untrack(|| run.writes.has_runs()), "its view shows it");
    assert!(run.writes.is_any_pending(), "closing the page would interrupt it");
    world.turn_clock(SECOND);
    let names = [("s-1", "A"), ("", "B")].map(|(id, name)| (id.to_owned(), name.to_owned()));
    assert_eq!(run.items(), names, "as the server named it");
    run.writes.unwatch_run(run.run);
    assert_eq!(
        untrack(|| run.writes.shown_runs()),
        [run.run],
        "it is shown with the notices now"
    );
    assert_eq!(run.text(), "1 of 2 created…");
    world.turn_clock(SECOND);
    let bodies: Vec<String> = world.sent().into_iter().map(|sent| sent.body).collect();
    let expected =
        ["a", "B"].map(|name| format!(r#"{{"metadata":{{"name":"{name}"}},"spec":{{"value":"value of {name}"}}}}"#));
    assert_eq!(bodies, expected);
    assert_eq!(notices(&world), ["2 secrets created."]);
    assert_eq!(run.stage(), None);
}

#[test]
fn a_create_that_fails_is_told_with_the_others_and_cannot_be_resumed() {
    let world = World::connected();
    world.script(Method::Post, "/workspace_secrets", refused(400));
    world.script(Method::Post, "/workspace_secrets", created("s-2", "B"));
    let run = Running::create(&world, &["A", "B"]);
    run.writes.unwatch_run(run.run);
    world.turn_clock(SECOND);
    assert_eq!((run.counts(), run.stage()), (Some((1, 1, 0)), Some(Stage::Ended)));
    assert_eq!(run.text(), "1 of 2 created, 1 failed, 0 not attempted.");
    let problems = run.problems();
    assert!(matches!(&problems[..], [(name, _)] if name == "A"), "{problems:?}");
    assert!(!untrack(|| run.writes.run_state(run.run)).unwrap().can_resume);
}

#[test]
fn a_create_that_may_have_arrived_is_looked_for_from_its_notice() {
    let world = World::connected();
    world.script(Method::Post, "/workspace_secrets", Reply::json(504, ""));
    for _ in 0..2 {
        world.script(Method::Get, "/workspace_secrets", Reply::json(200, r#"{"items": []}"#));
    }
    let run = Running::create(&world, &["A"]);
    run.writes.unwatch_run(run.run);
    world.turn_clock(PAUSE);
    let state = untrack(|| run.writes.run_state(run.run)).unwrap();
    assert!(state.text.contains("check again") && state.can_look, "{}", state.text);
    let made = r#"{"metadata": {"id": "s-1", "name": "A", "profileId": "profile_alice", "createdAt": "2026-11-26T12:00:00Z"}}"#;
    let found = Reply::json(200, format!(r#"{{"items": [{made}]}}"#)).after(SECOND);
    world.script(Method::Get, "/workspace_secrets", found);
    run.writes.look_for_all_created(run.run);
    world.run_until_idle();
    assert!(untrack(|| run.writes.run_state(run.run)).unwrap().is_looking);
    world.turn_clock(SECOND);
    assert_eq!(run.stage(), None);
    assert_eq!(notices(&world), ["A created."]);
}

#[test]
fn creates_wait_as_often_as_deletes_for_a_busy_server_and_then_stop() {
    let world = World::connected();
    for _ in 0..4 {
        world.script(Method::Post, "/workspace_secrets", refused(429).retry_after("0"));
    }
    let run = Running::create(&world, &["A", "B"]);
    world.turn_clock(60 * SECOND);
    assert_eq!(methods(&world), [Method::Post; 4], "never in a loop");
    assert_eq!((run.counts(), run.stage()), (Some((0, 1, 1)), Some(Stage::Ended)));
    assert_eq!(notices(&world), Vec::<String>::new(), "its view shows it");
}

#[test]
fn a_lock_stops_creates_after_the_present_one_and_says_how_many_there_are() {
    let world = World::connected();
    world.script(Method::Post, "/workspace_secrets", created("s-1", "A"));
    let run = Running::create(&world, &["A", "B", "C"]);
    world.session().lock();
    run.writes.unwatch_run(run.run);
    world.turn_clock(5 * SECOND);
    assert_eq!(methods(&world), [Method::Post]);
    assert_eq!(notices(&world), ["1 of 3 created, 0 failed, 2 not attempted."]);
}
