//! The command palette: go to any secret or view and run any action by typing part of its name.

use std::sync::Arc;

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::actions::ActionId;
use strongroom_core::model::palette::{Candidate, Group, aliases, group_of, rank};
use strongroom_core::model::shortcuts;
use strongroom_core::route::{ListState, ReferencesState, Route, Views};

use crate::browser::history::use_navigation;
use crate::browser::keyboard;
use crate::browser::preferences::{self, Preference};
use crate::components::actions::{Offer, use_actions};
use crate::store::loaded_secrets::use_loaded_secrets;
use crate::store::workspaces::use_workspaces;
use crate::ui::combobox::{Combobox, Find, Found};
use crate::ui::dialog::Dialog;
use crate::ui::icon::Glyph;

/// The maximum number of secrets and labels that are looked for.
const LIMIT: usize = 8;
/// The maximum number of workspaces without anything typed; typing finds the rest.
const WORKSPACES: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Go(Route),
    Run(ActionId),
}

/// A line of the palette.
#[derive(Debug, Clone)]
struct Line {
    group: Group,
    glyph: Glyph,
    name: String,
    note: String,
    aliases: &'static str,
    keys: Vec<&'static str>,
    /// Why it can't run now.
    refusal: Option<String>,
    /// Whether it was found by other means than its name.
    is_found: bool,
    target: Target,
}

impl Line {
    fn to(group: Group, glyph: Glyph, name: impl Into<String>, route: Route) -> Self {
        Self {
            group,
            glyph,
            name: name.into(),
            note: String::new(),
            aliases: "",
            keys: Vec::new(),
            refusal: None,
            is_found: false,
            target: Target::Go(route),
        }
    }

    fn action(id: ActionId, offer: &Offer) -> Self {
        Self {
            aliases: aliases(id),
            keys: keys(id),
            refusal: offer.refusal.get(),
            target: Target::Run(id),
            ..Self::to(group_of(id), glyph(id), offer.name.get(), Route::Home)
        }
    }

    fn candidate(&self) -> Candidate<'_> {
        Candidate {
            group: self.group,
            name: &self.name,
            aliases: self.aliases,
            is_found: self.is_found,
        }
    }

    fn found(&self, number: usize) -> Found {
        Found {
            number,
            text: self.name.clone(),
            note: self.refusal.clone().unwrap_or_else(|| self.note.clone()),
            is_disabled: self.refusal.is_some(),
            group: heading(self.group),
            glyph: Some(self.glyph),
            keys: self.keys.clone(),
            ..Found::default()
        }
    }
}

