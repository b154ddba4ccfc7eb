//! Long use of one tab: what it holds does not grow. Short, unless `STRONGROOM_LONG` is set: the check `soak`.

#[cfg(test)]
mod tests {
    use std::env;

    use e2e::endurance::Level;
    use e2e::{Journey, Page};
    use serde_json::{Value, json};

    fn is_long() -> bool {
        env::var_os("STRONGROOM_LONG").is_some()
    }

    /// Every view with its heading, as a round visits them.
    fn views(workspace: &str, other: &str, secret: &str) -> Vec<(String, &'static str)> {
        let own = format!("/workspaces/{workspace}");
        vec![
            ("/workspaces".to_owned(), "Workspaces"),
            (own.clone(), "Endurance"),
            (format!("{own}/secrets"), "Secrets"),
            (format!("{own}/secrets/{secret}"), "SECRET"),
            (format!("{own}/secrets?q=label%3Anumber%3D1"), "Secrets"),
            (format!("{own}/secrets/new"), "New secret"),
            (format!("{own}/references"), "References"),
            (format!("{own}/members"), "Members"),
            (format!("{own}/edit"), "Edit workspace"),
            (format!("{own}/overview"), "Overview"),
            ("/search?q=secret".to_owned(), "Search"),
            (format!("/compare?in={workspace},{other}"), "Compare"),
        ]
    }

    #[track_caller]
    fn has_not_grown(first: &Level, last: &Level) {
        let mut growth = last.leaks_since(first);
        if is_long() {
            growth.extend(last.growth_since(first));
        }
        assert!(growth.is_empty(), "{}\n{first}\n{last}", growth.join("\n"));
    }

    fn say(page: &Page, what: &str) -> Level {
        page.endure("quiet()");
        let level = page.level();
        // Read where a test fails, and with `--nocapture`.
        println!("{what}: {level}");
        level
    }

    #[test]
    fn going_around_and_editing_leaves_nothing_behind() {
        // In a round there are 14 navigations, and 2 more for each edit.
        let (rounds, edits) = if is_long() { (125, 4) } else { (3, 3) };
        Journey::named("endurance").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Endurance", 20);
            let other = world.workspace_of("Endurance too", 5);
            let secret = world.api.secret(&workspace, &json!({"name": "SECRET"}), "a value");
            let views = views(&workspace, &other, &secret);
            world.open("/workspaces");
            page.wait_view("Workspaces");
            let mut first = None;
            for round in 0..rounds {
                let what = json!({
                    "views": views,
                    "secret": format!("/workspaces/{workspace}/secrets/{secret}"),
                    "name": "SECRET",
                    "edits": edits,
                    "first": round * edits,
                });
                page.endure(&format!("round({what})"));
                // The first round loads parts of the program, and the second may still fill caches.
                if round == 1 {
                    first = Some(say(page, "after the second round"));
                } else if is_long() && round % 10 == 1 {
                    say(page, &format!("after {round} rounds"));
                }
            }
            let last = say(page, "after the last round");
            has_not_grown(&first.expect("there are two rounds"), &last);
        });
    }

    #[test]
    fn a_list_that_is_dropped_leaves_nothing_behind() {
        let (secrets, rounds) = if is_long() { ("100000", 20) } else { ("2000", 3) };
        Journey::named("endurance-list")
            .with(&["--seed", secrets])
            .take(|world| {
                let page = &world.page;
                world.open(&format!("/workspaces/{}/secrets", world.api.workspace_named("Bulk")));
                let mut first = None;
                for round in 1..=rounds {
                    page.endure(&format!("lock_loaded({secrets})"));
                    let level = say(page, &format!("after {round} rounds"));
                    match &first {
                        None => first = Some(level),
                        Some(first) => has_not_grown(first, &level),
                    }
                    page.endure(&format!("unlock({})", Value::from(world.api.key.as_str())));
                }
            });
    }
}
