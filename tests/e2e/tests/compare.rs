//! Workspaces side by side: through the grid with keys, one secret for several, and many.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Locator, Page, Vocabulary, wait_until};
    use serde_json::json;

    const CONTROL_END: char = '\u{E010}';
    const CONTROL_HOME: char = '\u{E011}';

    fn cell<'page>(page: &'page Page, name: &str) -> Locator<'page> {
        page.named(&["gridcell"], name)
    }

    #[track_caller]
    fn is_at(page: &Page, name: &str) {
        let target = cell(page, name);
        wait_until(&format!("the focus is on {name:?}"), || target.is_focused());
    }

    #[test]
    fn the_grid_is_one_tab_stop_and_arrow_keys_reach_every_cell() {
        Journey::named("compare-keys").take(|world| {
            let page = &world.page;
            let (one, two) = (world.workspace_of("One", 60), world.workspace_of("Two", 3));
            world.open("/compare");
            page.main_landmark().wait_text("Choose 2 to 12 workspaces");
            page.checkbox("One").click();
            page.main_landmark().wait_text("Choose at least 1 more workspace.");
            page.checkbox("Two").click();
            page.wait_address(&format!("/compare?in={one},{two}"));
            let grid = page.table("Compare");
            cell(page, "SECRET_000 in Two: present").wait();
            cell(page, "SECRET_005 in Two: missing").wait();
            wait_until("all lines are counted", || grid.attribute("aria-rowcount").as_deref() == Some("60"));
            assert_eq!(grid.attribute("aria-colcount").as_deref(), Some("3"));
            page.tab_to(&page.named(&["rowheader"], "SECRET_000"));
            page.press(Key::Right);
            is_at(page, "SECRET_000 in One: present");
            page.press(Key::End);
            is_at(page, "SECRET_000 in Two: present");
            for _ in 0..4 {
                page.press(Key::Down);
            }
            is_at(page, "SECRET_004 in Two: missing");
            page.press_with(Key::Control, CONTROL_END);
            is_at(page, "SECRET_059 in Two: missing");
            page.press(Key::PageUp);
            wait_until("a page up is not the top", || {
                let at = page.run("return document.activeElement.parentElement.ariaRowIndex");
                at.as_str().and_then(|at| at.parse::<u32>().ok()).is_some_and(|at| (2..60).contains(&at))
            });
            page.press_with(Key::Control, CONTROL_HOME);
            wait_until("the first header has the focus", || page.named(&["rowheader"], "SECRET_000").is_focused());
            page.press(Key::Tab);
            let is_out = page.run("return document.activeElement.closest('[role=grid]') === null");
            assert_eq!(is_out, true, "one tab stop");

            // What it asks for stays in the address; a filter is a link.
            page.link("Missing somewhere 57").click();
            page.wait_address(&format!("/compare?in={one},{two}&show=missing"));
            page.searchbox("Filter by name").fill("_042");
            wait_until("one line is left", || grid.attribute("aria-rowcount").as_deref() == Some("1"));
            page.status("Compare status").wait_text("1 of 60 secrets");
            page.run(
                "const make = URL.createObjectURL;
                 URL.createObjectURL = blob => { blob.text().then(text => { window.csv = text }); return make.call(URL, blob) }",
            );
            page.button("Export CSV").click();
            wait_until("the file is made", || page.run("return window.csv || ''").as_str().is_some_and(|csv| csv.contains("SECRET_042,present,")));

            page.tab_to(&page.named(&["rowheader"], "SECRET_042"));
            page.press(Key::End);
            is_at(page, "SECRET_042 in Two: missing");
            page.press(Key::Enter);
            let dialog = page.dialog("SECRET_042 is missing in Two");
            dialog.link("Create here").click();
            page.wait_view("New secret");
            assert_eq!(page.textbox("Name").value(), "SECRET_042");
            assert_eq!(page.textbox("Label key").value(), "number");
            assert_eq!(page.textbox("Value").value(), "", "a value is never handed on");
            // What it began with is in its address: nothing is lost.
            page.back();
            page.wait_view("Compare");
            cell(page, "SECRET_042 in One: present").click();
            page.wait_view("SECRET_042");
        });
    }

    #[test]
    fn one_value_goes_to_several_workspaces_and_each_says_what_became_of_it() {
        Journey::named("compare-several").take(|world| {
            let page = &world.page;
            let [one, two, three] = ["One", "Two", "Three"].map(|name| world.api.workspace(name));
            let metadata = json!({"name": "STRIPE_API_KEY", "externalId": "acct_1", "labels": {"team": "payments"}});
            world.api.secret(&one, &metadata, "there");
            world.open(&format!("/compare?in={one},{two},{three}"));
            cell(page, "STRIPE_API_KEY in Three: missing").wait();
            page.named(&["rowheader"], "STRIPE_API_KEY").click();
            page.dialog("STRIPE_API_KEY").button("Create in several").click();
            let dialog = page.dialog("Create STRIPE_API_KEY");
            dialog.wait_text("2 requests, one for each workspace, create STRIPE_API_KEY.");
            let path = |workspace: &str| format!("/v1/workspaces/{workspace}/workspace_secrets");
            world.expect_status(400);
            let body = json!({"code": 3, "message": "the database is resting", "details": []});
            let fault = json!({"method": "POST", "path": path(&three), "status": 400, "body": body, "times": 1});
            world.api.fault(&fault);
            dialog.textbox("Value").fill("sk_live_several");
            for _ in 0..2 {
                // What is typed is asked about, however often one presses Escape.
                page.press(Key::Escape);
                page.alertdialog("Leave this page?").wait();
                page.press(Key::Escape);
                page.alertdialog("Leave this page?").wait_gone();
            }
            dialog.button("Cancel").click();
            page.alertdialog("Leave this page?").button("Stay on page").click();
            assert_eq!(dialog.textbox("Value").value(), "sk_live_several");
            assert_eq!(world.api.calls("POST", &path(&two)), 0, "nothing is sent unasked");
            dialog.button("Create in 2 workspaces").click();
            dialog.wait_text("1 secret created.");
            dialog.button("Create in 1 workspace").click();
            dialog.wait_text("2 secrets created.");
            dialog.button("Close").click();
            cell(page, "STRIPE_API_KEY in Two: present").wait();
            cell(page, "STRIPE_API_KEY in Three: present").wait();
            for workspace in [&two, &three] {
                let id = world.api.secret_named(workspace, "STRIPE_API_KEY");
                assert_eq!(world.api.value(workspace, &id).as_deref(), Some("sk_live_several"));
                let metadata = &world.api.read(workspace, &id)["metadata"];
                assert_eq!(metadata["externalId"], "acct_1");
                assert_eq!(metadata["labels"]["team"], "payments");
            }
            page.assert_nowhere("sk_live_several", &[]);
        });
    }

    #[test]
    fn a_disabled_workspace_is_marked_and_says_why_nothing_is_created_in_it() {
        Journey::named("compare-disabled").take(|world| {
            let page = &world.page;
            let one = world.workspace_of("One", 1);
            let two = world.api.workspace("Two");
            let path = format!("/_test/workspaces/{two}/status");
            let _ = world
                .api
                .send("POST", &path, Some(&json!({"status": "STATUS_DISABLED"})));
            world.open(&format!("/compare?in={one},{two}"));
            page.list("Workspaces to compare").wait_text("Disabled");
            cell(page, "SECRET_000 in Two: missing").click();
            let dialog = page.dialog("SECRET_000 is missing in Two");
            dialog.wait_text("This workspace is disabled. Its secrets are read-only.");
            let create = dialog.button("Create here");
            assert_eq!(create.attribute("aria-disabled").as_deref(), Some("true"));
            dialog.button("Cancel").click();
            world.open("/search");
            page.named(&["region"], "Two").wait_text("Disabled");
            world.open("/overview");
            page.table("Workspaces").row("Two").wait_text("Disabled");
        });
    }

    #[test]
    fn twelve_workspaces_of_a_thousand_are_scrolled_filtered_and_walked_through() {
        Journey::named("compare-many").take(|world| {
            let page = &world.page;
            let mut ids = Vec::new();
            for workspace in 0..12 {
                let id = world.api.workspace(&format!("W{workspace}"));
                // Each name is missing in one workspace.
                let items: Vec<_> = (0..1_000)
                    .filter(|number| number % 12 != workspace)
                    .map(|number| json!({"metadata": {"id": format!("s{number}"), "name": format!("KEY_{number}")}, "spec": {}}))
                    .collect();
                let body = json!({"items": items, "pagination": {}});
                let path = format!("/{id}/workspace_secrets");
                world.api.fault(&json!({"method": "GET", "path": path, "status": 200, "body": body, "times": 0}));
                ids.push(id);
            }
            world.open(&format!("/compare?in={}", ids.join(",")));
            page.link("Missing somewhere 1,000").wait();
            let grid = page.table("Compare");
            assert_eq!(grid.attribute("aria-rowcount").as_deref(), Some("1000"));
            assert_eq!(grid.attribute("aria-colcount").as_deref(), Some("13"));
            cell(page, "KEY_0 in W0: missing").wait();
            let drawn = || page.run("return document.querySelectorAll('.compare-grid [aria-rowindex]').length");
            assert!(drawn().as_u64().is_some_and(|drawn| drawn < 100), "only what is in sight: {}", drawn());

            page.tab_to(&page.named(&["rowheader"], "KEY_0"));
            page.press(Key::End);
            is_at(page, "KEY_0 in W11: present");
            // In sight, and not below the first column.
            let is_seen = page.run(
                "const cell = document.activeElement.getBoundingClientRect();
                 return document.elementFromPoint(cell.x + cell.width / 2, cell.y + cell.height / 2).closest('td') === document.activeElement",
            );
            assert_eq!(is_seen, true);
            page.press_with(Key::Control, CONTROL_END);
            is_at(page, "KEY_999 in W11: present");
            assert!(drawn().as_u64().is_some_and(|drawn| drawn < 100));
            page.press(Key::Home);
            wait_until("the header has the focus", || page.named(&["rowheader"], "KEY_999").is_focused());

            // Scrolled away, and back to the first line by keys.
            page.run("document.querySelector('.compare-frame').scrollTop = 0");
            cell(page, "KEY_1 in W1: missing").wait();
            page.searchbox("Filter by name").fill("99");
            wait_until("19 lines are left", || grid.attribute("aria-rowcount").as_deref() == Some("19"));
            cell(page, "KEY_99 in W3: missing").wait();
        });
    }
}
