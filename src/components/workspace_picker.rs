//! A choice of workspaces, for views across several.

use contract::{Workspace, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, words};

use crate::browser::{intl, page, popover};
use crate::components::workspace_status::status_badge;
use crate::store::workspaces::use_workspaces;
use crate::ui::erased::{dynamic, handle_event, moving_flag};
use crate::ui::icon::{Glyph, icon};

/// The id of the panel.
const PANEL: &str = "workspace-picker";

/// A button with a panel of checkboxes: all workspaces, or some of them.
#[component]
pub fn WorkspacePicker(
    /// The chosen workspaces; none are all.
    chosen: Signal<Vec<WorkspaceId>>,
    /// Called with another choice.
    #[prop(into)]
    on_change: Callback<Vec<WorkspaceId>>,
) -> impl IntoView {
    let workspaces = use_workspaces();
    let text = move || {
        let chosen = chosen.with(Vec::len);
        if chosen == 0 {
            return words::across().choose_all.to_owned();
        }
        let all = workspaces.known().with(|known| known.items.len());
        fill(words::across().chosen, &[("count", &intl::count(chosen)), ("all", &intl::count(all.max(chosen)))])
    };
    let line = move |id: WorkspaceId, name: &str| {
        let badge = status_badge(&id);
        let (own, set) = (id.clone(), id);
        let is_checked = moving_flag(move || chosen.with(|chosen| chosen.contains(&own)));
        let on_change = handle_event(move |event| {
            let mut next = chosen.get_untracked();
            next.retain(|known| *known != set);
            if event_target_checked(&event) {
                next.push(set.clone());
            }
            let all = untrack(|| workspaces.all());
            next.sort_by_key(|id| all.iter().position(|it| it.metadata.id == *id).unwrap_or(usize::MAX));
            on_change.run(next);
        });
        view! {
            <li>
                <label class="check">
                    <input type="checkbox" prop:checked=is_checked on:change=on_change />
                    <span>{shown(name).into_owned()}</span>
                    {badge}
                </label>
            </li>
        }
        .into_any()
    };
    let lines = dynamic(move || {
        let facts = |it: Workspace| (it.metadata.id, it.metadata.name);
        let mut all: Vec<(WorkspaceId, String)> = workspaces.all().into_iter().map(facts).collect();
        // Those of the address that are not among them can be taken out.
        for id in chosen.get_untracked() {
            if all.iter().all(|(known, _)| *known != id) {
                let name = workspaces.name(&id);
                all.push((id, name));
            }
        }
        let lines = all.into_iter().map(|(id, name)| {
            let name = if name.is_empty() { id.to_string() } else { name };
            line(id, &name)
        });
        lines.collect::<Vec<_>>()
    });
    let all = {
        let is_all = moving_flag(move || chosen.with(Vec::is_empty));
        let on_all = handle_event(move |event| {
            // Without a choice there is nothing else to turn on.
            if event_target_checked(&event) {
                on_change.run(Vec::new());
            } else {
                event_target::<web_sys::HtmlInputElement>(&event).set_checked(true);
            }
        });
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=is_all on:change=on_all />
                <span>{words::across().choose_all}</span>
            </label>
        }
    };
    let on_toggle = handle_event(|_| {
        if popover::is_open(PANEL) {
            request_animation_frame(|| page::focus_first("#workspace-picker input"));
        }
    });
    view! {
        <span class="workspace-picker">
            <button type="button" class="button" aria-haspopup="dialog" popovertarget=PANEL>
                {icon(Glyph::LAYERS)}
                <span>{dynamic(text)}</span>
                {icon(Glyph::CHEVRONS)}
            </button>
        </span>
        <div
            class="popover popover-start workspace-picker-popover"
            id=PANEL
            popover="auto"
            role="dialog"
            aria-label=words::across().choose
            on:toggle=on_toggle
        >
            {all}
            <ul class="workspace-picker-list" aria-label=words::across().choose>{lines}</ul>
        </div>
    }
    .into_any()
}
