//! `/compare`: which secret is where.

use leptos::prelude::*;
use strongroom_core::compare::grid::Known;
use strongroom_core::compare::moves::Place;
use strongroom_core::compare::told;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::model::actions::ActionId;
use strongroom_core::route::{CompareBy, CompareShow, CompareState, FEWEST, Route};

use crate::browser::tasks::memo;
use crate::browser::history::use_navigation;
use crate::browser::{download, intl, page};
use crate::components::actions::{offer, offer_unless};
use crate::pages::compare::cell::{Open, Opened};
use crate::pages::compare::choice::{Choice, ReadingButtons};
use crate::pages::compare::comparison::Comparison;
use crate::pages::compare::grid::CompareGrid;
use crate::store::notices::use_notices;
use crate::ui::button::Button;
use crate::ui::choice::{Select, SelectOption};
use crate::ui::empty::Empty;
use crate::ui::erased::{dynamic, handle_event, moving_flag, moving_text, moving_word};
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;
use crate::ui::search_box::SearchBox;

/// The secrets of 2 to 12 workspaces side by side.
#[component]
pub fn ComparePage() -> impl IntoView {
    let navigation = use_navigation();
    let address = navigation.address();
    let state = memo(move |present: Option<&CompareState>| {
        address.with(|(path, query)| match Route::parse(path, query) {
            Route::Compare(query) => CompareState::parse(&query),
            _ => present.cloned().unwrap_or_default(),
        })
    });
    let comparison = Comparison::new(state.into());
    let change = Callback::new(move |next: CompareState| {
        navigation.replace(&Route::Compare(next.to_query()).to_path());
    });
    let opened = RwSignal::new(None::<Open>);
    let open = Callback::new(move |place: Place| {
        let joined = comparison.joined();
        let to = joined.with_untracked(|joined| {
            let column = place.column.checked_sub(1)?;
            let id = joined.only_secret(place.line, column)?;
            Some(Route::Secret(joined.ids.get(column)?.clone(), id).to_path())
        });
        match to {
            Some(address) => navigation.go(&address),
            None => opened.set(joined.with_untracked(|joined| Open::of(joined, place))),
        }
    });
    offer(ActionId::Search, words::compare().search, || page::focus_first(page::SEARCH));
    let is_enough = memo(move |_| state.with(|state| state.workspaces.len() >= FEWEST));
    let refusal = Signal::derive(move || {
        let is_empty = comparison.joined().with(|joined| joined.grid.is_empty());
        (is_empty || !is_enough.get()).then(|| words::compare().nothing_to_export.to_owned())
    });
    let notices = use_notices();
    let export = move || {
        let (csv, lines) = comparison.export();
        if download::save("compare.csv", "text/csv", &csv) {
            let sentence = plural(lines, words::compare().exported_one, words::compare().exported);
            notices.of_this_session().done(fill(sentence, &[("count", &intl::count(lines))]));
        }
    };
    offer_unless(refusal, ActionId::ExportComparison, words::compare().export, export);
    let body = dynamic(move || {
        if is_enough.get() {
            return view! { <Lines comparison change open /> }.into_any();
        }
        let text = match state.with(|state| state.workspaces.len()) {
            0 => words::compare().choose_first,
            _ => words::compare().choose_more,
        };
        view! { <Empty glyph=Glyph::LAYERS text /> }.into_any()
    });
    let show = move |next: Option<Open>| {
        if next.is_none() {
            // The line that had the focus may have been rendered again.
            request_animation_frame(|| page::focus_if_lost(".compare-grid [tabindex='0']"));
        }
        opened.set(next);
    };
    view! {
        <div class="bar">
            <Heading text=words::compare().title.to_owned() />
            <div class="actions"><Button refusal on_click=move |_| export()>{words::compare().export}</Button></div>
        </div>
        <Choice comparison on_change=change />
        {body}
        {dynamic(move || {
            let open = opened.get()?;
            Some(view! { <Opened comparison open on_open=show /> })
        })}
    }
    .into_any()
}

