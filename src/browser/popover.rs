//! Native popovers.

use leptos::prelude::document;
use wasm_bindgen::JsCast;

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
