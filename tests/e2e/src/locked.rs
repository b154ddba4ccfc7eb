//! A secret that is open when the console locks, and what may be left of it.

use serde_json::json;

use crate::browser::Page;
use crate::journey::World;
use crate::vocabulary::Vocabulary;

/// The value of the secret that is behind the lock.
pub const VALUE: &str = "hunter2-that-was-shown";
/// Its name.
pub const NAME: &str = "NAME_BEHIND_THE_LOCK";

/// Opens a secret with this value and name; its address.
#[track_caller]
pub fn open_a_secret(world: &World) -> String {
    let workspace = world.api.workspace("Workspace behind the lock");
    let metadata = json!({"name": NAME, "labels": {"behind": "the-lock-label"}});
    let id = world.api.secret(&workspace, &metadata, VALUE);
    let address = format!("/workspaces/{workspace}/secrets/{id}");
    world.open(&address);
    world.page.wait_view(NAME);
    address
}

/// Locks by the button of the account menu.
#[track_caller]
pub fn lock_now(page: &Page) {
    page.button("Account menu").click();
    page.button("Lock now").click();
    page.wait_view("Locked");
}

/// Nothing that was on the page, and no key, is anywhere.
///
/// # Panics
///
/// Where something is.
#[track_caller]
pub fn is_empty_handed(world: &World) {
    for text in [
        &world.api.key,
        VALUE,
        NAME,
        "the-lock-label",
        "Workspace behind the lock",
    ] {
        world.page.assert_nowhere(text, &[]);
    }
    let left = world
        .page
        .run("return Object.keys(sessionStorage).filter(name => !/draft|tab$/.test(name)).join()");
    assert_eq!(left, "", "the tab keeps nothing but encrypted drafts");
}
