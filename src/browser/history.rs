//! Moving between views.

pub mod scroll_restoration;
pub mod unsaved_guard;

pub use crate::browser::history::unsaved_guard::Question;

use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider, State};

use crate::browser::history::scroll_restoration::ScrollRestoration;
use crate::browser::history::unsaved_guard::{Guards, Loss};

type Location = StoredValue<BrowserUrl, LocalStorage>;

/// Moves between views of the console. A handle.
#[derive(Clone, Copy)]
pub struct Navigation {
    location: Location,
    guards: Guards,
    scroll: ScrollRestoration,
}

impl Navigation {
    /// Follows the address from now on: links of the console, back and forward. None where the browser does not say
    /// its address.
    #[must_use]
    pub fn start() -> Option<Self> {
        // Of the router only what speaks to the browser is used: `Route` is the one reading of addresses, and a tree
        // of routes would be a second one. docs/decisions/0203.
        let location = BrowserUrl::new().ok()?;
        let handle = StoredValue::new_local(location.clone());
        let guards = Guards::watch(move |guards, address| change(handle, guards, address, false, true));
        // Before the location: when it hears of a step back, the next view is on screen before another listener is asked.
        let scroll = ScrollRestoration::watch();
        location.init(None);
        Some(Self {
            location: handle,
            guards,
            scroll,
        })
    }

    /// The path and the query string of the address, as the browser has them.
    #[must_use]
    pub fn address(self) -> Memo<(String, String)> {
        let url = self.location.with_value(|location| location.as_url().clone());
        Memo::new(move |_| url.with(|url| (url.path().to_owned(), url.search().to_owned())))
    }

    /// Goes to an address of the console; back leads here again. Where unsaved work is in the way, asks first.
    pub fn go(self, address: &str) {
        let address = address.to_owned();
        self.ask(move || change(self.location, self.guards, &address, false, true));
    }

    /// Goes to an address in place of the present one, without moving what is on screen. Asks nobody: it is for what
    /// follows from something, not for what a person asks for.
    pub fn replace(self, address: &str) {
        change(self.location, self.guards, address, true, false);
    }

    /// From now on, until the view goes away, a person who leads away from it is asked before: by a link, by back or
    /// forward, by a key, the palette or the switcher, and by disconnecting. `reason` says what would be lost; where it
    /// gives none, nobody is asked. It is asked anew each time and may read signals.
    ///
    /// What a page does by itself after its work is saved goes through as soon as `reason` gives none. For closing the
    /// tab and reloading there is [`crate::browser::page::ask_before_leaving`].
    pub fn guard(self, reason: impl Fn() -> Option<String> + 'static) {
        self.guards.add(Loss::OnDisconnect, reason);
    }

    /// The same for what is only begun: leaving it loses nothing, and disconnecting does not either.
    pub fn guard_begun(self, reason: impl Fn() -> Option<String> + 'static) {
        self.guards.add(Loss::Never, reason);
    }

    /// Does something that leads away from the view: now, or once the person has said that leaving is fine.
    pub fn ask(self, act: impl FnOnce() + 'static) {
        self.guards.ask(act, false);
    }

    /// The same for disconnecting, which leaves the view and destroys all drafts.
    pub fn ask_to_disconnect(self, act: impl FnOnce() + 'static) {
        self.guards.ask(act, true);
    }

    /// What would be lost, from when a person leads away from unsaved work until [`Navigation::answer`]. For a dialog.
    #[must_use]
    pub fn question(self) -> ReadSignal<Option<Question>> {
        self.guards.question()
    }

    /// Goes on to where the person wanted to go, or stays.
    pub fn answer(self, is_leaving: bool) {
        self.guards.answer(is_leaving);
    }

    /// Goes to an address in place of the present one, as a page does after its work is saved. Asks nobody.
    pub fn redirect(self, address: &str) {
        change(self.location, self.guards, address, true, true);
    }

    /// What a link led to is on screen: its address is shown from now on.
    pub fn arrived(self) {
        self.location.with_value(LocationProvider::ready_to_complete);
        self.scroll.arrived();
        // The address of a link is shown only after this turn.
        set_timeout(move || self.guards.number_entry(), std::time::Duration::ZERO);
    }
}

fn change(location: Location, guards: Guards, address: &str, replace: bool, scroll: bool) {
    // An address of the console is never refused.
    let Ok(url) = BrowserUrl::parse(address) else { return };
    location.with_value(|location| {
        let present = location.as_url();
        if present.with_untracked(|present| *present != url) {
            present.set(url);
        }
        location.complete_navigation(&LocationChange {
            value: address.to_owned(),
            replace,
            scroll,
            // An entry that is replaced stays the same one.
            state: State::new(replace.then(|| guards.mark())),
        });
    });
    guards.number_entry();
}

/// Moving between views, for a component below the root.
///
/// # Panics
///
/// Never in the console: its root provides it before any view is made.
#[must_use]
pub fn use_navigation() -> Navigation {
    expect_context()
}
