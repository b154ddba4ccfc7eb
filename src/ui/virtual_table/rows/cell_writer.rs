//! Writes the cells of a row.

use std::borrow::Cow;
use std::cell::RefCell;

use strongroom_core::i18n::foreign::shown;

use crate::browser::keyboard::NAME;
use crate::ui::nodes::{Words, append, mark};
use crate::ui::virtual_table::rows::chip_room::ChipRoom;
use crate::ui::virtual_table::rows::row_nodes::{Cell, Slot, Time};

/// A line has no room for more labels, however wide it is.
const MOST_CHIPS: usize = 64;

/// Writes the cells of one row.
pub struct Pen<'row> {
    slot: RefCell<&'row mut Slot>,
    room: ChipRoom,
}

impl<'row> Pen<'row> {
    pub fn of(slot: &'row mut Slot, room: ChipRoom) -> Self {
        Self {
            slot: RefCell::new(slot),
            room,
        }
    }

    fn write(&self, column: usize, write: &mut dyn FnMut(&mut Cell)) {
        if let Some(cell) = self.slot.borrow_mut().cells.get_mut(column) {
            write(cell);
        }
    }

    /// The key of the row's content, which identifies it at any index.
    pub fn key(&self, key: &str) {
        key.clone_into(&mut self.slot.borrow_mut().key);
    }

    /// The name of the row and its link.
    pub fn name(&self, column: usize, text: &str, address: &str) {
        self.write(column, &mut |cell| {
            if let Cell::Name(link, words, present) = cell {
                let marked = shown(text);
                words.write(&marked);
                // Removing an absent attribute is no error.
                let _ = match marked {
                    Cow::Borrowed(_) => link.remove_attribute(NAME),
                    Cow::Owned(_) => link.set_attribute(NAME, text),
                };
                if present != address {
                    mark(link, &[("href", address)]);
                    address.clone_into(present);
                }
            }
        });
    }

    /// Text or code.
    pub fn text(&self, column: usize, text: &str) {
        self.write(column, &mut |cell| {
            if let Cell::Plain(words) = cell {
                words.write(&shown(text));
            }
        });
    }

    /// Text with an icon before it; nothing for an empty text.
    pub fn icon_text(&self, column: usize, text: &str) {
        self.write(column, &mut |cell| {
            let Cell::IconText(cell, content, icon) = cell else { return };
            if text.is_empty() {
                if let Some((element, _)) = content.take() {
                    element.remove();
                }
                return;
            }
            if content.is_none() {
                *content = append(cell, "span", "icon-text").and_then(|element| {
                    mark(&append(&element, "span", icon)?, &[("aria-hidden", "true")]);
                    Some((element.clone(), Words::new(&element)?))
                });
            }
            if let Some((_, words)) = content {
                words.write(&shown(text));
            }
        });
    }

    /// Labels on a single line, as many as fit, and a button for the others; `more` returns its label for their number.
    /// `all`: how many there are.
    pub fn chips<'a>(
        &self,
        column: usize,
        labels: impl Iterator<Item = (&'a str, &'a str)>,
        all: usize,
        more: impl Fn(usize) -> String,
    ) {
        let labels: Vec<_> = labels.take(MOST_CHIPS).collect();
        let count = self.room.fitting(&labels, all);
        let hidden = all.saturating_sub(count);
        self.write(column, &mut |cell| {
            let Cell::Chips(chips) = cell else { return };
            while chips.shown.len() > count {
                if let Some(chip) = chips.shown.pop() {
                    chip.button.remove();
                }
            }
            while chips.shown.len() < count {
                if chips.push().is_none() {
                    break;
                }
            }
            for (chip, (key, value)) in chips.shown.iter_mut().zip(&labels) {
                chip.key.write(&shown(key));
                match *value {
                    "" => chip.value.write(""),
                    value => chip.value.write(&format!("={}", shown(value))),
                }
            }
            if hidden == 0 {
                chips.set_more(None);
            } else {
                chips.set_more(Some((&format!("+{hidden}"), &more(hidden))));
            }
        });
    }

    /// The checkbox that selects the row: its label and its state.
    pub fn check(&self, column: usize, label: &str, is_checked: bool) {
        self.write(column, &mut |cell| {
            if let Cell::Check(field) = cell {
                mark(field, &[("aria-label", label)]);
                field.set_checked(is_checked);
            }
        });
        let is_selected = if is_checked { "true" } else { "false" };
        mark(&self.slot.borrow().row, &[("aria-selected", is_selected)]);
    }

    /// Whether the row is disabled, because it is about to be deleted: dimmed and struck through.
    pub fn disabled(&self, is_disabled: bool) {
        let row = &self.slot.borrow().row;
        // Removing an absent attribute is no error.
        let _ = if is_disabled {
            row.set_attribute("aria-disabled", "true")
        } else {
            row.remove_attribute("aria-disabled")
        };
    }

    /// The label of the menu button.
    pub fn menu(&self, column: usize, label: &str) {
        self.write(column, &mut |cell| {
            if let Cell::Menu(button) = cell {
                mark(button, &[("aria-label", label)]);
            }
        });
    }

    /// A short time with the exact one for machines and for the hint ([`super::hint`]); or a text instead.
    pub fn time(&self, column: usize, words: &str, machine: Option<&str>) {
        self.write(column, &mut |cell| {
            let Cell::Time(cell, time) = cell else { return };
            let machine = machine.unwrap_or_default();
            if let Some(other) = time.take_if(|time| time.machine.is_empty() != machine.is_empty()) {
                other.element.remove();
            }
            if time.is_none() {
                let (tag, class) = if machine.is_empty() { ("span", "muted") } else { ("time", "") };
                *time = append(cell, tag, class).and_then(|element| {
                    Some(Time {
                        words: Words::new(&element)?,
                        element,
                        machine: String::new(),
                    })
                });
            }
            let Some(time) = time else { return };
            time.words.write(words);
            if time.machine != machine {
                mark(&time.element, &[("datetime", machine)]);
                machine.clone_into(&mut time.machine);
            }
        });
    }
}
