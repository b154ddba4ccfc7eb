//! The row density of the list, as chosen in this browser.

use leptos::prelude::{document, window};

use crate::browser::preferences::{self, Preference};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    /// With padding.
    Comfortable,
    /// As many rows as fit.
    Compact,
}

/// The density stored in this browser.
#[must_use]
pub fn chosen() -> Density {
    match preferences::read(Preference::Density).as_deref() {
        Some("compact") => Density::Compact,
        _ => Density::Comfortable,
    }
}

/// Applies a density and stores it.
pub fn choose(density: Density) {
    match density {
        Density::Compact => {
            preferences::write(Preference::Density, "compact");
        }
        Density::Comfortable => preferences::remove(Preference::Density),
    }
    show(density);
}

/// Applies a density until the page is reloaded.
pub fn show(density: Density) {
    let Some(root) = document().document_element() else {
        return;
    };
    // A plain attribute name is always valid.
    let _ = match density {
        Density::Compact => root.set_attribute("data-density", "compact"),
        Density::Comfortable => root.remove_attribute("data-density"),
    };
    // The virtual table measures its rows on resize.
    if let Ok(event) = web_sys::Event::new("resize") {
        // Dispatching only fails while the same event is being dispatched.
        let _ = window().dispatch_event(&event);
    }
}
