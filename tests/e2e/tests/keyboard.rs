//! Without a mouse: everything is reached with Tab, typed and entered.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Vocabulary, wait_until};

    /// Events without the fields of their type, as browsers send them when they fill in a field, and extensions and
    /// translators for their own reasons.
    const BARE_EVENTS: &str = "
        const types = ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'paste', 'copy', 'cut', 'drop', 'dragover',
            'dragleave', 'pointerdown', 'pointerover', 'pointermove', 'pointerup', 'pointerleave', 'mousedown', 'mouseover',
            'mouseup', 'wheel', 'scroll', 'touchstart', 'compositionstart', 'compositionend', 'focusin', 'focusout',
            'toggle', 'beforetoggle', 'storage', 'message', 'resize', 'visibilitychange', 'selectionchange'];
        const inside = document.querySelectorAll('main *, dialog[open] *, header *');
        const places = [...inside, document.body, document, window];
        for (const type of types)
            for (const place of places) place.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));";

    #[test]
    fn an_event_without_the_fields_of_its_type_ends_nothing() {
        Journey::named("keyless").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Keyless", 2);
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            page.button("Add label").click();
            page.run(BARE_EVENTS);
            page.textbox("Name").fill("STILL_HERE");
            page.press_with_ctrl('k');
            page.combobox("Go to or run").wait();
            page.run(BARE_EVENTS);
            page.combobox("Go to or run").fill("all");
            page.dialog("Command palette").wait_text("All workspaces");
            page.press(Key::Escape);
            page.dialog("Command palette").wait_gone();
            page.button("Create secret").click();
            page.wait_view("STILL_HERE");
            page.navigation("Breadcrumbs").link("Secrets").click();
            page.table("Secrets").link("STILL_HERE").wait();
            page.run(BARE_EVENTS);
            page.table("Secrets").link("SECRET_001").click();
            page.wait_view("SECRET_001");
        });
    }

    #[test]
    fn keys_work_on_any_layout_and_are_left_to_an_input_method() {
        Journey::named("layouts").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Layouts", 2);
            let press = |key: &str, more: &str| {
                page.run(&format!(
                    "(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown',
                        {{ key: '{key}', bubbles: true, cancelable: true, {more} }}))"
                ));
            };
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.wait_view("Secrets");
            page.table("Secrets").link("SECRET_000").wait();
            press("л", "code: 'KeyK', ctrlKey: true");
            page.dialog("Command palette").wait();
            page.press(Key::Escape);
            page.dialog("Command palette").wait_gone();
            page.run("document.activeElement.blur()");
            press("Т", "code: 'KeyN'");
            page.wait_view("New secret");

            page.button("Add label").click();
            let key = page.textbox("Label key");
            key.fill("number");
            for composed in ["isComposing: true", "keyCode: 229"] {
                for name in ["ArrowDown", "Enter", "Escape"] {
                    press(name, composed);
                    assert!(key.is_focused(), "{name} is of the input method");
                }
            }
            page.press(Key::Enter);
            wait_until("Enter goes on", || page.textbox("Label value").is_focused());
        });
    }

    #[test]
    fn from_connecting_to_one_secret() {
        Journey::named("keyboard").take(|world| {
            let page = &world.page;
            world.workspace_of("By keyboard", 3);
            page.visit("/connect");
            page.heading("Connect").wait();
            page.tab_to(&page.textbox("API key"));
            page.type_text(&world.api.key);
            page.press(Key::Enter);
            page.wait_view("Workspaces");

            let link = page.table("Workspaces").link("By keyboard");
            page.tab_to(&link);
            page.press(Key::Enter);
            page.wait_view("Secrets");

            let link = page.table("Secrets").link("SECRET_001");
            page.tab_to(&link);
            page.press(Key::Enter);
            page.wait_view("SECRET_001");

            page.tab_to(&page.button("Delete"));
            page.press(Key::Enter);
            page.alertdialog("Delete secret").wait();
            page.press(Key::Escape);
            page.alertdialog("Delete secret").wait_gone();
            wait_until("the focus is back on what opened the dialog", || {
                page.button("Delete").is_focused()
            });
        });
    }

    #[test]
    fn a_secret_is_created_changed_and_deleted() {
        Journey::named("keyboard-life").take(|world| {
            let page = &world.page;
            let id = world.workspace_of("Life by keyboard", 1);
            world.open(&format!("/workspaces/{id}/secrets"));
            page.table("Secrets").link("SECRET_000").wait();
            page.type_text("n");
            page.wait_view("New secret");
            page.tab_to(&page.textbox("Name"));
            page.type_text("BY_KEYBOARD");
            page.tab_to(&page.button("Add label"));
            page.press(Key::Enter);
            wait_until("the focus is in the new row", || page.textbox("Label key").is_focused());
            page.type_text("env");
            page.press(Key::Tab);
            page.type_text("test");
            page.tab_to(&page.textbox("Value"));
            page.type_text("typed-by-keyboard");
            page.tab_to(&page.button("Create secret"));
            page.press(Key::Enter);
            page.wait_view("BY_KEYBOARD");
            let secret = world.api.secret_named(&id, "BY_KEYBOARD");
            assert_eq!(world.api.value(&id, &secret).as_deref(), Some("typed-by-keyboard"));

            page.type_text("e");
            page.wait_view("Edit BY_KEYBOARD");
            page.tab_to(&page.button("Remove label env"));
            page.press(Key::Enter);
            wait_until("the focus is on what adds", || page.button("Add label").is_focused());
            page.tab_to(&page.radio("Keep"));
            page.press(Key::Down);
            page.tab_to(&page.textbox("New value"));
            page.type_text("changed-by-keyboard");
            page.tab_to(&page.button("Review changes"));
            page.press(Key::Enter);
            page.list("Changes").wait();
            page.tab_to(&page.button("Save changes"));
            page.press(Key::Enter);
            page.wait_view("BY_KEYBOARD");
            assert_eq!(world.api.value(&id, &secret).as_deref(), Some("changed-by-keyboard"));

            page.tab_to(&page.button("Delete"));
            page.press(Key::Enter);
            let dialog = page.alertdialog("Delete secret");
            dialog.wait();
            if dialog.textbox("Type the name to confirm").exists() {
                page.tab_to(&dialog.textbox("Type the name to confirm"));
                page.type_text("BY_KEYBOARD");
            }
            page.tab_to(&dialog.button("Delete"));
            page.press(Key::Enter);
            page.wait_view("Secrets");
            page.table("Secrets").link("SECRET_000").wait();
            wait_until("the undo is at hand", || page.button("Undo").is_focused());
            page.table("Secrets").link("BY_KEYBOARD").wait_gone();
        });
    }

    #[test]
    fn a_rename_is_two_keys_unless_something_would_break() {
        Journey::named("rename").take(|world| {
            let page = &world.page;
            let id = world.workspace_of("Renamed", 2);
            let names = |workspace: &str| {
                let secrets = world.api.secrets(workspace);
                let names = secrets
                    .iter()
                    .filter_map(|it| it["metadata"]["name"].as_str().map(str::to_owned));
                names.collect::<Vec<_>>()
            };
            let rename = |name: &str, to: &str| {
                wait_until("a row has the focus", || {
                    page.type_text("j");
                    page.link(name).is_focused()
                });
                page.press(Key::F2);
                page.wait_view(&format!("Edit {name}"));
                wait_until("the focus is in the name", || page.textbox("Name").is_focused());
                page.type_text(to);
                assert_eq!(page.textbox("Name").value(), to, "typing replaces it");
            };
            world.open(&format!("/workspaces/{id}/secrets"));
            page.table("Secrets").link("SECRET_000").wait();
            rename("SECRET_000", "RENAMED");
            page.main_landmark().wait_text("Enter saves the new name.");
            page.press(Key::Enter);
            page.wait_view("RENAMED");
            assert!(names(&id).contains(&"RENAMED".to_owned()));

            // What uses it would fail: this is said before, and reviewed.
            let production = world.api.workspace_named("Production");
            world.open(&format!("/workspaces/{production}/secrets?q=DATABASE_URL"));
            page.table("Secrets").link("DATABASE_URL").wait();
            rename("DATABASE_URL", "DATABASE_URI");
            page.main_landmark().wait_text("uses the old name");
            page.press(Key::Enter);
            page.list("Changes").wait();
            wait_until("the focus is on what saves", || {
                page.button("Save changes").is_focused()
            });
            assert!(!names(&production).contains(&"DATABASE_URI".to_owned()));
            // With a new value, nothing is saved by one more press.
            page.press(Key::Escape);
            page.radio("Replace").click();
            page.textbox("New value").fill("another");
            page.textbox("Name").click();
            page.press(Key::Enter);
            page.list("Changes").wait();
            wait_until("the focus is on the heading", || {
                page.run("return document.activeElement.tagName") == "H1"
            });
            page.press(Key::Enter);
            assert!(!names(&production).contains(&"DATABASE_URI".to_owned()));
            page.press(Key::Escape);
            page.radio("Keep").click();
            page.textbox("Name").click();
            page.press(Key::Enter);
            wait_until("the focus is on what saves", || {
                page.button("Save changes").is_focused()
            });
            page.press(Key::Enter);
            page.wait_view("DATABASE_URI");
            assert!(names(&production).contains(&"DATABASE_URI".to_owned()));
        });
    }

    #[test]
    fn the_first_key_press_leads_past_the_navigation() {
        Journey::named("skip-link").take(|world| {
            let page = &world.page;
            world.open("/workspaces");
            page.wait_view("Workspaces");
            page.tab_to(&page.link("Skip to content"));
            page.press(Key::Enter);
            page.press(Key::Tab);
            wait_until("the focus is in the content", || {
                let inside = "return document.querySelector('main').contains(document.activeElement)";
                page.run(inside) == true
            });
        });
    }
}
