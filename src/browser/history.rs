//! Navigation between views.

pub mod location;
pub mod scroll_restoration;
pub mod unsaved_guard;

pub use crate::browser::history::unsaved_guard::{Aim, Question, Unsaved};

use leptos::prelude::*;

use crate::browser::history::location::{Entry, Location};
use crate::browser::history::scroll_restoration::ScrollRestoration;
use crate::browser::history::unsaved_guard::{Guards, followed};

/// Navigates between views of the console. A handle.
#[derive(Clone, Copy)]
pub struct Navigation {
    location: Location,
    guards: Guards,
    scroll: ScrollRestoration,
}

impl Navigation {
    /// Starts following the address: links of the console, back and forward. `None` if the browser does not expose its
    /// address.
    #[must_use]
    pub fn start() -> Option<Self> {
        let location = Location::of_browser()?;
        let guards = Guards::watch(move |guards, address| change(location, guards, address, false, true));
        // Before the location: on popstate it renders the next view before later listeners run.
        let scroll = ScrollRestoration::watch();
        // After the guards, which stop the links that they ask about.
        let on_click = window_event_listener(leptos::ev::click, move |event| {
            if let Some(address) = followed(&event).filter(|address| Location::is_own(address)) {
                event.prevent_default();
                location.follow_link(address);
                guards.number_entry();
            }
        });
        on_cleanup(move || on_click.remove());
        location.follow_steps();
        Some(Self {
            location,
            guards,
            scroll,
        })
    }

    /// The path and the query string of the address, as the browser reports them.
    #[must_use]
    pub fn address(self) -> Memo<(String, String)> {
        let url = self.location.url();
        Memo::new(move |_| url.with(|url| (url.path().to_owned(), url.search().to_owned())))
    }

    /// Navigates to an address and adds a history entry. Asks first if there is unsaved work.
    pub fn go(self, address: &str) {
        let address = address.to_owned();
        self.ask(move || change(self.location, self.guards, &address, false, true));
    }

    /// Replaces the current address without scrolling. Never asks: it is for consequences of an action, not for
    /// navigation by the user.
    pub fn replace(self, address: &str) {
        change(self.location, self.guards, address, true, false);
    }

    /// Until the view is unmounted, asks before the user leaves it by a link, back or forward, a shortcut, the palette,
    /// the switcher or disconnecting. `reason` says what becomes of the work, or `None` not to ask. It is called each
    /// time and may read signals.
    ///
    /// Navigation by the page itself after a save goes through as soon as `reason` returns `None`. For closing the tab
    /// and reloading there is [`crate::browser::page::ask_before_leaving`].
    pub fn guard(self, reason: impl Fn() -> Option<Unsaved> + 'static) {
        self.guards.add(reason);
    }

    /// Runs an action that leaves the view: now, or once the user has confirmed.
    pub fn ask(self, act: impl FnOnce() + 'static) {
        self.guards.ask(act, Aim::Leave);
    }

    /// Like [`Self::ask`], for disconnecting, which leaves the view and deletes all drafts.
    pub fn ask_to_disconnect(self, act: impl FnOnce() + 'static) {
        self.guards.ask(act, Aim::Disconnect);
    }

    /// Asks before locking, which loses something: `reason` says what.
    pub fn ask_to_lock(self, reason: &str, act: impl FnOnce() + 'static) {
        let unsaved = Unsaved {
            text: reason.to_owned(),
            is_kept: false,
        };
        self.guards.ask_anyway(act, Aim::Lock, unsaved);
    }

    /// The open question, from when the user tries to leave unsaved work until [`Navigation::answer`]. For a dialog.
    #[must_use]
    pub fn question(self) -> ReadSignal<Option<Question>> {
        self.guards.question()
    }

    /// Continues to where the user wanted to go, or stays.
    pub fn answer(self, is_leaving: bool) {
        self.guards.answer(is_leaving);
    }

    /// Replaces the current address, as a page does after a save. Never asks.
    pub fn redirect(self, address: &str) {
        change(self.location, self.guards, address, true, true);
    }

    /// The target of a link is on screen: its address may be shown now.
    pub fn arrived(self) {
        self.location.arrived();
        self.guards.number_entry();
        self.scroll.arrived();
    }
}

fn change(location: Location, guards: Guards, address: &str, replace: bool, is_to_top: bool) {
    // Replacing keeps the entry's number.
    let entry = if replace { Entry::Present(guards.mark()) } else { Entry::New };
    location.change(address, entry, is_to_top);
    guards.number_entry();
}

/// The navigation of the app, for a component below the root.
///
/// # Panics
///
/// If no app provides one. The root provides it before any view is rendered.
#[must_use]
pub fn use_navigation() -> Navigation {
    expect_context()
}
