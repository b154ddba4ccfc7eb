//! Names of secrets are the server's: a write goes on with the name that the server made, whether it upper-cases names or
//! keeps them, and a lost write is looked for by it.

use contract::calls::SecretQuery;
use contract::{MetadataFields, SecretId, SecretUpdate, ValueChange, WorkspaceId};
use strongroom_core::model::edit_flow::Save;
use strongroom_core::model::server_names::ServerNames;
use strongroom_core::model::write_outcome::{Done, Failed, LookedUp, PAUSE, Seen, Version, WriteState};

use super::*;
use crate::store::drafts::SentDraft;
use crate::store::notices::use_notices;
use crate::store::secret_lists::use_secret_lists;
use crate::store::writes::Watch;

const SECRETS: &str = "/workspace_secrets";
const ONE: &str = "/workspace_secrets/s-1";

/// The names that a server makes of `stripe_key`.
const SERVERS: [(&str, ServerNames); 2] = [("STRIPE_KEY", ServerNames::Upper), ("stripe_key", ServerNames::Kept)];

/// A secret as the server answers it, made and last changed in this minute.
fn secret(name: &str, minute: u32) -> String {
    format!(
        r#"{{"metadata": {{"id": "s-1", "name": "{name}", "createdAt": "2026-11-26T12:00:00Z",
            "updatedAt": "2026-11-26T12:{minute:02}:00Z", "profileId": "profile_alice"}}, "spec": {{}}}}"#
    )
}

