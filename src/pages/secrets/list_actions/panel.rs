//! The view panel: columns, row density and saved views.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::Column;
use strongroom_core::route::{Columns, Density, Direction, ListState, Unmovable};

use crate::browser::tasks::memo;
use crate::browser::{keyboard, page, popover, tasks};
use crate::browser::preferences::{self, Preference};
use crate::pages::secrets::list::context::{ListContext, OverlayRequest, VIEW_PANEL};
use crate::pages::secrets::list_actions::views::SavedViews;
use crate::ui::button::{Button, IconButton};
use crate::ui::choice::{Checkbox, Choice, RadioGroup, Select, SelectOption, Shape};
use crate::ui::erased::{Handler, When, dynamic, handle_click, handle_event, moving_flag};
use crate::ui::icon::Glyph;

/// The panel, a popover beside its button: what it changes stays in sight.
#[component]
pub fn ViewPanel(context: ListContext) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let first = StoredValue::new(FIRST);
    tasks::follow(move || {
        let request = context.request.get();
        if matches!(request, OverlayRequest::ViewPanel | OverlayRequest::SaveView) {
            first.set_value(if request == OverlayRequest::SaveView { NAME } else { FIRST });
            context.request.set(OverlayRequest::Nothing);
            request_animation_frame(|| popover::open(VIEW_PANEL));
        }
    });
    let on_toggle = handle_event(move |_| {
        let is_open_now = popover::is_open(VIEW_PANEL);
        is_open.set(is_open_now);
        if is_open_now {
            let first = first.try_update_value(|first| std::mem::replace(first, FIRST)).unwrap_or(FIRST);
            request_animation_frame(move || page::focus_first(first));
        }
    });
    view! {
        <div
            class="popover view-popover"
            id=VIEW_PANEL
            popover="auto"
            role="dialog"
            aria-label=words::list().view
            on:toggle=on_toggle
        >
            <When condition=is_open>
                <SortChooser context />
                <ColumnChooser context />
                <Look context />
                <SavedViews context on_chosen=move |()| popover::close(VIEW_PANEL) />
                <div class="actions">
                    <Button on_click=move |_| popover::close(VIEW_PANEL)>{words::common().close}</Button>
                </div>
            </When>
        </div>
    }
    .into_any()
}

/// What gets the focus when the panel opens, and when it opens to save a view.
const FIRST: &str = "#view-panel input";
const NAME: &str = "#view-name";

/// Sorts the list, also where there is no room for the heads of the columns.
#[component]
fn SortChooser(context: ListContext) -> impl IntoView {
    // An order is written as in addresses.
    fn value(sort: Option<(Column, Direction)>) -> String {
        ListState { sort, ..ListState::default() }.to_query()
    }
    fn option(sort: Option<(Column, Direction)>, text: String) -> SelectOption {
        SelectOption { value: value(sort), text, language: None }
    }
    let options = move || {
        let mut options = vec![option(None, words::view().sort_default.to_owned())];
        for column in context.columns.with(|columns| columns.shown().to_vec()) {
            let text = |sentence| fill(sentence, &[("column", column.label())]);
            options.extend([
                option(Some((column, Direction::Ascending)), text(words::view().ascending)),
                option(Some((column, Direction::Descending)), text(words::view().descending)),
            ]);
        }
        options
    };
    let on_choose = Callback::new(move |value: String| {
        context.change.run(ListState {
            sort: ListState::parse(&value).sort,
            ..context.state.get_untracked()
        });
    });
    dynamic(move || {
        let chosen = Signal::derive(move || value(context.state.with(|state| state.sort)));
        view! { <Select id="sort-by" label=words::view().sort_by options=options() chosen on_choose /> }
    })
}

