//! What helps everywhere and is loaded when it is first wanted: the command palette, the keys and the account menu.

mod account;
mod help;
mod leaving;
mod palette;
mod switcher;
mod warning;

pub use crate::app::overlays::account::AccountMenu;
pub use crate::app::overlays::switcher::Switcher;

use std::time::Duration;

use leptos::prelude::*;
use strongroom_core::model::shortcuts::{Command, Keys};
use strongroom_core::route::Route;

use crate::browser::history::use_navigation;
use crate::browser::row_navigation::RowMove;
use crate::browser::{keyboard, tasks};
use crate::ui::erased::When;

/// How long after a key the next one still belongs to it.
const NEXT_KEY: Duration = Duration::from_secs(2);

/// What a person asked for, possibly before this part was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// The command palette.
    Palette,
    /// The list of the keys.
    Help,
    /// A key was pressed that may mean something.
    Key(String),
}

/// What is asked for and not done yet.
pub type Wishes = RwSignal<Vec<Wish>>;

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Palette,
    Help,
}

/// Where there is no row to go to, nothing happens.
fn move_row(to: RowMove) {
    keyboard::move_row(to);
}

/// The palette and the help while they are open, and what keys do.
#[component]
pub fn Tools(
    /// What is asked for.
    wishes: Wishes,
    /// What is on screen.
    route: Memo<Route>,
) -> impl IntoView {
    let navigation = use_navigation();
    let open = RwSignal::new(Open::Nothing);
    let recent = StoredValue::new(Vec::new());
    let keys = StoredValue::new(Keys::default());
    let present = move || route.with_untracked(|route| route.workspace().cloned());
    let run = move |command| match command {
        Command::OpenPalette => open.set(Open::Palette),
        Command::ShowHelp => open.set(Open::Help),
        Command::Search => keyboard::press_shortcut("/"),
        Command::New => keyboard::press_shortcut("n"),
        Command::Edit => match keyboard::row_address() {
            Some(address) => navigation.go(&format!("{address}/edit")),
            None => keyboard::press_shortcut("e"),
        },
        Command::Select => keyboard::press_in_row("input[type='checkbox']"),
        Command::GoToWorkspaces => navigation.go(&Route::Workspaces.to_path()),
        Command::GoToSecrets => match present() {
            Some(workspace) => navigation.go(&Route::secrets(&workspace).to_path()),
            None => navigation.go(&Route::Workspaces.to_path()),
        },
        Command::NextRow => move_row(RowMove::Next),
        Command::PreviousRow => move_row(RowMove::Previous),
        Command::FirstRow => move_row(RowMove::First),
        Command::LastRow => move_row(RowMove::Last),
    };
    let take_key = move |key: String| {
        let command = keys.try_update_value(|keys| keys.press(&key)).flatten();
        if let Some(command) = command {
            run(command);
        } else if keys.with_value(Keys::is_waiting) {
            set_timeout(move || keys.update_value(Keys::forget), NEXT_KEY);
        }
    };
    tasks::follow(move || {
        let asked = wishes.get();
        if asked.is_empty() {
            return;
        }
        wishes.set(Vec::new());
        for wish in asked {
            match wish {
                Wish::Palette => open.set(Open::Palette),
                Wish::Help => open.set(Open::Help),
                Wish::Key(key) => take_key(key),
            }
        }
    });
    let close = move || open.set(Open::Nothing);
    view! {
        <When condition=Signal::derive(move || open.get() == Open::Palette)>
            <palette::Palette route recent on_close=move |()| close() on_help=move |()| open.set(Open::Help) />
        </When>
        <When condition=Signal::derive(move || open.get() == Open::Help)>
            <help::Help on_close=move |()| close() />
        </When>
        <leaving::Leaving />
        <warning::LockWarning />
    }
    .into_any()
}
