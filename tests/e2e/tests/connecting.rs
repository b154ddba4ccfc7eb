//! Connecting: with a good key, a bad key and an unreachable server, from a deep link, and staying connected.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, LocalApi, Vocabulary, Window, wait_until};
    use serde_json::json;

    #[test]
    fn the_end_of_the_sign_in_at_a_proxy_is_told_and_asks_for_no_key() {
        let config = json!({"apiBaseUrl": "/", "auth": "proxy"});
        Journey::named("sign-in").configured(&config).take(|world| {
            let page = &world.page;
            page.visit("/connect");
            page.heading("Connect").wait();
            assert!(!page.main_landmark().text().contains("Your key"));
            // The proxy of this journey knows nobody; then it leads to its sign-in.
            world.expect_status(401);
            page.button("Connect").click();
            page.alert().wait_text("Your sign-in to this site may have ended");
            world
                .api
                .fault(&json!({"method": "GET", "path": "/whoami", "status": 302}));
            page.button("Connect").click();
            page.alert().wait_text("Your sign-in to this site may have ended");
            page.alert().button("Reload page").click();
            page.heading("Connect").wait();
            page.alert().wait_gone();
        });
    }

    #[test]
    fn the_field_for_the_key_has_the_focus_where_that_moves_nothing() {
        Journey::named("key-focus").take(|world| {
            let page = &world.page;
            page.visit("/connect");
            wait_until("the focus is in the field", || page.textbox("API key").is_focused());
            page.type_text(&world.api.key);
            page.press(Key::Enter);
            page.wait_view("Workspaces");
            page.press_with_ctrl('k');
            page.dialog("Command palette").wait();
            page.type_text("lock now");
            page.press(Key::Enter);
            page.wait_view("Locked");
            wait_until("the focus is in the field", || page.textbox("API key").is_focused());
            // Where the field is out of sight, nothing is scrolled.
            page.resize(Window::of(500, 300));
            page.visit("/connect");
            page.wait_view("Connect");
            page.settle();
            assert!(!page.textbox("API key").is_focused());
            assert_eq!(page.run("return scrollY"), 0);
        });
    }

    #[test]
    fn a_good_key_leads_to_the_workspaces_and_stays_in_memory() {
        Journey::named("good-key").take(|world| {
            let page = &world.page;
            let id = world.api.workspace("Payments");
            page.visit("/connect");
            page.wait_view("Connect");
            // No password field, which browsers would offer to save, and masked like one.
            assert_eq!(page.textbox("API key").attribute("type").as_deref(), Some("text"));
            let mask = page.run("return getComputedStyle(document.getElementById('api-key')).webkitTextSecurity");
            assert_eq!(mask, "disc");
            assert_eq!(page.textbox("API base URL").value(), world.api.address);
            world.connect_with(&world.api.key);
            page.wait_view("Workspaces");
            page.wait_address("/workspaces");
            page.table("Workspaces").link("Payments").wait();
            assert!(page.navigation("Main").exists() && page.main_landmark().exists());
            assert!(page.link("Skip to content").exists() && page.button("Account menu").exists());
            page.assert_nowhere(&world.api.key, &[]);
            page.table("Workspaces").link("Payments").click();
            page.wait_view("Secrets");
            page.wait_address(&format!("/workspaces/{id}/secrets"));
        });
    }

    #[test]
    fn the_default_workspace_is_where_a_first_visit_leads() {
        Journey::named("default-workspace")
            .with(&["--default-workspace", "Staging"])
            .take(|world| {
                let page = &world.page;
                let staging = world.api.workspace_named("Staging");
                page.visit("/workspaces");
                world.connect_with(&world.api.key);
                // A link to all workspaces leads there, not to the default workspace.
                page.wait_view("Workspaces");
                page.visit("/connect");
                world.connect_with(&world.api.key);
                page.wait_view("Secrets");
                page.wait_address(&format!("/workspaces/{staging}/secrets"));
                // All workspaces are one press away.
                page.navigation("Main").link("Workspaces").click();
                page.wait_view("Workspaces");
            });
    }

    #[test]
    fn a_bad_key_says_so_and_can_be_mended() {
        Journey::named("bad-key").take(|world| {
            let page = &world.page;
            world.expect_status(401);
            page.visit("/connect");
            world.connect_with("not-a-key-of-this-server");
            page.alert().wait_text("doesn't accept this API key");
            assert_eq!(page.address(), "/connect");
            page.assert_nowhere(
                "not-a-key-of-this-server",
                &["what fields hold", "the accessibility tree"],
            );
            world.connect_with(&world.api.key);
            page.wait_view("Workspaces");
            page.alert().wait_gone();
        });
    }

    #[test]
    fn no_key_is_asked_for_before_anything_is_sent() {
        Journey::named("no-key").take(|world| {
            let page = &world.page;
            page.visit("/connect");
            page.button("Connect").click();
            page.main_landmark().wait_text("Enter an API key.");
            page.textbox("API base URL").fill("ftp://example.com");
            page.textbox("API key").fill("x");
            page.button("Connect").click();
            page.main_landmark().wait_text("Start with https://");
        });
    }

    #[test]
    fn a_second_server_answers_and_then_goes_away() {
        let mut second = LocalApi::start("second", &["--cors-origin".to_owned(), "*".to_owned()]);
        let config = json!({"servers": [
            {"name": "Here", "apiBaseUrl": "/"},
            {"name": "There", "apiBaseUrl": second.address},
        ]});
        second.workspace("Only there");
        Journey::named("unreachable").configured(&config).take(|world| {
            let page = &world.page;
            page.visit("/connect");
            page.textbox("API base URL").fill(&second.address);
            world.connect_with(&second.key);
            page.wait_view("Workspaces");
            page.table("Workspaces").link("Only there").wait();
            page.button("Account menu").click();
            page.button("Disconnect").click();
            page.wait_view("Connect");

            second.stop();
            world.expect_in_console("ERR_CONNECTION_REFUSED");
            page.textbox("API base URL").fill(&second.address);
            world.connect_with(&second.key);
            page.alert().wait_text("Couldn't reach the server");
            assert_eq!(
                page.textbox("API base URL").value(),
                second.address,
                "what was typed stays"
            );

            page.textbox("API base URL").fill(&world.api.address);
            world.connect_with(&world.api.key);
            page.wait_view("Workspaces");
            assert!(!page.link("Only there").exists());
        });
    }

    #[test]
    fn a_deep_link_leads_through_connect_and_back() {
        Journey::named("deep-link").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Deep");
            let metadata = json!({"name": "DEEP/ÜBER?#1"});
            let id = world.api.secret(&workspace, &metadata, "deep-value");
            let address = format!("/workspaces/{workspace}/secrets/{id}");
            page.visit(&address);
            page.wait_view("Connect");
            assert!(page.address().starts_with("/connect"), "{}", page.address());
            world.connect_with(&world.api.key);
            page.wait_view("DEEP/ÜBER?#1");
            page.wait_address(&address);

            // A filtered list is an address too.
            let list = format!("/workspaces/{workspace}/secrets?q=DEEP&order=desc");
            page.visit(&list);
            page.wait_view("Connect");
            world.connect_with(&world.api.key);
            page.wait_view("Secrets");
            page.wait_address(&list);
            assert_eq!(page.searchbox("Search secrets").value(), "DEEP");
        });
    }

    #[test]
    fn a_reload_forgets_the_key_unless_asked_to_stay() {
        Journey::named("reload").take(|world| {
            let page = &world.page;
            let key = &world.api.key;
            world.open("/workspaces");
            page.reload();
            page.wait_view("Connect");

            page.checkbox("Stay connected in this tab").click();
            world.connect_with(key);
            page.wait_view("Workspaces");
            page.assert_nowhere(key, &["session storage"]);
            page.reload();
            page.wait_view("Workspaces");
            page.wait_address("/workspaces");
            page.table("Workspaces").wait();

            // Who that is, is told later, and is no reason to read the workspaces twice.
            let workspace = world.workspace_of("Read once", 1);
            page.visit(&format!("/workspaces/{workspace}/secrets/new"));
            page.wait_view("New secret");
            page.wait_account("Local administrator");
            let before = world.api.calls("GET", "/v1/workspaces");
            page.reload();
            page.wait_view("New secret");
            page.wait_account("Local administrator");
            page.run("return new Promise(done => setTimeout(done, 500))");
            assert_eq!(world.api.calls("GET", "/v1/workspaces") - before, 1);

            page.button("Account menu").click();
            page.button("Disconnect").click();
            page.wait_view("Connect");
            page.assert_nowhere(key, &[]);
            page.reload();
            page.wait_view("Connect");
        });
    }
}
