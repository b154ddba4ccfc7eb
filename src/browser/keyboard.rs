//! Keys pressed anywhere in the page, and focus movement between rows.

use leptos::prelude::{document, window, window_event_listener, window_event_listener_untyped};
use strongroom_core::model::{roving_focus, shortcuts};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::browser::row_navigation::{self, RowMove};

/// A key press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    /// The browser's name of the key: `a`, `?`, `ArrowDown`.
    pub key: String,
    /// With Ctrl or ⌘ and no other modifier.
    pub is_command: bool,
    /// With no modifier except perhaps Shift.
    pub is_plain: bool,
    /// The key belongs to the focused field or to an open dialog.
    pub is_taken: bool,
}

/// The browser's name of the pressed key; empty if the event is no key press. Browsers send `keydown` events without a
/// key when a field is filled in automatically, and so do extensions: reading their key would end the program.
///
/// Also empty while an input method is composing: its arrows, Enter and Escape are its own.
#[must_use]
pub fn key_of(event: &KeyboardEvent) -> String {
    let press = event.dyn_ref::<KeyboardEvent>().filter(|event| !is_composing(event));
    press.map(KeyboardEvent::key).unwrap_or_default()
}

/// Whether a press belongs to an input method. Safari ends the composition before it sends the key that ended it, which then
/// has the code of an input method.
fn is_composing(event: &KeyboardEvent) -> bool {
    const OF_AN_INPUT_METHOD: u32 = 229;
    event.is_composing() || event.key_code() == OF_AN_INPUT_METHOD
}

/// The key of a shortcut that was pressed, on any keyboard layout; empty like [`key_of`].
fn shortcut_of(event: &KeyboardEvent) -> String {
    let key = key_of(event);
    if key.is_empty() {
        return key;
    }
    shortcuts::key_on_any_layout(&key, &event.code(), event.shift_key())
}

/// Passes every key press to `act`, as long as the page is open. If it returns true, the browser's default is
/// prevented.
pub fn on_press(act: impl Fn(Press) -> bool + 'static) {
    on_press_boxed(Box::new(act));
}

fn on_press_boxed(act: Box<dyn Fn(Press) -> bool>) {
    let listener = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if key_of(&event) == "Escape" {
            set_tips(false);
        }
        // Skip key repeat.
        if event.default_prevented() || event.repeat() && !key_of(&event).starts_with("Arrow") {
            return;
        }
        let is_command = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        if is_command && key_of(&event) == "Enter" && submit_form() {
            event.prevent_default();
            return;
        }
        let press = Press {
            key: shortcut_of(&event),
            is_command,
            is_plain: !(event.ctrl_key() || event.meta_key() || event.alt_key()),
            is_taken: is_taken(),
        };
        if act(press) {
            event.prevent_default();
        }
    });
    // Never removed: they live as long as the page.
    std::mem::forget(listener);
    for event in ["pointerover", "focusin"] {
        std::mem::forget(window_event_listener_untyped(event, |_| set_tips(true)));
    }
}

/// Presses the submit button of the focused form, or else of the form of the view. Returns whether there is one. Not of
/// a view behind a dialog.
fn submit_form() -> bool {
    let of_focus = document().active_element().and_then(|active| active.closest("form").ok().flatten());
    let of_view = || document().query_selector("main form.form").ok().flatten().filter(|_| !is_behind());
    let Some(form) = of_focus.or_else(of_view) else {
        return false;
    };
    // A step of a form may be hidden, with a button of its own.
    let button = visible(form.query_selector_all("button[type='submit']").ok()).into_iter().next();
    let button = button.and_then(|button| button.dyn_into::<HtmlElement>().ok());
    button.map(|button| button.click()).is_some()
}

/// Escape hides the current tooltip; hovering or focusing another element shows tooltips again (WCAG 2.2, 1.4.13).
fn set_tips(are_shown: bool) {
    let Some(root) = document().document_element() else {
        return;
    };
    // Fails only for a malformed attribute name.
    let _ = if are_shown {
        root.remove_attribute("data-tips")
    } else {
        root.set_attribute("data-tips", "off")
    };
}

/// The index that a key moves to in a column of elements with the ids `prefix` + index, one of which is focused.
#[must_use]
pub fn move_in_column(event: &KeyboardEvent, prefix: &str, count: usize) -> Option<usize> {
    let present = document()
        .active_element()
        .and_then(|element| element.id().strip_prefix(prefix)?.parse().ok())
        .unwrap_or_default();
    roving_focus::next(&key_of(event), present, count)
}

fn is_taken() -> bool {
    let is_in_field = document()
        .active_element()
        .is_some_and(|element| element.matches(FIELDS).unwrap_or(true));
    is_in_field || is_over()
}

/// Whether a dialog or a popover is open.
fn is_over() -> bool {
    let over = document().query_selector("dialog[open], [popover]:popover-open:not([role=tooltip])");
    matches!(over, Ok(Some(_)))
}

/// Elements that handle keys themselves.
const FIELDS: &str = "input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable]";

