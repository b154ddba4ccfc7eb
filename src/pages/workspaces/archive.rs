//! The dialog that archives a workspace.

use std::sync::Arc;

use contract::calls::{self, AccountWorkspaceQuery};
use contract::{Failure, Kind, Scope, WorkspaceFields, WorkspaceInfo, WorkspaceStatus};
use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::foreign::is_same;
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::reading::LIMIT;
use strongroom_core::model::write_outcome::{Failed, WriteState};

use crate::browser::tasks::memo;
use crate::api::session::{State, use_session};
use crate::browser::{intl, page, tasks};
use crate::components::archive_request::ArchiveRequest;
use crate::components::error_note::FailureNote;
use crate::components::permission::{explained_in, why_not_administer};
use crate::components::unknown_outcome::UnknownOutcome;
use crate::store::pages::read_all;
use crate::store::query::query;
use crate::store::workspaces::use_workspaces;
use crate::store::writes::use_writes;
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{When, dynamic, handle_submit};
use crate::ui::field::TextField;

/// Says what an archive stops, asks for the name, and archives the workspace. The last active one is refused.
#[component]
pub fn ArchiveWorkspace(
    request: ArchiveRequest,
) -> impl IntoView {
    let session = use_session();
    // One dialog at a time: if the key has expired, connecting again comes first.
    let has_key = memo(move |_| session.state().with(|state| matches!(state, State::Connected(_))));
    let request = StoredValue::new(request);
    view! { <When condition=has_key>{move || ask(request.get_value())}</When> }.into_any()
}

fn ask(request: ArchiveRequest) -> AnyView {
    let ArchiveRequest {
        workspace,
        on_done,
        on_cancel,
    } = request;
    let id = workspace.metadata.id.clone();
    // A workspace without a name is called by its ID.
    let name = if workspace.metadata.name.is_empty() { id.to_string() } else { workspace.metadata.name.clone() };
    let watch = use_writes().watch::<WorkspaceFields>();
    let write = watch.state();
    tasks::follow(move || {
        if write.with(|write| matches!(write, Some(WriteState::Done(_)))) {
            on_done.run(());
        }
    });
    let is_busy = Signal::derive(move || write.with(|write| write.as_ref().is_some_and(WriteState::is_pending)));
    let typed = RwSignal::new(String::new());
    let wanted = name.clone();
    let administer = why_not_administer(Some(&id), Scope::WorkspacesManage);
    let others = other_active(&workspace.metadata.id);
    let refusal = Signal::derive(move || {
        let last = || match others.get() {
            Others::Some | Others::Unknown => None,
            Others::Looking => Some(words::archive().checking.to_owned()),
            Others::None => Some(words::archive().is_last.to_owned()),
        };
        let is_confirmed = typed.with(|typed| is_same(typed, &wanted));
        let unconfirmed = || (!is_confirmed).then(|| words::delete().name_differs.to_owned());
        administer.get().or_else(last).or_else(unconfirmed)
    });
    let (sent, sent_name) = (id.clone(), name.clone());
    let archive = Callback::new(move |()| {
        if refusal.with_untracked(Option::is_none) && !is_busy.get_untracked() {
            watch.archive(sent.clone(), sent_name.clone());
        }
    });
    let failure = dynamic(move || {
        let Some(WriteState::Failed(Failed::Refused(failure))) = write.get() else {
            return None;
        };
        let mut explanation: Explanation = explained_in(&id, &failure);
        if failure.kind() == Kind::Precondition {
            words::archive().refused_last.clone_into(&mut explanation.reason);
        }
        Some(view! { <FailureNote explanation /> })
    });
    let asking = memo(move |_| others.get().asking());
    let stops = StoredValue::new(effects(workspace.info.as_ref()));
    let question = dynamic(move || match asking.get() {
        Asking::Wait => view! { <p class="muted" role="status">{words::archive().checking}</p> }.into_any(),
        Asking::Explain => view! { <p class="note note-warning" role="alert">{words::archive().is_last}</p> }.into_any(),
        Asking::Ask => {
            let stops = stops.get_value().into_iter().map(|text| view! { <li>{text}</li> });
            view! {
                <p>{fill(words::archive().question, &[("name", &name)])}</p>
                <ul class="reasons">{stops.collect_view()}</ul>
            }
            .into_any()
        }
    });
    let field = dynamic(move || {
        (asking.get() == Asking::Ask).then(|| {
            // If it was looked for first, the dialog is open by now.
            request_animation_frame(|| page::focus_id("confirm-name"));
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
        })
    });
    view! {
        <Dialog label=words::archive().title id="archive-workspace" is_alert=true on_cancel=on_cancel>
            {question}
            <form class="form" on:submit=handle_submit(move || archive.run(())) novalidate>
                {field}
                {failure}
                <UnknownOutcome
                    write
                    words=WriteWords::archive()
                    on_look_again=move |()| watch.look_again()
                    actions=Arc::new(|_| ().into_any())
                />
                <div class="actions">
                    <Button on_click=move |_| on_cancel.run(())>{words::common().cancel}</Button>
                    <Button rank=Rank::Danger is_busy refusal on_click=move |_| archive.run(())>
                        {dynamic(move || if is_busy.get() { words::archive().archiving } else { words::workspaces().archive })}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// What an archive stops, with the totals that are known.
fn effects(info: Option<&WorkspaceInfo>) -> Vec<String> {
    let words = words::archive();
    let counted = |total: Option<u64>, one: &str, many: &str| {
        let count = total.and_then(|total| usize::try_from(total).ok()).filter(|count| *count > 0)?;
        Some(fill(plural(count, one, many), &[("count", &intl::count(count))]))
    };
    let mut effects = vec![words.stops_secrets.to_owned()];
    match info {
        Some(info) => {
            effects.extend(counted(info.total_agents, words.stops_agents_one, words.stops_agents));
            effects.extend(counted(info.total_available_tools, words.stops_tools_one, words.stops_tools));
            effects.extend(counted(info.total_memory_entries, words.stops_memory_one, words.stops_memory));
        }
        None => effects.push(words.stops_unknown.to_owned()),
    }
    effects
}

/// What the dialog does first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// It waits until it is known whether another workspace is active.
    Wait,
    /// It says why it can't be archived, and asks for nothing.
    Explain,
    /// It says what an archive stops, and asks for the name.
    Ask,
}

/// Whether another workspace of the account is active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    Looking,
    Some,
    None,
    /// It could not be looked up: the server decides.
    Unknown,
}

