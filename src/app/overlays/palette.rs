//! The command palette: go anywhere and do what the view offers, by typing parts of a name.

use std::sync::Arc;

use leptos::prelude::*;
use strongroom_core::i18n::{Words, words};
use strongroom_core::model::fuzzy;
use strongroom_core::route::Route;

use crate::browser::history::use_navigation;
use crate::browser::keyboard;
use crate::store::workspaces::use_workspaces;
use crate::ui::combobox::{Combobox, Find, Found};
use crate::ui::dialog::Dialog;

/// As many as can be looked over; typing finds the rest.
const MOST: usize = 50;
/// How many of what was used lately come first.
const MOST_RECENT: usize = 5;

/// What can be done from here.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Act {
    /// Goes to an address.
    Go(String),
    /// Presses the button of the view with this name.
    Press(String),
    /// Opens the list of the keys.
    Help,
}

/// A line of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    name: String,
    kind: &'static str,
    act: Act,
}

/// The palette, open.
#[component]
pub fn Palette(
    /// What is on screen.
    route: Memo<Route>,
    /// The names of what was used lately, latest first.
    recent: StoredValue<Vec<String>>,
    /// It is done with.
    #[prop(into)]
    on_close: Callback<()>,
    /// The person wants the list of the keys.
    #[prop(into)]
    on_help: Callback<()>,
) -> impl IntoView {
    let words = words();
    let navigation = use_navigation();
    let workspaces = use_workspaces();
    // What there is when it opens: nothing moves under the person's hand while it is open.
    let all = StoredValue::new({
        let known = workspaces.all().into_iter().map(|workspace| {
            let address = Route::secrets(&workspace.metadata.id).to_path();
            (workspace.metadata.name, address)
        });
        lines(words, &route.get_untracked(), known, recent.get_value())
    });
    let find: Find = Arc::new(move |typed: &str| {
        all.with_value(|all| {
            let names: Vec<&str> = all.iter().map(|line| line.name.as_str()).collect();
            let found = fuzzy::best(typed, &names, MOST);
            let of = |number: &usize| {
                let line = all.get(*number)?;
                Some(Found {
                    number: *number,
                    text: line.name.clone(),
                    note: line.kind.to_owned(),
                    dot: None,
                })
            };
            found.iter().filter_map(of).collect()
        })
    });
    let run = move |number: usize| {
        let Some(line) = all.with_value(|all| all.get(number).cloned()) else {
            return;
        };
        recent.update_value(|recent| {
            recent.retain(|name| *name != line.name);
            recent.insert(0, line.name.clone());
            recent.truncate(MOST_RECENT);
        });
        on_close.run(());
        match line.act {
            Act::Go(address) => navigation.go(&address),
            // Closed first, so that the focus is back in the view when the button opens something.
            Act::Press(name) => request_animation_frame(move || keyboard::run_action(&name)),
            Act::Help => on_help.run(()),
        }
    };
    view! {
        <Dialog label=words.palette id="palette" on_cancel=on_close>
            <Combobox id="palette-line" label=words.palette_hint list_label=words.palette find on_choose=run />
        </Dialog>
    }
    .into_any()
}

/// Everything there is, what was used lately first.
fn lines(
    words: &'static Words,
    route: &Route,
    workspaces: impl Iterator<Item = (String, String)>,
    recent: Vec<String>,
) -> Vec<Line> {
    let line = |name: String, kind, act| Line { name, kind, act };
    let mut lines = Vec::new();
    for name in keyboard::actions() {
        lines.push(line(name.clone(), words.palette_action, Act::Press(name)));
    }
    if let Some(workspace) = route.workspace() {
        let address = Route::secrets(workspace).to_path();
        lines.push(line(words.secrets.to_owned(), words.palette_view, Act::Go(address)));
    }
    let all = Route::Workspaces.to_path();
    lines.push(line(words.workspaces.to_owned(), words.palette_view, Act::Go(all)));
    for (name, address) in workspaces {
        lines.push(line(name, words.palette_workspace, Act::Go(address)));
    }
    for (name, address) in keyboard::rows() {
        let kind = if route == &Route::Workspaces {
            words.palette_workspace
        } else {
            words.palette_secret
        };
        if !lines.iter().any(|line| line.act == Act::Go(address.clone())) {
            lines.push(line(name, kind, Act::Go(address)));
        }
    }
    lines.push(line(words.keys_title.to_owned(), words.palette_action, Act::Help));
    // Stable: the rest stays in its order.
    lines.sort_by_key(|line| {
        recent
            .iter()
            .position(|name| *name == line.name)
            .unwrap_or(recent.len())
    });
    lines
}
