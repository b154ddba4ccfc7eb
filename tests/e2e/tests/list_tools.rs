//! What helps with the list: words of the search, selection, what can be done with rows, and how it looks.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Page, Vocabulary, World, wait_until};
    use serde_json::json;

    /// Catches what is copied, whatever the browser's clipboard allows here.
    const CATCH_COPIES: &str = "globalThis.copied = [];
        Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {
            writeText: async text => { copied.push(text); }}});";

    fn complete(page: &Page, secrets: usize) {
        page.status("List status").wait_text(&format!("{secrets} secrets"));
    }

    fn last_copy(page: &Page) -> String {
        let mut last = String::new();
        wait_until("it is copied", || {
            let copied = page.run("return copied.pop() ?? ''");
            last = copied.as_str().unwrap_or_default().to_owned();
            !last.is_empty()
        });
        last
    }

    /// Opens a workspace with this many secrets and waits until all are loaded.
    fn open(world: &World, secrets: usize) -> String {
        let workspace = world.workspace_of("Tools", secrets);
        world.open(&format!("/workspaces/{workspace}/secrets"));
        complete(&world.page, secrets);
        workspace
    }

    #[test]
    fn rows_are_selected_across_those_in_sight_and_copied() {
        Journey::named("selection").take(|world| {
            let page = &world.page;
            open(world, 150);
            page.run(CATCH_COPIES);
            let table = page.table("Secrets");
            table.checkbox("Select SECRET_010").click();
            page.dialog("Selection").wait_text("1 selected");
            page.run("scrollTo(0, document.body.scrollHeight)");
            table.row("SECRET_140").wait();
            assert!(!table.row("SECRET_020").exists(), "only rows in sight are drawn");
            table.checkbox("Select SECRET_140").click_with_shift();
            page.dialog("Selection").wait_text("131 selected");
            page.button("Copy names").click();
            let copied = last_copy(page);
            assert_eq!(copied.lines().count(), 131);
            assert_eq!(
                (copied.lines().next(), copied.lines().last()),
                (Some("SECRET_010"), Some("SECRET_140"))
            );
            // What is filtered away stays selected; what matches can be selected at once.
            page.button("Clear selection").click();
            page.dialog("Selection").wait_gone();
            page.searchbox("Search secrets").fill("SECRET_07");
            table.wait_rows(10);
            table.checkbox("Select all shown").click();
            page.dialog("Selection").wait_text("10 selected");
            page.searchbox("Search secrets").fill("");
            table.wait_rows(150);
            page.dialog("Selection").wait_text("10 selected");
            page.button("Copy IDs").click();
            assert_eq!(last_copy(page).lines().count(), 10);
        });
    }

    #[test]
    fn many_are_deleted_one_by_one_and_what_failed_again() {
        Journey::named("bulk-delete").take(|world| {
            let page = &world.page;
            let workspace = open(world, 14);
            let id = |number: usize| {
                let secret = &world.api.secrets(&workspace)[number];
                secret["metadata"]["id"].as_str().expect("an id").to_owned()
            };
            let (refused, slow) = (id(2), id(3));
            world.expect_status(409);
            let path = |id: &str| format!("=/v1/workspaces/{workspace}/workspace_secrets/{id}");
            world
                .api
                .fault(&json!({"method": "DELETE", "path": path(&refused), "status": 409, "times": 1}));
            let table = page.table("Secrets");
            for number in 0..4 {
                table.checkbox(&format!("Select SECRET_{number:03}")).click();
            }
            page.button("Delete selected").click();
            let dialog = page.alertdialog("Delete secrets");
            dialog.wait_text("Delete 4 secrets?");
            dialog.wait_text("Usage unknown for 4 secrets.");
            dialog.button("Delete").click();
            assert_eq!(
                world.api.secrets(&workspace).len(),
                14,
                "without their number nothing is deleted"
            );
            dialog.textbox("Type the number of secrets to confirm").fill("4");
            dialog.button("Delete").click();
            dialog.wait_text("3 of 4 deleted, 1 failed, 0 not attempted.");
            dialog.list("Failed").wait_text("SECRET_002");
            assert_eq!(world.api.secrets(&workspace).len(), 11);
            assert!(
                !world
                    .api
                    .secrets(&workspace)
                    .iter()
                    .any(|it| it["metadata"]["id"] == slow.as_str())
            );
            dialog.button("Continue with the rest").click();
            dialog.wait_text("All 4 deleted.");
            dialog.button("Close").click();
            dialog.wait_gone();
            complete(page, 10);
            table.wait_rows(10);
            // And stopped half-way: what was not tried is there.
            world
                .api
                .fault(&json!({"method": "DELETE", "path": "workspace_secrets", "times": 0, "delayMs": 1500}));
            table.checkbox("Select all shown").click();
            page.button("Delete selected").click();
            dialog.textbox("Type the number of secrets to confirm").fill("10");
            dialog.button("Delete").click();
            dialog.button("Stop deleting").click();
            dialog.wait_text("3 of 10 deleted, 0 failed, 7 not attempted.");
            dialog.button("Close").click();
            page.dialog("Selection").wait_text("7 selected");
            assert_eq!(world.api.secrets(&workspace).len(), 7);
        });
    }

    #[test]
    fn a_delete_that_is_refused_puts_its_row_back() {
        Journey::named("rolled-back").take(|world| {
            let page = &world.page;
            let workspace = open(world, 5);
            world.expect_status(409);
            world
                .api
                .fault(&json!({"method": "DELETE", "path": "workspace_secrets", "status": 409,
                "delayMs": 1500, "body": {"code": 10, "message": "x"}}));
            let table = page.table("Secrets");
            table.checkbox("Select SECRET_002").click();
            page.button("Delete selected").click();
            let dialog = page.alertdialog("Delete secrets");
            dialog.textbox("Type the number of secrets to confirm").fill("1");
            dialog.button("Delete").click();
            wait_until("it goes at once", || {
                page.run("return document.querySelector('table').ariaRowCount") == "4"
            });
            dialog.wait_text("Someone else changed it");
            dialog.button("Close").click();
            table.wait_rows(5);
            let row = table.row("SECRET_002").attribute("aria-rowindex");
            assert_eq!(row.as_deref(), Some("3"), "it is where it was");
            assert_eq!(world.api.secrets(&workspace).len(), 5);
        });
    }

    #[test]
    fn a_row_is_copied_as_a_call_without_the_key() {
        Journey::named("snippets").take(|world| {
            let page = &world.page;
            let workspace = open(world, 3);
            page.run(CATCH_COPIES);
            let id = world.api.secret_named(&workspace, "SECRET_001");
            let menu = |item: &str| {
                page.table("Secrets").button("Actions for SECRET_001").click();
                page.menu_item(item).click();
                last_copy(page)
            };
            assert_eq!(menu("Copy name"), "SECRET_001");
            assert_eq!(menu("Copy ID"), id);
            for (item, part) in [
                ("curl", "curl"),
                ("Python", "Cadenya("),
                ("TypeScript", "await fetch("),
                ("Go", "http.NewRequest("),
            ] {
                page.table("Secrets").button("Actions for SECRET_001").click();
                page.menu_item("Copy as").click();
                page.menu_item(item).click();
                let text = last_copy(page);
                assert!(
                    text.contains(part) && text.contains(&id) && text.contains(&workspace),
                    "{text}"
                );
                assert!(!text.contains(&world.api.key), "the key is never in it");
            }
            page.table("Secrets").button("Actions for SECRET_001").click();
            page.menu_item("Edit").click();
            page.wait_view("Edit SECRET_001");
        });
    }

    #[test]
    fn columns_density_and_views_are_kept_in_this_browser() {
        Journey::named("views").take(|world| {
            let page = &world.page;
            let workspace = open(world, 30);
            let list = format!("/workspaces/{workspace}/secrets");
            let table = page.table("Secrets");
            page.button("View").click();
            let panel = page.dialog("View");
            panel.checkbox("External ID").click();
            table.column("External ID").wait_gone();
            panel.button("Move Created earlier").click();
            panel.radio("Compact").click();
            panel.button("Close").click();
            page.run("window.scrollTo(0, 0)");
            let height = "return document.querySelector('tbody tr[aria-rowindex]').getBoundingClientRect().height";
            let compact = page.run(height).as_f64().expect("a height");
            page.searchbox("Search secrets").fill("SECRET_01");
            table.wait_rows(10);
            table.column("Name").button("Name").click();
            page.wait_address(&format!("{list}?q=SECRET_01&sort=name&dir=asc"));
            page.button("View").click();
            panel.textbox("View name").fill("Tens");
            panel.button("Save view").click();
            panel.list("Saved views").button("Tens").wait();
            page.run(CATCH_COPIES);
            panel.button("Copy link to Tens").click();
            let link = last_copy(page);
            panel.button("Close").click();
            let address = link
                .strip_prefix(&world.api.address)
                .expect("a link to this console")
                .to_owned();
            assert!(
                address.starts_with(&list) && !address.contains(&world.api.key),
                "{address}"
            );
            let kept = page
                .run("return JSON.stringify(Object.entries(localStorage))")
                .to_string();
            assert!(!kept.contains("a value"), "{kept}");
            // Another browser gets all of it from the link, and is asked whether to keep it.
            page.run("localStorage.clear(); sessionStorage.clear()");
            world.open(&address);
            table.wait_rows(10);
            assert!(!table.column("External ID").exists());
            page.main_landmark().wait_text("This link shows the view “Tens”.");
            page.button("Save in this browser").click();
            panel.button("Save view").click();
            panel.list("Saved views").button("Tens").wait();
            panel.button("Close").click();
            page.button("Save in this browser").wait_gone();
            page.visit(&list);
            page.heading("Connect").wait();
            world.connect_with(&world.api.key);
            complete(page, 30);
            let comfortable = page.run(height).as_f64().expect("a height");
            assert!(compact < comfortable, "{compact} and {comfortable}");
            page.button("View").click();
            panel.list("Saved views").button("Tens").click();
            table.wait_rows(10);
            page.wait_address(&address);
        });
    }

    #[test]
    fn a_search_in_the_page_is_led_to_the_search_box_once() {
        Journey::named("find").take(|world| {
            let page = &world.page;
            open(world, 60);
            let search = page.searchbox("Search secrets");
            page.press_with_ctrl('f');
            wait_until("it leads to the search box", || search.is_focused());
            page.status("Notifications").wait_text("This searches all secrets");
            let heard = "globalThis.caught = null;
                addEventListener('keydown', event => setTimeout(() => { caught = event.defaultPrevented; }), {once: true});";
            page.run(heard);
            page.press_with_ctrl('f');
            wait_until("the second time is the browser's", || page.run("return caught") == false);
            page.button("View").click();
            page.checkbox("Use Ctrl F for this search").wait();
            page.run(heard);
            page.press_with_ctrl('f');
            wait_until("over a dialog it is the browser's", || page.run("return caught") == false);
            page.checkbox("Use Ctrl F for this search").click();
            page.dialog("View").button("Close").click();
            page.dialog("View").wait_gone();
            page.run(heard);
            page.press_with_ctrl('f');
            wait_until("it can be turned off", || page.run("return caught") == false);
        });
    }
}
