//! The harness itself, on small pages of its own: it must find what is there, and must fail where it should.

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::thread;

    use e2e::console::{Expected, complaints};
    use e2e::{Key, Page, Vocabulary, wait_until};

    /// Serves one page under every address, with a policy that forbids inline styles and scripts.
    fn serve(html: &'static str, script: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = [0; 4096];
                let length = stream.read(&mut request).unwrap();
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let (status, kind, body) = match request.split(' ').nth(1) {
                    Some("/script.js") => ("200 OK", "text/javascript", script),
                    Some("/refused") => ("401 Unauthorized", "application/json", "{}"),
                    Some("/favicon.ico") => ("204 No Content", "image/png", ""),
                    _ => ("200 OK", "text/html; charset=utf-8", html),
                };
                let policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'";
                let head = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\
                     content-security-policy: {policy}\r\n\r\n",
                    body.len()
                );
                stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).unwrap();
            }
        });
        address
    }

    const FORM: &str = r#"<!doctype html><html lang="en"><title>Form</title><script src="/script.js" defer></script>
        <nav aria-label="Main"><a href="/elsewhere">Elsewhere</a></nav>
        <main><h1 id="title">Form</h1>
        <form aria-labelledby="title">
          <label for="key">API key</label><input id="key" type="password">
          <label>Name <input></label>
          <input type="search" aria-label="Search secrets">
          <fieldset role="radiogroup" aria-label="Value change">
            <label><input type="radio" name="c" checked>Keep</label><label><input type="radio" name="c">Clear</label>
          </fieldset>
          <fieldset><legend>Labels</legend><button type="button">Add label</button></fieldset>
          <label><input type="checkbox">Stay</label>
        </form>
        <button id="open">Open <b>it</b></button><button hidden>Hidden</button>
        <div role="status" aria-label="List status">50 of 120</div><p role="alert" hidden>Bad</p>
        <table aria-label="Secrets"><thead><tr><th>Name<th>Created</thead>
          <tbody><tr><td><a href="/a">ALPHA</a><td>now<tr><td><a href="/b">BETA</a><td>then</table>
        <dialog aria-label="Connect again"><label>API key <input type="password"></label><button>Connect</button></dialog>
        </main></html>"#;

    const OPENS: &str = "document.getElementById('open').onclick = () => {
        document.querySelector('dialog').showModal(); document.querySelector('[role=alert]').hidden = false; };";

    #[test]
    fn finds_by_role_and_name_and_acts() {
        let page = Page::open(&serve(FORM, OPENS));
        page.visit("/");
        for locator in [
            page.heading("Form"),
            page.textbox("API key"),
            page.textbox("Name"),
            page.searchbox("Search secrets"),
            page.group("Value change").radio("Keep"),
            page.group("Labels").button("Add label"),
            page.checkbox("Stay"),
            page.button("Open it"),
            page.status("List status"),
            page.navigation("Main").link("Elsewhere"),
            page.table("Secrets").column("Created"),
            page.table("Secrets").row("BETA").link("BETA"),
        ] {
            locator.wait();
            assert_eq!(locator.count(), 1, "{locator:?}");
        }
        assert!(
            !page.button("Hidden").exists() && !page.alert().exists(),
            "what is hidden is not there"
        );
        assert!(!page.button("Open").exists(), "a part of a name is not the name");
        assert_eq!(page.table("Secrets").any(&["row"]).count(), 3);
        assert_eq!(page.status("List status").text(), "50 of 120");

        page.textbox("Name").fill("first");
        page.textbox("Name").fill("second ✓");
        assert_eq!(page.textbox("Name").value(), "second ✓");
        assert!(page.radio("Keep").is_chosen() && !page.radio("Clear").is_chosen());
        page.radio("Clear").click();
        assert!(page.radio("Clear").is_chosen());
        page.tab_to(&page.button("Open it"));
        page.press(Key::Enter);
        page.dialog("Connect again").wait();
        assert_eq!(
            page.textbox("API key").count(),
            1,
            "behind an open dialog everything is inert"
        );
        page.dialog("Connect again").textbox("API key").fill("sk_test");
        page.press(Key::Escape);
        page.dialog("Connect again").wait_gone();
        page.alert().wait_text("Bad");
        page.link("ALPHA").click();
        page.wait_address("/a");
    }

    const LOUD: &str = "console.info('quiet'); console.warn('warned of'); fetch('/refused');
        document.querySelector('p').setAttribute('style', 'color: red');
        document.querySelector('p').id = 'done';";

    #[test]
    fn hears_everything_that_the_console_says() {
        let page = Page::open(&serve(
            "<!doctype html><title>x</title><p>x<script src=/script.js></script>",
            LOUD,
        ));
        page.visit("/");
        page.visit("/again");
        wait_until("the console has said it", || {
            page.log()
                .iter()
                .filter(|it| it.message.contains("status of 401"))
                .count()
                >= 2
        });
        let log = page.log();
        let all = complaints(&log, &[]);
        for part in [
            "warned of",
            "status of 401",
            "securitypolicyviolation style-src",
            "Content Security Policy",
        ] {
            assert!(all.iter().any(|it| it.contains(part)), "{part:?} is not in {all:?}");
        }
        assert!(!all.iter().any(|it| it.contains("quiet")));
        let expected = [Expected::Status(401), Expected::Text("warned of".to_owned())];
        let rest = complaints(&log, &expected);
        assert!(
            !rest.is_empty() && rest.iter().all(|it| it.contains("olic")),
            "only the violation is left: {rest:?}"
        );
        let never = complaints(&log, &[Expected::Status(503)]);
        assert!(
            never.iter().any(|it| it.contains("503")),
            "what was declared and never came is a complaint too"
        );
    }

    const KEEPS: &str = "const v = 'hunter' + '2-canary'; const [where] = [location.pathname.slice(1)];
        const p = document.querySelector('p'), i = document.querySelector('input');
        ({ text: () => p.textContent = v, attribute: () => p.setAttribute('data-x', v), field: () => i.value = v,
           local: () => localStorage.setItem('k', v), session: () => sessionStorage.setItem(v, 'k'),
           title: () => document.title = v, address: () => history.replaceState(null, '', '?' + v),
           state: () => history.replaceState({ v }, ''), console: () => console.info(v),
           name: () => p.setAttribute('aria-label', v), request: () => fetch('/x?' + v), cookie: () => document.cookie = v,
           encoded: () => p.textContent = btoa(v), nothing: () => 0 })[where]();
        document.body.id = 'ready';";

    #[test]
    fn finds_a_value_wherever_it_is() {
        let html = "<!doctype html><title>x</title><body><p role=note>x</p><label>f <input></label><script src=/script.js></script>";
        let page = Page::open(&serve(html, KEEPS));
        let nowhere =
            |but: &[&str]| catch_unwind(AssertUnwindSafe(|| page.assert_nowhere("hunter2-canary", but))).is_ok();
        let open = |path: &str| {
            page.visit(path);
            wait_until("the script ran", || page.run("return document.body.id") == "ready");
        };
        open("/nothing");
        assert!(nowhere(&[]), "it is found where it is not");
        for place in [
            "text",
            "attribute",
            "field",
            "title",
            "address",
            "state",
            "name",
            "request",
            "encoded",
        ] {
            open(&format!("/{place}"));
            // What a request leaves behind is there when it has been answered.
            wait_until(&format!("it is found as {place}"), || !nowhere(&[]));
        }
        open("/session");
        assert!(!nowhere(&[]) && nowhere(&["session storage"]));
        page.run("sessionStorage.clear()");
        for (place, clear) in [
            ("local", "localStorage.clear()"),
            ("cookie", "document.cookie = 'hunter2-canary;max-age=0'"),
        ] {
            open(&format!("/{place}"));
            assert!(!nowhere(&[]), "it is not found as {place}");
            page.run(clear);
            assert!(nowhere(&[]), "it is found although it was cleared: {place}");
        }
        open("/console");
        assert!(!nowhere(&[]));
        open("/nothing");
        assert!(
            !nowhere(&[]) && nowhere(&["the console"]),
            "what the console said stays said"
        );
    }

    #[test]
    fn a_console_that_cannot_be_read_is_not_a_quiet_one() {
        let page = Page::open(&serve(FORM, OPENS));
        page.visit("/");
        page.end();
        let said = catch_unwind(AssertUnwindSafe(|| page.log())).unwrap_err();
        let said = said.downcast_ref::<String>().unwrap();
        assert!(said.starts_with("reading the console: "), "{said}");
    }

    #[test]
    fn fails_with_words_where_something_is_missing() {
        let page = Page::open(&serve(FORM, OPENS));
        page.visit("/");
        let said = catch_unwind(AssertUnwindSafe(|| page.radio("Replace").wait().click())).unwrap_err();
        let said = said.downcast_ref::<String>().unwrap();
        assert!(
            said.contains("radio \"Replace\"") && said.contains("radio \"Keep\""),
            "{said}"
        );
        let folder = std::env::temp_dir().join(format!("strongroom-evidence-{}", std::process::id()));
        page.save_evidence(&folder, "on purpose");
        let read = |name: &str| String::from_utf8_lossy(&std::fs::read(folder.join(name)).unwrap()).into_owned();
        assert!(read("why.txt").contains("on purpose") && read("why.txt").contains("visit /"));
        assert!(read("page.html").contains("Add label") && read("accessibility.txt").contains("button \"Add label\""));
        assert!(read("page.png").contains("PNG"));
        std::fs::remove_dir_all(folder).unwrap();
    }

    const TIMES: &str = "globalThis.told = []; const begun = [Date.now(), performance.now()];
        const tell = what => told.push([what, ...[Date.now(), performance.now()].map((now, at) => now - begun[at])]);
        setTimeout(tell, 60_000, 'minute');
        setTimeout(() => setTimeout(tell, 2000, 'started later'), 1000);
        clearTimeout(setTimeout(tell, 500, 'stopped'));
        const every = setInterval(() => { tell('again'); if (told.length === 3) clearInterval(every); }, 2500);";

    #[test]
    fn timers_fire_early_in_their_order_and_at_their_time() {
        let page = Page::open(&serve(
            "<!doctype html><title>x</title><script src=/script.js></script>",
            TIMES,
        ));
        page.control_timers();
        page.visit("/");
        let told = || {
            let told =
                page.run("return told.map(([what, ...times]) => [what, ...times.map(it => Math.floor(it / 500))])");
            serde_json::from_value::<Vec<(String, u32, u32)>>(told).unwrap()
        };
        // A busy machine adds its own time to that of the page.
        let is = |(told, one, other): &(String, u32, u32), what: &str, halves: u32| {
            told == what && one.abs_diff(halves) <= 4 && other.abs_diff(halves) <= 4
        };
        page.fast_forward(59);
        let early = told();
        let wanted = [("again", 5), ("started later", 6), ("again", 10)];
        assert!(
            early.len() == 3
                && early
                    .iter()
                    .zip(wanted)
                    .all(|(it, (what, halves))| is(it, what, halves)),
            "{early:?}"
        );
        page.fast_forward(1);
        let all = told();
        assert!(all.len() == 4 && is(&all[3], "minute", 120), "{all:?}");
    }

    #[test]
    fn a_page_begins_with_nothing_and_shares_with_its_tabs_only() {
        let address = serve("<!doctype html><title>x</title><p>x", "");
        let keeps = "return localStorage.length + document.cookie.length > 0";
        // The second and the third may have the browser of the first.
        for _ in 0..3 {
            let page = Page::open(&address);
            page.visit("/");
            assert_eq!(page.run(keeps), false);
            page.run("localStorage.setItem('k', 'v'); document.cookie = 'k=v;max-age=60'");
            page.open_tab();
            page.visit("/second");
            assert_eq!(page.run(keeps), true);
            page.go_to_tab(0);
            page.wait_address("/");
            page.go_to_tab(1);
            page.wait_address("/second");
        }
    }

    #[test]
    fn a_tab_that_crashed_is_loaded_again() {
        let page = Page::open(&serve(FORM, OPENS));
        page.visit("/crashing");
        assert_eq!(page.crash_and_load_again("location.pathname"), "/crashing");
        page.visit("/beside");
        page.heading("Form").wait();
    }
}
