//! The dialog that adds a member, or invites one.

use std::sync::Arc;

use contract::calls::{self, ProfileQuery};
use contract::{Page, Profile, WorkspaceId, WorkspaceMember};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::people::{Person, Standing, offered};

use crate::api::session::use_session;
use crate::browser::pause::Pause;
use crate::browser::{page, tasks};
use crate::components::error_note::FailureNote;
use crate::components::messages::{explained_reading, profile};
use crate::components::unreadable::unreadable_note;
use crate::pages::workspaces::member_write::{is_busy, outcome};
use crate::store::query::query;
use crate::store::workspaces::use_workspaces;
use crate::store::writes::use_writes;
use crate::ui::button::{Button, SubmitButton};
use crate::ui::combobox::{Combobox, Find, Found, Typing};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{dynamic, handle_submit};

/// How many people are offered; typing finds the rest.
const MOST: u32 = 20;

/// The button that adds.
const SUBMIT: &str = ".dialog button[type='submit']";

/// Searches the people and keys of the account as the user types, and adds one of them. An unknown address is invited.
#[component]
pub fn AddMember(
    workspace: WorkspaceId,
    /// The members as loaded.
    present: Vec<WorkspaceMember>,
    #[prop(into)]
    on_done: Callback<()>,
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let typing = Typing::default();
    // What was typed when typing paused.
    let asked = RwSignal::new(String::new());
    let pause = Pause::until_unmount();
    let chosen = RwSignal::new(None::<Person>);
    tasks::follow(move || {
        let text = typing.text.get();
        if chosen.with_untracked(|chosen| chosen.as_ref().is_some_and(|person| person.name != text)) {
            chosen.set(None);
        }
        pause.then(move || {
            let text = text.trim();
            if asked.with_untracked(|asked| asked != text) {
                asked.set(text.to_owned());
            }
        });
    });
    let people = query(
        move || asked.get(),
        move |text| async move {
            if text.is_empty() {
                return Ok(Page {
                    items: Vec::new(),
                    unreadable: Vec::new(),
                    next_cursor: None,
                });
            }
            let query = ProfileQuery {
                text: Some(text),
                ..ProfileQuery::default()
            };
            session.send(calls::search_profiles(&query, MOST, None)).await
        },
    )
    .again_with_key(session);
    let state = people.state();
    let workspaces = use_workspaces();
    tasks::follow(move || {
        state.with(|state| {
            let people = state.data.iter().flat_map(|page| &page.items);
            workspaces.remember_people(people.map(|person| (&person.metadata.id, person.display_name())));
        });
    });
    let present = StoredValue::new(present);
    let offer = move |typed: &str| {
        let typed = typed.trim();
        // An answer to something else says nothing about the address.
        let is_answered = asked.with(|asked| asked == typed);
        let offer = |found: Option<&[Profile]>, is_complete: bool| {
            present.with_value(|present| offered(if is_answered { typed } else { "" }, found, is_complete, present))
        };
        state.with(|state| match (&state.data, &state.error) {
            (Some(page), _) => offer(Some(&page.items), page.unreadable.is_empty() && page.next_cursor.is_none()),
            (None, Some(_)) => offer(None, false),
            (None, None) => Vec::new(),
        })
    };
    let find: Find = Arc::new(move |typed: &str| {
        let people = offer(typed);
        let about = |person: &Person| state.with(|state| note(person, state.data.as_ref()));
        let found = people.iter().zip(0..).map(|(person, number)| Found {
            number,
            text: match person.standing {
                Standing::Invited => fill(words::members().invite, &[("email", &person.name)]),
                Standing::Known | Standing::Member | Standing::Unclear => person.name.clone(),
            },
            note: about(person),
            ..Found::default()
        });
        found.collect()
    });
    let choose = move |number: usize| {
        let typed = typing.text.get_untracked();
        let Some(person) = untrack(|| offer(&typed)).into_iter().nth(number) else { return };
        typing.text.set(person.name.clone());
        chosen.set(Some(person));
        request_animation_frame(|| page::focus_first(SUBMIT));
    };
    let watch = use_writes().watch::<()>();
    let is_busy = is_busy(watch);
    let refusal = Signal::derive(move || chosen.with(Option::is_none).then(|| words::members().choose.to_owned()));
    let added_to = workspace.clone();
    let add = handle_submit(move || {
        if let Some(person) = chosen.get_untracked().filter(|_| !is_busy.get_untracked()) {
            watch.add_member(added_to.clone(), person.member, person.name);
        }
    });
    let consequence = dynamic(move || chosen.with(|chosen| chosen.as_ref().map(consequence)));
    let search = dynamic(move || {
        state.with(|state| match (&state.data, &state.error) {
            (_, Some(failure)) => {
                let retry = move |()| people.reload();
                Some(view! { <FailureNote explanation=explained_reading(failure) on_retry=retry /> }.into_any())
            }
            (None, None) => Some(view! { <p class="muted" role="status">{words::members().searching}</p> }.into_any()),
            (Some(page), None) => {
                let more = page.next_cursor.is_some();
                let more = more.then(|| view! { <p class="muted">{words::members().search_more}</p> });
                Some(view! { {unreadable_note(&page.unreadable)} {more} }.into_any())
            }
        })
    });
    view! {
        <Dialog label=words::members().add id="add-member" on_cancel=on_cancel>
            <form class="form" on:submit=add novalidate>
                <p class="muted" id="person-hint">{words::members().search_hint}</p>
                <div class="person-search">
                    <Combobox
                        id="person"
                        label=words::members().search
                        list_label=words::members().people
                        find
                        on_choose=choose
                        typing
                        keys_id="person-hint"
                    />
                </div>
                {search}
                <p role="status">{consequence}</p>
                {outcome(watch, workspace, on_done)}
                <div class="actions">
                    <Button on_click=move |_| on_cancel.run(())>{words::common().cancel}</Button>
                    <SubmitButton is_busy refusal>
                        {dynamic(move || if is_busy.get() { words::members().adding } else { words::members().add })}
                    </SubmitButton>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// What is said of a person beside its name.
fn note(person: &Person, page: Option<&Page<Profile>>) -> String {
    match (person.standing, &person.member) {
        (Standing::Member, _) => words::members().is_member.to_owned(),
        (Standing::Invited, _) => words::members().invite_note.to_owned(),
        (_, calls::NewMember::ProfileId(id)) => {
            let found = page.and_then(|page| page.items.iter().find(|profile| profile.metadata.id == *id));
            found.map(|found| found.spec.email.clone().unwrap_or_else(|| profile(found))).unwrap_or_default()
        }
        (Standing::Known | Standing::Unclear, calls::NewMember::Email(_)) => String::new(),
    }
}

/// What adding a person means, said before it is sent.
fn consequence(person: &Person) -> String {
    let sentence = match person.standing {
        Standing::Known => words::members().will_add,
        Standing::Member => words::members().will_stay,
        Standing::Invited => words::members().will_invite,
        Standing::Unclear => words::members().may_invite,
    };
    fill(sentence, &[("name", &person.name), ("email", &person.name)])
}
