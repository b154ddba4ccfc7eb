//! What a list continues from: cursors that expire, and keys of other accounts.

use contract::WorkspaceId;
use contract::calls::SecretQuery;
use strongroom_core::list::reading::State as Reading;

use super::*;
use crate::store::secret_list::SecretList;
use crate::store::secret_lists::use_secret_lists;

const SECRETS: &str = "/workspace_secrets";

/// A page with this secret, and the cursor of the next one.
fn page(name: &str, cursor: &str) -> Reply {
    Reply::json(
        200,
        format!(
            r#"{{"items": [{{"metadata": {{"id": "s-{name}", "name": "{name}"}}}}], "pagination": {{"nextCursor": "{cursor}"}}}}"#
        ),
    )
}

fn open(world: &World) -> SecretList {
    let workspace = WorkspaceId::parse("w-1").unwrap();
    let query = Signal::derive(SecretQuery::default);
    let list = world.with(|| use_secret_lists().open(&workspace, query));
    world.run_until_idle();
    list
}

fn names(list: SecretList) -> Vec<String> {
    let names = list.with(|loaded| {
        let rows = loaded.list().rows();
        loaded.shown().iter().map(|row| rows.name(*row).to_owned()).collect()
    });
    names.unwrap()
}

fn state(list: SecretList) -> Reading<Failure> {
    list.progress().get_untracked().state
}

fn cursors(world: &World) -> Vec<bool> {
    let sent = world.sent();
    sent.iter()
        .filter(|sent| sent.path.contains(SECRETS))
        .map(|sent| sent.path.contains("cursor="))
        .collect()
}

#[test]
fn the_key_of_another_account_reads_everything_again() {
    for is_profile_known in [true, false] {
        let world = World::new();
        world.connect_as("key_alice", ALICE, true);
        // A session that is restored does not know whose it is until the server has said so.
        let world = if is_profile_known { world } else { world.reload() };
        world.script(Method::Get, SECRETS, page("OF_ALICE", "a"));
        world.script(Method::Get, SECRETS, Reply::json(401, "{}"));
        let list = open(&world);
        assert!(matches!(world.state(), State::Expired(_)));
        assert_eq!(names(list), ["OF_ALICE"], "it stays while a key is asked for");
        world.sent();
        world.script(Method::Get, SECRETS, page("OF_BOB", ""));
        world.connect_as("key_bob", BOB, false);
        world.run_until_idle();
        assert_eq!(names(list), ["OF_BOB"]);
        assert_eq!(cursors(&world), [false], "Alice's cursor is not Bob's");
    }
}

#[test]
fn another_key_of_the_same_account_goes_on_reading() {
    let world = World::connected();
    world.script(Method::Get, SECRETS, page("A", "a"));
    world.script(Method::Get, SECRETS, Reply::json(401, "{}"));
    let list = open(&world);
    world.sent();
    world.script(Method::Get, SECRETS, page("B", ""));
    world.connect_as("key_of_today", ALICE, false);
    world.run_until_idle();
    assert_eq!((state(list), names(list).len()), (Reading::Complete, 2));
    assert_eq!(cursors(&world), [true]);
}