fn press(element: &Element) {
    let Some(element) = element.dyn_ref::<HtmlElement>() else {
        return;
    };
    if element.matches(FIELDS).unwrap_or(false) {
        // Focusing an unfocusable element is a no-op.
        let _ = element.focus();
    } else {
        element.click();
    }
}

/// Moves the focus between the rows of the view's table: to the link that names a row. From outside the table, to the
/// first row. Returns whether there is such a row.
pub fn move_row(to: RowMove) -> bool {
    if let Some(has_moved) = row_navigation::move_focus(to) {
        return has_moved;
    }
    let links = find_all("main tbody th a");
    let active = document().active_element();
    let present = links.iter().position(|link| Some(link) == active.as_ref());
    let wanted = to.from(present, links.len()).and_then(|wanted| links.get(wanted));
    if let Some(link) = wanted {
        crate::browser::page::focus(link);
    }
    wanted.is_some()
}

fn row() -> Option<Element> {
    document().active_element()?.closest("main tbody tr").ok().flatten()
}

/// A selector of the focused control of a row, which finds it wherever the row is drawn.
#[must_use]
pub fn focus_in_row() -> Option<String> {
    let (address, _) = row_link()?;
    let active = document().active_element()?;
    let controls = ["th a", ".cell-menu button", "input[type='checkbox']"];
    let control = controls.into_iter().find(|control| active.matches(control).unwrap_or_default())?;
    Some(format!("main tbody tr:has(th a[href='{address}']) {control}"))
}

/// Clicks an element in the focused row.
pub fn press_in_row(selector: &str) {
    if let Some(element) = row().and_then(|row| row.query_selector(selector).ok().flatten()) {
        press(&element);
    }
}

/// The attribute of the link of a row with the name, where the text of the link differs.
pub const NAME: &str = "data-name";

/// The address and the name of the link that names the focused row.
#[must_use]
pub fn row_link() -> Option<(String, String)> {
    let link = row()?.query_selector("th a").ok().flatten()?;
    let name = link.get_attribute(NAME).or_else(|| link.text_content());
    Some((link.get_attribute("href")?, name.unwrap_or_default()))
}

/// Calls `act` on the browser's find shortcut until the view is unmounted. If it returns true, the browser's search
/// does not open. Not while a dialog is open, because the view behind it is inert.
pub fn on_find(act: impl Fn() -> bool + 'static) {
    let act: Box<dyn Fn() -> bool> = Box::new(act);
    let listener = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let is_command = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        let is_find = is_command && shortcut_of(&event) == "f";
        if is_find && !event.default_prevented() && !is_behind() && act() {
            event.prevent_default();
        }
    });
    leptos::prelude::on_cleanup(move || listener.remove());
}

/// Calls `act` on Escape until the view is unmounted, unless it closes a dialog or a popover. If it returns true, the
/// browser's default is prevented.
pub fn on_escape(act: impl Fn() -> bool + 'static) {
    let act: Box<dyn Fn() -> bool> = Box::new(act);
    let listener = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let is_free = !event.default_prevented() && !is_over();
        if key_of(&event) == "Escape" && is_free && act() {
            event.prevent_default();
        }
    });
    leptos::prelude::on_cleanup(move || listener.remove());
}

/// Whether a dialog is open, which makes everything else inert.
fn is_behind() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}

/// A key with a special meaning in a search box that has suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchKey {
    Down,
    Escape,
}

/// Handles these keys in a search box until the view is unmounted. If `act` returns true, the browser's default is
/// prevented.
pub fn on_search_key(act: impl Fn(SearchKey) -> bool + 'static) {
    let act: Box<dyn Fn(SearchKey) -> bool> = Box::new(act);
    let listener = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let key = match key_of(&event).as_str() {
            "ArrowDown" => SearchKey::Down,
            "Escape" => SearchKey::Escape,
            _ => return,
        };
        if crate::browser::page::is_in_search() && !event.default_prevented() && act(key) {
            event.prevent_default();
        }
    });
    leptos::prelude::on_cleanup(move || listener.remove());
}

/// Whether a row or nothing is focused. Only then do arrows move between rows; elsewhere they scroll.
#[must_use]
pub fn is_on_row() -> bool {
    document()
        .active_element()
        .is_some_and(|element| element.matches("main tbody th a").unwrap_or(false))
}

/// The visible elements that match, in document order.
#[must_use]
pub fn find_all(selector: &str) -> Vec<Element> {
    visible(document().query_selector_all(selector).ok())
}

fn visible(found: Option<web_sys::NodeList>) -> Vec<Element> {
    let Some(found) = found else { return Vec::new() };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .filter(|element: &Element| element.dyn_ref::<HtmlElement>().is_some_and(is_visible))
        .collect()
}

fn is_visible(element: &HtmlElement) -> bool {
    element.offset_parent().is_some()
}

/// Scrolls an element into view, no further than needed.
pub fn show(id: &str) {
    if let Some(element) = window().document().and_then(|document| document.get_element_by_id(id)) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
