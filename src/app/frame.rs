//! The frame around every page: header, navigation, the page, notifications, and the gate that asks for a session.

use contract::WorkspaceId;
use leptos::prelude::*;
use leptos_router::components::A;
use site::Config;

use super::views::view_of;
use crate::pages::connect::ConnectAgain;
use crate::route::{ListState, Route};
use crate::text::{fill, words};
use crate::ui::erased::{When, dynamic, handle_click, handle_event, moving_flag};
use crate::ui::notices::{NoticeRegion, use_notices};
use crate::web::navigation::{Navigation, use_address, use_navigation};
use crate::web::page;
use crate::web::session::{State, use_session};
use crate::web::workspaces::use_workspaces;

/// Header, page and notifications.
#[component]
pub(super) fn Frame(
    /// Which servers there are.
    config: Config,
) -> impl IntoView {
    let words = words();
    let address = use_address();
    let navigation = use_navigation();
    let session = use_session();
    let route = Memo::new(move |_| address.with(|(path, query)| Route::parse(path, query)));
    // The view changes when the address means another one; the state of a list changes within its view.
    let view_route = Memo::new_with_compare(
        move |_| route.get(),
        |old, new| match (old, new) {
            (Some(old), Some(new)) => !old.is_same_view(new),
            _ => true,
        },
    );
    let list_state = Memo::new(move |_| match route.get() {
        Route::Secrets(_, state) => state,
        _ => ListState::default(),
    });
    let is_absent = Memo::new(move |_| session.state().with(|state| *state == State::Absent));
    let view = move || {
        let route = view_route.get();
        let is_open = matches!(route, Route::Connect { .. } | Route::Unknown);
        if is_absent.get() && !is_open {
            navigation.replace(&connect_address(route));
            return ().into_any();
        }
        view_of(route, config.clone(), list_state, navigation)
    };
    let expired = Memo::new(move |_| {
        session.state().with(|state| match state {
            State::Expired(connection) => Some(connection.clone()),
            State::Absent | State::Connected(_) => None,
        })
    });
    view! {
        <a
            class="skip"
            href="#content"
            on:click=handle_click(|event| {
                // Not the browser's own jump: it would change the address, and a list's state is in there.
                event.prevent_default();
                page::focus_id("content");
            })
        >
            {words.skip}</a>
        <Header route navigation />
        <main class="page" id="content" tabindex="-1">{view}</main>
        <NoticeRegion notices=use_notices() />
        {dynamic(move || expired.get().map(|connection| view! { <ConnectAgain connection /> }))}
    }
    .into_any()
}

/// The address that asks for a session and leads back.
fn connect_address(route: Route) -> String {
    let next = match route {
        Route::Home | Route::Workspaces => None,
        wanted => Some(Box::new(wanted)),
    };
    Route::Connect { next }.to_path()
}

#[component]
fn Header(route: Memo<Route>, navigation: Navigation) -> impl IntoView {
    let words = words();
    let session = use_session();
    let is_connected = Memo::new(move |_| session.state().with(|state| state.connection().is_some()));
    view! {
        <header class="header">
            <A href=Route::Workspaces.to_path() attr:class="brand">{words.product}</A>
            <When condition=Signal::derive(move || is_connected.get())>
                <nav class="main-navigation" aria-label=words.main_navigation>
                    <A href=Route::Workspaces.to_path()>{words.workspaces}</A>
                </nav>
                <WorkspaceSwitcher route navigation />
                <AccountMenu />
            </When>
        </header>
    }
    .into_any()
}

#[component]
fn WorkspaceSwitcher(route: Memo<Route>, navigation: Navigation) -> impl IntoView {
    let words = words();
    let workspaces = use_workspaces();
    let present = Memo::new(move |_| route.with(|route| route.workspace().cloned()));
    let options = move || {
        let known = workspaces.all().into_iter().map(|workspace| {
            let id = workspace.metadata.id;
            let name = if workspace.metadata.name.is_empty() {
                id.to_string()
            } else {
                workspace.metadata.name
            };
            let value = id.to_string();
            let is_present = move || present.with(|present| present.as_ref() == Some(&id));
            view! { <option value=value prop:selected=is_present>{name}</option> }
        });
        known.collect_view()
    };
    let choose = move |text: String| {
        if let Ok(id) = WorkspaceId::parse(text) {
            navigation.go(&Route::secrets(&id).to_path());
        }
    };
    view! {
        <select
            class="input input-small switcher"
            aria-label=words.switch_workspace
            on:change=handle_event(move |event| choose(event_target_value(&event)))
        >
            <option value="" disabled prop:selected=moving_flag(move || present.with(Option::is_none))>
                {words.choose_workspace}
            </option>
            {options}
        </select>
    }
    .into_any()
}

#[component]
fn AccountMenu() -> impl IntoView {
    let words = words();
    let session = use_session();
    let who = move || {
        session.state().with(|state| {
            let profile = state.connection()?.profile.as_ref()?;
            Some(fill(words.connected_as, &[("name", profile.display_name())]))
        })
    };
    let server = move || {
        session.state().with(|state| {
            let connection = state.connection()?;
            let base = connection.base.to_string();
            let name = connection
                .server
                .as_ref()
                .map_or_else(|| base.clone(), |name| format!("{name} ({base})"));
            Some(fill(words.on_server, &[("server", &name)]))
        })
    };
    view! {
        <button type="button" class="button button-quiet account" popovertarget="account">{words.account_menu}</button>
        <div class="popover" id="account" popover="auto">
            <p>{who}</p>
            <p class="muted">{server}</p>
            <button type="button" class="button" on:click=handle_click(move |_| session.disconnect())>{words.disconnect}</button>
        </div>
    }
    .into_any()
}
