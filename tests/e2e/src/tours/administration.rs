//! The forms for a workspace, and its archive.

use super::{Look, enter, without_data};
use crate::journey::World;
use crate::vocabulary::Vocabulary;

pub(super) fn new(world: &World, look: Look<'_>) {
    let page = &world.page;
    enter(world);
    page.visit("/workspaces/new");
    page.wait_view("New workspace");
    page.button("Create workspace").click();
    page.main_landmark().wait_text("Enter a name.");
    look("invalid");
    page.textbox("Name").fill("Production");
    page.textbox("Description").fill("For trying things out");
    page.main_landmark().wait_text("already exists");
    look("full");
}

pub(super) fn edit(world: &World, look: Look<'_>) {
    let page = &world.page;
    let id = world.api.workspace_named("Production");
    let address = format!("/workspaces/{id}/edit");
    enter(world);
    without_data(world, &address, "/workspaces", look);
    page.visit(&address);
    page.textbox("Name").wait();
    look("full");
    page.textbox("Description").fill("Another description");
    page.button("Review changes").click();
    page.button("Save changes").wait();
    look("review");
    page.visit(&format!("/workspaces/{id}"));
    page.button("Archive").click();
    page.alertdialog("Archive workspace").wait_text("48,210");
    look("archive");
}

pub(super) fn members(world: &World, look: Look<'_>) {
    let page = &world.page;
    let id = world.api.workspace_named("Production");
    let address = format!("/workspaces/{id}/members");
    enter(world);
    without_data(world, &address, "/members", look);
    page.visit(&address);
    page.table("Members").wait();
    look("full");
    page.button("Add member").click();
    page.dialog("Add member").wait();
    look("add");
}
