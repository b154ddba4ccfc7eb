//! Where one is: which workspace, which place on a view, connected to what; and the way back.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Page, Theme, Vocabulary, Window, wait_until};
    use serde_json::json;

    #[track_caller]
    fn is_for_everyone(page: &Page) {
        for theme in Theme::ALL {
            page.emulate(theme, false);
            page.settle();
            let found = page.violations();
            assert!(found.is_empty(), "{}: {}", theme.name(), found.join("\n"));
        }
        page.resize(Window::of(320, 640));
        page.settle();
        assert_eq!(page.sideways(), Vec::<String>::new());
        page.look_as_before();
    }

    #[test]
    fn another_workspace_is_shown_in_the_same_view() {
        Journey::named("switcher").take(|world| {
            let page = &world.page;
            let one = world.workspace_of("One of two", 2);
            let other = world.workspace_of("The other of two", 2);
            world.open(&format!("/workspaces/{one}/secrets?q=SECRET_001&order=desc"));
            page.wait_view("Secrets");
            let switcher = page.combobox("Switch workspace");
            switcher.wait_text("One of two");
            assert_eq!(switcher.attribute("aria-expanded").as_deref(), Some("false"));
            switcher.click();
            let field = page.combobox("Filter workspaces");
            wait_until("the focus is in the field", || field.is_focused());
            assert_eq!(switcher.attribute("aria-expanded").as_deref(), Some("true"));
            is_for_everyone(page);
            page.type_text("other two");
            wait_until("only one is left", || {
                page.named(&["listbox"], "Workspaces").any(&["option"]).count() == 1
            });
            let line = page.named(&["listbox"], "Workspaces").any(&["option"]).text();
            assert!(line.contains("The other of two") && line.contains("Enabled"), "{line}");
            page.press(Key::Enter);
            page.wait_address(&format!("/workspaces/{other}/secrets?q=SECRET_001&order=desc"));
            page.combobox("Switch workspace").wait_text("The other of two");
            page.table("Secrets").link("SECRET_001").wait();
            wait_until("the focus is on the heading", || page.heading("Secrets").is_focused());

            // Escape closes it and gives the focus back; nothing is chosen.
            page.combobox("Switch workspace").click();
            wait_until("the focus is in the field", || {
                page.combobox("Filter workspaces").is_focused()
            });
            page.press(Key::Down);
            page.press(Key::Escape);
            page.combobox("Filter workspaces").wait_gone();
            wait_until("the focus is back", || page.combobox("Switch workspace").is_focused());
            page.wait_address(&format!("/workspaces/{other}/secrets?q=SECRET_001&order=desc"));

            page.press(Key::Enter);
            page.link("Workspace details").click();
            page.wait_view("The other of two");
            page.combobox("Switch workspace").click();
            wait_until("the focus is in the field", || {
                page.combobox("Filter workspaces").is_focused()
            });
            page.type_text("one of two");
            page.press(Key::Enter);
            page.wait_view("Secrets");
            page.wait_address(&format!("/workspaces/{one}/secrets"));
            // The palette leads to the same places.
            page.searchbox("Search secrets").fill("SECRET_001");
            page.wait_address(&format!("/workspaces/{one}/secrets?q=SECRET_001"));
            page.press_with_ctrl('k');
            wait_until("the focus is in the palette", || {
                page.combobox("Go to or run").is_focused()
            });
            page.type_text("the other of two");
            page.press(Key::Enter);
            page.wait_address(&format!("/workspaces/{other}/secrets?q=SECRET_001"));
        });
    }

    #[test]
    fn what_is_below_a_list_leads_back_to_the_very_list() {
        Journey::named("very-list").take(|world| {
            let page = &world.page;
            let id = world.workspace_of("Very list", 12);
            let list = format!("/workspaces/{id}/secrets?q=SECRET_00&sort=created&dir=desc");
            world.open(&list);
            page.wait_view("Secrets");
            page.table("Secrets").link("SECRET_004").click();
            page.wait_view("SECRET_004");
            page.button("Edit").click();
            page.wait_view("Edit SECRET_004");
            page.navigation("Breadcrumbs").link("Secrets").click();
            page.wait_address(&list);
            page.button("New secret").click();
            page.wait_view("New secret");
            page.link("Cancel").click();
            page.wait_address(&list);
        });
    }

    #[test]
    fn back_and_forward_lead_to_the_very_place() {
        Journey::named("places").take(|world| {
            let page = &world.page;
            let id = world.workspace_of("Places", 45);
            world.open(&format!("/workspaces/{id}/secrets"));
            page.status("List status").wait_text("45 secrets");
            let scroll = || page.run("return scrollY").as_f64().unwrap_or_default();
            // The heading of a new view takes the focus once, which scrolls the page to the top.
            page.settle();
            page.run("scrollTo(0, document.body.scrollHeight)");
            page.table("Secrets").link("SECRET_040").wait();
            let before = scroll();
            assert!(before > 400.0, "the list is long enough: {before}");
            page.link("SECRET_040").click();
            page.wait_view("SECRET_040");
            wait_until("a view that is new begins at its top", || scroll() == 0.0);
            page.back();
            page.wait_view("Secrets");
            wait_until("the row that was opened has the focus", || {
                page.link("SECRET_040").is_focused()
            });
            wait_until(&format!("it is at {before}, where it was"), || {
                (scroll() - before).abs() < 3.0
            });
            page.run("history.forward()");
            page.wait_view("SECRET_040");
            // Where one goes on oneself, nothing is moved.
            page.back();
            page.wait_view("Secrets");
            wait_until("the row has the focus again", || page.link("SECRET_040").is_focused());
            page.press(Key::Tab);
            assert!(!page.link("SECRET_040").is_focused());
        });
    }

    #[test]
    fn the_header_says_who_is_connected_and_when_that_no_longer_holds() {
        Journey::named("connection").take(|world| {
            let page = &world.page;
            let (key, profile) = world.api.limited_key("A key for a while", &["*"]);
            world.expect_status(401);
            page.visit("/workspaces");
            page.heading("Connect").wait();
            world.connect_with(&key);
            page.wait_view("Workspaces");
            page.wait_account("A key for a while");
            page.status("Connection").wait_text("Local API");
            page.go_offline(true);
            page.status("Connection").wait_text("This device is offline");
            page.go_offline(false);
            page.status("Connection").wait_text("Local API");
            world.api.disable_key(&profile);
            page.link("Production").click();
            page.dialog("Connect again").wait();
            assert_eq!(
                page.run("return document.querySelector('.connection').textContent"),
                "API key no longer accepted"
            );
        });
    }

    #[test]
    fn an_error_stays_until_it_is_dismissed_and_offers_what_helps() {
        Journey::named("notices").returning_values().take(|world| {
            let page = &world.page;
            page.control_timers();
            let id = world.api.workspace("Notices");
            let secret = world.api.secret(&id, &json!({"name": "COPIED"}), "value-of-notices");
            world.expect_status(500);
            world.open(&format!("/workspaces/{id}/secrets/{secret}"));
            page.wait_view("COPIED");
            page.button("Copy value").wait();
            world
                .api
                .fault(&json!({"method": "GET", "path": "/workspace_secrets", "times": 3, "status": 500}));
            page.button("Copy value").click();
            let notices = page.status("Notifications");
            notices.wait_text("Couldn't load the secret");
            notices.button("Try again").wait();
            page.run("document.querySelector('.notice-failed summary').click()");
            notices.wait_text("Request ID");
            notices.button("Copy details").wait();
            is_for_everyone(page);
            // What goes by itself is gone after six seconds.
            page.fast_forward(7);
            notices.button("Dismiss").wait();
            notices.button("Try again").click();
            wait_until("the error is gone", || {
                page.run("return document.querySelector('.notice-failed .note-details')")
                    .is_null()
            });
            page.assert_nowhere("value-of-notices", &[]);
        });
    }

    #[test]
    fn what_waits_does_not_flash_and_what_is_refreshed_stays() {
        Journey::named("patience").take(|world| {
            let page = &world.page;
            let id = world.workspace_of("Patience", 3);
            world.open(&format!("/workspaces/{id}"));
            world
                .api
                .fault(&json!({"method": "GET", "path": "/workspace_secrets", "times": 1, "delayMs": 1500}));
            page.visit_by("View secrets");
            wait_until("the skeleton is there", || {
                !page.run("return document.querySelector('.skeleton-line')").is_null()
            });
            let delay = page.run("return getComputedStyle(document.querySelector('.skeleton-line')).animationDelay");
            assert_eq!(delay, "0.15s");
            page.table("Secrets").link("SECRET_002").wait();
            world
                .api
                .fault(&json!({"method": "GET", "path": "/workspace_secrets", "times": 1, "delayMs": 1500}));
            page.button("Refresh").click();
            page.status("List status").wait_text("Refreshing");
            page.table("Secrets").link("SECRET_002").wait();
            assert!(page.run("return document.querySelector('.skeleton-line')").is_null());
            assert_eq!(page.table("Secrets").attribute("aria-busy").as_deref(), Some("true"));
            is_for_everyone(page);
        });
    }

    #[test]
    fn a_tooltip_shows_on_focus_and_escape_takes_it_away() {
        Journey::named("tooltip").take(|world| {
            let page = &world.page;
            world.open("/workspaces");
            page.table("Workspaces").link("Production").wait();
            let shown = "const place = document.querySelector('time');
                const tip = getComputedStyle(place, '::after');
                return [tip.content, tip.display]";
            assert_eq!(page.run(shown)[0], "none");
            page.run("document.querySelector('time').focus({focusVisible: true})");
            let exact = page.run("return document.querySelector('time').getAttribute('aria-description')");
            let exact = exact.as_str().unwrap_or_default().to_owned();
            assert!(exact.contains("202"), "{exact}");
            wait_until("the exact time is shown", || {
                page.run(shown)[0].as_str().is_some_and(|text| text.contains(&exact))
            });
            page.press(Key::Escape);
            assert_eq!(page.run(shown)[1], "none");
            page.press(Key::Tab);
            assert!(
                page.run("return document.documentElement.dataset.tips ?? null")
                    .is_null()
            );
        });
    }
}
