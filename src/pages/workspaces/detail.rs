//! `/workspaces/{workspaceId}`: one workspace.

use std::sync::Arc;

use contract::{Failure, Kind, Workspace, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::failure::{Explanation, explain};
use strongroom_core::i18n::foreign::marked;
use strongroom_core::i18n::{fill, words};

use crate::api::session::use_session;
use crate::browser::{intl, tasks};
use crate::components::breadcrumbs::{Tab, WorkspaceTabs, list_address};
use crate::components::copyable::Copyable;
use crate::components::label_editor::label_chips;
use crate::components::loaded::Loaded;
use crate::components::people::creator;
use crate::components::workspace_status::{status_badge, status_in_words};
use crate::pages::workspaces::actions::WorkspaceActions;
use crate::store::query::query;
use crate::store::secret_lists::{SecretLists, use_secret_lists};
use crate::store::workspaces::use_workspaces;
use crate::ui::erased::dynamic;
use crate::ui::facts::{Fact, Facts};
use crate::ui::heading::Heading;
use crate::ui::moment::ExactMoment;

/// The details of a workspace, with a link to its secrets.
#[component]
pub fn WorkspacePage(
    id: WorkspaceId,
) -> impl IntoView {
    let session = use_session();
    let workspaces = use_workspaces();
    let lists = use_secret_lists();
    let wanted = id.clone();
    let workspace = query(
        move || wanted.clone(),
        move |id| workspaces.read(id),
    )
    .again_with_key(session);
    let state = workspace.state();
    tasks::follow(move || state.with(|state| workspaces.note(state.data.as_slice())));
    let named = id.clone();
    let name = Signal::derive(move || workspaces.name(&named));
    let shown = move |workspace: &Workspace| facts(workspace, lists);
    let secrets = list_address(&id);
    let badge = status_badge(&id);
    view! {
        <div class="column">
            <div class="bar">
                <div class="workspace-head"><Heading text=name />{badge}</div>
                <div class="actions">
                    <WorkspaceTabs workspace=id.clone() current=Tab::Details />
                    <WorkspaceActions id workspace=Signal::derive(move || state.with(|state| state.data.clone())) />
                    <a href=secrets class="button button-primary">{words::workspaces().open_secrets}</a>
                </div>
            </div>
            <Loaded remote=state explain=Arc::new(explained) on_retry=move |()| workspace.reload() children=Arc::new(shown) />
        </div>
    }
    .into_any()
}

/// The message for a workspace that could not be read.
pub fn explained(failure: &Failure) -> Explanation {
    let explanation = explain(failure);
    // It was looked for among those that any key may see.
    if failure.kind() == Kind::Denied && failure.missing_scope().is_none() {
        let reason = words::workspaces().not_among_yours.to_owned();
        return Explanation { reason, ..explanation };
    }
    explanation
}

fn facts(workspace: &Workspace, lists: SecretLists) -> AnyView {
    let metadata = workspace.metadata.clone();
    let description = workspace.spec.description.clone();
    let text = |text: Option<String>| match text.filter(|text| !text.is_empty()) {
        Some(text) => text.into_any(),
        None => view! { <span class="muted">{words::common().none}</span> }.into_any(),
    };
    let labels = if metadata.labels.is_empty() {
        text(None)
    } else {
        label_chips(metadata.labels.iter())
    };
    let id = move |what: &'static str, id: Option<String>| match id.filter(|id| !id.is_empty()) {
        Some(id) => view! { <Copyable what text=id /> }.into_any(),
        None => text(None),
    };
    let created = match metadata.created_at {
        Some(instant) => view! { <ExactMoment instant /> }.into_any(),
        None => text(None),
    };
    let totals = workspace.info.clone().map(|info| {
        let total = |name: &'static str, total: Option<u64>| {
            let total = total.and_then(|total| usize::try_from(total).ok())?;
            Some(view! { <Fact name=name>{intl::count(total)}</Fact> })
        };
        view! {
            {total(words::workspaces().agents, info.total_agents)}
            {total(words::workspaces().agent_variations, info.total_agent_variations)}
            {total(words::workspaces().tools, info.total_available_tools)}
            {total(words::workspaces().memory, info.total_memory_entries)}
        }
    });
    let status = status_in_words(&workspace.status);
    let counted = metadata.id.clone();
    let secrets = dynamic(move || match lists.loaded_count(&counted) {
        Some((count, is_all)) => {
            let sentence = if is_all { "{count}" } else { words::workspaces().secrets_part };
            fill(sentence, &[("count", &intl::count(count))]).into_any()
        }
        None => view! { <span class="muted">{words::workspaces().secrets_unknown}</span> }.into_any(),
    });
    view! {
        <Facts>
            <Fact name=words::fields().name>{marked(&metadata.name).into_owned()}</Fact>
            <Fact name=words::workspaces().status>{status}</Fact>
            <Fact name=words::workspaces().description>{text(description)}</Fact>
            <Fact name=words::fields().id>{id(words::fields().id, Some(metadata.id.to_string()))}</Fact>
            <Fact name=words::fields().external_id>{id(words::fields().external_id, metadata.external_id.clone())}</Fact>
            <Fact name=words::fields().labels>{labels}</Fact>
            <Fact name=words::fields().created>{created}</Fact>
            <Fact name=words::fields().created_by>
                {match metadata.profile_id {
                    Some(id) => creator(id, None),
                    None => text(None),
                }}
            </Fact>
            <Fact name=words::fields().account>{id(words::fields().account, Some(metadata.account_id.clone()))}</Fact>
            {totals}
            <Fact name=words::common().secrets>{secrets}</Fact>
        </Facts>
    }
    .into_any()
}
