//! What is written: the fault meets the write, and the look-up after it finds what the server then has.

use contract::calls::NewMember;
use contract::{Failure, ProfileId, WorkspaceFields, WorkspaceId, WorkspaceUpdate};
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::model::edit_flow::Save;
use strongroom_core::model::write_outcome::{Failed, Version, WriteState};

use super::page::assert_table;
use super::{Fault, Row};
use crate::browser::storage::{Area, TextStore as _};
use crate::components::messages::explained;
use crate::components::permission::explained_in;
use crate::components::unknown_outcome::{explained_looked_up, sentence};
use crate::flows::*;
use crate::store::drafts::SentDraft;
use crate::store::notices::use_notices;
use crate::store::writes::{Watch, Watched};

const SECOND: Duration = Duration::from_secs(1);
const ALL: &str = "/v1/account/workspaces?";
const CREATE: &str = "/v1/account/workspaces";
const ONE: &str = "/v1/account/workspaces/w-1";
const MEMBERS: &str = "/v1/account/workspaces/w-1/members";
const ZOE: &str = r#"{"profileId": "p-zoe", "actorId": "actor", "name": "Zoë", "email": "zoe@example.com"}"#;

fn id() -> WorkspaceId {
    WorkspaceId::parse("w-1").unwrap()
}

fn zoe() -> ProfileId {
    ProfileId::parse("p-zoe").unwrap()
}

fn workspace(name: &str, status: &str) -> String {
    format!(
        r#"{{"metadata": {{"id": "w-1", "accountId": "a", "name": "{name}", "profileId": "profile_alice",
            "createdAt": "2026-11-26T12:00:00Z"}}, "spec": {{"description": ""}}, "status": "STATUS_{status}"}}"#
    )
}

