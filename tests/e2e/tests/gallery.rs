//! The gallery, which only development includes: every widget in all its states, for everyone.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Page, Theme, Vocabulary, Window, wait_until};

    #[track_caller]
    fn look(page: &Page, how: &str, found: &mut Vec<String>) {
        page.settle();
        found.extend(page.violations().into_iter().map(|it| format!("{how}: {it}")));
    }

    #[test]
    fn every_widget_is_for_everyone() {
        Journey::named("gallery").of_the_gallery().take(|world| {
            let page = &world.page;
            page.visit("/gallery");
            page.heading("Gallery").wait();
            let mut found = Vec::new();
            for direction in ["Left to right", "Right to left"] {
                let choice = page.radio(direction);
                page.run(&format!(
                    "document.getElementById('gallery-{}').click()",
                    if direction.starts_with('L') { "ltr" } else { "rtl" }
                ));
                wait_until("the direction is chosen", || choice.is_chosen());
                for theme in Theme::ALL {
                    page.emulate(theme, false);
                    look(page, &format!("{direction}, {}", theme.name()), &mut found);
                }
                page.emulate(Theme::Dark, true);
                look(page, &format!("{direction}, forced colours"), &mut found);
                page.emulate(Theme::Light, false);
                page.resize(Window::of(320, 640));
                // The pointer may rest on a button whose tip would count.
                page.press(Key::Escape);
                page.settle();
                found.extend(page.sideways());
                page.look_as_before();
            }
            assert!(found.is_empty(), "{}", found.join("\n"));
        });
    }

    #[test]
    fn what_floats_is_for_everyone_too() {
        Journey::named("gallery-overlays").of_the_gallery().take(|world| {
            let page = &world.page;
            page.visit("/gallery");
            page.heading("Gallery").wait();
            let mut found = Vec::new();
            for (button, dialog) in [("Open a dialog", "A dialog"), ("Ask before deleting", "Delete it")] {
                page.button(button).click();
                wait_until(dialog, || {
                    page.dialog(dialog).exists() || page.alertdialog(dialog).exists()
                });
                look(page, dialog, &mut found);
                page.press(Key::Escape);
                wait_until("the focus is back", || page.button(button).is_focused());
            }
            page.button("More to do").click();
            wait_until("the first item has the focus", || {
                page.any(&["menuitem"]).count() == 4 && page.named(&["menuitem"], "Edit").is_focused()
            });
            look(page, "menu", &mut found);
            page.press(Key::Escape);
            wait_until("the focus is back", || page.button("More to do").is_focused());
            page.button("Failed because").click();
            page.status("Notifications").wait_text("could not be loaded");
            look(page, "toast", &mut found);
            assert!(found.is_empty(), "{}", found.join("\n"));
        });
    }

    #[test]
    fn the_site_has_no_gallery() {
        Journey::named("no-gallery").take(|world| {
            world.page.visit("/gallery");
            world.page.heading("Page not found").wait();
        });
    }
}
