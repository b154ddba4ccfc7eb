//! Answers where secrets are used: on a secret's page, before a delete and before a rename.

use contract::{Timestamp, ToolSetId};
use leptos::prelude::*;
use strongroom_core::i18n::foreign::marked;
use strongroom_core::i18n::{fill, words};
use strongroom_core::references::index::{Place, Use};
use strongroom_core::references::told;

use crate::browser::tasks::memo;
use crate::api::session::{State as SessionState, use_session};
use crate::browser::clipboard::use_clipboard;
use crate::browser::{intl, tasks};
use crate::components::copyable::copy;
use crate::components::error_note::FailureNote;
use crate::components::permission::explained_reading_in;
use crate::components::uses::UseView;
use crate::pages::references::status::ReadingStatus;
use crate::store::notices::use_notices;
use crate::store::references::{Agents, Progress, WorkspaceReferences, use_references};
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::Button;
use crate::ui::erased::dynamic;
use crate::ui::icon::Glyph;
use crate::ui::moment::Moment;

/// The answer. Starts reading if nothing was read yet: it is shown because the user asked.
#[component]
pub fn UsesOf(view: UseView) -> impl IntoView {
    let references = use_references().of(view.workspace());
    if !references.progress().with_untracked(Progress::is_begun) {
        references.read(false);
    }
    let answer = match view {
        UseView::Secret { name, last_use, .. } => of_secret(references, name, last_use),
        UseView::Delete { names, .. } => before_delete(references, names),
        UseView::Rename { from, to, .. } => before_rename(references, from, to),
    };
    view! {
        <div class="uses">
            <ReadingStatus references read=words::references().read_again />
            {answer}
        </div>
    }
    .into_any()
}

/// All tool sets that refer to a secret, with the agents behind them.
fn of_secret(references: WorkspaceReferences, name: String, last_use: Option<Option<Timestamp>>) -> AnyView {
    let uses = uses_of(references, name.clone());
    let progress = references.progress();
    let session = use_session();
    let has_key = memo(move |_| session.state().with(|state| matches!(state, SessionState::Connected(_))));
    tasks::follow(move || {
        // After the reading, which needs the server more; with a new key again, where the former one was refused.
        if has_key.get() && !progress.with(Progress::is_reading) {
            references.read_agents(uses.with(|uses| uses.iter().map(|found| found.set.clone()).collect::<Vec<_>>()));
        }
    });
    let last_use = last_use.map(|last_use| {
        let moment = match last_use {
            Some(instant) => view! { <Moment instant /> }.into_any(),
            None => view! { <span class="muted">{words::fields().never}</span> }.into_any(),
        };
        view! { <p class="uses-last">{words::fields().last_used}": "{moment}</p> }
    });
    // One message, however many tool sets it is about: mostly it is the same for all.
    let failed = memo(move |_| {
        references.agents().with(|agents| {
            let mut failed = Vec::new();
            let mut first = None;
            for found in uses.get() {
                if let Some(Agents::Failed(failure)) = agents.get(&found.set) {
                    first.get_or_insert_with(|| failure.clone());
                    failed.push(found.set);
                }
            }
            first.map(|failure| (failure, failed))
        })
    });
    let failed = dynamic(move || {
        let (failure, sets) = failed.get()?;
        let explanation = explained_reading_in(&references.workspace(), &failure);
        let retry = move |()| references.read_agents(sets.clone());
        Some(view! { <FailureNote explanation on_retry=retry /> })
    });
    let found = dynamic(move || {
        let all = uses.get();
        let summary = told::uses_of(&name, &all, progress.with(Progress::is_complete), intl::count);
        let items: Vec<AnyView> = all.into_iter().map(|found| set_item(references, found)).collect();
        let list = (!items.is_empty()).then(|| view! { <ul class="use-list" aria-label=words::references().title>{items}</ul> });
        view! {
            <p class="uses-summary">{summary}</p>
            {list}
        }
    });
    view! {
        {last_use}
        {failed}
        {found}
        <p class="field-hint">{words::references().limits}</p>
    }
    .into_any()
}

fn uses_of(references: WorkspaceReferences, name: String) -> Memo<Vec<Use>> {
    memo(move |_| references.index().with(|index| index.uses_of(&name)))
}

fn set_item(references: WorkspaceReferences, found: Use) -> AnyView {
    let set = found.set.clone();
    view! {
        <li class="use">
            <div class="use-head">{set_name(&found)}</div>
            {places(&found.places)}
            {found.is_shadowed.then(|| view! { <p class="field-hint">{words::references().shadowed_meaning}</p> })}
            {agents_of(references, set)}
        </li>
    }
    .into_any()
}

