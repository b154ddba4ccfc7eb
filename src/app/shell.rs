//! The frame around every page: header, navigation, the page, notifications, and the gate that asks for a session.

use std::sync::Arc;

use leptos::prelude::*;
use site::Config;
use strongroom_core::i18n::language::Language;
use strongroom_core::i18n::{language, words};
use strongroom_core::model::actions::ActionId;
use strongroom_core::model::last_list::LastList;
use strongroom_core::model::shortcuts;
use strongroom_core::route::{ListState, ReferencesState, Route, WorkspacesState};

use crate::browser::tasks::memo;
use crate::api::session::{Session, State};
use crate::app::code_split::{self, LoadFailed, PartState, Parts};
use crate::app::header::Header;
use crate::app::locked::locked;
use crate::app::overlays::{OverlayRequest, Requests};
use crate::app::part::Part;
use crate::app::part_failed::part_failed;
use crate::app::screens::{ScreenContext, part_of};
use crate::app::services::Services;
use crate::browser::history::use_navigation;
use crate::browser::preferences::{self, Preference};
use crate::browser::{keyboard, page, tasks};
use crate::components::actions::use_actions;
use crate::components::breadcrumbs::LastListContext;
use crate::components::notices::NoticeRegion;
use crate::components::archive_request::ArchiveDialogs;
use crate::components::replace_request::use_replace_request;
use crate::components::uses::UseViews;
use crate::store::notices::use_notices;
use crate::pages::secrets::list::context::Extras;
use crate::store::idle_lock::Idle;
use crate::store::workspaces::use_workspaces;
use crate::store::writes::Writes;
use crate::ui::erased::{dynamic, handle_click};
use crate::ui::heading::TitleWorkspace;
use crate::ui::skeleton::Skeleton;

