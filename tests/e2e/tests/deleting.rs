//! Deleting: asked once, undone for ten seconds, and never claimed.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary, wait_until};
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
            let pending = page.dialog("Deletion");
            pending.wait_text("Deleting SPARED in");
            wait_until("the hand is on it", || pending.button("Undo").is_focused());
            // Leaving asks, and staying goes on.
            page.navigation("Breadcrumbs").link("Secrets").click();
            let question = page.alertdialog("Leave this page?");
            question.wait_text("cancels the deletion");
            question.button("Stay on page").click();
            pending.button("Undo").click();
            page.status("Notifications").wait_text("SPARED was not deleted.");
            pending.wait_gone();
            assert!(page.heading("SPARED").is_focused(), "the focus is not lost");
            page.fast_forward(11);
            assert_eq!(world.api.calls("DELETE", &path), 0);
            // Leaving is thinking better of it, too.
            page.button("Delete").click();
            page.alertdialog("Delete secret").button("Delete").click();
            page.navigation("Breadcrumbs").link("Secrets").click();
            question.button("Leave").click();
            page.wait_view("Secrets");
            page.fast_forward(11);
            assert_eq!(world.api.calls("DELETE", &path), 0);
            page.table("Secrets").row("SPARED").wait();
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
            page.dialog("Deletion").wait_text("Deleting ");
            assert!(page.run(ASKS) == true, "closing the tab asks");
            page.reload();
            page.heading("Connect").wait();
            page.fast_forward(11);
            assert_eq!(world.api.calls("DELETE", &path), 0);
        });
    }

    #[test]
    fn from_the_list_it_goes_and_comes_back_if_the_server_refuses() {
        Journey::named("delete-in-list").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Listed", 4);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            let table = page.table("Secrets");
            table.wait_rows(4);
            world.expect_status(409);
            world
                .api
                .fault(&json!({"method": "DELETE", "path": "workspace_secrets", "status": 409}));
            table.button("Actions for SECRET_001").click();
            page.menu_item("Delete").click();
            let dialog = page.alertdialog("Delete secret");
            dialog.wait_text("SECRET_001");
            dialog.button("Delete").click();
            page.dialog("Deletion").wait_text("SECRET_001");
            dialog.alert().wait_text("Couldn't delete the secret");
            // Nothing behind a dialog is announced.
            let rows = page.run("return document.querySelector('main table').ariaRowCount");
            assert_eq!(rows, "4", "it is back");
            dialog.button("Delete").click();
            dialog.wait_gone();
            table.wait_rows(3);
            page.status("Notifications").wait_text("SECRET_001");
            assert_eq!(world.api.secrets(&workspace).len(), 3);
        });
    }

    #[test]
    fn a_second_one_does_not_end_the_first_and_leaving_is_said() {
        Journey::named("delete-two").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Two", 3);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            let table = page.table("Secrets");
            table.wait_rows(3);
            table.button("Actions for SECRET_001").click();
            page.menu_item("Delete").click();
            page.alertdialog("Delete secret").button("Delete").click();
            page.dialog("Deletion").wait_text("SECRET_001");
            table.button("Actions for SECRET_002").click();
            page.menu_item("Delete").click();
            page.status("Notifications").wait_text("SECRET_001 is being deleted");
            page.dialog("Deletion").button("Undo").click();
            wait_until("the focus is at what was spared", || {
                table.link("SECRET_001").is_focused()
            });
            table.button("Actions for SECRET_001").click();
            page.menu_item("Delete").click();
            page.alertdialog("Delete secret").button("Delete").click();
            page.dialog("Deletion").wait_text("SECRET_001");
            page.navigation("Main").link("Workspaces").click();
            page.alertdialog("Leave this page?").button("Leave").click();
            page.wait_view("Workspaces");
            page.status("Notifications").wait_text("SECRET_001 was not deleted.");
            assert_eq!(world.api.secrets(&workspace).len(), 3);
        });
    }

    #[test]
    fn a_lost_answer_to_a_delete_is_looked_for() {
        Journey::named("delete-lost").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Lost");
            let id = world.api.secret(&workspace, &json!({"name": "DOOMED"}), "v");
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            world.expect_status(502);
            world
                .api
                .fault(&json!({"method": "DELETE", "path": "workspace_secrets", "kind": "html", "times": 3}));
            page.button("Delete").click();
            let dialog = page.alertdialog("Delete secret");
            dialog.button("Delete").click();
            dialog.wait_gone();
            dialog.wait_text("It still exists.");
            assert_eq!(world.api.calls("DELETE", &path), 3, "a delete is tried again by itself");
            dialog.button("Delete").click();
            page.wait_view("Secrets");
            assert_eq!(world.api.send("GET", &path, None).0, 404);
        });
    }

    #[test]
    fn where_it_cannot_be_looked_for_either_that_is_said() {
        Journey::named("delete-unseen").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Unseen");
            let id = world.api.secret(&workspace, &json!({"name": "DOOMED"}), "v");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.button("Delete").click();
            let dialog = page.alertdialog("Delete secret");
            dialog.button("Delete").wait();
            for status in [502, 503] {
                world.expect_status(status);
            }
            let times = |method: &str, fault: serde_json::Value| {
                let mut fault = fault;
                fault["method"] = method.into();
                fault["path"] = "workspace_secrets".into();
                fault["times"] = 3.into();
                world.api.fault(&fault);
            };
            times("DELETE", json!({"kind": "html"}));
            times("GET", json!({"status": 503}));
            dialog.button("Delete").click();
            dialog.wait_gone();
            dialog.wait_text("Couldn't check whether it still exists");
            dialog.button("Delete").click();
            page.wait_view("Secrets");
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
            let dialog = page.alertdialog("Delete secret");
            dialog.button("Delete").click();
            page.dialog("Connect again").wait();
            let open = page.run("return document.querySelectorAll('dialog[open]').length");
            assert_eq!(open, 1, "one dialog at a time");
            world.connect_with(&world.api.key);
            dialog.button("Delete").wait();
            assert!(!dialog.alert().exists(), "the new key is not blamed");
            dialog.button("Delete").click();
            page.wait_view("Secrets");
            assert!(world.api.secrets(&workspace).is_empty());
        });
    }

    #[test]
    fn a_delete_that_fails_after_one_has_left_is_told() {
        Journey::named("delete-late").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Late", 1);
            let id = world.api.secret_named(&workspace, "SECRET_000");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            world.expect_status(409);
            world
                .api
                .fault(&json!({"method": "DELETE", "path": "workspace_secrets", "status": 409, "delayMs": 3000}));
            page.button("Delete").click();
            page.alertdialog("Delete secret").button("Delete").click();
            page.dialog("Deletion").wait();
            wait_until("it is sent", || {
                page.run("return document.querySelector('.undo').innerText.includes('Deleting…')") == true
            });
            page.navigation("Breadcrumbs").link("Secrets").click();
            page.wait_view("Secrets");
            page.status("Notifications").wait_text("Couldn't delete the secret");
            page.table("Secrets").row("SECRET_000").wait();
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
                .find(|it| {
                    it["metadata"]["bundleKey"]
                        .as_str()
                        .is_some_and(|bundle| !bundle.is_empty())
                })
                .expect("the demo data has a secret that a bundle manages");
            let text = |field: &str| managed["metadata"][field].as_str().expect("a text");
            world.open(&format!("/workspaces/{workspace}/secrets/{}", text("id")));
            page.wait_view(text("name"));
            let main = page.main_landmark();
            main.wait_text(text("bundleKey"));
            main.wait_text("Managed by a configuration bundle. Its next apply");
            page.button("Delete").click();
            let dialog = page.alertdialog("Delete secret");
            dialog.wait_text(&format!("Managed by the bundle {}", text("bundleKey")));
            dialog.button("Delete").click();
            dialog.textbox("Type the name to confirm").fill(text("name"));
            dialog.button("Delete").click();
            page.dialog("Deletion").button("Undo").click();
            page.dialog("Deletion").wait_gone();
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
