//! Pictures of every state of every view, for people to look at, or those of the README: `cargo xtask screenshots`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a picture that can't be made ends it, and stdout is for the person who wants to see them"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use e2e::{Journey, Key, Page, TOURS, Theme, Vocabulary, Window};

/// A window on a desk, and one in a hand.
const WINDOWS: [Window; 2] = [Window::of(1440, 900), Window::of(390, 844)];

/// What went wrong is what a picture of it is for: it is in the window also where it is far down the page.
const SHOW_WHAT_IS_WRONG: &str = "
    const wrong = [...document.querySelectorAll('[role=alert], [aria-invalid=true]')].at(-1);
    const place = wrong?.getBoundingClientRect();
    if (place && place.bottom > innerHeight) wrong.scrollIntoView({ block: 'center' });";

fn main() {
    let folder = env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("target/screenshots"), PathBuf::from);
    fs::create_dir_all(&folder).expect("a folder for the pictures");
    if env::args_os().any(|argument| argument == "--readme") {
        take_for_readme(&folder);
        println!("the README's pictures are in {}", folder.display());
        return;
    }
    let mut count = 0;
    for tour in TOURS {
        tour.take("screenshots", |world, state| {
            count += take_all(&world.page, &folder, &format!("{}-{state}", tour.view));
        });
    }
    println!("{count} pictures are in {}", folder.display());
}

/// The list wide and light, the palette over it in the dark, the list on a phone, and where secrets are used.
fn take_for_readme(folder: &Path) {
    Journey::named("readme").take(|world| {
        let page = &world.page;
        let take = |name: &str, theme: Theme, window: Window| {
            page.resize(window);
            page.emulate(theme, false);
            page.settle();
            fs::write(folder.join(name), page.picture()).expect("writing a picture");
        };
        let [wide, Window { width, height, .. }] = WINDOWS;
        page.resize(wide);
        world.open(&format!(
            "/workspaces/{}/secrets",
            world.api.workspace_named("Production")
        ));
        page.status("List status").wait_text("39");
        take("secrets.png", Theme::Light, wide);
        page.press_with_ctrl('k');
        page.dialog("Command palette").wait();
        page.type_text("stripe");
        take("palette-dark.png", Theme::Dark, wide);
        page.press(Key::Escape);
        page.dialog("Command palette").wait_gone();
        take("secrets-narrow.png", Theme::Light, Window { width, height, zoom: 2 });
        page.resize(wide);
        page.link("References").click();
        page.button("Read references").click();
        page.status("Reference status").wait_text("9 tool sets read");
        page.table("References").row("STRIPE_API_KEY").wait_text("1 tool set");
        page.run("document.querySelector('main tbody summary').click()");
        take("references.png", Theme::Light, wide);
        page.link("Secrets").click();
        page.searchbox("Search secrets").fill("SLACK_BOT_TOKEN");
        page.press(Key::Enter);
        page.wait_view("SLACK_BOT_TOKEN");
        let region = page.named(&["region"], "Where used");
        region.list("References").wait();
        take("where-used-dark.png", Theme::Dark, wide);
        page.run("scrollTo(0, document.querySelector('.where-used').offsetTop - 200)");
        fs::write(folder.join("where-used-dark.png"), page.picture()).expect("writing a picture");
        page.look_as_before();
    });
}

/// One in each theme and each window; how many.
fn take_all(page: &Page, folder: &Path, what: &str) -> usize {
    for window in WINDOWS {
        page.resize(window);
        for theme in Theme::ALL {
            page.emulate(theme, false);
            page.settle();
            page.run(SHOW_WHAT_IS_WRONG);
            let name = format!("{what}-{}-{}.png", theme.name(), window.width);
            fs::write(folder.join(name), page.picture()).expect("writing a picture");
        }
    }
    page.look_as_before();
    WINDOWS.len() * Theme::ALL.len()
}
