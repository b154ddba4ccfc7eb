//! Asking before a secret is deleted.

use contract::{Failure, WorkspaceId, calls};
use leptos::prelude::*;

use super::words::explained;
use crate::domain::deletion::{Caution, asks_for_name, cautions};
use crate::domain::secret::SecretFacts;
use crate::route::Route;
use crate::text::moment::distance;
use crate::text::{fill, words};
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::dynamic;
use crate::ui::failure_note::FailureNote;
use crate::ui::field::TextField;
use crate::ui::notices::use_notices;
use crate::web::kept::{self, Done};
use crate::web::navigation::use_navigation;
use crate::web::session::use_session;
use crate::web::{clock, intl, tasks};

/// What happens when it is deleted.
#[derive(Clone, Copy)]
pub(super) enum AfterDelete {
    /// The list is shown in place of the secret.
    Leave,
    /// The view stays, and hears which it was.
    Stay(Callback<String>),
}

/// Tells what deleting means, asks for the name where the facts speak against it, and deletes.
#[component]
pub(super) fn DeleteSecret(
    /// Where.
    workspace: WorkspaceId,
    /// What.
    secret: SecretFacts,
    /// What happens then.
    after: AfterDelete,
    /// The person does not want it any more.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let words = words();
    let session = use_session();
    let navigation = use_navigation();
    let notices = use_notices();
    let now = clock::now();
    let facts = cautions(&secret, now);
    let asks = asks_for_name(&facts);
    let typed = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);
    let is_busy = RwSignal::new(false);
    let name = secret.metadata.name.clone();
    let question = fill(words.delete_question, &[("name", &name)]);
    let wanted = name.clone();
    let refusal = Signal::derive(move || {
        let is_confirmed = !asks || typed.with(|typed| *typed == wanted);
        (!is_confirmed).then(|| words.delete_name_differs.to_owned())
    });
    let delete = move |_| {
        let call = calls::delete_secret(&workspace, secret.id());
        let (workspace, id, name) = (workspace.clone(), secret.id().clone(), name.clone());
        failure.set(None);
        is_busy.set(true);
        tasks::spawn_for_page(async move {
            match session.send(call).await {
                Ok(contract::Nothing) => {
                    notices.done(fill(words.deleted, &[("name", &name)]));
                    match after {
                        AfterDelete::Leave => {
                            kept::note(&workspace, Done::Deleted(id.clone()));
                            let list = Route::secrets(&workspace).to_path();
                            navigation.replace_if_here(&Route::Secret(workspace, id).to_path(), &list);
                        }
                        AfterDelete::Stay(after) => {
                            let _ = after.try_run(id.as_str().to_owned());
                        }
                    }
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
            let _ = is_busy.try_set(false);
        });
    };
    let reasons = facts.into_iter().map(|caution| {
        let text = match caution {
            Caution::UsedRecently(instant) => {
                fill(words.delete_used, &[("when", &intl::relative(distance(instant, now)))])
            }
            Caution::Managed(bundle) => fill(words.delete_managed, &[("bundle", &bundle)]),
            Caution::UseUnknown => words.delete_unknown_use.to_owned(),
        };
        view! { <li>{text}</li> }
    });
    let reasons = reasons.collect_view();
    let confirm = asks.then(|| {
        view! {
            <TextField
                id="confirm-name"
                label=words.delete_type_name
                value=typed
                on_input=move |text| typed.set(text)
                is_code=true
            />
        }
    });
    view! {
        <Dialog label=words.delete_secret id="delete-secret" is_alert=true on_cancel>
            <p>{question}</p>
            <ul class="reasons">{reasons}</ul>
            {confirm}
            {dynamic(move || failure.get().map(|failure| view! { <FailureNote explanation=explained(&failure) /> }))}
            <div class="actions">
                <Button rank=Rank::Danger is_busy=is_busy refusal=refusal on_click=delete>
                    {dynamic(move || if is_busy.get() { words.deleting } else { words.delete })}
                </Button>
                <Button on_click=move |_| on_cancel.run(())>{words.cancel}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}
