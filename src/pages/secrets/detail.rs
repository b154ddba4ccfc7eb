//! `/workspaces/{workspaceId}/secrets/{secretId}`: one secret.

use std::sync::Arc;

use contract::{SecretId, Timestamp, WorkspaceId, calls};
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::actions::ActionId;
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::route::Route;

use crate::api::session::use_session;
use crate::browser::history::use_navigation;
use crate::components::permission::why_not;
use crate::components::not_found::GoneOr;
use crate::components::breadcrumbs::{Breadcrumbs, steps};
use crate::components::actions::offer_unless;
use crate::components::copyable::Copyable;
use crate::components::delete_dialog::DeleteSecret;
use crate::components::label_editor::label_chips;
use crate::components::loaded::Loaded;
use crate::components::messages::{explained_reading, profile};
use crate::components::secret_value::{ReadableValue, WriteOnlyValue};
use crate::pages::secrets::api_snippets::ReadingCall;
use crate::store::query::query;
use crate::store::workspaces::use_workspaces;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, Rank};
use crate::ui::erased::{When, dynamic};
use crate::ui::facts::{Fact, Facts};
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;
use crate::ui::moment::ExactMoment;

/// The details of one secret, and the actions on it.
#[component]
pub fn SecretPage(
    workspace: WorkspaceId,
    id: SecretId,
) -> impl IntoView {
    let session = use_session();
    let workspaces = use_workspaces();
    let navigation = use_navigation();
    let key = (workspace.clone(), id.clone());
    let secret = query(
        move || key.clone(),
        move |(workspace, id)| async move {
            session
                .send(calls::read_secret(&workspace, &id))
                .await
                .map(SecretFacts::from)
        },
    )
    .again_with_key(session);
    let state = secret.state();
    let name = Signal::derive(move || {
        let name = state.with(|state| {
            state
                .data
                .as_ref()
                .map(|secret: &SecretFacts| secret.metadata.name.clone())
        });
        name.filter(|name| !name.is_empty())
            .unwrap_or_else(|| words::common().secret.to_owned())
    });
    let named = workspace.clone();
    let trail = Signal::derive(move || steps(&workspaces.name(&named), &named, true));
    let refusal = why_not(&workspace);
    let is_deleting = RwSignal::new(false);
    let edit = Route::EditSecret(workspace.clone(), id.clone()).to_path();
    let is_known = move || state.with(|state| state.data.is_some());
    let where_from = workspace.clone();
    let gone_from = workspace.clone();
    let dialog = dynamic(move || {
        let secret = state.with(|state| state.data.clone()).filter(|_| is_deleting.get())?;
        let workspace = where_from.clone();
        let list = Route::secrets(&workspace).to_path();
        Some(view! {
            <DeleteSecret
                workspace
                secret
                on_done=move |()| navigation.redirect(&list)
                on_cancel=move |()| is_deleting.set(false)
            />
        })
    });
    let shown = Arc::new(move |secret: &SecretFacts| facts(&workspace, secret, &workspaces.name(&workspace)));
    view! {
        <Breadcrumbs steps=trail />
        <div class="bar">
            <Heading text=name />
            <When condition=Signal::derive(is_known)>
                {offer_unless(refusal, ActionId::Delete, words::common().delete, move || is_deleting.set(true))}
                <div class="actions">
                    {
                        let edit = edit.clone();
                        let go = edit.clone();
                        offer_unless(refusal, ActionId::Edit, words::common().edit, move || navigation.go(&go));
                        view! {
                            <Button glyph=Glyph::PENCIL refusal=refusal shortcut="e" on_click=move |_| navigation.go(&edit)>{words::common().edit}</Button>
                        }
                    }
                    <Button rank=Rank::Danger glyph=Glyph::TRASH refusal=refusal on_click=move |_| is_deleting.set(true)>
                        {words::common().delete}
                    </Button>
                </div>
            </When>
        </div>
        <GoneOr workspace=gone_from state>
            <Loaded remote=state explain=explained_reading on_retry=move |()| secret.reload() children=Arc::clone(&shown) as _ />
        </GoneOr>
        {dialog}
    }
    .into_any()
}

fn facts(workspace: &WorkspaceId, secret: &SecretFacts, workspace_name: &str) -> AnyView {
    let metadata = secret.metadata.clone();
    let id = metadata.id.clone();
    let place = workspace.clone();
    let is_readable = secret.is_readable;
    let value = if is_readable {
        view! { <ReadableValue workspace=place id /> }.into_any()
    } else {
        view! { <WriteOnlyValue workspace=place id /> }.into_any()
    };
    let labels = if metadata.labels.is_empty() {
        absent(words::common().none)
    } else {
        label_chips(metadata.labels.iter())
    };
    let bundle = match metadata.bundle_key.clone() {
        Some(text) => view! {
            <Badge text tone=Tone::Warning />
            <p class="field-hint">{words::secret().bundle_meaning}</p>
        }
        .into_any(),
        None => absent(words::common().none),
    };
    let info = secret.info.clone();
    let creator = info.as_ref().and_then(|info| info.created_by.as_ref()).map(profile);
    let creator = creator.or_else(|| metadata.profile_id.as_ref().map(ToString::to_string));
    let last_used = match &info {
        Some(info) => instant(info.last_use(), words::fields().never),
        None => absent(words::common().unknown),
    };
    let workspace_name = workspace_name.to_owned();
    let (calling, called) = (workspace.clone(), metadata.id.clone());
    let workspace_address = Route::Workspace(workspace.clone()).to_path();
    view! {
        <Facts>
            <Fact name=words::fields().value>{value}</Fact>
            <Fact name=words::fields().name><Copyable what=words::fields().name text=metadata.name.clone() /></Fact>
            <Fact name=words::fields().id><Copyable what=words::fields().id text=metadata.id.to_string() /></Fact>
            <Fact name=words::fields().external_id>{copyable(words::fields().external_id, metadata.external_id.clone())}</Fact>
            <Fact name=words::fields().labels>{labels}</Fact>
            <Fact name=words::fields().bundle>{bundle}</Fact>
            <Fact name=words::fields().created>{instant(metadata.created_at, words::common().unknown)}</Fact>
            <Fact name=words::fields().created_by>{creator.unwrap_or_else(|| words::common().unknown.to_owned())}</Fact>
            <Fact name=words::fields().updated>{instant(metadata.updated_at, words::fields().never)}</Fact>
            <Fact name=words::fields().last_used>{last_used}</Fact>
            <Fact name=words::fields().workspace><a href=workspace_address>{workspace_name}</a></Fact>
            <Fact name=words::fields().account>{copyable(words::fields().account, Some(metadata.account_id))}</Fact>
            <Fact name=words::secret().api_call><ReadingCall workspace=calling id=called /></Fact>
        </Facts>
    }
    .into_any()
}

fn absent(word: &'static str) -> AnyView {
    view! { <span class="muted">{word}</span> }.into_any()
}

fn copyable(what: &'static str, text: Option<String>) -> AnyView {
    match text.filter(|text| !text.is_empty()) {
        Some(text) => view! { <Copyable what text /> }.into_any(),
        None => absent(words::common().none),
    }
}

fn instant(instant: Option<Timestamp>, otherwise: &'static str) -> AnyView {
    instant.map_or_else(
        || absent(otherwise),
        |instant| view! { <ExactMoment instant /> }.into_any(),
    )
}
