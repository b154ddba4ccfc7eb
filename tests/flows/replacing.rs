//! Replacing a value and nothing else: what someone else changed meanwhile, and answers that are lost.

use contract::{SecretId, WorkspaceId};
use strongroom_core::model::edit_flow::EditStep;
use strongroom_core::model::replace_value;
use strongroom_core::model::write_outcome::{PAUSE, Seen, Version};

use super::*;
use crate::pages::secrets::saving::{Saving, saving};
use crate::store::drafts::SentDraft;
use crate::store::notices::use_notices;

const ONE: &str = "/workspace_secrets/s-1";

/// A secret as the server answers it, last changed in this minute.
fn secret(name: &str, minute: u32, value: Option<&str>) -> Reply {
    let value = value.map(|value| format!(r#""value": "{value}""#)).unwrap_or_default();
    let json = format!(
        r#"{{"metadata": {{"id": "s-1", "name": "{name}", "labels": {{"env": "prod"}},
            "updatedAt": "2026-11-26T12:{minute:02}:00Z"}}, "spec": {{{value}}}}}"#
    );
    Reply::json(200, json)
}

fn version(name: &str, minute: u32) -> Version {
    let json = format!(
        r#"{{"metadata": {{"id": "s-1", "name": "{name}", "labels": {{"env": "prod"}},
            "updatedAt": "2026-11-26T12:{minute:02}:00Z"}}, "spec": {{}}}}"#
    );
    let secret = <contract::WorkspaceSecret as contract::Answer>::decode(json.as_bytes()).unwrap();
    Version::from(&secret.metadata)
}

/// The dialog of a secret that was NAME when it was opened, with a value typed.
struct Dialog<'a> {
    world: &'a World,
    owner: Owner,
    saving: Saving,
    is_saved: RwSignal<bool>,
}

impl<'a> Dialog<'a> {
    fn open(world: &'a World) -> Self {
        let owner = world.owner.child();
        let (saving, is_saved) = owner.with(|| {
            let editing = replace_value::editing(version("NAME", 0), None, 7);
            let workspace = WorkspaceId::parse("w-1").unwrap();
            let saving = saving(workspace, SecretId::parse("s-1").unwrap(), editing);
            let is_saved = RwSignal::new(false);
            saving.follow(move || is_saved.set(true));
            (saving, is_saved)
        });
        world.run_until_idle();
        Self {
            world,
            owner,
            saving,
            is_saved,
        }
    }

    fn submit(&self) {
        let value = SecretText::new("hunter2");
        let intents = self
            .saving
            .state
            .with_untracked(|state| replace_value::save(&state.step, value));
        for intent in intents {
            self.saving.act(intent, SentDraft::default);
        }
        self.world.run_until_idle();
    }

    fn step(&self) -> EditStep<contract::MetadataFields> {
        self.saving.state.with_untracked(|state| state.step.clone())
    }

    fn is_saved(&self) -> bool {
        self.is_saved.get_untracked()
    }
}

#[test]
fn it_reads_first_and_sends_the_value_alone() {
    let world = World::connected();
    let dialog = Dialog::open(&world);
    world.script(Method::Get, ONE, secret("NAME", 0, None));
    world.script(Method::Patch, ONE, secret("NAME", 1, None));
    dialog.submit();
    assert!(dialog.is_saved());
    let sent = world.sent();
    assert_eq!(
        (sent[0].method, sent[1].method, sent.len()),
        (Method::Get, Method::Patch, 2)
    );
    let body: serde_json::Value = serde_json::from_str(&sent[1].body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({"spec": {"value": "hunter2"}, "updateMask": "spec.value"})
    );
}

#[test]
fn what_someone_else_changed_is_shown_before_anything_is_sent() {
    let world = World::connected();
    let dialog = Dialog::open(&world);
    world.script(Method::Get, ONE, secret("THEIRS", 1, None));
    dialog.submit();
    let EditStep::Comparing(comparing) = dialog.step() else {
        panic!("{:?}", dialog.step())
    };
    let changed: Vec<_> = replace_value::changed_by_others(&comparing.merge).collect();
    assert_eq!((changed.len(), changed[0].theirs.as_deref()), (1, Some("THEIRS")));
    assert_eq!(world.sent().len(), 1, "it was only read");
    // Their name stays, also where they change something again meanwhile.
    world.script(Method::Get, ONE, secret("THEIRS", 2, None));
    dialog.submit();
    assert!(matches!(dialog.step(), EditStep::Comparing(_)) && world.sent().len() == 1);
    world.script(Method::Get, ONE, secret("THEIRS", 2, None));
    world.script(Method::Patch, ONE, secret("THEIRS", 3, None));
    dialog.submit();
    assert!(dialog.is_saved());
    let sent = world.sent();
    assert!(sent[1].body.contains("hunter2") && !sent[1].body.contains("NAME") && !sent[1].body.contains("THEIRS"));
}

#[test]
fn a_lost_answer_is_looked_up_and_the_value_can_be_sent_again() {
    let world = World::connected();
    let dialog = Dialog::open(&world);
    world.script(Method::Get, ONE, secret("NAME", 0, None));
    world.script(Method::Patch, ONE, Reply::lost());
    world.script(Method::Get, ONE, secret("NAME", 1, None));
    dialog.submit();
    let EditStep::Lost(looked_up) = dialog.step() else {
        panic!("{:?}", dialog.step())
    };
    assert!(
        matches!(looked_up.seen, Ok(Seen::ValueUnknown(_))),
        "the server returns no values"
    );
    assert_eq!(world.sent().len(), 3);
    world.script(Method::Get, ONE, secret("NAME", 1, None));
    world.script(Method::Patch, ONE, secret("NAME", 2, None));
    dialog.submit();
    assert!(dialog.is_saved());
}

#[test]
fn a_lost_answer_of_a_server_that_returns_values_is_settled_by_itself() {
    let world = World::connected();
    let dialog = Dialog::open(&world);
    world.script(Method::Get, ONE, secret("NAME", 0, Some("old")));
    world.script(Method::Patch, ONE, Reply::lost());
    world.script(Method::Get, ONE, secret("NAME", 1, Some("hunter2")));
    dialog.submit();
    assert!(dialog.is_saved());
    assert!(
        world
            .with(use_notices)
            .texts()
            .iter()
            .any(|text| text.contains("NAME was saved"))
    );
}

#[test]
fn a_dialog_that_is_closed_does_not_stop_what_was_sent() {
    let world = World::connected();
    let dialog = Dialog::open(&world);
    world.script(Method::Get, ONE, secret("NAME", 0, None));
    world.script(Method::Patch, ONE, secret("NAME", 1, None).after(PAUSE));
    dialog.submit();
    dialog.owner.cleanup();
    world.turn_clock(PAUSE);
    assert!(
        world
            .with(use_notices)
            .texts()
            .iter()
            .any(|text| text.contains("NAME saved"))
    );
}
