//! What helps everywhere: the command palette, the keys, the theme and the language.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Page, Theme, Vocabulary, wait_until};

    /// Nothing is wrong with what is on screen, by axe-core, in both themes.
    fn is_for_everyone(page: &Page) {
        for theme in Theme::ALL {
            page.emulate(theme, false);
            let found = page.violations();
            assert!(found.is_empty(), "{}: {}", theme.name(), found.join("\n"));
        }
        page.look_as_before();
    }

    #[test]
    fn the_palette_goes_anywhere_and_does_what_the_view_offers() {
        Journey::named("palette").take(|world| {
            let page = &world.page;
            let id = world.workspace_of("By palette", 3);
            world.open("/workspaces");
            page.wait_view("Workspaces");
            page.press_with_ctrl('k');
            page.dialog("Command palette").wait();
            let field = page.combobox("Go to or run");
            wait_until("the focus is in the field", || field.is_focused());
            is_for_everyone(page);
            page.type_text("by pal");
            page.press(Key::Enter);
            page.wait_view("Secrets");
            page.wait_address(&format!("/workspaces/{id}/secrets"));

            page.press_with_ctrl('k');
            page.dialog("Command palette").wait();
            page.type_text("secret_002");
            page.press(Key::Enter);
            page.wait_view("SECRET_002");

            page.press_with_ctrl('k');
            page.dialog("Command palette").wait();
            page.type_text("delete");
            page.press(Key::Enter);
            page.alertdialog("Delete secret").wait();
            page.press(Key::Escape);
            page.alertdialog("Delete secret").wait_gone();

            page.press_with_ctrl('k');
            page.dialog("Command palette").wait();
            page.type_text("no such thing");
            page.main_landmark();
            page.press(Key::Escape);
            page.dialog("Command palette").wait_gone();
        });
    }

    /// The names in the open palette, in their order.
    fn lines(page: &Page) -> Vec<String> {
        let names = page.run("return [...document.querySelectorAll('.option-text')].map(it => it.textContent)");
        let names = names.as_array().expect("a list").iter();
        names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
    }

    #[track_caller]
    fn open_palette(page: &Page, typed: &str) {
        page.press_with_ctrl('k');
        page.dialog("Command palette").named(&["listbox"], "Results").wait();
        wait_until("the focus is in the field", || {
            page.combobox("Go to or run").is_focused()
        });
        page.type_text(typed);
    }

    #[test]
    fn the_palette_finds_every_loaded_secret_drawn_or_not() {
        Journey::named("palette-many").take(|world| {
            let page = &world.page;
            let id = world.workspace_of("Many", 1_000);
            world.open(&format!("/workspaces/{id}/secrets"));
            page.status("List status").wait_text("1,000 secrets");
            assert!(!page.link("SECRET_777").exists(), "it is not drawn");
            open_palette(page, "");
            assert_eq!(lines(page)[..3], ["New secret", "Refresh", "Search secrets"]);
            page.type_text("secret_777");
            wait_until("it is the only secret", || {
                let lines = lines(page);
                lines[..2] == ["SECRET_777", "Search “secret_777” in Many"]
            });
            page.press(Key::Enter);
            page.wait_view("SECRET_777");

            // The list that was left is searched, too.
            open_palette(page, "secret_500");
            page.press(Key::Enter);
            page.wait_view("SECRET_500");

            page.type_text("e");
            page.wait_view("Edit SECRET_500");
            page.button("Remove label number").wait();
            for little in ["Remove label number", "Add label"] {
                open_palette(page, little);
                assert!(!lines(page).iter().any(|line| line == little), "{little}");
                page.press(Key::Escape);
                page.dialog("Command palette").wait_gone();
            }
        });
    }

    #[test]
    fn tab_in_the_palette_lists_what_can_be_done_with_a_secret() {
        Journey::named("palette-secret").take(|world| {
            let page = &world.page;
            let id = world.workspace_of("By tab", 3);
            world.open(&format!("/workspaces/{id}/secrets"));
            page.table("Secrets").link("SECRET_002").wait();
            let own = page.combobox("Actions for SECRET_002");
            let open = || {
                open_palette(page, "secret_002");
                wait_until("the secret is first", || {
                    lines(page).first().is_some_and(|line| line == "SECRET_002")
                });
                page.press(Key::Tab);
                wait_until("the focus is in a field that says what it is for", || own.is_focused());
            };
            open();
            is_for_everyone(page);
            let all = lines(page);
            assert_eq!(all[..5], ["Open", "Replace value", "Edit", "Copy name", "Copy ID"]);
            assert_eq!(all.last().map(String::as_str), Some("Delete"));
            // Escape and Shift Tab lead back to what was typed.
            for back in ["Escape", "Shift Tab"] {
                match back {
                    "Escape" => page.press(Key::Escape),
                    _ => page.press_with(Key::Shift, '\u{e004}'),
                }
                wait_until("the field is the one before", || {
                    page.combobox("Go to or run").is_focused()
                });
                assert_eq!(page.combobox("Go to or run").value(), "secret_002");
                assert_eq!(lines(page)[0], "SECRET_002");
                page.press(Key::Tab);
                wait_until("and forth", || own.is_focused());
            }
            page.type_text("edit");
            page.press(Key::Enter);
            page.wait_view("Edit SECRET_002");
            open();
            page.type_text("rotate");
            page.press(Key::Enter);
            page.dialog("Replace value of SECRET_002").wait();
            page.press(Key::Escape);
            page.dialog("Replace value of SECRET_002").wait_gone();
            open();
            page.type_text("delete");
            page.press(Key::Enter);
            let dialog = page.alertdialog("Delete secret");
            dialog.wait_text("SECRET_002");
            dialog.button("Delete").click();
            page.group("Deletion").wait_text("Deleting SECRET_002");
            page.group("Deletion").button("Undo").click();
            page.group("Deletion").wait_gone();
        });
    }

    #[test]
    fn the_palette_runs_actions() {
        Journey::named("palette-actions").take(|world| {
            let page = &world.page;
            let id = world.workspace_of("Acting", 1);
            world.open(&format!("/workspaces/{id}/secrets"));
            page.table("Secrets").link("SECRET_000").wait();
            open_palette(page, "search sec");
            page.press(Key::Enter);
            wait_until("the search has the focus", || {
                page.searchbox("Search secrets").is_focused()
            });
            page.heading("Secrets").click();
            let is_dark = || page.run("return getComputedStyle(document.documentElement).colorScheme") == "dark";
            open_palette(page, "theme: dark");
            page.press(Key::Enter);
            wait_until("the page is dark", is_dark);
            page.button("Account menu").click();
            wait_until("the menu shows it", || page.radio("Dark").is_chosen());
            page.press(Key::Escape);

            for (typed, first) in [
                ("logout", "Disconnect"),
                ("unused", "Never used"),
                ("deutsch", "Language: Deutsch"),
            ] {
                open_palette(page, typed);
                wait_until(typed, || lines(page).first().is_some_and(|line| line == first));
                page.press(Key::Escape);
                page.dialog("Command palette").wait_gone();
            }
            open_palette(page, "number=0");
            wait_until("a label is a filter", || lines(page)[1] == "Filter by number=0");
            page.press(Key::Escape);
            page.dialog("Command palette").wait_gone();

            open_palette(page, "lock now");
            page.press(Key::Enter);
            page.heading("Locked").wait();
        });
    }

    #[test]
    fn single_keys_act_outside_of_fields_and_can_be_turned_off() {
        Journey::named("keys").take(|world| {
            let page = &world.page;
            let id = world.workspace_of("By keys", 3);
            world.open(&format!("/workspaces/{id}/secrets"));
            page.wait_view("Secrets");
            page.table("Secrets").link("SECRET_000").wait();

            page.type_text("?");
            page.dialog("Keyboard shortcuts").wait();
            is_for_everyone(page);
            page.press(Key::Escape);
            page.dialog("Keyboard shortcuts").wait_gone();

            page.type_text("j");
            wait_until("the first row has the focus", || page.link("SECRET_000").is_focused());
            page.type_text("j");
            page.press(Key::Down);
            wait_until("the third row has the focus", || page.link("SECRET_002").is_focused());
            page.type_text("k");
            page.press(Key::Enter);
            page.wait_view("SECRET_001");
            page.type_text("e");
            page.wait_view("Edit SECRET_001");

            // Keys are text in a field.
            page.textbox("Name").fill("");
            page.type_text("gwn?");
            assert_eq!(page.textbox("Name").value(), "gwn?");
            page.heading("Edit SECRET_001").wait();
            page.back();
            page.alertdialog("Leave this page?").button("Leave").click();
            page.wait_view("SECRET_001");
            page.type_text("gs");
            page.wait_view("Secrets");
            page.type_text("/");
            wait_until("the search has the focus", || {
                page.searchbox("Search secrets").is_focused()
            });
            assert_eq!(page.searchbox("Search secrets").value(), "");

            page.button("Account menu").click();
            page.checkbox("Single-key shortcuts").click();
            page.press(Key::Escape);
            page.heading("Secrets").click();
            page.type_text("n");
            page.type_text("gw");
            page.press_with_ctrl('k');
            page.dialog("Command palette").wait();
            page.press(Key::Escape);
            page.dialog("Command palette").wait_gone();
            page.heading("Secrets").wait();
        });
    }

    #[test]
    fn the_theme_is_kept() {
        Journey::named("theme").take(|world| {
            let page = &world.page;
            world.open("/workspaces");
            page.wait_view("Workspaces");
            let is_dark = || page.run("return getComputedStyle(document.documentElement).colorScheme") == "dark";
            assert!(!is_dark());
            page.button("Account menu").click();
            page.radio("Dark").wait();
            page.run("document.getElementById('theme-dark').click()");
            wait_until("the page is dark", is_dark);
            page.reload();
            page.heading("Connect").wait();
            assert!(is_dark(), "the choice outlives the page");
        });
    }

    #[test]
    fn german_is_spoken_at_once_and_after_a_reload() {
        Journey::named("german").take(|world| {
            let page = &world.page;
            world.open("/workspaces");
            page.wait_view("Workspaces");
            page.button("Account menu").click();
            page.combobox("Language").wait();
            page.run(
                "const field = document.getElementById('language'); field.value = 'de'; \
                 field.dispatchEvent(new Event('change'))",
            );
            page.button("Kontomenü").wait();
            assert_eq!(page.run("return document.documentElement.lang"), "de");
            page.table("Workspaces").link("Production").click();
            page.button("Neues Secret").wait();
            page.reload();
            page.button("Verbinden").wait();
            assert_eq!(page.run("return document.documentElement.lang"), "de");
        });
    }
}
