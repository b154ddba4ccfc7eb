//! What a row leaves out, shown in a popover: the exact time, and the whole text where it is cut off. Of what is pointed at,
//! or of the row whose link has the focus. A popover, because cells cut off what does not fit.

use leptos::prelude::document;
use strongroom_core::list::instant;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::browser::{intl, popover};
use crate::ui::virtual_table::rows::row_events::move_class;

/// The id of the popover.
pub const HINT: &str = "row-hint";

/// The class of the element that the popover hangs from.
const ANCHOR: &str = "hint-anchor";

/// What may be cut off in a row, besides its name and its labels.
const CELLS: &str = ".cell-text, .cell-code, .cell-icon-text";

/// Shows what the element that is pointed at or has the focus leaves out, or hides the popover.
pub fn show(body: &Element, target: Option<&Element>) {
    let near = |selector: &str| target.and_then(|target| target.closest(selector).ok().flatten());
    // The link is under the pointer wherever the row is pointed at.
    let link = target.filter(|target| target.matches("th a").unwrap_or_default());
    let (anchor, text) = match (near("time"), near(".chip"), link) {
        (Some(time), ..) => (time.clone(), exact(&time)),
        (None, Some(chip), _) => (chip.clone(), cut(&chip)),
        (None, None, Some(link)) => (link.clone(), of_row(link)),
        (None, None, None) => (body.clone(), None),
    };
    let Some((hint, text)) = document().get_element_by_id(HINT).zip(text) else {
        popover::close(HINT);
        return;
    };
    if let Some(inner) = hint.first_element_child() {
        inner.set_text_content(Some(&text));
    }
    move_class(body, &anchor, ANCHOR);
    if let Some(link) = link {
        // Fails only for a malformed attribute name.
        let _ = link.set_attribute("aria-describedby", HINT);
    }
    popover::open(HINT);
}

/// The text of an element that ends in an ellipsis.
fn cut(element: &Element) -> Option<String> {
    let is_cut = element.scroll_width() > element.client_width();
    element.text_content().filter(|_| is_cut)
}

/// What is cut off in the row of a link; if the link has the focus, also its times, each with the name of its column.
fn of_row(link: &Element) -> Option<String> {
    let row = link.closest("tr").ok()??;
    let mut texts: Vec<String> = cut(link).into_iter().collect();
    texts.extend(all(&row, CELLS).iter().filter_map(cut));
    if link.matches(":focus-visible").unwrap_or_default() {
        texts.extend(all(&row, "time").iter().filter_map(|time| {
            let column = time.parent_element()?.get_attribute("data-label")?;
            Some(format!("{column}: {}", exact(time)?))
        }));
    }
    (!texts.is_empty()).then(|| texts.join(" · "))
}

fn all(row: &Element, selector: &str) -> Vec<Element> {
    let found = row.query_selector_all(selector);
    found.map_or_else(
        |_| Vec::new(),
        |found| (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect(),
    )
}

fn exact(time: &Element) -> Option<String> {
    let at = instant::parse(&time.get_attribute("datetime")?);
    Some(intl::date_and_time(chrono::DateTime::from_timestamp_millis(at)?))
}
