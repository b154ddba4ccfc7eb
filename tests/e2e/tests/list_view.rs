//! How the list looks and what is said of it: what cannot be arranged says why, what is asked for is shown, and a screen
//! reader is not told of each page.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Page, Vocabulary, Window, World, wait_until};
    use serde_json::{Value, json};

    fn status(page: &Page, text: &str) {
        page.status("List status").wait_text(text);
    }

    /// Opens a workspace of three secrets with a query string; its address without it.
    fn open(world: &World, query: &str) -> String {
        let workspace = world.workspace_of("Looks", 3);
        let list = format!("/workspaces/{workspace}/secrets");
        world.open(&format!("{list}{query}"));
        status(&world.page, "3 secrets");
        list
    }

    #[test]
    fn what_cannot_be_arranged_says_why() {
        Journey::named("refused-columns").take(|world| {
            let page = &world.page;
            open(world, "");
            page.button("View").click();
            let panel = page.dialog("View");
            let why = |name: &str| {
                let button = panel.button(name);
                button.wait();
                assert_eq!(
                    button.attribute("aria-disabled").is_some(),
                    button.attribute("aria-description").is_some()
                );
                button.attribute("aria-description").unwrap_or_default()
            };
            assert_eq!(why("Move Name earlier"), "Name is already first.");
            assert_eq!(why("Move Name later"), "");
            assert_eq!(why("Move Last used later"), "Last used is already last.");
            assert_eq!(why("Move Last used earlier"), "");
            for way in ["earlier", "later"] {
                assert_eq!(why(&format!("Move Updated {way}")), "Updated is hidden. Show it first.");
            }
            panel.button("Move Name earlier").click();
            panel.button("Move Updated later").click();
            panel.checkbox("Name").click();
            assert!(panel.checkbox("Name").is_chosen(), "it stays");
            assert_eq!(
                page.run("return localStorage.getItem('strongroom.columns')"),
                Value::Null
            );
            panel.checkbox("Updated").click();
            assert_eq!(why("Move Updated later"), "Updated is already last.");
            assert_eq!(why("Move Last used later"), "");
            panel.button("Move Name later").click();
            wait_until("the first is another one", || why("Move Name earlier").is_empty());
        });
    }

    #[test]
    fn last_use_comes_with_the_list() {
        Journey::named("last-use").take(|world| {
            let page = &world.page;
            open(world, "");
            page.table("Secrets").row("SECRET_001").wait_text("Never");
            let asked = world.api.list_queries();
            assert!(
                asked.iter().all(|query| query.contains("includeInfo=true")),
                "{asked:?}"
            );
        });
    }

    #[test]
    fn on_demand_last_use_is_shown_by_whoever_asks_for_it() {
        let config = json!({"apiBaseUrl": "/", "lastUsed": "onDemand"});
        Journey::named("last-use-on-demand").configured(&config).take(|world| {
            let page = &world.page;
            let list = open(world, "");
            let last_used = page.table("Secrets").column("Last used");
            assert!(!last_used.exists());
            let asked = world.api.list_queries();
            assert!(!asked.iter().any(|query| query.contains("includeInfo")), "{asked:?}");
            page.button("View").click();
            page.dialog("View").checkbox("Last used").click();
            page.dialog("View").button("Close").click();
            last_used.wait();
            page.table("Secrets").row("SECRET_001").wait_text("Never");
            assert!(page.address().contains("info=1"), "{}", page.address());
            // An order by it asks for it, too.
            world.open(&format!("{list}?sort=last-used&dir=desc"));
            page.table("Secrets").row("SECRET_001").wait_text("Never");
        });
    }

    #[test]
    fn a_rate_limit_ends_the_last_use_and_is_said() {
        Journey::named("last-use-limited").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Limited", 60);
            world.expect_status(429);
            world.api.fault(
                &json!({"method": "GET", "path": "workspace_secrets?limit=1000", "times": 1, "status": 429, "retryAfter": "1"}),
            );
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "Last use not loaded: rate limited.");
            status(page, "60 secrets");
            page.table("Secrets").column("Last used").wait_gone();
            let asked = world.api.list_queries();
            let last = asked.last().expect("a request");
            assert!(last.contains("cursor=") && !last.contains("includeInfo"), "{asked:?}");
            page.button("View").click();
            page.dialog("View").checkbox("Last used").click();
            page.dialog("View").button("Close").click();
            page.table("Secrets").row("SECRET_001").wait_text("Never");
            assert!(!page.status("List status").text().contains("rate limited"));
        });
    }

    #[test]
    fn one_view_too_many_is_refused_and_nothing_typed_is_lost() {
        Journey::named("too-many-views").take(|world| {
            let page = &world.page;
            page.visit("/");
            page.heading("Connect").wait();
            page.run("localStorage.setItem('strongroom.views', [...Array(100).keys()].map(it => `q=a&view=V${100 + it}`).join('\\n'))");
            open(world, "?sort=name&dir=asc");
            page.button("View").click();
            let panel = page.dialog("View");
            let name = panel.textbox("View name");
            name.fill("One more");
            panel.button("Save view").click();
            panel.wait_text("No more than 100 views can be saved.");
            wait_until("the hand is led to the field", || name.is_focused());
            assert_eq!(name.value(), "One more");
            assert!(!panel.list("Saved views").button("One more").exists());
            panel.button("Delete V150").click();
            panel.list("Saved views").button("V150").wait_gone();
            panel.button("Save view").click();
            panel.list("Saved views").button("One more").wait();
            // One that is there can be replaced.
            name.fill("V101");
            panel.button("Save view").click();
            page.run("return new Promise(resolve => setTimeout(resolve, 300))");
            let kept = page.run("return localStorage.getItem('strongroom.views').split('\\n').filter(it => /V101|One/.test(it)).join()");
            assert_eq!(
                kept.as_str().unwrap_or_default().matches("sort=name").count(),
                2,
                "{kept}"
            );
        });
    }

    #[test]
    fn on_a_narrow_page_where_not_all_rows_are_drawn_the_search_is_led_as_well() {
        Journey::named("narrow-find").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Narrow", 24);
            page.resize(Window::of(320, 640));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "24 secrets");
            let drawn = page.run("return document.querySelectorAll('tbody [aria-rowindex]').length");
            assert!(drawn.as_u64().is_some_and(|drawn| drawn < 24), "{drawn} rows are drawn");
            page.press_with_ctrl('f');
            wait_until("it leads to the search box", || {
                page.searchbox("Search secrets").is_focused()
            });
        });
    }

    #[test]
    fn the_page_stays_where_it_is_when_a_menu_opens() {
        Journey::named("menu-stays").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Menus", 60);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("60 secrets");
            for name in ["SECRET_010", "SECRET_014"] {
                let button = page.table("Secrets").button(&format!("Actions for {name}"));
                button.point_at();
                let before = page.run("return scrollY");
                assert_ne!(before, 0, "the row is in the middle of the window");
                button.click();
                page.menu_item("Replace value").wait();
                wait_until("the focus is in the menu", || page.menu_item("Open").is_focused());
                assert_eq!(page.run("return scrollY"), before);
                page.press(Key::Escape);
                page.menu_item("Replace value").wait_gone();
            }
        });
    }

    #[test]
    fn a_screen_reader_is_not_told_of_each_page() {
        Journey::named("told-rarely").with(&["--seed", "30000"]).take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Bulk");
            page.visit(&format!("/workspaces/{workspace}/secrets"));
            page.heading("Connect").wait();
            page.run(
                "globalThis.told = []; globalThis.said = [];
                const note = (all, selector) => {
                    const text = document.querySelector(`.list-status ${selector}`)?.textContent;
                    if (text && all.at(-1) !== text) all.push(text);
                };
                new MutationObserver(() => { note(told, '[aria-live=polite]'); note(said, '[role=status]'); })
                    .observe(document, {subtree: true, childList: true, characterData: true});",
            );
            world.connect_with(&world.api.key);
            status(page, "30,000 secrets");
            let texts = |name: &str| {
                let texts = page.run(&format!("return {name}"));
                let texts = texts.as_array().cloned().unwrap_or_default();
                texts
                    .iter()
                    .filter_map(|text| text.as_str().map(str::to_owned))
                    .collect::<Vec<_>>()
            };
            wait_until("the end is told", || {
                texts("told").last().is_some_and(|last| last == "30,000 secrets")
            });
            let (told, said) = (texts("told"), texts("said"));
            assert!(told.iter().any(|text| text == "50 loaded…"), "{told:?}");
            assert!(said.len() > 15, "who looks sees each page: {said:?}");
            assert!(told.len() < 8, "who listens is not told: {told:?}");
        });
    }
}
