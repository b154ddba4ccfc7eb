//! Overviews: pictures that lead to the secrets behind them, and findings.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Page, Vocabulary, wait_until};

    /// Goes to an address of the console as a link does, so that the session stays.
    fn go(page: &Page, address: &str) {
        page.run(&format!(
            "const link = document.createElement('a'); link.href = '{address}'; document.body.append(link); link.click(); link.remove();"
        ));
    }

    /// The names, counts and addresses of all bars that are links.
    fn bars(page: &Page) -> Vec<(String, usize, String)> {
        let found = page.run(
            "return [...document.querySelectorAll('figure a')].map(bar => [
                 bar.firstElementChild.textContent, bar.querySelector('.bar-count').textContent, bar.getAttribute('href')])",
        );
        let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        let bar = |bar: &serde_json::Value| {
            let count = text(&bar[1]).parse().expect("a count");
            (text(&bar[0]), count, text(&bar[2]))
        };
        found.as_array().expect("bars").iter().map(bar).collect()
    }

    #[test]
    fn each_bar_and_finding_leads_to_just_its_secrets() {
        Journey::named("overview").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Production");
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.link("Overview").click();
            page.wait_view("Overview");
            page.status("Overview status").wait_text("Based on 39 secrets · as of");
            let figure = page.named(&["figure"], "By last use");
            figure.wait();
            assert!(
                figure.link("5 secrets never used").exists(),
                "{:?}",
                figure.link("x").names()
            );
            page.run("document.querySelectorAll('figure details').forEach(it => it.open = true)");
            page.table("By last use as a table").wait_text("never used");
            let all = bars(page);
            assert!(all.len() > 15, "{all:?}");
            let table = page.table("Secrets");
            for (name, count, address) in all {
                assert!(name.starts_with(&format!("{count} secret")), "{name}");
                go(page, &address);
                page.wait_view("Secrets");
                let wanted = count.to_string();
                wait_until(&format!("{count} rows of {address}"), || {
                    table.attribute("aria-rowcount").as_deref() == Some(&wanted)
                });
            }

            go(page, &format!("/workspaces/{workspace}/overview"));
            page.wait_view("Overview");
            page.link("Show 8 secrets: Same external ID").click();
            page.wait_view("Secrets");
            wait_until("8 rows", || table.attribute("aria-rowcount").as_deref() == Some("8"));
        });
    }

    #[test]
    fn a_muted_finding_stays_muted_in_this_browser() {
        Journey::named("muted").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Production");
            world.open(&format!("/workspaces/{workspace}/overview"));
            let sets = format!("/v1/workspaces/{workspace}/tool_sets");
            let missing = page.heading("Referred to, but missing");
            page.heading("Same external ID").wait();
            assert!(
                !missing.exists() && world.api.calls("GET", &sets) == 0,
                "nothing is read unasked"
            );
            page.button("Read references").click();
            missing.wait();
            page.button("Mute Same external ID").click();
            page.heading("Same external ID").wait_gone();
            page.button("Show 1 muted finding").wait();
            let kept = page.run("return localStorage.getItem('strongroom.muted')");
            assert_eq!(kept.as_str(), Some(&*format!("shared-external-id {workspace}")));

            go(page, "/overview");
            page.table("Workspaces").wait_text("Complete");
            page.button("Show 1 muted finding").click();
            page.button("Unmute Same external ID in Production").click();
            page.button("Mute Same external ID in Production").wait();
            assert!(page.run("return localStorage.getItem('strongroom.muted')").is_null());
        });
    }
}
