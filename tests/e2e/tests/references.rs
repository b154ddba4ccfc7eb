//! Where secrets are used: on a secret's page, for a workspace, and before a rename or a delete.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Page, Vocabulary, wait_until};

    /// Goes to an address of the console as a link does, so that the session stays.
    fn go(page: &Page, address: &str) {
        page.run(&format!(
            "const link = document.createElement('a'); link.href = '{address}'; document.body.append(link); link.click(); link.remove();"
        ));
    }

    #[test]
    fn a_secret_says_where_it_is_used_once_it_is_asked() {
        Journey::named("where-used").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Production");
            let id = world.api.secret_named(&workspace, "SLACK_BOT_TOKEN");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            let region = page.named(&["region"], "Where used");
            region.button("Look up where used").wait();
            let sets = format!("/v1/workspaces/{workspace}/tool_sets");
            assert_eq!(world.api.calls("GET", &sets), 0, "nothing is read unasked");
            region.button("Look up where used").click();
            let list = region.list("References");
            list.wait_text("Bearer ${SLACK_BOT_TOKEN}");
            list.wait_text("Shadowed");
            list.wait_text("Tool escalate · Header X-Slack-Token");
            list.wait_text("Agents: Engineering (Default), Support (Default)");
            region.wait_text("2 tool sets refer to SLACK_BOT_TOKEN.");
            region
                .status("Reference status")
                .wait_text("9 tool sets read · archived ones left out");
            assert_eq!(world.api.calls("GET", &sets), 1);

            // What was read stays for the session, and the text around a reference holds no credential.
            let other = world.api.secret_named(&workspace, "LEGACY_SOAP_PASSWORD");
            go(page, &format!("/workspaces/{workspace}/secrets/{other}"));
            page.wait_view("LEGACY_SOAP_PASSWORD");
            region
                .list("References")
                .wait_text("token=•••• user=${LEGACY_SOAP_PASSWORD}");
            assert!(!region.text().contains("fake-legacy"));
            assert_eq!(world.api.calls("GET", &sets), 1, "no tool set is read again");

            page.button("Delete").click();
            let dialog = page.alertdialog("Delete secret");
            dialog.wait_text("1 tool set refers to LEGACY_SOAP_PASSWORD.");
            dialog.wait_text("Moderation");
            dialog.button("Cancel").click();

            page.button("Edit").click();
            page.textbox("Name").fill("LEGACY_PASSWORD");
            page.button("Review changes").click();
            page.main_landmark().wait_text("1 reference will break:");
            page.button("Copy list").click();
            page.status("Notifications").wait_text("copied");
        });
    }

    #[test]
    fn a_workspace_shows_what_is_missing_unused_and_shadowed() {
        Journey::named("references").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Production");
            world.open(&format!("/workspaces/{workspace}/secrets"));
            let secrets = page.table("Secrets");
            let name = secrets.column("Name");
            name.wait();
            assert!(!secrets.column("Used by").exists(), "nothing is known before a reading");
            for name in ["DATABASE_URL", "LEGACY_SOAP_PASSWORD"] {
                page.searchbox("Search secrets").fill(name);
                page.checkbox(&format!("Select {name}")).click();
            }
            page.searchbox("Search secrets").fill("");
            page.dialog("Selection").wait_text("2 selected");
            page.button("Delete selected").click();
            let dialog = page.alertdialog("Delete secrets");
            dialog.wait_text("What refers to them isn't known yet.");
            dialog.button("Look up where used").click();
            dialog.wait_text("of 2 are referred to by tool sets.");
            dialog.wait_text("LEGACY_SOAP_PASSWORD: 1 tool set");
            dialog.button("Cancel").click();
            page.press(Key::Escape);
            secrets.column("Used by").wait();
            page.searchbox("Search secrets").fill("ref:>0 LEGACY");
            secrets.row_links().wait_count(1);

            page.link("References").click();
            page.wait_view("References");
            // What was read stays for the session, and is read again when asked.
            page.status("Reference status").wait_text("9 tool sets read");
            page.button("Read references").click();
            page.status("Reference status").wait_text("9 tool sets read");
            let table = page.table("References");
            table.row("STRIPE_API_KEY").wait_text("1 tool set");
            page.link("Shadowed 1").click();
            page.wait_address(&format!("/workspaces/{workspace}/references?show=shadowed"));
            table.row("SLACK_BOT_TOKEN").wait();
            assert_eq!(table.row_links().count(), 1);
            page.link("Missing 2").click();
            table.row("HELPDESK_SUBDOMAIN").wait_text("No such secret");
            page.searchbox("Filter by name").fill("paypal");
            page.wait_address(&format!("/workspaces/{workspace}/references?q=paypal&show=missing"));
            table.row_links().wait_count(1);
            page.link("Create PAYPAL_SPEC_TOKEN").click();
            page.wait_view("New secret");
            assert_eq!(page.textbox("Name").value(), "PAYPAL_SPEC_TOKEN");
        });
    }

    #[test]
    fn ten_thousand_lines_are_filtered_and_walked_through_by_keys() {
        Journey::named("references-many")
            .with(&["--seed", "10000"])
            .take(|world| {
                let page = &world.page;
                let workspace = world.api.workspace_named("Bulk");
                world.open(&format!("/workspaces/{workspace}/references"));
                let table = page.table("References");
                let lines = || {
                    table
                        .attribute("aria-rowcount")
                        .and_then(|count| count.parse().ok())
                        .unwrap_or(0)
                };
                wait_until("all secrets are lines", || lines() >= 10_000);
                page.button("Read references").click();
                page.button("Stop").click();
                page.button("Resume").click();
                page.status("Reference status").wait_text("200 tool sets read");
                page.main_landmark().wait_text("First 200 of 10,");
                // The number of the line that has the focus; -1 without one.
                let focused = || {
                    page.run("return [...document.querySelectorAll('main tbody th a')].indexOf(document.activeElement)")
                };
                page.button("Show 200 more").click();
                wait_until("the first new line has the focus", || focused() == 200);
                page.type_text("j");
                wait_until("the next line has the focus", || focused() == 201);
                page.button("Show 400 more").wait();
                page.searchbox("Filter by name").fill("_000042");
                page.wait_address(&format!("/workspaces/{workspace}/references?q=_000042"));
                wait_until("the filter leaves one line", || lines() == 1);
                page.press(Key::Down);
                wait_until("the line has the focus", || focused() == 0);
            });
    }

    #[test]
    fn a_key_without_the_scope_says_which_one_is_missing() {
        Journey::named("references-denied").take(|world| {
            let page = &world.page;
            world.expect_status(403);
            let (key, _) = world
                .api
                .limited_key("no-tools", &["secrets:manage", "workspaces:read"]);
            page.visit("/connect");
            page.wait_view("Connect");
            world.connect_with(&key);
            let workspace = world.api.workspace_named("Production");
            let id = world.api.secret_named(&workspace, "STRIPE_API_KEY");
            page.wait_view("Workspaces");
            go(page, &format!("/workspaces/{workspace}/secrets/{id}"));
            page.wait_view("STRIPE_API_KEY");
            let region = page.named(&["region"], "Where used");
            region.button("Look up where used").click();
            region.alert().wait_text("tools:read");
            region.wait_text("No reference to STRIPE_API_KEY found so far.");

            // With tools but not agents, the references are there and the agents are not.
            let (key, _) = world
                .api
                .limited_key("no-agents", &["secrets:manage", "workspaces:read", "tools:read"]);
            page.visit("/connect");
            page.wait_view("Connect");
            world.connect_with(&key);
            page.wait_view("Workspaces");
            go(page, &format!("/workspaces/{workspace}/secrets/{id}"));
            page.wait_view("STRIPE_API_KEY");
            region.button("Look up where used").click();
            region.list("References").wait_text("Bearer ${STRIPE_API_KEY}");
            region.alert().wait_text("agents:read");
        });
    }
}
