//! What an attack on the console found in a real browser, and only a browser can show: the program's memory, the page
//! cache, a translated page, a printed one, the clipboard, a program that has trapped, and a secret of 100,000 labels.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Page, Vocabulary, World, wait_until};
    use serde_json::{Value, json};

    /// How often a text is in the memory of the program, in UTF-8 or UTF-16.
    fn in_memory(page: &Page, text: &str) -> Value {
        let text = Value::from(text).to_string();
        page.run(&format!(
            "return (async () => {{
                const own = document.querySelector('script[data-wasm]')?.dataset.js;
                const glue = own ? await import(own) : globalThis.wasmBindings;
                // The glue answers with what it has.
                const {{ memory }} = await glue.default();
                const bytes = new Uint8Array(memory.buffer);
                const units = Uint16Array.from({text}, unit => unit.charCodeAt(0));
                let count = 0;
                for (const wanted of [new TextEncoder().encode({text}), new Uint8Array(units.buffer)]) {{
                    for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {{
                        if (wanted.every((byte, index) => bytes[at + index] === byte)) count += 1;
                    }}
                }}
                return count;
            }})()"
        ))
    }

    /// Goes to an address as a link does: without loading the page anew.
    fn follow(page: &Page, address: &str) {
        page.run(&format!(
            "const link = document.createElement('a');
             link.href = '{address}';
             document.body.append(link);
             link.click();
             link.remove();"
        ));
    }

    #[test]
    fn no_key_and_no_value_stay_in_the_memory_of_the_program() {
        Journey::named("memory").returning_values().take(|world| {
            let page = &world.page;
            let key = &world.api.key;
            let workspace = world.api.workspace("Memory");
            let body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n".repeat(20);
            let pem = format!("-----BEGIN PRIVATE KEY-----\n{body}-----END PRIVATE KEY-----\n");
            let id = world.api.secret(&workspace, &json!({"name": "PEM"}), &pem);
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.wait_view("PEM");
            page.button("Reveal value").wait();
            assert_ne!(in_memory(page, key), 0, "the search finds a key that is in memory");
            assert_eq!(
                in_memory(page, "ADANBgkqhkiG9w0BAQEF"),
                0,
                "a value that was never revealed"
            );
            // Everything that has to do with values: reveal, create, edit, import.
            let values = [
                "ADANBgkqhkiG9w0BAQEF",
                "created-canary-1",
                "edited-canary-2",
                "imported-canary-3",
                "kept-in-a-draft-4",
            ];
            let go = |below: &str| follow(page, &format!("/workspaces/{workspace}/secrets{below}"));
            let handle_values = || {
                page.button("Reveal value").click();
                page.button("Hide value").wait();
                page.button("Edit").click();
                page.radio("Replace").click();
                page.textbox("New value").fill(values[2]);
                page.button("Review changes").click();
                page.button("Save changes").click();
                page.button("Reveal value").click();
                page.main_landmark().wait_text(values[2]);
                let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
                let body = json!({"spec": {"value": pem}, "updateMask": "spec.value"});
                assert_eq!(world.api.send("PATCH", &path, Some(&body)).0, 200);
                go("/new");
                page.wait_view("New secret");
                page.textbox("Name").fill("CREATED");
                page.textbox("Value").fill(values[1]);
                page.button("Create secret").click();
                page.wait_view("CREATED");
                let made = world.api.secret_named(&workspace, "CREATED");
                let made = format!("/v1/workspaces/{workspace}/workspace_secrets/{made}");
                assert_eq!(world.api.send("DELETE", &made, None).0, 200);
                go("/new");
                page.wait_view("New secret");
                page.put_into_clipboard(&format!("FIRST={}\nSECOND={}\n", values[3], values[3]));
                page.run("document.getElementById('name').focus()");
                page.press_with_ctrl('v');
                page.list("Secrets to create").wait();
                page.button("Create 2 secrets").click();
                page.main_landmark().wait_text("2 secrets created.");
                for name in ["FIRST", "SECOND"] {
                    let made = world.api.secret_named(&workspace, name);
                    let made = format!("/v1/workspaces/{workspace}/workspace_secrets/{made}");
                    assert_eq!(world.api.send("DELETE", &made, None).0, 200);
                }
                page.link("View secrets").click();
                page.wait_view("Secrets");
                page.button("New secret").click();
                page.wait_view("New secret");
                page.textbox("Value").fill(values[4]);
            };
            let assert_gone = || {
                wait_until("the key is gone", || in_memory(page, key) == 0);
                for value in values {
                    wait_until(&format!("{value} is gone"), || in_memory(page, value) == 0);
                }
            };
            handle_values();
            page.run("document.activeElement.blur()");
            page.button("Account menu").click();
            page.button("Lock now").click();
            if page.button("Lock now").exists() {
                page.button("Lock now").click();
            }
            page.wait_view("Locked");
            assert_gone();
            world.connect_with(key);
            page.wait_view("New secret");
            page.navigation("Main").link("Workspaces").click();
            page.wait_view("Workspaces");
            go(&format!("/{id}"));
            page.wait_view("PEM");
            handle_values();
            page.run("document.activeElement.blur()");
            page.button("Account menu").click();
            page.button("Disconnect").click();
            page.any(&["dialog", "alertdialog"]).button("Disconnect").click();
            page.wait_view("Connect");
            assert_gone();
        });
    }

    #[test]
    fn a_key_is_for_the_server_that_it_was_typed_for() {
        let config = json!({"servers": [
            {"name": "Production", "apiBaseUrl": "/"},
            {"name": "Staging", "apiBaseUrl": "https://staging.example"},
        ]});
        Journey::named("key-for-one").configured(&config).take(|world| {
            let page = &world.page;
            page.visit("/connect");
            page.textbox("API key").fill("production-key");
            page.run(
                "const server = document.getElementById('server');
                 server.selectedIndex = 1;
                 server.dispatchEvent(new Event('change', { bubbles: true }));",
            );
            page.main_landmark()
                .wait_text("Key removed, because the server changed.");
            assert_eq!(page.textbox("API key").value(), "");
            page.textbox("API key").fill("staging-key");
            let paste = |address: &str| {
                page.run(&format!(
                    "const field = document.getElementById('base-url');
                     field.value = '{address}';
                     field.dispatchEvent(new Event('input', {{ bubbles: true }}));"
                ));
                page.textbox("API key").value()
            };
            assert_eq!(paste("https://staging.example/"), "staging-key", "the same server");
            assert_eq!(paste("https://staging.example.org"), "");
        });
    }

    #[test]
    fn a_name_with_its_value_is_held_once_and_can_be_split() {
        Journey::named("name-with-value").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Split");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            page.textbox("Name").fill("STRIPE_KEY=sk_live_abc");
            page.main_landmark().wait_text("Looks like a name with its value.");
            page.button("Create secret").click();
            page.main_landmark().wait_text("Not created yet");
            assert!(world.api.secrets(&workspace).is_empty());
            page.button("Split into name and value").click();
            wait_until("it is split", || page.textbox("Name").value() == "STRIPE_KEY");
            assert_eq!(page.textbox("Value").value(), "sk_live_abc");
            page.button("Create secret").click();
            page.wait_view("STRIPE_KEY");
        });
    }

    #[test]
    fn the_host_of_the_site_gets_no_key() {
        let config = json!({"apiBaseUrl": "https://api.example"});
        Journey::named("static-host").configured(&config).take(|world| {
            let page = &world.page;
            page.visit("/connect");
            page.textbox("API base URL").fill(&world.api.address);
            world.connect_with("a-key-for-the-api");
            page.main_landmark()
                .wait_text("This console may only connect to https://api.example.");
            assert_eq!(world.api.calls("GET", "/v1/whoami"), 0);
        });
    }

    #[test]
    fn a_page_from_the_page_cache_is_locked_and_deletes_nothing() {
        Journey::named("page-cache").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Cached");
            let id = world.api.secret(&workspace, &json!({"name": "CACHED"}), "a value");
            page.control_timers();
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.wait_view("CACHED");
            page.button("Delete").click();
            page.alertdialog("Delete secret").button("Delete").click();
            page.status("Notifications").wait_text("Deleting CACHED");
            // As the browser does when the user follows a link to another site.
            page.run("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
            page.wait_view("Locked");
            page.fast_forward(20);
            page.run("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
            page.wait_view("Locked");
            assert_eq!(world.api.secrets(&workspace).len(), 1);
        });
    }

    #[test]
    fn a_translated_page_keeps_names_and_links_together() {
        Journey::named("translated").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Translated", 60);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("60 secrets");
            assert_eq!(page.run("return document.documentElement.translate"), false);
            // What a translator does that takes no notice of that, once by moving the text and once by replacing it.
            for how in ["text", "text.cloneNode()"] {
                page.run(&format!(
                    "const walker = document.createTreeWalker(document.querySelector('tbody'), NodeFilter.SHOW_TEXT);
                     const texts = [];
                     while (walker.nextNode()) texts.push(walker.currentNode);
                     for (const text of texts) {{
                         const outer = document.createElement('font');
                         text.replaceWith(outer);
                         outer.appendChild(document.createElement('font')).append({how});
                     }}"
                ));
                for search in ["SECRET_03", "SECRET_01", ""] {
                    page.searchbox("Search secrets").fill(search);
                    let count = if search.is_empty() { "60 secrets" } else { "10 of 60" };
                    page.status("List status").wait_text(count);
                    assert_rows_are_right(world, &workspace);
                }
                page.button("Name").click();
                page.run("scrollTo(0, 900)");
                page.run("return new Promise(done => setTimeout(done, 300))");
                assert_rows_are_right(world, &workspace);
            }
        });
    }

    #[track_caller]
    fn assert_rows_are_right(world: &World, workspace: &str) {
        let rows = world.page.run(
            "return [...document.querySelectorAll('tbody tr[aria-rowindex]')].map(row => {
                 const link = row.querySelector('th a');
                 return [link.textContent, link.pathname.split('/').pop(), row.querySelector('input').ariaLabel];
             })",
        );
        let rows = rows.as_array().expect("the rows");
        assert!(!rows.is_empty());
        let secrets = world.api.secrets(workspace);
        for row in rows {
            let [name, id, label] = [0, 1, 2].map(|at| row[at].as_str().unwrap_or_default());
            let is_it = |secret: &&Value| secret["metadata"]["id"] == id;
            let secret = secrets.iter().find(is_it).expect("a secret of the list");
            assert_eq!(name, secret["metadata"]["name"]);
            assert!(label.contains(name), "{label}: {name}");
        }
    }

    #[test]
    fn no_value_is_printed() {
        Journey::named("printed").returning_values().take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Printed");
            let id = world
                .api
                .secret(&workspace, &json!({"name": "SHOWN"}), "hunter2-printed");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.button("Reveal value").click();
            page.main_landmark().wait_text("hunter2-printed");
            let is_visible = |selector: &str| {
                page.run(&format!(
                    "return getComputedStyle(document.querySelector('{selector}')).visibility === 'visible'"
                ))
            };
            assert_eq!(is_visible(".value-shown"), true);
            page.print_media(true);
            assert_eq!(is_visible(".value-shown"), false);
            page.print_media(false);
            page.visit(&format!("/workspaces/{workspace}/secrets/new"));
            page.heading("Connect").wait();
            page.print_media(true);
            assert_eq!(is_visible("#api-key"), false);
            page.print_media(false);
            world.connect_with(&world.api.key);
            page.wait_view("New secret");
            page.textbox("Value").fill("typed-printed");
            page.print_media(true);
            assert_eq!(is_visible("#value"), false);
            page.print_media(false);
        });
    }

    #[test]
    fn a_printed_list_says_what_is_missing_and_what_helps() {
        Journey::named("printed-list").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Printed list", 120);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("120 secrets");
            let note = || {
                let shown = "return [...document.querySelectorAll('.print-note')].filter(it => it.checkVisibility())
                    .map(it => it.textContent).join()";
                page.run(shown).as_str().unwrap_or_default().to_owned()
            };
            assert_eq!(note(), "", "on screen there is nothing to say");
            page.print_media(true);
            assert!(page.table("Secrets").row_links().count() < 120);
            let said = note();
            assert!(
                said.contains("of 120 secrets") && said.contains("choose Copy, then Copy names"),
                "{said}"
            );
            page.print_media(false);
            // A list that is printed whole says nothing.
            page.searchbox("Search secrets").fill("SECRET_01");
            page.table("Secrets").wait_rows(10);
            page.print_media(true);
            assert_eq!(note(), "");
            assert_eq!(page.table("Secrets").row_links().count(), 10);
            page.print_media(false);
        });
    }

    /// A browser that lets a page write into the clipboard only in the turn of a press, as Safari does. What it was given is
    /// in `written`.
    const ONLY_FROM_A_PRESS: &str = "
        globalThis.written = [];
        let isPressed = false;
        addEventListener('click', () => {
            isPressed = true;
            setTimeout(() => (isPressed = false));
        }, true);
        const refuse = () => Promise.reject(new DOMException('not from a press', 'NotAllowedError'));
        Object.defineProperty(navigator, 'clipboard', { configurable: true, value: {
            writeText: async text => isPressed ? void written.push(text) : refuse(),
            write: async ([item]) => {
                if (!isPressed) return refuse();
                written.push(await (await item.getType('text/plain')).text());
            },
        } });";

    #[test]
    fn a_value_is_copied_where_only_a_press_may_write() {
        Journey::named("press-and-copy").returning_values().take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Pressed");
            let id = world
                .api
                .secret(&workspace, &json!({"name": "COPIED"}), "copied-canary");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.wait_view("COPIED");
            page.button("Reveal value").wait();
            page.run(ONLY_FROM_A_PRESS);
            // The value comes long after the press.
            world.api.fault(&json!({"method": "GET", "path": &id, "delayMs": 700}));
            page.button("Copy value").click();
            page.status("Notifications").wait_text("Clipboard clears in");
            assert_eq!(page.run("return written"), json!(["copied-canary"]));
            page.assert_nowhere("copied-canary", &[]);
            // Where nothing can be promised, it says what helps.
            page.run("delete globalThis.ClipboardItem");
            page.button("Copy value").click();
            page.status("Notifications")
                .wait_text("The browser blocked copying. Reveal the value first, then copy it.");
            page.button("Reveal value").click();
            page.main_landmark().wait_text("copied-canary");
            page.button("Copy value").click();
            wait_until("it is copied", || {
                page.run("return written.filter(it => it === 'copied-canary').length") == 2
            });
        });
    }

    /// Makes the program trap in a turn of its own, as a fault in it would: it is to wipe bytes beyond its memory.
    const TRAP: &str = "
        return (async () => {
            const own = document.querySelector('script[data-wasm]')?.dataset.js;
            const glue = own ? await import(own) : globalThis.wasmBindings;
            const program = await glue.default();
            setTimeout(() => program.__wbindgen_free(program.memory.buffer.byteLength, 64, 1));
        })()";

    #[test]
    fn after_a_trap_nothing_is_sent_or_shown_and_drafts_stay() {
        Journey::named("trap").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Workspace of the trap");
            let id = world
                .api
                .secret(&workspace, &json!({"name": "SPARED_SECRET"}), "a value");
            // Another tab of the same person.
            page.visit("/workspaces");
            page.heading("Connect").wait();
            world.connect_with(&world.api.key);
            page.table("Workspaces").link("Workspace of the trap").wait();
            page.open_tab();
            page.control_timers();
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.wait_view("SPARED_SECRET");
            page.button("Delete").click();
            page.alertdialog("Delete secret").button("Delete").click();
            page.group("Deletion").wait_text("Deleting SPARED_SECRET in");
            page.button("New secret").click();
            page.wait_view("New secret");
            page.textbox("Name").fill("DRAFTED_NAME");
            page.textbox("Value").fill("drafted-canary");
            page.fast_forward(3);
            let has_value = "return Object.keys(sessionStorage).some(name => name.startsWith('strongroom.value.'))";
            wait_until("a draft is kept", || page.run(has_value) == true);
            let before = world.api.requests();

            world.expect_in_console("RuntimeError");
            page.run(TRAP);
            page.alert()
                .wait_text("Strongroom stopped because of an internal error. Nothing more is sent.");
            page.fast_forward(30);
            // Whatever is pressed now.
            page.run(
                "for (const type of ['keydown', 'pointermove', 'visibilitychange', 'online', 'focus', 'popstate'])
                     for (const place of [window, document]) place.dispatchEvent(new Event(type, { bubbles: true }));",
            );
            page.fast_forward(30);
            assert_eq!(world.api.requests(), before);
            assert_eq!(page.run("return document.getElementById('app').childElementCount"), 0);
            assert_eq!(page.title(), "Strongroom");
            let visible = page.run("return document.body.innerText.trim()");
            assert_eq!(visible, page.alert().text(), "the message is all that is on screen");
            for text in [
                &world.api.key,
                "SPARED_SECRET",
                "DRAFTED_NAME",
                "drafted-canary",
                "Workspace of the trap",
            ] {
                page.assert_nowhere(text, &[]);
                assert_eq!(in_memory(page, text), 0, "{text}");
            }
            page.go_to_tab(0);
            page.wait_view("Locked");

            page.go_to_tab(1);
            page.reload();
            page.heading("Connect").wait();
            world.connect_with(&world.api.key);
            page.wait_view("New secret");
            page.main_landmark().wait_text("Draft from");
            assert_eq!(page.textbox("Name").value(), "DRAFTED_NAME");
            wait_until("the value is there", || {
                page.textbox("Value").value() == "drafted-canary"
            });
            let one = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
            assert_eq!(world.api.calls("DELETE", &one), 0);
            assert_eq!(world.api.secrets(&workspace).len(), 1);
        });
    }

    /// From now on the one secret of every list has this many labels, and the longest task of the page is noted.
    const MANY_LABELS: &str = "
        const labels = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`key-${at}`, `value-${at}`]));
        const secret = { metadata: { id: 'many', name: 'MANY', labels, createdAt: '2026-01-01T00:00:00Z' }, spec: {} };
        const other = { metadata: { id: 'few', name: 'FEW', labels: { a: 'b' }, createdAt: '2026-01-01T00:00:00Z' }, spec: {} };
        const ask = globalThis.fetch;
        globalThis.fetch = (request, ...rest) => {
            const { pathname } = new URL(request.url ?? request, location.href);
            const answer = body => Promise.resolve(new Response(JSON.stringify(body)));
            if (pathname.endsWith('/workspace_secrets')) return answer({ items: [secret, other] });
            if (pathname.endsWith('/workspace_secrets/many')) return answer(secret);
            return ask.call(globalThis, request, ...rest);
        };
        globalThis.longest = 0;
        new PerformanceObserver(list => {
            for (const task of list.getEntries()) longest = Math.max(longest, task.duration);
        }).observe({ type: 'longtask' });";

    #[test]
    fn a_secret_of_a_hundred_thousand_labels_does_not_stop_the_tab() {
        Journey::named("many-labels").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Many");
            let list = format!("/workspaces/{workspace}/secrets");
            page.visit(&list);
            page.heading("Connect").wait();
            page.run(MANY_LABELS);
            world.connect_with(&world.api.key);
            page.status("List status").wait_text("2 secrets");
            // As little as anybody can see, whatever a secret has. How long each step takes is printed, not asserted.
            let quick = |what: &str| {
                page.run("return new Promise(done => setTimeout(done, 300))");
                let longest = page.run("const task = longest; longest = 0; return task");
                let elements = page.run("return document.querySelectorAll('*').length").as_f64();
                eprintln!("{what}: longest task {longest} ms, {elements:?} elements");
                assert!(elements < Some(6000.0), "{what}: {elements:?} elements");
            };
            quick("the list");
            page.searchbox("Search secrets").fill("label:key-5");
            quick("suggestions of keys");
            page.searchbox("Search secrets").fill("");
            page.run("document.querySelector('.chip-more').click()");
            page.run("return new Promise(done => setTimeout(done, 300))");
            quick("all labels of the row");
            page.run("document.querySelector('#row-labels').hidePopover()");
            page.table("Secrets").link("MANY").click();
            page.wait_view("MANY");
            quick("the secret");
            page.button("Edit").click();
            page.wait_view("Edit MANY");
            quick("the form");
            page.textbox("Name").fill("MORE");
            quick("a letter");
            page.button("Add label").click();
            page.run("document.activeElement.value = 'team'; document.activeElement.dispatchEvent(new Event('input', { bubbles: true }))");
            quick("a label");
            page.button("Review changes").click();
            page.button("Save changes").wait();
            quick("the review");
        });
    }

    /// From now on the server sends what no server should, and the longest task of the page is noted.
    const HOSTILE_ANSWERS: &str = r#"
        const huge = 'N'.repeat(10 * 1024 * 1024);
        const at = '2026-01-01T00:00:00Z';
        const good = (id, more) => ({ metadata: { id, name: id, createdAt: at, ...more }, spec: {} });
        const items = [
            good('GOOD_1'),
            good('huge', { name: huge, externalId: huge, labels: { a: huge } }),
            good('spaces', { name: ' '.repeat(300000) + '\u202e' }),
            good('dates', { createdAt: '99999-99-99T99:99:99Z', updatedAt: '0000-01-01T00:00:00Z' }),
            good('last', { createdAt: '9999-12-31T23:59:59Z', updatedAt: '0001-01-01T00:00:00Z' }),
            good('MANY', { labels: Object.fromEntries(Array.from({ length: 100000 }, (_, at) => [`key-${at}`, `v-${at}`])) }),
            good('GOOD_2'),
        ].map(item => JSON.stringify(item));
        const largest = items[1];
        items.splice(1, 0,
            '7', 'null', '[]', '{"metadata":7}', '{"metadata":{"id":"x","name":[]}}', '{"metadata":{"id":"y","name":"\\ud800"}}',
            '['.repeat(200000) + ']'.repeat(200000), '{"a":'.repeat(100000) + '1' + '}'.repeat(100000),
            '{"metadata":{"id":"z","name":"BROKEN"}}', JSON.stringify(good(huge)));
        const bytes = new TextEncoder().encode(`{"items":[${items.join()}]}`);
        // In the name of the last of them: no UTF-8.
        const broken = new TextEncoder().encode('BROKEN');
        for (let at = bytes.indexOf(66); at >= 0; at = bytes.indexOf(66, at + 1))
            if (broken.every((byte, index) => bytes[at + index] === byte)) { bytes.fill(255, at, at + 6); break; }
        const person = { metadata: { id: 'p', name: huge }, spec: { name: huge, email: huge, type: huge } };
        const answers = {
            '/workspace_secrets': bytes,
            '/workspace_secrets/huge': largest,
            '/members': `{"items":[{"profileId":"p","name":"${huge}","email":"${huge}"},{"profileId":7}]}`,
            '/account/profiles': JSON.stringify({ items: [person, { metadata: { id: 'q', name: 'Eve', labels: 7 } }] }),
            '/tool_sets': JSON.stringify({ items: [{ metadata: { id: 't', name: huge }, spec: { secrets: [{ name: huge }],
                adapter: { type: 'http', http: { baseUrl: '${GOOD_1}' + huge } } }, state: 'STATE_ACTIVE' }] }),
            '/tool_sets/t/tools': JSON.stringify({ items: [{ metadata: { id: 'u', name: huge }, spec: {} }] }),
        };
        const workspace = JSON.stringify(good('w-huge', { name: huge, labels: { a: huge } }))
            .replace('"spec":{}', `"spec":{"description":"${huge}"},"status":"STATUS_ENABLED"`);
        const ask = globalThis.fetch;
        globalThis.fetch = async (request, ...rest) => {
            const { pathname } = new URL(request.url ?? request, location.href);
            const end = Object.keys(answers).find(end => pathname.endsWith(end));
            if (end) return new Response(answers[end]);
            if (pathname.endsWith('/account/workspaces/w-huge')) return new Response(workspace);
            const answer = await ask.call(globalThis, request, ...rest);
            if (!pathname.endsWith('/workspaces')) return answer;
            return new Response((await answer.text()).replace('"items":[', `"items":[${workspace},`));
        };
        globalThis.longest = 0;
        new PerformanceObserver(list => {
            for (const task of list.getEntries()) longest = Math.max(longest, task.duration);
        }).observe({ type: 'longtask' });"#;

    /// As much as any view may hold of what the server sent, in characters of its markup and fields. A text of 10 MB that is
    /// not shortened is far more.
    const MOST: f64 = 1_000_000.0;

    #[test]
    fn hostile_answers_stop_nothing() {
        Journey::named("hostile-answers").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Hostile");
            let here = format!("/workspaces/{workspace}");
            let list = format!("{here}/secrets");
            page.visit(&list);
            page.heading("Connect").wait();
            page.run(HOSTILE_ANSWERS);
            world.connect_with(&world.api.key);
            // How long each step takes depends on the machine, so it is printed. What it takes the time for is bounded.
            let quick = |what: &str| {
                page.run("return new Promise(done => setTimeout(done, 200))");
                let longest = page.run("const task = longest; longest = 0; return task");
                let characters = page.run(
                    "const fields = [...document.querySelectorAll('input, textarea')];
                     return fields.reduce((sum, field) => sum + field.value.length, document.documentElement.outerHTML.length)",
                );
                eprintln!("{what}: longest task {longest} ms, {characters} characters");
                assert!(characters.as_f64() < Some(MOST), "{what}: {characters} characters");
            };
            let go = |address: &str| follow(page, address);
            page.status("List status").wait_text("7 secrets");
            page.main_landmark().wait_text("10 secrets can't be shown");
            for name in ["GOOD_1", "GOOD_2", "dates", "MANY"] {
                page.table("Secrets").row(name).wait();
            }
            quick("the list");
            page.searchbox("Search secrets").fill("good");
            page.status("List status").wait_text("2 of 7");
            quick("a search");
            page.searchbox("Search secrets").fill("");
            page.table("Secrets").column("Name").button("Name").click();
            quick("sorting");
            page.press_with_ctrl('k');
            page.dialog("Command palette").wait();
            page.type_text("nnn");
            quick("the palette");
            page.press(Key::Escape);
            page.dialog("Command palette").wait_gone();

            go(&format!("{list}/huge"));
            page.button("Edit").wait();
            quick("a secret of 10 MB");
            page.button("Delete").click();
            page.alertdialog("Delete secret").wait();
            quick("deleting it");
            page.press(Key::Escape);
            page.alertdialog("Delete secret").wait_gone();
            go(&format!("{list}/huge/edit"));
            page.button("Review changes").wait();
            quick("editing it");
            page.button("Review changes").click();
            page.main_landmark().wait_text("Use at most 256 characters.");
            quick("the rules that it breaks");

            go(&format!("{here}/overview"));
            wait_until("it is counted", || {
                page.run("return !!document.querySelector('main table, main figure')") == true
            });
            quick("the overview");
            go(&format!("/search?q=good&in={workspace},w-huge"));
            page.main_landmark().wait_text("2 matches");
            quick("the search in workspaces");
            go(&format!("/compare?in={workspace},w-huge"));
            page.main_landmark().wait_text("GOOD_2");
            quick("comparing");
            go(&format!("{here}/references"));
            page.button("Read references").click();
            page.status("Reference status").wait_text("tool set");
            quick("references");
            go(&format!("{here}/members"));
            page.main_landmark().wait_text("1 item can't be read");
            quick("the members");
            page.button("Add member").click();
            page.dialog("Add member").wait();
            page.type_text("x");
            page.dialog("Add member").wait_text("1 item can't be read");
            quick("adding one");
            page.press(Key::Escape);
            page.press(Key::Escape);
            page.dialog("Add member").wait_gone();
            go("/workspaces");
            page.main_landmark().wait_text("NNNN");
            quick("the workspaces");
            go("/workspaces/w-huge/edit");
            page.main_landmark().wait_text("Changing it replaces all of it.");
            quick("editing a workspace of 10 MB");
        });
    }
}
