//! The dialog that removes a member.

use contract::{WorkspaceId, WorkspaceMember};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};

use crate::pages::workspaces::member_write::{is_busy, outcome};
use crate::store::workspaces::use_workspaces;
use crate::store::writes::use_writes;
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::dynamic;

/// Asks before a member is removed.
#[component]
pub fn RemoveMember(
    workspace: WorkspaceId,
    member: WorkspaceMember,
    /// Whether it is the profile of the key.
    is_self: bool,
    #[prop(into)]
    on_done: Callback<()>,
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let name = member.display_name().to_owned();
    let place = untrack(|| use_workspaces().name(&workspace));
    let question = fill(words::members().remove_question, &[("name", &name), ("workspace", &place)]);
    let effect = if is_self { words::members().remove_self } else { words::members().remove_effect };
    let watch = use_writes().watch::<()>();
    let is_busy = is_busy(watch);
    let removed_from = workspace.clone();
    let remove = move |_| watch.remove_member(removed_from.clone(), member.profile_id.clone(), name.clone());
    view! {
        <Dialog label=words::members().remove_title id="remove-member" is_alert=true on_cancel=on_cancel>
            <p>{question}</p>
            <p>{effect}</p>
            {outcome(watch, workspace, on_done)}
            <div class="actions">
                <Button has_focus=true on_click=move |_| on_cancel.run(())>{words::common().cancel}</Button>
                <Button rank=Rank::Danger is_busy on_click=remove>
                    {dynamic(move || if is_busy.get() { words::members().removing } else { words::members().remove })}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
