//! Editing: changes that can't be clobbered, and work that can't be lost.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Page, Vocabulary, World, wait_until};
    use serde_json::{Value, json};

    /// Whether the browser would ask before it closes or reloads the page. The driver never shows that question.
    const ASKS: &str = "const event = new Event('beforeunload', { cancelable: true });
        dispatchEvent(event);
        return event.defaultPrevented;";

    /// Makes a secret and opens it for editing; where it is: workspace, id and address.
    fn edit(world: &World, name: &str, metadata: &Value) -> (String, String, String) {
        let workspace = world.api.workspace(name);
        let id = world.api.secret(&workspace, metadata, "the-value-before");
        let address = format!("/workspaces/{workspace}/secrets/{id}");
        world.open(&format!("{address}/edit"));
        world.page.textbox("Name").wait();
        (workspace, id, address)
    }

    fn patch(world: &World, workspace: &str, id: &str, metadata: &Value, mask: &str) {
        let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
        let body = json!({"metadata": metadata, "updateMask": mask});
        let (status, answer) = world.api.send("PATCH", &path, Some(&body));
        assert_eq!(status, 200, "{answer}");
    }

    fn patches(world: &World, workspace: &str, id: &str) -> usize {
        world
            .api
            .calls("PATCH", &format!("/v1/workspaces/{workspace}/workspace_secrets/{id}"))
    }

    fn review_and_save(page: &Page) {
        page.button("Review changes").click();
        page.button("Save changes").click();
    }

    #[test]
    fn the_exact_request_is_shown_without_the_value() {
        Journey::named("request").take(|world| {
            let page = &world.page;
            let (workspace, id, _) = edit(world, "Request", &json!({"name": "A", "labels": {"env": "test"}}));
            page.textbox("External ID").fill("x-1");
            page.radio("Replace").click();
            page.textbox("New value").fill("new-value-canary");
            page.button("Review changes").click();
            page.run("document.querySelector('details.request summary').click()");
            let main = page.main_landmark();
            for part in [
                format!("PATCH /v1/workspaces/{workspace}/workspace_secrets/{id}").as_str(),
                "\"externalId\": \"x-1\"",
                "16 bytes, not shown",
                "metadata.externalId,spec.value",
            ] {
                main.wait_text(part);
            }
            page.assert_nowhere("new-value-canary", &[]);
            page.button("Save changes").click();
            page.wait_view("A");
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("new-value-canary"));
        });
    }

    #[test]
    fn what_someone_else_changed_is_not_clobbered() {
        Journey::named("someone-else").take(|world| {
            let page = &world.page;
            let metadata = json!({"name": "OLD", "externalId": "x-1", "labels": {"env": "test", "team": "a"}});
            let (workspace, id, address) = edit(world, "Contested", &metadata);
            page.textbox("Name").fill("YOURS");
            page.textbox("External ID").fill("x-2");
            let theirs = json!({"name": "THEIRS", "externalId": "x-1", "labels": {"env": "prod", "team": "a"}});
            patch(world, &workspace, &id, &theirs, "metadata.name,metadata.labels");
            let before = patches(world, &workspace, &id);
            review_and_save(page);
            page.heading("Someone else changed this secret").wait();
            assert_eq!(patches(world, &workspace, &id), before, "nothing was sent");
            let main = page.main_landmark();
            for part in [
                "Original: “OLD”",
                "Choose a version of Name.",
                "The value may have changed too",
                "2 changes taken over",
            ] {
                main.wait_text(part);
            }
            page.group("Name").radio("On the server: “THEIRS”").wait();
            assert!(!page.group("Label env").exists(), "what is no conflict is folded");
            page.button("Continue to review").click();
            page.heading("Someone else changed this secret").wait();
            page.group("Name").radio("Yours: “YOURS”").click();
            page.button("Continue to review").click();
            page.list("Changes").wait_text("THEIRS");
            assert!(
                !page.list("Changes").text().contains("Labels"),
                "theirs is kept as it is"
            );
            page.button("Save changes").click();
            page.wait_address(&address);
            let now = world.api.read(&workspace, &id);
            assert_eq!(now["metadata"]["name"], "YOURS");
            assert_eq!(now["metadata"]["externalId"], "x-2");
            assert_eq!(now["metadata"]["labels"], json!({"env": "prod", "team": "a"}));
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("the-value-before"));
        });
    }

    #[test]
    fn a_lost_answer_is_looked_for_and_nothing_is_sent_twice() {
        Journey::named("lost-update").take(|world| {
            let page = &world.page;
            let (workspace, id, address) = edit(world, "Lost", &json!({"name": "OLD"}));
            // Carried out, and the answer breaks off.
            world.expect_in_console("ERR_CONTENT_LENGTH_MISMATCH");
            world
                .api
                .fault(&json!({"method": "PATCH", "path": "workspace_secrets", "kind": "cutBody"}));
            page.textbox("Name").fill("NEW");
            review_and_save(page);
            page.wait_address(&address);
            page.wait_view("NEW");
            page.status("Notifications").wait_text("No response, but");
            assert_eq!(patches(world, &workspace, &id), 1);
            // Not carried out: it says so, and offers to go on.
            world.expect_status(502);
            world
                .api
                .fault(&json!({"method": "PATCH", "path": "workspace_secrets", "kind": "html"}));
            page.button("Edit").click();
            page.textbox("Name").fill("NEWER");
            review_and_save(page);
            page.main_landmark().wait_text("The server may still save them");
            assert_eq!(patches(world, &workspace, &id), 2);
            page.button("Review changes").click();
            page.button("Save changes").click();
            page.wait_view("NEWER");
            assert_eq!(patches(world, &workspace, &id), 3);
        });
    }

    #[test]
    fn a_create_whose_answer_was_lost_is_looked_up() {
        Journey::named("lost-create").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Lost creates");
            let list = format!("/v1/workspaces/{workspace}/workspace_secrets");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            world.expect_in_console("ERR_CONTENT_LENGTH_MISMATCH");
            world
                .api
                .fault(&json!({"method": "POST", "path": "workspace_secrets", "kind": "cutBody"}));
            page.textbox("Name").fill("MADE_ONCE");
            page.textbox("Value").fill("made-once-canary");
            page.button("Create secret").click();
            page.wait_view("MADE_ONCE");
            page.status("Notifications").wait_text("MADE_ONCE was created");
            assert_eq!(world.api.calls("POST", &list), 1);
            let id = world.api.secret_named(&workspace, "MADE_ONCE");
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("made-once-canary"));
            // Not carried out: there is none, and it can be sent again.
            page.visit(&format!("/workspaces/{workspace}/secrets/new"));
            page.heading("Connect").wait();
            world.connect_with(&world.api.key);
            world.expect_status(502);
            world
                .api
                .fault(&json!({"method": "POST", "path": "workspace_secrets", "kind": "html"}));
            page.textbox("Name").fill("MADE_AGAIN");
            page.textbox("Value").fill("made-again-canary");
            page.button("Create secret").click();
            page.main_landmark().wait_text("create it again");
            assert_eq!(page.textbox("Value").value(), "made-again-canary");
            page.button("Create secret").click();
            page.wait_view("MADE_AGAIN");
            assert_eq!(world.api.calls("POST", &list), 3);
        });
    }

    #[test]
    fn a_draft_survives_a_reload_with_its_value() {
        Journey::named("draft").take(|world| {
            let page = &world.page;
            let (workspace, id, address) = edit(world, "Drafted", &json!({"name": "OLD"}));
            page.textbox("Name").fill("DRAFTED");
            page.group("Labels").button("Add label").click();
            page.group("Labels").textbox("Label key").fill("env");
            page.radio("Replace").click();
            page.textbox("New value").fill("drafted-canary");
            let has_draft = || page.run("return Object.keys(sessionStorage).some(it => it.includes('draft'))") == true;
            wait_until("a draft is kept", has_draft);
            page.run("return new Promise(resolve => setTimeout(resolve, 800))");
            page.assert_nowhere("drafted-canary", &["what fields hold", "the accessibility tree"]);
            assert!(page.run(ASKS) == true, "closing the tab asks");
            page.reload();
            page.heading("Connect").wait();
            page.assert_nowhere("drafted-canary", &[]);
            world.connect_with(&world.api.key);
            page.wait_view("Edit OLD");
            page.main_landmark().wait_text("Draft from");
            assert_eq!(page.textbox("Name").value(), "DRAFTED");
            assert_eq!(page.group("Labels").textbox("Label key").value(), "env");
            assert!(page.radio("Replace").is_chosen());
            wait_until("the value is there", || {
                page.textbox("New value").value() == "drafted-canary"
            });
            review_and_save(page);
            page.wait_address(&address);
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("drafted-canary"));
            assert!(!has_draft(), "what is saved is no draft");
            // And a draft that is given up is gone.
            page.button("Edit").click();
            page.textbox("Name").fill("GIVEN_UP");
            wait_until("a draft is kept", has_draft);
            assert!(page.run(ASKS) == true, "closing the tab asks");
            page.reload();
            page.heading("Connect").wait();
            world.connect_with(&world.api.key);
            page.button("Discard").click();
            page.button("Discard draft").click();
            assert_eq!(page.textbox("Name").value(), "DRAFTED");
            wait_until("it is gone", || !has_draft());
        });
    }

    #[test]
    fn leaving_unsaved_work_asks() {
        Journey::named("leaving-work").take(|world| {
            let page = &world.page;
            let (_, _, address) = edit(world, "Left", &json!({"name": "OLD"}));
            page.textbox("Name").fill("UNSAVED");
            page.link("Cancel").click();
            let dialog = page.alertdialog("Leave this page?");
            dialog.wait_text("Your changes aren't saved");
            dialog.button("Stay on page").click();
            dialog.wait_gone();
            assert_eq!(page.textbox("Name").value(), "UNSAVED");
            page.link("Cancel").click();
            // Nothing is lost, so leaving is not red.
            let color = |selector: &str| {
                page.run(&format!(
                    "return getComputedStyle(document.querySelector({selector:?})).backgroundColor"
                ))
            };
            page.settle();
            assert_eq!(
                color("dialog[open] .actions button:last-child"),
                color("main button[type='submit']")
            );
            dialog.button("Leave").click();
            page.wait_address(&address);
            page.wait_view("OLD");
            page.button("Edit").click();
            page.main_landmark().wait_text("Draft from");
            assert_eq!(page.textbox("Name").value(), "UNSAVED");
            page.button("Discard").click();
            page.button("Discard draft").click();
            page.link("Cancel").click();
            page.wait_view("OLD");
        });
    }
}