/// The name of a tool set and what is special about it.
pub fn set_name(found: &Use) -> AnyView {
    view! {
        <bdi class="use-name">{marked(&found.name).into_owned()}</bdi>
        {found.is_shadowed.then(|| view! { <Badge tone=Tone::Warning text=words::references().shadowed /> })}
        {found.is_archived.then(|| view! { <Badge text=words::references().archived /> })}
    }
    .into_any()
}

/// The references of a tool set, each with its field and the text around it.
pub fn places(places: &[Place]) -> AnyView {
    let item = |place: &Place| {
        let excerpt = &place.hit.excerpt;
        // Spaces beside the reference are no oddity of its name.
        let text = |text: &str| {
            let inner = text.trim_matches(' ');
            text.replacen(inner, &marked(inner), 1)
        };
        view! {
            <li>
                <span class="use-where">{told::place(place)}</span>
                " "
                <code class="use-text">
                    {text(&excerpt.before)}<mark>{text(&excerpt.reference)}</mark>{text(&excerpt.after)}
                </code>
            </li>
        }
        .into_any()
    };
    let items: Vec<AnyView> = places.iter().map(item).collect();
    view! { <ul class="use-places">{items}</ul> }.into_any()
}

/// The agents that use a tool set.
fn agents_of(references: WorkspaceReferences, set: ToolSetId) -> AnyView {
    let agents = memo(move |_| references.agents().with(|agents| agents.get(&set).cloned()));
    dynamic(move || {
        let text = match agents.get()? {
            Agents::Reading => words::references().agents_reading.to_owned(),
            Agents::Read(agents) if agents.is_empty() => words::references().agents_none.to_owned(),
            Agents::Read(agents) => {
                let one = |(agent, variation): &(String, String)| {
                    if variation.is_empty() { agent.clone() } else { format!("{agent} ({variation})") }
                };
                let all: Vec<String> = agents.iter().map(one).collect();
                fill(words::references().agents, &[("agents", &all.join(", "))])
            }
            Agents::Failed(_) => words::references().agents_failed.to_owned(),
        };
        Some(view! { <p class="use-agents muted">{text}</p> }.into_any())
    })
}

/// What refers to the secrets that are to be deleted.
fn before_delete(references: WorkspaceReferences, names: Vec<String>) -> AnyView {
    let progress = references.progress();
    dynamic(move || {
        let is_complete = progress.with(Progress::is_complete);
        if let [name] = names.as_slice() {
            let uses = references.index().with(|index| index.uses_of(name));
            let told = told::uses_of(name, &uses, is_complete, intl::count);
            return view! { <p class="uses-summary">{told}</p> {short_list(uses.iter().map(set_name))} }.into_any();
        }
        let (used, told) = references.index().with(|index| told::deletes(index, &names, is_complete, intl::count));
        view! { <p class="uses-summary">{told}</p> {short_list(used.into_iter().map(IntoAny::into_any))} }.into_any()
    })
}

/// The first ones, and how many more there are.
fn short_list(all: impl ExactSizeIterator<Item = AnyView>) -> Option<AnyView> {
    const SHOWN: usize = 5;
    let more = all.len().saturating_sub(SHOWN);
    let items: Vec<AnyView> = all.take(SHOWN).map(|item| view! { <li>{item}</li> }.into_any()).collect();
    let more = (more > 0).then(|| view! { <li>{fill(words::references().more, &[("count", &intl::count(more))])}</li> });
    (!items.is_empty()).then(|| view! { <ul class="reasons">{items}{more}</ul> }.into_any())
}

/// The references that break when a secret gets another name, to copy as a list.
fn before_rename(references: WorkspaceReferences, from: String, to: String) -> AnyView {
    let (clipboard, notices) = (use_clipboard(), use_notices());
    let progress = references.progress();
    let uses = uses_of(references, from.clone());
    dynamic(move || {
        let breaking = told::breaking(uses.get(), &to);
        let sentence = told::breaks(&from, &breaking, progress.with(Progress::is_complete), intl::count);
        let words = words::references();
        let list = (!breaking.is_empty()).then(|| {
            let text = told::list(&breaking);
            let items: Vec<AnyView> = breaking
                .iter()
                .map(|found| view! { <li class="use"><div class="use-head">{set_name(found)}</div>{places(&found.places)}</li> }.into_any())
                .collect();
            let copy = move |_| copy(clipboard, notices, words.title, text.clone());
            view! {
                <ul class="use-list" aria-label=words.title>{items}</ul>
                <Button glyph=Glyph::COPY on_click=copy>{words.copy_list}</Button>
            }
        });
        view! {
            <p class="uses-summary">{sentence}</p>
            {list}
        }
    })
}
