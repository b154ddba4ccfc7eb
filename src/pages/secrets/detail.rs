//! `/workspaces/{workspaceId}/secrets/{secretId}`: one secret.

use std::rc::Rc;
use std::sync::Arc;

use contract::{BUNDLE_LABEL, Failure, Labels, SecretId, Timestamp, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::foreign::{marked, shown};
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::query::label_word;
use strongroom_core::model::actions::ActionId;
use strongroom_core::model::reference_text::Spelling;
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::route::{ListState, ReferencesState, Route};

use crate::browser::tasks::memo;
use crate::browser::clipboard::use_clipboard;
use crate::browser::history::use_navigation;
use crate::browser::row_navigation::{self, RowMove};
use crate::browser::tasks;
use crate::components::actions::{offer, offer_unless};
use crate::components::breadcrumbs::{Breadcrumbs, list_address, steps};
use crate::components::copyable::{Copyable, copy, copy_reference};
use crate::components::delete_dialog::DeleteSecret;
use crate::components::loaded::Loaded;
use crate::components::messages::profile;
use crate::components::not_found::GoneOr;
use crate::components::people::creator;
use crate::components::permission::{explained_reading_in, why_not, why_not_send};
use crate::components::replace_request::use_replace_request;
use crate::components::uses::{UseView, Uses};
use crate::components::secret_value::{ReadableValue, WriteOnlyValue};
use crate::pages::secrets::api_snippets::{ReadingCall, ReferenceLines};
use crate::pages::secrets::opened::{OpenedSecret, open_secret};
use crate::store::loaded_secrets::use_shown_secret;
use crate::store::notices::use_notices;
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;
use crate::ui::button::{Button, IconButton, Rank};
use crate::ui::erased::{When, dynamic};
use crate::ui::portions::portions;
use crate::ui::facts::{Fact, Facts};
use crate::ui::heading::Heading;
use crate::ui::icon::{Glyph, icon};
use crate::ui::moment::ExactMoment;

/// The details of one secret, and the actions on it.
#[component]
pub fn SecretPage(
    workspace: WorkspaceId,
    id: SecretId,
) -> impl IntoView {
    let workspaces = use_workspaces();
    let navigation = use_navigation();
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let replacing = use_replace_request();
    let OpenedSecret { query: secret, known, name } = open_secret(&workspace, &id);
    let mut has_saved = false;
    tasks::follow(move || {
        replacing.track_saves();
        if std::mem::replace(&mut has_saved, true) {
            secret.reload();
        }
    });
    let state = secret.state();
    use_shown_secret().show(known.into());
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
        let list = list_address(&workspace);
        Some(view! {
            <DeleteSecret
                workspace
                secret
                on_done=move |()| {
                    // Close the dialog first, so that the Undo button can take the focus.
                    is_deleting.set(false);
                    navigation.redirect(&list);
                }
                on_cancel=move |()| is_deleting.set(false)
            />
        })
    });
    let asked = workspace.clone();
    let use_of = memo(move |_| {
        let last_use = state.with(|state| state.data.as_ref().map(|secret| secret.info.as_ref().map(|info| info.last_use())));
        Some(UseView::Secret {
            workspace: asked.clone(),
            name: known.get()?,
            last_use: last_use?,
        })
    });
    let where_used = dynamic(move || {
        let view = use_of.get()?;
        let all = Route::References(view.workspace().clone(), ReferencesState::default()).to_path();
        Some(view! {
            <section class="where-used" aria-labelledby="where-used">
                <div class="where-used-head">
                    <h2 id="where-used">{words::uses().title}</h2>
                    <a href=all>{words::uses().all}</a>
                </div>
                <Uses view />
            </section>
        })
    });
    let neighbours = neighbours(&workspace, &id);
    let subject = StoredValue::new((workspace.clone(), id));
    let replace = Callback::new(move |()| {
        let (workspace, id) = subject.get_value();
        replacing.open(workspace, id, name.get_untracked());
    });
    let copy_name = move || copy(clipboard, notices, words::fields().name, name.get_untracked());
    let shown = Arc::new(move |secret: &SecretFacts| {
        facts(&workspace, secret, &workspaces.name(&workspace), replace)
    });
    let explained_for = gone_from.clone();
    let explain = Arc::new(move |failure: &Failure| explained_reading_in(&explained_for, failure));
    view! {
        <Breadcrumbs steps=trail />
        <div class="secret">
            <div class="bar secret-head">
                <div class="secret-name">
                    <Heading text=Signal::derive(move || name.with(|name| marked(name).into_owned())) />
                    <When condition=Signal::derive(is_known)>
                        {
                            offer(ActionId::CopyName, words::list().copy_name, copy_name);
                            offer_reference(ActionId::CopyVariable, Spelling::Variable, name);
                            offer_reference(ActionId::CopyTemplate, Spelling::Template, name);
                        }
                        <IconButton
                            glyph=Glyph::COPY
                            label=words::list().copy_name
                            on_click=move |()| copy_name()
                        />
                    </When>
                </div>
                <div class="actions">
                    {neighbours}
                    <When condition=Signal::derive(is_known)>
                        {
                            let edit = edit.clone();
                            let go = edit.clone();
                            offer_unless(refusal, ActionId::Edit, words::common().edit, move || navigation.go(&go));
                            offer_unless(refusal, ActionId::ReplaceValue, words::value().replace, move || replace.run(()));
                            offer_unless(refusal, ActionId::Delete, words::common().delete, move || is_deleting.set(true));
                            view! {
                                <Button glyph=Glyph::PENCIL refusal=refusal shortcut="e" on_click=move |_| navigation.go(&edit)>{words::common().edit}</Button>
                            }
                        }
                        <Button rank=Rank::Quiet glyph=Glyph::TRASH refusal=refusal on_click=move |_| is_deleting.set(true)>
                            {words::common().delete}
                        </Button>
                    </When>
                </div>
            </div>
            <GoneOr workspace=gone_from state>
                <Loaded remote=state explain=Arc::clone(&explain) as _ on_retry=move |()| secret.reload() children=Arc::clone(&shown) as _ />
            </GoneOr>
            {where_used}
        </div>
        {dialog}
    }
    .into_any()
}