fn list(secrets: &[String]) -> Reply {
    Reply::json(200, format!(r#"{{"items": [{}]}}"#, secrets.join(",")))
}

fn workspace() -> WorkspaceId {
    WorkspaceId::parse("w-1").unwrap()
}

fn fields(name: &str) -> MetadataFields {
    MetadataFields {
        name: name.to_owned(),
        ..MetadataFields::default()
    }
}

fn watch(world: &World) -> Watch {
    world.owner.with(|| world.services.writes.watch())
}

fn create(world: &World, name: &str) -> WriteState {
    let watch = watch(world);
    watch.create(workspace(), fields(name), None, SentDraft(None));
    world.turn_clock(PAUSE);
    watch.state().get_untracked().unwrap()
}

/// Renames the secret OLD.
fn rename(world: &World, name: &str) -> WriteState {
    let json = secret("OLD", 0);
    let before = <contract::WorkspaceSecret as contract::Answer>::decode(json.as_bytes()).unwrap();
    let before = Version::from(&before.metadata);
    let after = fields(name);
    let update = SecretUpdate::between(&before.fields, &after, ValueChange::Keep).unwrap();
    let save = Save { before, after, update };
    let watch = watch(world);
    watch.update(workspace(), SecretId::parse("s-1").unwrap(), save, SentDraft(None));
    world.turn_clock(PAUSE);
    watch.state().get_untracked().unwrap()
}

fn saved(state: WriteState) -> String {
    match state {
        WriteState::Done(Done::Saved { name, .. }) => name,
        state => panic!("{state:?}"),
    }
}

fn seen(state: WriteState) -> Seen {
    match state {
        WriteState::Failed(Failed::LookedUp(LookedUp { seen: Ok(seen), .. })) => seen,
        state => panic!("{state:?}"),
    }
}

fn names(world: &World) -> ServerNames {
    world.services.writes.names().get_untracked()
}

fn told(world: &World) -> String {
    world.with(use_notices).texts().join(" ")
}

#[test]
fn the_console_goes_on_with_the_name_in_the_answer() {
    for (name, learned) in SERVERS {
        let world = World::connected();
        world.script(Method::Get, SECRETS, list(&[secret("OTHER", 0).replace("s-1", "s-2")]));
        let shown = world.with(|| use_secret_lists().open(&workspace(), Signal::derive(SecretQuery::default)));
        world.run_until_idle();
        assert_eq!(names(&world), ServerNames::Unknown);
        world.script(Method::Post, SECRETS, Reply::json(200, secret(name, 0)));
        assert_eq!(saved(create(&world, "stripe_key")), name);
        assert_eq!(names(&world), learned, "from now on the form knows");
        assert!(told(&world).contains(&format!("{name} created.")), "{}", told(&world));
        let row = shown.find("s-1", |rows, row| rows.name(row).to_owned());
        assert_eq!(row.as_deref(), Some(name));
    }
}

#[test]
fn a_rename_goes_on_with_the_name_in_the_answer() {
    for (name, learned) in SERVERS {
        let world = World::connected();
        world.script(Method::Get, ONE, Reply::json(200, secret("OLD", 0)));
        world.script(Method::Patch, ONE, Reply::json(200, secret(name, 1)));
        assert_eq!(saved(rename(&world, "stripe_key")), name);
        assert_eq!(names(&world), learned);
    }
}

#[test]
fn a_lost_create_is_found_under_the_name_that_the_server_made() {
    for (name, _) in SERVERS {
        let world = World::connected();
        world.script(Method::Post, SECRETS, Reply::lost());
        if name == "stripe_key" {
            world.script(Method::Get, "prefix=STRIPE_KEY", list(&[]));
        }
        // Such a server may filter by the exact start of its own names.
        let found = if name == "STRIPE_KEY" {
            "prefix=STRIPE_KEY"
        } else {
            "prefix=stripe_key"
        };
        world.script(Method::Get, found, list(&[secret(name, 0)]));
        assert_eq!(saved(create(&world, "stripe_key")), name);
        assert!(
            told(&world).contains(&format!("{name} was created")),
            "{}",
            told(&world)
        );
        let posts = world.sent().into_iter().filter(|sent| sent.method == Method::Post);
        assert_eq!(posts.count(), 1, "never sent again");
    }
}

#[test]
fn where_the_server_is_known_a_lost_create_is_looked_for_once() {
    let world = World::connected();
    world.script(Method::Post, SECRETS, Reply::json(200, secret("first", 0)));
    create(&world, "first");
    world.script(Method::Post, SECRETS, Reply::lost());
    world.script(Method::Get, "prefix=second", list(&[secret("second", 0)]));
    assert_eq!(saved(create(&world, "second")), "second");
}

#[test]
fn an_older_secret_under_that_name_is_not_taken_for_the_lost_one() {
    let world = World::connected();
    world.script(Method::Post, SECRETS, Reply::lost());
    let older = secret("STRIPE_KEY", 0).replace("2026-11-26T12:00:00Z", "2026-01-01T00:00:00Z");
    world.script(Method::Get, "prefix=STRIPE_KEY", list(&[older]));
    world.script(Method::Get, "prefix=stripe_key", list(&[]));
    let seen = seen(create(&world, "stripe_key"));
    assert!(matches!(seen, Seen::Similar { has_name: true, .. }), "{seen:?}");
}

#[test]
fn a_taken_name_is_the_one_that_the_server_would_have_made() {
    let world = World::connected();
    let taken = r#"{"code": 6, "message": "another secret of this workspace has this name"}"#;
    world.script(Method::Post, SECRETS, Reply::json(409, taken));
    let theirs = secret("STRIPE_KEY", 0).replace("profile_alice", "profile_bob");
    world.script(Method::Get, "prefix=STRIPE_KEY", list(&[theirs]));
    world.script(Method::Get, "prefix=stripe_key", list(&[]));
    let seen = seen(create(&world, "stripe_key"));
    assert!(
        matches!(&seen, Seen::Similar { found, has_name: true, is_earlier_attempt: false } if found.name == "STRIPE_KEY")
    );
}

#[test]
fn a_lost_rename_is_no_conflict_with_the_name_that_the_server_made() {
    for (name, _) in SERVERS {
        let world = World::connected();
        world.script(Method::Get, ONE, Reply::json(200, secret("OLD", 0)));
        world.script(Method::Patch, ONE, Reply::lost());
        world.script(Method::Get, ONE, Reply::json(200, secret(name, 1)));
        assert_eq!(saved(rename(&world, "stripe_key")), name);
    }
    let world = World::connected();
    world.script(Method::Get, ONE, Reply::json(200, secret("OLD", 0)));
    world.script(Method::Patch, ONE, Reply::lost());
    world.script(Method::Get, ONE, Reply::json(200, secret("THEIRS", 1)));
    assert!(
        matches!(seen(rename(&world, "stripe_key")), Seen::Changed(_)),
        "that is a conflict"
    );
}

#[test]
fn a_list_with_lower_case_names_shows_that_the_server_keeps_them() {
    for (name, known) in [("OTHER", ServerNames::Unknown), ("other", ServerNames::Kept)] {
        let world = World::connected();
        world.script(Method::Get, SECRETS, list(&[secret(name, 0)]));
        let lists = world.with(use_secret_lists);
        world.with(|| lists.open(&workspace(), Signal::derive(SecretQuery::default)));
        world.run_until_idle();
        let names = lists.server_names(&workspace(), ServerNames::Unknown);
        assert_eq!(names, known);
        let taken = lists.taken_name(&workspace(), "Other", names);
        assert_eq!(taken.as_deref(), (name == "OTHER").then_some("OTHER"));
        assert_eq!(lists.server_names(&workspace(), ServerNames::Upper), ServerNames::Upper);
    }
}

#[test]
fn another_session_begins_without_what_was_learned() {
    let world = World::connected();
    world.script(Method::Post, SECRETS, Reply::json(200, secret("first", 0)));
    create(&world, "first");
    assert_eq!(names(&world), ServerNames::Kept);
    world.session().lock();
    assert_eq!(names(&world), ServerNames::Unknown);
}
