//! Writes the cells of a row.

use std::cell::RefCell;

use crate::ui::virtual_table::rows::row_nodes::{Cell, Chip, Slot, Time, Words, append, mark};

/// Writes the cells of one row.
pub struct Pen<'row> {
    slot: RefCell<&'row mut Slot>,
}

impl<'row> Pen<'row> {
    pub fn of(slot: &'row mut Slot) -> Self {
        Self {
            slot: RefCell::new(slot),
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
                words.write(text);
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
                words.write(text);
            }
        });
    }

    /// A badge; empty for an empty word.
    pub fn badge(&self, column: usize, text: &str) {
        self.write(column, &mut |cell| {
            let Cell::Badge(cell, badge) = cell else { return };
            if text.is_empty() {
                if let Some((element, _)) = badge.take() {
                    element.remove();
                }
                return;
            }
            if badge.is_none() {
                *badge = append(cell, "span", "badge badge-warning")
                    .and_then(|element| Some((Words::new(&element)?, element)))
                    .map(|(words, element)| (element, words));
            }
            if let Some((_, words)) = badge {
                words.write(text);
            }
        });
    }

    /// Labels on a single line; those that do not fit are cut off.
    pub fn chips<'a>(&self, column: usize, labels: impl Iterator<Item = (&'a str, &'a str)>) {
        let labels: Vec<_> = labels.collect();
        self.write(column, &mut |cell| {
            let Cell::Chips(cell, chips) = cell else { return };
            while chips.len() > labels.len() {
                if let Some(chip) = chips.pop() {
                    chip.button.remove();
                }
            }
            while chips.len() < labels.len() {
                let Some(chip) = Chip::new(cell) else { break };
                chips.push(chip);
            }
            for (chip, (key, value)) in chips.iter_mut().zip(&labels) {
                chip.key.write(key);
                match *value {
                    "" => chip.value.write(""),
                    value => chip.value.write(&format!("={value}")),
                }
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

    /// A time: relative, exact, and for machines; or a text instead.
    pub fn time(&self, column: usize, words: &str, exact: Option<(&str, &str)>) {
        self.write(column, &mut |cell| {
            let Cell::Time(cell, time) = cell else { return };
            let (tag, class) = match exact {
                Some(_) => ("time", "tip tip-end"),
                None => ("span", "muted"),
            };
            if let Some(other) = time.take_if(|time| time.machine.is_empty() != exact.is_none()) {
                other.element.remove();
            }
            if time.is_none() {
                *time = append(cell, tag, class).and_then(|element| {
                    if exact.is_some() {
                        mark(&element, &[("tabindex", "0")]);
                    }
                    Some(Time {
                        words: Words::new(&element)?,
                        element,
                        machine: String::new(),
                    })
                });
            }
            let Some(time) = time else { return };
            time.words.write(words);
            if let Some((exact, machine)) = exact.filter(|(_, machine)| *machine != time.machine) {
                mark(
                    &time.element,
                    &[("datetime", machine), ("data-tip", exact), ("aria-description", exact)],
                );
                machine.clone_into(&mut time.machine);
            }
        });
    }
}
