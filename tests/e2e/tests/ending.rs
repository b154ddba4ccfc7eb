//! How a session ends: what does not begin any more, what is asked before, and what is not told after.

#[cfg(test)]
mod tests {
    use e2e::locked::{NAME, lock_now, open_a_secret};
    use e2e::{Journey, Page, Vocabulary, World, wait_until};
    use serde_json::json;

    const LOCK: &str = "new BroadcastChannel('strongroom').postMessage('lock')";

    fn pause(page: &Page, milliseconds: u32) {
        page.run(&format!("return new Promise(done => setTimeout(done, {milliseconds}))"));
    }

    fn slow_whoami(world: &World) {
        let fault = json!({"method": "GET", "path": "whoami", "delayMs": 3000, "times": 1});
        world.api.fault(&fault);
    }

    fn keeps_a_session(page: &Page) -> bool {
        page.run("return 'strongroom.session' in sessionStorage") == true
    }

    fn is_told(page: &Page, text: &str) -> bool {
        page.run(&format!(
            "return document.querySelector('.notices').textContent.includes('{text}')"
        )) == true
    }

    #[test]
    fn the_form_stays_when_another_tab_locks_while_the_server_is_asked() {
        Journey::named("called-off").take(|world| {
            let page = &world.page;
            page.visit("/connect");
            // Another tab locks while there is no session yet: the form stays and can be used.
            page.checkbox("Stay connected in this tab").click();
            slow_whoami(world);
            world.connect_with(&world.api.key);
            page.button("Connecting…").wait();
            page.run(LOCK);
            page.button("Connect").wait();
            page.heading("Connect").wait();
            assert!(!keeps_a_session(page));
            world.connect_with(&world.api.key);
            page.wait_view("Workspaces");
        });
    }

    #[test]
    fn disconnecting_says_that_what_is_typed_is_gone_for_good_also_where_a_key_is_asked_for() {
        Journey::named("disconnect-asks").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Asked");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            page.textbox("Name").fill("UNSAVED");
            page.textbox("Value").fill("unsaved-canary");
            let question = page.alertdialog("Leave this page?");
            page.button("Account menu").click();
            page.button("Disconnect").click();
            question.wait_text("Disconnecting deletes them");
            assert!(!question.text().contains("kept in this tab"));
            question.button("Stay on page").click();
            // What stays, stays: another way of leaving says so.
            page.navigation("Main").link("Workspaces").click();
            question.wait_text("kept in this tab");
            question.button("Stay on page").click();

            world.expect_status(401);
            world
                .api
                .fault(&json!({"method": "POST", "path": "workspace_secrets", "status": 401}));
            page.button("Create secret").click();
            let again = page.dialog("Connect again");
            again.button("Disconnect").click();
            question.wait_text("Disconnecting deletes them");
            question.button("Stay on page").click();
            question.wait_gone();
            again.wait();
            assert_eq!(
                page.run("return document.getElementById('name').value"),
                "UNSAVED",
                "nothing is lost yet"
            );
            again.button("Disconnect").click();
            question.button("Disconnect").click();
            page.wait_view("Connect");
            page.assert_nowhere("unsaved-canary", &[]);
        });
    }

    #[test]
    fn what_one_session_has_to_tell_is_not_told_to_the_next() {
        Journey::named("told-late").take(|world| {
            let page = &world.page;
            open_a_secret(world);
            let delete = || {
                page.button("Delete").click();
                page.alertdialog("Delete secret").button("Delete").click();
                page.group("Deletion").button("Undo").wait();
            };
            // That the secret stays is told, and not which.
            delete();
            page.run(LOCK);
            page.wait_view("Locked");
            world.connect_with(&world.api.key);
            page.table("Secrets").link(NAME).wait();
            page.status("Notifications").wait_text("1 secret was not deleted.");
            assert!(!is_told(page, NAME));
            page.table("Secrets").link(NAME).click();
            delete();
            page.button("Account menu").click();
            page.button("Disconnect").click();
            page.wait_view("Connect");
            pause(page, 300);
            assert!(!is_told(page, NAME));
            // Nor in the next session.
            world.connect_with(&world.api.key);
            page.heading("Connect").wait_gone();
            assert!(!is_told(page, NAME));
        });
    }

    #[test]
    fn where_no_drafts_are_kept_locking_is_asked_about() {
        Journey::named("lock-unkept").take(|world| {
            let page = &world.page;
            // As in a private window of some browsers.
            page.before_each_document("Object.defineProperty(self, 'indexedDB', { value: undefined })");
            let workspace = world.api.workspace("Unkept");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            // Without unsaved work, no question is asked.
            lock_now(page);
            world.connect_with(&world.api.key);
            page.wait_view("New secret");
            page.textbox("Name").fill("UNKEPT");
            page.main_landmark().wait_text("Reloading, closing or locking");
            let question = page.alertdialog("Leave this page?");
            page.button("Account menu").click();
            page.button("Lock now").click();
            question.wait_text("can't save drafts");
            question.button("Stay on page").click();
            question.wait_gone();
            assert_eq!(page.textbox("Name").value(), "UNKEPT");
            page.button("Account menu").click();
            page.button("Lock now").click();
            question.button("Leave").click();
            page.wait_view("Locked");
            wait_until("nothing is asked any more", || !question.exists());
        });
    }
}
