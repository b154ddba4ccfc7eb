//! The command palette: go to any secret or view and run any action by typing part of its name.

use std::sync::Arc;

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::actions::ActionId;
use strongroom_core::model::palette::{Candidate, Group, SecretAct, aliases, group_of, rank};
use strongroom_core::model::reference_text::Spelling;
use strongroom_core::model::shortcuts;
use strongroom_core::route::{CompareState, ListState, ReferencesState, Route, SearchState, Views};

use crate::app::overlays::switcher::to_workspace;
use crate::browser::history::use_navigation;
use crate::browser::{keyboard, page};
use crate::browser::preferences::{self, Preference};
use crate::components::actions::{Offer, use_actions};
use crate::components::permission::why_not_send;
use crate::components::replace_request::Subject;
use crate::components::workspace_status::in_words;
use crate::store::secret_lists::use_secret_lists;
use crate::store::value_access::use_value_access;
use crate::store::workspaces::use_workspaces;
use crate::ui::combobox::{Combobox, Find, Found, Typing};
use crate::ui::dialog::Dialog;
use crate::ui::erased::dynamic;
use crate::ui::icon::Glyph;

/// The maximum number of secrets and labels that are looked for.
const LIMIT: usize = 8;
/// The maximum number of workspaces without anything typed; typing finds the rest.
const WORKSPACES: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Go(Route),
    /// To a workspace, as the switcher goes.
    Switch(WorkspaceId),
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
            group: heading(self.group).to_owned(),
            has_more: self.group == Group::Secrets,
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
    /// Runs an action on a secret that was found.
    #[prop(into)]
    on_act: Callback<(SecretAct, Subject)>,
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (navigation, actions) = (use_navigation(), use_actions());
    let (workspaces, secrets) = (use_workspaces(), use_secret_lists());
    let present = route.get_untracked();
    let workspace = present.workspace().cloned();
    // The row that has the focus, before the palette takes it.
    let row = keyboard::row_link().map(|(_, name)| name).filter(|_| matches!(present, Route::Secrets(..)));
    let place = workspace.clone();
    let switch = to_workspace(route);
    let typing = Typing::default();
    // The secret whose actions are listed.
    let opened = RwSignal::new(None::<Subject>);
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
            // As nearly all are enabled, that is not said.
            let note = match in_words(&one.status) {
                (None, _) => String::new(),
                (Some(_), status) => status,
            };
            let line = Line::to(Group::Workspaces, Glyph::LAYERS, workspaces.name(&id), Route::Home);
            lines.push(Line { note, target: Target::Switch(id), ..line });
        }
        // In the order of the groups, so that nothing typed shows them as they are.
        lines.sort_by_key(|line| line.group);
        lines
    };
    let typed_lines = move |typed: &str| {
        let present = workspace.as_ref();
        let found = secrets.find_loaded(present, typed, LIMIT);
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
        // The current workspace first, then all of them.
        elsewhere.sort_by_key(|line| match &line.target {
            Target::Go(route) => route.workspace() != present,
            Target::Switch(_) | Target::Run(_) => true,
        });
        let everywhere = Line {
            is_found: true,
            ..Line::to(
                Group::Elsewhere,
                Glyph::SEARCH,
                fill(words::palette().search_in_all, &[("text", typed.trim())]),
                Route::Search(SearchState::of(typed.trim())),
            )
        };
        elsewhere.insert(usize::from(present.is_some()).min(elsewhere.len()), everywhere);
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
            Target::Switch(workspace) => switch.run(workspace),
            // After the dialog is closed, so that the focus is back in the page if the action opens another one.
            Target::Run(id) => request_animation_frame(move || {
                // Nothing runs where the session ended in between.
                let _ = on_run.try_run(id);
            }),
        }
    };
    let open = move |number: usize| {
        let line: Option<Line> = shown.with_value(|shown| shown.get(number).cloned());
        if let Some(Line { name, target: Target::Go(Route::Secret(workspace, id)), .. }) = line {
            opened.set(Some(Subject { workspace, id, name }));
        }
    };
    let close = move |()| match opened.get_untracked() {
        Some(_) => opened.set(None),
        None => on_close.run(()),
    };
    let words = words::palette();
    let content = dynamic(move || {
        // The field is another one, and the dialog is open already.
        request_animation_frame(|| page::focus_first(".palette > input"));
        match opened.get() {
            Some(subject) => actions_of(subject, on_act, on_close, Callback::new(close)),
            None => view! {
                <Combobox
                    id="palette-line"
                    label=words.hint
                    list_label=words.results
                    find=Arc::clone(&find)
                    on_choose=run
                    typing
                    on_more=open
                    keys_id=KEYS
                />
                {key_hints(&[("Enter", words.key_open), ("Tab", words.key_actions), (shortcuts::shown("Escape"), words::common().close)])}
            }
            .into_any(),
        }
    });
    view! {
        <Dialog label=words.title id="palette" on_cancel=close>
            <div class="palette">{content}</div>
        </Dialog>
    }
    .into_any()
}

/// The id of the line with the keys.
const KEYS: &str = "palette-keys";

fn key_hints(keys: &[(&'static str, &'static str)]) -> AnyView {
    let hint = |(key, meaning): &(&'static str, &'static str)| view! { <span><kbd>{*key}</kbd>" "{*meaning}" "</span> };
    let hints: Vec<_> = keys.iter().map(hint).collect();
    view! { <p class="palette-keys" id=KEYS>{hints}</p> }.into_any()
}

