//! The header: the product, the views, the workspace, the connection, the account.

use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::route::{Route, SearchState};

use crate::browser::tasks::memo;
use crate::api::session::{State, use_session};
use crate::app::code_split::{self, PartState, Parts};
use crate::app::part::Part;
use crate::app::part_failed::part_failed;
use crate::browser::{page, popover};
use crate::components::workspace_status::status_badge;
use crate::store::workspaces::use_workspaces;
use crate::ui::badge::Tone;
use crate::ui::erased::{When, dynamic, handle_click, handle_event, moving_text, moving_word};
use crate::ui::icon::{Glyph, icon};
use crate::ui::skeleton::Skeleton;

#[component]
pub fn Header(
    route: Memo<Route>,
    parts: Parts,
) -> impl IntoView {
    let session = use_session();
    let is_connected = memo(move |_| session.state().with(State::is_open));
    view! {
        <header class="header">
            <When condition=Signal::derive(move || !is_connected.get())>{brand()}</When>
            <When condition=Signal::derive(move || is_connected.get())>
                // On a phone the mark is all of it.
                <nav class="main-navigation" aria-label=words::common().main_navigation>
                    {brand()}
                    <a
                        href=Route::workspaces().to_path()
                        class="main-link"
                        aria-current=moving_word(move || route.with(|route| matches!(route, Route::Workspaces(_))).then_some("page"))
                    >
                        {words::common().workspaces}
                    </a>
                    <a
                        href=Route::Search(SearchState::default()).to_path()
                        class="main-link"
                        aria-current=moving_word(move || route.with(|route| matches!(route, Route::Search(_)).then_some("page")))
                    >
                        {words::common().search}
                    </a>
                    <a
                        href="/compare"
                        class="main-link"
                        aria-current=moving_word(move || route.with(|route| matches!(route, Route::Compare(_)).then_some("page")))
                    >
                        {words::common().compare}
                    </a>
                </nav>
                <WorkspaceSwitcher route parts />
                <ConnectionState />
                <Account parts />
            </When>
        </header>
    }
    .into_any()
}

fn brand() -> AnyView {
    view! {
        <a href=Route::workspaces().to_path() class="brand">
            <span class="visually-hidden">{words::common().product}</span>
        </a>
    }
    .into_any()
}

/// The current workspace; opens a popover to switch. The popover's code is loaded on first use.
#[component]
fn WorkspaceSwitcher(route: Memo<Route>, parts: Parts) -> impl IntoView {
    let workspaces = use_workspaces();
    let is_open = RwSignal::new(false);
    let name = moving_text(move || {
        let present = route.with(|route| route.workspace().cloned());
        present.map_or_else(|| words::common().choose_workspace.to_owned(), |id| workspaces.name(&id))
    });
    let present = memo(move |_| route.with(|route| route.workspace().cloned()));
    let status = dynamic(move || present.get().as_ref().map(status_badge));
    let content = dynamic(move || match parts.state(Part::Overlays) {
        // Rendered again each time it opens: with an empty search, for the current view.
        PartState::Loaded if is_open.get() => code_split::switcher(route),
        PartState::Failed => Some(part_failed(parts, Part::Overlays)),
        PartState::Loading => Some(view! { <Skeleton lines=3 /> }.into_any()),
        PartState::Loaded | PartState::NotLoaded => None,
    });
    view! {
        <button
            type="button"
            class="button switcher"
            role="combobox"
            aria-label=words::common().switch_workspace
            aria-haspopup="dialog"
            aria-expanded=moving_word(move || Some(if is_open.get() { "true" } else { "false" }))
            aria-controls="switcher"
            popovertarget="switcher"
            on:click=handle_click(move |_| parts.load(Part::Overlays))
        >
            {icon(Glyph::LAYERS)}
            <span class="switcher-name">{name}</span>
            {status}
            {icon(Glyph::CHEVRONS)}
        </button>
        <div
            class="popover popover-start switcher-popover"
            id="switcher"
            popover="auto"
            role="dialog"
            aria-label=words::common().switch_workspace
            on:toggle=handle_event(move |_| is_open.set(popover::is_open("switcher")))
        >
            {content}
        </div>
    }
    .into_any()
}

/// The connected server, and whether it answers and still accepts the key.
#[component]
fn ConnectionState() -> impl IntoView {
    let session = use_session();
    let (is_online, is_failing) = (page::is_online(), session.is_failing());
    let state = memo(move |_| {
        session.state().with(|state| {
            let Some(connection) = state.connection() else {
                return (Tone::Plain, String::new());
            };
            if !is_online.get() {
                return (Tone::Warning, words::common().connection_offline.to_owned());
            }
            if matches!(state, State::Expired(_)) {
                return (Tone::Warning, words::common().connection_refused.to_owned());
            }
            if is_failing.get() {
                return (Tone::Warning, words::common().connection_failing.to_owned());
            }
            let server = connection.server.clone();
            (Tone::Success, server.unwrap_or_else(|| connection.base.origin().to_owned()))
        })
    });
    view! {
        <p class="connection" role="status" aria-label=words::common().connection>
            {dynamic(move || state.get().0.dot())}
            <span class="connection-text">{dynamic(move || state.get().1)}</span>
        </p>
    }
    .into_any()
}

/// The name of the account stands beside the button, once it is known.
#[component]
fn Account(parts: Parts) -> impl IntoView {
    let session = use_session();
    let is_open = RwSignal::new(false);
    let who = dynamic(move || {
        session.state().with(|state| {
            let profile = state.connection().and_then(|connection| connection.profile.as_ref());
            profile.map(|profile| view! { <span class="account-text">{profile.display_name().to_owned()}</span> }.into_any())
        })
    });
    let menu = dynamic(move || match parts.state(Part::Overlays) {
        // Rendered again each time it opens: the command palette may have changed a setting.
        PartState::Loaded if is_open.get() => code_split::account(),
        PartState::Failed => Some(part_failed(parts, Part::Overlays)),
        PartState::Loaded | PartState::NotLoaded | PartState::Loading => None,
    });
    view! {
        // Outside the button: its accessible name would have to contain the text (WCAG 2.2, 2.5.3).
        {who}
        <button
            type="button"
            class="button button-quiet account"
            aria-label=words::common().account_menu
            popovertarget="account"
            on:click=handle_click(move |_| parts.load(Part::Overlays))
        >
            {icon(Glyph::PERSON)}
        </button>
        <div
            class="popover account-popover"
            id="account"
            popover="auto"
            on:toggle=handle_event(move |_| is_open.set(popover::is_open("account")))
        >
            {menu}
        </div>
    }
    .into_any()
}
