//! Locking: when nobody is there, and when asked; and disconnecting, which leaves nothing. What one tab does to
//! others is in `locking_tabs.rs`.

#[cfg(test)]
mod tests {
    use e2e::locked::{NAME, VALUE, is_empty_handed, lock_now, open_a_secret};
    use e2e::{Journey, Page, Theme, Vocabulary, wait_until};
    use serde_json::{Value, json};

    #[test]
    fn lock_now_wipes_the_page_and_a_key_brings_the_view_back() {
        Journey::named("lock-now").returning_values().take(|world| {
            let page = &world.page;
            let address = open_a_secret(world);
            page.button("Reveal value").click();
            page.main_landmark().wait_text(VALUE);
            lock_now(page);
            is_empty_handed(world);
            assert_eq!(page.address(), address);
            assert!(!page.navigation("Main").exists() && !page.button("Account menu").exists());
            for theme in Theme::ALL {
                page.emulate(theme, false);
                let found = page.violations();
                assert!(found.is_empty(), "{}: {}", theme.name(), found.join("\n"));
            }
            page.look_as_before();

            // A wrong key opens nothing.
            world.expect_status(401);
            world.connect_with("not-a-key-of-this-server");
            page.alert().wait_text("doesn't accept this API key");
            page.heading("Locked").wait();
            let form = page.named(&["form"], "Locked");
            assert!(form.textbox("API key").exists(), "its name says where one is");
            world.connect_with(&world.api.key);
            page.wait_view(NAME);
            assert_eq!(page.address(), address);
            page.assert_nowhere(VALUE, &[]);
            page.button("Account menu").wait();
        });
    }

