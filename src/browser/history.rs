//! Navigation between views.

pub mod scroll_restoration;
pub mod unsaved_guard;

pub use crate::browser::history::unsaved_guard::{Aim, Question, Unsaved};

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::Url;

use crate::browser::history::scroll_restoration::ScrollRestoration;
use crate::browser::history::unsaved_guard::{Guards, followed};
use crate::browser::tasks;

/// The address that the console is at or goes to: path, and query string without the question mark.
type Address = (String, String);

/// Navigates between views of the console. A handle.
#[derive(Clone, Copy)]
pub struct Navigation {
    address: RwSignal<Address>,
    /// The target of a link whose view is not on screen yet: until then, the browser shows the old address.
    awaited: StoredValue<Option<Address>>,
    guards: Guards,
    scroll: ScrollRestoration,
}

impl Navigation {
    /// Starts following the address: links of the console, back and forward. `None` if the browser does not expose its
    /// address.
    #[must_use]
    pub fn start() -> Option<Self> {
        let address = RwSignal::new(shown()?);
        let guards = Guards::watch(move |guards, target| change(address, guards, target, false, true));
        // Before the address: on popstate it renders the next view before later listeners run.
        let scroll = ScrollRestoration::watch();
        let awaited = StoredValue::new(None);
        let on_click = window_event_listener(leptos::ev::click, move |event| {
            if let Some(target) = followed(&event).and_then(|target| parsed(&target)) {
                event.prevent_default();
                follow(address, awaited, target);
            }
        });
        let on_step = window_event_listener_untyped("popstate", move |_| {
            if let Some(shown) = shown() {
                address.set(shown);
            }
        });
        on_cleanup(move || {
            on_click.remove();
            on_step.remove();
        });
        Some(Self {
            address,
            awaited,
            guards,
            scroll,
        })
    }

    /// The path and the query string of the address, as the browser reports them.
    #[must_use]
    pub fn address(self) -> Memo<Address> {
        Memo::new(move |_| self.address.get())
    }

    /// Navigates to an address and adds a history entry. Asks first if there is unsaved work.
    pub fn go(self, address: &str) {
        let address = address.to_owned();
        self.ask(move || change(self.address, self.guards, &address, false, true));
    }

    /// Replaces the current address without scrolling. Never asks: it is for consequences of an action, not for
    /// navigation by the user.
    pub fn replace(self, address: &str) {
        change(self.address, self.guards, address, true, false);
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
        change(self.address, self.guards, address, true, true);
    }

    /// The target of a link is on screen: its address may be shown now.
    pub fn arrived(self) {
        if let Some(awaited) = self.awaited.try_update_value(Option::take).flatten() {
            // After this task, when the view is on screen.
            tasks::spawn_for_page(async move {
                if self.address.try_with_untracked(|address| *address == awaited) == Some(true) {
                    show(&awaited, None, true);
                }
            });
        }
        self.scroll.arrived();
        // A new entry is there only after this task.
        set_timeout(move || self.guards.number_entry(), std::time::Duration::ZERO);
    }
}

fn change(address: RwSignal<Address>, guards: Guards, target: &str, is_replacing: bool, is_scrolling: bool) {
    // An address of the console is always valid.
    let Some(target) = parsed(target) else { return };
    if address.with_untracked(|address| *address != target) {
        address.set(target.clone());
    }
    // Replacing keeps the entry's number.
    show(&target, is_replacing.then(|| guards.mark()), is_scrolling);
    guards.number_entry();
}

/// Goes where a link leads. The browser shows another view's address once the view is there: see
/// [`Navigation::arrived`].
fn follow(address: RwSignal<Address>, awaited: StoredValue<Option<Address>>, target: Address) {
    let is_same_path = address.with_untracked(|(path, _)| *path == target.0);
    address.set(target.clone());
    if is_same_path {
        show(&target, None, true);
    } else {
        awaited.set_value(Some(target));
    }
}

/// Makes the browser show an address: as a new entry of the history, unless it shows it already, or with a number in the
/// place of the present one.
fn show(address: &Address, replacing: Option<JsValue>, is_scrolling: bool) {
    let (path, query) = address;
    let url = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
    let Ok(history) = window().history() else { return };
    // Fails only for an address of another origin, or when a page floods the history.
    let _ = match replacing {
        Some(number) => history.replace_state_with_url(&number, "", Some(&url)),
        None if shown().as_ref() == Some(address) => Ok(()),
        None => history.push_state_with_url(&JsValue::UNDEFINED, "", Some(&url)),
    };
    if is_scrolling {
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// The address that the browser shows.
fn shown() -> Option<Address> {
    let location = window().location();
    Some((location.pathname().ok()?, without_mark(location.search().ok()?)))
}

/// An address as the browser writes it; `None` for one that is not of this site.
fn parsed(address: &str) -> Option<Address> {
    let origin = window().location().origin().ok()?;
    let url = Url::new_with_base(address, &origin).ok()?;
    (url.origin() == origin).then(|| (url.pathname(), without_mark(url.search())))
}

fn without_mark(search: String) -> String {
    search.strip_prefix('?').map(str::to_owned).unwrap_or_default()
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