/// What can be done with a secret that was found, wherever it is.
fn actions_of(
    subject: Subject,
    on_act: Callback<(SecretAct, Subject)>,
    on_close: Callback<()>,
    on_back: Callback<()>,
) -> AnyView {
    let refusal = why_not_send(&subject.workspace).get_untracked();
    let workspace = use_workspaces().name(&subject.workspace);
    let may_return = use_value_access().may_return();
    let acts: Vec<SecretAct> = SecretAct::ALL.into_iter().filter(|act| *act != SecretAct::CopyValue || may_return).collect();
    let group = [&*subject.name, " · ", &workspace].concat();
    let label = fill(words::palette().actions_on, &[("name", &subject.name)]);
    let known = acts.clone();
    let find: Find = Arc::new(move |typed: &str| {
        let candidate = |act: &SecretAct| Candidate {
            group: Group::Page,
            name: act_name(*act),
            aliases: act.aliases(),
            is_found: false,
        };
        let found = |number: usize| {
            let act = *known.get(number)?;
            let refusal = refusal.clone().filter(|_| act.is_write());
            Some(Found {
                number,
                text: act_name(act).to_owned(),
                is_disabled: refusal.is_some(),
                note: refusal.unwrap_or_default(),
                group: group.clone(),
                glyph: Some(act_glyph(act)),
                ..Found::default()
            })
        };
        rank(typed, known.iter().map(candidate)).into_iter().filter_map(found).collect()
    });
    let run = move |number: usize| {
        let Some(act) = acts.get(number).copied() else { return };
        on_close.run(());
        // Now: later the browser may no longer take a copy for a consequence of the press.
        on_act.run((act, subject.clone()));
    };
    let words = words::palette();
    view! {
        <Combobox id="palette-act" label list_label=words.results find on_choose=run on_back keys_id=KEYS />
        {key_hints(&[("Enter", words.key_run), (words::keys().shift_tab, words.key_back)])}
    }
    .into_any()
}

fn act_name(act: SecretAct) -> &'static str {
    match act {
        SecretAct::Open => words::list().open,
        SecretAct::ReplaceValue => words::value().replace,
        SecretAct::Edit => words::common().edit,
        SecretAct::CopyName => words::list().copy_name,
        SecretAct::CopyId => words::list().copy_id,
        SecretAct::CopyValue => words::value().copy,
        SecretAct::CopyReference(Spelling::Variable) => words::list().copy_variable,
        SecretAct::CopyReference(Spelling::Template) => words::list().copy_template,
        SecretAct::Delete => words::common().delete,
    }
}

fn act_glyph(act: SecretAct) -> Glyph {
    match act {
        SecretAct::Open => Glyph::OPEN,
        SecretAct::ReplaceValue => Glyph::REPLACE,
        SecretAct::Edit => Glyph::PENCIL,
        SecretAct::Delete => Glyph::TRASH,
        SecretAct::CopyName | SecretAct::CopyId | SecretAct::CopyValue | SecretAct::CopyReference(_) => Glyph::COPY,
    }
}

/// What can be done with the row that has the focus.
fn row_lines(name: &str) -> [Line; 7] {
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
        line(ActionId::CopyId, words::list().copy_id),
        line(ActionId::CopyValue, words::value().copy),
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
                aliases: "charts statistics findings unused",
                ..Line::to(
                    Group::Workspaces,
                    Glyph::SLIDERS,
                    words::common().overview,
                    Route::Overview(Some(id.clone())),
                )
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
            Route::workspaces(),
        )
    };
    let search = Line {
        aliases: "find everywhere global across",
        ..Line::to(
            Group::Workspaces,
            Glyph::SEARCH,
            words::palette().search_all,
            Route::Search(SearchState::default()),
        )
    };
    let overview = Line {
        aliases: "charts statistics findings unused",
        ..Line::to(
            Group::Workspaces,
            Glyph::LAYERS,
            words::palette().overview_of_all,
            Route::Overview(None),
        )
    };
    // With the current workspace as the first one.
    let compared = CompareState { workspaces: workspace.cloned().into_iter().collect(), ..CompareState::default() };
    let compare = Line {
        aliases: "diff difference missing grid",
        ..Line::to(Group::Workspaces, Glyph::SLIDERS, words::palette().compare, Route::Compare(compared.to_query()))
    };
    let policy = Line {
        aliases: "security csp privacy network trust",
        ..Line::to(Group::Workspaces, Glyph::LOCK, words::account().policy, Route::Policy)
    };
    let is_elsewhere = |line: &Line| match &line.target {
        Target::Go(route) => !route.is_same_view(present),
        Target::Switch(_) | Target::Run(_) => true,
    };
    own.chain([all, search, overview, compare, policy]).filter(is_elsewhere).collect()
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
        ActionId::CopyName
        | ActionId::CopyId
        | ActionId::CopyValue
        | ActionId::CopyVariable
        | ActionId::CopyTemplate => Glyph::COPY,
        ActionId::Delete | ActionId::DeleteSelected => Glyph::TRASH,
        ActionId::Archive => Glyph::LAYERS,
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
        ActionId::Language(_) | ActionId::GoToMembers => Glyph::PERSON,
        _ => Glyph::MORE,
    }
}