/// Header, page and notifications.
#[component]
pub fn Frame(
    services: Services,
    config: Config,
    parts: Parts,
) -> impl IntoView {
    let navigation = use_navigation();
    let address = navigation.address();
    let session = services.session;
    let route = memo(move |_| address.with(|(path, query)| Route::parse(path, query)));
    // The view changes with the route; the state of a list changes within its view.
    let view_route = Memo::new_with_compare(
        move |_| route.get(),
        |old, new| match (old, new) {
            (Some(old), Some(new)) => !old.is_same_view(new),
            _ => true,
        },
    );
    // A list that stays on screen while another view loads keeps its state.
    let list = memo(move |present: Option<&ListState>| match route.get() {
        Route::Secrets(_, state) => state,
        _ => present.cloned().unwrap_or_default(),
    });
    let last_list = memo(move |last: Option<&LastList>| {
        let last = last.cloned().unwrap_or_default();
        route.with(|route| last.after(route))
    });
    // A memo that nobody reads sees only the latest route: each one has to be seen.
    tasks::follow(move || last_list.track());
    provide_context(LastListContext(last_list));
    let workspaces = use_workspaces();
    let workspace_name = Signal::derive(move || {
        let present = route.with(|route| route.workspace().cloned())?;
        let name = workspaces.find(&present)?.metadata.name;
        (!name.is_empty()).then_some(name)
    });
    provide_context(TitleWorkspace(workspace_name));
    let is_absent = memo(move |_| session.state().with(|state| *state == State::Absent));
    // The route of the address, after redirects.
    let wanted = memo(move |_| {
        let route = view_route.get();
        let is_open = matches!(route, Route::Connect { .. } | Route::Unknown | Route::Policy);
        if is_absent.get() && !is_open {
            connect_before(route)
        } else if route == Route::Home {
            Route::workspaces()
        } else {
            route
        }
    });
    let is_locked = memo(move |_| session.state().with(|state| matches!(state, State::Locked(_))));
    let requests: Requests = RwSignal::new(Vec::new());
    let spoken = RwSignal::new(language());
    let on_language = Callback::new(move |language: Language| {
        preferences::write(Preference::Language, language.tag());
        tasks::spawn_for_page(async move {
            code_split::set_language(language).await;
            let _ = spoken.try_set(strongroom_core::i18n::language());
        });
    });
    listen_for_keys(session, parts, requests);
    retry_when_online(parts, requests);
    // Views load again what they show a failure of.
    page::on_return(move || workspaces.retry());
    provide_context(config.last_used);
    let idle = services.watch_idle(config.limits, page::is_seen);
    idle.listen();
    let is_asking = watch_idle(idle, parts, requests, is_locked, is_absent);
    tasks::follow(move || {
        let wanted = wanted.get();
        if let Some(part) = part_of(&wanted) {
            parts.load(part);
        }
        if view_route.with_untracked(|route| !route.is_same_view(&wanted)) {
            navigation.replace(&wanted.to_path());
        }
    });
    // The old screen stays until the part of the new one is loaded.
    let screen = memo(move |current: Option<&Option<Screen>>| {
        let route = wanted.get();
        match part_of(&route).map(|part| (part, parts.state(part))) {
            Some((_, PartState::NotLoaded | PartState::Loading)) => current.cloned().flatten(),
            Some((part, PartState::Failed)) => Some(Screen::Failed(part)),
            Some((_, PartState::Loaded)) | None => Some(Screen::View(route)),
        }
    });
    tasks::follow(move || {
        // Also if the address changed without a change of view.
        address.track();
        let is_there = screen.with(|screen| match screen {
            Some(Screen::View(shown)) => wanted.with(|wanted| shown == wanted),
            Some(Screen::Failed(_)) => true,
            None => false,
        });
        if is_there {
            navigation.arrived();
        }
    });
    let workspaces_state = memo(move |present: Option<&WorkspacesState>| match route.get() {
        Route::Workspaces(state) => state,
        _ => present.cloned().unwrap_or_default(),
    });
    let references = memo(move |present: Option<&ReferencesState>| match route.get() {
        Route::References(_, state) => state,
        _ => present.cloned().unwrap_or_default(),
    });
    provide_context(UseViews(Arc::new(move |view| {
        parts.load(Part::References);
        dynamic(move || match parts.state(Part::References) {
            PartState::Loaded => code_split::uses(view.clone()),
            PartState::Failed => Some(part_failed(parts, Part::References)),
            PartState::NotLoaded | PartState::Loading => Some(view! { <Skeleton lines=2 /> }.into_any()),
        })
    })));
    provide_context(ArchiveDialogs(Arc::new(move |request| {
        parts.load(Part::Administration);
        dynamic(move || match parts.state(Part::Administration) {
            PartState::Loaded => code_split::archive(request.clone()),
            PartState::Failed => Some(part_failed(parts, Part::Administration)),
            PartState::NotLoaded | PartState::Loading => None,
        })
    })));
    let extras: Extras = Arc::new(move |context| {
        parts.load(Part::ListActions);
        dynamic(move || match parts.state(Part::ListActions) {
            PartState::Loaded => code_split::list_actions(context),
            PartState::Failed => Some(part_failed(parts, Part::ListActions)),
            PartState::NotLoaded | PartState::Loading => None,
        })
    });
    let view = dynamic(move || {
        if is_locked.get() {
            return locked(session, parts);
        }
        match screen.get() {
            None => view! { <Skeleton lines=4 /> }.into_any(),
            Some(Screen::Failed(part)) => part_failed(parts, part),
            Some(Screen::View(route)) => {
                // A form is not rendered again in another language, because that would lose input; the next view uses
                // the new language.
                if !route.is_form() {
                    spoken.track();
                }
                let part = part_of(&route);
                let context = ScreenContext {
                    config: config.clone(),
                    list,
                    workspaces: workspaces_state,
                    references,
                    extras: Arc::clone(&extras),
                };
                match (code_split::view_of(route, context), part) {
                    (Ok(view), _) => view,
                    (Err(LoadFailed), Some(part)) => part_failed(parts, part),
                    (Err(LoadFailed), None) => ().into_any(),
                }
            }
        }
    });
    let replacing = use_replace_request();
    tasks::follow(move || {
        // Leaving the view leaves its dialog.
        view_route.track();
        if replacing.subject().with_untracked(Option::is_some) {
            replacing.close(false);
        }
    });
    tasks::follow(move || {
        if replacing.subject().with(Option::is_some) {
            parts.load(Part::ReplaceValue);
        }
    });
    let replace_value = dynamic(move || {
        let subject = replacing.subject().get().filter(|_| !is_locked.get() && !is_absent.get())?;
        match parts.state(Part::ReplaceValue) {
            PartState::Loaded => code_split::replace_value(subject),
            PartState::Failed => Some(part_failed(parts, Part::ReplaceValue)),
            PartState::NotLoaded | PartState::Loading => None,
        }
    });
    let is_expired = memo(move |_| session.state().with(|state| matches!(state, State::Expired(_))));
    let overlays = dynamic(move || {
        spoken.track();
        // Open overlays and recent actions end with the session.
        if is_locked.get() || is_absent.get() {
            return None;
        }
        match parts.state(Part::Overlays) {
            PartState::Loaded => code_split::overlays(requests, route, on_language),
            // Shows why a shortcut did nothing. Loading the part again then runs it.
            PartState::Failed if is_asking.get() || requests.with(|requests| !requests.is_empty()) => {
                Some(part_failed(parts, Part::Overlays))
            }
            PartState::Failed | PartState::NotLoaded | PartState::Loading => None,
        }
    });
    let header = dynamic(move || {
        spoken.track();
        view! { <Header route parts /> }
    });
    tasks::follow(move || {
        if is_expired.get() || is_locked.get() {
            parts.load(Part::Connect);
        }
    });
    let again = dynamic(move || {
        if !is_expired.get() {
            return None;
        }
        let connection = session.state().with_untracked(|state| state.connection().cloned())?;
        match parts.state(Part::Connect) {
            PartState::NotLoaded | PartState::Loading => None,
            PartState::Failed => Some(part_failed(parts, Part::Connect)),
            PartState::Loaded => code_split::connect_again(connection, false),
        }
    });
    view! {
        <a
            class="skip"
            href="#content"
            on:click=handle_click(|event| {
                // Not the browser's own jump, which would change the address and lose the list's state.
                event.prevent_default();
                page::focus_id("content");
            })
        >
            {words::common().skip}</a>
        {header}
        <main class="page" id="content" tabindex="-1">{view}</main>
        <NoticeRegion notices=use_notices() is_silent=is_locked>{runs(services.writes, parts)}</NoticeRegion>
        {replace_value}
        {again}
        {overlays}
    }
    .into_any()
}

