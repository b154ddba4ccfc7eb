//! The program in parts: what the first view loads, and what happens when a part does not arrive.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use e2e::local_api::file_of;
    use e2e::{Journey, Key, Page, Vocabulary, World, scratch, wait_until};
    use serde_json::{Value, json};

    /// The names of all files that the page has loaded, without directories.
    fn loaded(page: &Page) -> Vec<String> {
        let names = page.run("return performance.getEntriesByType('resource').map(it => it.name.split('/').pop())");
        let names = names.as_array().expect("a list").iter();
        names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
    }

    fn has(names: &[String], part: &str) -> bool {
        names.iter().any(|name| name.starts_with(part))
    }

    #[test]
    fn each_view_loads_what_it_needs_when_it_is_wanted() {
        Journey::named("parts").take(|world| {
            let page = &world.page;
            page.visit("/connect");
            page.wait_view("Connect");
            let first = loaded(page);
            assert!(has(&first, "split_connect-"), "{first:?}");
            for later in ["split_workspaces-", "split_secrets-", "split_forms-"] {
                assert!(!has(&first, later), "{later} in {first:?}");
            }
            world.connect_with(&world.api.key);
            page.wait_view("Workspaces");
            assert!(has(&loaded(page), "split_workspaces-"));
            page.table("Workspaces").link("Production").click();
            page.wait_view("Secrets");
            let list = loaded(page);
            assert!(has(&list, "split_secrets-") && !has(&list, "split_forms-"), "{list:?}");
            page.button("New secret").click();
            page.wait_view("New secret");
            assert!(has(&loaded(page), "split_forms-"));
            // What is here is not asked for again.
            page.back();
            page.wait_view("Secrets");
            let names = loaded(page);
            let lists = names.iter().filter(|name| name.starts_with("split_secrets-")).count();
            assert_eq!(lists, 1, "{names:?}");
        });
    }

    #[test]
    fn what_the_program_needs_first_is_asked_for_before_it_is_there() {
        let site = scratch("no-program-site");
        Journey::named("no-program")
            .with_a_copy_of_the_site(&site)
            .take(|world| {
                let page = &world.page;
                // Those of the release before, too.
                let assets = site.join("assets");
                for name in files_of(&assets, "strongroom_bg-") {
                    fs::remove_file(assets.join(name)).expect("taking the program away");
                }
                world.expect_status(404);
                world.expect_in_console("digest");
                world.expect_in_console("SRI's integrity checks failed");
                world.expect_in_console("TypeError");
                page.visit("/connect");
                page.alert().wait_text("couldn't start");
                wait_until("part and configuration were asked for", || {
                    let asked = loaded(page);
                    has(&asked, "split_connect-") && has(&asked, "config.json")
                });
            });
        let _ = fs::remove_dir_all(&site);
    }

    #[test]
    fn each_file_is_asked_for_once_and_a_repeat_visit_asks_for_none() {
        Journey::named("repeat-visit").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Visited twice", 3);
            let address = format!("/workspaces/{workspace}/secrets");
            page.visit(&address);
            page.checkbox("Stay connected in this tab").click();
            world.connect_with(&world.api.key);
            let shown = || {
                page.table("Secrets").link("SECRET_001").wait();
            };
            shown();
            let mut names = loaded(page);
            names.retain(|name| name.contains('.'));
            names.sort();
            let asked = names.len();
            names.dedup();
            assert_eq!(names.len(), asked, "{names:?}");
            // The first visit to this address that has a session may still load a part.
            page.visit(&address);
            shown();
            page.visit(&address);
            shown();
            let sent = "return performance.getEntriesByType('resource')
                .filter(it => it.transferSize > 0 && new URL(it.name).pathname.includes('.'))
                .map(it => new URL(it.name).pathname)";
            assert_eq!(page.run(sent), json!(["/config.json"]));
        });
    }

    #[test]
    fn a_part_that_does_not_arrive_is_said_and_can_be_had_again() {
        let site = scratch("lost-part-site");
        Journey::named("lost-part")
            .with_a_copy_of_the_site(&site)
            .take(|world| {
                let page = &world.page;
                let part = file_of(&site, "split_forms-");
                let away = site.join("away");
                fs::rename(&part, &away).expect("taking the part away");
                world.open("/workspaces");
                page.table("Workspaces").link("Production").click();
                page.wait_view("Secrets");
                world.expect_status(404);
                world.expect_in_console("digest");
                world.expect_in_console("SRI's integrity checks failed");
                world.expect_in_console("TypeError");
                page.button("New secret").click();
                page.alert().wait_text("This page failed to load");
                assert!(page.address().ends_with("/secrets/new"), "{}", page.address());
                fs::rename(&away, &part).expect("putting the part back");
                page.button("Try again").click();
                page.wait_view("New secret");
                page.alert().wait_gone();
            });
        let _ = fs::remove_dir_all(&site);
    }

    #[test]
    fn styles_that_do_not_arrive_are_said_and_can_be_had_again() {
        let site = scratch("lost-styles-site");
        Journey::named("lost-styles")
            .with_a_copy_of_the_site(&site)
            .take(|world| {
                let page = &world.page;
                let sheet = file_of(&site, "later-");
                let away = site.join("away");
                fs::rename(&sheet, &away).expect("taking the style sheet away");
                world.open("/workspaces");
                page.table("Workspaces").link("Production").click();
                page.wait_view("Secrets");
                assert!(!has(&loaded(page), "later-"), "no first view needs it");
                world.expect_in_console("Refused to apply style");
                page.button("New secret").click();
                page.alert().wait_text("This page failed to load");
                fs::rename(&away, &sheet).expect("putting the style sheet back");
                page.button("Try again").click();
                page.wait_view("New secret");
                page.alert().wait_gone();
                assert!(has(&loaded(page), "later-"));
            });
        let _ = fs::remove_dir_all(&site);
    }

    #[test]
    fn keys_and_menus_whose_part_does_not_arrive_say_so_and_work_after_another_try() {
        let site = scratch("lost-tools-site");
        Journey::named("lost-tools")
            .with_a_copy_of_the_site(&site)
            .take(|world| {
                let page = &world.page;
                let part = file_of(&site, "split_tools-");
                let away = site.join("away");
                fs::rename(&part, &away).expect("taking the part away");
                world.open("/workspaces");
                page.table("Workspaces").link("Production").wait();
                world.expect_status(404);
                world.expect_in_console("digest");
                world.expect_in_console("SRI's integrity checks failed");
                world.expect_in_console("TypeError");
                page.press_with_ctrl('k');
                page.alert().wait_text("failed to load");
                fs::rename(&away, &part).expect("putting the part back");
                page.button("Try again").click();
                // What was asked for is done now.
                page.dialog("Command palette").wait();
                page.press(Key::Escape);
                page.dialog("Command palette").wait_gone();
                page.alert().wait_gone();
                page.combobox("Switch workspace").click();
                page.combobox("Filter workspaces").wait();
            });
        let _ = fs::remove_dir_all(&site);
    }

    /// A file of the site is missing the next time that it is asked for; its address.
    fn miss(world: &World, start: &str) -> String {
        world.expect_status(404);
        world.api.miss_file(start)
    }

    /// What came of it each time that the document asked for a file: a status, and whether the server sent it.
    fn answers(page: &Page, path: &str) -> Value {
        page.run(&format!(
            "return performance.getEntriesByName(location.origin + '{path}').map(it => [it.responseStatus, it.transferSize > 0])"
        ))
    }

    #[test]
    fn a_program_whose_failure_is_in_the_cache_is_asked_for_past_it() {
        Journey::named("kept-program").take(|world| {
            let page = &world.page;
            let path = miss(world, "strongroom_bg-");
            // The very request of the document.
            let ask = format!(
                "const link = document.createElement('link');
                 Object.assign(link, {{ rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: '{path}' }});
                 return new Promise(done => {{
                     link.onload = link.onerror = () => done(true);
                     document.documentElement.append(link);
                 }})"
            );
            page.visit("/config.json");
            page.run(&ask);
            assert_eq!(answers(page, &path), json!([[404, true]]));
            page.visit("/config.json?again");
            page.run(&ask);
            assert_eq!(
                answers(page, &path),
                json!([[404, false]]),
                "it is there again, and nobody asks"
            );
            world.expect_in_console("digest");
            world.expect_in_console("SRI's integrity checks failed");
            world.expect_in_console("TypeError");
            page.visit("/connect");
            page.wait_view("Connect");
            let arrived = "return performance.getEntriesByType('navigation')[0].type";
            assert_eq!(page.run(arrived), "navigate", "the page is not loaded again for it");
        });
    }

    #[test]
    fn a_part_whose_failure_is_in_the_cache_is_asked_for_past_it() {
        Journey::named("kept-part").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Kept");
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.wait_view("Secrets");
            let path = miss(world, "split_forms-");
            let ask = format!("return fetch('{path}').then(answer => answer.status)");
            assert_eq!(page.run(&ask), 404);
            assert_eq!(page.run(&ask), 404, "it is there again, and nobody asks");
            world.expect_in_console("digest");
            world.expect_in_console("SRI's integrity checks failed");
            page.button("New secret").click();
            page.wait_view("New secret");
            assert!(!page.alert().exists(), "nobody has to try again");
        });
    }

    #[test]
    fn an_old_tab_that_meets_a_new_release_says_so_and_keeps_what_was_typed() {
        let site = scratch("replaced-site");
        Journey::named("replaced-site")
            .with_a_copy_of_the_site(&site)
            .take(|world| {
                let page = &world.page;
                let workspace = world.api.workspace("Replaced");
                page.visit(&format!("/workspaces/{workspace}/secrets/new"));
                page.checkbox("Stay connected in this tab").click();
                world.connect_with(&world.api.key);
                page.wait_view("New secret");
                page.textbox("Name").fill("TYPED");
                page.textbox("Value").fill("typed-canary");
                let is_kept = "return Object.keys(sessionStorage).some(it => it.includes('draft'))";
                wait_until("a draft is kept", || page.run(is_kept) == true);
                // The next release: the same program under another name, and the part that is needed next is gone.
                let (away, document) = (site.join("away"), site.join("index.html"));
                fs::create_dir(&away).expect("a folder");
                // Compressed ones too.
                let parts = files_of(&site.join("assets"), "split_tools-");
                let move_all = |from: &Path, to: &Path| {
                    for name in &parts {
                        fs::rename(from.join(name), to.join(name)).expect("moving the part");
                    }
                };
                move_all(&site.join("assets"), &away);
                let old = fs::read_to_string(&document).expect("the document");
                let programs = files_of(&site.join("assets"), "strongroom_bg-");
                let name = programs
                    .iter()
                    .find(|name| name.ends_with(".wasm") && old.contains(name.as_str()))
                    .expect("the program");
                let next = "strongroom_bg-00000000000000ff.wasm";
                fs::copy(site.join("assets").join(name), site.join("assets").join(next)).expect("the next program");
                for compressed in files_of(&site, "index.html.") {
                    fs::remove_file(site.join(compressed)).expect("removing the old document");
                }
                fs::write(&document, old.replace(name, next)).expect("the next document");
                world.expect_status(404);
                world.expect_in_console("digest");
                world.expect_in_console("SRI's integrity checks failed");
                world.expect_in_console("TypeError");
                page.press_with_ctrl('k');
                page.alert().wait_text("A new version is available");
                move_all(&away, &site.join("assets"));
                page.alert().button("Reload page").click();
                page.main_landmark().wait_text("Draft from");
                assert_eq!(page.textbox("Name").value(), "TYPED");
                wait_until("the value is there", || page.textbox("Value").value() == "typed-canary");
                let program = "return document.querySelector('script[data-wasm]').dataset.wasm";
                assert_eq!(page.run(program), format!("/assets/{next}"), "the new release runs");
                page.press_with_ctrl('k');
                page.dialog("Command palette").wait();
            });
        let _ = fs::remove_dir_all(&site);
    }

    /// The names of the files in a folder that begin like this.
    fn files_of(folder: &Path, start: &str) -> Vec<String> {
        let files = fs::read_dir(folder).expect("the site").flatten();
        let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with(start)).collect()
    }
}