fn list(items: &[String]) -> Reply {
    Reply::json(200, format!(r#"{{"items": [{}]}}"#, items.join(",")))
}

fn fields(name: &str) -> WorkspaceFields {
    let mut fields = WorkspaceFields::default();
    name.clone_into(&mut fields.metadata.name);
    fields
}

/// A kind of write.
struct Write<Fields: Watched> {
    method: Method,
    path: &'static str,
    words: fn() -> WriteWords,
    /// What the server answers to a write that it carries out.
    good: fn() -> Reply,
    /// What the server says of it when it is looked up: once it is carried out, or before.
    looked_up: fn(bool) -> (&'static str, Reply),
    send: fn(Watch<Fields>, SentDraft),
    has_form: bool,
    /// What the server has, before and after.
    states: [&'static str; 2],
    /// The button.
    button: &'static str,
}

fn row<Fields: Watched + Clone + PartialEq>(fault: &Fault, write: &Write<Fields>) -> Row {
    let world = World::connected();
    let owner = world.owner.child();
    let watch = owner.with(|| world.services.writes.watch::<Fields>());
    let drafts = world.drafts().unwrap();
    let keeping = world.start(async move { drafts.slot("form").keep(b"typed").await });
    world.turn_clock(SECOND);
    assert!(keeping.is_done());
    let has_draft = || world.tab.names(Area::Tab).iter().any(|name| name.contains("form"));
    let draft = || SentDraft(Some(world.drafts().unwrap().slot("form")));
    let state = || watch.state().get_untracked().unwrap();
    let set = |is_applied: bool| {
        let (path, reply) = (write.looked_up)(is_applied);
        world.server.always(Method::Get, path, reply);
    };
    set(false);
    world.server.always(write.method, write.path, fault.reply.clone());
    world.sent();
    (write.send)(watch, draft());
    world.run_until_idle();
    if fault.is_applied {
        set(true);
    }
    let mut told = Vec::new();
    let mut say = |text: String| {
        if !told.contains(&text) {
            told.push(text);
        }
    };
    let explain = |failure: &Failure| {
        let explanation = world.with(|| {
            untrack(|| {
                if (write.words)().operation == contract::Operation::CreateWorkspace {
                    explained(failure)
                } else {
                    explained_in(&id(), failure)
                }
            })
        });
        let has_id = explanation.details.iter().any(|(_, value)| value == "request_1");
        let is_answered = failure.http().is_some();
        assert_eq!(
            has_id, is_answered,
            "{}: the request ID is among the details",
            fault.name
        );
        format!("{}: {}", explanation.title, explanation.reason)
    };
    for _ in 0..300 {
        let WriteState::Unknown { failure, .. } = state() else {
            if state().is_pending() {
                world.turn_clock(SECOND);
                continue;
            }
            break;
        };
        say(explain(&failure));
        world.turn_clock(SECOND);
    }
    let is_write = |sent: &Sent| sent.method == write.method && sent.path.contains(write.path);
    let count = |sent: &[Sent]| sent.iter().filter(|sent| is_write(sent)).count();
    let sent = count(&world.sent());
    let is_delete = write.method == Method::Delete;
    assert_eq!(
        sent,
        if is_delete && fault.is_repeated { 3 } else { 1 },
        "{}: a create and an update are never sent again",
        fault.name
    );
    match state() {
        WriteState::Failed(Failed::Refused(failure)) => {
            say(explain(&failure));
            for violation in failure.violations() {
                say(violation.description.clone());
            }
        }
        WriteState::Failed(Failed::LookedUp(looked_up)) => {
            let explanation = explained_looked_up(&looked_up);
            say(format!("{}: {}", explanation.title, explanation.reason));
            if let Err(failure) = &looked_up.seen {
                say(explain(failure));
            }
            say(sentence(&looked_up, (write.words)()));
        }
        WriteState::Done(_) => {}
        other => panic!("{}: pending: {}", fault.name, other.is_pending()),
    }
    for notice in world.with(use_notices).texts() {
        say(notice);
    }
    let is_done = matches!(state(), WriteState::Done(_));
    // A server that says that it is gone is believed, and nothing is read from the answer to a delete that succeeds.
    let is_carried_out = fault.is_applied || is_delete && fault.name == "200, another shape";
    let is_believed = is_delete && fault.name == "404";
    assert_eq!(is_done, is_carried_out || is_believed, "{}: {told:?}", fault.name);
    if write.has_form {
        assert_eq!(has_draft(), !is_done, "{}: the draft", fault.name);
    }
    world.server.no_longer();
    let is_key_refused = matches!(world.state(), State::Expired(_));
    let mut then = Vec::new();
    if is_key_refused {
        world.connect_as("key_of_today", ALICE, false);
        then.push("a key is asked for in place".to_owned());
    }
    if is_done {
        then.push("—".to_owned());
    } else {
        world.server.always(write.method, write.path, (write.good)());
        world.sent();
        (write.send)(watch, draft());
        world.run_until_idle();
        world.turn_clock(10 * SECOND);
        assert!(matches!(state(), WriteState::Done(_)), "{}: then it works", fault.name);
        assert_eq!(count(&world.sent()), 1, "{}: once", fault.name);
        assert!(!write.has_form || !has_draft());
        then.push(format!("“{}” does it", write.button));
    }
    Row {
        told,
        sent: sent.to_string(),
        kept: write.states[usize::from(is_carried_out)],
        then: then.join("; "),
    }
}

fn create() -> Write<WorkspaceFields> {
    Write {
        method: Method::Post,
        path: CREATE,
        words: WriteWords::create_workspace,
        good: || Reply::json(200, workspace("Lab", "ENABLED")),
        looked_up: |is_applied| {
            let found = [workspace("Lab", "ENABLED")];
            (ALL, list(if is_applied { &found } else { &[] }))
        },
        send: |watch, draft| watch.create(fields("Lab"), draft),
        has_form: true,
        states: ["nothing; the draft stays", "created"],
        button: "Create workspace",
    }
}

fn edit() -> Write<WorkspaceFields> {
    Write {
        method: Method::Patch,
        path: ONE,
        words: WriteWords::edit_workspace,
        good: || Reply::json(200, workspace("Annex", "ENABLED")),
        looked_up: |is_applied| {
            let name = if is_applied { "Annex" } else { "Lab" };
            (ONE, Reply::json(200, workspace(name, "ENABLED")))
        },
        send: |watch, draft| {
            let before = Version {
                fields: fields("Lab"),
                updated_at: None,
            };
            let after = fields("Annex");
            let update = WorkspaceUpdate::between(&before.fields, &after).unwrap();
            watch.update(id(), Save { before, after, update }, draft);
        },
        has_form: true,
        states: ["unchanged; the draft stays", "saved"],
        button: "Save changes",
    }
}

fn archive() -> Write<WorkspaceFields> {
    Write {
        method: Method::Delete,
        path: ONE,
        words: WriteWords::archive,
        good: || Reply::json(200, "{}"),
        looked_up: |is_applied| {
            let status = if is_applied { "ARCHIVED" } else { "ENABLED" };
            (ONE, Reply::json(200, workspace("Lab", status)))
        },
        send: |watch, _| watch.archive(id(), "Lab".to_owned()),
        has_form: false,
        states: ["still active", "archived"],
        button: "Archive",
    }
}

fn add() -> Write<()> {
    Write {
        method: Method::Post,
        path: MEMBERS,
        words: WriteWords::member,
        good: || Reply::json(200, ZOE),
        looked_up: |is_applied| {
            let found = [ZOE.to_owned()];
            (MEMBERS, list(if is_applied { &found } else { &[] }))
        },
        send: |watch, _| watch.add_member(id(), NewMember::ProfileId(zoe()), "Zoë".to_owned()),
        has_form: false,
        states: ["no member", "a member"],
        button: "Add member",
    }
}

fn remove() -> Write<()> {
    Write {
        method: Method::Delete,
        path: "/members/p-zoe",
        words: WriteWords::member,
        good: || Reply::json(200, "{}"),
        looked_up: |is_applied| {
            let found = [ZOE.to_owned()];
            (MEMBERS, list(if is_applied { &[] } else { &found }))
        },
        send: |watch, _| watch.remove_member(id(), zoe(), "Zoë".to_owned()),
        has_form: false,
        states: ["still a member", "no member"],
        button: "Remove",
    }
}

#[test]
fn every_fault_in_creating_a_workspace() {
    assert_table("Creating a workspace", "the server then", |fault| row(fault, &create()));
}

#[test]
fn every_fault_in_editing_a_workspace() {
    assert_table("Editing a workspace", "the server then", |fault| row(fault, &edit()));
}

#[test]
fn every_fault_in_archiving_a_workspace() {
    assert_table("Archiving a workspace", "the server then", |fault| {
        row(fault, &archive())
    });
}

#[test]
fn every_fault_in_adding_a_member() {
    assert_table("Adding a member", "the server then", |fault| row(fault, &add()));
}

#[test]
fn every_fault_in_removing_a_member() {
    assert_table("Removing a member", "the server then", |fault| row(fault, &remove()));
}