impl Others {
    #[must_use]
    pub fn asking(self) -> Asking {
        match self {
            Self::Looking => Asking::Wait,
            Self::None => Asking::Explain,
            Self::Some | Self::Unknown => Asking::Ask,
        }
    }
}

/// Looks among the loaded workspaces, and asks for all of the account only if none of those is active.
pub fn other_active(id: &contract::WorkspaceId) -> Signal<Others> {
    let (session, workspaces) = (use_session(), use_workspaces());
    let is_other_active = |workspace: &contract::Workspace, id: &contract::WorkspaceId| {
        workspace.status == WorkspaceStatus::Enabled && workspace.metadata.id != *id
    };
    if untrack(|| workspaces.all()).iter().any(|workspace| is_other_active(workspace, id)) {
        return Signal::stored(Others::Some);
    }
    let id = id.clone();
    let found = query(
        || (),
        move |()| {
            let id = id.clone();
            async move {
                let query = AccountWorkspaceQuery::default();
                let all = read_all(session, |cursor| calls::list_account_workspaces(&query, LIMIT, cursor)).await?;
                let is_any = all.items.iter().any(|workspace| is_other_active(workspace, &id));
                Ok::<bool, Failure>(is_any || !all.is_complete || !all.unreadable.is_empty())
            }
        },
    );
    let state = found.state();
    Signal::derive(move || {
        state.with(|state| match (&state.data, &state.error) {
            (Some(true), _) => Others::Some,
            (Some(false), _) => Others::None,
            (None, Some(_)) => Others::Unknown,
            (None, None) => Others::Looking,
        })
    })
}