/// Offers to copy a reference to this secret.
fn offer_reference(action: ActionId, spelling: Spelling, name: Signal<String>) {
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let title = Signal::derive(move || fill(words::common().copy, &[("what", &spelling.of(&name.get()))]));
    offer(action, title, move || copy_reference(clipboard, notices, spelling, &name.get_untracked()));
}

/// Links to the secrets before and after this one, in the order on screen of the list that the user came from. None if
/// it was not in a list.
fn neighbours(workspace: &WorkspaceId, id: &SecretId) -> AnyView {
    let navigation = use_navigation();
    let Some((previous, next)) = use_secret_lists().neighbours(workspace, id) else {
        return ().into_any();
    };
    let address = |id: Option<SecretId>| id.map(|id| Route::Secret(workspace.clone(), id).to_path());
    let (previous, next) = (address(previous), address(next));
    let is_mounted = StoredValue::new(());
    let targets = (previous.clone(), next.clone());
    row_navigation::register(Rc::new(move |to| {
        // The view may be gone.
        is_mounted.try_get_value()?;
        let target = match to {
            RowMove::Next => targets.1.as_deref(),
            RowMove::Previous => targets.0.as_deref(),
            RowMove::First | RowMove::Last => None,
        };
        target.inspect(|address| navigation.go(address));
        Some(target.is_some())
    }));
    let link = |address: Option<String>, glyph, name: &'static str, key: &'static str| {
        address.map(|address| {
            view! {
                <a
                    class="button button-quiet button-icon tip tip-end"
                    href=address
                    aria-label=name
                    aria-keyshortcuts=key
                    data-tip=format!("{name} ({key})")
                >
                    {icon(glyph)}
                </a>
            }
        })
    };
    view! {
        {link(previous, Glyph::CHEVRON_LEFT, words::secret().previous, "k")}
        {link(next, Glyph::CHEVRON_RIGHT, words::secret().next, "j")}
    }
    .into_any()
}

