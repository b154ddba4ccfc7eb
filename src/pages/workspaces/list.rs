//! `/workspaces`.

use contract::{Workspace, calls};
use leptos::prelude::*;
use strongroom_core::i18n::failure::explain;
use strongroom_core::i18n::words;
use strongroom_core::model::loader::Phase;
use strongroom_core::route::Route;

use crate::api::session::use_session;
use crate::components::error_note::FailureNote;
use crate::pages::workspaces::status::StatusBadge;
use crate::store::paged::paged;
use crate::ui::button::Button;
use crate::ui::empty::Empty;
use crate::ui::erased::{When, dynamic};
use crate::ui::heading::Heading;
use crate::ui::moment::Moment;
use crate::ui::skeleton::Skeleton;
use crate::ui::table::Table;

/// Workspaces on a page.
const LIMIT: u32 = 50;

/// All workspaces of the key's profile.
#[component]
pub fn WorkspacesPage() -> impl IntoView {
    let words = words();
    let session = use_session();
    let list = paged(
        || (),
        |workspace: &Workspace| workspace.metadata.id.as_str(),
        move |(), cursor| session.send(calls_list(cursor)),
    );
    let state = list.state();
    let body = dynamic(move || {
        state.with(|state| match state.phase() {
            Phase::Idle | Phase::Loading if state.count() == 0 => view! { <Skeleton lines=5 /> }.into_any(),
            Phase::Complete if state.count() == 0 => {
                view! { <Empty title=words.workspaces_empty_title text=words.workspaces_empty /> }.into_any()
            }
            _ => table(state.items()).into_any(),
        })
    });
    let failure = dynamic(move || {
        state.with(|state| match state.phase() {
            Phase::Failed(failure) => {
                Some(view! { <FailureNote explanation=explain(words, failure) on_retry=move |()| list.more() /> })
            }
            _ => None,
        })
    });
    let has_more = move || state.with(|state| matches!(state.phase(), Phase::Paused));
    view! {
        <div class="bar">
            <Heading text=words.workspaces.to_owned() />
        </div>
        {body}
        {failure}
        <When condition=Signal::derive(move || state.with(|state| matches!(state.phase(), Phase::Repeated)))>
            <p class="note" role="status">{words.workspaces_repeated}</p>
        </When>
        <When condition=Signal::derive(has_more)>
            <div class="actions">
                <Button on_click=move |_| list.more()>{words.workspaces_more}</Button>
            </div>
        </When>
    }
    .into_any()
}

fn calls_list(cursor: Option<contract::Cursor>) -> contract::Call<contract::Page<Workspace>> {
    calls::list_workspaces(LIMIT, cursor.as_ref())
}

fn table<'a>(items: impl Iterator<Item = &'a Workspace>) -> AnyView {
    let words = words();
    let rows: Vec<AnyView> = items.map(row).collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let column = |name: &'static str| view! { <th scope="col">{name}</th> };
    let columns = view! {
        {column(words.workspace_name)}
        {column(words.workspace_status)}
        {column(words.workspace_description)}
        {column(words.workspace_created)}
        <th scope="col"><span class="visually-hidden">{words.details}</span></th>
    };
    view! { <Table label=words.workspaces columns=columns.into_any() rows=rows.into_any() /> }.into_any()
}

fn row(workspace: &Workspace) -> AnyView {
    let words = words();
    let id = &workspace.metadata.id;
    let name = if workspace.metadata.name.is_empty() {
        id.as_str()
    } else {
        &workspace.metadata.name
    }
    .to_owned();
    let about = format!("{}: {name}", words.details);
    let created = workspace
        .metadata
        .created_at
        .map(|instant| view! { <Moment instant /> });
    view! {
        <tr>
            <th scope="row" class="cell-name">
                <a href=Route::secrets(id).to_path()>{name}</a>
            </th>
            <td data-label=words.workspace_status><StatusBadge status=workspace.status.clone() /></td>
            <td data-label=words.workspace_description class="cell-text">{workspace.spec.description.clone()}</td>
            <td data-label=words.workspace_created class="cell-time">{created}</td>
            <td class="cell-actions">
                <a href=Route::Workspace(id.clone()).to_path() class="button button-quiet" aria-label=about>
                    {words.details}
                </a>
            </td>
        </tr>
    }
    .into_any()
}
