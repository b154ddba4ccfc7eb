//! The address of the page, and the entries of the tab's history.
//!
//! Not the router's own `BrowserUrl`: it keeps every address that was ever shown (docs/decisions/0203).

use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationProvider as _, Url};
use wasm_bindgen::JsValue;

use crate::browser::published::Published;

/// Which entry of the history shows an address.
pub enum Entry {
    /// A new one, unless the address is the present one.
    New,
    /// The present one, with this state.
    Present(JsValue),
}

/// The address that the views follow. It is ahead of the browser's while the view of a link is not on screen. A handle.
#[derive(Clone, Copy)]
pub struct Location {
    url: Published<Url>,
    /// The link whose view is not on screen: its address as written, and as read.
    pending: StoredValue<Option<(String, Url)>>,
}

impl Location {
    /// The address that the browser shows; `None` if it does not say.
    pub fn of_browser() -> Option<Self> {
        Some(Self {
            url: Published::new(BrowserUrl::current().ok()?),
            pending: StoredValue::new(None),
        })
    }

    /// The address that the views follow.
    pub fn url(self) -> ReadSignal<Url> {
        self.url.read_only()
    }

    /// Follows back and forward, as long as the page is open.
    pub fn follow_steps(self) {
        let listener = window_event_listener_untyped("popstate", move |_| {
            // A step to another site ends the page.
            if let Ok(url) = BrowserUrl::current() {
                self.url.set(url);
            }
        });
        on_cleanup(move || listener.remove());
    }

    /// Whether an address is one of the console, and not of another site.
    pub fn is_own(address: &str) -> bool {
        let origin = window().location().origin();
        BrowserUrl::parse(address).is_ok_and(|url| origin.is_ok_and(|origin| url.origin() == origin))
    }

    /// Follows a link. The browser shows its address with its view ([`Self::arrived`]); at once, if the view stays.
    pub fn follow_link(self, address: String) {
        let Ok(url) = BrowserUrl::parse(&address) else { return };
        let is_same_path = self.url.with_untracked(|present| present.path() == url.path());
        // A second click on a link whose view is still loading.
        let is_pending = self.pending.with_value(Option::is_some);
        if is_same_path && !is_pending {
            self.url.set(url);
            show(&address, Entry::New, true);
        } else {
            // First: the view may be on screen as soon as the address changes.
            self.pending.set_value(Some((address, url.clone())));
            self.url.set(url);
        }
    }

    /// The view of the address is on screen.
    pub fn arrived(self) {
        let pending = self.pending.try_update_value(Option::take).flatten();
        if let Some((address, url)) = pending
            && self.url.with_untracked(|present| *present == url)
        {
            show(&address, Entry::New, true);
        }
    }

    /// Changes the address at once.
    pub fn change(self, address: &str, entry: Entry, is_to_top: bool) {
        // An address of the console is always valid.
        let Ok(url) = BrowserUrl::parse(address) else { return };
        if self.url.with_untracked(|present| *present != url) {
            self.url.set(url);
        }
        show(address, entry, is_to_top);
    }
}

/// Shows an address. A browser that has had too many of them refuses (WebKit: 100 in 30 seconds); the view is there all the
/// same.
fn show(address: &str, entry: Entry, is_to_top: bool) {
    let window = window();
    if let Ok(history) = window.history() {
        let _ = match entry {
            Entry::Present(state) => history.replace_state_with_url(&state, "", Some(address)),
            Entry::New if is_shown(address) => Ok(()),
            Entry::New => history.push_state_with_url(&JsValue::NULL, "", Some(address)),
        };
    }
    if is_to_top {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

fn is_shown(address: &str) -> bool {
    matches!((BrowserUrl::current(), BrowserUrl::parse(address)), (Ok(shown), Ok(wanted)) if shown == wanted)
}
