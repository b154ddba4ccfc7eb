//! The document: its origin, its title, the focus.

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// The origin that serves the page.
#[must_use]
pub fn origin() -> String {
    leptos::prelude::window().location().origin().unwrap_or_default()
}

/// Whether the page is visible.
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
        // Focusing an unfocusable element is a no-op.
        let _ = element.focus();
    }
}

/// Moves the focus without scrolling. Chromium scrolls the page for the focus in a popover that hangs from a row.
pub fn focus_in_place(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // Focusing an unfocusable element is a no-op.
        let _ = element.focus_with_options(&options);
    }
}

/// Moves the focus to the element with this id.
pub fn focus_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        focus(&element);
    }
}

/// Moves the focus to the first field that is marked as invalid.
pub fn focus_first_invalid() {
    focus_first("[aria-invalid='true']");
}

/// Moves the focus to the first element that matches a selector.
pub fn focus_first(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        focus(&element);
    }
}

/// Moves the focus to the first element that matches a selector, if the element that had it is gone.
pub fn focus_if_lost(selector: &str) {
    let document = document();
    let is_lost = document.active_element().is_none_or(|active| Some(active) == document.body().map(Into::into));
    if is_lost {
        focus_first(selector);
    }
}

/// The id of the element that an event is about.
#[must_use]
pub fn target_id(event: &web_sys::Event) -> Option<String> {
    let target: Option<web_sys::Element> = event.target().and_then(|target| target.dyn_into().ok());
    target.map(|target| target.id())
}

/// Whether a style can mask the text of a field (`.input-masked`).
#[must_use]
pub fn can_mask_text() -> bool {
    web_sys::css::supports_with_value("-webkit-text-security", "disc") == Ok(true)
}

/// Keeps grammar checkers, text prediction and password managers off a field with a secret: they send what is typed to
/// servers of theirs, or keep it.
pub fn opt_out_of_aids(field: &web_sys::Element) {
    const OPT_OUTS: [(&str, &str); 10] = [
        ("autocorrect", "off"),
        ("writingsuggestions", "false"),
        ("data-gramm", "false"),
        ("data-gramm_editor", "false"),
        ("data-enable-grammarly", "false"),
        ("data-lt-active", "false"),
        ("data-1p-ignore", "true"),
        ("data-lpignore", "true"),
        ("data-bwignore", "true"),
        ("data-form-type", "other"),
    ];
    for (name, value) in OPT_OUTS {
        // Fails only for a malformed attribute name.
        let _ = field.set_attribute(name, value);
    }
}

/// Whether a pointer is down on anything.
#[must_use]
pub fn is_pressed() -> bool {
    matches!(document().query_selector(":active"), Ok(Some(_)))
}

/// Moves the focus to the field with this id, unless the user has moved it already.
pub fn start_at(id: &str) {
    let active = document().active_element();
    if active.is_none_or(|active| active.matches("body, h1").unwrap_or_default()) {
        focus_id(id);
    }
}

/// Selects the text of the field with this id, if it has the focus, so that typing replaces it.
pub fn select_text_of(id: &str) {
    let active = document().active_element().filter(|active| active.id() == id);
    if let Some(input) = active.and_then(|active| active.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        input.select();
    }
}

/// Like [`start_at`], but not where that would scroll the page or open a keyboard over it.
pub fn start_at_in_sight(id: &str) {
    let window = leptos::prelude::window();
    let is_touch = window.match_media("(pointer: coarse)").ok().flatten().is_some_and(|media| media.matches());
    let height = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let is_in_sight = document().get_element_by_id(id).is_some_and(|field| {
        let place = field.get_bounding_client_rect();
        place.top() >= 0.0 && place.bottom() <= height
    });
    if is_in_sight && !is_touch {
        start_at(id);
    }
}

