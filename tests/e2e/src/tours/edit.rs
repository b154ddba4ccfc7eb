//! Through the editing of a secret.

use serde_json::json;

use super::{Look, enter, example, mend, refuse, silence, without_data};
use crate::journey::World;
use crate::vocabulary::Vocabulary;

pub(super) fn edit(world: &World, look: Look<'_>) {
    let page = &world.page;
    let (address, name) = example(world);
    let address = format!("{address}/edit");
    enter(world);
    without_data(world, &address, "/workspace_secrets/", look);
    page.visit(&address);
    page.radio("Keep").wait();
    look("full");
    page.radio("Replace").click();
    page.textbox("Name").fill("");
    page.button("Review changes").click();
    page.main_landmark().wait_text("Enter a new value");
    look("invalid");
    page.textbox("Name").fill(&format!("{name}_NEW"));
    page.textbox("New value").fill("postgres://example");
    page.button("Review changes").click();
    page.list("Changes").wait();
    look("review");
    refuse(world, "PATCH", "/workspace_secrets/", 503);
    page.button("Save changes").click();
    page.alert().wait_text("Server error (503)");
    look("save-error");
    mend(world);
    silence(world, "PATCH", "/workspace_secrets/");
    page.button("Review changes").click();
    page.button("Save changes").click();
    page.button("Saving…").wait();
    look("saving");
    mend(world);
    contested(world, &address, name, look);
}

/// Someone else changes the secret while it is edited, and work is about to be left.
fn contested(world: &World, address: &str, name: &str, look: Look<'_>) {
    let page = &world.page;
    page.visit("/workspaces");
    page.wait_view("Workspaces");
    page.visit(address);
    page.main_landmark().wait_text("Draft from");
    look("draft");
    let path = address
        .trim_end_matches("/edit")
        .replace("/secrets/", "/workspace_secrets/");
    let body = json!({
        "metadata": {"name": format!("{name}_THEIRS"), "labels": {"env": "prod", "rotated": "yes"}},
        "updateMask": "metadata.name,metadata.labels"
    });
    let (status, answer) = world.api.send("PATCH", &format!("/v1{path}"), Some(&body));
    assert_eq!(status, 200, "{answer}");
    page.button("Review changes").click();
    page.button("Save changes").click();
    page.heading("Someone else changed this secret").wait();
    look("compare");
    page.button("Back to editing").click();
    page.link("Cancel").click();
    page.alertdialog("Leave this page?").wait();
    look("leaving");
}
