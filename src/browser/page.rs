//! The page itself: its origin, its title, where the focus is.

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Scheme, host and port that serve the page.
#[must_use]
pub fn origin() -> String {
    leptos::prelude::window().location().origin().unwrap_or_default()
}

/// Whether the page can be seen.
#[must_use]
pub fn is_seen() -> bool {
    !document().hidden()
}

/// Sets the title of the document.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Moves the focus to an element, which must be able to take it.
pub fn focus(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Moves the focus to the element with this id.
pub fn focus_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        focus(&element);
    }
}

/// Moves the focus to the first field in the page that says it is invalid.
pub fn focus_first_invalid() {
    focus_first("[aria-invalid='true']");
}

/// Moves the focus to the first element that fits a selector.
pub fn focus_first(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        focus(&element);
    }
}

/// Puts the caret of the line of text with this id to a place, counted in the units of UTF-16.
pub fn put_caret(id: &str, place: usize) {
    let element = document().get_element_by_id(id);
    if let Some(input) = element.and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        // A control without a caret has none to move.
        let _ = input.set_selection_range(place, place);
    }
}

/// The search box of a view.
pub const SEARCH: &str = "main input[type='search']";

/// Whether the focus is in a search box.
#[must_use]
pub fn is_in_search() -> bool {
    let active = document().active_element();
    active.is_some_and(|active| active.matches(SEARCH).unwrap_or_default())
}

/// Whether what has the focus is within such an element.
#[must_use]
pub fn is_within(selector: &str) -> bool {
    let active = document().active_element();
    active.is_some_and(|active| active.closest(selector).ok().flatten().is_some())
}

/// Where the writing is in a search box that has the focus, in bytes of its text; none where something is selected.
#[must_use]
pub fn caret_in_search(text: &str) -> Option<usize> {
    let active = document().active_element()?;
    let input = active.dyn_ref::<web_sys::HtmlInputElement>()?;
    if !active.matches(SEARCH).unwrap_or_default() {
        return None;
    }
    let place = |at: Result<Option<u32>, _>| at.ok().flatten();
    let caret = place(input.selection_start()).filter(|start| place(input.selection_end()) == Some(*start))?;
    // The browser counts UTF-16 units.
    let mut units = 0;
    let before = text.char_indices().find(|(_, character)| {
        let is_there = units >= caret as usize;
        units += character.len_utf16();
        is_there
    });
    Some(before.map_or(text.len(), |(at, _)| at))
}

/// Hears when the focus goes to something that no selector of these fits, until the view goes away.
pub fn on_focus_outside(selector: &str, act: impl Fn() + 'static) {
    let selector = selector.to_owned();
    let act: Box<dyn Fn()> = Box::new(act);
    let listener = leptos::prelude::window_event_listener(leptos::ev::focusin, move |event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_inside = target.is_some_and(|target| matches!(target.closest(&selector), Ok(Some(_))));
        if !is_inside {
            act();
        }
    });
    leptos::prelude::on_cleanup(move || listener.remove());
}

/// Sends the form that the field with this id is in, as Enter in it would.
pub fn submit(id: &str) {
    let form = document()
        .get_element_by_id(id)
        .and_then(|field| field.closest("form").ok().flatten())
        .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let Some(form) = form {
        // It fails only where the browser finds a field invalid, and says so itself.
        let _ = form.request_submit();
    }
}

/// Whether this device has a network at all, now and from now on. That a server can be reached, it does not say.
#[must_use]
pub fn is_online() -> leptos::prelude::ReadSignal<bool> {
    use leptos::prelude::*;
    let now = || window().navigator().on_line();
    let (is_online, set) = signal(now());
    for event in ["online", "offline"] {
        let listener = window_event_listener_untyped(event, move |_| {
            let _ = set.try_set(now());
        });
        on_cleanup(move || listener.remove());
    }
    is_online
}

/// Until the view goes away, the browser asks before the page is closed or reloaded while `is_wanted` says so. In which
/// words, the browser decides; it does not ask a person who has done nothing in the page yet.
pub fn ask_before_leaving(is_wanted: impl Fn() -> bool + 'static) {
    let is_wanted: Box<dyn Fn() -> bool> = Box::new(is_wanted);
    let event = leptos::ev::Custom::<web_sys::BeforeUnloadEvent>::new("beforeunload");
    let listener = leptos::prelude::window_event_listener(event, move |event| {
        if is_wanted() {
            event.prevent_default();
            // What older browsers wait for.
            event.set_return_value("leave");
        }
    });
    leptos::prelude::on_cleanup(move || listener.remove());
}

/// Until the view goes away, hears that the page may be gone soon: it is hidden, closed or reloaded.
pub fn on_leaving(act: impl Fn() + 'static) {
    use leptos::prelude::{on_cleanup, window_event_listener_untyped};
    let act: std::rc::Rc<dyn Fn()> = std::rc::Rc::new(act);
    for event in ["visibilitychange", "beforeunload", "pagehide"] {
        let act = std::rc::Rc::clone(&act);
        let listener = window_event_listener_untyped(event, move |_| {
            if event != "visibilitychange" || document().hidden() {
                act();
            }
        });
        on_cleanup(move || listener.remove());
    }
}

/// Empties every field that is in the page now, once what is about to go has gone: what was typed would otherwise lie
/// in the browser's memory for as long as it likes. Not before, so that a view can still keep a draft of it.
pub fn empty_fields_soon() {
    let Ok(fields) = document().query_selector_all("input, textarea") else {
        return;
    };
    leptos::prelude::set_timeout(
        move || {
            for field in (0..fields.length()).filter_map(|index| fields.item(index)) {
                // Both kinds have their text in the same place.
                field.unchecked_ref::<web_sys::HtmlInputElement>().set_value("");
            }
        },
        std::time::Duration::ZERO,
    );
}

thread_local! {
    static HAS_ENTERED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// A view opens: the focus goes to its heading, so that it is announced and the next key press is in it. On the first
/// view of a page load the browser's own focus is right.
pub fn enter_view() {
    if HAS_ENTERED.replace(true) {
        // The heading is in the page only after this turn.
        leptos::prelude::request_animation_frame(|| focus_first("h1"));
    }
}

/// From now on the page says so when the program fails: `stopped`. The program that has failed is not asked to say it:
/// `boot.js` does, in these words.
pub fn mind_faults(stopped: &str) {
    if let Some(place) = document().get_element_by_id(FAILURE) {
        // Only a malformed name of an attribute is refused.
        let _ = place.set_attribute("data-stopped", stopped);
    }
}

/// Where the document says that there is no console.
const FAILURE: &str = "boot-failure";

/// Puts the console in place of what the page showed while the program was loading. `stopped` is what the page says
/// after a fault of the program.
pub fn mount<View: leptos::prelude::IntoView + 'static>(app: impl Fn() -> View + 'static, stopped: &'static str) {
    use leptos::prelude::*;
    let place = document()
        .get_element_by_id("app")
        .and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok());
    let Some(place) = place else { return stop(stopped) };
    place.set_text_content(None);
    mount_to(place, app).forget();
}

/// Says that the console has stopped working.
pub fn stop(stopped: &str) {
    if let Some(place) = document().get_element_by_id(FAILURE) {
        place.set_text_content(Some(stopped));
        // Removing what is not there is no error.
        let _ = place.remove_attribute("hidden");
    }
}