/// Moves the caret of the text field with this id; the position is in UTF-16 units.
pub fn put_caret(id: &str, place: usize) {
    let element = document().get_element_by_id(id);
    if let Some(input) = element.and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        // Inputs without a caret throw.
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

/// Whether the input of the search box is empty.
#[must_use]
pub fn is_search_empty() -> bool {
    let input = document().query_selector(SEARCH).ok().flatten();
    let input = input.and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok());
    input.is_none_or(|input| input.value().is_empty())
}

/// Whether the focus is within an element that matches the selector.
#[must_use]
pub fn is_within(selector: &str) -> bool {
    let active = document().active_element();
    active.is_some_and(|active| active.closest(selector).ok().flatten().is_some())
}

/// The caret of the focused search box, as a byte offset of a text that ends with what is in the box; `None` if a range
/// is selected.
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
    let typed = input.value();
    let start = text.len().saturating_sub(typed.len());
    let before = typed.char_indices().find(|(_, character)| {
        let is_there = units >= caret as usize;
        units += character.len_utf16();
        is_there
    });
    Some(before.map_or(text.len(), |(at, _)| start + at))
}

/// Calls `act` when the focus moves to an element that the selector does not match, until the view is unmounted.
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

/// Submits the form of the field with this id, as Enter would.
pub fn submit(id: &str) {
    let form = document()
        .get_element_by_id(id)
        .and_then(|field| field.closest("form").ok().flatten())
        .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let Some(form) = form {
        // Fails only if the browser finds a field invalid, which it shows itself.
        let _ = form.request_submit();
    }
}

/// Whether the device is online. That does not mean that a server can be reached.
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

/// Calls `act` when the device is online again, until the view is unmounted.
pub fn on_return(act: impl Fn() + 'static) {
    let act: Box<dyn Fn()> = Box::new(act);
    let listener = leptos::prelude::window_event_listener_untyped("online", move |_| act());
    leptos::prelude::on_cleanup(move || listener.remove());
}

/// The answer to the request for the configuration that `boot.js` sent before the program was there; once.
#[must_use]
pub fn take_configuration() -> Option<js_sys::Promise> {
    const NAME: &str = "strongroomConfig";
    let page = js_sys::global();
    let asked = js_sys::Reflect::get(&page, &NAME.into()).ok()?.dyn_into().ok()?;
    js_sys::Reflect::delete_property(&page, &NAME.into()).ok()?;
    Some(asked)
}

/// Loads the style sheets of a part, by its file; `boot.js` has the table. `None` in a page without it, as tests of widgets have.
#[must_use]
pub fn styles_of(part: &str) -> Option<js_sys::Promise> {
    let load = js_sys::Reflect::get(&js_sys::global(), &"strongroomStyles".into()).ok()?;
    let load: js_sys::Function = load.dyn_into().ok()?;
    load.call1(&wasm_bindgen::JsValue::UNDEFINED, &part.into()).ok()?.dyn_into().ok()
}

/// The address of the running program, as the document of the site named it; none in a build for development.
#[must_use]
pub fn program() -> Option<String> {
    let script = document().query_selector("script[data-wasm]").ok().flatten()?;
    script.get_attribute("data-wasm")
}

