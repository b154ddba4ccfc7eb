//! Drafts: what becomes of what was typed when the tab, the browser or the server fails in the middle of it.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary, World, wait_until};
    use serde_json::json;

    fn has_draft(world: &World) -> bool {
        let script = "return Object.keys(sessionStorage).some(it => it.includes('draft'))";
        world.page.run(script) == true
    }

    /// Opens the form for a new secret in a tab that stays connected; the workspace.
    fn open_form(world: &World, name: &str) -> String {
        let page = &world.page;
        let workspace = world.api.workspace(name);
        page.visit(&format!("/workspaces/{workspace}/secrets/new"));
        page.checkbox("Stay connected in this tab").click();
        world.connect_with(&world.api.key);
        page.wait_view("New secret");
        workspace
    }

    /// The value of the only secret of a workspace, as the server keeps it.
    fn kept(world: &World, workspace: &str) -> Option<String> {
        let made = world.api.secrets(workspace);
        assert_eq!(made.len(), 1);
        world.api.value(workspace, made[0]["metadata"]["id"].as_str()?)
    }

    fn drop_file(world: &World, bytes: &[u8]) {
        world.page.run(&format!(
            "const data = new DataTransfer();
             data.items.add(new File([new Uint8Array({bytes:?})], 'a.txt'));
             document.querySelector('textarea').dispatchEvent(
                 new DragEvent('drop', {{dataTransfer: data, bubbles: true, cancelable: true}}));"
        ));
    }

    #[test]
    fn a_value_with_windows_line_ends_comes_back_byte_for_byte() {
        Journey::named("draft-crlf").take(|world| {
            let page = &world.page;
            let workspace = open_form(world, "Line ends");
            let value = "\u{feff}first\r\nsecond\rthird\nlast\r\n";
            drop_file(world, value.as_bytes());
            page.main_landmark().wait_text("2 × CRLF, 1 × CR, 1 × LF");
            page.textbox("Name").fill("LINE_ENDS");
            wait_until("a draft is kept", || has_draft(world));
            page.run("return new Promise(done => setTimeout(done, 800))");
            page.reload();
            page.main_landmark().wait_text("Draft from");
            page.main_landmark().wait_text("2 × CRLF, 1 × CR, 1 × LF");
            page.button("Create secret").click();
            page.wait_view("LINE_ENDS");
            assert_eq!(kept(world, &workspace).as_deref(), Some(value));
        });
    }

    #[test]
    fn a_pasted_file_is_there_again_after_a_reload() {
        Journey::named("draft-file").take(|world| {
            let page = &world.page;
            let workspace = open_form(world, "A file");
            drop_file(world, b"FIRST=file-canary\nSECOND=2\n");
            page.list("Secrets to create").wait_text("11 bytes");
            wait_until("a draft is kept", || has_draft(world));
            page.run("return new Promise(done => setTimeout(done, 800))");
            page.reload();
            page.list("Secrets to create").wait_text("11 bytes");
            page.assert_nowhere("file-canary", &[]);
            page.button("Create 2 secrets").click();
            page.main_landmark().wait_text("2 secrets created.");
            assert_eq!(world.api.secrets(&workspace).len(), 2);
            wait_until("the draft is gone", || !has_draft(world));
        });
    }

    #[test]
    fn a_draft_is_in_the_form_before_anyone_can_type() {
        Journey::named("draft-first").take(|world| {
            let page = &world.page;
            open_form(world, "First");
            page.textbox("Name").fill("OLDER");
            page.textbox("Value").fill("older-canary");
            wait_until("a draft is kept", || has_draft(world));
            page.run("return new Promise(done => setTimeout(done, 800))");
            // Whose draft it is, is known only when the server has told who is connected.
            world
                .api
                .fault(&json!({"method": "GET", "path": "whoami", "delayMs": 6000, "times": 1}));
            page.reload();
            page.wait_view("New secret");
            assert!(!page.textbox("Name").exists(), "nobody types over a draft");
            page.textbox("Name").wait();
            assert_eq!(page.textbox("Name").value(), "OLDER");
            wait_until("the value is there", || page.textbox("Value").value() == "older-canary");
            page.textbox("Name").fill("NEWER");
            page.run("return new Promise(done => setTimeout(done, 800))");
            page.run("new BroadcastChannel('strongroom').postMessage('lock')");
            page.wait_view("Locked");
            world.connect_with(&world.api.key);
            page.main_landmark().wait_text("Draft from");
            assert_eq!(page.textbox("Name").value(), "NEWER");
            assert_eq!(page.textbox("Value").value(), "", "a lock removes the value");
        });
    }

    #[test]
    fn what_is_typed_is_kept_for_the_account_that_is_connected() {
        Journey::named("draft-another").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Another");
            let (one, profile) = world.api.limited_key("One", &["*"]);
            let (other, _) = world.api.limited_key("Other", &["*"]);
            page.visit(&format!("/workspaces/{workspace}/secrets/new"));
            world.connect_with(&other);
            page.textbox("Name").fill("OF_THE_OTHER");
            wait_until("a draft is kept", || has_draft(world));
            page.run("new BroadcastChannel('strongroom').postMessage('lock')");
            page.wait_view("Locked");
            world.connect_with(&one);
            page.wait_view("New secret");
            assert_eq!(page.textbox("Name").value(), "");
            page.textbox("Name").fill("OF_THE_ONE");
            page.run("return new Promise(done => setTimeout(done, 1000))");
            world.expect_status(401);
            world.api.disable_key(&profile);
            page.button("Create secret").click();
            let dialog = page.dialog("Connect again");
            dialog.textbox("API key").fill(&other);
            dialog.button("Connect").click();
            dialog.wait_gone();
            assert_eq!(page.textbox("Name").value(), "OF_THE_ONE");
            page.run("return new Promise(done => setTimeout(done, 1000))");
            page.reload();
            page.heading("Connect").wait();
            world.connect_with(&other);
            page.main_landmark().wait_text("Draft from");
            assert_eq!(
                page.textbox("Name").value(),
                "OF_THE_ONE",
                "kept for the account that was connected last"
            );
            page.button("Discard").click();
            page.button("Discard draft").click();
            page.run("return new Promise(done => setTimeout(done, 1000))");
            assert!(has_draft(world), "the draft of the one stays theirs");
        });
    }

    #[test]
    fn who_is_connected_is_asked_again_for_the_sake_of_a_draft() {
        Journey::named("draft-identify").take(|world| {
            let page = &world.page;
            open_form(world, "Unknown");
            world.expect_status(503);
            world
                .api
                .fault(&json!({"method": "GET", "path": "whoami", "status": 503, "times": 3}));
            page.reload();
            page.wait_view("New secret");
            wait_until("it could not be told", || world.api.calls("GET", "/v1/whoami") >= 4);
            assert!(!has_draft(world));
            page.textbox("Name").fill("KEPT_ALL_THE_SAME");
            wait_until("a draft is kept", || has_draft(world));
            page.reload();
            page.main_landmark().wait_text("Draft from");
            assert_eq!(page.textbox("Name").value(), "KEPT_ALL_THE_SAME");
        });
    }

    #[test]
    fn a_page_that_goes_keeps_what_was_typed_last_without_waiting() {
        Journey::named("draft-pagehide").take(|world| {
            let page = &world.page;
            open_form(world, "Going");
            page.textbox("Name").wait();
            page.run("return new Promise(done => setTimeout(done, 500))");
            // From now on nothing that waits for a rest ever comes.
            page.run(
                "window.setTimeout = () => 0;
                 const field = document.getElementById('name');
                 field.value = 'TYPED_LAST';
                 field.dispatchEvent(new Event('input', { bubbles: true }));",
            );
            page.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            assert!(!has_draft(world));
            page.run("dispatchEvent(new Event('pagehide'))");
            wait_until("a draft is kept", || has_draft(world));
            page.reload();
            page.main_landmark().wait_text("Draft from");
            assert_eq!(page.textbox("Name").value(), "TYPED_LAST");
        });
    }

    #[test]
    fn a_value_that_is_not_to_be_written_after_all_is_in_the_draft() {
        Journey::named("draft-keep").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Kept");
            let id = world.api.secret(&workspace, &json!({"name": "A"}), "before");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}/edit"));
            page.radio("Replace").click();
            page.textbox("New value").fill("minded-canary");
            page.radio("Keep").click();
            page.run("return new Promise(done => setTimeout(done, 1000))");
            assert!(has_draft(world));
            page.reload();
            page.heading("Connect").wait();
            page.assert_nowhere("minded-canary", &[]);
            world.connect_with(&world.api.key);
            page.main_landmark().wait_text("Draft from");
            assert!(page.radio("Keep").is_chosen());
            page.radio("Replace").click();
            wait_until("the value is there", || {
                page.textbox("New value").value() == "minded-canary"
            });
        });
    }

    #[test]
    fn what_a_key_may_not_do_can_be_tried_again_and_is_forgotten_once_it_may() {
        Journey::named("refused-once").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Refused once");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            world.expect_status(403);
            world.api.fault(
                &json!({"method": "POST", "path": "workspace_secrets", "status": 403, "body": {
                    "code": 7, "message": "no", "details": [{
                        "reason": "SCOPE_MISSING", "metadata": {"required_scope": "secrets:manage"},
                    }],
                }}),
            );
            page.textbox("Name").fill("GRANTED_LATER");
            page.textbox("Value").fill("granted-canary");
            page.button("Create secret").click();
            page.alert().wait_text("secrets:manage");
            page.button("Create secret").click();
            page.wait_view("GRANTED_LATER");
            assert_eq!(kept(world, &workspace).as_deref(), Some("granted-canary"));
            wait_until("nothing is refused any more", || {
                page.button("Edit").attribute("aria-disabled").is_none()
            });
        });
    }

    #[test]
    fn a_tab_that_crashed_has_its_draft_when_it_is_loaded_again() {
        Journey::named("draft-crash").take(|world| {
            let page = &world.page;
            let workspace = open_form(world, "Crashed");
            page.textbox("Name").fill("CRASHED");
            page.textbox("Value").fill("crashed-canary");
            wait_until("a draft is kept", || has_draft(world));
            page.run("return new Promise(done => setTimeout(done, 2500))");
            let restored = page.crash_and_load_again(
                "new Promise(done => setInterval(() => {
                     const [name, value] = ['name', 'value'].map(id => document.getElementById(id)?.value);
                     if (name && value) done([name, value]);
                 }, 100))",
            );
            assert_eq!(restored, json!(["CRASHED", "crashed-canary"]));
            assert!(world.api.secrets(&workspace).is_empty(), "nothing is sent by itself");
        });
    }
}
