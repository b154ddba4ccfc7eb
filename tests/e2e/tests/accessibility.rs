//! Every state of every view, for everyone: no rule of axe-core is broken and nothing has to be scrolled sideways.

#[cfg(test)]
mod tests {
    use std::env;

    use e2e::{Journey, Key, TOURS, Theme, Tour, Vocabulary, Window};

    /// Narrow, and zoomed into: 320 px is a window of 1280 px at 400 %.
    const SIZES: [Window; 2] = [
        Window::of(320, 640),
        Window {
            width: 640,
            height: 450,
            zoom: 2,
        },
    ];

    fn look_around(view: &str) {
        let (mut found, mut states) = (0, 0);
        Tour::of(view).take("accessibility", |world, state| {
            let page = &world.page;
            let mut tell = |how: &str, findings: Vec<String>| {
                found += findings.len();
                for finding in findings {
                    eprintln!("{view}, {state}, {how}: {finding}");
                }
            };
            // The themes take turns, unless `STRONGROOM_LONG` is set; the state `full` is checked in both.
            let themes = if state == "full" || env::var_os("STRONGROOM_LONG").is_some() {
                Theme::ALL.to_vec()
            } else {
                states += 1;
                vec![Theme::ALL[states % Theme::ALL.len()]]
            };
            for theme in themes {
                page.emulate(theme, false);
                page.settle();
                tell(theme.name(), page.violations());
            }
            for size in SIZES {
                page.resize(size);
                page.settle();
                let how = format!("{} px wide", size.width);
                tell(&how, page.sideways());
            }
            // The narrow layout is another one, with other sizes of what is pressed.
            page.emulate(Theme::Light, false);
            page.resize(SIZES[0]);
            page.settle();
            tell("narrow", page.violations());
            page.look_as_before();
            if state != "full" {
                return;
            }
            page.emulate(Theme::Dark, true);
            page.settle();
            tell("forced colours", page.violations());
            page.look_as_before();
            let menu = page.button("Account menu");
            if !menu.exists() {
                return;
            }
            menu.click();
            page.button("Disconnect").wait();
            for theme in Theme::ALL {
                page.emulate(theme, false);
                page.settle();
                tell(&format!("menu open, {}", theme.name()), page.violations());
            }
            page.look_as_before();
            page.press(Key::Escape);
            page.button("Disconnect").wait_gone();
        });
        assert_eq!(found, 0, "what was found is above");
    }

    macro_rules! tours {
        ($($test:ident: $view:literal,)*) => {
            $(#[test] fn $test() { look_around($view); })*

            #[test]
            fn every_tour_is_taken() {
                let all: Vec<_> = TOURS.iter().map(|tour| tour.view).collect();
                assert_eq!(all, [$($view),*]);
            }
        };
    }

    tours! {
        connecting: "connect",
        the_workspaces: "workspaces",
        one_workspace: "workspace",
        a_new_workspace: "new-workspace",
        editing_a_workspace: "edit-workspace",
        the_members: "members",
        the_secrets: "secrets",
        a_new_secret: "new",
        one_secret: "secret",
        one_secret_with_a_value: "value",
        references: "references",
        the_overview: "overview",
        the_search_across_workspaces: "search",
        workspaces_side_by_side: "compare",
        the_policy: "policy",
        editing: "edit",
        a_locked_tab: "locked",
        an_unknown_address: "unknown",
    }

    #[test]
    fn what_is_wrong_is_found() {
        Journey::named("accessibility-of-a-bad-page").take(|world| {
            let page = &world.page;
            page.visit("/connect");
            page.wait_view("Connect");
            page.settle();
            assert_eq!(page.sideways(), Vec::<String>::new());
            // Through the object model, which the policy of the page allows.
            page.run(
                "document.querySelector('label[for=api-key]').remove();
                 const hint = document.querySelector('.field-hint');
                 hint.style.color = '#ddd'; hint.style.whiteSpace = 'nowrap'; hint.style.width = '3000px';
                 for (const name of ['one', 'two']) {
                     const small = document.createElement('button');
                     small.textContent = name; small.style.cssText = 'all: unset; width: 9px; height: 9px';
                     small.style.display = 'inline-block'; small.style.overflow = 'hidden';
                     document.querySelector('.actions').append(small);
                 }",
            );
            page.settle();
            let found = page.violations();
            for rule in ["label (", "color-contrast (", "target-size ("] {
                assert!(
                    found.iter().any(|it| it.starts_with(rule)),
                    "{rule} is not in {found:#?}"
                );
            }
            assert!(
                found.iter().any(|it| it.contains("#api-key")),
                "it names the element: {found:#?}"
            );
            assert!(page.sideways()[0].contains("field-hint"), "{:?}", page.sideways());
        });
    }
}
