//! Three-way comparison of a resource that someone else has changed, and the choice of a side per field.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, quoted, words};
use strongroom_core::model::merge::{Comparison, Field, FieldDiff, Merge, Side};
use strongroom_core::model::resource::ValueChoice;

use crate::ui::button::{Button, Rank, SubmitButton};
use crate::ui::erased::{dynamic, handle_event, moving_flag};

/// Theirs and yours, field by field, and which to take. Only what both have changed is a question; the rest is folded.
#[component]
pub fn Compare(
    /// The three versions and the sides picked so far.
    #[prop(into)]
    merge: Signal<Option<Merge>>,
    /// The accessible name.
    label: &'static str,
    /// A save was sent before, and its response was lost.
    is_after_loss: bool,
    /// The user's choice for the value, of what has one.
    value: Option<ValueChoice>,
    /// Picks a side for a field.
    #[prop(into)]
    on_pick: Callback<(Field, Side)>,
    /// Picks a side for all conflicts.
    #[prop(into)]
    on_pick_all: Callback<Side>,
    /// Goes back to the form.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    // The fields do not change while the user picks.
    let comparisons = merge.with_untracked(|merge| merge.as_ref().map(|merge| merge.comparisons().to_vec()));
    let changed = comparisons.into_iter().flatten().filter(|it| it.diff != FieldDiff::Untouched);
    let (conflicts, settled): (Vec<_>, Vec<_>) = changed.partition(|it| it.diff == FieldDiff::Conflict);
    let intro = if is_after_loss {
        words::edit().compare_intro_lost
    } else {
        words::edit().compare_intro
    };
    let picks = Picks { on_pick, merge };
    let mut rows: Vec<AnyView> = conflicts.iter().map(|it| picks.row(it)).collect();
    rows.extend(value.and_then(|choice| picks.value_row(choice)));
    let can_pick_all = rows.len() > 1;
    let pick_all = can_pick_all.then(|| {
        view! {
            <div class="actions">
                <Button on_click=move |_| on_pick_all.run(Side::Yours)>{words::edit().compare_all_yours}</Button>
                <Button on_click=move |_| on_pick_all.run(Side::Theirs)>{words::edit().compare_all_theirs}</Button>
            </div>
        }
    });
    let value_note = value.map(|_| view! { <p class="muted">{words::edit().compare_value_unknown}</p> });
    let open = (!rows.is_empty()).then(|| table(rows));
    let count = settled.len();
    let folded = (count > 0).then(|| {
        let sentence = plural(count, words::edit().compare_settled_one, words::edit().compare_settled);
        let summary = fill(sentence, &[("count", &count.to_string())]);
        let rows = settled.iter().map(|it| picks.row(it)).collect();
        view! { <details class="request"><summary>{summary}</summary>{table(rows)}</details> }
    });
    let refusal = Signal::derive(move || {
        let undecided = merge.with(|merge| {
            let merge = merge.as_ref()?;
            let names: Vec<String> = merge.undecided().map(|it| field_name(&it.field)).collect();
            (!names.is_empty()).then(|| names.join(", "))
        });
        undecided.map(|fields| fill(words::edit().compare_undecided, &[("fields", &fields)]))
    });
    view! {
        <div class="review" role="group" aria-label=label>
            <p role="alert">{intro}</p>
            {pick_all}
            {open}
            {value_note}
            {folded}
            <div class="actions form-footer">
                <SubmitButton refusal>{words::edit().compare_take}</SubmitButton>
                <Button rank=Rank::Secondary on_click=move |_| on_back.run(())>{words::edit().back_to_editing}</Button>
                {dynamic(move || refusal.get().map(|text| view! { <p class="field-hint">{text}</p> }))}
            </div>
        </div>
    }
    .into_any()
}

fn table(rows: Vec<AnyView>) -> AnyView {
    view! {
        <div class="diff">
            <div class="diff-row diff-head" aria-hidden="true">
                <span>{words::edit().field}</span>
                <span>{words::edit().compare_theirs}</span>
                <span>{words::edit().compare_yours}</span>
            </div>
            {rows}
        </div>
    }
    .into_any()
}

/// The picked sides. A handle.
#[derive(Clone, Copy)]
struct Picks {
    on_pick: Callback<(Field, Side)>,
    merge: Signal<Option<Merge>>,
}

impl Picks {
    fn row(self, comparison: &Comparison) -> AnyView {
        let shown = |text: &Option<String>| {
            text.as_deref()
                .map_or_else(|| words::edit().absent.to_owned(), quoted)
        };
        let field = field_name(&comparison.field);
        let base = shown(&comparison.base);
        let note = view! { <span class="diff-base">{words::edit().compare_base}" "{base}</span> }.into_any();
        if comparison.diff == FieldDiff::SameChange {
            let text = fill(words::edit().compare_same, &[("text", &shown(&comparison.yours))]);
            return view! {
                <div class="diff-row">
                    <span class="diff-field">{field}{note}</span>
                    <span class="diff-rest">{text}</span>
                </div>
            }
            .into_any();
        }
        let options = [(Side::Theirs, shown(&comparison.theirs)), (Side::Yours, shown(&comparison.yours))];
        self.choice(&comparison.field, Some(note), options)
    }

    /// The value, which cannot be compared; `None` if it is kept.
    fn value_row(self, choice: ValueChoice) -> Option<AnyView> {
        let yours = match choice {
            ValueChoice::Keep => return None,
            ValueChoice::Replace => words::edit().compare_value_replace,
            ValueChoice::Clear => words::edit().compare_value_clear,
        };
        let options = [
            (Side::Theirs, words::edit().compare_value_theirs.to_owned()),
            (Side::Yours, yours.to_owned()),
        ];
        Some(self.choice(&Field::Value, None, options))
    }

    fn choice(self, field: &Field, note: Option<AnyView>, options: [(Side, String); 2]) -> AnyView {
        let Self { on_pick, merge } = self;
        let group = format!("pick-{}", field_name(field));
        let option = |(side, text): (Side, String)| {
            let head = if side == Side::Theirs { words::edit().compare_theirs } else { words::edit().compare_yours };
            let (shown, picked) = (field.clone(), field.clone());
            let is_picked = move || merge.with(|merge| merge.as_ref().and_then(|merge| merge.side(&shown)) == Some(side));
            let pick = handle_event(move |_| on_pick.run((picked.clone(), side)));
            let label = format!("{head}: {text}");
            view! {
                <label class="diff-cell diff-pick">
                    <input type="radio" name=group.clone() aria-label=label prop:checked=moving_flag(is_picked) on:change=pick />
                    <span><span class="diff-label" aria-hidden="true">{head}": "</span>{text}</span>
                </label>
            }
            .into_any()
        };
        let (name, label) = (field_name(field), field_name(field));
        view! {
            <div class="diff-row" role="radiogroup" aria-label=label>
                <span class="diff-field" aria-hidden="true">{name}{note}</span>
                {options.into_iter().map(option).collect::<Vec<AnyView>>()}
            </div>
        }
        .into_any()
    }
}

/// The name of a compared field.
pub fn field_name(field: &Field) -> String {
    match field {
        Field::Name => words::fields().name.to_owned(),
        Field::ExternalId => words::fields().external_id.to_owned(),
        Field::Label(key) => fill(words::fields().label_of, &[("key", key)]),
        Field::Value => words::fields().value.to_owned(),
        Field::Description => words::workspaces().description.to_owned(),
    }
}
