//! `/workspaces`.

use contract::Workspace;
use leptos::prelude::*;
use strongroom_core::i18n::failure::explain;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::words;
use strongroom_core::list::reading::State;
use strongroom_core::route::Route;

use crate::components::error_note::FailureNote;
use crate::pages::workspaces::status::Status;
use crate::store::workspaces::use_workspaces;
use crate::ui::empty::Empty;
use crate::ui::erased::{When, dynamic};
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;
use crate::ui::moment::Moment;
use crate::ui::skeleton::Skeleton;
use crate::ui::table::Table;

/// The workspaces of the key's profile.
#[component]
pub fn WorkspacesPage() -> impl IntoView {
    let workspaces = use_workspaces();
    workspaces.refresh_if_old();
    let known = workspaces.known();
    let state = Memo::new(move |_| known.with(|known| known.state.clone()));
    let items = Memo::new(move |_| known.with(|known| known.items.clone()));
    let is_empty = Memo::new(move |_| items.with(Vec::is_empty));
    let body = dynamic(move || {
        if !is_empty.get() {
            return items.with(|items| table(items));
        }
        match state.get() {
            State::Idle | State::Reading | State::Waiting(_) => view! { <Skeleton lines=5 /> }.into_any(),
            State::Complete => {
                view! { <Empty glyph=Glyph::LAYERS title=words::workspaces().empty_title text=words::workspaces().empty /> }.into_any()
            }
            _ => ().into_any(),
        }
    });
    let failure = dynamic(move || match state.get() {
        State::Failed(failure) => {
            let retry = move |()| workspaces.retry();
            Some(view! { <FailureNote explanation=explain(&failure) on_retry=retry /> })
        }
        _ => None,
    });
    view! {
        <div class="bar">
            <Heading text=words::common().workspaces.to_owned() />
        </div>
        {body}
        {failure}
        <When condition=Signal::derive(move || state.with(|state| *state == State::Repeated))>
            <p class="note" role="status">{words::workspaces().repeated}</p>
        </When>
    }
    .into_any()
}

fn table(items: &[Workspace]) -> AnyView {
    let rows: Vec<AnyView> = items.iter().map(row).collect();
    let column = |name: &'static str| view! { <th scope="col">{name}</th> };
    let columns = view! {
        {column(words::fields().name)}
        {column(words::workspaces().status)}
        {column(words::workspaces().description)}
        {column(words::fields().created)}
        <th scope="col"><span class="visually-hidden">{words::common().details}</span></th>
    };
    view! { <Table label=words::common().workspaces columns=columns.into_any() rows=rows.into_any() /> }.into_any()
}

fn row(workspace: &Workspace) -> AnyView {
    let id = &workspace.metadata.id;
    let name = if workspace.metadata.name.is_empty() {
        id.as_str()
    } else {
        &workspace.metadata.name
    }
    ;
    let name = shown(name).into_owned();
    let about = format!("{}: {name}", words::common().details);
    let created = workspace
        .metadata
        .created_at
        .map(|instant| view! { <Moment instant /> });
    view! {
        <tr class="workspace">
            <th scope="row" class="cell-name">
                <a href=Route::secrets(id).to_path()>{name}</a>
            </th>
            <td data-label=words::workspaces().status class="cell-text"><Status status=workspace.status.clone() /></td>
            <td data-label=words::workspaces().description class="cell-text">{workspace.spec.description.clone()}</td>
            <td data-label=words::fields().created class="cell-time">{created}</td>
            <td class="cell-actions">
                <a href=Route::Workspace(id.clone()).to_path() class="button button-quiet" aria-label=about>
                    {words::common().details}
                </a>
            </td>
        </tr>
    }
    .into_any()
}
