//! `/workspaces/{workspaceId}/overview` and `/overview`.

use contract::WorkspaceId;
use leptos::prelude::*;
use site::LastUsed;
use strongroom_core::i18n::failure::explain;
use strongroom_core::i18n::words;
use strongroom_core::list::reading::State;
use strongroom_core::model::actions::ActionId;
use strongroom_core::overview::figures::Topic;

use crate::browser::tasks::memo;
use crate::api::config::use_last_used;
use crate::browser::clock::use_clock;
use crate::browser::storage::Storage;
use crate::browser::tasks;
use crate::components::actions::offer;
use crate::components::breadcrumbs::{Tab, WorkspaceTabs};
use crate::components::error_note::FailureNote;
use crate::components::permission::why_not_read;
use crate::pages::overview::analysis::{analyse, pictures, total};
use crate::pages::overview::basis::{Basis, basis};
use crate::pages::overview::figure::figure;
use crate::pages::overview::findings::findings;
use crate::pages::overview::muting::Muting;
use crate::pages::overview::place::Place;
use crate::pages::overview::workspaces;
use crate::store::across::{Progress, use_across_with};
use crate::store::references::use_references;
use crate::store::secret_list::SecretList;
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;
use crate::ui::empty::Empty;
use crate::ui::erased::{When, dynamic};
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;
use crate::ui::skeleton::Skeleton;

const TOPICS: [Topic; 5] = [Topic::LastUse, Topic::Age, Topic::Label, Topic::Creator, Topic::Bundle];

/// What is in the place of pictures and findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Loading,
    /// No secrets, or no workspaces.
    Empty,
    /// Nothing could be read; why is said above.
    Nothing,
    Full,
}

/// What the secrets of a workspace, or of all of them, are like.
#[component]
pub fn OverviewPage(
    /// The workspace; `None` for all.
    workspace: Option<WorkspaceId>,
) -> impl IntoView {
    let is_of_all = workspace.is_none();
    let lists = use_secret_lists();
    let is_costly = use_last_used() == LastUsed::OnDemand || lists.is_info_limited().get_untracked();
    let wants_use = RwSignal::new(!is_costly);
    let chosen = workspace.clone().map(|id| vec![id]);
    let across = use_across_with(Signal::stored(chosen), wants_use.into());
    let readings = Signal::from(across.readings());
    let references = use_references();
    let muting = Muting::new(Storage::of_browser());
    let analysed = analyse(readings, references, use_clock());
    let basis_of = Basis {
        across,
        readings,
        analysed,
        references,
        wants_use,
        is_of_all,
        refusal: workspace.as_ref().map_or_else(|| Signal::stored(None), why_not_read),
    };
    tasks::follow(move || {
        // Asked for here: a list that waits for the rate limit does not go on without it.
        let lists = readings.with(|readings| readings.iter().filter_map(|one| one.list).collect::<Vec<_>>());
        lists.into_iter().for_each(|list| list.set_info_optional(false));
    });
    offer(ActionId::Refresh, words::overview().refresh, move || {
        let lists = readings.with_untracked(|readings| readings.iter().filter_map(|one| one.list).collect::<Vec<_>>());
        lists.into_iter().for_each(SecretList::refresh);
    });
    let place = StoredValue::new(Place(workspace.clone()));
    let figures = memo(move |_| analysed.with(|analysed| pictures(analysed)));
    let known = use_workspaces().known();
    let content = memo(move |_| {
        if analysed.with(|analysed| total(analysed)) > 0 {
            return Content::Full;
        }
        let is_listing = is_of_all && known.with(|known| matches!(known.state, State::Idle | State::Reading | State::Waiting(_)));
        let (is_under_way, is_complete) = readings.with(|readings| {
            let is_under_way = readings.iter().any(|one| one.progress.with(Progress::is_under_way));
            (is_under_way, readings.iter().all(|one| one.progress.with(Progress::is_complete)))
        });
        let has_failed = is_of_all && known.with(|known| matches!(known.state, State::Failed(_)));
        match (is_listing || is_under_way, is_complete && !has_failed) {
            (true, _) => Content::Loading,
            (false, true) => Content::Empty,
            (false, false) => Content::Nothing,
        }
    });
    let body = dynamic(move || match content.get() {
        Content::Loading => view! { <Skeleton lines=6 /> }.into_any(),
        Content::Empty => {
            let words = words::overview();
            view! { <Empty glyph=Glyph::KEY title=words.no_secrets_title text=words.no_secrets /> }.into_any()
        }
        Content::Nothing => ().into_any(),
        Content::Full => {
            let figures: Vec<AnyView> = TOPICS.into_iter().map(|topic| figure(topic, figures, place)).collect();
            view! {
                <div class="figures">{figures}</div>
                {findings(analysed, muting, place)}
            }
            .into_any()
        }
    });
    let tabs = workspace.map(|workspace| view! { <div class="actions"><WorkspaceTabs workspace current=Tab::Overview /></div> });
    let listing = dynamic(move || {
        let failure = known.with(|known| match &known.state {
            State::Failed(failure) if is_of_all => Some(failure.clone()),
            _ => None,
        })?;
        let retry = move |()| use_workspaces().retry();
        Some(view! { <FailureNote explanation=explain(&failure) on_retry=retry /> })
    });
    let has_any = memo(move |_| readings.with(|readings| !readings.is_empty()));
    view! {
        <div class="bar">
            <Heading text=words::overview().title.to_owned() />
            {tabs}
        </div>
        {listing}
        <When condition=has_any>{basis(basis_of)}</When>
        {workspaces::failures(basis_of)}
        {body}
        <When condition=Signal::derive(move || is_of_all && has_any.get())>{workspaces::table(basis_of, muting)}</When>
    }
    .into_any()
}
