//! What the console says it may talk to is what the browser enforces.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary};
    use serde_json::{Value, json};

    const TITLE: &str = "What this console may talk to";

    #[test]
    fn the_policy_in_force_is_explained_with_and_without_a_session() {
        let config = json!({"servers": [
            {"name": "Here", "apiBaseUrl": "/"},
            {"name": "Elsewhere", "apiBaseUrl": "https://api.example/v"},
        ]});
        Journey::named("policy-page").configured(&config).take(|world| {
            let page = &world.page;
            page.visit("/connect");
            page.wait_view("Connect");
            page.link(TITLE).click();
            page.wait_address("/policy");
            page.wait_view(TITLE);
            let servers = page.table("Servers");
            servers.row("Elsewhere").wait_text("https://api.example/v");
            page.main_landmark().wait_text("You are not connected.");
            assert!(!servers.text().contains("Connected") && !servers.text().contains("Blocked"));
            // Each rule of the header of this very document, and no other.
            let rules = page.run(
                "return (async () => {
                     const served = (await fetch(location.pathname)).headers.get('content-security-policy');
                     const shown = [...document.querySelectorAll('table[aria-label=Rules] tbody td:last-child')].map(it => it.textContent);
                     return [served.split(';').map(it => it.trim()), shown];
                 })()",
            );
            assert_eq!(rules[0], rules[1]);
            assert!(rules[0].as_array().map(Vec::len) > Some(8));
            // A server that the policy does not allow: the page says what the browser does.
            let attempt = page.run("return fetch('https://api.example.org/').then(() => 'sent', () => 'blocked')");
            assert_eq!(attempt, "blocked");
            world.expect_in_console("securitypolicyviolation");
            world.expect_in_console("Content Security Policy");

            page.visit("/connect");
            page.wait_view("Connect");
            world.connect_with(&world.api.key);
            page.wait_view("Workspaces");
            page.button("Account menu").click();
            page.link(TITLE).click();
            page.wait_view(TITLE);
            page.table("Servers").row("Here").wait_text("Connected");
            page.main_landmark().wait_text("Your API key is sent only to the server you are connected to.");
            // Read anew when asked, from the header again.
            let stand_in = |policy: Value| {
                page.run(&format!(
                    "const own = globalThis.own ??= globalThis.fetch;
                     globalThis.fetch = (...asked) => (asked[0].url ?? asked[0]).endsWith('/policy')
                         ? Promise.resolve(new Response('', {{ headers: {policy} }})) : own.apply(globalThis, asked);"
                ));
                page.button("Read policy again").click();
            };
            stand_in(json!({"content-security-policy": "script-src 'self' 'unsafe-inline'; connect-src 'self'"}));
            page.table("Rules").wait_text("Weaker than needed");
            page.table("Servers").row("Elsewhere").wait_text("Blocked by the policy");
            page.main_landmark().wait_text("base-uri, form-action, frame-ancestors");
            stand_in(json!({}));
            page.main_landmark().wait_text("No policy");
        });
    }
}
