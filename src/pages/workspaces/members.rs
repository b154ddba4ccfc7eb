//! `/workspaces/{workspaceId}/members`.

use std::sync::Arc;

use contract::{Failure, ProfileId, Scope, WorkspaceId, WorkspaceMember, calls};
use leptos::prelude::*;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::reading::LIMIT;
use strongroom_core::model::actions::ActionId;
use strongroom_core::route::Route;

use crate::browser::tasks::memo;
use crate::api::session::use_session;
use crate::browser::{intl, tasks};
use crate::components::actions::offer_unless;
use crate::components::breadcrumbs::{Breadcrumbs, steps};
use crate::components::loaded::Loaded;
use crate::components::permission::{explained_reading_in, why_not_administer};
use crate::components::unreadable::unreadable_note;
use crate::pages::workspaces::add_member::AddMember;
use crate::pages::workspaces::remove_member::RemoveMember;
use crate::store::pages::{AllPages, read_all};
use crate::store::query::query;
use crate::store::workspaces::use_workspaces;
use crate::ui::button::{Button, IconButton, Rank};
use crate::ui::empty::Empty;
use crate::ui::erased::dynamic;
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;
use crate::ui::moment::Moment;
use crate::ui::table::Table;

/// The dialog on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asking {
    Nothing,
    Add,
    Remove(WorkspaceMember),
}

/// The members of a workspace.
#[component]
pub fn MembersPage(
    id: WorkspaceId,
) -> impl IntoView {
    let (session, workspaces) = (use_session(), use_workspaces());
    let wanted = id.clone();
    let members = query(
        move || wanted.clone(),
        move |id| async move { read_all(session, |cursor| calls::list_members(&id, LIMIT, cursor)).await },
    )
    .again_with_key(session);
    let state = members.state();
    tasks::follow(move || {
        state.with(|state| {
            let members = state.data.iter().flat_map(|all| &all.items);
            workspaces.remember_people(members.map(|member| (&member.profile_id, member.display_name())));
        });
    });
    let named = id.clone();
    let here = Route::Workspace(id.clone()).to_path();
    let trail = Signal::derive(move || {
        let mut trail = steps(&workspaces.name(&named), &named, false);
        trail.push((words::common().details.to_owned(), here.clone()));
        trail
    });
    let refusal = why_not_administer(Some(&id), Scope::WorkspacesManage);
    // The frame says what the workspace rejects.
    let reason = why_not_administer(None, Scope::WorkspacesManage);
    let asking = RwSignal::new(Asking::Nothing);
    offer_unless(refusal, ActionId::New, words::members().add, move || asking.set(Asking::Add));
    let own = memo(move |_| {
        session.state().with(|state| Some(state.connection()?.profile.as_ref()?.metadata.id.clone()))
    });
    let table = Arc::new(move |all: &AllPages<WorkspaceMember>| {
        let remove = Callback::new(move |member| asking.set(Asking::Remove(member)));
        view! { {count(all)} {table(&all.items, own, refusal, remove)} }.into_any()
    });
    let close = Callback::new(move |()| asking.set(Asking::Nothing));
    let changed = Callback::new(move |()| {
        asking.set(Asking::Nothing);
        members.reload();
    });
    let dialog_in = id.clone();
    let dialog = dynamic(move || match asking.get() {
        Asking::Nothing => ().into_any(),
        Asking::Add => {
            let present = state.with_untracked(|state| state.data.as_ref().map(|all| all.items.clone()));
            let present = present.unwrap_or_default();
            view! { <AddMember workspace=dialog_in.clone() present on_done=changed on_cancel=close /> }.into_any()
        }
        Asking::Remove(member) => {
            let is_self = own.with_untracked(|own| own.as_ref() == Some(&member.profile_id));
            view! { <RemoveMember workspace=dialog_in.clone() member is_self on_done=changed on_cancel=close /> }.into_any()
        }
    });
    let explain = Arc::new(move |failure: &Failure| explained_reading_in(&id, failure));
    view! {
        <Breadcrumbs steps=trail />
        <div class="bar">
            <Heading text=words::members().title.to_owned() />
            <div class="actions">
                <Button rank=Rank::Primary glyph=Glyph::PLUS refusal shortcut="n" on_click=move |_| asking.set(Asking::Add)>
                    {words::members().add}
                </Button>
            </div>
        </div>
        {dynamic(move || reason.get().map(|reason| view! { <p class="note note-warning">{reason}</p> }))}
        <Loaded remote=state explain on_retry=move |()| members.reload() children=table />
        {dialog}
    }
    .into_any()
}

fn count(all: &AllPages<WorkspaceMember>) -> AnyView {
    let count = all.items.len();
    let sentence = plural(count, words::members().count_one, words::members().count);
    let incomplete = (!all.is_complete).then(|| view! { <p class="note note-warning">{words::members().incomplete}</p> });
    view! {
        <p class="muted" role="status">{(count > 0).then(|| fill(sentence, &[("count", &intl::count(count))]))}</p>
        {incomplete}
        {unreadable_note(&all.unreadable)}
    }
    .into_any()
}

fn table(
    members: &[WorkspaceMember],
    own: Memo<Option<ProfileId>>,
    refusal: Signal<Option<String>>,
    remove: Callback<WorkspaceMember>,
) -> AnyView {
    if members.is_empty() {
        return view! { <Empty glyph=Glyph::PERSON title=words::members().empty_title text=words::members().empty /> }
            .into_any();
    }
    let row = |member: &WorkspaceMember| {
        let name = shown(member.display_name()).into_owned();
        let id = member.profile_id.clone();
        let you = dynamic(move || {
            let is_self = own.with(|own| own.as_ref() == Some(&id));
            is_self.then(|| view! { " "<span class="muted">"("{words::members().you}")"</span> })
        });
        let label = fill(words::members().remove_name, &[("name", &name)]);
        let removed = member.clone();
        view! {
            <tr class="member">
                <th scope="row" class="cell-name">{name}{you}</th>
                <td data-label=words::members().email class="cell-text">{shown(&member.email).into_owned()}</td>
                <td data-label=words::members().added class="cell-time">
                    {member.added_at.map(|instant| view! { <Moment instant /> })}
                </td>
                <td class="cell-actions">
                    <IconButton
                        glyph=Glyph::TRASH
                        label
                        refusal
                        on_click=move |()| remove.run(removed.clone())
                    />
                </td>
            </tr>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = members.iter().map(row).collect();
    let column = |name: &'static str| view! { <th scope="col">{name}</th> };
    let columns = view! {
        {column(words::fields().name)}
        {column(words::members().email)}
        {column(words::members().added)}
        <th scope="col"><span class="visually-hidden">{words::members().remove}</span></th>
    };
    view! { <Table label=words::members().title columns=columns.into_any() rows=rows.into_any() /> }.into_any()
}
