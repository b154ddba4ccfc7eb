//! The view panel: columns, row density and saved views.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::Column;
use strongroom_core::route::{Columns, Unmovable};

use crate::browser::density::{self, Density};
use crate::browser::page;
use crate::browser::preferences::{self, Preference};
use crate::pages::secrets::list::context::{ListContext, OverlayRequest};
use crate::pages::secrets::list_actions::views::SavedViews;
use crate::ui::button::{Button, IconButton};
use crate::ui::choice::{Checkbox, Choice, RadioGroup, Shape};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{When, dynamic, handle_click, handle_event, moving_flag};
use crate::ui::icon::Glyph;

/// The panel, while it is open.
#[component]
pub fn ViewPanel(context: ListContext) -> impl IntoView {
    let is_open = Memo::new(move |_| context.request.with(|request| *request == OverlayRequest::ViewPanel));
    let close = move || context.request.set(OverlayRequest::Nothing);
    view! {
        <When condition=is_open>
            <Dialog label=words::list().view id="view-panel" on_cancel=move |()| close()>
                <ColumnChooser context />
                <Look />
                <SavedViews context on_chosen=move |()| close() />
                <div class="actions">
                    <Button on_click=move |_| close()>{words::common().close}</Button>
                </div>
            </Dialog>
        </When>
    }
    .into_any()
}

/// Shows, hides and reorders columns, fully operable by keyboard.
#[component]
fn ColumnChooser(context: ListContext) -> impl IntoView {
    let set = move |change: &dyn Fn(&mut Columns)| context.arrange(change, context.state.get_untracked());
    let order = Memo::new(move |_| {
        let mut order = context.columns.with(|columns| columns.shown().to_vec());
        let hidden = Column::ALL.into_iter().filter(|column| !order.contains(column));
        let hidden: Vec<Column> = hidden.collect();
        order.extend(hidden);
        order
    });
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
        view! {
            <li class="line">
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
            <h3 class="field-label">{words::view().columns}</h3>
            {lines}
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
fn Look() -> impl IntoView {
    let density = RwSignal::new(density::chosen());
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
            chosen=Signal::derive(move || usize::from(density.get() == Density::Compact))
            on_choose=move |index| {
                let wanted = if index == 1 { Density::Compact } else { Density::Comfortable };
                density::choose(wanted);
                density.set(wanted);
            }
            shape=Shape::Segments
        />
        <Checkbox id="catch-find" label=words::view().find_caught hint=words::view().find_hint is_checked=is_caught on_change=catch />
    }
    .into_any()
}
