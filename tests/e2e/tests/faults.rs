//! When things go wrong: nothing is lost, and nothing is pretended.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary};
    use serde_json::json;

    #[test]
    fn a_key_that_expires_in_the_middle_of_an_edit_loses_nothing() {
        Journey::named("expired-key").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Expired");
            let metadata = json!({"name": "BEFORE", "labels": {"env": "test"}});
            let id = world.api.secret(&workspace, &metadata, "value-before");
            let address = format!("/workspaces/{workspace}/secrets/{id}/edit");
            let (key, profile) = world.api.limited_key("about to expire", &["*"]);
            world.expect_status(401);
            page.visit(&address);
            page.heading("Connect").wait();
            world.connect_with(&key);
            page.wait_address(&address);
            page.textbox("Name").fill("AFTER");
            page.textbox("External ID").fill("vault-1");
            page.group("Labels").textbox("Label value").fill("prod");
            page.radio("Replace").click();
            page.textbox("New value").fill("value-after-canary");
            page.button("Review changes").click();
            page.list("Changes").wait();

            world.api.disable_key(&profile);
            page.button("Save changes").click();
            let dialog = page.dialog("Connect again");
            dialog.wait();
            page.assert_nowhere(&key, &[]);
            dialog.textbox("API key").fill(&world.api.key);
            dialog.button("Connect").click();
            dialog.wait_gone();

            assert_eq!(page.address(), address, "the page is where it was");
            if page.button("Back to editing").exists() {
                page.button("Back to editing").click();
            }
            assert_eq!(page.textbox("Name").value(), "AFTER");
            assert_eq!(page.textbox("External ID").value(), "vault-1");
            assert_eq!(page.group("Labels").textbox("Label value").value(), "prod");
            assert!(page.radio("Replace").is_chosen());
            assert_eq!(page.textbox("New value").value(), "value-after-canary");
            page.button("Review changes").click();
            page.button("Save changes").click();
            page.wait_view("AFTER");
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("value-after-canary"));
            let now = world.api.read(&workspace, &id);
            assert_eq!(now["metadata"]["labels"], json!({"env": "prod"}));
            page.assert_nowhere("value-after-canary", &[]);
            page.assert_nowhere(&world.api.key, &[]);
        });
    }

    #[test]
    fn a_fault_of_the_server_shows_its_request_id_and_can_be_retried() {
        Journey::named("503").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Unavailable", 3);
            world.expect_status(503);
            world.open(&format!("/workspaces/{workspace}"));
            let body = json!({"code": 14, "message": "the database is resting", "details": []});
            // The console tries a read again by itself; the fault outlasts it.
            world.api.fault(&json!({
                "method": "GET", "path": "/workspace_secrets", "times": 3, "status": 503, "body": body
            }));
            page.visit_by("View secrets");
            page.alert().wait_text("503");
            assert!(
                !page.alert().text().contains("the database is resting"),
                "the details are folded"
            );
            page.run("document.querySelector('[role=alert] summary').click()");
            page.alert().wait_text("the database is resting");
            let said = page.alert().text();
            let id = said
                .split("Request ID\n")
                .nth(1)
                .and_then(|rest| rest.lines().next())
                .unwrap_or_default();
            assert!(id.len() >= 8, "{id:?} is no request ID: {said}");
            page.button("Try again").click();
            page.table("Secrets").row("SECRET_001").wait();
            page.alert().wait_gone();
        });
    }

    #[test]
    fn a_short_fault_is_not_even_seen() {
        Journey::named("429").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Busy", 2);
            world.expect_status(429);
            world.open(&format!("/workspaces/{workspace}"));
            world.api.fault(&json!({
                "method": "GET", "path": "/workspace_secrets", "times": 1, "status": 429, "retryAfter": "1",
                "body": {"code": 8, "message": "slow down"}
            }));
            page.visit_by("View secrets");
            page.table("Secrets").row("SECRET_001").wait();
            assert!(!page.alert().exists());
        });
    }

    #[test]
    fn what_failed_without_a_network_is_read_once_when_it_is_back() {
        Journey::named("back-online").take(|world| {
            let page = &world.page;
            world.workspace_of("Away", 3);
            let near = world.workspace_of("Near", 1);
            // The part of the list is there; the secrets of the other workspace are not.
            world.open(&format!("/workspaces/{near}/secrets"));
            page.table("Secrets").row("SECRET_000").wait();
            page.navigation("Main").link("Workspaces").click();
            page.table("Workspaces").link("Away").wait();
            world.expect_in_console("ERR_INTERNET_DISCONNECTED");
            page.go_offline(true);
            page.table("Workspaces").link("Away").click();
            page.alert().wait_text("Couldn't reach the server");
            let before = world.api.list_queries().len();
            page.go_offline(false);
            page.table("Secrets").row("SECRET_001").wait();
            page.alert().wait_gone();
            assert_eq!(
                world.api.list_queries().len() - before,
                1,
                "nobody pressed, and it is read once"
            );
        });
    }

    #[test]
    fn a_failed_page_keeps_the_pages_before_it() {
        Journey::named("failed-page").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Half loaded", 70);
            world.expect_status(500);
            world
                .api
                .fault(&json!({"method": "GET", "path": "workspace_secrets?limit=1000", "times": 3, "status": 500}));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.alert().wait_text("Couldn't load the secrets");
            page.status("List status").wait_text("50 loaded. The next page failed.");
            page.table("Secrets").wait_rows(50);
            page.button("Try again").click();
            page.status("List status").wait_text("70 secrets");
            page.table("Secrets").wait_rows(70);
            page.alert().wait_gone();
            let asked = world.api.list_queries();
            let first = asked.iter().filter(|query| !query.contains("cursor=")).count();
            assert_eq!(
                (first, asked.len()),
                (1, 5),
                "only the page that failed is asked for again: {asked:?}"
            );
        });
    }

    #[test]
    fn a_page_of_a_proxy_is_no_riddle() {
        Journey::named("html").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Behind a proxy", 1);
            world.open(&format!("/workspaces/{workspace}"));
            world
                .api
                .fault(&json!({"method": "GET", "path": "/workspace_secrets", "kind": "html", "status": 200}));
            page.visit_by("View secrets");
            page.alert().wait_text("Couldn't load the secrets");
            assert!(!page.alert().text().contains("<html"));
        });
    }

    #[test]
    fn a_key_without_the_scope_is_told_which_one_it_lacks() {
        Journey::named("403").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Denied", 1);
            let (key, _) = world.api.limited_key("reader", &["workspaces:read"]);
            world.expect_status(403);
            page.visit(&format!("/workspaces/{workspace}/secrets"));
            page.heading("Connect").wait();
            world.connect_with(&key);
            page.alert().wait_text("secrets:manage");
            page.navigation("Main").link("Workspaces").click();
            page.wait_view("Workspaces");
            assert!(!page.alert().exists(), "the rest works");
        });
    }

    #[test]
    fn an_archived_workspace_says_why_nothing_can_be_done() {
        Journey::named("archived").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Archived one", 1);
            world.api.archive(&workspace);
            world.expect_status(403);
            for (below, button) in [
                ("/secrets", Some("New secret")),
                ("/secrets/new", Some("Create secret")),
                ("/members", Some("Add member")),
                ("/references", Some("Read references")),
                ("/overview", Some("Read references")),
                ("/edit", None),
                ("", Some("Edit")),
            ] {
                page.step(below);
                world.open(&format!("/workspaces/{workspace}{below}"));
                page.main_landmark()
                    .wait_text("This workspace is archived. Nothing in it can be read or changed.");
                page.combobox("Switch workspace").wait_text("Archived");
                let is_refused = |button| page.button(button).attribute("aria-disabled").as_deref() == Some("true");
                assert!(button.is_none_or(is_refused), "{below}: {button:?} can't act");
                let text = page.main_landmark().text();
                assert!(!text.contains("No secrets"), "{below} is not called empty: {text}");
            }
        });
    }

    #[test]
    fn an_empty_workspace_leads_to_the_first_secret() {
        Journey::named("empty").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Empty one");
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.main_landmark().wait_text("No secrets yet");
            assert!(page.button("New secret").exists() || page.link("New secret").exists());
        });
    }

    #[test]
    fn an_unknown_address_says_so_and_leads_home() {
        Journey::named("unknown").take(|world| {
            let page = &world.page;
            page.visit("/there/is/nothing/here");
            page.wait_view("Page not found");
            page.link("Go to workspaces").click();
            page.wait_view("Connect");
            world.connect_with(&world.api.key);
            page.wait_view("Workspaces");
        });
    }

    #[test]
    fn a_create_whose_answer_is_lost_is_looked_up() {
        Journey::named("lost-answer").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Lost");
            page.control_timers();
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            world.expect_in_console("ERR_EMPTY_RESPONSE");
            // For as many as come: an answer to one too many would end what is looked at here.
            world
                .api
                .fault(&json!({"method": "POST", "path": "/workspace_secrets", "kind": "closeAfterApply", "times": 0}));
            page.textbox("Name").fill("PERHAPS");
            page.textbox("Value").fill("perhaps-value");
            page.button("Create secret").click();
            // The console looks it up, and finds what it has created.
            page.wait_view("PERHAPS");
            // Chromium itself sends a request again where a connection that it used before closes without a word, once
            // for each of the six that it may have kept open. The console does not, also not later: what it asked for
            // is counted in the page.
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets");
            let sent = world.api.calls("POST", &path);
            assert!((1..=1 + 6).contains(&sent), "it was sent {sent} times");
            page.fast_forward(30);
            assert_eq!(world.api.calls("POST", &path), sent, "it was sent again later");
            let asked = format!("return performance.getEntriesByName(location.origin + '{path}').length");
            assert_eq!(page.run(&asked), 1, "the console asked for it more than once");
        });
    }
}
