//! Locking in more than one tab: one locks all, also those that the browser has put aside meanwhile.

#[cfg(test)]
mod tests {
    use e2e::locked::{NAME, is_empty_handed, lock_now, open_a_secret};
    use e2e::{Journey, Vocabulary};
    use serde_json::json;

    #[test]
    fn one_tab_locks_all_and_one_that_is_used_keeps_all_open() {
        let config = json!({"apiBaseUrl": "/", "idleLockMinutes": 2});
        Journey::named("tabs")
            .returning_values()
            .configured(&config)
            .take(|world| {
                let page = &world.page;
                let address = open_a_secret(world);
                page.open_tab();
                world.open("/workspaces");
                page.wait_view("Workspaces");

                // What is done in the second tab counts for the first.
                page.go_to_tab(0);
                page.pass(65);
                page.alertdialog("Are you still there?").wait();
                page.go_to_tab(1);
                page.pass(6);
                page.heading("Workspaces").click();
                page.run("return new Promise(done => setTimeout(done, 300))");
                page.go_to_tab(0);
                page.alertdialog("Are you still there?").wait_gone();

                page.go_to_tab(1);
                lock_now(page);
                page.go_to_tab(0);
                page.wait_view("Locked");
                is_empty_handed(world);
                assert_eq!(page.address(), address);

                // Each tab is connected again by itself; disconnecting one locks the other.
                world.connect_with(&world.api.key);
                page.wait_view(NAME);
                page.go_to_tab(1);
                page.heading("Locked").wait();
                page.button("Disconnect").click();
                page.wait_view("Connect");
                page.go_to_tab(0);
                page.wait_view("Locked");
            });
    }

    #[test]
    fn a_tab_that_was_discarded_does_not_come_back_open_after_a_lock() {
        Journey::named("discarded-tab").returning_values().take(|world| {
            let page = &world.page;
            page.visit("/workspaces");
            page.checkbox("Stay connected in this tab").click();
            world.connect_with(&world.api.key);
            page.wait_view("Workspaces");
            // As long as nobody locks, it does.
            page.run("location.href = 'about:blank'");
            page.visit("/workspaces");
            page.wait_view("Workspaces");
            page.run("location.href = 'about:blank'");
            page.open_tab();
            world.open("/workspaces");
            page.wait_view("Workspaces");
            lock_now(page);
            page.go_to_tab(0);
            page.visit("/workspaces");
            page.wait_view("Locked");
            is_empty_handed(world);
        });
    }

    #[test]
    fn disconnecting_one_tab_takes_nothing_but_the_value_of_what_was_typed_in_another() {
        Journey::named("typed-in-another").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Typed in another");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            page.textbox("Name").fill("TYPED_BEFORE");
            page.textbox("Value").fill("before-canary");
            page.open_tab();
            world.open("/workspaces");
            page.wait_view("Workspaces");
            // What is typed has rested, and was kept under the key that is about to go.
            page.run("return new Promise(done => setTimeout(done, 3000))");
            page.button("Account menu").click();
            page.button("Disconnect").click();
            page.wait_view("Connect");
            page.go_to_tab(0);
            page.wait_view("Locked");
            page.assert_nowhere("before-canary", &[]);
            world.connect_with(&world.api.key);
            page.main_landmark().wait_text("Draft from");
            assert_eq!(page.textbox("Name").value(), "TYPED_BEFORE");
            assert_eq!(page.textbox("Value").value(), "", "a lock removes it");
            page.main_landmark().wait_text("The value wasn't kept");
        });
    }
}
