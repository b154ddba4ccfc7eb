//! The frame around every page: header, navigation, the page, notifications, and the gate that asks for a session.

use std::sync::Arc;

use leptos::prelude::*;
use site::Config;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::{language, words};
use strongroom_core::model::shortcuts;
use strongroom_core::route::{ListState, Route};

use crate::api::session::{Session, State};
use crate::app::code_split::{self, Missing, Part, Parts, Place};
use crate::app::header::Header;
use crate::app::locked::locked;
use crate::app::overlays::{Wish, Wishes};
use crate::app::screens::Surroundings;
use crate::app::services::Services;
use crate::browser::history::use_navigation;
use crate::browser::preferences::{self, Preference};
use crate::browser::{keyboard, page, tasks};
use crate::components::error_note::FailureNote;
use crate::components::notices::NoticeRegion;
use crate::store::notices::use_notices;
use crate::pages::secrets::list::context::Extras;
use crate::store::idle_lock::Idle;
use crate::ui::erased::{dynamic, handle_click};
use crate::ui::skeleton::Skeleton;

/// Header, page and notifications.
#[component]
pub fn Frame(
    /// What outlives the views.
    services: Services,
    /// Which servers there are.
    config: Config,
    /// Which parts of the program are here.
    parts: Parts,
) -> impl IntoView {
    let words = words();
    let navigation = use_navigation();
    let address = navigation.address();
    let session = services.session;
    let route = Memo::new(move |_| address.with(|(path, query)| Route::parse(path, query)));
    // The view changes when the address means another one; the state of a list changes within its view.
    let view_route = Memo::new_with_compare(
        move |_| route.get(),
        |old, new| match (old, new) {
            (Some(old), Some(new)) => !old.is_same_view(new),
            _ => true,
        },
    );
    // A list that is still on screen while another view is on its way keeps its state.
    let list = Memo::new(move |present: Option<&ListState>| match route.get() {
        Route::Secrets(_, state) => state,
        _ => present.cloned().unwrap_or_default(),
    });
    let is_absent = Memo::new(move |_| session.state().with(|state| *state == State::Absent));
    // The address, or the one that it leads on to.
    let wanted = Memo::new(move |_| {
        let route = view_route.get();
        let is_open = matches!(route, Route::Connect { .. } | Route::Unknown);
        if is_absent.get() && !is_open {
            connect_before(route)
        } else if route == Route::Home {
            Route::Workspaces
        } else {
            route
        }
    });
    let is_locked = Memo::new(move |_| session.state().with(|state| matches!(state, State::Locked(_))));
    let wishes: Wishes = RwSignal::new(Vec::new());
    let spoken = RwSignal::new(language());
    take_keys(session, parts, wishes);
    let idle = services.watch_idle(config.limits, page::is_seen);
    idle.listen();
    let is_asking = watch_over(idle, parts, wishes, is_locked, is_absent);
    tasks::follow(move || {
        let wanted = wanted.get();
        if let Some(part) = Part::of(&wanted) {
            parts.load(part);
        }
        if view_route.with_untracked(|route| !route.is_same_view(&wanted)) {
            navigation.replace(&wanted.to_path());
        }
    });
    // What was on screen stays there until what is wanted can be shown.
    let shown = Memo::new(move |present: Option<&Option<Shown>>| {
        let present = || present.cloned().flatten();
        let route = wanted.get();
        match Part::of(&route).map(|part| (part, parts.at(part))) {
            Some((_, Place::Away | Place::Loading)) => present(),
            Some((part, Place::Lost)) => Some(Shown::Lost(part)),
            Some((_, Place::Here)) | None => Some(Shown::View(route)),
        }
    });
    tasks::follow(move || {
        // Also when the address changed and the view did not have to.
        address.track();
        let is_there = shown.with(|shown| match shown {
            Some(Shown::View(shown)) => wanted.with(|wanted| shown == wanted),
            Some(Shown::Lost(_)) => true,
            None => false,
        });
        if is_there {
            navigation.arrived();
        }
    });
    let extras: Extras = Arc::new(move |context| {
        parts.load(Part::List);
        dynamic(move || match parts.at(Part::List) {
            Place::Here => code_split::list_tools(context),
            Place::Lost => Some(lost(parts, Part::List)),
            Place::Away | Place::Loading => None,
        })
    });
    let view = dynamic(move || {
        if is_locked.get() {
            return locked(session, parts);
        }
        match shown.get() {
            None => view! { <Skeleton lines=4 /> }.into_any(),
            Some(Shown::Lost(part)) => lost(parts, part),
            Some(Shown::View(route)) => {
                // What a person is writing is not drawn anew for another language; the next view speaks it.
                if !matches!(route, Route::NewSecret(_) | Route::EditSecret(..)) {
                    spoken.track();
                }
                let part = Part::of(&route);
                let surroundings = Surroundings {
                    config: config.clone(),
                    list,
                    extras: Arc::clone(&extras),
                };
                match (code_split::view_of(route, surroundings), part) {
                    (Ok(view), _) => view,
                    (Err(Missing), Some(part)) => lost(parts, part),
                    (Err(Missing), None) => ().into_any(),
                }
            }
        }
    });
    let is_expired = Memo::new(move |_| session.state().with(|state| matches!(state, State::Expired(_))));
    let tools = dynamic(move || {
        spoken.track();
        // What was open, and what was used lately, goes with the page.
        if is_locked.get() {
            return None;
        }
        match parts.at(Part::Tools) {
            Place::Here => code_split::tools(wishes, route),
            // A key that was pressed in vain says why; trying again then does what was asked for.
            Place::Lost if is_asking.get() || wishes.with(|wishes| !wishes.is_empty()) => {
                Some(lost(parts, Part::Tools))
            }
            Place::Lost | Place::Away | Place::Loading => None,
        }
    });
    let header = dynamic(move || {
        spoken.track();
        view! { <Header route parts wishes spoken /> }
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
        match parts.at(Part::Connect) {
            Place::Away | Place::Loading => None,
            Place::Lost => Some(lost(parts, Part::Connect)),
            Place::Here => code_split::connect_again(connection, false).ok(),
        }
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
        {header}
        <main class="page" id="content" tabindex="-1">{view}</main>
        <NoticeRegion notices=use_notices() is_silent=is_locked />
        {again}
        {tools}
    }
    .into_any()
}

/// What is on screen below the header.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    /// The view of an address.
    View(Route),
    /// A part of the program could not be loaded.
    Lost(Part),
}

