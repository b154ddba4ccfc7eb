//! Replacing a value as an act of its own, and the page of a secret around it.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary, World, wait_until};
    use serde_json::json;

    /// A workspace with three secrets; its list is open.
    fn list(world: &World, name: &str) -> String {
        let workspace = world.api.workspace(name);
        for (name, env) in [("A_FIRST", "prod"), ("B_SECOND", "test"), ("C_THIRD", "prod")] {
            world.api.secret(
                &workspace,
                &json!({"name": name, "labels": {"env": env}}),
                "the-value-before",
            );
        }
        world.open(&format!("/workspaces/{workspace}/secrets"));
        world.page.status("List status").wait_text("3");
        workspace
    }

    fn patches(world: &World, workspace: &str, id: &str) -> usize {
        world
            .api
            .calls("PATCH", &format!("/v1/workspaces/{workspace}/workspace_secrets/{id}"))
    }

    #[test]
    fn three_clicks_and_a_paste_replace_a_value_from_the_list() {
        Journey::named("replace").take(|world| {
            let page = &world.page;
            let workspace = list(world, "Rotated");
            let id = world.api.secret_named(&workspace, "B_SECOND");
            page.table("Secrets").button("Actions for B_SECOND").click();
            page.menu_item("Replace value").click();
            let dialog = page.dialog("Replace value of B_SECOND");
            wait_until("the field has the focus", || dialog.textbox("New value").is_focused());
            // What is pasted with a line break is told of, and one press is enough all the same.
            dialog.textbox("New value").fill("replaced-canary\n");
            dialog.button("Replace value").click();
            dialog.wait_gone();
            page.status("Notifications").wait_text("B_SECOND saved");
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("replaced-canary\n"));
            page.assert_nowhere("replaced-canary", &[]);
            assert_eq!(patches(world, &workspace, &id), 1);
        });
    }

    #[test]
    fn a_conflict_and_a_draft_are_in_the_dialog() {
        Journey::named("replace-conflict").take(|world| {
            let page = &world.page;
            let workspace = list(world, "Contested values");
            let id = world.api.secret_named(&workspace, "A_FIRST");
            page.table("Secrets").link("A_FIRST").click();
            page.wait_view("A_FIRST");
            page.type_text("v");
            let dialog = page.dialog("Replace value of A_FIRST");
            dialog.textbox("New value").fill("mine-canary");
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
            let body = json!({"metadata": {"name": "A_RENAMED"}, "updateMask": "metadata.name"});
            let (status, answer) = world.api.send("PATCH", &path, Some(&body));
            assert_eq!(status, 200, "{answer}");
            dialog.button("Replace value").click();
            dialog.alert().wait_text("Someone else changed this secret");
            dialog.alert().wait_text("“A_RENAMED”");
            assert_eq!(patches(world, &workspace, &id), 1, "only theirs was sent");
            // It is closed by mistake: what was typed is there again.
            dialog.button("Cancel").click();
            dialog.wait_gone();
            page.type_text("v");
            dialog.wait_text("Draft from");
            wait_until("the value is there", || {
                dialog.textbox("New value").value() == "mine-canary"
            });
            dialog.button("Replace value").click();
            dialog.alert().wait_text("A_RENAMED");
            dialog.button("Replace value").click();
            page.wait_view("A_RENAMED");
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("mine-canary"));
            page.assert_nowhere("mine-canary", &[]);
        });
    }

    #[test]
    fn one_goes_from_secret_to_secret_and_back_to_the_list_one_came_from() {
        Journey::named("neighbours").take(|world| {
            let page = &world.page;
            let workspace = list(world, "Walked");
            page.searchbox("Search secrets").fill("label:env=prod");
            page.table("Secrets").wait_rows(2);
            page.wait_address(&format!("/workspaces/{workspace}/secrets?q=label:env%3Dprod"));
            page.table("Secrets").link("A_FIRST").click();
            page.wait_view("A_FIRST");
            assert!(!page.link("Previous secret").exists());
            page.type_text("j");
            page.wait_view("C_THIRD");
            assert!(!page.link("Next secret").exists(), "the filter of the list counts");
            page.link("Previous secret").click();
            page.wait_view("A_FIRST");
            page.link("Secrets").click();
            page.wait_address(&format!("/workspaces/{workspace}/secrets?q=label:env%3Dprod"));
            page.table("Secrets").link("C_THIRD").click();
            page.wait_view("C_THIRD");
            page.main_landmark().link("env=prod").click();
            page.wait_address(&format!("/workspaces/{workspace}/secrets?q=label:env%3Dprod"));
            // A deep link comes from no list.
            let id = world.api.secret_named(&workspace, "B_SECOND");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.wait_view("B_SECOND");
            assert!(!page.link("Next secret").exists());
        });
    }

    #[test]
    fn the_switcher_leads_to_the_secret_of_the_same_name() {
        Journey::named("same-name").take(|world| {
            let page = &world.page;
            let there = world.api.workspace("There");
            let workspace = list(world, "Here");
            let other = world.api.secret(&there, &json!({"name": "A_FIRST"}), "v");
            world.api.secret(&there, &json!({"name": "A_FIRST_OTHER"}), "v");
            page.table("Secrets").link("A_FIRST").click();
            page.wait_view("A_FIRST");
            let switch = |name: &str| {
                page.combobox("Switch workspace").click();
                page.dialog("Switch workspace").combobox("Filter workspaces").fill(name);
                page.press(e2e::Key::Enter);
            };
            switch("There");
            page.wait_address(&format!("/workspaces/{there}/secrets/{other}"));
            switch("Here");
            let id = world.api.secret_named(&workspace, "A_FIRST");
            page.wait_address(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.type_text("j");
            page.wait_view("B_SECOND");
            switch("There");
            page.wait_address(&format!("/workspaces/{there}/secrets?q=B_SECOND"));
        });
    }
}
