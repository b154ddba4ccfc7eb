//! The main journeys, in every engine. They are told with nothing but WebDriver, and kept short where the journeys in
//! Chromium tell the same at length. What the engines differ in is in docs/browsers.md.

#[cfg(test)]
mod tests {
    use std::fs;

    use e2e::locked::{NAME, VALUE, lock_now, open_a_secret};
    use e2e::process::repository;
    use e2e::{Engine, Journey, Key, LocalApi, Page, Vocabulary, World, wait_until};
    use serde_json::{Value, json};

    /// Each of these is a test in each engine.
    macro_rules! in_engines {
        ($($module:ident: $engine:ident { $($journey:ident)* })*) => {
            $(mod $module {
                $(#[test] fn $journey() { super::$journey(e2e::Engine::$engine); })*
            })*
        };
    }

    in_engines! {
        chromium: Chromium {
            connects lists creates_from_a_paste edits conflicts deletes_with_undo locks drafts palette copies deep_link
            keeps_the_policy looks_right
        }
        firefox: Firefox {
            connects lists creates_from_a_paste edits conflicts deletes_with_undo locks drafts palette copies deep_link
            asks_again keeps_the_policy looks_right
        }
        webkit: WebKit {
            connects lists creates_from_a_paste edits conflicts deletes_with_undo locks drafts palette copies deep_link
            asks_again keeps_the_policy looks_right
        }
    }

    /// A secret that is open for editing: its workspace, its id and its address.
    fn edit(world: &World, metadata: &Value) -> (String, String, String) {
        let workspace = world.api.workspace("Edited");
        let id = world.api.secret(&workspace, metadata, "the-value-before");
        let address = format!("/workspaces/{workspace}/secrets/{id}");
        world.open(&format!("{address}/edit"));
        world.page.textbox("Name").wait();
        (workspace, id, address)
    }

    fn save(page: &Page) {
        page.button("Review changes").click();
        page.list("Changes").wait();
        page.button("Save changes").click();
    }

    fn connects(engine: Engine) {
        Journey::named("connects").in_engine(engine).take(|world| {
            let page = &world.page;
            world.expect_status(401);
            page.visit("/connect");
            page.wait_view("Connect");
            // What the engine itself tells a screen reader.
            for (locator, role, name) in [
                (page.textbox("API base URL"), "textbox", "API base URL"),
                (page.button("Connect"), "button", "Connect"),
                (page.heading("Connect"), "heading", "Connect"),
            ] {
                assert_eq!(locator.spoken(), (role.to_owned(), name.to_owned()));
            }
            assert_eq!(page.textbox("API key").spoken().1, "API key");
            world.connect_with("not-a-key-of-this-server");
            page.alert().wait_text("doesn't accept this API key");
            world.connect_with(&world.api.key);
            page.wait_view("Workspaces");
            page.wait_address("/workspaces");
            // The row is the link, and nothing but the row.
            let link_at = "const rows = [...document.querySelectorAll('tr.workspace')];
                const boxes = rows.map(row => row.getBoundingClientRect());
                const points = boxes.map(it => [it.left + it.width / 2, it.top + it.height / 2]);
                points.push([innerWidth / 2, innerHeight - 40]);
                return points.map(([x, y]) => document.elementFromPoint(x, y).closest('a')?.textContent ?? '').join()";
            assert_eq!(page.run(link_at), "Empty,Production,Research,Staging,");
            page.table("Workspaces").link("Production").click();
            page.wait_view("Secrets");
            let search = page.searchbox("Search secrets").spoken();
            assert_eq!(search, ("searchbox".to_owned(), "Search secrets".to_owned()));
            page.assert_nowhere(&world.api.key, &[]);
        });
    }

    fn lists(engine: Engine) {
        Journey::named("lists").in_engine(engine).with(&["--seed", "10000"]).take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Bulk");
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("10,000 secrets");
            let table = page.table("Secrets");
            page.searchbox("Search secrets").fill("_009999");
            wait_until("it is filtered", || table.row_links().count() == 1);
            page.searchbox("Search secrets").fill("");
            wait_until("it is whole again", || table.row_links().count() > 9);
            let first = table.row_links().names().first().cloned();
            table.column("Name").button("Name").click();
            wait_until("it is sorted the other way", || {
                let names = table.row_links().names();
                names.first() != first.as_ref() && names.len() > 9 && names.is_sorted_by(|one, other| one >= other)
            });
            // To the end and into the middle: there is always a row where one looks.
            for share in ["1", "0.5"] {
                page.run(&format!("scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * {share})"));
                let drawn = "const box = document.elementFromPoint(innerWidth / 3, innerHeight / 2)?.closest('tr[aria-rowindex]');
                    return box?.querySelector('a')?.textContent ?? ''";
                wait_until("the row in the middle of the window is drawn", || {
                    page.run(drawn).as_str().is_some_and(|name| !name.is_empty())
                });
                assert!(table.row_links().count() < 80, "only rows in sight are in the page");
            }
            page.run("scrollTo(0, document.documentElement.scrollHeight)");
            let last = first.unwrap_or_default();
            table.row(&last).wait();
            table.checkbox(&format!("Select {last}")).click();
            page.dialog("Selection").wait_text("1 selected");
            page.checkbox("Select all shown").click();
            page.dialog("Selection").wait_text("10,000 selected");
            page.press(Key::Escape);
            page.dialog("Selection").wait_gone();
        });
    }

    fn creates_from_a_paste(engine: Engine) {
        const PEM: &str = "-----BEGIN CERTIFICATE-----\nTWFu\n-----END CERTIFICATE-----\n";
        Journey::named("creates").in_engine(engine).take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Created in");
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.button("New secret").click();
            page.wait_view("New secret");
            page.textbox("Name").fill("TLS_CERTIFICATE");
            page.put_into_clipboard(PEM);
            page.run("document.querySelector('textarea').focus()");
            page.press_with_ctrl('v');
            wait_until("it is pasted", || page.textbox("Value").value() == PEM);
            page.main_landmark().wait_text("1 valid PEM block");
            page.group("Labels").button("Add label").click();
            page.group("Labels").textbox("Label key").fill("env");
            page.group("Labels").textbox("Label value").fill("prod");
            page.button("Create secret").click();
            page.wait_view("TLS_CERTIFICATE");
            let made = &world.api.secrets(&workspace)[0];
            assert_eq!(made["metadata"]["labels"], json!({"env": "prod"}));
            let id = world.api.secret_named(&workspace, "TLS_CERTIFICATE");
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some(PEM));
            page.assert_nowhere("TWFu", &[]);
        });
    }

    fn edits(engine: Engine) {
        Journey::named("edits").in_engine(engine).take(|world| {
            let page = &world.page;
            let (workspace, id, address) = edit(world, &json!({"name": "EDITED"}));
            let value = || world.api.value(&workspace, &id);
            page.textbox("External ID").fill("x-1");
            save(page);
            page.wait_address(&address);
            assert_eq!(value().as_deref(), Some("the-value-before"), "Keep sends nothing of it");
            assert_eq!(world.api.read(&workspace, &id)["metadata"]["externalId"], "x-1");
            page.button("Edit").click();
            page.radio("Replace").click();
            page.textbox("New value").fill("replaced-canary");
            save(page);
            page.wait_address(&address);
            assert_eq!(value().as_deref(), Some("replaced-canary"));
            page.assert_nowhere("replaced-canary", &[]);
            page.button("Edit").click();
            page.radio("Clear").click();
            save(page);
            page.wait_address(&address);
            assert_eq!(value().unwrap_or_default(), "");
        });
    }

    fn conflicts(engine: Engine) {
        Journey::named("conflicts").in_engine(engine).take(|world| {
            let page = &world.page;
            let (workspace, id, address) = edit(world, &json!({"name": "OLD"}));
            page.textbox("Name").fill("YOURS");
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
            let body = json!({"metadata": {"name": "THEIRS"}, "updateMask": "metadata.name"});
            assert_eq!(world.api.send("PATCH", &path, Some(&body)).0, 200);
            page.button("Review changes").click();
            page.button("Save changes").click();
            page.heading("Someone else changed this secret").wait();
            page.group("Name").radio("Yours: “YOURS”").click();
            page.button("Continue to review").click();
            page.list("Changes").wait_text("THEIRS");
            page.button("Save changes").click();
            page.wait_address(&address);
            page.wait_view("YOURS");
            assert_eq!(world.api.calls("PATCH", &path), 2, "theirs and yours");
        });
    }

    fn deletes_with_undo(engine: Engine) {
        Journey::named("deletes").in_engine(engine).take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Deleted in");
            let id = world.api.secret(&workspace, &json!({"name": "SPARED"}), "v");
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            let delete = || {
                page.button("Delete").click();
                page.alertdialog("Delete secret").button("Delete").click();
                page.wait_view("Secrets");
                page.group("Deletion").wait_text("Deleting SPARED in");
            };
            delete();
            page.group("Deletion").button("Undo").click();
            page.group("Deletion").wait_gone();
            // The focus is on its row, whose hint opens: WebKit was seen never to end to lay that out.
            page.run("return new Promise(done => setTimeout(done, 600))");
            page.table("Secrets").link("SPARED").wait();
            page.table("Secrets").link("SPARED").click();
            page.wait_view("SPARED");
            assert_eq!(world.api.calls("DELETE", &path), 0);
            delete();
            wait_until("it is deleted", || world.api.calls("DELETE", &path) == 1);
            assert!(world.api.secrets(&workspace).is_empty());
        });
    }

    fn locks(engine: Engine) {
        Journey::named("locks")
            .in_engine(engine)
            .returning_values()
            .take(|world| {
                let page = &world.page;
                let address = open_a_secret(world);
                page.button("Reveal value").click();
                page.main_landmark().wait_text(VALUE);
                lock_now(page);
                for text in [&world.api.key, VALUE, NAME] {
                    page.assert_nowhere(text, &[]);
                }
                assert!(!page.navigation("Main").exists() && !page.button("Account menu").exists());
                world.connect_with(&world.api.key);
                page.wait_view(NAME);
                assert_eq!(page.address(), address);
                page.assert_nowhere(VALUE, &[]);
            });
    }

    fn drafts(engine: Engine) {
        Journey::named("drafts").in_engine(engine).take(|world| {
            let page = &world.page;
            let (workspace, id, address) = edit(world, &json!({"name": "OLD"}));
            page.textbox("Name").fill("DRAFTED");
            page.radio("Replace").click();
            page.textbox("New value").fill("drafted-canary");
            let has_draft = || page.run("return Object.keys(sessionStorage).some(it => it.includes('draft'))") == true;
            wait_until("a draft is kept", has_draft);
            page.run("return new Promise(resolve => setTimeout(resolve, 800))");
            page.reload();
            page.heading("Connect").wait();
            page.assert_nowhere("drafted-canary", &[]);
            world.connect_with(&world.api.key);
            page.main_landmark().wait_text("Draft from");
            assert_eq!(page.textbox("Name").value(), "DRAFTED");
            wait_until("the value is there", || {
                page.textbox("New value").value() == "drafted-canary"
            });
            save(page);
            page.wait_address(&address);
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("drafted-canary"));
            assert!(!has_draft(), "what is saved is no draft");
        });
    }

    fn palette(engine: Engine) {
        Journey::named("palette").in_engine(engine).take(|world| {
            let page = &world.page;
            let id = world.workspace_of("By palette", 3);
            world.open("/workspaces");
            page.wait_view("Workspaces");
            let open = |typed: &str| {
                page.press_with_ctrl('k');
                let field = page.combobox("Go to or run");
                wait_until("the focus is in the field", || field.is_focused());
                page.type_text(typed);
            };
            open("by pal");
            page.press(Key::Enter);
            page.wait_address(&format!("/workspaces/{id}/secrets"));
            page.table("Secrets").row("SECRET_002").wait();
            open("secret_002");
            page.press(Key::Enter);
            page.wait_view("SECRET_002");
            open("delete");
            page.press(Key::Enter);
            page.alertdialog("Delete secret").wait();
            page.press(Key::Escape);
            page.alertdialog("Delete secret").wait_gone();
        });
    }

    fn copies(engine: Engine) {
        let config = json!({"apiBaseUrl": "/", "clipboardSeconds": 4});
        let journey = Journey::named("copies")
            .in_engine(engine)
            .returning_values()
            .configured(&config);
        journey.take(|world| {
            let page = &world.page;
            open_a_secret(world);
            page.button("Copy name").click();
            wait_until("the name is copied", || page.pasted() == NAME);
            // The value is read only now. An engine that lets a page write only straight from the press refuses, and that
            // is said at once.
            let notices = page.status("Notifications");
            page.button("Copy value").click();
            wait_until("it says whether it is copied", || {
                let text = notices.text();
                text.contains("Clipboard clears in 4 s") || text.contains("blocked")
            });
            if notices.text().contains("blocked") {
                assert_eq!(page.pasted(), NAME, "nothing else is claimed");
                return;
            }
            assert_eq!(page.pasted(), VALUE);
            wait_until("it says what became of the clipboard", || {
                let text = notices.text();
                text.contains("Clipboard cleared.") || text.contains("Clipboard not cleared")
            });
            if notices.text().contains("Clipboard cleared.") {
                assert_eq!(page.pasted(), "");
            }
        });
    }

    fn deep_link(engine: Engine) {
        Journey::named("deep-link").in_engine(engine).take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Deep");
            let metadata = json!({"name": "DEEP/ÜBER?#1"});
            let id = world.api.secret(&workspace, &metadata, "deep-value");
            let address = format!("/workspaces/{workspace}/secrets/{id}");
            world.open(&address);
            page.wait_view("DEEP/ÜBER?#1");
            let list = format!("/workspaces/{workspace}/secrets?q=DEEP&order=desc");
            world.open(&list);
            page.table("Secrets").link("DEEP/ÜBER?#1").click();
            page.wait_address(&address);
            page.back();
            page.wait_address(&list);
            assert_eq!(page.searchbox("Search secrets").value(), "DEEP");
        });
    }

    // Not in Chromium: there the import may find the file without asking again, or not, and says so or not.
    fn asks_again(engine: Engine) {
        Journey::named("asks-again").in_engine(engine).take(|world| {
            let page = &world.page;
            world.expect_status(404);
            world.api.miss_file("strongroom-");
            page.visit("/connect");
            page.wait_view("Connect");
            let kept = "return sessionStorage.getItem('strongroom.reloaded')";
            assert_eq!(page.run(kept), Value::Null, "it may be loaded again another time");
        });
    }

    fn keeps_the_policy(engine: Engine) {
        Journey::named("policy").in_engine(engine).take(|world| {
            let page = &world.page;
            // A server that would answer this page.
            let elsewhere = LocalApi::start("elsewhere", &["--cors-origin".to_owned(), world.api.address.clone()]);
            world.open("/workspaces");
            page.wait_view("Workspaces");
            let heard = || {
                let log = page.log().into_iter().map(|it| it.message);
                log.filter(|it| it.contains("securitypolicyviolation"))
                    .collect::<Vec<_>>()
            };
            assert!(heard().is_empty(), "{:?}", heard());
            let tried = page.run(&format!(
                "return (async () => {{
                     const tried = {{}};
                     const attempt = async (what, act) => {{
                         try {{ tried[what] = (await act()) ?? 'done'; }} catch {{ tried[what] = 'refused'; }}
                     }};
                     await attempt('elsewhere', () => fetch('{}/elsewhere'));
                     await attempt('script', () => {{
                         const script = document.createElement('script');
                         script.textContent = 'window.__ran = true';
                         document.body.append(script);
                         if (!window.__ran) throw 'not run';
                     }});
                     await attempt('style', () => {{
                         document.body.setAttribute('style', 'outline: 7px solid red');
                         if (getComputedStyle(document.body).outlineWidth !== '7px') throw 'not applied';
                     }});
                     await attempt('markup', () => {{
                         document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>';
                     }});
                     tried.trustedTypes = !!window.trustedTypes;
                     return tried;
                 }})()",
                elsewhere.address
            ));
            for what in ["elsewhere", "script", "style"] {
                assert_eq!(tried[what], "refused", "{what}: {tried}");
            }
            let markup = if tried["trustedTypes"] == true {
                "refused"
            } else {
                "done"
            };
            assert_eq!(tried["markup"], markup, "{tried}");
            assert_eq!(elsewhere.calls("GET", "/elsewhere"), 0);
            wait_until("the violations are heard", || heard().len() >= 2);
            world.expect_in_console("securitypolicyviolation");
            if engine == Engine::Chromium {
                for said in ["Content Security Policy", "requires 'TrustedScript'"] {
                    world.expect_in_console(said);
                }
            }
        });
    }

    /// Leaves a picture, to be looked at beside those of the other engines.
    fn keep_picture(page: &Page, what: &str) {
        let folder = repository().join("target/engines");
        fs::create_dir_all(&folder).expect("a folder for the pictures");
        let name = format!("{what}-{}.png", page.engine().name());
        fs::write(folder.join(name), page.picture()).expect("writing a picture");
    }

    /// What is wrong with the open menu: it is as high as what it holds, in the window, and beside the element that it
    /// hangs from.
    fn menu_faults(page: &Page, button: &str) -> Value {
        page.run(&format!(
            "const menu = document.querySelector(':popover-open'), box = menu.getBoundingClientRect();
             const button = document.querySelector({}).getBoundingClientRect();
             const items = [...menu.querySelectorAll('.menu-item')].filter(it => it.checkVisibility());
             const faults = items.filter(it => it.getBoundingClientRect().height > 48).map(it => `${{it.textContent}} is stretched`);
             if (items.length < 2) faults.push('there are no items');
             const room = box.bottom - Math.max(...items.map(it => it.getBoundingClientRect().bottom));
             if (menu.scrollWidth > menu.clientWidth && getComputedStyle(menu).overflowX !== 'hidden') faults.push('it scrolls sideways');
             if (room > 24) faults.push(`there is room of ${{room}} px below the last item`);
             if (box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) faults.push('it is not in the window');
             const away = Math.min(Math.abs(box.top - button.bottom), Math.abs(button.top - box.bottom));
             if (away > 24) faults.push(`it is ${{away}} px away from its button`);
             return faults;",
            Value::from(button)
        ))
    }

    fn looks_right(engine: Engine) {
        Journey::named("looks").in_engine(engine).take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Production");
            let list = format!("/workspaces/{workspace}/secrets");
            world.open(&list);
            page.status("List status").wait_text("39 secrets");
            let table = page.table("Secrets");
            let fits = |what: &str| {
                let wide = page.sideways();
                assert!(wide.is_empty(), "{what}: {wide:?}");
            };
            keep_picture(page, "list");
            fits("list");
            for name in ["DATABASE_URL", "FTP_PARTNER_PASSWORD", "GITHUB_WEBHOOK_SECRET"] {
                table.button(&format!("Actions for {name}")).click();
                page.menu_item("Replace value").wait();
                if name == "FTP_PARTNER_PASSWORD" {
                    keep_picture(page, "row-menu");
                }
                let faults = menu_faults(page, ".row-anchor");
                assert_eq!(faults, json!([]), "the menu of {name}");
                page.press(Key::Escape);
                page.menu_item("Replace value").wait_gone();
            }
            table.button("Actions for DATABASE_URL").click();
            page.menu_item("Replace value").click();
            let dialog = page.dialog("Replace value of DATABASE_URL");
            dialog.wait();
            keep_picture(page, "dialog");
            let middle = "const box = document.querySelector('dialog[open]').getBoundingClientRect();
                return Math.abs(box.left + box.right - innerWidth) < 40 && box.top >= 0 && box.bottom <= innerHeight";
            assert_eq!(page.run(middle), true, "the dialog is in the middle of the window");
            dialog.button("Cancel").click();
            dialog.wait_gone();
            for (open, what) in [("View", "view"), ("Account menu", "account")] {
                page.button(open).click();
                wait_until("it is open", || page.run("return !!document.querySelector(':popover-open')") == true);
                page.run("return new Promise(done => setTimeout(done, 300))");
                keep_picture(page, what);
                let inside = "const box = document.querySelector(':popover-open').getBoundingClientRect();
                    return box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth && box.left > innerWidth / 3";
                assert_eq!(page.run(inside), true, "{open} hangs from its button");
                page.press(Key::Escape);
            }
            page.press_with_ctrl('k');
            page.dialog("Command palette").wait();
            page.type_text("stripe");
            page.run("return new Promise(done => setTimeout(done, 300))");
            keep_picture(page, "palette");
            fits("palette");
            let bar = "const it = document.querySelector('dialog[open]'); return it.offsetWidth - it.clientWidth";
            assert_eq!(page.run(bar), 0, "beside the field there is no scroll bar");
            page.press(Key::Escape);
            page.dialog("Command palette").wait_gone();
            let id = world.api.secret_named(&workspace, "DATABASE_URL");
            world.open(&format!("{list}/{id}/edit"));
            page.radio("Replace").click();
            page.textbox("New value").fill("postgres://example");
            keep_picture(page, "edit");
            fits("edit");
        });
    }
}
