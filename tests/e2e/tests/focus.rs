//! Keyboard users always see where the focus is.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Page, Vocabulary, Window};

    /// What has the focus, and what is wrong with that: nothing is drawn around it, or it is out of sight. A hidden radio
    /// button may have its ring around what is drawn for it, and an input around the box that it is a part of.
    const FOCUS: &str = "
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const name = element.cloneNode(false).outerHTML.slice(0, 100);
        const has_ring = element => {
            const style = element && getComputedStyle(element);
            return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 &&
                !/^(transparent|rgba\\(.*, 0\\))$/.test(style.outlineColor);
        };
        const place = element.getBoundingClientRect();
        const [x, y] = [(place.left + place.right) / 2, (place.top + place.bottom) / 2];
        const at = document.elementFromPoint(x, y);
        const is_seen = at && (element.contains(at) || at.contains(element) || element.labels?.[0]?.contains(at));
        const wrong = [];
        // A heading that only the program focuses, so that it is read, needs no ring, and no button that was clicked.
        if (element.matches(':focus-visible:not(h1, h2, h3)') && ![element, element.nextElementSibling, element.parentElement].some(has_ring)) wrong.push('no ring');
        if (place.width < 1 || place.height < 1 || !is_seen) wrong.push('not in sight');
        return [name, wrong.join(', ')];";

    /// Goes forward with Tab from where the focus is, as far as there is something new, and gathers what is wrong.
    fn walk(page: &Page, place: &str, most: usize) -> Vec<String> {
        let mut found = Vec::new();
        let mut seen = 0;
        for step in 0..most {
            if step > 0 {
                page.press(Key::Tab);
            }
            let focus = page.run(FOCUS);
            match (focus[0].as_str(), focus[1].as_str()) {
                (Some(name), Some(wrong)) => {
                    seen += 1;
                    if !wrong.is_empty() {
                        found.push(format!("{place}: {name}: {wrong}"));
                    }
                }
                // Nothing has it at first.
                _ if step == 0 => {}
                // Past the end, in the window of the browser.
                _ => break,
            }
        }
        assert!(seen > 0, "{place}: nothing took the focus");
        found
    }

    #[test]
    fn every_focus_is_seen() {
        Journey::named("focus").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Production");
            let list = format!("/workspaces/{workspace}/secrets");
            let secret = world.api.secret_named(&workspace, "DATABASE_URL");
            page.visit("/connect");
            page.heading("Connect").wait();
            let mut found = walk(page, "connect", 30);
            page.checkbox("Stay connected in this tab").click();
            world.connect_with(&world.api.key);
            page.table("Workspaces").wait();
            found.extend(walk(page, "workspaces", 30));
            for window in [Window::of(1440, 900), Window::of(390, 844)] {
                page.resize(window);
                for (view, address, most) in [
                    ("list", list.clone(), 60),
                    ("new", format!("{list}/new"), 40),
                    ("secret", format!("{list}/{secret}"), 40),
                    ("edit", format!("{list}/{secret}/edit"), 40),
                ] {
                    page.visit(&address);
                    page.button("Account menu").wait();
                    page.any(&["heading"]).wait();
                    page.settle();
                    found.extend(walk(page, &format!("{view}, {} px wide", window.width), most));
                }
            }
            page.visit(&list);
            page.table("Secrets").row("DATABASE_URL").wait();
            page.press_with_ctrl('k');
            page.dialog("Command palette").wait();
            found.extend(walk(page, "palette", 4));
            page.press(Key::Escape);
            page.dialog("Command palette").wait_gone();
            page.heading("Secrets").click();
            page.type_text("?");
            page.dialog("Keyboard shortcuts").wait();
            found.extend(walk(page, "help", 4));
            page.press(Key::Escape);
            page.dialog("Keyboard shortcuts").wait_gone();
            page.button("Account menu").click();
            page.button("Disconnect").wait();
            found.extend(walk(page, "account", 8));
            page.look_as_before();
            assert!(found.is_empty(), "{}", found.join("\n"));
        });
    }
}