/// The filters, the status and the grid.
#[component]
fn Lines(comparison: Comparison, change: Callback<CompareState>, open: Callback<Place>) -> impl IntoView {
    let state = comparison.state();
    let joined = comparison.joined();
    let on_search = move |search: String| change.run(CompareState { search, ..state.get_untracked() });
    let status = memo(move |_| {
        let shown = comparison.lines.with(Vec::len);
        joined.with(|joined| {
            let mut told = vec![told::lines(shown, joined.grid.len(), intl::count)];
            if joined.known.iter().any(|known| known.is_pending()) {
                told.push(words::compare().still_loading.to_owned());
            } else if joined.known.iter().any(|known| *known != Known::Complete) {
                told.push(words::compare().left_out.to_owned());
            }
            told.join(" · ")
        })
    });
    let empty = memo(move |_| {
        let is_empty = comparison.lines.with(Vec::is_empty);
        let (is_pending, has_lines) = joined.with(|joined| {
            (joined.known.iter().any(|known| known.is_pending()), !joined.grid.is_empty())
        });
        match (is_empty, has_lines, is_pending) {
            (true, true, _) => Some(words::compare().no_lines),
            (true, false, false) => Some(words::compare().no_secrets),
            _ => None,
        }
    });
    let by = |by: CompareBy| SelectOption {
        value: by.as_str().to_owned(),
        text: match by {
            CompareBy::Name => words::compare().by_name,
            CompareBy::ExternalId => words::compare().by_external_id,
            CompareBy::Bundle => words::compare().by_bundle,
        }
        .to_owned(),
        language: None,
    };
    let choose_by = move |chosen: String| {
        let by = CompareBy::ALL.into_iter().find(|by| by.as_str() == chosen).unwrap_or_default();
        change.run(CompareState { by, ..state.get_untracked() });
    };
    view! {
        <div class="tools">
            <SearchBox
                label=words::compare().search
                hint=words::compare().search
                text=Signal::derive(move || state.with(|state| state.search.clone()))
                typed=comparison.typed
                on_search
            />
            <span class="compare-by">
                <span class="muted" aria-hidden="true">{words::compare().by}</span>
                <Select
                    id="compare-by"
                    label=words::compare().by
                    is_label_hidden=true
                    options=CompareBy::ALL.map(by).into()
                    chosen=Signal::derive(move || state.with(|state| state.by.as_str().to_owned()))
                    on_choose=choose_by
                />
            </span>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=moving_flag(move || comparison.has_use.get())
                    on:change=handle_event(move |event| comparison.has_use.set(event_target_checked(&event)))
                />
                <span>{words::fields().last_used}</span>
            </label>
        </div>
        <Filters comparison change />
        <p class="list-status">
            <span role="status" aria-label=words::compare().status>{dynamic(move || status.get())}</span>
            <ReadingButtons across=comparison.across() />
        </p>
        <CompareGrid comparison on_open=open />
        {dynamic(move || empty.get().map(|text| view! { <Empty glyph=Glyph::SEARCH text /> }))}
        <p class="muted compare-note"><span id="compare-keys">{words::compare().keys}</span>" "{words::compare().values}</p>
    }
    .into_any()
}

/// The filters as links, each with the number of its lines.
#[component]
fn Filters(comparison: Comparison, change: Callback<CompareState>) -> impl IntoView {
    let state = comparison.state();
    let joined = comparison.joined();
    let link = move |show: CompareShow, name: &'static str| {
        let (wanted, linked) = (show.clone(), show.clone());
        let count = memo(move |_| joined.with(|joined| joined.grid.count(joined.shown(&show), &joined.known)));
        let address = move || {
            let state = CompareState { show: linked.clone(), ..state.get() };
            Route::Compare(state.to_query()).to_path()
        };
        let is_on = moving_word(move || state.with(|state| state.show == wanted).then_some("true"));
        let text = move || [name, " ", &intl::count(count.get())].concat();
        view! {
            <li><a class="view-link" href=moving_text(address) aria-current=is_on>{dynamic(text)}</a></li>
        }
        .into_any()
    };
    // Not rendered for each page that comes in: it may have the focus.
    let workspaces = memo(move |_| {
        joined.with(|joined| {
            let option = |(id, name): (&contract::WorkspaceId, &String)| SelectOption {
                value: id.as_str().to_owned(),
                text: name.clone(),
                language: None,
            };
            joined.ids.iter().zip(&joined.names).map(option).collect::<Vec<_>>()
        })
    });
    let only = dynamic(move || {
        let any = SelectOption { text: words::compare().only_any.to_owned(), ..SelectOption::default() };
        let options = std::iter::once(any).chain(workspaces.get()).collect::<Vec<_>>();
        let chosen = Signal::derive(move || state.with(|state| match &state.show {
            CompareShow::Only(id) => id.as_str().to_owned(),
            _ => String::new(),
        }));
        let choose = move |id: String| {
            let show = contract::WorkspaceId::parse(id).map_or(CompareShow::All, CompareShow::Only);
            change.run(CompareState { show, ..state.get_untracked() });
        };
        view! {
            <Select id="compare-only" label=words::compare().only is_label_hidden=true options chosen on_choose=choose />
        }
    });
    view! {
        <div class="compare-filters">
            <ul class="views" aria-label=words::compare().show>
                {link(CompareShow::All, words::compare().show_all)}
                {link(CompareShow::Missing, words::compare().show_missing)}
                {link(CompareShow::Differs, words::compare().show_differs)}
            </ul>
            <span class="compare-by"><span class="muted" aria-hidden="true">{words::compare().only}</span>{only}</span>
        </div>
    }
    .into_any()
}
