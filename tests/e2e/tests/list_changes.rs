//! The list while things change: rows that come, go and move, what fails meanwhile, and where the focus is then.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Page, Vocabulary, World, wait_until};
    use serde_json::{Value, json};

    fn status(page: &Page, text: &str) {
        page.status("List status").wait_text(text);
    }

    /// Opens a workspace of so many secrets and waits for all of them.
    fn open(world: &World, secrets: usize) -> String {
        let workspace = world.workspace_of("Changing", secrets);
        world.open(&format!("/workspaces/{workspace}/secrets"));
        status(&world.page, &format!("{secrets} secrets"));
        workspace
    }

    /// Presses a button of the view without taking the focus to it, as the command palette does.
    fn press(page: &Page, name: &str) {
        let script = format!(
            "const name = {};
            [...document.querySelectorAll('main button')].find(it => (it.ariaLabel ?? it.textContent.trim()) === name).click();",
            Value::from(name)
        );
        page.run(&script);
    }

    /// The name and the number of the row that has the focus.
    fn focused(page: &Page) -> String {
        let row = "const row = document.activeElement.closest('[aria-rowindex]');
            return row ? `${row.querySelector('th').textContent} ${row.ariaRowIndex}` : ''";
        page.run(row).as_str().unwrap_or_default().to_owned()
    }

    fn delete_elsewhere(world: &World, workspace: &str, name: &str) {
        let id = world.api.secret_named(workspace, name);
        let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
        assert_eq!(world.api.send("DELETE", &path, None).0, 200);
    }

    #[test]
    fn the_focus_follows_its_row_wherever_that_goes() {
        Journey::named("focus-follows").take(|world| {
            let page = &world.page;
            let workspace = open(world, 40);
            for _ in 0..6 {
                page.type_text("j");
            }
            wait_until("a row has the focus", || focused(page) == "SECRET_005 6");
            press(page, "Name");
            wait_until("sorted the other way, it is near the end", || {
                focused(page) == "SECRET_005 35"
            });
            press(page, "Name");
            wait_until("sorted by name again, it is back", || focused(page) == "SECRET_005 6");
            delete_elsewhere(world, &workspace, "SECRET_002");
            press(page, "Refresh");
            status(page, "39 secrets");
            wait_until("one above it is gone", || focused(page) == "SECRET_005 5");
            delete_elsewhere(world, &workspace, "SECRET_005");
            press(page, "Refresh");
            status(page, "38 secrets");
            wait_until("gone itself, it leaves the focus to the next", || {
                focused(page) == "SECRET_006 5"
            });
        });
    }

    #[test]
    fn a_server_that_changes_its_order_is_followed() {
        Journey::named("other-order").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Changing", 30);
            world.open(&format!("/workspaces/{workspace}/secrets?order=asc"));
            status(page, "30 secrets");
            for _ in 0..4 {
                page.type_text("j");
            }
            wait_until("a row has the focus", || focused(page) == "SECRET_003 4");
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets?limit=50");
            let (_, mut answer) = world.api.send("GET", &path, None);
            let items = answer["items"].as_array_mut().expect("a page of secrets");
            assert_eq!(items.len(), 30);
            items.reverse();
            world.api.fault(
                &json!({"method": "GET", "path": "workspace_secrets?limit=50", "times": 1, "status": 200, "body": answer}),
            );
            press(page, "Refresh");
            wait_until("the focus goes with its row", || focused(page) == "SECRET_003 27");
            let order = "return [...document.querySelectorAll('tbody [aria-rowindex]')].map(row =>
                [row.ariaRowIndex, row.querySelector('th').textContent]).filter(it => it[0] <= 10).join(' ')";
            let first: Vec<String> = (1..=10).map(|row| format!("{row},SECRET_{:03}", 30 - row)).collect();
            wait_until("all rows are where the server has them", || {
                page.run(order) == first.join(" ")
            });
            status(page, "30 secrets");
            press(page, "Refresh");
            wait_until("and back", || focused(page) == "SECRET_003 4");
        });
    }

    #[test]
    fn a_delete_that_fails_after_one_has_left_is_told_and_its_row_is_back() {
        Journey::named("delete-left").take(|world| {
            let page = &world.page;
            let workspace = open(world, 3);
            let table = page.table("Secrets");
            world.expect_status(409);
            world.api.fault(
                &json!({"method": "DELETE", "path": "workspace_secrets", "status": 409, "times": 1,
                "body": {"code": 10, "message": "x"}}),
            );
            table.button("Actions for SECRET_001").click();
            page.menu_item("Delete").click();
            page.alertdialog("Delete secret").button("Delete").click();
            page.group("Deletion").button("Undo").wait();
            page.navigation("Main").link("Workspaces").click();
            page.wait_view("Workspaces");
            let deletion = page.group("Deletion");
            deletion.wait_text("SECRET_001 was not deleted: Someone else changed it");
            page.back();
            page.wait_view("Secrets");
            status(page, "3 secrets");
            let row = table.row("SECRET_001").attribute("aria-rowindex");
            assert_eq!(row.as_deref(), Some("2"), "it is where it was");
            deletion.button("Try again").click();
            table.wait_rows(2);
            assert_eq!(world.api.secrets(&workspace).len(), 2);
        });
    }

    #[test]
    fn an_edit_keeps_last_use_and_maker_in_the_row() {
        Journey::named("edit-keeps").take(|world| {
            let page = &world.page;
            let (workspace, _, name) = world.api.a_secret_in_use();
            let list = format!("/workspaces/{workspace}/secrets");
            page.visit(&list);
            page.heading("Connect").wait();
            page.run("localStorage.setItem('strongroom.columns', 'name,created-by,last-used')");
            // What was used last is the first row.
            world.open(&format!("{list}?sort=last-used&dir=desc"));
            status(page, " secrets");
            let facts = |name: &str| {
                let script = format!(
                    "const row = [...document.querySelectorAll('tbody tr')].find(row =>
                        row.querySelector('th')?.textContent === {});
                    return row ? [...row.querySelectorAll('td')].slice(1, 3).map(it => it.textContent).join('|') : ''",
                    Value::from(name)
                );
                page.run(&script).as_str().unwrap_or_default().to_owned()
            };
            let used = |facts: &str| {
                facts
                    .split_once('|')
                    .is_some_and(|(_, used)| used.starts_with(|it: char| it.is_ascii_digit()))
            };
            wait_until("last use is known", || used(&facts(&name)));
            let before = facts(&name);
            assert!(!before.starts_with('|'), "someone made it: {before}");
            let asked = world.api.list_queries().len();
            page.table("Secrets").link(&name).click();
            page.wait_view(&name);
            page.button("Edit").click();
            page.textbox("Name").fill("EDITED_MEANWHILE");
            page.button("Review changes").click();
            page.button("Save changes").click();
            page.wait_view("EDITED_MEANWHILE");
            page.navigation("Breadcrumbs").link("Secrets").click();
            page.wait_view("Secrets");
            page.searchbox("Search secrets").fill("EDITED_MEANWHILE");
            page.table("Secrets").link("EDITED_MEANWHILE").wait();
            assert_eq!(facts("EDITED_MEANWHILE"), before);
            assert_eq!(world.api.list_queries().len(), asked, "nobody had to be asked");
        });
    }

    #[test]
    fn the_focus_is_in_the_search_box_when_its_button_goes() {
        Journey::named("focus-lands").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Landing", 60);
            world
                .api
                .fault(&json!({"method": "GET", "path": "workspace_secrets?limit=1000", "times": 2, "delayMs": 4000}));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "50 loaded…");
            let search = page.searchbox("Search secrets");
            let leave = || page.run("document.activeElement.blur()");
            page.button("Stop loading").click();
            wait_until("after Stop", || search.is_focused());
            leave();
            page.button("Resume loading").click();
            wait_until("after Resume", || search.is_focused());
            leave();
            status(page, "60 secrets");
            page.checkbox("Select SECRET_001").click();
            page.button("Clear selection").click();
            wait_until("after Clear selection", || search.is_focused());
            search.fill("nothing");
            page.wait_address(&format!("/workspaces/{workspace}/secrets?q=nothing"));
            leave();
            page.button("Clear search").click();
            wait_until("after Clear search", || search.is_focused());
            page.table("Secrets").wait_rows(60);
        });
    }

    #[test]
    fn after_a_lock_the_list_is_as_it_was() {
        Journey::named("lock-list").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Locked list", 60);
            let address =
                format!("/workspaces/{workspace}/secrets?q=SECRET_05&sort=name&dir=desc&columns=name%2Clabels");
            world.open(&address);
            let look = || {
                let rows = page.table("Secrets").row_links().names();
                let heads = page.run("return [...document.querySelectorAll('th[scope=col]')].map(it => it.innerText + it.ariaSort).join()");
                (rows, heads.to_string(), page.searchbox("Search secrets").value())
            };
            status(page, "10 of 60 secrets");
            wait_until("it is sorted", || {
                look().0.first().is_some_and(|first| first == "SECRET_059")
            });
            let before = look();
            page.button("Account menu").click();
            page.button("Lock now").click();
            page.wait_view("Locked");
            page.assert_nowhere("SECRET_059", &[]);
            world.connect_with(&world.api.key);
            page.wait_view("Secrets");
            status(page, "10 of 60 secrets");
            wait_until("it is as it was", || look() == before);
            assert_eq!(page.address().replace("%2C", ","), address.replace("%2C", ","));
        });
    }
}
