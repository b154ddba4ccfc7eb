//! The lock screen: only a form to unlock.

use leptos::prelude::*;
use strongroom_core::i18n::words;

use crate::api::session::Session;
use crate::app::code_split::{self, PartState, Parts};
use crate::app::part::Part;
use crate::app::part_failed::part_failed;
use crate::ui::erased::dynamic;
use crate::ui::heading::Heading;
use crate::ui::skeleton::Skeleton;

/// The heading is rendered at once; the key form is loaded on demand.
pub fn locked(session: Session, parts: Parts) -> AnyView {
    let form = dynamic(move || match parts.state(Part::Connect) {
        PartState::NotLoaded | PartState::Loading => Some(view! { <Skeleton lines=3 /> }.into_any()),
        PartState::Failed => Some(part_failed(parts, Part::Connect)),
        PartState::Loaded => {
            let connection = session.state().with_untracked(|state| state.connection().cloned())?;
            code_split::connect_again(connection, true)
        }
    });
    view! {
        <div class="narrow welcome">
            <span class="mark" aria-hidden="true"></span>
            <Heading text=words::common().locked.to_owned() />
            {form}
        </div>
    }
    .into_any()
}