/// The open palette.
#[component]
pub fn Palette(
    route: Memo<Route>,
    /// Runs an action as its keys do: on the row that has the focus, if it has any.
    #[prop(into)]
    on_run: Callback<ActionId>,
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (navigation, actions) = (use_navigation(), use_actions());
    let (workspaces, secrets) = (use_workspaces(), use_loaded_secrets());
    let present = route.get_untracked();
    let workspace = present.workspace().cloned();
    // The row that has the focus, before the palette takes it.
    let row = keyboard::row_link().map(|(_, name)| name).filter(|_| matches!(present, Route::Secrets(..)));
    let place = workspace.clone();
    let fixed = move || {
        let mut lines: Vec<Line> = actions.all().iter().map(|(id, offer)| Line::action(*id, offer)).collect();
        if matches!(present, Route::Secrets(..)) {
            // On a list it deletes the row that has the focus.
            lines.retain(|line| row.is_some() || line.target != Target::Run(ActionId::Delete));
            // With rows selected, an action on one row among them would be taken for one on all of them.
            let has_selection = lines.iter().any(|line| line.target == Target::Run(ActionId::LabelSelected));
            if has_selection {
                lines.retain(|line| line.target != Target::Run(ActionId::Delete));
            } else {
                lines.extend(row.iter().flat_map(|row| row_lines(row)));
            }
        }
        lines.extend(place.as_ref().map(saved_views).unwrap_or_default());
        lines.extend(places(place.as_ref(), &present));
        for one in workspaces.all() {
            let id = one.metadata.id;
            lines.push(Line::to(Group::Workspaces, Glyph::LAYERS, workspaces.name(&id), Route::secrets(&id)));
        }
        // In the order of the groups, so that nothing typed shows them as they are.
        lines.sort_by_key(|line| line.group);
        lines
    };
    let typed_lines = move |typed: &str| {
        let present = workspace.as_ref();
        let found = secrets.find(present, typed, LIMIT);
        let secret = found.secrets.into_iter().map(|found| Line {
            note: workspaces.name(&found.workspace),
            is_found: true,
            ..Line::to(
                Group::Secrets,
                Glyph::KEY,
                found.name,
                Route::Secret(found.workspace, found.id),
            )
        });
        let filter = |(label, word): (String, String)| {
            let name = fill(words::palette().filter_by, &[("label", &label)]);
            let route = search(present?, &word);
            Some(Line {
                is_found: true,
                ..Line::to(Group::Filters, Glyph::SEARCH, name, route)
            })
        };
        let elsewhere = workspaces.all().into_iter().map(|one| {
            let id = one.metadata.id;
            let parts = [("text", typed.trim()), ("workspace", &workspaces.name(&id))];
            Line {
                is_found: true,
                ..Line::to(
                    Group::Elsewhere,
                    Glyph::SEARCH,
                    fill(words::palette().search_in, &parts),
                    search(&id, typed.trim()),
                )
            }
        });
        let mut elsewhere: Vec<Line> = elsewhere.collect();
        // The current workspace first.
        elsewhere.sort_by_key(|line| match &line.target {
            Target::Go(route) => route.workspace() != present,
            Target::Run(_) => true,
        });
        let filters = found.labels.into_iter().filter_map(filter);
        secret.chain(filters).chain(elsewhere).collect::<Vec<_>>()
    };
    let shown = StoredValue::new(Vec::new());
    let find: Find = Arc::new(move |typed: &str| {
        // Not tracked: only typing changes the lines.
        let mut lines = untrack(&fixed);
        if typed.trim().is_empty() {
            let mut left = WORKSPACES;
            lines.retain(|line| {
                let is_workspace = line.group == Group::Workspaces;
                left = left.saturating_sub(usize::from(is_workspace));
                !is_workspace || left > 0
            });
        } else {
            lines.extend(untrack(|| typed_lines(typed)));
        }
        let order = rank(typed, lines.iter().map(Line::candidate));
        let ranked: Vec<Line> = order.into_iter().filter_map(|index| lines.get(index).cloned()).collect();
        let found = ranked.iter().enumerate().map(|(number, line)| line.found(number)).collect();
        shown.set_value(ranked);
        found
    });
    let run = move |number: usize| {
        let line: Option<Line> = shown.with_value(|shown| shown.get(number).cloned());
        let Some(line) = line.filter(|line| line.refusal.is_none()) else {
            return;
        };
        on_close.run(());
        match line.target {
            Target::Go(route) => navigation.go(&route.to_path()),
            // After the dialog is closed, so that the focus is back in the page if the action opens another one.
            Target::Run(id) => request_animation_frame(move || {
                // Nothing runs where the session ended in between.
                let _ = on_run.try_run(id);
            }),
        }
    };
    view! {
        <Dialog label=words::palette().title id="palette" on_cancel=on_close>
            <div class="palette">
                <Combobox id="palette-line" label=words::palette().hint list_label=words::palette().results find on_choose=run />
            </div>
        </Dialog>
    }
    .into_any()
}

/// What can be done with the row that has the focus.
fn row_lines(name: &str) -> [Line; 5] {
    let line = |id: ActionId, text: &str| Line {
        note: name.to_owned(),
        aliases: aliases(id),
        keys: keys(id),
        target: Target::Run(id),
        ..Line::to(Group::Page, glyph(id), text, Route::Home)
    };
    [
        line(ActionId::Edit, words::common().edit),
        line(ActionId::ReplaceValue, words::value().replace),
        line(ActionId::CopyName, words::list().copy_name),
        line(ActionId::CopyVariable, words::list().copy_variable),
        line(ActionId::CopyTemplate, words::list().copy_template),
    ]
}

fn keys(id: ActionId) -> Vec<&'static str> {
    let keys = shortcuts::keys_of(id).filter(|_| preferences::has_single_keys());
    keys.unwrap_or_default().iter().map(|key| shortcuts::shown(key)).collect()
}

