//! Work that is not saved: what was typed last is kept, too, and nothing is said of it that is not so.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary, World, wait_until};
    use serde_json::{Value, json};

    /// Types into the fields of a secret and locks, all in one turn: as whoever presses the key of another tab does.
    const TYPE_AND_LOCK: &str = "const type = (id, text) => {
            const field = document.getElementById(id);
            field.value = text;
            field.dispatchEvent(new Event('input', { bubbles: true }));
        };
        type('name', 'TYPED_LAST');
        type('new-value', 'typed-last-canary');
        new BroadcastChannel('strongroom').postMessage('lock');";

    /// Opens everything that the tab keeps, with the key that the browser keeps, as any script in the page can.
    const OPEN_ALL_DRAFTS: &str = "return (async () => {
            const opening = indexedDB.open('strongroom');
            await new Promise(done => opening.onsuccess = done);
            const asking = opening.result.transaction('keys').objectStore('keys').get(sessionStorage['strongroom.tab']);
            await new Promise(done => asking.onsuccess = done);
            opening.result.close();
            const [key] = asking.result;
            const texts = await Promise.all(Object.entries(sessionStorage).map(async ([name, sealed]) => {
                const kind = ['strongroom.draft.', 'strongroom.value.'].find(kind => name.startsWith(kind));
                if (!kind) return '';
                const bytes = Uint8Array.from(atob(sealed), letter => letter.charCodeAt(0));
                const label = name.slice(kind.length) + (kind.includes('value') ? ' value' : '');
                const how = {name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData: new TextEncoder().encode(label)};
                return new TextDecoder().decode(await crypto.subtle.decrypt(how, key, bytes.slice(12)));
            }));
            return texts.join();
        })();";

    fn edit(world: &World, name: &str) -> (String, String, String) {
        let workspace = world.api.workspace(name);
        let id = world
            .api
            .secret(&workspace, &json!({"name": "OLD"}), "the-value-before");
        let address = format!("/workspaces/{workspace}/secrets/{id}");
        world.open(&format!("{address}/edit"));
        world.page.textbox("Name").wait();
        (workspace, id, address)
    }

    fn has_draft(world: &World) -> bool {
        let script = "return Object.keys(sessionStorage).some(it => it.includes('draft'))";
        world.page.run(script) == true
    }

    fn fault(world: &World, method: &str, more: &Value) {
        let mut fault = json!({"method": method, "path": "workspace_secrets"});
        for (name, value) in more.as_object().into_iter().flatten() {
            fault[name] = value.clone();
        }
        world.api.fault(&fault);
    }

    fn review_and_save(world: &World) {
        world.page.button("Review changes").click();
        world.page.button("Save changes").click();
    }

    #[test]
    fn what_is_typed_just_before_a_lock_is_there_again_after_it() {
        Journey::named("typed-last").take(|world| {
            let page = &world.page;
            let (workspace, id, address) = edit(world, "Typed last");
            page.radio("Replace").click();
            page.run(TYPE_AND_LOCK);
            page.wait_view("Locked");
            wait_until("a draft is kept", || has_draft(world));
            page.assert_nowhere("typed-last-canary", &[]);
            let opened = page.run(OPEN_ALL_DRAFTS);
            let opened = opened.as_str().expect("the drafts of the tab");
            assert!(opened.contains("TYPED_LAST"), "the script can open drafts: {opened}");
            assert!(!opened.contains("typed-last-canary"), "{opened}");
            world.connect_with(&world.api.key);
            page.wait_view("Edit OLD");
            page.main_landmark().wait_text("Draft from");
            assert_eq!(page.textbox("Name").value(), "TYPED_LAST");
            assert!(page.radio("Replace").is_chosen());
            // The value is not kept: anyone at a locked tab could read it.
            assert_eq!(page.textbox("New value").value(), "");
            page.main_landmark()
                .wait_text("The value wasn't kept when the console locked");
            page.textbox("New value").fill("typed-again");
            review_and_save(world);
            page.wait_address(&address);
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("typed-again"));
        });
    }

    #[test]
    fn a_value_outlives_a_change_of_mind_and_is_not_sent_while_it_is_kept() {
        Journey::named("change-of-mind").take(|world| {
            let page = &world.page;
            let (workspace, id, address) = edit(world, "Change of mind");
            page.radio("Replace").click();
            page.textbox("New value").fill("minded-canary");
            page.radio("Keep").click();
            assert!(!page.textbox("New value").exists());
            page.textbox("Name").fill("NEW");
            page.button("Review changes").click();
            wait_until("the focus goes along", || page.button("Save changes").is_focused());
            assert!(!page.list("Changes").text().contains("Value"));
            page.button("Back to editing").click();
            wait_until("the focus goes back", || page.heading("Edit OLD").is_focused());
            page.radio("Replace").click();
            assert_eq!(page.textbox("New value").value(), "minded-canary");
            page.radio("Keep").click();
            review_and_save(world);
            page.wait_address(&address);
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("the-value-before"));
        });
    }

    #[test]
    fn what_the_server_says_of_a_field_is_told_there() {
        Journey::named("violations").take(|world| {
            let page = &world.page;
            let (_, _, address) = edit(world, "Violations");
            world.expect_status(400);
            let violations = json!([{"field": "metadata.name", "description": "no such names here"}]);
            let body = json!({"code": 3, "message": "bad", "details": [{"fieldViolations": violations}]});
            fault(world, "PATCH", &json!({"status": 400, "body": body}));
            page.textbox("Name").fill("REFUSED");
            page.textbox("External ID").fill("x-1");
            review_and_save(world);
            page.main_landmark().wait_text("no such names here");
            wait_until("the focus is at the field", || page.textbox("Name").is_focused());
            assert_eq!(page.textbox("Name").value(), "REFUSED");
            assert_eq!(page.textbox("External ID").value(), "x-1");
            page.textbox("Name").fill("TAKEN");
            review_and_save(world);
            page.wait_address(&address);
            page.wait_view("TAKEN");
        });
    }

    #[test]
    fn of_a_lost_answer_only_what_is_seen_is_claimed() {
        Journey::named("lost-unknown").take(|world| {
            let page = &world.page;
            let (workspace, id, address) = edit(world, "Lost unknown");
            world.expect_in_console("ERR_CONTENT_LENGTH_MISMATCH");
            world.expect_status(503);
            fault(world, "PATCH", &json!({"kind": "cutBody"}));
            page.radio("Replace").click();
            page.textbox("New value").fill("unknown-canary");
            review_and_save(world);
            page.main_landmark().wait_text("we don't know about the new one");
            wait_until("the focus goes along", || {
                page.heading("No response from the server").is_focused()
            });
            page.button("Review changes").click();
            page.button("Save changes").click();
            page.wait_address(&address);
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("unknown-canary"));
            // And where it cannot be read either, nothing is known until it can.
            page.button("Edit").click();
            page.textbox("Name").fill("UNREAD");
            fault(world, "PATCH", &json!({"kind": "cutBody", "delayMs": 2000}));
            review_and_save(world);
            page.button("Saving…").wait();
            fault(world, "GET", &json!({"status": 503, "times": 3}));
            page.main_landmark()
                .wait_text("Couldn't check whether your changes were saved");
            page.button("Check again").click();
            page.wait_view("UNREAD");
            page.status("Notifications").wait_text("No response, but");
        });
    }

    #[test]
    fn a_create_that_ends_after_one_has_left_is_told_and_leaves_no_draft() {
        Journey::named("late-create").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Late");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            fault(world, "POST", &json!({"delayMs": 4000}));
            page.textbox("Name").fill("MADE_LATE");
            page.textbox("Value").fill("late-canary");
            wait_until("a draft is kept", || has_draft(world));
            page.button("Create secret").click();
            page.link("Cancel").click();
            let question = page.alertdialog("Leave this page?");
            question.wait_text("kept in this tab");
            question.button("Leave").click();
            page.wait_view("Secrets");
            page.status("Notifications").wait_text("MADE_LATE created");
            wait_until("no draft stays", || !has_draft(world));
        });
    }

    #[test]
    fn an_answer_that_comes_late_takes_nothing_from_another_form() {
        Journey::named("late-answer").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Late answer");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            fault(world, "POST", &json!({"delayMs": 9000}));
            page.textbox("Name").fill("MADE_LATE");
            wait_until("a draft is kept", || has_draft(world));
            page.button("Create secret").click();
            page.link("Cancel").click();
            page.alertdialog("Leave this page?").button("Leave").click();
            page.wait_view("Secrets");
            page.button("New secret").click();
            page.main_landmark().wait_text("Draft from");
            page.textbox("Name").fill("NEWER");
            page.run("return new Promise(done => setTimeout(done, 800))");
            assert!(!page.status("Notifications").text().contains("created"), "it is late");
            page.status("Notifications").wait_text("MADE_LATE created");
            page.run("return new Promise(done => setTimeout(done, 800))");
            assert_eq!(page.textbox("Name").value(), "NEWER");
            page.reload();
            world.connect_with(&world.api.key);
            page.main_landmark().wait_text("Draft from");
            assert_eq!(page.textbox("Name").value(), "NEWER");
        });
    }

    #[test]
    fn a_save_that_ends_late_takes_nothing_from_another_form() {
        Journey::named("late-save").take(|world| {
            let page = &world.page;
            let (_, _, address) = edit(world, "Late save");
            fault(world, "PATCH", &json!({"delayMs": 9000}));
            page.textbox("Name").fill("SAVED_LATE");
            review_and_save(world);
            page.button("Saving…").wait();
            page.link("Secrets").click();
            page.alertdialog("Leave this page?").button("Leave").click();
            page.wait_view("Secrets");
            page.run("history.back()");
            page.main_landmark().wait_text("Draft from");
            page.textbox("Name").fill("NEWER");
            page.run("return new Promise(done => setTimeout(done, 800))");
            assert!(!page.status("Notifications").text().contains("saved"), "it is late");
            page.status("Notifications").wait_text("SAVED_LATE");
            page.run("return new Promise(done => setTimeout(done, 800))");
            page.wait_address(&format!("{address}/edit"));
            assert_eq!(page.textbox("Name").value(), "NEWER");
            assert!(has_draft(world));
        });
    }

    #[test]
    fn what_the_server_says_of_a_value_that_is_kept_is_told_where_that_is_chosen() {
        Journey::named("value-violation").take(|world| {
            let page = &world.page;
            let (_, _, address) = edit(world, "Value violation");
            world.expect_status(400);
            let violations = json!([{"field": "spec.value", "description": "no such values here"}]);
            let body = json!({"code": 3, "message": "bad", "details": [{"fieldViolations": violations}]});
            fault(world, "PATCH", &json!({"status": 400, "body": body}));
            page.textbox("Name").fill("REFUSED");
            review_and_save(world);
            page.main_landmark().wait_text("no such values here");
            let is_there = "document.activeElement.matches('[role=radiogroup][aria-invalid=true]')";
            wait_until("the focus is there", || page.run(&format!("return {is_there}")) == true);
            page.radio("Clear").click();
            assert!(!page.main_landmark().text().contains("no such values here"));
            review_and_save(world);
            page.wait_address(&address);
        });
    }

    #[test]
    fn a_secret_of_someone_else_is_not_called_ours() {
        Journey::named("not-ours").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Not ours");
            let theirs = json!({"name": "SAME_NAME", "labels": {"of": "theirs"}});
            world.api.secret(&workspace, &theirs, "theirs");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            world.expect_status(502);
            fault(world, "POST", &json!({"kind": "html"}));
            page.textbox("Name").fill("SAME_NAME");
            page.textbox("Value").fill("ours-canary");
            page.button("Create secret").click();
            page.main_landmark().wait_text("Check whether it is yours");
            page.link("Open secret").click();
            page.alertdialog("Leave this page?").button("Leave").click();
            page.wait_view("SAME_NAME");
            assert!(has_draft(world), "what was typed is not given up for it");
            assert!(!page.status("Notifications").text().contains("created"));
        });
    }

    #[test]
    fn a_value_that_is_read_for_the_clipboard_is_dropped_by_a_lock() {
        Journey::named("copy-and-lock").returning_values().take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Copied");
            let id = world
                .api
                .secret(&workspace, &json!({"name": "COPIED"}), "copied-canary");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.wait_view("COPIED");
            fault(world, "GET", &json!({"delayMs": 2000}));
            page.button("Copy value").click();
            page.run("new BroadcastChannel('strongroom').postMessage('lock')");
            page.wait_view("Locked");
            page.run("return new Promise(resolve => setTimeout(resolve, 3000))");
            world.connect_with(&world.api.key);
            page.wait_view("COPIED");
            assert_ne!(page.pasted(), "copied-canary");
        });
    }
}
