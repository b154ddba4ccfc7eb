//! What helps with the list: words of the search, selection, what can be done with rows, and how it looks.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Page, Vocabulary, Window, World, wait_until};
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
            page.button("Copy").click();
            page.menu_item("Copy names").click();
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
            page.button("Copy").click();
            page.menu_item("Copy IDs").click();
            assert_eq!(last_copy(page).lines().count(), 10);
            page.press(Key::Escape);
            page.dialog("Selection").wait_gone();
        });
    }

    /// The controls in sight whose middle belongs to a notice, or for a notice and the bar to something else.
    const COVERED: &str = "return [...document.querySelectorAll(CONTROLS)].filter(it => {
            const box = it.getBoundingClientRect();
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            if (!it.checkVisibility() || x < 0 || y < 48 || x > innerWidth || y > innerHeight) return false;
            const top = document.elementFromPoint(x, y);
            return !it.contains(top) && Boolean(top?.closest('.notice') || it.closest('.notice, .selection'));
        }).map(it => it.ariaLabel || it.textContent)";

    fn select(page: &Page, numbers: std::ops::Range<usize>) {
        for number in numbers {
            page.table("Secrets")
                .checkbox(&format!("Select SECRET_{number:03}"))
                .click();
        }
    }

    fn confirm(page: &Page, count: usize) {
        let dialog = page.alertdialog("Delete secrets");
        let field = dialog.textbox("Type the number of secrets to confirm");
        field.fill(&count.to_string());
        dialog.button("Delete").click();
    }

    #[test]
    fn deletes_wait_one_beside_the_other_and_what_is_told_covers_nothing() {
        Journey::named("bulk-undo").take(|world| {
            let page = &world.page;
            let workspace = open(world, 40);
            // The countdowns are paused.
            page.run(
                "const own = setTimeout; globalThis.setTimeout = (act, wait) => wait === 1000 ? 0 : own(act, wait)",
            );
            select(page, 0..3);
            page.button("Delete selected").click();
            page.status("Notifications").wait_text("Deleting 3 secrets in 10 s");
            wait_until("the undo is at hand", || page.button("Undo").is_focused());
            select(page, 5..6);
            page.button("Delete selected").click();
            page.status("Notifications").wait_text("Deleting SECRET_005 in 10 s");
            let struck = "return document.querySelectorAll('tbody tr[aria-disabled=true]').length";
            wait_until("their rows say so", || page.run(struck) == 4);
            select(page, 7..8);
            let covered = |controls: &str| page.run(&COVERED.replace("CONTROLS", controls));
            for window in [Window::of(1440, 900), Window::of(390, 844)] {
                page.resize(window);
                assert_eq!(covered("'.selection button, .notice button'"), json!([]));
                page.run("scrollTo(0, document.body.scrollHeight)");
                page.table("Secrets").row("SECRET_039").wait();
                let last = "'main tbody tr[aria-rowindex=\"40\"] :is(a, button, input)'";
                assert_eq!(covered(last), json!([]), "the last row can be scrolled clear");
                page.run("scrollTo(0, 0)");
            }
            page.resize(Window::of(1440, 900));
            let rows = "'main tbody :is(th a, .cell-check input, .cell-menu button)'";
            assert_eq!(covered(rows), json!([]), "no row is behind what is told");
            page.press(Key::Escape);
            page.dialog("Selection").wait_gone();
            page.run("[...document.querySelectorAll('.notice button')].at(-1).click()");
            page.status("Notifications").wait_text("SECRET_005 was not deleted.");
            // Selection and focus are as they were before.
            page.dialog("Selection").wait_text("1 selected");
            wait_until("the focus is where it was", || {
                page.button("Delete selected").is_focused()
            });
            page.button("Undo").click();
            page.status("Notifications").wait_text("3 secrets were not deleted.");
            wait_until("no row is struck through", || page.run(struck) == 0);
            page.dialog("Selection").wait_text("4 selected");
            assert_eq!(world.api.secrets(&workspace).len(), 40);
            page.button("Clear selection").click();
            page.dialog("Selection").wait_gone();
            page.run("document.activeElement.blur()");
            page.type_text("j");
            wait_until("a row has the focus", || {
                page.table("Secrets").link("SECRET_000").is_focused()
            });
            page.type_text("#");
            page.alertdialog("Delete secret").button("Delete").click();
            wait_until("the undo is at hand", || page.button("Undo").is_focused());
            page.press(Key::Enter);
            wait_until("the row has the focus again", || {
                page.table("Secrets").link("SECRET_000").is_focused()
            });
            assert!(!page.dialog("Selection").exists(), "nothing was selected before");
        });
    }

    #[test]
    fn many_are_deleted_one_by_one_and_what_failed_again() {
        let config = json!({"apiBaseUrl": "/", "lastUsed": "onDemand"});
        Journey::named("bulk-delete").configured(&config).take(|world| {
            let page = &world.page;
            let workspace = open(world, 14);
            let refused = world.api.secret_named(&workspace, "SECRET_002");
            let path = format!("=/v1/workspaces/{workspace}/workspace_secrets/{refused}");
            world.expect_status(409);
            world
                .api
                .fault(&json!({"method": "DELETE", "path": path, "status": 409, "times": 1}));
            select(page, 0..4);
            page.button("Delete selected").click();
            let dialog = page.alertdialog("Delete secrets");
            dialog.wait_text("Delete 4 secrets?");
            dialog.wait_text("Last use not checked for 4.");
            dialog.button("Delete").click();
            assert!(dialog.exists(), "without their number nothing is deleted");
            dialog.button("Check now").click();
            // Nothing is left to warn of.
            dialog.textbox("Type the number of secrets to confirm").wait_gone();
            dialog.button("Delete").click();
            let deletion = page.group("Deletion");
            deletion.wait_text("3 of 4 deleted, 1 failed, 0 not attempted.");
            assert_eq!(world.api.secrets(&workspace).len(), 11);
            page.run("document.querySelector('.notice summary').click()");
            deletion.list("Not done").wait_text("SECRET_002");
            deletion.button("Try again").click();
            page.status("Notifications").wait_text("4 secrets deleted.");
            complete(page, 10);
            page.table("Secrets").wait_rows(10);
            // And stopped half-way: what was not tried is there.
            world
                .api
                .fault(&json!({"method": "DELETE", "path": "workspace_secrets", "times": 0, "delayMs": 5000}));
            page.table("Secrets").checkbox("Select all shown").click();
            page.button("Delete selected").click();
            confirm(page, 10);
            deletion.button("Stop").click();
            deletion.wait_text("3 of 10 deleted, 0 failed, 7 not attempted.");
            deletion.button("Dismiss").click();
            deletion.wait_gone();
            assert_eq!(world.api.secrets(&workspace).len(), 7);
        });
    }

    #[test]
    fn the_same_label_on_five_secrets() {
        Journey::named("bulk-label").take(|world| {
            let page = &world.page;
            let workspace = open(world, 6);
            let id = world.api.secret_named(&workspace, "SECRET_000");
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
            let body = json!({"metadata": {"name": "SECRET_000", "labels": {"team": "core"}}, "updateMask": "metadata.labels"});
            assert_eq!(world.api.send("PATCH", &path, Some(&body)).0, 200);
            page.button("Refresh").click();
            page.table("Secrets").row("SECRET_000").wait_text("team");
            select(page, 0..5);
            page.button("Label secrets").click();
            let dialog = page.dialog("Label secrets");
            dialog.wait_text("Label key");
            page.type_text("team=payments");
            dialog.wait_text("Adds to 4, changes 1");
            page.press(Key::Enter);
            page.status("Notifications")
                .wait_text("team=payments set on 5 secrets.");
            dialog.wait_gone();
            let labeled = |value: &str| {
                let secrets = world.api.secrets(&workspace);
                secrets
                    .iter()
                    .filter(|it| it["metadata"]["labels"]["team"] == value)
                    .count()
            };
            assert_eq!((labeled("payments"), labeled("core")), (5, 0));
            // What was just set is in sight.
            let first = "return [...document.querySelectorAll('tbody tr[aria-rowindex] .chip:first-child .chip-key')]
                .filter(it => it.textContent === 'team').length";
            wait_until("it is the first label of each row", || page.run(first) == 5);
            // What is selected stays so, for the next change.
            page.dialog("Selection").wait_text("5 selected");
            page.button("Label secrets").click();
            dialog.radio("Remove").click();
            dialog.combobox("Label key").fill("team");
            dialog.wait_text("Removes from 5");
            dialog.button("Remove label").click();
            page.status("Notifications").wait_text("team removed from 5 secrets.");
            assert_eq!(labeled("payments"), 0);
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
            // A press beside an open menu only closes it.
            page.table("Secrets").button("Actions for SECRET_001").click();
            let keys = |item: &str| page.menu_item(item).attribute("aria-keyshortcuts");
            assert_eq!(keys("Edit").as_deref(), Some("e"));
            assert_eq!(keys("Replace value").as_deref(), Some("v"));
            assert_eq!(keys("Copy {{ secrets.NAME }}").as_deref(), Some("Shift+Y"));
            assert_eq!(keys("Copy ID").as_deref(), Some("i"));
            assert_eq!(keys("Open"), None);
            page.table("Secrets").link("SECRET_002").click();
            page.menu_item("Edit").wait_gone();
            page.wait_view("Secrets");
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
            let chosen = "columns=name,labels,created,bundle,last-used&density=compact";
            wait_until("all of it is in the address", || {
                page.address()
                    .replace("%2C", ",")
                    .ends_with(&format!("{list}?q=SECRET_01&sort=name&dir=asc&{chosen}"))
            });
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
