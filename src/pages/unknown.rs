//! The page for an unknown address.

use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::route::Route;

use crate::ui::empty::Empty;
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;

/// Says that there is nothing at this address, and links to the start page.
#[component]
pub fn UnknownAddress() -> impl IntoView {
    view! {
        <Heading text=words::common().unknown_address_title.to_owned() />
        <Empty glyph=Glyph::SEARCH text=words::common().unknown_address>
            <a href=Route::workspaces().to_path() class="button button-primary">
                {words::common().go_home}
            </a>
        </Empty>
    }
    .into_any()
}
