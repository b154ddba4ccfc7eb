//! Shows that a part of the program failed to load.

use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::words;

use crate::api::release::WhyMissing;
use crate::app::code_split::Parts;
use crate::app::part::Part;
use crate::browser::page;
use crate::components::error_note::FailureNote;
use crate::ui::erased::dynamic;

/// The error, with a button to load the part again. It is loaded again by itself once the device is online.
pub fn part_failed(parts: Parts, part: Part) -> AnyView {
    let is_online = page::is_online();
    dynamic(move || {
        let (title, reason) = match (is_online.get(), parts.why()) {
            (false, _) => (words::common().connection_offline, words::common().part_offline),
            (true, WhyMissing::Unknown) => (words::common().part_lost_title, words::common().part_lost),
            (true, WhyMissing::Replaced) => (words::common().part_replaced_title, words::common().part_replaced),
            (true, WhyMissing::SignedOut) => (words::common().part_lost_title, words::common().part_signed_out),
        };
        let explanation = Explanation {
            title: title.to_owned(),
            reason: reason.to_owned(),
            details: Vec::new(),
            can_retry: true,
            can_reload: is_online.get(),
        };
        view! { <FailureNote explanation on_retry=move |()| parts.load(part) /> }
    })
}
