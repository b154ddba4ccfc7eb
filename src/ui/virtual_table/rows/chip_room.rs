//! How many labels fit in a cell.

use web_sys::Element;

use crate::ui::virtual_table::rows::row_nodes::Chips;

/// The room for labels in a cell. Labels are in a monospaced font, so their width follows from their length: measuring
/// each row would cost a layout for each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChipRoom {
    /// The width of a cell, in characters.
    width: f64,
    /// Whether cells are below the name of the row, with room for a single label.
    is_narrow: bool,
}

/// Padding and border of a label, and the gap after it, in characters; see `style/long_table.css`.
const EDGES: f64 = 2.0;
const GAP: f64 = 0.5;

impl Default for ChipRoom {
    /// Until the first rows are measured.
    fn default() -> Self {
        Self {
            width: 32.0,
            is_narrow: false,
        }
    }
}

impl ChipRoom {
    /// Measures a cell that has a label.
    pub fn measure(chips: &Chips, name: &Element) -> Option<Self> {
        let first = chips.shown.first()?;
        let cell = chips.cell.get_bounding_client_rect();
        let chip = first.button.get_bounding_client_rect();
        let key = first.button.first_element_child()?;
        #[expect(clippy::cast_precision_loss, reason = "a label is short")]
        let characters = key.text_content()?.chars().count() as f64;
        let character = key.get_bounding_client_rect().width() / characters;
        let padding = (chip.left() - cell.left()).abs();
        let is_narrow = chip.top() >= name.get_bounding_client_rect().bottom();
        (character >= 1.0).then(|| Self {
            width: ((cell.width() - 2.0 * padding) / character).floor(),
            is_narrow,
        })
    }

    /// The number of labels that fit, beside the button for the others; the first one is cut off where it is too long.
    /// `all`: how many there are; `labels` are the first of them.
    pub fn fitting(self, labels: &[(&str, &str)], all: usize) -> usize {
        if self.is_narrow {
            return labels.len().min(1);
        }
        let mut left = self.width + GAP;
        let mut count = 0;
        for (index, (key, value)) in labels.iter().enumerate() {
            let others = all.saturating_sub(index + 1);
            // A plus and the number of the others.
            let more = match others {
                0 => 0.0,
                1..10 => EDGES + GAP + 2.0,
                10..100 => EDGES + GAP + 3.0,
                _ => EDGES + GAP + 6.0,
            };
            let length = key.chars().count() + if value.is_empty() { 0 } else { 1 + value.chars().count() };
            #[expect(clippy::cast_precision_loss, reason = "a label is short")]
            let width = length as f64 + EDGES + GAP;
            if width + more > left && index > 0 {
                break;
            }
            left -= width;
            count += 1;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_fit_beside_the_button_for_the_others() {
        let labels = [("team", "platform"), ("tier", "gold"), ("pci", "")];
        for (width, is_narrow, count) in [
            (0.0, false, 1),
            (28.0, false, 1),
            // 15 and 11 characters with their edges, a gap, and "+1" with its own.
            (31.0, false, 2),
            (32.0, false, 3),
            (500.0, false, 3),
            (500.0, true, 1),
        ] {
            assert_eq!(ChipRoom { width, is_narrow }.fitting(&labels, 3), count, "{width}");
        }
        assert_eq!(ChipRoom::default().fitting(&[], 0), 0);
        let wide = ChipRoom { width: 28.0, is_narrow: false };
        assert_eq!(wide.fitting(&labels, 100_000), 1, "the number of the others takes room, too");
    }
}