    #[test]
    fn a_list_and_what_was_typed_go_too_and_so_does_a_key_that_was_kept() {
        Journey::named("lock-list").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Listed", 3);
            let list = format!("/workspaces/{workspace}/secrets");
            page.visit(&list);
            page.checkbox("Stay connected in this tab").click();
            world.connect_with(&world.api.key);
            page.table("Secrets").link("SECRET_001").wait();
            page.assert_nowhere(&world.api.key, &["session storage"]);
            page.press_with_ctrl('k');
            page.dialog("Command palette").wait();
            page.type_text("SECRET_002");
            page.press(e2e::Key::Enter);
            page.wait_view("SECRET_002");
            page.visit_by("Edit");
            page.wait_view("Edit SECRET_002");
            page.radio("Replace").click();
            page.textbox("New value").fill("hunter2-being-typed");
            page.run("return new Promise(done => setTimeout(done, 1000))");
            page.button("Account menu").click();
            page.button("Lock now").click();
            // A draft is kept, the value in it is not.
            page.alertdialog("Lock now?").button("Lock now").click();
            page.wait_view("Locked");
            for text in [&world.api.key, "SECRET_00", "hunter2-being-typed", "Listed"] {
                page.assert_nowhere(text, &[]);
            }
            page.reload();
            page.wait_view("Connect");
            page.visit(&list);
            page.wait_view("Connect");
        });
    }

    #[test]
    fn nobody_there_is_warned_of_and_then_locks() {
        let config = json!({"apiBaseUrl": "/", "idleLockMinutes": 2});
        Journey::named("idle")
            .returning_values()
            .configured(&config)
            .take(|world| {
                let page = &world.page;
                open_a_secret(world);
                page.pass(65);
                let warning = page.alertdialog("Are you still there?");
                warning.wait();
                warning.wait_text("seconds");
                for theme in Theme::ALL {
                    page.emulate(theme, false);
                    let found = page.violations();
                    assert!(found.is_empty(), "{}: {}", theme.name(), found.join("\n"));
                }
                page.look_as_before();
                page.button("Stay connected").click();
                warning.wait_gone();
                page.heading(NAME).wait();

                page.pass(65);
                warning.wait();
                page.press(e2e::Key::Escape);
                warning.wait_gone();

                page.pass(65);
                warning.wait();
                page.pass(58);
                page.wait_view("Locked");
                warning.wait_gone();
                is_empty_handed(world);
                world.connect_with(&world.api.key);
                page.wait_view(NAME);
                // It begins anew.
                page.pass(65);
                warning.wait();
                page.button("Lock now").click();
                page.wait_view("Locked");
            });
    }

    #[test]
    fn a_question_that_is_open_goes_with_the_page_and_nothing_is_sent_after() {
        Journey::named("lock-dialog").returning_values().take(|world| {
            let page = &world.page;
            page.control_timers();
            let address = open_a_secret(world);
            let lock = "new BroadcastChannel('strongroom').postMessage('lock')";
            page.button("Delete").click();
            let dialog = page.alertdialog("Delete secret");
            dialog.button("Delete").wait();
            page.run(lock);
            page.wait_view("Locked");
            dialog.wait_gone();
            is_empty_handed(world);
            world.connect_with(&world.api.key);
            page.wait_view(NAME);
            assert!(!dialog.exists());
            // And so does a delete that waits.
            page.button("Delete").click();
            dialog.button("Delete").click();
            page.group("Deletion").button("Undo").wait();
            page.run(lock);
            page.wait_view("Locked");
            page.fast_forward(11);
            is_empty_handed(world);
            world.connect_with(&world.api.key);
            page.table("Secrets").link(NAME).wait();
            page.fast_forward(11);
            assert_eq!(
                world.api.calls(
                    "DELETE",
                    &format!("/v1{}", address.replace("/secrets/", "/workspace_secrets/"))
                ),
                0
            );
        });
    }

    /// Everything that a page can keep in this browser, by kind.
    fn kept(page: &Page) -> Value {
        page.run(
            "return (async () => ({
                 session: Object.keys(sessionStorage),
                 local: Object.keys(localStorage),
                 databases: (await indexedDB.databases()).map(it => it.name),
                 caches: await caches.keys(),
                 cookies: document.cookie,
                 workers: (await navigator.serviceWorker.getRegistrations()).length,
                 files: await (async () => {
                     const names = [];
                     for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
                     return names;
                 })(),
             }))()",
        )
    }

    #[test]
    fn disconnecting_leaves_nothing_in_the_browser() {
        Journey::named("disconnect-wipes").returning_values().take(|world| {
            let page = &world.page;
            page.visit("/workspaces");
            page.checkbox("Stay connected in this tab").click();
            world.connect_with(&world.api.key);
            page.wait_view("Workspaces");
            page.button("Account menu").click();
            page.radio("Dark").wait();
            page.run("document.getElementById('theme-dark').click(); document.getElementById('shortcuts').click()");
            // As a page with something unsaved would leave it.
            page.run(
                "return (async () => {
                     const opened = indexedDB.open('strongroom', 1);
                     opened.onupgradeneeded = () => opened.result.createObjectStore('keys');
                     await new Promise(done => opened.onsuccess = done);
                     const key = await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']);
                     const put = opened.result.transaction('keys', 'readwrite').objectStore('keys').put([key, Date.now()], 'a tab');
                     await new Promise(done => put.onsuccess = done);
                     opened.result.close();
                     sessionStorage['strongroom.tab'] = 'a tab';
                     sessionStorage['strongroom.draft.a b new/c'] = 'AAAA';
                 })()",
            );
            let before = kept(page);
            for name in ["strongroom.session", "strongroom.tab", "strongroom.draft.a b new/c"] {
                assert!(before["session"].as_array().is_some_and(|names| names.iter().any(|it| it == name)), "{before}");
            }
            assert_eq!(before["databases"], json!(["strongroom"]));
            assert!(before["local"].as_array().is_some_and(|names| names.len() >= 2), "{before}");

            page.button("Disconnect").click();
            page.wait_view("Connect");
            let nothing = json!({
                "session": [], "local": [], "databases": [], "caches": [], "cookies": "", "workers": 0, "files": [],
            });
            wait_until("nothing is kept", || kept(page) == nothing);
            page.assert_nowhere(&world.api.key, &[]);
            assert_eq!(page.run("return getComputedStyle(document.documentElement).colorScheme"), "light dark");
            page.reload();
            page.wait_view("Connect");
            assert_eq!(kept(page), nothing);
        });
    }

    #[test]
    fn a_copied_value_is_taken_out_of_the_clipboard() {
        let config = json!({"apiBaseUrl": "/", "revealSeconds": 2, "clipboardSeconds": 3});
        Journey::named("clipboard")
            .returning_values()
            .configured(&config)
            .take(|world| {
                let page = &world.page;
                open_a_secret(world);
                page.button("Copy value").click();
                page.status("Notifications").wait_text("Clipboard clears in 3 s");
                assert_eq!(page.pasted(), VALUE);
                page.status("Notifications").wait_text("Clipboard cleared.");
                assert_eq!(page.pasted(), "");

                page.button("Copy value").click();
                wait_until("the value is copied", || page.pasted() == VALUE);
                lock_now(page);
                world.connect_with(&world.api.key);
                page.wait_view(NAME);
                wait_until("locking does not wait for the time", || page.pasted().is_empty());

                page.button("Reveal value").click();
                page.main_landmark().wait_text("Hides in");
                page.main_landmark().wait_text("Hidden");
                page.assert_nowhere(VALUE, &[]);
            });
    }
}
