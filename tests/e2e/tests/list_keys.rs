//! The list of secrets by keyboard, and as a screen reader is told of it.

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
            status(page, "Complete: 60 secrets.");
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
            page.wait_view("Edit secret");
            assert!(page.address().ends_with("/edit"), "{}", page.address());
        });
    }

    /// What a screen reader is told of a table whose rows are not all in the page.
    #[test]
    fn the_table_says_what_it_is() {
        Journey::named("table-names").take(|world: &World| {
            let page = &world.page;
            let workspace = world.workspace_of("Named", 60);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "Complete: 60 secrets.");
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
