//! Saved views.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::route::{ListState, MOST_VIEWS, Route, Views};

use crate::components::copyable::copy;
use crate::browser::clipboard::use_clipboard;
use crate::browser::preferences::{self, Preference};
use crate::browser::{intl, page};
use crate::store::notices::use_notices;
use crate::pages::secrets::list::context::ListContext;
use crate::ui::button::{Button, IconButton};
use crate::ui::erased::{dynamic, handle_click, handle_submit};
use crate::ui::field::TextField;
use crate::ui::icon::Glyph;

/// Opens, copies and removes saved views, and saves the current one.
#[component]
pub fn SavedViews(
    context: ListContext,
    /// Called when a view was opened.
    #[prop(into)]
    on_chosen: Callback<()>,
) -> impl IntoView {
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let present = context.state.with_untracked(|state| state.view.clone());
    let name = RwSignal::new(present.unwrap_or_default());
    let problem = RwSignal::new(None::<String>);
    // A view is only listed as saved if the browser stored it.
    let keep = move |change: &dyn Fn(&mut Views) -> bool| {
        let mut changed = untrack(|| context.views());
        let wrong = if !change(&mut changed) {
            Some(fill(words::view().views_full, &[("count", &intl::count(MOST_VIEWS))]))
        } else if preferences::write(Preference::Views, &changed.to_text()) {
            context.views.set(changed.to_text());
            None
        } else {
            Some(words::view().not_kept.to_owned())
        };
        problem.set(wrong);
    };
    let save = handle_submit(move || {
        let wanted = name.with_untracked(|name| name.trim().to_owned());
        if wanted.is_empty() {
            problem.set(Some(words::view().name_required.to_owned()));
            request_animation_frame(page::focus_first_invalid);
            return;
        }
        let view = ListState {
            view: Some(wanted.clone()),
            columns: Some(context.columns.get_untracked()),
            density: Some(untrack(|| context.density())),
            ..context.state.get_untracked()
        };
        keep(&|views| views.put(view.clone()));
        if problem.with_untracked(Option::is_none) {
            notices.done(fill(words::view().saved, &[("name", &wanted)]));
        } else {
            request_animation_frame(page::focus_first_invalid);
        }
    });
    let address = move |view: ListState| {
        let route = context
            .workspace
            .with_value(|workspace| Route::Secrets(workspace.clone(), view));
        format!("{}{}", page::origin(), route.to_path())
    };
    let line = move |view: &ListState| {
        let (chosen, linked) = (view.clone(), view.clone());
        let name = view.view.clone().unwrap_or_default();
        let gone = name.clone();
        let go = handle_click(move |_| {
            context.change.run(chosen.clone());
            on_chosen.run(());
        });
        let link = move |()| copy(clipboard, notices, words::view().link, address(linked.clone()));
        let forget = move |()| {
            keep(&|views| {
                views.remove(&gone);
                true
            });
            // Its line is removed, and the focused button with it.
            request_animation_frame(|| page::focus_id("view-name"));
        };
        view! {
            <li class="line">
                <button type="button" class="button button-quiet line-main" on:click=go>{name.clone()}</button>
                <IconButton glyph=Glyph::COPY label=fill(words::view().copy_link, &[("name", &name)]) on_click=link />
                <IconButton glyph=Glyph::TRASH label=fill(words::view().forget, &[("name", &name)]) on_click=forget />
            </li>
        }
        .into_any()
    };
    let lines = dynamic(move || {
        let lines: Vec<AnyView> = context.views().all().iter().map(line).collect();
        if lines.is_empty() {
            view! { <p class="field-hint">{words::view().views_none}</p> }.into_any()
        } else {
            view! { <ul class="lines" aria-label=words::view().saved_views>{lines}</ul> }.into_any()
        }
    });
    view! {
        <section class="panel-part">
            <h2 class="field-label">{words::view().saved_views}</h2>
            {lines}
            <form class="line" on:submit=save novalidate>
                <TextField
                    id="view-name"
                    label=words::view().name
                    hint=words::view().hint
                    value=name
                    on_input=move |text| name.set(text)
                    error=problem
                />
                <Button on_click=move |_| page::submit("view-name")>{words::view().save}</Button>
            </form>
        </section>
    }
    .into_any()
}
