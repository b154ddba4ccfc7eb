//! Texts that would be scripts, requests or elements if a page took them for markup (`tests/payloads.txt`): sent by the
//! server in every field, shown by every view. None runs, sends anything or becomes an element.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use e2e::{Engine, Journey, Key, Page, Vocabulary, World, wait_until};
    use serde_json::{Value, json};

    /// Ends whatever a payload has opened, so that the next one stands on its own.
    const CLOSERS: &str = "\"'>--></textarea></title></style></script></xmp></noscript></svg></math></select>";

    /// The workspace that the views are opened in, and the secret.
    const WORKSPACE: &str = "w0";
    const SECRET: &str = "s0";

    fn payloads() -> Vec<String> {
        let file = include_str!("../../payloads.txt").lines();
        let texts = file.filter(|line| !line.is_empty() && !line.starts_with("# "));
        texts.map(unescaped).collect()
    }

    fn unescaped(line: &str) -> String {
        let (mut text, mut rest) = (String::new(), line);
        while let Some((before, after)) = rest.split_once('\\') {
            text.push_str(before);
            let kind = after.chars().next().expect("an escape has a kind");
            rest = &after[kind.len_utf8()..];
            text.push(match kind {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let (digits, after) = rest
                        .strip_prefix('{')
                        .and_then(|it| it.split_once('}'))
                        .expect("\\u{HEX}");
                    rest = after;
                    let code = u32::from_str_radix(digits, 16).expect("a code");
                    char::from_u32(code).expect("a character")
                }
                other => other,
            });
        }
        text + rest
    }

    #[test]
    fn there_are_enough_of_them() {
        let payloads = payloads();
        let mut different = payloads.clone();
        different.sort();
        different.dedup();
        assert!(different.len() >= 400 && different.len() == payloads.len());
        assert!(
            payloads.iter().any(|it| it.contains('\0'))
                && payloads.contains(&"\\x3cscript\\x3exss()\\x3c/script\\x3e".to_owned())
        );
    }

    /// Bodies whose every field is made of payloads.
    struct Answers {
        payloads: Vec<String>,
        /// All of them in one text.
        all: String,
    }

    impl Answers {
        fn new() -> Self {
            let payloads = payloads();
            let all = payloads.join(CLOSERS);
            Self { payloads, all }
        }

        fn at(&self, index: usize) -> &str {
            &self.payloads[index % self.payloads.len()]
        }

        /// Some of them in one text.
        fn chunk(&self, index: usize) -> String {
            let chunks: Vec<_> = self.payloads.chunks(12).map(|it| it.join(CLOSERS)).collect();
            chunks[index % chunks.len()].clone()
        }

        fn profile(&self, id: &str, name: &str) -> Value {
            json!({
                "metadata": {"id": id, "accountId": name, "name": name, "profileId": name, "externalId": name, "labels": {name: name}},
                "spec": {"type": name, "email": name, "name": name},
                "lastUsedAt": name,
            })
        }

        fn secret(&self, id: &str, index: usize) -> Value {
            let at = |offset: usize| self.at(index + offset);
            json!({
                "metadata": {
                    "id": id, "accountId": at(0), "workspaceId": at(1), "name": at(0), "profileId": at(2), "externalId": at(3),
                    "labels": {at(4): at(5), at(6): at(7), "bundle_key": at(8)}, "bundleKey": at(9),
                    "createdAt": if index.is_multiple_of(2) { "2026-01-02T03:04:05Z" } else { at(10) },
                    "updatedAt": at(11),
                },
                "spec": {"value": at(12)},
                "info": {"lastUsedAt": at(13), "createdBy": {
                    "metadata": {"id": at(14), "name": at(15)}, "spec": {"type": at(16), "email": at(17), "name": at(18)},
                }},
            })
        }

        fn whole_secret(&self) -> Value {
            let all = &self.all;
            json!({
                "metadata": {
                    "id": SECRET, "accountId": all, "workspaceId": WORKSPACE, "name": all, "profileId": all, "externalId": all,
                    "labels": self.payloads.iter().map(|it| (it.clone(), it.clone())).collect::<BTreeMap<_, _>>(),
                    "bundleKey": all, "createdAt": all, "updatedAt": "2026-01-02T03:04:05Z",
                },
                "spec": {"value": all},
                "info": {"createdBy": self.profile(all, all)},
            })
        }

        fn workspaces(&self) -> Value {
            let workspace = |index: usize| {
                let text = self.chunk(index);
                json!({
                    "metadata": {"id": if index < 3 { format!("w{index}") } else { text.clone() }, "accountId": text, "name": text,
                        "profileId": text, "externalId": text, "labels": {self.at(index): self.at(index + 1)}, "createdAt": text},
                    "spec": {"description": text},
                    "status": if index < 3 { "STATUS_ENABLED" } else { &text },
                    "info": {"totalAgents": 1, "totalAvailableTools": 2},
                })
            };
            json!({"items": (0..self.payloads.len() / 12).map(workspace).collect::<Vec<_>>(), "pagination": {"nextCursor": ""}})
        }

        fn secrets(&self) -> Value {
            let secret = |index: usize| self.secret(if index == 0 { SECRET } else { self.at(index) }, index);
            json!({"items": (0..self.payloads.len()).map(secret).collect::<Vec<_>>(), "pagination": {}})
        }

        fn members(&self) -> Value {
            let member = |text: &String| json!({"profileId": text, "actorId": text, "name": text, "email": text, "addedAt": text});
            json!({"items": self.payloads.iter().map(member).collect::<Vec<_>>()})
        }

        fn tool_sets(&self) -> Value {
            let set = |index: usize| {
                let text = self.chunk(index);
                json!({
                    "metadata": {"id": format!("t{index}"), "name": text}, "state": text,
                    "spec": {"description": text, "secrets": [{"name": text}], "adapter": {"type": "http", "http": {
                        "baseUrl": format!("https://{text}/${{{}}}", self.at(index)),
                        "headers": {text.as_str(): format!("{{{{ secrets.MISSING_{index} }}}} ${{S_{index}}} {text}")},
                    }}},
                })
            };
            json!({"items": (0..12).map(set).collect::<Vec<_>>()})
        }

        fn tools(&self) -> Value {
            let tool = |index: usize| {
                let text = self.chunk(index);
                json!({"metadata": {"id": text, "name": text}, "state": text, "spec": {"description": text, "config": {"type": "http", "http": {
                    "path": format!("/${{ALSO_MISSING}}{text}"), "query": text, "headers": {"a": text}, "requestBodyTemplate": text,
                }}}})
            };
            json!({"items": (0..6).map(tool).collect::<Vec<_>>()})
        }

        fn usage(&self) -> Value {
            let usage = |text: &String| json!({"agentVariation": {"id": text, "name": text}, "agent": {"id": text, "name": text}, "model": {"id": text, "name": text}});
            json!({"items": self.payloads.iter().take(40).map(usage).collect::<Vec<_>>()})
        }

        fn refusal(&self) -> Value {
            let all = &self.all;
            let violation = |field: &str| json!({"field": field, "description": all});
            json!({"code": 3, "message": all, "details": [
                {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation("metadata.name"), violation("spec.value"), violation(self.at(3))]},
                {"@type": all, "reason": all, "metadata": {"required_scope": all, "granted_scopes": all}},
            ]})
        }

        /// From now on the server answers with these.
        fn arm(&self, world: &World) {
            let arm = |path: &str, body: &Value| {
                world
                    .api
                    .fault(&json!({"method": "GET", "path": path, "status": 200, "body": body, "times": 0}));
            };
            let who = self.profile("p0", &self.chunk(0));
            arm(
                "=/v1/whoami",
                &json!({"profile": who, "defaultWorkspace": {"id": WORKSPACE}}),
            );
            arm(
                &format!("=/v1/workspaces/{WORKSPACE}/workspace_secrets/{SECRET}"),
                &self.whole_secret(),
            );
            arm("/workspace_secrets", &self.secrets());
            arm("/members", &self.members());
            let profile = |text: &String| self.profile(text, text);
            arm(
                "/v1/account/profiles",
                &json!({"items": self.payloads.iter().map(profile).collect::<Vec<_>>()}),
            );
            arm("/usage", &self.usage());
            arm("/tools", &self.tools());
            arm("/tool_sets", &self.tool_sets());
            arm("=/v1/workspaces", &self.workspaces());
            arm("=/v1/account/workspaces", &self.workspaces());
        }
    }

    /// What a payload calls. Another script may have been there first.
    const CANARY: &str = "
        window.__ran ??= [];
        for (const name of ['xss', 'alert', 'confirm', 'prompt', 'print', 'open']) window[name] = (...told) => window.__ran.push(name + told);";

    /// What went wrong in the document: payloads that ran, requests that were sent, and elements that no view of the console has.
    const WRONG: &str = r"
        const wrong = window.__ran.map(it => `ran: ${it}`);
        const own = location.origin;
        for (const { name } of performance.getEntriesByType('resource')) {
            const path = name.startsWith(own) ? name.slice(own.length) : name;
            if (!/^\/(v1|assets|style)\/|^\/[\w.-]+\.(js|json|wasm|css|svg|png|ico|webmanifest|woff2)(\?|$)|^\/(snippets|public)\//.test(path)) wrong.push(`sent: ${name}`);
        }
        const foreign = 'iframe, frame, frameset, object, embed, applet, base, portal, fencedframe, marquee, audio, video, source, track, ' +
            'img, picture, image, math, xss, keygen, bgsound, plaintext, xmp, listing, model, foreignObject, animate, set, slot, area, map, blink, center, font';
        for (const it of document.querySelectorAll(foreign)) wrong.push(`element: ${it.outerHTML.slice(0, 200)}`);
        for (const id of ['app', 'boot-failure']) if (document.querySelectorAll('#' + id).length !== 1) wrong.push(`id: ${id}`);
        for (const it of document.querySelectorAll('script, style, link, meta, template')) if (/xss/.test(it.outerHTML)) wrong.push(`element: ${it.outerHTML.slice(0, 200)}`);
        const leads = new Set(['href', 'xlink:href', 'src', 'srcset', 'action', 'formaction', 'data', 'poster', 'background', 'ping', 'cite', 'longdesc', 'manifest']);
        for (const it of document.querySelectorAll('*')) for (const { name, value } of it.attributes) {
            const tell = why => wrong.push(`${why}: <${it.localName} ${name}=${value.slice(0, 200)}>`);
            if (/^on|^srcdoc$|^shadowrootmode$/i.test(name)) tell('attribute');
            if (/xss/.test(name) || (/^(style|class|id|name|type|target|rel)$/.test(name) && /xss/.test(value))) tell('attribute');
            if (leads.has(name) && !(name === 'data' && it.localName !== 'object')) {
                let leadsTo;
                try { leadsTo = new URL(value, location.href); } catch { tell('address'); continue; }
                if (leadsTo.origin !== own || !/^https?:$/.test(leadsTo.protocol)) tell('address');
            }
        }
        return wrong;";

    /// Goes to an address as a link does, and waits until nothing is on its way any more.
    fn go(page: &Page, address: &str) {
        page.step(&format!("go to {address}"));
        page.run(&format!(
            "const link = document.createElement('a');
             link.href = {};
             document.body.append(link);
             link.click();
             link.remove();",
            Value::from(address)
        ));
        rest(page, address);
    }

    fn rest(page: &Page, what: &str) {
        wait_until(&format!("{what} is there"), || {
            let is_there =
                "return !!document.querySelector('h1') && !document.querySelector('.skeleton, [aria-busy=true]')";
            page.run(is_there) == true
        });
        page.run("return new Promise(done => setTimeout(done, 60))");
    }

    struct Visit<'world> {
        world: &'world World,
        found: Vec<String>,
        seen: usize,
    }

    impl Visit<'_> {
        /// Notes what is wrong with what is on screen. Whether payloads are on screen at all, the view has to know.
        fn look(&mut self, what: &str, has_payloads: bool) {
            let page = &self.world.page;
            let wrong = page.run(WRONG);
            self.found.extend(
                wrong
                    .as_array()
                    .expect("a list")
                    .iter()
                    .map(|it| format!("{what}: {it}")),
            );
            let shown = "const fields = [...document.querySelectorAll('input, textarea')].map(it => it.value).join();
                return (document.getElementById('app').textContent + fields).includes('xss()')";
            assert!(!has_payloads || page.run(shown) == true, "{what} shows no payload");
            self.seen += 1;
        }

        fn go(&mut self, address: &str) {
            go(&self.world.page, address);
            self.look(address, true);
        }
    }

    /// Presses everything of a kind that is on screen.
    fn press(page: &Page, selector: &str) {
        page.run(&format!(
            "for (const it of document.querySelectorAll({})) it.click();
             return new Promise(done => setTimeout(done, 200))",
            Value::from(selector)
        ));
    }

    fn tour(world: &World, answers: &Answers) {
        let page = &world.page;
        let mut visit = Visit {
            world,
            found: Vec::new(),
            seen: 0,
        };
        let query = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
        if page.engine() == Engine::Chromium {
            page.before_each_document(CANARY);
        }
        answers.arm(world);
        page.visit("/connect");
        page.wait_view("Connect");
        page.checkbox("Stay connected in this tab").click();
        page.run(CANARY);
        world.connect_with(&world.api.key);
        page.heading("Connect").wait_gone();
        rest(page, "the default workspace");
        visit.look("the default workspace", true);
        visit.go("/workspaces");
        visit.look("the workspaces", true);
        visit.go(&format!("/workspaces?q={}", query("label:x xss")));
        let here = format!("/workspaces/{WORKSPACE}");
        visit.go(&here);
        visit.go(&format!("{here}/edit"));
        visit.go(&format!("{here}/members"));
        page.button("Add member").click();
        page.dialog("Add member").wait();
        page.type_text("x");
        wait_until("people are found", || {
            page.run("return document.querySelectorAll('[role=option]').length > 1") == true
        });
        visit.look("adding a member", true);
        page.press(Key::Escape);
        page.press(Key::Escape);
        page.dialog("Add member").wait_gone();

        let list = format!("{here}/secrets");
        go(page, &list);
        page.status("List status").wait_text("secrets");
        let count = "const text = document.querySelector('table[aria-rowcount]')?.ariaRowCount ?? document.querySelector('[aria-rowcount]').getAttribute('aria-rowcount'); return Number(text) > 300";
        wait_until("all of them are there", || page.run(count) == true);
        let step = "scrollBy(0, innerHeight * 0.8);
            return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
                done(scrollY + innerHeight >= document.documentElement.scrollHeight - 2))))";
        for screen in 0..200 {
            visit.look(&format!("the list, screen {screen}"), true);
            if page.run(step) == true {
                break;
            }
        }
        page.run("scrollTo(0, 0); return new Promise(done => setTimeout(done, 100))");
        press(page, "tbody tr .chip-more");
        visit.look("all labels of a row", true);
        press(
            page,
            "tbody tr:nth-child(3) button[aria-haspopup], tbody tr:nth-child(3) .cell-actions button",
        );
        visit.look("the menu of a row", true);
        page.press(Key::Escape);
        for payload in [answers.at(0), answers.at(60), "label:<svg bundle:\"><img\" xss"] {
            go(page, &format!("{list}?q={}", query(payload)));
            visit.look("a hostile search", false);
        }
        visit.go(&format!("{list}/new?name={}", query(answers.at(2))));

        let secret = format!("{list}/{SECRET}");
        go(page, &secret);
        // What only the address filled in is not asked about.
        page.wait_address(&secret);
        rest(page, "the secret");
        visit.look("a secret", true);
        page.button("Reveal value").click();
        page.button("Hide value").wait();
        visit.look("a revealed value", true);
        page.button("Look up where used").click();
        page.run("return new Promise(done => setTimeout(done, 400))");
        visit.look("where it is used", true);
        page.button("Delete").click();
        page.alertdialog("Delete secret").wait();
        visit.look("deleting", true);
        page.press(Key::Escape);
        page.alertdialog("Delete secret").wait_gone();
        visit.go(&format!("{secret}/edit"));
        page.textbox("External ID").fill("another");
        page.button("Review changes").click();
        page.button("Save changes").wait();
        let refused = json!({"method": "PATCH", "path": "/workspace_secrets", "status": 400, "body": answers.refusal(), "headers": {"x-request-id": "<svg onload=xss()>"}});
        world.expect_status(400);
        world.api.fault(&refused);
        page.button("Save changes").click();
        page.alert().wait();
        visit.look("a refused save", true);
        page.visit(&format!("{here}/references"));
        page.run(CANARY);
        page.button("Read references").click();
        page.status("Reference status").wait_text("tool sets read");
        press(page, "main details > summary");
        visit.look("references", true);
        for address in [format!("{here}/overview"), "/overview".to_owned()] {
            go(page, &address);
            wait_until("it is counted", || {
                page.run("return !!document.querySelector('main table, main figure')") == true
            });
            press(page, "main details > summary");
            visit.look(&address, true);
        }
        for address in [
            "/search?in=w0,w1".to_owned(),
            format!("/search?in=w0,w1&q={}", query("xss")),
        ] {
            go(page, &address);
            page.status("Search status").wait_text("workspaces");
            visit.look(&address, true);
        }
        for by in ["name", "externalId", "bundle"] {
            go(page, &format!("/compare?in=w0,w1&by={by}"));
            wait_until("the grid is there", || {
                page.run("return document.querySelectorAll('[role=gridcell], td').length > 4") == true
            });
            visit.look("comparing", true);
        }
        press(page, "[role=rowheader]:nth-of-type(1), tbody th:first-child");
        visit.look("a line of the comparison", true);
        page.press(Key::Escape);
        page.visit("/workspaces");
        page.run(CANARY);
        rest(page, "the workspaces");
        page.press_with_ctrl('k');
        page.dialog("Command palette").wait();
        page.type_text("xss");
        wait_until("it finds something", || {
            page.run("return document.querySelectorAll('dialog [role=option]').length > 2") == true
        });
        visit.look("the palette", true);
        page.press(Key::Escape);
        page.dialog("Command palette").wait_gone();
        page.button("Account menu").click();
        page.button("Disconnect").wait();
        visit.look("the account menu", true);
        page.press(Key::Escape);
        go(page, &format!("/{}", query(answers.at(1))));
        visit.look("an unknown address", false);
        for next in [
            "javascript:xss()",
            "//xss.invalid",
            "/\\xss.invalid",
            "https://xss.invalid/",
        ] {
            page.visit(&format!("/connect?next={}", query(next)));
            page.run(CANARY);
            rest(page, "connect");
            visit.look("a hostile next address", false);
        }
        // The server refuses with everything that it has.
        world.api.send("DELETE", "/_test/faults", None);
        let refused = json!({"path": "/v1/", "status": 400, "body": answers.refusal(), "headers": {"x-request-id": "<svg onload=xss()>"}, "times": 0});
        world.api.fault(&refused);
        page.visit(&secret);
        page.run(CANARY);
        wait_until("it is refused", || {
            page.run("return document.body.textContent.includes('xss()')") == true
        });
        visit.look("a refusal", true);
        eprintln!("{} states", visit.seen);
        assert!(visit.found.is_empty(), "{}", visit.found.join("\n"));
    }

    fn hold(engine: Engine, has_policy: bool) {
        let name = if has_policy {
            "payloads"
        } else {
            "payloads-without-policy"
        };
        Journey::named(name).in_engine(engine).returning_values().take(|world| {
            let answers = Answers::new();
            if !has_policy {
                world.page.bypass_policy();
            }
            tour(world, &answers);
            if !has_policy {
                let log = world.page.log().into_iter();
                let severe: Vec<_> = log
                    .filter(|it| it.level == "SEVERE" && !it.message.contains("status of 400"))
                    .collect();
                assert!(severe.is_empty(), "{severe:?}");
                assert_that_payloads_run(&world.page, &answers.payloads);
                // What they say does not matter.
                world.expect_in_console("");
            }
        });
    }

    /// Puts each payload into a document of its own that takes it for markup: the search above can find something.
    fn assert_that_payloads_run(page: &Page, payloads: &[String]) {
        page.visit("/404.txt");
        let ran = page.run(&format!(
            "const ran = new Set();
             window.told = at => ran.add(at);
             const texts = {};
             return (async () => {{
                 for (let from = 0; from < texts.length; from += 20) {{
                     const loaded = texts.slice(from, from + 20).map((text, index) => new Promise(done => {{
                         const frame = document.createElement('iframe');
                         frame.onload = done;
                         setTimeout(done, 2000);
                         frame.srcdoc = `<script>var xss = () => parent.told(${{from + index}})</script><body>${{text}}`;
                         document.body.append(frame);
                     }}));
                     await Promise.all(loaded);
                     await new Promise(done => setTimeout(done, 100));
                     for (const it of document.querySelectorAll('iframe')) it.remove();
                 }}
                 return ran.size;
             }})()",
            json!(payloads)
        ));
        eprintln!("{ran} of {} run where they are taken for markup", payloads.len());
        assert!(ran.as_u64() > Some(25), "only {ran} payloads run where they could");
    }

    #[test]
    fn none_runs_in_chromium_without_the_policy() {
        hold(Engine::Chromium, false);
    }

    /// Where `cargo xtask test engines` looks for the tests of the other engines.
    mod engines {
        mod chromium {
            #[test]
            fn none_runs_in_chromium() {
                super::super::hold(e2e::Engine::Chromium, true);
            }
        }

        mod firefox {
            #[test]
            fn none_runs_in_firefox() {
                super::super::hold(e2e::Engine::Firefox, true);
            }
        }

        mod webkit {
            #[test]
            fn none_runs_in_webkit() {
                super::super::hold(e2e::Engine::WebKit, true);
            }
        }
    }
}
