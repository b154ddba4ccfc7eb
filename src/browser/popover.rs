//! Native popovers.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{StoredValue, WithValue, document, on_cleanup};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

fn find(id: &str) -> Option<web_sys::HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Whether the popover with this id is in the page, open or not.
#[must_use]
pub fn is_there(id: &str) -> bool {
    find(id).is_some()
}

/// Whether the popover with this id is open.
#[must_use]
pub fn is_open(id: &str) -> bool {
    find(id).is_some_and(|popover| popover.matches(":popover-open").unwrap_or_default())
}

/// Whether a popover is open that Escape closes.
#[must_use]
pub fn is_any_open() -> bool {
    matches!(document().query_selector("[popover='auto']:popover-open"), Ok(Some(_)))
}

/// Opens a popover.
pub fn open(id: &str) {
    if let Some(popover) = find(id)
        && !is_open(id)
    {
        // Fails only if it is open already or no popover.
        let _ = popover.show_popover();
    }
}

/// Closes a popover; the focus returns to the element that opened it.
pub fn close(id: &str) {
    if let Some(popover) = find(id)
        && is_open(id)
    {
        // Fails only if it is closed already or no popover.
        let _ = popover.hide_popover();
    }
}

/// While the current view is mounted, a press beside the open popover only closes it: the browser closes it before the
/// click, which would then open the row or set the filter under it.
pub fn keep_presses_from_rows(id: &'static str) {
    let is_beside = Rc::new(Cell::new(false));
    let was_beside = Rc::clone(&is_beside);
    let on_press = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let target = target(&event);
        let is_inside = find(id).is_some_and(|popover| popover.contains(target.as_deref()));
        is_beside.set(is_open(id) && !is_inside);
    });
    let on_click = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let is_in_row = |selector: &str| target(&event).is_some_and(|it| matches!(it.closest(selector), Ok(Some(_))));
        // The button of another menu opens that one at once.
        if was_beside.take() && is_in_row("tbody tr") && !is_in_row("button[aria-haspopup]") {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    let listeners = [("pointerdown", on_press), ("click", on_click)];
    for (name, act) in &listeners {
        // Captured, so before the row hears of it. Fails for no known event.
        let _ = document().add_event_listener_with_callback_and_bool(name, act.as_ref().unchecked_ref(), true);
    }
    let listeners = StoredValue::new_local(listeners);
    on_cleanup(move || {
        listeners.with_value(|listeners| {
            for (name, act) in listeners {
                let listener = act.as_ref().unchecked_ref();
                let _ = document().remove_event_listener_with_callback_and_bool(name, listener, true);
            }
        });
    });
}

fn target(event: &web_sys::Event) -> Option<web_sys::Element> {
    event.target()?.dyn_into().ok()
}
