//! `/gallery`: every widget of `src/ui/` in all its states, in each theme and text direction. Included only by `cargo
//! xtask dev` (the feature `gallery`); for developers of the console, English only.

mod controls;
mod data;
mod feedback;
mod long;
mod overlays;

use leptos::prelude::*;

use crate::browser::{keyboard, page};
use crate::browser::theme::{self, Theme};
use crate::components::notices::NoticeRegion;
use crate::store::notices::use_notices;
use crate::ui::choice::{Choice, RadioGroup, Shape};
use crate::ui::erased::{dynamic, moving_word};
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;

/// The path of the gallery.
pub const PATH: &str = "/gallery";

/// One widget in one group of states.
#[component]
fn Specimen(
    /// The name of the widget and its states.
    name: &'static str,
    /// The specimen.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="form">
            <h3>{name}</h3>
            <div class="form">{children()}</div>
        </section>
    }
    .into_any()
}

/// All widgets.
#[component]
pub fn Gallery() -> impl IntoView {
    const THEMES: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];
    keyboard::on_press(|_| false);
    // Not awaited: the widgets may be drawn before their styles are there.
    let _ = page::styles_of("gallery");
    let theme = RwSignal::new(0_usize);
    let direction = RwSignal::new(0_usize);
    let choice = |id, label, glyph| Choice {
        id,
        label,
        glyph,
        ..Choice::default()
    };
    let themes = vec![
        choice("gallery-system", "System", Some(Glyph::MONITOR)),
        choice("gallery-light", "Light", Some(Glyph::SUN)),
        choice("gallery-dark", "Dark", Some(Glyph::MOON)),
    ];
    let directions = vec![
        choice("gallery-ltr", "Left to right", None),
        choice("gallery-rtl", "Right to left", None),
    ];
    let show = move |index: usize| {
        theme.set(index);
        if let Some(theme) = THEMES.get(index) {
            theme::show(*theme);
        }
    };
    // Render again when the text direction changes, because widgets cache measurements.
    let specimens = dynamic(move || {
        direction.track();
        view! {
            <controls::Controls />
            <data::Data />
            <feedback::Feedback />
            <overlays::Overlays />
            <long::Long />
        }
    });
    view! {
        <div dir=moving_word(move || Some(if direction.get() == 1 { "rtl" } else { "ltr" }))>
            <header class="header"><span class="brand"><span class="visually-hidden">"Strongroom"</span></span></header>
            <main class="page" id="content" tabindex="-1">
                <div class="narrow form">
                    <Heading text="Gallery".to_owned() />
                    <p class="lead">"Every widget in all its states."</p>
                    <RadioGroup name="gallery-theme" label="Theme" choices=themes chosen=theme on_choose=show shape=Shape::Segments />
                    <RadioGroup
                        name="gallery-direction"
                        label="Direction"
                        choices=directions
                        chosen=direction
                        on_choose=move |index| direction.set(index)
                        shape=Shape::Segments
                    />
                    {specimens}
                </div>
            </main>
            <NoticeRegion notices=use_notices() />
        </div>
    }
    .into_any()
}
