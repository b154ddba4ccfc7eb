//! What opens from a cell: where a secret is and where it can be created.

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::compare::grid::{Known, Title};
use strongroom_core::compare::moves::Place;
use strongroom_core::i18n::foreign::{marked, shown};
use strongroom_core::i18n::{fill, words};
use strongroom_core::route::{Prefill, Route};

use crate::browser::tasks::memo;
use crate::components::permission::why_not_send;
use crate::components::workspace_status::badge_of_read;
use crate::pages::compare::comparison::{Comparison, Joined};
use crate::pages::compare::several::{Several, SeveralForm, Target, is_creatable};
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::dynamic;

/// What is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Open {
    /// A line, with all of its cells.
    Line(Title),
    /// A secret that is missing in this workspace.
    Missing(Title, WorkspaceId),
    /// The form that creates it in several workspaces.
    Several(Title),
}

impl Open {
    /// What a cell opens that has no secret, or several.
    #[must_use]
    pub fn of(joined: &Joined, place: Place) -> Option<Self> {
        let title = joined.grid.title(place.line)?.clone();
        let Some(column) = place.column.checked_sub(1) else {
            return Some(Self::Line(title));
        };
        let is_missing = is_creatable(joined, place.line, column);
        let id = joined.ids.get(column)?.clone();
        Some(if is_missing { Self::Missing(title, id) } else { Self::Line(title) })
    }

    fn title(&self) -> &Title {
        match self {
            Self::Line(title) | Self::Missing(title, _) | Self::Several(title) => title,
        }
    }
}

/// The open dialog.
#[component]
pub fn Opened(
    comparison: Comparison,
    open: Open,
    /// Called with what opens next.
    #[prop(into)]
    on_open: Callback<Option<Open>>,
) -> impl IntoView {
    let title = open.title().clone();
    match open {
        Open::Line(_) => view! { <Line comparison title on_open /> }.into_any(),
        Open::Missing(_, workspace) => view! { <Missing comparison title workspace on_open /> }.into_any(),
        Open::Several(_) => {
            let several = comparison.joined().with_untracked(|joined| several(joined, &title));
            match several {
                Some(several) => {
                    view! { <SeveralForm several on_close=move |()| on_open.run(None) /> }.into_any()
                }
                None => ().into_any(),
            }
        }
    }
}

/// The form for a line. All workspaces where it is missing are chosen.
fn several(joined: &Joined, title: &Title) -> Option<Several> {
    let line = joined.grid.find(title)?;
    let (fields, base) = joined.model(line);
    let target = |column: usize| {
        let id = joined.ids.get(column)?.clone();
        let is_missing = is_creatable(joined, line, column);
        let refusal = match (joined.grid.cell(line, column).times(), is_missing) {
            (_, true) => None,
            (0, _) => Some(words::compare().several_unknown),
            _ => Some(words::compare().several_exists),
        };
        Some(Target::new(id, joined.names.get(column)?.clone(), refusal))
    };
    let targets = (0..joined.ids.len()).filter_map(target).collect();
    let like = base.and_then(|column| joined.names.get(column).cloned());
    Some(Several::new(fields, like, targets))
}

/// A link to the form for a new secret, with everything but the value filled in.
fn create_here(joined: &Joined, line: usize, column: usize) -> Option<String> {
    let id = joined.ids.get(column)?.clone();
    Some(Route::NewSecret(id, Prefill::of(&joined.model(line).0)).to_path())
}

#[component]
fn Missing(comparison: Comparison, title: Title, workspace: WorkspaceId, on_open: Callback<Option<Open>>) -> impl IntoView {
    let found = comparison.joined().with_untracked(|joined| {
        let line = joined.grid.find(&title)?;
        let column = joined.ids.iter().position(|id| *id == workspace)?;
        Some((create_here(joined, line, column)?, joined.names.get(column)?.clone()))
    });
    let Some((address, name)) = found else {
        return ().into_any();
    };
    let label = fill(words::compare().is_missing, &[("name", &title.text), ("workspace", &name)]);
    let several = move |_| on_open.run(Some(Open::Several(title.clone())));
    let refusal = why_not_send(&workspace);
    let hint = dynamic(move || match refusal.get() {
        Some(reason) => view! { <p class="note note-warning">{reason}</p> }.into_any(),
        None => view! { <p>{words::compare().create_here_hint}</p> }.into_any(),
    });
    view! {
        <Dialog label id="compare-missing" on_cancel=move |()| on_open.run(None)>
            {hint}
            <div class="actions">
                <Button on_click=move |_| on_open.run(None)>{words::common().cancel}</Button>
                <Button on_click=several>{words::compare().create_several}</Button>
                {create_link(refusal, address, Rank::Primary, None)}
            </div>
        </Dialog>
    }
    .into_any()
}

