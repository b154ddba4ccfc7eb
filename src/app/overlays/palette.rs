//! The command palette: go to any view and run any action by typing part of its name.

use std::sync::Arc;

use contract::Workspace;
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::actions::ActionId;
use strongroom_core::model::palette::{Group, rank};
use strongroom_core::model::shortcuts;
use strongroom_core::route::Route;

use crate::browser::history::use_navigation;
use crate::browser::preferences;
use crate::components::actions::{Offer, use_actions};
use crate::store::loaded_secrets::{FoundSecret, use_loaded_secrets};
use crate::store::workspaces::use_workspaces;
use crate::ui::combobox::{Combobox, Find, Found};
use crate::ui::dialog::Dialog;

/// The maximum number of lines on screen; typing finds the rest.
const LIMIT: usize = 50;
/// The most recently used lines that come first.
const RECENT_LIMIT: usize = 5;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Go(Route),
    Run(ActionId),
}

/// A line of the palette.
#[derive(Debug, Clone)]
pub struct Line {
    group: Group,
    name: String,
    note: String,
    /// Why it can't run now.
    refusal: Option<String>,
    target: Target,
}

/// The open palette.
#[component]
pub fn Palette(
    route: Memo<Route>,
    /// The title of the view of an address.
    title: fn(&Route) -> &'static str,
    /// The most recently used lines, latest first.
    recent: StoredValue<Vec<Line>>,
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (navigation, actions) = (use_navigation(), use_actions());
    let (workspaces, secrets) = (use_workspaces(), use_loaded_secrets());
    let workspace = route.with_untracked(|route| route.workspace().cloned());
    let place = workspace.clone();
    let fixed = move || {
        let secrets = place.as_ref().map(Route::secrets);
        let views = secrets.into_iter().chain([Route::Workspaces]);
        let views = views.chain(place.clone().map(Route::Workspace));
        let mut lines = destinations(views, title, workspaces.all());
        lines.extend(actions.all().into_iter().map(|(id, offer)| action(id, &offer)));
        first_recent(lines, recent.get_value())
    };
    let find_secrets = move |typed: &str| {
        let Some(workspace) = &workspace else { return Vec::new() };
        let found = secrets.find(workspace, typed, LIMIT).into_iter();
        let line = |found: FoundSecret| {
            destination(
                Group::Secret,
                found.name,
                words::palette().secret,
                Route::Secret(workspace.clone(), found.id),
            )
        };
        found.map(line).collect::<Vec<_>>()
    };
    let shown = StoredValue::new(Vec::new());
    let find: Find = Arc::new(move |typed: &str| {
        // Not tracked: only typing changes the lines.
        let mut lines = untrack(&fixed);
        for secret in find_secrets(typed) {
            if !lines.iter().any(|line| line.target == secret.target) {
                lines.push(secret);
            }
        }
        let order = rank(typed, lines.iter().map(|line| (line.group, line.name.as_str())), LIMIT);
        let ranked: Vec<Line> = order.into_iter().filter_map(|index| lines.get(index).cloned()).collect();
        let found = ranked.iter().enumerate().map(|(number, line)| found(number, line)).collect();
        shown.set_value(ranked);
        found
    });
    let run = move |number: usize| {
        let line: Option<Line> = shown.with_value(|shown| shown.get(number).cloned());
        let Some(line) = line.filter(|line| line.refusal.is_none()) else {
            return;
        };
        recent.update_value(|recent| {
            recent.retain(|other| other.target != line.target);
            recent.insert(0, line.clone());
            recent.truncate(RECENT_LIMIT);
        });
        on_close.run(());
        match line.target {
            Target::Go(route) => navigation.go(&route.to_path()),
            // After the dialog is closed, so that the focus is back in the page if the action opens another one.
            Target::Run(id) => request_animation_frame(move || actions.run(id)),
        }
    };
    view! {
        <Dialog label=words::palette().title id="palette" on_cancel=on_close>
            <Combobox id="palette-line" label=words::palette().hint list_label=words::palette().results find on_choose=run />
        </Dialog>
    }
    .into_any()
}

/// The views and all workspaces.
fn destinations(
    views: impl Iterator<Item = Route>,
    title: fn(&Route) -> &'static str,
    workspaces: Vec<Workspace>,
) -> Vec<Line> {
    let mut lines: Vec<Line> = views
        .map(|route| destination(Group::Navigation, title(&route).to_owned(), words::palette().view, route))
        .collect();
    for workspace in workspaces {
        let route = Route::secrets(&workspace.metadata.id);
        let name = match workspace.metadata.name {
            name if name.is_empty() => workspace.metadata.id.to_string(),
            name => name,
        };
        lines.push(destination(Group::Navigation, name, words::palette().workspace, route));
    }
    lines
}

fn destination(group: Group, name: String, note: &str, route: Route) -> Line {
    Line {
        group,
        name,
        note: note.to_owned(),
        refusal: None,
        target: Target::Go(route),
    }
}

fn action(id: ActionId, offer: &Offer) -> Line {
    let keys = shortcuts::keys_of(id).filter(|_| preferences::has_single_keys());
    let note = keys.map_or_else(
        || words::palette().action.to_owned(),
        |keys| format!("{} {}", words::palette().action, keys.join(" ")),
    );
    Line {
        group: Group::Action,
        name: offer.name.get(),
        note,
        refusal: offer.refusal.get(),
        target: Target::Run(id),
    }
}

/// Puts the recent lines first. An action that is no longer offered is dropped.
fn first_recent(mut lines: Vec<Line>, recent: Vec<Line>) -> Vec<Line> {
    let mut first = Vec::new();
    for recent in recent {
        match lines.iter().position(|line| line.target == recent.target) {
            Some(known) => first.push(lines.remove(known)),
            None if matches!(recent.target, Target::Go(_)) => first.push(recent),
            None => {}
        }
    }
    first.append(&mut lines);
    first
}

fn found(number: usize, line: &Line) -> Found {
    Found {
        number,
        text: line.name.clone(),
        note: line.refusal.clone().unwrap_or_else(|| line.note.clone()),
        dot: None,
        is_disabled: line.refusal.is_some(),
    }
}
