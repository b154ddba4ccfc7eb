//! The write of a dialog about a member.

use std::sync::Arc;

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::model::write_outcome::{Failed, WriteState};

use crate::browser::tasks;
use crate::components::error_note::FailureNote;
use crate::components::permission::explained_in;
use crate::components::unknown_outcome::UnknownOutcome;
use crate::store::writes::Watch;
use crate::ui::erased::dynamic;

/// Whether it is under way.
pub fn is_busy(watch: Watch<()>) -> Signal<bool> {
    Signal::derive(move || watch.state().with(|write| write.as_ref().is_some_and(WriteState::is_pending)))
}

/// Shows why it failed, or that its outcome is unknown. Calls `on_done` once it is carried out.
pub fn outcome(watch: Watch<()>, workspace: WorkspaceId, on_done: Callback<()>) -> AnyView {
    let write = watch.state();
    tasks::follow(move || {
        if write.with(|write| matches!(write, Some(WriteState::Done(_)))) {
            on_done.run(());
        }
    });
    view! {
        {dynamic(move || match write.get() {
            Some(WriteState::Failed(Failed::Refused(failure))) => {
                view! { <FailureNote explanation=explained_in(&workspace, &failure) /> }.into_any()
            }
            _ => ().into_any(),
        })}
        <UnknownOutcome
            write
            words=WriteWords::member()
            on_look_again=move |()| watch.look_again()
            actions=Arc::new(|_| ().into_any())
        />
    }
    .into_any()
}
