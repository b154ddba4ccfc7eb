//! The command palette: go anywhere and do what the view offers, by typing parts of a name.

use leptos::prelude::*;

use crate::route::Route;
use crate::state::fuzzy;
use crate::text::{Words, fill, words};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{dynamic, handle_click, handle_event, moving_note, moving_text, moving_word};
use crate::web::keyboard;
use crate::web::navigation::use_navigation;
use crate::web::workspaces::use_workspaces;

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
pub(super) fn Palette(
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
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let found = Memo::new(move |_| {
        all.with_value(|all| {
            let names: Vec<&str> = all.iter().map(|line| line.name.as_str()).collect();
            typed.with(|typed| fuzzy::best(typed, &names, MOST))
        })
    });
    let run = move |position: usize| {
        let line = found.with_untracked(|found| all.with_value(|all| all.get(*found.get(position)?).cloned()));
        let Some(line) = line else { return };
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
    let on_key = move |event: web_sys::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let present = chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" if count > 0 => (present + 1) % count,
            "ArrowUp" if count > 0 => (present + count - 1) % count,
            "Enter" => {
                event.prevent_default();
                return run(present);
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        keyboard::show(&option_id(next));
    };
    let on_key: Box<dyn FnMut(web_sys::KeyboardEvent) + Send> = Box::new(on_key);
    let on_input = move |text: String| {
        typed.set(text);
        chosen.set(0);
    };
    let options = dynamic(move || {
        found.with(|found| {
            let line = |(position, index): (usize, &usize)| {
                let line = all.with_value(|all| all.get(*index).cloned())?;
                Some(view! {
                    <li
                        id=option_id(position)
                        class="palette-line"
                        role="option"
                        aria-selected=moving_word(move || Some(if chosen.get() == position { "true" } else { "false" }))
                        on:click=handle_click(move |_| run(position))
                    >
                        <span class="palette-name">{line.name}</span>
                        <span class="muted">{line.kind}</span>
                    </li>
                })
            };
            found.iter().enumerate().filter_map(line).collect_view()
        })
    });
    let status = dynamic(move || {
        found.with(|found| match found.len() {
            0 => words.palette_none.to_owned(),
            count => fill(words.palette_found, &[("count", &count.to_string())]),
        })
    });
    view! {
        <Dialog label=words.palette id="palette" on_cancel=on_close>
            <input
                class="input"
                type="text"
                role="combobox"
                aria-label=words.palette_hint
                placeholder=words.palette_hint
                aria-expanded="true"
                aria-controls="palette-lines"
                aria-autocomplete="list"
                aria-activedescendant=moving_note(move || found.with(|found| (!found.is_empty()).then(|| option_id(chosen.get()))))
                autocomplete="off"
                spellcheck="false"
                prop:value=moving_text(move || typed.get())
                on:input=handle_event(move |event| on_input(event_target_value(&event)))
                on:keydown=on_key
            />
            <ul class="palette-lines" id="palette-lines" role="listbox" aria-label=words.palette>{options}</ul>
            <p class="visually-hidden" role="status">{status}</p>
        </Dialog>
    }
    .into_any()
}

fn option_id(position: usize) -> String {
    format!("palette-{position}")
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
