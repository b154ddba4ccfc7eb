//! Clicks in a row. A single listener handles all rows, because rows come and go.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, MouseEvent};

/// The attribute of clickable elements.
pub const MARK: &str = "data-press";
pub const CHECK: &str = "check";
pub const CHIP: &str = "chip";
pub const MENU: &str = "menu";

/// The class of the button whose menu is open; it is the menu's anchor.
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
        MENU => {
            let anchors = row.parent_element()?.get_elements_by_class_name(ANCHOR);
            while let Some(former) = anchors.item(0) {
                // Fails only for a malformed class; so below.
                let _ = former.class_list().remove_1(ANCHOR);
            }
            let _ = element.class_list().add_1(ANCHOR);
            Press::Menu
        }
        _ => return None,
    };
    Some((index, press))
}
