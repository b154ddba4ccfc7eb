//! The workspace switcher.

use std::sync::Arc;

use contract::calls::{self, SecretQuery};
use contract::{SecretId, Workspace, WorkspaceId, WorkspaceSecret};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::query::quoted_text;
use strongroom_core::model::fuzzy;
use strongroom_core::route::{CompareState, ListState, Route, SearchState};

use crate::api::session::{Session, use_session};
use crate::browser::history::use_navigation;
use crate::browser::{page, popover, tasks};
use crate::components::workspace_status::in_words;
use crate::store::loaded_secrets::use_shown_secret;
use crate::store::notices::use_notices;
use crate::store::workspaces::use_workspaces;
use crate::ui::combobox::{Combobox, Find, Found};

/// The maximum number of lines on screen; typing finds the rest.
const MOST: usize = 50;

/// How many secrets are asked for that begin with a name.
const MOST_NAMES: u32 = 50;

/// A list of workspaces that typing filters, each with its state.
#[component]
pub fn Switcher(
    route: Memo<Route>,
) -> impl IntoView {
    let switch = to_workspace(route);
    let all = StoredValue::new(untrack(|| use_workspaces().all()));
    let find: Find = Arc::new(move |typed: &str| {
        all.with_value(|all| {
            let of = |number: &usize| {
                let workspace = all.get(*number)?;
                let (tone, note) = in_words(&workspace.status);
                Some(Found {
                    number: *number,
                    text: name(workspace).to_owned(),
                    note,
                    dot: tone,
                    ..Found::default()
                })
            };
            fuzzy::best(typed, all.iter().map(name), MOST).iter().filter_map(of).collect()
        })
    });
    let choose = move |number: usize| {
        let chosen = all.with_value(|all| all.get(number).map(|workspace| workspace.metadata.id.clone()));
        let Some(id) = chosen else { return };
        popover::close("switcher");
        switch.run(id);
    };
    // The popover is open, but its content is not in the page yet.
    request_animation_frame(|| page::focus_id("switch-to"));
    let about = route.with_untracked(|route| route.workspace().cloned()).map(|id| {
        let address = Route::Workspace(id).to_path();
        view! { <a class="menu-item" href=address on:click=move |_| popover::close("switcher")>{words::common().workspace_details}</a> }
    });
    // The header has no room for them on a phone.
    let chosen = route.with_untracked(|route| route.workspace().cloned().into_iter().collect());
    let compared = CompareState { workspaces: chosen, ..CompareState::default() };
    let places = [
        (Route::workspaces(), words::common().all_workspaces),
        (Route::Search(SearchState::default()), words::palette().search_all),
        (Route::Overview(None), words::palette().overview_of_all),
        (Route::Compare(compared.to_query()), words::palette().compare),
    ];
    let across: Vec<_> = places
        .into_iter()
        .map(|(place, text)| {
            view! { <a class="menu-item" href=place.to_path() on:click=move |_| popover::close("switcher")>{text}</a> }
        })
        .collect();
    view! {
        <Combobox id="switch-to" label=words::common().filter_workspaces list_label=words::common().workspaces find on_choose=choose />
        <div class="menu-actions">
            {about}
            {across}
        </div>
    }
    .into_any()
}

/// Switches to a workspace: to its secrets or references, from a secret to the one of the same name.
pub fn to_workspace(route: Memo<Route>) -> Callback<WorkspaceId> {
    let (navigation, session, shown) = (use_navigation(), use_session(), use_shown_secret());
    let (workspaces, notices) = (use_workspaces(), use_notices());
    Callback::new(move |id: WorkspaceId| match (route.get_untracked(), shown.name()) {
        (Route::Secret(present, _), Some(name)) if present != id => {
            tasks::spawn_for_page(async move {
                let (there, is_missing) = same_name(session, &id, &name).await;
                if is_missing {
                    let parts = [("name", name.as_str()), ("workspace", &workspaces.name(&id))];
                    notices.done(fill(words::common().not_in_workspace, &parts));
                }
                navigation.go(&there.to_path());
            });
        }
        (route, _) => navigation.go(&route.in_workspace(&id).to_path()),
    })
}

/// The secret with this name in another workspace; the list filtered by the name if there is no such secret. Also
/// whether there is none.
async fn same_name(session: Session, workspace: &WorkspaceId, name: &str) -> (Route, bool) {
    let query = SecretQuery {
        prefix: Some(name.to_owned()),
        ..SecretQuery::default()
    };
    let found = session.send(calls::list_secrets(workspace, &query, MOST_NAMES, None)).await;
    let items = found.map(|page| page.items);
    let is_missing = items.as_ref().is_ok_and(|items| items.iter().all(|it| it.metadata.name != name));
    match items.ok().and_then(|items| only_named(items, name)) {
        Some(id) => (Route::Secret(workspace.clone(), id), false),
        None => {
            let search = quoted_text(name);
            let state = ListState { search, ..ListState::default() };
            (Route::Secrets(workspace.clone(), state), is_missing)
        }
    }
}

/// The only secret with exactly this name.
fn only_named(secrets: Vec<WorkspaceSecret>, name: &str) -> Option<SecretId> {
    let mut named = secrets.into_iter().map(|secret| secret.metadata).filter(|it| it.name == name);
    let first = named.next()?;
    named.next().is_none().then_some(first.id)
}

fn name(workspace: &Workspace) -> &str {
    if workspace.metadata.name.is_empty() {
        workspace.metadata.id.as_str()
    } else {
        &workspace.metadata.name
    }
}
