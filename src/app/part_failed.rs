//! Shows that a part of the program failed to load.

use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::words;

use crate::app::code_split::Parts;
use crate::app::part::Part;
use crate::components::error_note::FailureNote;

/// The error, with a button to load the part again.
pub fn part_failed(parts: Parts, part: Part) -> AnyView {
    let explanation = Explanation {
        title: words::common().part_lost_title.to_owned(),
        reason: words::common().part_lost.to_owned(),
        details: Vec::new(),
        can_retry: true,
    };
    view! { <FailureNote explanation on_retry=move |()| parts.load(part) /> }.into_any()
}