thread_local! {
    static IS_RELOADING: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Whether the page is going away because of [`reload`]: the user was told what is kept.
#[must_use]
pub fn is_reloading() -> bool {
    IS_RELOADING.get()
}

/// Loads the page again, past everything that the program keeps.
pub fn reload() {
    IS_RELOADING.set(true);
    // The user may choose to stay; the next document may be slow to come.
    leptos::prelude::set_timeout(|| IS_RELOADING.set(false), std::time::Duration::from_secs(60));
    // Fails only in a page without an origin.
    let _ = leptos::prelude::window().location().reload();
}

/// Until the view is unmounted, the browser asks before the page is closed or reloaded while `is_wanted` returns true.
/// The browser chooses the words, and does not ask before the user has interacted with the page.
pub fn ask_before_leaving(is_wanted: impl Fn() -> bool + 'static) {
    let is_wanted: Box<dyn Fn() -> bool> = Box::new(is_wanted);
    let event = leptos::ev::Custom::<web_sys::BeforeUnloadEvent>::new("beforeunload");
    let listener = leptos::prelude::window_event_listener(event, move |event| {
        if is_wanted() {
            event.prevent_default();
            // For older browsers.
            event.set_return_value("leave");
        }
    });
    leptos::prelude::on_cleanup(move || listener.remove());
}

/// Calls `act` when the page may be about to go away (hidden, closed or reloaded), until the view is unmounted.
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

/// Calls `leave` when the page is left, with whether the browser may keep it, and `back` when a page that was kept is
/// shown again. Until the view is unmounted.
pub fn on_leave(leave: impl Fn(bool) + 'static, back: impl Fn() + 'static) {
    use leptos::prelude::{on_cleanup, window_event_listener_untyped};
    let is_kept = |event: &web_sys::Event| {
        let event = event.dyn_ref::<web_sys::PageTransitionEvent>();
        event.is_some_and(web_sys::PageTransitionEvent::persisted)
    };
    let on_hide = window_event_listener_untyped("pagehide", move |event| leave(is_kept(&event)));
    let on_show = window_event_listener_untyped("pageshow", move |event| {
        if is_kept(&event) {
            back();
        }
    });
    on_cleanup(move || {
        on_hide.remove();
        on_show.remove();
    });
}

/// Clears every field that is in the page now, after pending unmounts: the browser could otherwise keep the text in
/// memory. Not earlier, so that a view can still save a draft.
pub fn empty_fields_soon() {
    let Ok(fields) = document().query_selector_all("input, textarea") else {
        return;
    };
    leptos::prelude::set_timeout(
        move || {
            for field in (0..fields.length()).filter_map(|index| fields.item(index)) {
                // Inputs and textareas share the `value` property.
                field.unchecked_ref::<web_sys::HtmlInputElement>().set_value("");
            }
        },
        std::time::Duration::ZERO,
    );
}

thread_local! {
    static HAS_ENTERED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Moves the focus to the heading of the view that opens, so that a screen reader announces it. On the first view of a
/// page load the browser keeps its own focus.
pub fn enter_view() {
    if HAS_ENTERED.replace(true) {
        // The heading is in the page only after this task.
        leptos::prelude::request_animation_frame(|| {
            // An Undo button that has the focus keeps it.
            if !is_within(".notice[role='group']") {
                focus_first("h1");
            }
        });
    }
}

/// Stores the message `stopped` in the page. `boot.js` shows it when the program fails, because a failed program
/// cannot.
pub fn mind_faults(stopped: &str) {
    // Where it failed, for developers. A released program has no messages.
    #[cfg(all(debug_assertions, target_arch = "wasm32"))]
    std::panic::set_hook(Box::new(|fault| leptos::logging::error!("{fault}")));
    if let Some(place) = document().get_element_by_id(FAILURE) {
        // Fails only for a malformed attribute name.
        let _ = place.set_attribute("data-stopped", stopped);
    }
}

/// The id of the element that shows why the app could not start.
const FAILURE: &str = "boot-failure";

/// Replaces the loading screen with the app. `stopped` is the message after a crash.
pub fn mount<View: leptos::prelude::IntoView + 'static>(app: impl Fn() -> View + 'static, stopped: &'static str) {
    use leptos::prelude::*;
    let place = document()
        .get_element_by_id("app")
        .and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok());
    let Some(place) = place else { return stop(stopped) };
    place.set_text_content(None);
    mount_to(place, app).forget();
}

/// Shows that the app has stopped working.
pub fn stop(stopped: &str) {
    if let Some(place) = document().get_element_by_id(FAILURE) {
        place.set_text_content(Some(stopped));
        // Removing an absent attribute is no error.
        let _ = place.remove_attribute("hidden");
    }
}
