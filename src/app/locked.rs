//! What is on screen while the console is locked: nothing but a way back.

use leptos::prelude::*;
use strongroom_core::i18n::words;

use crate::api::session::Session;
use crate::app::code_split::{self, Part, Parts, Place};
use crate::app::shell::lost;
use crate::ui::erased::dynamic;
use crate::ui::heading::Heading;
use crate::ui::skeleton::Skeleton;

/// The heading comes at once; what a key is asked for with is a part of the program.
pub fn locked(session: Session, parts: Parts) -> AnyView {
    let form = dynamic(move || match parts.at(Part::Connect) {
        Place::Away | Place::Loading => Some(view! { <Skeleton lines=3 /> }.into_any()),
        Place::Lost => Some(lost(parts, Part::Connect)),
        Place::Here => {
            let connection = session.state().with_untracked(|state| state.connection().cloned())?;
            code_split::connect_again(connection, true).ok()
        }
    });
    view! {
        <div class="narrow welcome">
            <Heading text=words().locked.to_owned() />
            {form}
        </div>
    }
    .into_any()
}
