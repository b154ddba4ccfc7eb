//! What in a row was pressed. One listener hears it for all rows, which come and go.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, MouseEvent};

/// The attribute of what can be pressed.
pub const MARK: &str = "data-press";
pub const CHECK: &str = "check";
pub const CHIP: &str = "chip";
pub const MENU: &str = "menu";

/// The class of the button whose menu is open: the menu hangs from it.
const ANCHOR: &str = "row-anchor";

/// Something in a row that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// The box that selects it: whether it is ticked now, and whether all rows since the last one are meant.
    Check {
        /// Whether it is ticked now.
        is_checked: bool,
        /// Whether Shift was held down.
        is_range: bool,
    },
    /// The label with this number.
    Chip(usize),
    /// The button for what can be done.
    Menu,
}

/// What was pressed and in which row.
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
                // Only a malformed class is refused; so below.
                let _ = former.class_list().remove_1(ANCHOR);
            }
            let _ = element.class_list().add_1(ANCHOR);
            Press::Menu
        }
        _ => return None,
    };
    Some((index, press))
}