fn facts(workspace: &WorkspaceId, secret: &SecretFacts, workspace_name: &str, on_replace: Callback<()>) -> AnyView {
    let metadata = secret.metadata.clone();
    let id = metadata.id.clone();
    let refusal = why_not_send(workspace);
    let value = if secret.is_readable {
        view! { <ReadableValue workspace=workspace.clone() id=id.clone() on_replace refusal /> }.into_any()
    } else {
        view! { <WriteOnlyValue on_replace refusal /> }.into_any()
    };
    // A bundle is shown once, as such.
    let mut labels = metadata.labels.clone();
    labels.remove(BUNDLE_LABEL);
    let labels = (!labels.is_empty()).then(|| {
        let chips = label_links(workspace, &labels);
        view! { <Fact name=words::fields().labels>{chips}</Fact> }
    });
    let bundle = metadata.bundle().map(str::to_owned);
    let banner = bundle.is_some().then(|| view! { <p class="note note-slim">{words::secret().bundle_meaning}</p> });
    let info = secret.info.clone();
    let profile_of_creator = info.as_ref().and_then(|info| info.created_by.as_ref());
    let creator_id = profile_of_creator.map(|profile| profile.metadata.id.clone()).or_else(|| metadata.profile_id.clone());
    let name_of_creator = profile_of_creator.map(profile);
    let last_used = info.as_ref().map(|info| match info.last_use() {
        Some(instant) => moment(instant),
        None => view! { <span class="muted">{words::fields().never}</span> }.into_any(),
    });
    let name = metadata.name.clone();
    let code = |text: String| view! { <code>{text}</code> }.into_any();
    let workspace_address = Route::Workspace(workspace.clone()).to_path();
    let (calling, workspace_name) = (workspace.clone(), workspace_name.to_owned());
    view! {
        {banner}
        <div class="secret-columns">
            <Facts is_stacked=true>
                <Fact name=words::fields().value>{value}</Fact>
                {labels}
                {fact(words::fields().external_id, copyable(words::fields().external_id, metadata.external_id.clone()))}
                <Fact name=words::secret().reference><ReferenceLines name /></Fact>
                <Fact name=words::secret().api_call><ReadingCall workspace=calling id /></Fact>
            </Facts>
            <div class="secret-side">
                <Facts is_stacked=true>
                    {fact(words::fields().last_used, last_used)}
                    {fact(words::fields().updated, metadata.updated_at.map(moment))}
                    {fact(words::fields().created, metadata.created_at.map(moment))}
                    {fact(words::fields().created_by, creator_id.map(|id| creator(id, name_of_creator)))}
                    {fact(words::fields().bundle, bundle.map(|bundle| code(marked(&bundle).into_owned())))}
                    {fact(words::fields().id, copyable(words::fields().id, Some(metadata.id.to_string())))}
                </Facts>
                <details class="request">
                    <summary>{words::secret().more}</summary>
                    <Facts is_stacked=true>
                        {fact(words::fields().name, Some(code(marked(&metadata.name).into_owned())))}
                        <Fact name=words::fields().workspace><a href=workspace_address>{workspace_name}</a></Fact>
                        {fact(words::fields().account, copyable(words::fields().account, Some(metadata.account_id)))}
                    </Facts>
                </details>
            </div>
        </div>
    }
    .into_any()
}

/// An entry, unless it is empty.
fn fact(name: &'static str, value: Option<AnyView>) -> AnyView {
    value.map(|value| view! { <Fact name>{value}</Fact> }).into_any()
}

/// Labels, each of which leads to the secrets that have it.
fn label_links(workspace: &WorkspaceId, labels: &Labels) -> AnyView {
    let labels: Vec<(String, String)> = labels.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    let workspace = workspace.clone();
    let link = move |(key, value): &(String, String)| {
        let search = label_word(key, value, false);
        let list = ListState {
            search,
            ..ListState::default()
        };
        let address = Route::Secrets(workspace.clone(), list).to_path();
        let value = (!value.is_empty()).then(|| format!("={}", shown(value)));
        view! { <a class="chip" href=address><span class="chip-key">{shown(key).into_owned()}</span>{value}</a> }.into_any()
    };
    let links = portions(labels.len(), move |index| labels.get(index).map(&link).into_any());
    view! { <span class="chips">{links}</span> }.into_any()
}

fn copyable(what: &'static str, text: Option<String>) -> Option<AnyView> {
    let text = text.filter(|text| !text.is_empty())?;
    Some(view! { <Copyable what text /> }.into_any())
}

fn moment(instant: Timestamp) -> AnyView {
    view! { <ExactMoment instant /> }.into_any()
}
