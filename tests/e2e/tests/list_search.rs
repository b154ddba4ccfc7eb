//! The words of the list's search.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Vocabulary, wait_until};
    use serde_json::Value;

    fn names(answer: &Value) -> Vec<String> {
        let mut names: Vec<String> = answer
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect();
        names.sort();
        names
    }

    #[test]
    fn each_qualifier_means_what_it_says() {
        Journey::named("qualifiers").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Production");
            let secrets = world.api.secrets_with_info(&workspace);
            let creator = secrets[0]["info"]["createdBy"]["spec"]["name"].as_str().expect("a name");
            let id = secrets[3]["metadata"]["id"].as_str().expect("an id");
            let in_label = secrets.iter().find_map(|it| it["metadata"]["labels"]["bundle_key"].as_str());
            let in_label = in_label.expect("a bundle that is a label");
            let in_field = secrets.iter().find_map(|it| it["metadata"]["bundleKey"].as_str());
            let in_field = in_field.expect("a bundle that is a field");
            let (key, value) = secrets
                .iter()
                .find_map(|it| it["metadata"]["labels"].as_object()?.iter().next())
                .expect("a label");
            let value = value.as_str().expect("a text");
            let cases = [
                (format!("label:{key}={value}"), format!("labels[{key:?}] === {value:?}")),
                (format!("-label:{key}={value}"), format!("labels[{key:?}] !== {value:?}")),
                (format!("label:{key}"), format!("{key:?} in labels")),
                (format!("-label:{key}"), format!("!({key:?} in labels)")),
                (format!("bundle:{in_label}"), format!("bundle === {in_label:?}")),
                (format!("bundle:{in_field}"), format!("bundle === {in_field:?}")),
                ("is:managed".to_owned(), "bundle".to_owned()),
                ("-is:managed".to_owned(), "!bundle".to_owned()),
                ("has:external-id".to_owned(), "it.metadata.externalId".to_owned()),
                ("is:unused".to_owned(), "!used".to_owned()),
                ("used:<30d".to_owned(), "used && used > now - 30 * day".to_owned()),
                ("used:>90d".to_owned(), "used && used < now - 90 * day".to_owned()),
                (
                    "created:>2026-01-01".to_owned(),
                    "created >= Date.parse('2026-01-02T00:00:00Z') - day".to_owned(),
                ),
                (
                    format!("by:\"{creator}\""),
                    format!("it.info.createdBy.spec.name === {creator:?}"),
                ),
                (format!("id:{id}"), format!("it.metadata.id === {id:?}")),
                ("\"API_KEY\"".to_owned(), "name.includes('api_key')".to_owned()),
                ("stripe key".to_owned(), "name.includes('stripe') && name.includes('key')".to_owned()),
            ];
            world.open(&format!("/workspaces/{workspace}/secrets?info=1"));
            page.status("List status")
                .wait_text(&format!("{} secrets", secrets.len()));
            let table = page.table("Secrets");
            for (search, holds) in cases {
                let script = format!(
                    "const [now, day] = [Date.now(), 864e5];
                     return {}.filter(it => {{
                         const [labels, name] = [it.metadata.labels ?? {{}}, it.metadata.name.toLowerCase()];
                         const [used, created] = [Date.parse(it.info?.lastUsedAt) || 0, Date.parse(it.metadata.createdAt)];
                         const bundle = labels.bundle_key || it.metadata.bundleKey;
                         return {holds};
                     }}).map(it => it.metadata.name)",
                    Value::from(secrets.clone())
                );
                let wanted = names(&page.run(&script));
                page.searchbox("Search secrets").fill(&search);
                if wanted.is_empty() {
                    page.main_landmark().wait_text("No results");
                    continue;
                }
                table.wait_rows(wanted.len());
                // What is not in sight is counted; what is in sight is among them.
                let shown = names(&page.run(
                    "return [...document.querySelectorAll('tbody th a')].map(it => it.textContent)",
                ));
                assert!(
                    shown.iter().all(|name| wanted.contains(name)),
                    "{search}: {shown:?} and not only {wanted:?}"
                );
            }
            page.searchbox("Search secrets").fill("nome:x is:unused");
            page.main_landmark().wait_text("Unknown filter “nome:”");
            page.press(Key::Enter);
            wait_until("the condition is a chip", || page.searchbox("Search secrets").value() == "nome:x");
            page.button("Remove is:unused").click();
            page.button("Remove is:unused").wait_gone();
            wait_until("the chip takes its condition with it", || {
                page.searchbox("Search secrets").value() == "nome:x"
            });
        });
    }

    #[test]
    fn what_can_be_written_is_offered() {
        Journey::named("suggestions").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Suggested", 12);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("12 secrets");
            let search = page.searchbox("Search secrets");
            search.fill("la");
            let offered = page.group("Suggestions");
            offered.button("label:").wait();
            page.press(Key::Down);
            wait_until("the arrow leads there", || offered.button("label:").is_focused());
            page.press(Key::Enter);
            wait_until("it is written", || search.value() == "label:");
            offered.button("label:number=").click();
            offered.button("label:number=11").click();
            page.table("Secrets").wait_rows(1);
            page.table("Secrets").link("SECRET_011").wait();
            page.list("Filter").wait_text("label:number=11");
            offered.wait_gone();
            assert_eq!(search.value(), "", "the chip stands for its text");
            page.wait_address(&format!("/workspaces/{workspace}/secrets?q=label:number%3D11"));
            wait_until("the focus is in the box", || search.is_focused());
            page.press(Key::Backspace);
            page.table("Secrets").wait_rows(12);
            assert!(!page.list("Filter").exists());
        });
    }

    #[test]
    fn a_secret_is_found_and_opened_without_the_mouse() {
        Journey::named("find-and-open").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Found", 12);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("12 secrets");
            // Nothing typed after the slash is lost, however fast.
            page.type_text("/secret_007");
            let search = page.searchbox("Search secrets");
            wait_until("every letter is there", || search.value() == "secret_007");
            page.table("Secrets").wait_rows(1);
            page.press(Key::Enter);
            page.wait_view("SECRET_007");
            page.back();
            page.wait_view("Secrets");
            search.fill("");
            search.click();
            page.group("Suggestions").button("is:unused").wait();
            search.fill("number");
            page.table("Secrets").wait_rows(12);
            page.press(Key::Down);
            wait_until("the arrow leads to the rows", || page.link("SECRET_000").is_focused());
            // By its id, and by the nearest where nothing is found.
            let id = world.api.secret_named(&workspace, "SECRET_003");
            search.fill(&id);
            page.table("Secrets").wait_rows(1);
            page.table("Secrets").link("SECRET_003").wait();
            search.fill("SECRET_003 nothing");
            page.button("SECRET_003 has 1 secret").click();
            page.table("Secrets").wait_rows(1);
        });
    }

    #[test]
    fn ready_made_views_are_a_click_away() {
        Journey::named("ready-made-views").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Ready", 3);
            let list = format!("/workspaces/{workspace}/secrets");
            world.open(&list);
            page.status("List status").wait_text("3 secrets");
            let views = page.list("Views");
            let is_on = |name: &str| views.link(name).attribute("aria-current").is_some();
            assert!(is_on("All"));
            views.link("Never used").click();
            page.wait_address(&format!("{list}?q=is:unused"));
            page.button("Remove is:unused").wait();
            wait_until("it is marked", || is_on("Never used") && !is_on("All"));
            views.link("Updated this week").click();
            page.table("Secrets").column("Updated").wait();
            page.button("Save view").click();
            let panel = page.dialog("View");
            wait_until("the name has the focus", || panel.textbox("View name").is_focused());
            page.type_text("Mine");
            page.press(Key::Enter);
            views.link("Mine").wait();
            page.press(Key::Escape);
            panel.wait_gone();
            views.link("All").click();
            page.wait_address(&list);
            views.link("Mine").click();
            page.table("Secrets").column("Updated").wait();
        });
    }
}
