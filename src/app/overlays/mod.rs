//! The overlays, loaded on demand: command palette, shortcuts and their help, account menu, workspace switcher, dialogs.

mod account;
mod app_actions;
mod help;
mod leaving;
mod palette;
mod switcher;
mod warning;

pub use crate::app::overlays::account::AccountMenu;
pub use crate::app::overlays::switcher::Switcher;

use std::time::Duration;

use leptos::prelude::*;
use strongroom_core::i18n::language::Language;
use strongroom_core::i18n::words;
use strongroom_core::model::actions::ActionId;
use strongroom_core::model::palette::SecretAct;
use strongroom_core::model::reference_text::Spelling;
use strongroom_core::model::shortcuts::Keys;
use strongroom_core::route::Route;

use crate::browser::clipboard::use_clipboard;
use crate::browser::history::use_navigation;
use crate::browser::row_navigation::RowMove;
use crate::browser::{keyboard, tasks};
use crate::components::actions::use_actions;
use crate::components::copyable::{copy, copy_reference};
use crate::components::secret_acts;
use crate::components::replace_request::{Subject, use_replace_request};
use crate::store::notices::use_notices;
use crate::ui::erased::When;

/// How long after a key the next one still belongs to the same shortcut.
const NEXT_KEY: Duration = Duration::from_secs(2);

/// What a user asked for, possibly before this part was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OverlayRequest {
    /// The command palette.
    Palette,
    /// A key that may belong to a shortcut.
    Key(String),
}

/// Pending requests.
pub type Requests = RwSignal<Vec<OverlayRequest>>;

/// The overlay that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Palette,
    Help,
}

/// The palette and the help while they are open. Runs shortcuts and offers the actions of the app.
#[component]
pub fn Overlays(
    /// Pending requests.
    requests: Requests,
    route: Memo<Route>,
    on_language: Callback<Language>,
) -> impl IntoView {
    let navigation = use_navigation();
    let (actions, replacing) = (use_actions(), use_replace_request());
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let open = RwSignal::new(Open::Nothing);
    let keys = StoredValue::new(Keys::default());
    app_actions::offer_all(move || open.set(Open::Help), on_language);
    let move_row = |to| {
        keyboard::move_row(to);
    };
    // The page of a deleted secret has nothing left to show.
    let on_deleted = Callback::new(move |(workspace, id)| {
        let list = Route::secrets(&workspace).to_path();
        if route.with_untracked(|route| *route == Route::Secret(workspace, id)) {
            navigation.redirect(&list);
        }
    });
    let (on_act, delete) = secret_acts::acts(on_deleted);
    let subject = move || match focused_row() {
        Some((Route::Secret(workspace, id), name)) => Some(Subject { workspace, id, name }),
        _ => match route.get_untracked() {
            // Its name is not needed to read it.
            Route::Secret(workspace, id) => Some(Subject { workspace, id, name: String::new() }),
            _ => None,
        },
    };
    let run = move |action| match action {
        ActionId::Edit => match focused_row().and_then(|(route, _)| route.edit()) {
            Some(edit) => navigation.go(&edit.to_path()),
            None => actions.run(action),
        },
        ActionId::ReplaceValue => match focused_row() {
            Some((Route::Secret(workspace, id), name)) => replacing.open(workspace, id, name),
            _ => actions.run(action),
        },
        ActionId::CopyName => match focused_row() {
            Some((_, name)) => copy(clipboard, notices, words::fields().name, name),
            None => actions.run(action),
        },
        ActionId::CopyId | ActionId::CopyValue => {
            let act = if action == ActionId::CopyId { SecretAct::CopyId } else { SecretAct::CopyValue };
            if let Some(subject) = subject() {
                on_act.run((act, subject));
            }
        }
        ActionId::CopyVariable | ActionId::CopyTemplate => match focused_row() {
            Some((_, name)) => {
                let spelling = match action {
                    ActionId::CopyVariable => Spelling::Variable,
                    _ => Spelling::Template,
                };
                copy_reference(clipboard, notices, spelling, &name);
            }
            None => actions.run(action),
        },
        // Of a selection, all of it.
        ActionId::Delete if actions.try_run(ActionId::DeleteSelected) => {}
        ActionId::Select => keyboard::press_in_row(ROW_BOX),
        ActionId::SelectNext => select_and_move(RowMove::Next),
        ActionId::SelectPrevious => select_and_move(RowMove::Previous),
        ActionId::GoToWorkspaces => navigation.go(&Route::workspaces().to_path()),
        ActionId::GoToSecrets => {
            let workspace = route.with_untracked(|route| route.workspace().cloned());
            let wanted = workspace.map_or_else(Route::workspaces, |workspace| Route::secrets(&workspace));
            navigation.go(&wanted.to_path());
        }
        ActionId::NextRow => move_row(RowMove::Next),
        ActionId::PreviousRow => move_row(RowMove::Previous),
        ActionId::FirstRow => move_row(RowMove::First),
        ActionId::LastRow => move_row(RowMove::Last),
        _ => actions.run(action),
    };
    let take_key = move |key: String| {
        let action = keys.try_update_value(|keys| keys.press(&key)).flatten();
        if let Some(action) = action {
            run(action);
        } else if keys.with_value(Keys::is_waiting) {
            set_timeout(move || keys.update_value(Keys::forget), NEXT_KEY);
        }
    };
    tasks::follow(move || {
        let asked = requests.get();
        if asked.is_empty() {
            return;
        }
        requests.set(Vec::new());
        for request in asked {
            match request {
                OverlayRequest::Palette => open.set(Open::Palette),
                OverlayRequest::Key(key) => take_key(key),
            }
        }
    });
    let close = move || open.set(Open::Nothing);
    // Not owned by the palette, which is closed when it runs.
    let on_run = Callback::new(run);
    view! {
        <When condition=Signal::derive(move || open.get() == Open::Palette)>
            <palette::Palette route on_run on_act on_close=move |()| close() />
        </When>
        {delete}
        <When condition=Signal::derive(move || open.get() == Open::Help)>
            <help::Help on_close=move |()| close() />
        </When>
        <leaving::Leaving />
        <warning::LockWarning />
    }
    .into_any()
}

/// What the focused row links to, and its name.
fn focused_row() -> Option<(Route, String)> {
    let (address, name) = keyboard::row_link()?;
    Some((Route::parse_local(&address)?, name))
}

/// The checkbox of a row.
const ROW_BOX: &str = "input[type='checkbox']";
/// The checkbox of a row that is not selected.
const FREE_ROW_BOX: &str = "input[type='checkbox']:not(:checked)";

/// Selects the focused row and the one that the focus moves to.
fn select_and_move(to: RowMove) {
    keyboard::press_in_row(FREE_ROW_BOX);
    keyboard::move_row(to);
    keyboard::press_in_row(FREE_ROW_BOX);
}
