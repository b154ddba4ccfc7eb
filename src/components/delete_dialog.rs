//! Confirms the delete of a secret. It then waits as a run of the app, and can be undone.

use contract::{SecretId, WorkspaceId, calls};
use leptos::prelude::*;
use strongroom_core::i18n::foreign::is_same;
use strongroom_core::i18n::moment::distance;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::delete_warnings::{DeleteWarning, is_typed, warnings};
use strongroom_core::model::secret_facts::SecretFacts;

use crate::browser::tasks::memo;
use crate::api::session::{Session, State, use_session};
use crate::browser::clock::use_clock;
use crate::browser::intl;
use crate::browser::tasks::ViewTasks;
use crate::components::messages::explained;
use crate::components::uses::{UseView, Uses};
use crate::store::notices::Notices;
use crate::store::writes::{BulkItem, use_writes};
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{When, handle_submit};
use crate::ui::field::TextField;

/// Shows the warnings, asks for the name if there are any, and starts the delete, which waits for an undo.
#[component]
pub fn DeleteSecret(
    workspace: WorkspaceId,
    secret: SecretFacts,
    /// Called once the delete is confirmed. Nothing is sent yet.
    #[prop(into)]
    on_done: Callback<()>,
    /// Called when the user cancels.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    // One dialog at a time: if the key has expired, connecting again comes first.
    let has_key = memo(move |_| session.state().with(|state| matches!(state, State::Connected(_))));
    let subject = StoredValue::new((workspace, secret));
    view! { <When condition=has_key>{move || ask(subject, on_done, on_cancel)}</When> }.into_any()
}

/// Reads a secret for the dialog: what it warns of depends on the last use, which may be outdated or missing in a list.
pub fn read_to_delete(
    tasks: ViewTasks,
    session: Session,
    notices: Notices,
    which: (WorkspaceId, SecretId),
    on_read: Callback<(WorkspaceId, SecretFacts)>,
) {
    tasks.spawn(async move {
        match session.send(calls::read_secret(&which.0, &which.1)).await {
            Ok(secret) => on_read.run((which.0, SecretFacts::from(secret))),
            Err(failure) => notices.failed_because(explained(&failure), move || {
                read_to_delete(tasks, session, notices, which.clone(), on_read);
            }),
        }
    });
}

/// The warnings and the confirmation.
fn ask(subject: StoredValue<(WorkspaceId, SecretFacts)>, on_done: Callback<()>, on_cancel: Callback<()>) -> AnyView {
    let writes = use_writes();
    let now = use_clock().now();
    let (workspace, secret) = subject.get_value();
    let warnings = warnings(&secret, now);
    let asks = is_typed(1, !warnings.is_empty());
    let typed = RwSignal::new(String::new());
    let item = BulkItem {
        id: secret.id().as_str().to_owned(),
        name: secret.metadata.name,
        ..BulkItem::default()
    };
    let uses = UseView::Delete {
        workspace: workspace.clone(),
        names: vec![item.name.clone()],
    };
    // A secret without a name is called by its ID.
    let name = if item.name.is_empty() { item.id.clone() } else { item.name.clone() };
    let question = fill(words::delete().question, &[("name", &name)]);
    let refusal = Signal::derive(move || {
        let is_confirmed = !asks || typed.with(|typed| is_same(typed, &name));
        (!is_confirmed).then(|| words::delete().name_differs.to_owned())
    });
    let reasons = warnings.into_iter().map(|warning| {
        let text = match warning {
            DeleteWarning::UsedRecently(instant) => {
                fill(words::delete().used, &[("when", &intl::relative(distance(instant, now)))])
            }
            DeleteWarning::Managed(bundle) => fill(words::delete().managed, &[("bundle", &bundle)]),
            DeleteWarning::UsageUnknown => words::delete().unknown_use.to_owned(),
        };
        view! { <li>{text}</li> }
    });
    let reasons = reasons.collect_view();
    let confirm = asks.then(|| {
        view! {
            <TextField
                id="confirm-name"
                label=words::delete().type_name
                value=typed
                on_input=move |text| typed.set(text)
                is_code=true
                has_focus=true
            />
        }
    });
    let delete = Callback::new(move |()| {
        if refusal.with_untracked(Option::is_none) {
            let _ = writes.delete_soon(workspace.clone(), vec![item.clone()]);
            on_done.run(());
        }
    });
    view! {
        <Dialog label=words::delete().title id="delete-secret" is_alert=true on_cancel=on_cancel>
            <p>{question}</p>
            <ul class="reasons">{reasons}</ul>
            <Uses view=uses />
            <form class="form" on:submit=handle_submit(move || delete.run(())) novalidate>
                {confirm}
                <div class="actions">
                    <Button on_click=move |_| on_cancel.run(())>{words::common().cancel}</Button>
                    <Button rank=Rank::Danger has_focus=!asks refusal=refusal on_click=move |_| delete.run(())>{words::common().delete}</Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