/// Shows, hides and reorders columns, fully operable by keyboard.
#[component]
fn ColumnChooser(context: ListContext) -> impl IntoView {
    let set = move |change: &dyn Fn(&mut Columns)| context.arrange(change, context.state.get_untracked());
    let order = memo(move |_| {
        let mut order = context.columns.with(|columns| columns.shown().to_vec());
        // Before it is known where secrets are used, that column would be empty.
        let can_show = |column: Column| column != Column::UsedBy || context.is_use_known.get();
        let hidden = Column::ALL.into_iter().filter(|column| !order.contains(column) && can_show(*column));
        let hidden: Vec<Column> = hidden.collect();
        order.extend(hidden);
        order
    });
    let dragged = RwSignal::new(None::<Column>);
    // Moves a column to the place of another.
    let drop_at = move |column: Column, place: Column| {
        set(&|columns| {
            let at = |columns: &Columns, column| columns.shown().iter().position(|shown| *shown == column);
            while let (Some(from), Some(to)) = (at(columns, column), at(columns, place)) {
                if from == to || columns.can_shift(column, from < to).is_err() {
                    break;
                }
                columns.shift(column, from < to);
                if from.abs_diff(to) == 1 {
                    break;
                }
            }
        });
    };
    let line = move |column: Column| {
        let name = column.label();
        let id = format!("column-{}", column.key());
        let own_id = id.clone();
        let is_shown = move || context.columns.with(|columns| columns.has(column));
        let shift = move |is_to_end: bool, button: &'static str| {
            let id = format!("{}-{button}", column.key());
            move |()| {
                set(&|columns| columns.shift(column, is_to_end));
                // The line is rendered again at another position; the focus follows it.
                let id = id.clone();
                request_animation_frame(move || page::focus_first(&format!("#{id} button")));
            }
        };
        let arrow = move |is_to_end: bool, button: &'static str| {
            let (glyph, sentence) = match is_to_end {
                false => (Glyph::ARROW_UP, words::view().column_earlier),
                true => (Glyph::ARROW_DOWN, words::view().column_later),
            };
            let refusal = Signal::derive(move || context.columns.with(|columns| immovable(columns, column, is_to_end)));
            let label = fill(sentence, &[("column", name)]);
            let on_click = shift(is_to_end, button);
            view! {
                <span id=format!("{}-{button}", column.key())>
                    <IconButton glyph label on_click refusal />
                </span>
            }
            .into_any()
        };
        let is_fixed = column == Column::Name;
        let moved_id = id.clone();
        let on_key: Handler<web_sys::KeyboardEvent> = Box::new(move |event| {
            let is_to_end = keyboard::key_of(&event) == "ArrowDown";
            if event.alt_key() && (is_to_end || keyboard::key_of(&event) == "ArrowUp") {
                event.prevent_default();
                set(&|columns| columns.shift(column, is_to_end));
                let id = moved_id.clone();
                request_animation_frame(move || page::focus_id(&id));
            }
        });
        let on_drag: Handler<web_sys::DragEvent> = Box::new(move |event| {
            dragged.set(Some(column));
            if let Some(data) = event.data_transfer() {
                // Without data some browsers do not drag. Fails only if the drag is over.
                let _ = data.set_data("text/plain", name);
            }
        });
        let on_over: Handler<web_sys::DragEvent> = Box::new(move |event| {
            if dragged.with_untracked(Option::is_some) {
                event.prevent_default();
            }
        });
        let on_drop: Handler<web_sys::DragEvent> = Box::new(move |event| {
            if let Some(moved) = dragged.get_untracked() {
                event.prevent_default();
                dragged.set(None);
                drop_at(moved, column);
            }
        });
        view! {
            <li
                class="line"
                draggable=if is_shown() { "true" } else { "false" }
                on:keydown=on_key
                on:dragstart=on_drag
                on:dragover=on_over
                on:drop=on_drop
            >
                <label class="check line-main" for=id.clone()>
                    <input
                        id=id.clone()
                        type="checkbox"
                        aria-disabled=is_fixed.then_some("true")
                        aria-description=is_fixed.then_some(words::view().column_stays)
                        title=is_fixed.then_some(words::view().column_stays)
                        prop:checked=moving_flag(is_shown)
                        on:click=handle_click(move |event| {
                            if is_fixed {
                                event.prevent_default();
                            }
                        })
                        on:change=handle_event(move |event| {
                            let is_shown = event_target_checked(&event);
                            set(&|columns| columns.set(column, is_shown));
                            // Its line may be rendered again at another position.
                            let id = own_id.clone();
                            request_animation_frame(move || page::focus_id(&id));
                        })
                    />
                    {name}
                </label>
                {arrow(false, "earlier")}
                {arrow(true, "later")}
            </li>
        }
        .into_any()
    };
    let lines = dynamic(move || {
        let lines: Vec<AnyView> = order.get().into_iter().map(line).collect();
        view! { <ul class="lines" aria-label=words::view().columns>{lines}</ul> }
    });
    view! {
        <section class="panel-part">
            <h2 class="field-label">{words::view().columns}</h2>
            {lines}
            <p class="field-hint">{words::view().drag_hint}</p>
            <Button on_click=move |_| set(&|columns| *columns = Columns::default())>{words::view().columns_reset}</Button>
        </section>
    }
    .into_any()
}

/// Why a column cannot be moved in this direction.
fn immovable(columns: &Columns, column: Column, is_to_end: bool) -> Option<String> {
    let sentence = match (columns.can_shift(column, is_to_end), is_to_end) {
        (Ok(_), _) => return None,
        (Err(Unmovable::Hidden), _) => words::view().column_hidden,
        (Err(Unmovable::AtEnd), false) => words::view().column_is_first,
        (Err(Unmovable::AtEnd), true) => words::view().column_is_last,
    };
    Some(fill(sentence, &[("column", column.label())]))
}

/// Row density, and whether the browser's find shortcut opens the list's search.
#[component]
fn Look(context: ListContext) -> impl IntoView {
    let choices = [
        ("density-comfortable", words::view().density_comfortable),
        ("density-compact", words::view().density_compact),
    ];
    let choice = |(id, label)| Choice {
        id,
        label,
        ..Choice::default()
    };
    let choices = choices.map(choice).to_vec();
    let is_caught = RwSignal::new(preferences::read(Preference::Find).as_deref() != Some("off"));
    let catch = move |wanted: bool| {
        is_caught.set(wanted);
        if wanted {
            preferences::remove(Preference::Find);
        } else {
            preferences::write(Preference::Find, "off");
        }
    };
    view! {
        <RadioGroup
            name="density"
            label=words::view().density
            choices
            chosen=Signal::derive(move || usize::from(context.density() == Density::Compact))
            on_choose=move |index| context.set_density(if index == 1 { Density::Compact } else { Density::Comfortable })
            shape=Shape::Segments
        />
        <Checkbox id="catch-find" label=words::view().find_caught hint=words::view().find_hint is_checked=is_caught on_change=catch />
    }
    .into_any()
}