/// The deletes and label changes that wait, run or have ended.
fn runs(writes: Writes, parts: Parts) -> AnyView {
    let notices = use_notices();
    let has_runs = memo(move |_| writes.has_runs());
    tasks::follow(move || {
        if has_runs.get() {
            parts.load(Part::Runs);
        }
    });
    tasks::follow(move || {
        // Without the part that offers the undo, nothing may be deleted.
        if has_runs.get() && parts.state(Part::Runs) == PartState::Failed {
            writes.cancel_waiting();
            notices.failed(words::common().part_lost);
        }
    });
    dynamic(move || match parts.state(Part::Runs) {
        PartState::Loaded if has_runs.get() => code_split::runs(),
        _ => None,
    })
}

/// What is rendered below the header.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Screen {
    View(Route),
    /// Its part failed to load.
    Failed(Part),
}

/// The connect page that returns to this route afterwards.
fn connect_before(route: Route) -> Route {
    let next = match route {
        Route::Home => None,
        wanted => Some(Box::new(wanted)),
    };
    Route::Connect { next }
}

/// Locks an idle console. Returns whether a dialog (lock warning or unsaved changes) is due, so that the overlays are
/// loaded.
fn watch_idle(
    idle: Idle,
    parts: Parts,
    requests: Requests,
    is_locked: Memo<bool>,
    is_absent: Memo<bool>,
) -> Memo<bool> {
    let (navigation, notices) = (use_navigation(), use_notices());
    let is_asking = memo(move |_| idle.left().get() > 0 || navigation.question().with(Option::is_some));
    tasks::follow(move || {
        if is_asking.get() {
            parts.load(Part::Overlays);
        }
    });
    tasks::follow(move || {
        if is_locked.get() || is_absent.get() {
            notices.clear();
            requests.set(Vec::new());
            navigation.answer(false);
        }
    });
    is_asking
}

/// Offline, a part that a key needs cannot be loaded: says so. Once online, loads whatever failed, which then runs the
/// keys.
fn retry_when_online(parts: Parts, requests: Requests) {
    let (is_online, notices) = (page::is_online(), use_notices());
    tasks::follow(move || {
        if is_online.get() {
            parts.retry_failed();
        }
    });
    tasks::follow(move || {
        let is_asked = requests.with(|requests| !requests.is_empty());
        if is_asked && parts.state(Part::Overlays) == PartState::Failed && !is_online.get_untracked() {
            notices.failed(words::common().offline);
        }
    });
}

/// Passes keys to the overlays. The first key loads them.
fn listen_for_keys(session: Session, parts: Parts, requests: Requests) {
    let actions = use_actions();
    keyboard::on_press(move |press| {
        let is_connected = session
            .state()
            .try_with_untracked(|state| matches!(state, State::Connected(_)))
            .unwrap_or_default();
        let is_for_rows = shortcuts::is_for_rows(&press.key);
        let request = if !is_connected {
            return false;
        } else if press.is_command && press.key == "k" {
            OverlayRequest::Palette
        } else if press.is_command && press.key == "a" && !press.is_taken {
            return actions.try_run(ActionId::SelectAll);
        } else if press.is_plain && !press.is_taken && shortcuts::is_known(&press.key) && preferences::has_single_keys()
        {
            if is_for_rows && !keyboard::is_on_row() {
                return false;
            }
            // At once: what is typed next belongs in the search box.
            if press.key == "/" && actions.try_run(ActionId::Search) {
                return true;
            }
            OverlayRequest::Key(press.key.clone())
        } else {
            return false;
        };
        parts.load(Part::Overlays);
        let is_ours = request == OverlayRequest::Palette || is_for_rows || press.key == "/";
        requests.update(|requests| requests.push(request));
        is_ours
    });
}
