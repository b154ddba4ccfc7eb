//! The exact times of a row, shown in a popover: of the time that is pointed at, or of the row whose link has the focus.
//! A popover, because cells cut off what does not fit.

use leptos::prelude::document;
use strongroom_core::list::instant;
use web_sys::Element;

use crate::browser::{intl, popover};
use crate::ui::virtual_table::rows::row_events::move_class;

/// The id of the popover.
pub const HINT: &str = "row-hint";

/// The class of the element that the popover hangs from.
const ANCHOR: &str = "hint-anchor";

/// Shows the exact times at the element that is pointed at or has the focus, or hides the popover.
pub fn show(body: &Element, target: Option<&Element>) {
    let time = target.and_then(|target| target.closest("time").ok().flatten());
    let link = target.filter(|target| target.matches("th a:focus-visible").unwrap_or_default());
    let (anchor, text) = match (time, link) {
        (Some(time), _) => (time.clone(), exact(&time)),
        (None, Some(link)) => (link.clone(), all_of(link)),
        (None, None) => (body.clone(), None),
    };
    let Some((hint, text)) = document().get_element_by_id(HINT).zip(text) else {
        popover::close(HINT);
        return;
    };
    hint.set_text_content(Some(&text));
    move_class(body, &anchor, ANCHOR);
    if let Some(link) = link {
        // Fails only for a malformed attribute name.
        let _ = link.set_attribute("aria-describedby", HINT);
    }
    popover::open(HINT);
}

fn exact(time: &Element) -> Option<String> {
    let at = instant::parse(&time.get_attribute("datetime")?);
    Some(intl::date_and_time(chrono::DateTime::from_timestamp_millis(at)?))
}

/// The times of the row of a link, each with the name of its column.
fn all_of(link: &Element) -> Option<String> {
    let row = link.closest("tr").ok()??;
    let times = row.query_selector_all("time").ok()?;
    let texts = (0..times.length()).filter_map(|index| {
        let time: Element = wasm_bindgen::JsCast::dyn_into(times.item(index)?).ok()?;
        let column = time.parent_element()?.get_attribute("data-label")?;
        Some(format!("{column}: {}", exact(&time)?))
    });
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| texts.join(" · "))
}
