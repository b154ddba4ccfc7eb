//! Through the list of secrets and what helps with it.

use thirtyfour::Key;

use super::{Look, enter, mend, refuse, without_data};
use crate::journey::World;
use crate::vocabulary::Vocabulary;

pub(super) fn secrets(world: &World, look: Look<'_>) {
    let page = &world.page;
    let production = world.api.workspace_named("Production");
    let many = world.workspace_of("Many", 60);
    let address = format!("/workspaces/{production}/secrets");
    let first = page.table("Secrets").row("DATABASE_URL");
    enter(world);
    without_data(world, &address, "/workspace_secrets", look);
    let empty = world.api.workspace_named("Empty");
    page.visit(&format!("/workspaces/{empty}/secrets"));
    page.main_landmark().wait_text("No secrets yet");
    look("empty");
    page.visit(&format!("{address}?q=no+such+secret"));
    page.main_landmark().wait_text("No results");
    look("unmatched");
    page.visit(&address);
    first.wait();
    look("full");
    page.visit(&format!("{address}?info=1&sort=last-used&dir=desc"));
    first.wait();
    look("sorted");
    tools(world, &many, look);
    page.visit(&address);
    first.wait();
    refuse(world, "GET", "/workspace_secrets", 401);
    page.button("Refresh").click();
    page.dialog("Connect again").wait();
    look("again");
}

/// A list that stopped half-way, and what can be done with one that is complete.
fn tools(world: &World, workspace: &str, look: Look<'_>) {
    let page = &world.page;
    let list = format!("/workspaces/{workspace}/secrets");
    let table = page.table("Secrets");
    refuse(world, "GET", "workspace_secrets?limit=1000", 503);
    page.visit(&list);
    page.alert().wait_text("Server error (503)");
    look("incomplete");
    mend(world);
    page.visit(&format!("{list}?q=label%3Anumber+-label%3Anumber%3D7+nome%3Ax"));
    page.list("Filter").wait();
    page.main_landmark().wait_text("Unknown filter");
    look("filtered");
    page.visit(&list);
    table.row("SECRET_001").button("Actions for SECRET_001").click();
    page.menu_item("Copy as").click();
    page.menu_item("curl").wait();
    look("row-menu");
    page.press(Key::Escape);
    page.menu_item("Copy as").wait_gone();
    // Over a long list the bar covers a row until one scrolls; here it has a place of its own.
    page.visit(&format!("{list}?q=SECRET_001"));
    table.checkbox("Select SECRET_001").click();
    page.dialog("Selection").wait_text("1 selected");
    look("selected");
    page.button("Label secrets").click();
    page.dialog("Label secrets").wait();
    look("bulk-label");
    page.press(Key::Escape);
    page.dialog("Label secrets").wait_gone();
    // So many are asked about, a few are not.
    page.visit(&list);
    table.checkbox("Select all shown").click();
    page.button("Delete selected").click();
    page.alertdialog("Delete secrets").wait();
    look("bulk-delete");
    page.press(Key::Escape);
    page.alertdialog("Delete secrets").wait_gone();
    page.button("View").click();
    page.dialog("View").wait_text("Saved views");
    look("view-panel");
    page.press(Key::Escape);
    page.dialog("View").wait_gone();
}
