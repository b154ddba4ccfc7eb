//! Without a mouse: everything is reached with Tab, typed and entered.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Vocabulary, wait_until};

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
