//! Clicks in a row. A single listener handles all rows, because rows come and go.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlAnchorElement, HtmlElement, HtmlInputElement, MouseEvent};

/// The attribute of clickable elements.
pub const MARK: &str = "data-press";
pub const CHECK: &str = "check";
pub const CHIP: &str = "chip";
pub const MENU: &str = "menu";
pub const MORE: &str = "more";
pub const COPY: &str = "copy";

/// The class of the button whose popover is open; it is the popover's anchor.
const ANCHOR: &str = "row-anchor";

/// A click in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// The checkbox.
    Check {
        /// Whether it is checked now.
        is_checked: bool,
        /// Whether Shift was pressed, which selects a range.
        is_range: bool,
    },
    /// The label with this index.
    Chip(usize),
    /// The button for the labels that do not fit.
    MoreChips,
    /// The button that copies the name.
    CopyName,
    /// The menu button.
    Menu,
}

/// The row index and what was clicked.
pub fn pressed(event: &Event) -> Option<(usize, Press)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let element = target.closest("[data-press]").ok().flatten()?;
    let row = element.closest("[aria-rowindex]").ok().flatten()?;
    let index = row
        .get_attribute("aria-rowindex")?
        .parse::<usize>()
        .ok()?
        .checked_sub(1)?;
    let press = match element.get_attribute(MARK)?.as_str() {
        CHECK => Press::Check {
            is_checked: element.dyn_ref::<HtmlInputElement>()?.checked(),
            is_range: event.dyn_ref::<MouseEvent>().is_some_and(MouseEvent::shift_key),
        },
        CHIP => {
            let mut number = 0;
            let mut present = element.previous_element_sibling();
            while let Some(before) = present {
                number += 1;
                present = before.previous_element_sibling();
            }
            Press::Chip(number)
        }
        MORE => {
            anchor(&row, &element);
            Press::MoreChips
        }
        COPY => Press::CopyName,
        MENU => {
            anchor(&row, &element);
            Press::Menu
        }
        _ => return None,
    };
    Some((index, press))
}

/// Makes a button of a row the anchor of the popover that it opens.
fn anchor(row: &Element, button: &Element) {
    if let Some(body) = row.parent_element() {
        move_class(&body, button, ANCHOR);
    }
}

/// Gives a class to an element, and to no other in the body.
pub fn move_class(body: &Element, element: &Element, class: &str) {
    let former = body.get_elements_by_class_name(class);
    while let Some(former) = former.item(0) {
        // Fails only for a malformed class; so below.
        let _ = former.class_list().remove_1(class);
    }
    let _ = element.class_list().add_1(class);
}

/// Opens a row that was clicked beside its link and its controls, as a click on the link would.
pub fn open_row(event: &Event) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    if target.closest("a, button, input").is_ok_and(|control| control.is_some()) {
        return;
    }
    // What is beside a checkbox or a menu button was meant for it.
    let cell = target.closest(".cell-check, .cell-menu").ok().flatten();
    if let Some(cell) = cell {
        let control = cell.first_element_child();
        if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
            control.click();
        }
        return;
    }
    let row = target.closest("[aria-rowindex]").ok().flatten();
    let link = row.and_then(|row| row.query_selector("th a").ok().flatten());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else {
        return;
    };
    let is_new_tab = event
        .dyn_ref::<MouseEvent>()
        .is_some_and(|event| event.ctrl_key() || event.meta_key() || event.shift_key());
    if is_new_tab {
        // Fails where the browser blocks it, which it shows itself.
        let _ = leptos::prelude::window().open_with_url_and_target(&link.href(), "_blank");
    } else {
        link.click();
    }
}
