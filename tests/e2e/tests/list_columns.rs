//! The columns of the list: whatever is shown, however wide the window is, nothing is printed over anything else.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary, Window, wait_until};
    use serde_json::Value;

    const ALL: &str = "name%2Clabels%2Cexternal-id%2Cbundle%2Ccreated%2Ccreated-by%2Cupdated%2Clast-used";
    const WIDTHS: [u32; 11] = [320, 390, 600, 769, 1024, 1100, 1280, 1366, 1440, 1920, 2560];

    /// What collides in the rows in sight and what is cut in the heads. A column that stays in sight covers what scrolls
    /// below it, so only what is beside it counts.
    const FAULTS: &str = "
        const faults = [];
        const table = document.querySelector('.table-long');
        const isWide = table.matches('.table-wide');
        const meet = (one, other) => {
            const [left, right] = [Math.max(one.left, other.left), Math.min(one.right, other.right)];
            const [top, bottom] = [Math.max(one.top, other.top), Math.min(one.bottom, other.bottom)];
            return right - left > 0.5 && bottom - top > 0.5 ? {left, right, top, bottom} : null;
        };
        const texts = row => {
            const cells = [...row.children].filter(cell => getComputedStyle(cell).display !== 'none');
            const stays = cells.filter(cell => isWide && getComputedStyle(cell).position === 'sticky');
            for (const cell of stays) {
                if (/, 0\\)|transparent/.test(getComputedStyle(cell).backgroundColor)) faults.push(`${cell.className} is transparent`);
            }
            const [start, end] = [stays.filter(it => !it.matches('.col-menu')).map(it => it.getBoundingClientRect().right),
                stays.filter(it => it.matches('.col-menu')).map(it => it.getBoundingClientRect().left)];
            return cells.flatMap(cell => {
                let frame = meet(cell.getBoundingClientRect(), row.parentElement.getBoundingClientRect());
                if (frame && !stays.includes(cell)) {
                    frame.left = Math.max(frame.left, ...start);
                    frame.right = Math.min(frame.right, ...end);
                }
                if (!frame || frame.right <= frame.left) return [];
                const boxes = [...cell.querySelectorAll('*'), cell].flatMap(element => {
                    const own = [...element.childNodes].filter(node => node.nodeType === 3 && node.data.trim());
                    const range = document.createRange();
                    const rects = own.flatMap(node => { range.selectNode(node); return [...range.getClientRects()]; });
                    if (element.matches('input, .icon')) rects.push(element.getBoundingClientRect());
                    return rects;
                });
                return boxes.map(box => meet(box, frame)).filter(Boolean).map(box => ({cell, box}));
            });
        };
        const rows = [...table.querySelectorAll('tr[aria-rowindex]')].filter(row => row.getBoundingClientRect().top < innerHeight);
        if (rows.length < 5) faults.push(`only ${rows.length} rows`);
        for (const row of [table.querySelector('thead tr'), ...rows]) {
            const all = texts(row);
            all.forEach((one, index) => all.slice(index + 1).forEach(other => {
                if (one.cell !== other.cell && meet(one.box, other.box)) {
                    faults.push(`${row.ariaRowIndex ?? 'head'}: ${one.cell.textContent} over ${other.cell.textContent}`);
                }
            }));
        }
        for (const name of table.querySelectorAll('.sort-name')) {
            if (name.scrollWidth > name.clientWidth) faults.push(`head ${name.textContent} is cut`);
        }
        const head = [...table.querySelector('thead tr').children].filter(cell => getComputedStyle(cell).display !== 'none');
        if (head.length > 1) head.forEach((cell, index) => {
            const below = rows[0].children[index];
            const [one, other] = [cell.getBoundingClientRect(), below.getBoundingClientRect()];
            if (Math.abs(one.left - other.left) > 1 || Math.abs(one.right - other.right) > 1) faults.push(`${cell.textContent} is not above its column`);
        });
        // Whatever has to be scrolled to is wholly in sight once it has the focus.
        if (isWide) for (const button of table.querySelectorAll('thead .sort')) {
            button.focus();
            const cell = button.closest('th');
            if (getComputedStyle(cell).position === 'sticky') continue;
            const [name, check, menu] = [button.firstElementChild, table.querySelector('thead .col-name'), table.querySelector('thead .col-menu')]
                .map(it => it.getBoundingClientRect());
            if (name.left < check.right - 0.5 || name.right > menu.left + 0.5) faults.push(`head ${button.textContent} stays covered`);
        }
        document.activeElement.blur();
        table.querySelector('thead').scrollLeft = 0;
        return faults.slice(0, 9).join('\\n');";

    const DRAWN: &str = "return new Promise(told =>
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => told(true)))))";

    #[test]
    fn no_two_texts_of_a_row_collide_and_no_head_is_cut() {
        Journey::named("columns").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Production");
            page.visit("/workspaces");
            page.heading("Connect").wait();
            // The session has to survive the change of the language.
            page.checkbox("Stay connected in this tab").click();
            world.connect_with(&world.api.key);
            page.wait_view("Workspaces");
            for language in ["en", "de"] {
                page.run(&format!("localStorage.setItem('strongroom.language', '{language}')"));
                for density in ["comfortable", "compact"] {
                    page.resize(Window::of(1440, 900));
                    page.visit(&format!(
                        "/workspaces/{workspace}/secrets?columns={ALL}&density={density}"
                    ));
                    wait_until("the last use is there", || {
                        page.run("return document.querySelectorAll('tr[aria-rowindex] .cell-time time').length > 20")
                            == true
                    });
                    let measure = |width: u32, columns: &str| {
                        page.resize(Window::of(width, 900));
                        page.run(DRAWN);
                        let faults = page.run(FAULTS);
                        assert_eq!(faults, Value::from(""), "{width} px, {language}, {density}, {columns}");
                        assert_eq!(page.sideways(), Vec::<String>::new(), "{width} px");
                    };
                    for width in WIDTHS {
                        measure(width, "all columns");
                    }
                    page.visit(&format!("/workspaces/{workspace}/secrets?density={density}"));
                    page.table("Secrets").link("DATABASE_URL").wait();
                    let is_wide = "return document.querySelector('.table-wide') !== null";
                    for width in WIDTHS {
                        measure(width, "default columns");
                        // So nothing is below the column of the menus.
                        assert!(width < 1024 || page.run(is_wide) == false, "{width} px, {language}");
                    }
                }
            }
            page.run("localStorage.removeItem('strongroom.language')");
        });
    }

    #[test]
    fn labels_without_room_are_behind_a_button_and_are_no_tab_stops() {
        Journey::named("more-labels").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Labelled");
            for number in 0..6 {
                let labels = serde_json::json!({
                    "env": "production", "number": number.to_string(), "team": "platform-and-infrastructure",
                    "tier": if number == 5 { "silver" } else { "gold" }, "zone": "europe-central-1-and-more",
                });
                let metadata = serde_json::json!({"name": format!("SECRET_{number}"), "labels": labels});
                world.api.secret(&workspace, &metadata, "a value");
            }
            page.resize(Window::of(1024, 800));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("6 secrets");
            page.main_landmark()
                .wait_text("env=production · team=platform-and-infrastructure · zone=europe-central-1-and-more");
            let row = page.table("Secrets").row("SECRET_3");
            assert!(!row.button("env=production").exists(), "what all share is said once");
            row.button("number=3").wait();
            page.resize(Window::of(390, 800));
            page.run(DRAWN);
            assert!(!row.button("tier=gold").exists(), "what has no room is no tab stop");
            assert_eq!(
                page.run("return document.querySelector('tr[aria-rowindex]').getBoundingClientRect().height"),
                64
            );
            row.button("1 more label of SECRET_3").click();
            let all = page.list("Labels of SECRET_3");
            all.button("zone=europe-central-1-and-more").wait();
            all.button("tier=gold").click();
            page.table("Secrets").wait_rows(5);
            page.wait_address(&format!("/workspaces/{workspace}/secrets?q=label:tier%3Dgold"));
        });
    }

    #[test]
    fn the_whole_row_is_the_link_and_its_times_are_exact_on_focus() {
        Journey::named("row-link").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Linked", 3);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("3 secrets");
            assert_eq!(
                page.run("return [...document.querySelectorAll('tbody time')].every(it => it.tabIndex < 0 && it.textContent === 'now')"),
                true
            );
            page.type_text("j");
            wait_until("the exact time is at hand", || {
                page.run("const link = document.querySelector('tbody th a');
                    const hint = document.getElementById(link.getAttribute('aria-describedby'));
                    return hint?.matches(':popover-open') && /^Created: .*20/.test(hint.textContent)") == true
            });
            let place = page.run("const row = document.querySelectorAll('tr[aria-rowindex]')[1].getBoundingClientRect();
                document.elementFromPoint(row.right - 200, row.top + row.height / 2).click();
                return document.querySelectorAll('tbody th a')[1].textContent");
            page.wait_view(place.as_str().expect("a name"));
        });
    }

    #[test]
    fn what_is_cut_off_is_whole_on_pointing_and_on_focus() {
        Journey::named("long-names").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Long names");
            let names = ["ONE", "TWO"].map(|end| format!("{}_{end}", "LONG_NAME_".repeat(11)));
            let external = "vault/".repeat(18);
            for name in &names {
                let metadata = serde_json::json!({"name": name, "externalId": external});
                world.api.secret(&workspace, &metadata, "a value");
            }
            world
                .api
                .secret(&workspace, &serde_json::json!({"name": "SHORT"}), "a value");
            page.resize(Window::of(1280, 800));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("3 secrets");
            let hint = || {
                page.run("return document.querySelector('#row-hint:popover-open')?.textContent ?? ''")
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            };
            for name in &names {
                page.table("Secrets").link(name).point_at();
                wait_until("the whole name is shown", || hint().starts_with(name.as_str()));
                assert!(hint().contains(&external), "{}", hint());
            }
            page.table("Secrets").link("SHORT").point_at();
            wait_until("nothing is cut off", || hint().is_empty());
            page.button("New secret").point_at();
            for name in &names {
                page.type_text("j");
                wait_until("the whole name is shown", || hint().starts_with(name.as_str()));
            }
        });
    }

    #[test]
    fn rows_stay_where_they_are_while_someone_points_at_them() {
        Journey::named("settled").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Settling");
            for number in (0..60).rev() {
                world.api.secret(
                    &workspace,
                    &serde_json::json!({"name": format!("KEY_{number}")}),
                    "a value",
                );
            }
            let names = || {
                let names = page.run(
                    "return [...document.querySelectorAll('tbody th a')].slice(0, 3).map(it => it.textContent).join()",
                );
                names.as_str().unwrap_or_default().to_owned()
            };
            let sorted = || {
                page.table("Secrets")
                    .column("Name")
                    .attribute("aria-sort")
                    .unwrap_or_default()
            };
            world.open(&format!("/workspaces/{workspace}/secrets"));
            wait_until("unasked, names are in their natural order", || {
                names() == "KEY_0,KEY_1,KEY_2"
            });
            wait_until("and the head says so", || sorted() == "ascending");
            page.table("Secrets").column("Name").button("Name").click();
            wait_until("the first press turns it round", || {
                names().starts_with("KEY_59,KEY_58")
            });
            page.wait_address(&format!("/workspaces/{workspace}/secrets?sort=name&dir=desc"));
            // With a row in focus, nothing moves until the focus leaves.
            world.api.fault(&serde_json::json!(
                {"method": "GET", "path": "workspace_secrets?limit=1000", "times": 1, "delayMs": 2000}
            ));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("50 loaded…");
            page.type_text("j");
            wait_until("a row has the focus", || page.link("KEY_59").is_focused());
            page.status("List status").wait_text("60 secrets");
            page.run("return new Promise(resolve => setTimeout(resolve, 300))");
            assert_eq!(names(), "KEY_59,KEY_58,KEY_57");
            assert_eq!(sorted(), "none");
            page.run("document.activeElement.blur()");
            wait_until("then they are sorted", || names() == "KEY_0,KEY_1,KEY_2");
        });
    }
}
