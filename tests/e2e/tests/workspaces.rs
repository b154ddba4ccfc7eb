//! The list of workspaces: all of the account for an admin, the own ones for any other key.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary, wait_until};
    use serde_json::json;

    #[test]
    fn an_admin_sorts_filters_and_opens_an_archived_workspace() {
        Journey::named("all-workspaces").take(|world| {
            let page = &world.page;
            world.open("/workspaces");
            let table = page.table("Workspaces");
            table.row("Production").wait_text("122");
            page.status("Workspaces status").wait_text("All of the account");
            table.column("Agents").button("Agents").click();
            page.wait_address("/workspaces?sort=agents&dir=asc");
            assert_eq!(
                table.column("Agents").attribute("aria-sort").as_deref(),
                Some("ascending")
            );
            let first = || table.row_links().names().first().cloned().unwrap_or_default();
            wait_until("none runs in the first", || first() == "Empty");
            table.column("Agents").button("Agents").click();
            wait_until("most run in the first", || first() == "Production");
            page.searchbox("Search workspaces").fill("label:env=production");
            table.wait_rows(1);
            page.button("Show archived").click();
            page.wait_address("/workspaces?q=label:env%3Dproduction&sort=agents&dir=desc&archived=1");
            table.row("Pilot 2024").wait_text("Archived");
            table.wait_rows(2);

            world.expect_status(403);
            table.link("Pilot 2024").click();
            page.wait_view("Secrets");
            page.alert().wait_text("The workspace is archived.");
            assert!(!page.alert().text().contains("Retry"), "it stays archived");
            assert_eq!(
                page.button("New secret").attribute("aria-disabled").as_deref(),
                Some("true")
            );
            page.combobox("Switch workspace").wait_text("Archived");
        });
    }

    #[test]
    fn an_ordinary_key_sees_its_own_and_what_a_disabled_one_refuses() {
        Journey::named("own-workspaces").with(&["--no-admin"]).take(|world| {
            let page = &world.page;
            let staging = world.api.workspace_named("Staging");
            let path = format!("/_test/workspaces/{staging}/status");
            let (status, answer) = world
                .api
                .send("POST", &path, Some(&json!({"status": "STATUS_DISABLED"})));
            assert!((200..300).contains(&status), "{status} {answer}");
            world.expect_status(403);
            world.open("/workspaces");
            page.status("Workspaces status").wait_text("an account admin sees all");
            assert!(!page.alert().exists(), "a role is no failure");
            let archived = page.button("Show archived");
            assert_eq!(archived.attribute("aria-disabled").as_deref(), Some("true"));
            let table = page.table("Workspaces");
            table.row("Staging").wait_text("Disabled");
            table.link("Staging").click();
            page.wait_view("Secrets");
            page.main_landmark()
                .wait_text("This workspace is disabled. Its secrets are read-only.");
            page.table("Secrets").wait();
            assert_eq!(
                page.button("New secret").attribute("aria-disabled").as_deref(),
                Some("true")
            );
        });
    }
}
