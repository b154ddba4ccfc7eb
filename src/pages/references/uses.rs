//! Answers where secrets are used: on a secret's page, before a delete and before a rename.

use contract::{Timestamp, ToolSetId};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::references::fields::Field;
use strongroom_core::references::index::{Place, Use};
use strongroom_core::references::scan::refers_to;

use crate::browser::clipboard::use_clipboard;
use crate::browser::{intl, tasks};
use crate::components::copyable::copy;
use crate::components::error_note::FailureNote;
use crate::components::messages::explained_reading;
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
            <ReadingStatus references />
            {answer}
        </div>
    }
    .into_any()
}

/// All tool sets that refer to a secret, with the agents behind them.
fn of_secret(references: WorkspaceReferences, name: String, last_use: Option<Option<Timestamp>>) -> AnyView {
    let uses = uses_of(references, name.clone());
    let progress = references.progress();
    tasks::follow(move || {
        // After the reading, which needs the server more.
        if !progress.with(Progress::is_reading) {
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
    let found = dynamic(move || {
        let all = uses.get();
        let summary = summary(&name, &all, progress.with(Progress::is_complete));
        let items: Vec<AnyView> = all.into_iter().map(|found| set_item(references, found)).collect();
        let list = (!items.is_empty()).then(|| view! { <ul class="use-list" aria-label=words::references().title>{items}</ul> });
        view! {
            <p class="uses-summary">{summary}</p>
            {list}
        }
    });
    view! {
        {last_use}
        {found}
        <p class="field-hint">{words::references().limits}</p>
    }
    .into_any()
}

fn uses_of(references: WorkspaceReferences, name: String) -> Memo<Vec<Use>> {
    Memo::new(move |_| references.index().with(|index| index.uses_of(&name)))
}

/// How many tool sets refer to a secret, as far as is known.
fn summary(name: &str, uses: &[Use], is_complete: bool) -> String {
    let words = words::references();
    let count = uses.len();
    let sentence = match (count, is_complete) {
        (0, true) => words.nothing_refers,
        (0, false) => words.nothing_yet,
        _ => plural(count, words.refers_one, words.refers),
    };
    let mut summary = fill(sentence, &[("name", name), ("count", &intl::count(count))]);
    let shadowed = uses.iter().filter(|found| found.is_shadowed).count();
    if shadowed > 0 {
        let sentence = plural(shadowed, words.of_these_shadowed_one, words.of_these_shadowed);
        summary.push(' ');
        summary.push_str(&fill(sentence, &[("count", &intl::count(shadowed))]));
    }
    summary
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
        <bdi class="use-name">{found.name.clone()}</bdi>
        {found.is_shadowed.then(|| view! { <Badge tone=Tone::Warning text=words::references().shadowed /> })}
        {found.is_archived.then(|| view! { <Badge text=words::references().archived /> })}
    }
    .into_any()
}

/// The references of a tool set, each with its field and the text around it.
pub fn places(places: &[Place]) -> AnyView {
    let item = |place: &Place| {
        let excerpt = place.hit.excerpt.clone();
        view! {
            <li>
                <span class="use-where">{place_name(place)}</span>
                " "
                <code class="use-text">
                    {excerpt.before}<mark>{excerpt.reference}</mark>{excerpt.after}
                </code>
            </li>
        }
        .into_any()
    };
    let items: Vec<AnyView> = places.iter().map(item).collect();
    view! { <ul class="use-places">{items}</ul> }.into_any()
}

/// `Tool create_refund · Header Authorization`.
fn place_name(place: &Place) -> String {
    let words = words::references();
    let field = match &place.hit.field {
        Field::Url => words.field_url.to_owned(),
        Field::BaseUrl => words.field_base_url.to_owned(),
        Field::Header(name) => fill(words.field_header, &[("name", name)]),
        Field::Path => words.field_path.to_owned(),
        Field::Query => words.field_query.to_owned(),
        Field::Body => words.field_body.to_owned(),
    };
    match &place.tool {
        Some(tool) => format!("{} · {field}", fill(words.of_tool, &[("name", tool)])),
        None => field,
    }
}

/// The agents that use a tool set.
fn agents_of(references: WorkspaceReferences, set: ToolSetId) -> AnyView {
    let asked = set.clone();
    let agents = Memo::new(move |_| references.agents().with(|agents| agents.get(&set).cloned()));
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
            Agents::Failed(failure) => {
                let set = asked.clone();
                let retry = move |()| references.read_agents([set.clone()]);
                return Some(view! { <FailureNote explanation=explained_reading(&failure) on_retry=retry /> }.into_any());
            }
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
            return view! {
                <p class="uses-summary">{summary(name, &uses, is_complete)}</p>
                {short_list(&uses)}
            }
            .into_any();
        }
        let count = |name: &&String| references.index().with(|index| index.count_of(name).sets > 0);
        let used = names.iter().filter(count).count();
        let counts = [("used", &*intl::count(used)), ("all", &*intl::count(names.len()))];
        view! { <p class="uses-summary">{fill(words::references().delete_many, &counts)}</p> }.into_any()
    })
}

/// The names of the first tool sets.
fn short_list(uses: &[Use]) -> Option<AnyView> {
    const SHOWN: usize = 5;
    let items: Vec<AnyView> = uses.iter().take(SHOWN).map(|found| view! { <li>{set_name(found)}</li> }.into_any()).collect();
    let more = uses.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| view! { <li>{fill(words::references().more, &[("count", &intl::count(more))])}</li> });
    (!uses.is_empty()).then(|| view! { <ul class="reasons">{items}{more}</ul> }.into_any())
}

/// The references that break when a secret gets another name, to copy as a list.
fn before_rename(references: WorkspaceReferences, from: String, to: String) -> AnyView {
    let (clipboard, notices) = (use_clipboard(), use_notices());
    let progress = references.progress();
    let uses = uses_of(references, from.clone());
    dynamic(move || {
        // One that means the new name as well goes on working, as does one that means the tool set's own secret.
        let mut breaking = uses.get();
        breaking.retain(|found| !found.is_shadowed);
        for found in &mut breaking {
            found.places.retain(|place| !refers_to(&place.hit.name, &to));
        }
        breaking.retain(|found| !found.places.is_empty());
        let count: usize = breaking.iter().map(|found| found.places.len()).sum();
        let words = words::references();
        let sentence = match (count, progress.with(Progress::is_complete)) {
            (0, true) => words.breaks_none,
            (0, false) => words.nothing_yet,
            _ => plural(count, words.breaks_one, words.breaks),
        };
        let sentence = fill(sentence, &[("count", &intl::count(count)), ("name", &from)]);
        let list = (count > 0).then(|| {
            let text = as_text(&breaking);
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

/// One line for each reference: tool set, place, masked text.
fn as_text(uses: &[Use]) -> String {
    let mut lines = Vec::new();
    for found in uses {
        for place in &found.places {
            lines.push(format!("{} · {}: {}", found.name, place_name(place), place.hit.excerpt.text()));
        }
    }
    lines.join("\n")
}
