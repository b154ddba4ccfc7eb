//! The list of secrets by keyboard and with a screen reader.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Page, Vocabulary, World, wait_until};

    fn status(page: &Page, text: &str) {
        page.status("List status").wait_text(text);
    }

    #[test]
    fn rows_are_walked_and_chosen_by_keys() {
        Journey::named("list-keys").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("By keys", 60);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "60 secrets");
            page.type_text("j");
            wait_until("a row has the focus", || page.link("SECRET_000").is_focused());
            for _ in 0..40 {
                page.type_text("j");
            }
            wait_until("rows come as the focus goes", || page.link("SECRET_040").is_focused());
            page.type_text("x");
            page.dialog("Selection").wait_text("1 selected");
            assert!(page.checkbox("Select SECRET_040").is_chosen());
            page.press(Key::End);
            wait_until("the end", || page.link("SECRET_059").is_focused());
            page.type_text("x");
            page.dialog("Selection").wait_text("2 selected");
            page.press(Key::Home);
            wait_until("the start", || page.link("SECRET_000").is_focused());
            page.type_text("e");
            page.wait_view("Edit SECRET_000");
            assert!(page.address().ends_with("/edit"), "{}", page.address());
        });
    }

    #[test]
    fn rows_are_selected_copied_and_deleted_by_keys() {
        Journey::named("row-keys").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Row keys", 20);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "20 secrets");
            page.run(
                "globalThis.copied = [];
                Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {
                    writeText: async text => { copied.push(text); }}});",
            );
            page.type_text("j");
            wait_until("a row has the focus", || page.link("SECRET_000").is_focused());
            page.type_text("c");
            wait_until("its name is copied", || {
                page.run("return copied.join()") == "SECRET_000"
            });
            page.type_text("JJ");
            page.dialog("Selection").wait_text("3 selected");
            wait_until("the focus goes with it", || page.link("SECRET_002").is_focused());
            page.press_with_ctrl('a');
            page.dialog("Selection").wait_text("20 selected");
            page.press(Key::Escape);
            page.dialog("Selection").wait_gone();
            page.type_text("r");
            page.type_text("#");
            page.alertdialog("Delete secret").wait_text("SECRET_002");
            page.press(Key::Escape);
            page.alertdialog("Delete secret").wait_gone();
        });
    }

    #[test]
    fn references_are_copied_by_key_from_a_menu_and_on_the_page() {
        Journey::named("copy-reference").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("References", 3);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "3 secrets");
            page.run(
                "globalThis.copied = [];
                Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {
                    writeText: async text => { copied.push(text); }}});",
            );
            let wait_copied = |expected: &str| {
                wait_until("it is copied", || {
                    page.run("return copied.splice(0).join()") == expected
                });
            };
            page.type_text("j");
            wait_until("a row has the focus", || page.link("SECRET_000").is_focused());
            page.type_text("y");
            wait_copied("${SECRET_000}");
            page.type_text("Y");
            wait_copied("{{ secrets.SECRET_000 }}");
            page.button("Actions for SECRET_001").click();
            page.menu_item("Copy ${NAME}").click();
            wait_copied("${SECRET_001}");
            page.link("SECRET_002").click();
            page.wait_view("SECRET_002");
            page.button("Copy ${SECRET_002}").click();
            wait_copied("${SECRET_002}");
            page.button("Copy {{ secrets.SECRET_002 }}").click();
            wait_copied("{{ secrets.SECRET_002 }}");
            page.main_landmark().wait_text("For headers and URLs of tool sets");
            page.press_with_ctrl('k');
            page.dialog("Command palette").wait();
            page.type_text("copy $");
            page.press(Key::Enter);
            wait_copied("${SECRET_002}");
        });
    }

    #[test]
    fn a_range_is_selected_by_keys() {
        Journey::named("range-by-keys").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Range", 20);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "20 secrets");
            page.type_text("j");
            wait_until("a row has the focus", || page.link("SECRET_000").is_focused());
            page.type_text("x");
            page.dialog("Selection").wait_text("1 selected");
            page.tab_to(&page.checkbox("Select SECRET_003"));
            page.press_with(Key::Shift, ' ');
            page.dialog("Selection").wait_text("4 selected");
            page.tab_to(&page.checkbox("Select SECRET_005"));
            page.type_text(" ");
            page.dialog("Selection").wait_text("5 selected");
            assert!(!page.checkbox("Select SECRET_004").is_chosen());
            assert!(page.checkbox("Select SECRET_005").is_focused());
        });
    }

    #[test]
    fn columns_are_shown_and_moved_by_keys() {
        Journey::named("columns-by-keys").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Columns", 3);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "3 secrets");
            page.tab_to(&page.button("View"));
            page.press(Key::Enter);
            let panel = page.dialog("View");
            let earlier = panel.button("Move Labels earlier");
            page.tab_to(&earlier);
            page.press(Key::Enter);
            let heads = || {
                let heads =
                    page.run("return [...document.querySelectorAll('th .sort')].map(it => it.textContent).join()");
                heads.as_str().unwrap_or_default().to_owned()
            };
            wait_until("it is the first", || heads().starts_with("Labels,Name,External ID"));
            wait_until("the hand goes with the line", || earlier.is_focused());
            page.tab_to(&panel.checkbox("External ID"));
            page.type_text(" ");
            wait_until("it is hidden", || heads().starts_with("Labels,Name,Bundle"));
            wait_until("its line keeps the focus", || {
                panel.checkbox("External ID").is_focused()
            });
            page.press(Key::Escape);
            panel.wait_gone();
            wait_until("it goes back to its button", || page.button("View").is_focused());
        });
    }

    /// What a screen reader gets of a table whose rows are not all in the page.
    #[test]
    fn the_table_says_what_it_is() {
        Journey::named("table-names").take(|world: &World| {
            let page = &world.page;
            let workspace = world.workspace_of("Named", 60);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "60 secrets");
            let table = page.table("Secrets");
            assert_eq!(table.attribute("aria-rowcount").as_deref(), Some("60"));
            for head in ["Name", "Labels", "External ID", "Bundle", "Created", "Last used"] {
                assert!(table.column(head).button(head).exists(), "{head} sorts");
            }
            let row = table.row("SECRET_002");
            assert_eq!(row.attribute("aria-rowindex").as_deref(), Some("3"));
            assert!(row.checkbox("Select SECRET_002").exists());
            assert!(row.button("Actions for SECRET_002").exists());
            assert!(row.button("number=2").exists(), "a label is pressed to filter by it");
            table.column("Created").button("Created").click();
            wait_until("the order is told", || {
                table.column("Created").attribute("aria-sort").as_deref() == Some("ascending")
            });
        });
    }
}
