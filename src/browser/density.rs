//! How close the rows of the list are: what the person chose for this browser.

use leptos::prelude::{document, window};

use crate::browser::preferences::{self, Preference};

/// How close rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    /// With room around them.
    Comfortable,
    /// As many as fit.
    Compact,
}

/// What was chosen in this browser.
#[must_use]
pub fn chosen() -> Density {
    match preferences::read(Preference::Density).as_deref() {
        Some("compact") => Density::Compact,
        _ => Density::Comfortable,
    }
}

/// Puts a density in force, here and when the page is opened again.
pub fn choose(density: Density) {
    match density {
        Density::Compact => {
            preferences::write(Preference::Density, "compact");
        }
        Density::Comfortable => preferences::remove(Preference::Density),
    }
    show(density);
}

/// Puts a density in force until the page is opened again.
pub fn show(density: Density) {
    let Some(root) = document().document_element() else {
        return;
    };
    // A plain name is always a valid attribute.
    let _ = match density {
        Density::Compact => root.set_attribute("data-density", "compact"),
        Density::Comfortable => root.remove_attribute("data-density"),
    };
    // Rows that are drawn by hand measure themselves when the window does.
    if let Ok(event) = web_sys::Event::new("resize") {
        // It is refused only while it is being sent.
        let _ = window().dispatch_event(&event);
    }
}
