//! The list when something ends by itself, or late: a key, a button that is no longer needed, a delete that one has left.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Page, Vocabulary, wait_until};
    use serde_json::json;

    fn status(page: &Page, text: &str) {
        page.status("List status").wait_text(text);
    }

    #[test]
    fn a_new_key_goes_on_where_the_old_one_failed() {
        Journey::named("list-new-key").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Expiring", 60);
            world.expect_status(401);
            world
                .api
                .fault(&json!({"method": "GET", "path": "workspace_secrets?limit=1000", "status": 401}));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            let dialog = page.dialog("Connect again");
            dialog.wait();
            assert_eq!(
                world.api.list_queries().len(),
                2,
                "the first page and the one that failed"
            );
            dialog.textbox("API key").fill(&world.api.key);
            dialog.button("Connect").click();
            dialog.wait_gone();
            status(page, "60 secrets");
            page.table("Secrets").wait_rows(60);
            assert_eq!(
                world.api.list_queries().len(),
                3,
                "what was loaded is not asked for again"
            );
        });
    }

    #[test]
    fn whatever_a_page_failed_with_it_can_be_asked_for_again() {
        Journey::named("list-again").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Again", 60);
            world.expect_status(403);
            world
                .api
                .fault(&json!({"method": "GET", "path": "workspace_secrets?limit=1000", "status": 403}));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "50 loaded");
            page.button("Try again").click();
            status(page, "60 secrets");
            let search = page.searchbox("Search secrets");
            wait_until("the button has gone, the focus has not", || search.is_focused());
        });
    }

    #[test]
    fn a_button_that_goes_by_itself_leaves_the_focus_to_the_search() {
        Journey::named("list-button-goes").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Going", 60);
            world
                .api
                .fault(&json!({"method": "GET", "path": "workspace_secrets?limit=1000", "delayMs": 3000}));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "50 loaded…");
            page.button("Stop loading").wait();
            page.run("document.querySelector('.stop-loading button').focus()");
            assert!(page.button("Stop loading").is_focused());
            status(page, "60 secrets");
            let search = page.searchbox("Search secrets");
            wait_until("nothing is left to stop", || search.is_focused());
            search.fill("is:managed is:unused ");
            page.run("document.activeElement.blur()");
            page.button("Remove is:unused").click();
            wait_until("a chip has gone", || search.is_focused());
            page.button("Remove is:managed").wait();
            page.button("Remove is:unused").wait_gone();
        });
    }

    #[test]
    fn what_is_deleted_after_one_has_come_back_goes_from_the_list() {
        Journey::named("list-late-delete").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Late", 3);
            world.open("/workspaces");
            page.link("Late").click();
            status(page, "3 secrets");
            let table = page.table("Secrets");
            table.checkbox("Select SECRET_001").click();
            page.button("Delete selected").click();
            page.group("Deletion").button("Undo").wait();
            page.run("history.back()");
            page.heading("Secrets").wait_gone();
            page.group("Deletion").button("Undo").wait();
            page.run("history.forward()");
            page.wait_view("Secrets");
            status(page, "3 secrets");
            let struck = "return document.querySelector('tbody tr[aria-disabled=true] th')?.textContent";
            wait_until("its row still says so", || page.run(struck) == "SECRET_001");
            // The server has agreed by now, and nobody had to ask it for anything.
            status(page, "2 secrets");
            table.wait_rows(2);
            assert_eq!(world.api.secrets(&workspace).len(), 2);
        });
    }
}
