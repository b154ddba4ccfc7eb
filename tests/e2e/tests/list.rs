//! The list of secrets: all of them, said truthfully, whatever the server does.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Page, Vocabulary, wait_until};
    use serde_json::json;

    /// The path of the pages behind the first.
    const LATER: &str = "workspace_secrets?limit=1000";

    fn status(page: &Page, text: &str) {
        page.status("List status").wait_text(text);
    }

    /// Moves the clock of the page.
    fn hours_later(page: &Page, hours: u32) {
        page.run(&format!(
            "const now = Date.now.bind(Date); Date.now = () => now() + {hours} * 3600e3;"
        ));
    }

    #[test]
    fn any_number_of_secrets_is_said_as_it_is() {
        Journey::named("numbers").take(|world| {
            let page = &world.page;
            let empty = world.workspace_of("None", 0);
            world.open(&format!("/workspaces/{empty}/secrets"));
            page.main_landmark().wait_text("No secrets yet");
            status(page, "0 secrets");
            for number in [1, 49, 50, 51] {
                let workspace = world.workspace_of(&format!("Of {number}"), number);
                world.open(&format!("/workspaces/{workspace}/secrets"));
                let noun = if number == 1 { "secret" } else { "secrets" };
                status(page, &format!("{number} {noun}"));
                page.table("Secrets").wait_rows(number);
                page.table("Secrets").row("SECRET_000").wait();
                page.run("scrollTo(0, document.body.scrollHeight)");
                page.table("Secrets").row(&format!("SECRET_{:03}", number - 1)).wait();
            }
        });
    }

    #[test]
    fn a_hundred_thousand_are_searched_sorted_and_selected() {
        Journey::named("many").with(&["--seed", "100000"]).take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Bulk");
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.table("Secrets").row_links().wait();
            status(page, "100,000 secrets");
            let table = page.table("Secrets");
            table.wait_rows(100_000);
            page.searchbox("Search secrets").fill("_099999");
            table.wait_rows(1);
            assert_eq!(table.row_links().count(), 1);
            page.searchbox("Search secrets").fill("");
            table.wait_rows(100_000);
            wait_until("unasked, it is sorted by name", || {
                table.column("Name").attribute("aria-sort").as_deref() == Some("ascending")
            });
            let names = table.row_links().names();
            assert!(names.is_sorted(), "{names:?}");
            table.column("Name").button("Name").click();
            wait_until("it is sorted the other way", || {
                let names = table.row_links().names();
                names.len() > 9 && names.is_sorted_by(|one, other| one >= other)
            });
            page.run("scrollTo(0, document.body.scrollHeight)");
            wait_until("the last row is drawn", || {
                let last = "return [...document.querySelectorAll('tbody tr[aria-rowindex]')]
                    .some(row => row.ariaRowIndex === '100000' && !row.hidden)";
                page.run(last) == true
            });
            page.checkbox("Select all shown").click();
            page.dialog("Selection").wait_text("100,000 selected");
            assert!(
                page.table("Secrets").any(&["row"]).count() < 80,
                "only rows in sight are drawn"
            );
        });
    }

    #[test]
    fn reading_can_be_stopped_and_goes_on_where_it_was() {
        Journey::named("stop").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Stopped", 60);
            world
                .api
                .fault(&json!({"method": "GET", "path": LATER, "times": 1, "delayMs": 4000}));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "50 loaded…");
            page.table("Secrets").wait_rows(50);
            page.button("Stop loading").click();
            status(page, "Stopped at 50. There may be more.");
            page.button("Stop loading").wait_gone();
            page.button("Resume loading").click();
            status(page, "60 secrets");
            page.button("Resume loading").wait_gone();
            page.table("Secrets").wait_rows(60);
        });
    }

    #[test]
    fn a_limit_and_a_busy_server_are_waited_for() {
        for (code, why) in [(429, "Rate limited"), (503, "Server busy")] {
            Journey::named(&format!("waits-{code}")).take(|world| {
                let page = &world.page;
                let workspace = world.workspace_of("Waiting", 60);
                world.expect_status(code);
                world
                    .api
                    .fault(&json!({"method": "GET", "path": LATER, "times": 1, "status": code, "retryAfter": "8"}));
                world.open(&format!("/workspaces/{workspace}/secrets"));
                status(page, why);
                status(page, "50 loaded");
                page.main_landmark().wait_text("Resuming in");
                assert!(page.button("Stop loading").exists() && page.button("Resume loading").exists());
                status(page, "60 secrets");
                assert!(!page.alert().exists(), "what goes on by itself is no alert");
            });
        }
    }

    #[test]
    fn a_cursor_that_comes_again_ends_it_and_is_said() {
        Journey::named("same-cursor").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Round and round", 60);
            world
                .api
                .fault(&json!({"method": "GET", "path": "/workspace_secrets", "times": 0, "kind": "sameCursor"}));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "the server repeated a cursor. There may be more.");
            assert!(world.api.list_queries().len() < 5, "it does not go round");
            let (code, answer) = world.api.send("DELETE", "/_test/faults", None);
            assert!((200..300).contains(&code), "{code} {answer}");
            page.button("Refresh").click();
            status(page, "60 secrets");
        });
    }

    #[test]
    fn leaving_ends_the_reading_and_coming_back_finds_the_list() {
        Journey::named("leaving").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Left", 60);
            world
                .api
                .fault(&json!({"method": "GET", "path": LATER, "times": 1, "delayMs": 3000}));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.table("Secrets").link("SECRET_001").click();
            page.wait_view("SECRET_001");
            let asked = world.api.list_queries().len();
            page.back();
            page.wait_view("Secrets");
            page.table("Secrets").wait_rows(60);
            status(page, "60 secrets");
            let again = &world.api.list_queries()[asked..];
            assert!(
                again.iter().all(|query| query.contains("cursor=")),
                "what is here is not read again: {again:?}"
            );
            // And what is complete is not asked for at all.
            page.table("Secrets").link("SECRET_001").click();
            page.wait_view("SECRET_001");
            let asked = world.api.list_queries().len();
            page.back();
            status(page, "60 secrets");
            assert_eq!(world.api.list_queries().len(), asked);
        });
    }

    #[test]
    fn what_others_do_meanwhile_is_merged() {
        Journey::named("meanwhile").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Moving", 70);
            let before = world.api.secrets(&workspace);
            let id = |number: usize| before[number]["metadata"]["id"].as_str().expect("an id").to_owned();
            world
                .api
                .fault(&json!({"method": "GET", "path": LATER, "times": 1, "delayMs": 4000}));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "50 loaded…");
            let path = |number| format!("/v1/workspaces/{workspace}/workspace_secrets/{}", id(number));
            for number in [3, 60] {
                assert_eq!(world.api.send("DELETE", &path(number), None).0, 200);
            }
            world.api.secret(&workspace, &json!({"name": "PUT_MEANWHILE"}), "v");
            status(page, " secrets");
            page.button("Refresh").click();
            status(page, "69 secrets");
            page.searchbox("Search secrets").fill("PUT_MEANWHILE");
            page.table("Secrets").wait_rows(1);
            page.table("Secrets").link("PUT_MEANWHILE").wait();
            page.searchbox("Search secrets").fill("SECRET_003");
            page.main_landmark().wait_text("No results");
        });
    }

    #[test]
    fn a_tab_of_four_hours_ago_is_refreshed_without_a_jump() {
        // A tab that locks by itself has no list after four hours: tests/locking.rs.
        let config = json!({"apiBaseUrl": "/", "idleLockMinutes": 0});
        Journey::named("old-tab").configured(&config).take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Old", 90);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "90 secrets");
            page.run("scrollTo(0, 1500)");
            let in_sight = || {
                page.run("return [...document.querySelectorAll('tbody th a')].map(it => [it.textContent, Math.round(it.getBoundingClientRect().top)])
                    .filter(it => it[1] > 100 && it[1] < 700).sort().slice(0, 5)")
            };
            page.table("Secrets").link("SECRET_040").wait();
            let before = in_sight();
            hours_later(page, 4);
            let secrets = world.api.secrets(&workspace);
            // One above what is in sight, and one below it.
            for number in [10, 80] {
                let id = secrets[number]["metadata"]["id"].as_str().expect("an id");
                let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
                assert_eq!(world.api.send("DELETE", &path, None).0, 200);
            }
            world.api.secret(&workspace, &json!({"name": "FOUR_HOURS_LATER"}), "v");
            page.run("[...document.querySelectorAll('main button')].find(it => it.ariaLabel === 'Refresh').click()");
            status(page, "89 secrets");
            wait_until("nothing moves under the eyes", || in_sight() == before);
            page.run("scrollTo(0, 0)");
            page.table("Secrets").link("FOUR_HOURS_LATER").wait();
            assert!(!page.table("Secrets").link("SECRET_080").exists());
            // Coming back to a list that old reads it again by itself.
            page.table("Secrets").link("FOUR_HOURS_LATER").click();
            page.wait_view("FOUR_HOURS_LATER");
            hours_later(page, 4);
            world.api.secret(&workspace, &json!({"name": "EIGHT_HOURS_LATER"}), "v");
            page.back();
            status(page, "90 secrets");
        });
    }

    #[test]
    fn what_is_made_and_changed_here_is_in_the_list_at_once() {
        Journey::named("own-changes").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Own", 3);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "3 secrets");
            let asked = world.api.list_queries().len();
            page.button("New secret").click();
            page.textbox("Name").fill("MADE_HERE");
            page.textbox("Value").fill("v");
            page.button("Create secret").click();
            page.wait_view("MADE_HERE");
            page.navigation("Breadcrumbs").link("Secrets").click();
            page.wait_view("Secrets");
            page.table("Secrets").link("MADE_HERE").wait();
            status(page, "4 secrets");
            assert_eq!(world.api.list_queries().len(), asked, "nobody had to be asked");
            page.table("Secrets").link("MADE_HERE").click();
            page.button("Edit").click();
            page.textbox("Name").fill("CHANGED_HERE");
            page.button("Review changes").click();
            page.button("Save changes").click();
            page.wait_view("CHANGED_HERE");
            page.navigation("Breadcrumbs").link("Secrets").click();
            page.table("Secrets").link("CHANGED_HERE").wait();
            assert!(!page.table("Secrets").link("MADE_HERE").exists());
        });
    }

    #[test]
    fn while_it_is_read_the_server_is_searched() {
        Journey::named("server-search").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Searched there", 80);
            world
                .api
                .fault(&json!({"method": "GET", "path": LATER, "times": 1, "delayMs": 6000}));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            status(page, "50 loaded…");
            page.searchbox("Search secrets").fill("SECRET_077");
            page.table("Secrets").link("SECRET_077").wait();
            status(page, "Names searched on the server");
            status(page, "loaded…");
            status(page, "80 secrets");
            page.table("Secrets").wait_rows(1);
            page.searchbox("Search secrets").fill("");
            page.table("Secrets").wait_rows(80);
        });
    }

    #[test]
    fn a_deep_link_leads_to_the_very_state() {
        Journey::named("deep-link").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Deep", 60);
            let address = format!("/workspaces/{workspace}/secrets?q=SECRET_05&info=1&sort=name&dir=desc");
            world.open(&address);
            page.table("Secrets").wait_rows(10);
            wait_until("it is sorted", || {
                page.table("Secrets").row_links().names().first().map(String::as_str) == Some("SECRET_059")
            });
            assert_eq!(page.searchbox("Search secrets").value(), "SECRET_05");
            let asked = world.api.list_queries();
            assert!(
                asked.iter().any(|query| query.contains("includeInfo=true")),
                "{asked:?}"
            );
            page.table("Secrets").row("SECRET_059").wait_text("Never");
            page.table("Secrets").column("Name").button("Name").click();
            page.wait_address(&format!("/workspaces/{workspace}/secrets?q=SECRET_05&info=1"));
        });
    }
}
