//! Moving between views.

use super::places;
use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider};

/// Moves between views of the console. A handle.
#[derive(Clone, Copy)]
pub struct Navigation(StoredValue<BrowserUrl, LocalStorage>);

impl Navigation {
    /// Follows the address from now on: links of the console, back and forward. None where the browser does not say
    /// its address.
    #[must_use]
    pub fn start() -> Option<Self> {
        // Of the router only what speaks to the browser is used: `Route` is the one reading of addresses, and a tree
        // of routes would be a second one. docs/decisions/0203.
        let location = BrowserUrl::new().ok()?;
        // Before the location: when it hears of a step back, the next view is on screen before another listener is asked.
        places::watch();
        location.init(None);
        Some(Self(StoredValue::new_local(location)))
    }

    /// The path and the query string of the address, as the browser has them.
    #[must_use]
    pub fn address(self) -> Memo<(String, String)> {
        let url = self.0.with_value(|location| location.as_url().clone());
        Memo::new(move |_| url.with(|url| (url.path().to_owned(), url.search().to_owned())))
    }

    /// Goes to an address of the console; back leads here again.
    pub fn go(self, address: &str) {
        self.change(address, false, true);
    }

    /// Goes to an address in place of the present one, without moving what is on screen.
    pub fn replace(self, address: &str) {
        self.change(address, true, false);
    }

    /// Goes on from an address in its place, unless the person has gone elsewhere in the meantime.
    pub fn replace_if_here(self, here: &str, address: &str) {
        let present = window().location().pathname().unwrap_or_default();
        if present == here.split('?').next().unwrap_or_default() {
            self.change(address, true, true);
        }
    }

    /// What a link led to is on screen: its address is shown from now on.
    pub fn arrived(self) {
        self.0.with_value(LocationProvider::ready_to_complete);
        places::arrived();
    }

    fn change(self, address: &str, replace: bool, scroll: bool) {
        // An address of the console is never refused.
        let Ok(url) = BrowserUrl::parse(address) else { return };
        self.0.with_value(|location| {
            let present = location.as_url();
            if present.with_untracked(|present| *present != url) {
                present.set(url);
            }
            location.complete_navigation(&LocationChange {
                value: address.to_owned(),
                replace,
                scroll,
                ..LocationChange::default()
            });
        });
    }
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