/// The list of a workspace with a search text.
fn search(workspace: &WorkspaceId, text: &str) -> Route {
    let state = ListState {
        search: text.to_owned(),
        ..ListState::default()
    };
    Route::Secrets(workspace.clone(), state)
}

/// The views of the list of a workspace: ready-made ones and those saved in this browser.
fn saved_views(workspace: &WorkspaceId) -> Vec<Line> {
    let line = |name: String, route: Route| Line::to(Group::Views, Glyph::SLIDERS, name, route);
    let mut lines = vec![
        Line {
            aliases: "unused",
            ..line(words::filters().never_used.to_owned(), search(workspace, "is:unused"))
        },
        Line {
            aliases: "updated recent",
            ..line(words::filters().changed_this_week.to_owned(), search(workspace, "updated:<7d"))
        },
    ];
    let saved = preferences::read(Preference::Views).unwrap_or_default();
    for view in Views::parse(&saved).all() {
        if let Some(name) = view.view.clone() {
            lines.push(line(name, Route::Secrets(workspace.clone(), view.clone())));
        }
    }
    lines
}

/// The places of the current workspace, and the list of workspaces; not the one that is on screen.
fn places(workspace: Option<&WorkspaceId>, present: &Route) -> Vec<Line> {
    let own = workspace.into_iter().flat_map(|id| {
        [
            Line {
                keys: shortcuts::keys_of(ActionId::GoToSecrets).unwrap_or_default().to_vec(),
                ..Line::to(Group::Workspaces, Glyph::KEY, words::common().secrets, Route::secrets(id))
            },
            Line {
                aliases: "where used tools agents",
                ..Line::to(
                    Group::Workspaces,
                    Glyph::SEARCH,
                    words::common().references,
                    Route::References(id.clone(), ReferencesState::default()),
                )
            },
            Line::to(
                Group::Workspaces,
                Glyph::LAYERS,
                words::common().workspace_details,
                Route::Workspace(id.clone()),
            ),
        ]
    });
    let all = Line {
        keys: shortcuts::keys_of(ActionId::GoToWorkspaces).unwrap_or_default().to_vec(),
        ..Line::to(
            Group::Workspaces,
            Glyph::LAYERS,
            words::common().all_workspaces,
            Route::Workspaces,
        )
    };
    let is_elsewhere = |line: &Line| match &line.target {
        Target::Go(route) => !route.is_same_view(present),
        Target::Run(_) => true,
    };
    own.chain([all]).filter(is_elsewhere).collect()
}

fn heading(group: Group) -> &'static str {
    let words = words::palette();
    match group {
        Group::Secrets => words.secrets,
        Group::Filters => words.filters,
        Group::Page => words.this_page,
        Group::Selection => words.selection,
        Group::Views => words.views,
        Group::Workspaces => words.workspaces,
        Group::Preferences => words.preferences,
        Group::Elsewhere => words.elsewhere,
    }
}

fn glyph(action: ActionId) -> Glyph {
    match action {
        ActionId::New => Glyph::PLUS,
        ActionId::Edit | ActionId::ReplaceValue => Glyph::PENCIL,
        ActionId::CopyName | ActionId::CopyVariable | ActionId::CopyTemplate => Glyph::COPY,
        ActionId::Delete | ActionId::DeleteSelected => Glyph::TRASH,
        ActionId::LabelSelected => Glyph::TAG,
        ActionId::Refresh | ActionId::ResumeLoading => Glyph::REFRESH,
        ActionId::Search => Glyph::SEARCH,
        ActionId::ListView => Glyph::SLIDERS,
        ActionId::SelectAll => Glyph::CHECK,
        ActionId::ClearSelection | ActionId::StopLoading => Glyph::CLOSE,
        ActionId::ThemeLight => Glyph::SUN,
        ActionId::ThemeDark => Glyph::MOON,
        ActionId::ThemeSystem => Glyph::MONITOR,
        ActionId::LockNow => Glyph::LOCK,
        ActionId::Disconnect => Glyph::LEAVE,
        ActionId::ShowHelp | ActionId::ToggleSingleKeys => Glyph::KEYBOARD,
        ActionId::Language(_) => Glyph::PERSON,
        _ => Glyph::MORE,
    }
}
