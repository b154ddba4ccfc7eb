//! `/workspaces/{workspaceId}/secrets/new`.

use contract::{Failure, FieldPath, WorkspaceId, calls};
use leptos::prelude::*;

use super::fields::SecretFieldInputs;
use super::form::Form;
use super::shared::{other_violations, steps, why_not};
use super::value_input::{ValueHandle, ValueInput};
use super::words::explained;
use crate::domain::secret::SecretFacts;
use crate::route::Route;
use crate::text::{fill, words};
use crate::ui::breadcrumbs::Breadcrumbs;
use crate::ui::button::SubmitButton;
use crate::ui::erased::{dynamic, handle_submit};
use crate::ui::failure_note::FailureNote;
use crate::ui::heading::Heading;
use crate::ui::notices::use_notices;
use crate::web::kept::{self, Done};
use crate::web::navigation::use_navigation;
use crate::web::session::use_session;
use crate::web::workspaces::use_workspaces;
use crate::web::{page, tasks};

/// Asks for a secret and creates it.
#[component]
pub fn NewSecretPage(
    /// Where.
    workspace: WorkspaceId,
) -> impl IntoView {
    let words = words();
    let session = use_session();
    let workspaces = use_workspaces();
    let navigation = use_navigation();
    let notices = use_notices();
    let form = RwSignal::new(Form::default());
    let value = ValueHandle::new();
    let failure = RwSignal::new(None::<Failure>);
    let is_busy = RwSignal::new(false);
    let list = Route::secrets(&workspace).to_path();
    let refusal = why_not(&workspace);

    let target = workspace.clone();
    let create = move || {
        failure.set(None);
        let fields = form.try_update(Form::submit).flatten();
        let Some(fields) = fields.filter(|_| !value.is_too_long()) else {
            request_animation_frame(page::focus_first_invalid);
            return;
        };
        let value = value.take();
        let call = calls::create_secret(&target, &fields, value.as_ref());
        drop(value);
        let target = target.clone();
        is_busy.set(true);
        tasks::spawn_for_page(async move {
            match session.send(call).await.map(SecretFacts::from) {
                Ok(secret) => {
                    kept::note(&target, Done::Put(Box::new(secret.metadata.clone())));
                    notices.done(fill(words.created, &[("name", &secret.metadata.name)]));
                    navigation.replace_if_here(
                        &Route::NewSecret(target.clone()).to_path(),
                        &Route::Secret(target, secret.id().clone()).to_path(),
                    );
                }
                Err(error) => {
                    let _ = form.try_update(|form| form.violate(error.violations()));
                    let _ = failure.try_set(Some(error));
                }
            }
            let _ = is_busy.try_set(false);
        });
    };
    let on_submit = handle_submit(move || {
        if !is_busy.get_untracked() && refusal.with_untracked(Option::is_none) {
            create();
        }
    });
    let value_error = Signal::derive(move || form.with(|form| form.violation(FieldPath::Value).map(str::to_owned)));
    let named = workspace.clone();
    let trail = Signal::derive(move || steps(&workspaces.name(&named), &named, true));
    view! {
        <Breadcrumbs steps=trail />
        <div class="narrow">
            <Heading text=words.new_secret.to_owned() />
            {dynamic(move || refusal.get().map(|reason| view! { <p class="note note-warning">{reason}</p> }))}
            <form class="form" aria-label=words.new_secret on:submit=on_submit novalidate>
                <SecretFieldInputs workspace=workspace form=form on_input=move |input| form.update(|form| form.apply(input)) />
                <ValueInput
                    id="value"
                    label=words.field_value
                    value=value
                    on_change=move |()| form.update(Form::value_changed)
                    error=value_error
                    is_optional=true
                />
                {dynamic(move || failure.get().map(|failure| view! { <FailureNote explanation=explained(&failure) /> }))}
                {dynamic(move || form.with(other_violations))}
                <div class="actions">
                    <SubmitButton is_busy=is_busy refusal=refusal>
                        {dynamic(move || if is_busy.get() { words.creating } else { words.create_secret })}
                    </SubmitButton>
                    <a href=list class="button">{words.cancel}</a>
                </div>
            </form>
        </div>
    }
    .into_any()
}
