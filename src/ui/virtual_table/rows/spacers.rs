//! Placeholders for the rows that are not rendered.

use web_sys::Element;

use crate::ui::nodes::append;

/// Two empty rows, as high as the rows that they replace.
pub struct Spaces {
    /// For the rows above.
    pub above: Element,
    /// For the rows below.
    pub below: Element,
}

impl Spaces {
    /// Appends both to a body.
    pub fn new(body: &Element, columns: usize) -> Option<Self> {
        let space = || {
            let row = append(body, "tr", "space")?;
            // Fails only for a malformed attribute name; so below.
            let _ = row.set_attribute("aria-hidden", "true");
            let cell = append(&row, "td", "")?;
            let _ = cell.set_attribute("colspan", &columns.to_string());
            Some(row)
        };
        Some(Self {
            above: space()?,
            below: space()?,
        })
    }

    /// Sets the number of replaced rows above and below; `height` is that of a row, in CSS pixels.
    pub fn set(&self, rows: [usize; 2], height: f64) {
        for (space, rows) in [&self.above, &self.below].into_iter().zip(rows) {
            // Written as an integer: code that writes floats has a table.
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "far below 2^53 rows, of a height above zero"
            )]
            let height = (rows as f64 * height).round() as u64;
            // The legacy attribute, because the content security policy forbids `style`.
            if let Some(cell) = space.first_element_child() {
                let _ = cell.set_attribute("height", &height.to_string());
            }
        }
    }
}