pub fn lost(parts: Parts, part: Part) -> AnyView {
    let words = words();
    let explanation = Explanation {
        title: words.part_lost_title.to_owned(),
        reason: words.part_lost.to_owned(),
        details: Vec::new(),
        can_retry: true,
    };
    view! { <FailureNote explanation on_retry=move |()| parts.load(part) /> }.into_any()
}

/// Asks for a session and leads back.
fn connect_before(route: Route) -> Route {
    let next = match route {
        Route::Home | Route::Workspaces => None,
        wanted => Some(Box::new(wanted)),
    };
    Route::Connect { next }
}

/// Locks when nobody is there. Returns whether something is to be asked: whether anybody is there, or whether to leave
/// unsaved work; both are asked by a part of the program that is then loaded.
fn watch_over(
    idle: Idle,
    parts: Parts,
    wishes: Wishes,
    is_locked: Memo<bool>,
    is_absent: Memo<bool>,
) -> Memo<bool> {
    let (navigation, notices) = (use_navigation(), use_notices());
    let is_asking = Memo::new(move |_| idle.left().get() > 0 || navigation.question().with(Option::is_some));
    tasks::follow(move || {
        if is_asking.get() {
            parts.load(Part::Tools);
        }
    });
    tasks::follow(move || {
        if is_locked.get() || is_absent.get() {
            notices.clear();
            wishes.set(Vec::new());
            navigation.answer(false);
        }
    });
    is_asking
}

/// Keys are read here and understood in a part that is loaded with the first one.
fn take_keys(session: Session, parts: Parts, wishes: Wishes) {
    keyboard::on_press(move |press| {
        let is_connected = session
            .state()
            .try_with_untracked(|state| matches!(state, State::Connected(_)))
            .unwrap_or_default();
        let is_for_rows = shortcuts::is_for_rows(&press.key);
        let wish = if !is_connected {
            return false;
        } else if press.is_command && press.key.eq_ignore_ascii_case("k") {
            Wish::Palette
        } else if press.is_plain && !press.is_taken && shortcuts::is_known(&press.key) && are_on() {
            if is_for_rows && !keyboard::is_on_row() {
                return false;
            }
            Wish::Key(press.key.clone())
        } else {
            return false;
        };
        parts.load(Part::Tools);
        let is_ours = wish == Wish::Palette || is_for_rows || press.key == "/";
        wishes.update(|wishes| wishes.push(wish));
        is_ours
    });
}

/// Single keys can be turned off (WCAG 2.2, 2.1.4): speech input types them by chance.
fn are_on() -> bool {
    preferences::read(Preference::Shortcuts).as_deref() != Some("off")
}
