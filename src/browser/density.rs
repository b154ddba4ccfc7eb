//! The row density of the list, as chosen in this browser.

use leptos::prelude::{document, window};
use strongroom_core::route::Density;

use crate::browser::preferences::{self, Preference};

/// The density stored in this browser.
#[must_use]
pub fn chosen() -> Density {
    let kept = preferences::read(Preference::Density);
    kept.and_then(|kept| Density::parse(&kept)).unwrap_or(Density::Comfortable)
}

/// Stores a density.
pub fn choose(density: Density) {
    match density {
        Density::Compact => {
            preferences::write(Preference::Density, density.as_str());
        }
        Density::Comfortable => preferences::remove(Preference::Density),
    }
}

/// Applies a density.
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