/// The link to the form for a new secret; where none can be created, a button that says why. `name`: its name, if its text
/// doesn't say enough.
fn create_link(refusal: Signal<Option<String>>, address: String, rank: Rank, name: Option<String>) -> AnyView {
    let class = if rank == Rank::Primary { "button button-primary" } else { "button button-quiet" };
    let text = words::compare().create_here;
    dynamic(move || {
        if refusal.with(Option::is_none) {
            return view! { <a class=class href=address.clone() aria-label=name.clone()>{text}</a> }.into_any();
        }
        let text = match name.clone() {
            Some(name) => view! { <span aria-hidden="true">{text}</span><span class="visually-hidden">{name}</span> }.into_any(),
            None => text.into_any(),
        };
        view! { <Button rank refusal on_click=|_| ()>{text}</Button> }.into_any()
    })
}

#[component]
fn Line(comparison: Comparison, title: Title, on_open: Callback<Option<Open>>) -> impl IntoView {
    let joined = comparison.joined();
    let found = StoredValue::new(title.clone());
    let items = dynamic(move || {
        joined.with(|joined| {
            let line = found.with_value(|title| joined.grid.find(title))?;
            let items: Vec<AnyView> = joined.with_rows(&mut |rows| {
                let columns = 0..joined.ids.len();
                columns.map(|column| {
                    let details = joined.details(rows, line, column, comparison.now());
                    item(joined, line, column, details)
                }).collect()
            });
            Some(view! { <ul class="compare-line">{items}</ul> })
        })
    });
    let missing = memo(move |_| {
        joined.with(|joined| {
            let line = found.with_value(|title| joined.grid.find(title))?;
            Some((0..joined.ids.len()).filter(|column| is_creatable(joined, line, *column)).count())
        })
    });
    let several = move |_| on_open.run(Some(Open::Several(found.get_value())));
    let several = dynamic(move || {
        let is_any = missing.get().is_some_and(|missing| missing > 0);
        is_any.then(|| view! { <Button rank=Rank::Primary on_click=several>{words::compare().create_several}</Button> })
    });
    view! {
        <Dialog
            label=shown(&title.text).into_owned()
            id="compare-line"
            on_cancel=move |()| on_open.run(None)
            starts_at_heading=true
        >
            {items}
            <p class="muted">{words::compare().values}</p>
            <div class="actions">
                <Button on_click=move |_| on_open.run(None)>{words::common().close}</Button>
                {several}
            </div>
        </Dialog>
    }
    .into_any()
}

/// One workspace of a line: the state, and a link to each secret or to its creation.
fn item(joined: &Joined, line: usize, column: usize, details: String) -> AnyView {
    let name = joined.names.get(column).map(|name| marked(name).into_owned()).unwrap_or_default();
    let title = joined.grid.title(line).map(|title| title.text.to_string()).unwrap_or_default();
    let label = |what: &str| fill(words::compare().cell, &[("name", &title), ("workspace", &name), ("status", what)]);
    let secrets = joined.ids.get(column).map(|workspace| {
        let link = |(number, id): (usize, contract::SecretId)| {
            let address = Route::Secret(workspace.clone(), id).to_path();
            let open = words::common().open_secret;
            let text = if number == 0 { open.to_owned() } else { format!("{open} {}", number + 1) };
            let label = label(&text);
            view! { <a class="button button-quiet" href=address aria-label=label>{text}</a> }.into_any()
        };
        joined.secrets(line, column).into_iter().enumerate().map(link).collect::<Vec<_>>()
    });
    let create = is_creatable(joined, line, column).then(|| create_here(joined, line, column)).flatten();
    let create = create.zip(joined.ids.get(column)).map(|(address, workspace)| {
        create_link(why_not_send(workspace), address, Rank::Quiet, Some(label(words::compare().create_here)))
    });
    let badge = joined.ids.get(column).map(badge_of_read);
    let class = match joined.known.get(column) {
        Some(Known::Complete) if joined.grid.cell(line, column).times() == 0 => "compare-missing",
        _ => "muted",
    };
    view! {
        <li>
            <div><bdi class="compare-name">{name.clone()}</bdi>" "{badge}<p class=class>{details}</p></div>
            <div class="actions">{secrets}{create}</div>
        </li>
    }
    .into_any()
}
