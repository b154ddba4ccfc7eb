//! Deleting: asked once, undone for ten seconds, and never claimed.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary, bundle_of, wait_until};
    use serde_json::json;

    /// Whether the browser would ask before it closes or reloads the page. The driver never shows that question.
    const ASKS: &str = "const event = new Event('beforeunload', { cancelable: true });
        dispatchEvent(event);
        return event.defaultPrevented;";

    #[test]
    fn for_ten_seconds_it_can_be_undone_and_nothing_is_sent() {
        Journey::named("undo").take(|world| {
            let page = &world.page;
            page.control_timers();
            let workspace = world.api.workspace("Undone");
            let id = world.api.secret(&workspace, &json!({"name": "SPARED"}), "v");
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.button("Delete").click();
            let dialog = page.alertdialog("Delete secret");
            assert_eq!(
                dialog.attribute("aria-describedby").as_deref(),
                Some("delete-secret-text")
            );
            dialog.button("Delete").click();
            page.wait_view("Secrets");
            let pending = page.group("Deletion");
            pending.wait_text("Deleting SPARED in");
            wait_until("the hand is on it", || pending.button("Undo").is_focused());
            // It waits wherever one goes, and nobody is asked.
            page.table("Secrets").link("SPARED").click();
            page.wait_view("SPARED");
            pending.button("Undo").click();
            page.status("Notifications").wait_text("SPARED was not deleted.");
            pending.wait_gone();
            assert!(page.heading("SPARED").is_focused(), "the focus is not lost");
            page.fast_forward(11);
            assert_eq!(world.api.calls("DELETE", &path), 0);
        });
    }

    #[test]
    fn closing_the_tab_deletes_nothing() {
        Journey::named("closed-tab").take(|world| {
            let page = &world.page;
            page.control_timers();
            let workspace = world.api.workspace("Closed");
            let id = world.api.secret(&workspace, &json!({"name": "SPARED"}), "v");
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.button("Delete").click();
            page.alertdialog("Delete secret").button("Delete").click();
            page.group("Deletion").wait_text("Deleting ");
            assert!(page.run(ASKS) == true, "closing the tab asks");
            page.reload();
            page.heading("Connect").wait();
            page.fast_forward(11);
            assert_eq!(world.api.calls("DELETE", &path), 0);
        });
    }

    #[test]
    fn a_key_that_is_not_accepted_is_asked_for_before_anything_else() {
        Journey::named("delete-expired").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Expired");
            let id = world.api.secret(&workspace, &json!({"name": "DOOMED"}), "v");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            world.expect_status(401);
            world
                .api
                .fault(&json!({"method": "DELETE", "path": "workspace_secrets", "status": 401}));
            page.button("Delete").click();
            page.alertdialog("Delete secret").button("Delete").click();
            page.dialog("Connect again").wait();
            let open = page.run("return document.querySelectorAll('dialog[open]').length");
            assert_eq!(open, 1, "one dialog at a time");
            world.connect_with(&world.api.key);
            let deletion = page.group("Deletion");
            deletion.wait_text("DOOMED was not deleted.");
            deletion.button("Try again").click();
            page.status("Notifications").wait_text("DOOMED deleted.");
            assert!(world.api.secrets(&workspace).is_empty());
        });
    }

    #[test]
    fn what_a_bundle_manages_says_so_and_asks_for_its_name() {
        Journey::named("delete-managed").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Production");
            let secrets = world.api.secrets_with_info(&workspace);
            let managed = secrets
                .iter()
                .find(|it| bundle_of(it).is_some())
                .expect("the demo data has a secret that a bundle manages");
            let bundle = bundle_of(managed).unwrap_or_default();
            let text = |field: &str| managed["metadata"][field].as_str().expect("a text");
            world.open(&format!("/workspaces/{workspace}/secrets/{}", text("id")));
            page.wait_view(text("name"));
            let main = page.main_landmark();
            main.wait_text(bundle);
            main.wait_text("Managed by a configuration bundle. Its next apply");
            page.button("Delete").click();
            let dialog = page.alertdialog("Delete secret");
            dialog.wait_text(&format!("Managed by the bundle {bundle}"));
            dialog.button("Delete").click();
            dialog.textbox("Type the name to confirm").fill(text("name"));
            dialog.button("Delete").click();
            page.group("Deletion").button("Undo").click();
            page.group("Deletion").wait_gone();
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{}", text("id"));
            assert_eq!(world.api.calls("DELETE", &path), 0);
        });
    }

    #[test]
    fn what_is_gone_says_so_and_leads_to_the_list() {
        Journey::named("gone").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Gone", 1);
            world.expect_status(404);
            world.open(&format!("/workspaces/{workspace}/secrets/wsec_gone"));
            page.main_landmark().wait_text("Secret not found");
            page.link("Back to secrets").click();
            page.wait_view("Secrets");
            page.table("Secrets").row("SECRET_000").wait();
        });
    }
}
