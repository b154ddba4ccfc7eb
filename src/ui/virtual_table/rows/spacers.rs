//! What stands for the rows that are not drawn.

use web_sys::Element;

use crate::ui::virtual_table::rows::row_nodes::append;

/// Two empty rows, as high as what they stand for.
pub struct Spaces {
    /// For the rows above those that are drawn.
    pub above: Element,
    /// For the rows below them.
    pub below: Element,
}

impl Spaces {
    /// Puts both into a body, at its end.
    pub fn new(body: &Element, columns: usize) -> Option<Self> {
        let space = || {
            let row = append(body, "tr", "space")?;
            // Only a malformed name of an attribute is refused; so below.
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

    /// Makes them stand for so many rows of a height in CSS pixels, above and below.
    pub fn set(&self, rows: [usize; 2], height: f64) {
        for (space, rows) in [&self.above, &self.below].into_iter().zip(rows) {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53 rows")]
            let height = (rows as f64 * height).round();
            // The attribute of old, because the policy of the site allows no `style`.
            if let Some(cell) = space.first_element_child() {
                let _ = cell.set_attribute("height", &height.to_string());
            }
        }
    }
}
