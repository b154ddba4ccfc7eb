//! The search across workspaces.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Vocabulary, wait_until};
    use serde_json::json;

    #[test]
    fn one_box_searches_all_workspaces_and_leads_to_each() {
        Journey::named("across").take(|world| {
            let page = &world.page;
            world.open("/workspaces");
            page.navigation("Main").link("Search").click();
            page.wait_view("Search");
            let status = page.status("Search status");
            status.wait_text("58 secrets in 4 workspaces");
            page.type_text("/");
            let search = page.searchbox("Search all workspaces");
            assert!(search.is_focused(), "its key leads there");
            search.fill("token");
            status.wait_text("8 matches in 4 workspaces");
            page.wait_address("/search?q=token");
            let production = page.named(&["region"], "Production");
            production.wait_text("5 matches · 39 secrets");
            page.named(&["region"], "Empty").wait_text("No matches · 0 secrets");
            production
                .table("Secrets")
                .row("SLACK_BOT_TOKEN")
                .wait_text("T024BE7LD");

            // The last use is read on request, and has a column only then.
            let used = production.table("Secrets").column("Last used");
            assert!(!used.exists());
            let row = production.table("Secrets").row("SLACK_BOT_TOKEN");
            let before = row.text();
            page.checkbox("Last used").click();
            wait_until("its last use is there", || used.exists() && row.text() != before);
            assert_eq!(production.table("Secrets").row_links().count(), 5);
            page.checkbox("Last used").click();
            used.wait_gone();
            assert_eq!(row.text(), before);

            // The box suggests what is in any of the workspaces, and the workspaces.
            search.fill("workspace:sta");
            page.group("Suggestions").button("workspace:Staging").click();
            status.wait_text("13 secrets in 1 workspace");
            page.button("Remove workspace:Staging").click();
            search.fill("token");
            status.wait_text("8 matches in 4 workspaces");

            // The arrows go from the box through the results of all workspaces.
            page.press(Key::Down);
            assert!(production.link("BIGQUERY_DATASET_TOKEN").is_focused());
            for _ in 0..7 {
                page.press(Key::Down);
            }
            assert!(page.named(&["region"], "Staging").link("LOAD_TEST_TOKEN").is_focused());
            page.press(Key::Enter);
            page.wait_view("LOAD_TEST_TOKEN");
            page.back();
            page.wait_view("Search");
            assert_eq!(search.value(), "token", "the search is in the address");

            // Some workspaces, by the language and by the picker.
            search.fill("-workspace:prod token");
            status.wait_text("3 matches in 3 workspaces");
            page.named(&["region"], "Production").wait_gone();
            page.button("Remove -workspace:prod").click();
            page.button("All workspaces").click();
            page.checkbox("Research").click();
            page.button("1 of 4 workspaces").wait();
            page.press(Key::Escape);
            status.wait_text("2 matches in 1 workspace");
            let research = world.api.workspace_named("Research");
            page.wait_address(&format!("/search?q=token&in={research}"));

            // In the list of one workspace the condition says that it has no effect.
            let staging = world.api.workspace_named("Staging");
            page.run(&format!(
                "const link = document.createElement('a'); link.href = '/workspaces/{staging}/secrets?q=workspace:x'; document.body.append(link); link.click(); link.remove();"
            ));
            page.wait_view("Secrets");
            page.main_landmark().wait_text("workspace: has no effect");
            page.table("Secrets").row_links().wait_count(13);
            page.link("Search all workspaces").click();
            page.main_landmark().wait_text("No workspace matches");
        });
    }

    #[test]
    fn twelve_thousand_secrets_are_searched_while_two_workspaces_fail() {
        Journey::named("across-many")
            .with(&["--seed", "12x1000"])
            .take(|world| {
                let page = &world.page;
                let body = json!({"code": 12, "message": "not today", "details": []});
                world.expect_status(501);
                for name in ["Bulk 02", "Bulk 05"] {
                    let failing = world.api.workspace_named(name);
                    let path = format!("/v1/workspaces/{failing}/workspace_secrets");
                    world
                        .api
                        .fault(&json!({"method": "GET", "path": path, "status": 501, "body": body, "times": 1}));
                }
                world.open("/search?q=signing_key_000");
                page.wait_view("Search");
                let status = page.status("Search status");
                status.wait_text("2 failed");
                let region = page.named(&["region"], "Bulk 02");
                region.alert().wait_text("Couldn't load the secrets");
                page.run("document.querySelector('.across-group details').open = true");
                region.alert().wait_text("Request ID");
                page.named(&["region"], "Bulk 12").wait_text("1,000 secrets");
                region.button("Try again").wait();
                page.button("Try all again").click();
                page.button("Try all again").wait_gone();
                assert_ne!(page.run("return document.activeElement.tagName"), "BODY");
                for name in ["Bulk 02", "Bulk 05"] {
                    page.named(&["region"], name).wait_text("1,000 secrets");
                }
                page.button("Stop loading").wait_gone();
                let others = page.named(&["region"], "Bulk 03");
                let found = others.table("Secrets").row_links();
                found.wait_count(5);
                assert!(found.names().iter().all(|name| name.contains("SIGNING_KEY_000")));
                // A keystroke asks nobody: all is loaded.
                let asked = world.api.requests();
                page.searchbox("Search all workspaces").fill("signing_key_0001");
                page.wait_address("/search?q=signing_key_0001");
                others.wait_text("· 1,000 secrets");
                assert_eq!(world.api.requests(), asked);
                page.searchbox("Search all workspaces").fill("signing_key");
                others.link("Show all in Bulk 03").click();
                page.wait_view("Secrets");
                assert_eq!(page.searchbox("Search secrets").value(), "signing_key");
                page.table("Secrets").row_links().wait();
            });
    }

    #[test]
    fn the_palette_hands_over_what_was_typed_and_finds_what_is_loaded() {
        Journey::named("across-palette").take(|world| {
            let page = &world.page;
            world.open("/search");
            page.status("Search status").wait_text("58 secrets in 4 workspaces");
            page.press_with_ctrl('k');
            page.combobox("Go to or run").fill("load_test");
            let dialog = page.dialog("Command palette");
            dialog.wait_text("LOAD_TEST_TOKEN");
            dialog.wait_text("Staging");
            page.combobox("Go to or run").fill("sentry");
            dialog.wait_text("Search “sentry” in all workspaces");
            page.run("[...document.querySelectorAll('[role=option]')].find(it => it.textContent.includes('in all workspaces')).click()");
            page.wait_address("/search?q=sentry");
            page.named(&["region"], "Production").link("SENTRY_AUTH_TOKEN").wait();
            assert_eq!(page.searchbox("Search all workspaces").value(), "sentry");
        });
    }
}
