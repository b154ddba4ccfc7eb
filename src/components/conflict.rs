//! Three-way comparison of a resource that someone else has changed, and the choice of a side per field.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, quoted, words};
use strongroom_core::model::merge::{Comparison, Field, FieldDiff, Merge, Side};
use strongroom_core::model::resource::ValueChoice;

use crate::ui::button::{Button, Rank, SubmitButton};
use crate::ui::erased::{dynamic, handle_event, moving_flag};

/// Base, theirs and yours, field by field, and which to take.
#[component]
pub fn Compare(
    /// The three versions and the sides picked so far.
    #[prop(into)]
    merge: Signal<Option<Merge>>,
    /// A save was sent before, and its response was lost.
    is_after_loss: bool,
    /// The user's choice for the value of a secret.
    #[prop(optional)]
    value: Option<ValueChoice>,
    /// Picks a side for a field.
    #[prop(into)]
    on_pick: Callback<(Field, Side)>,
    /// Goes back to the form.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    // The fields do not change while the user picks.
    let first = merge.get_untracked();
    let intro = if is_after_loss {
        words::edit().compare_intro_lost
    } else {
        words::edit().compare_intro
    };
    let comparisons = first.iter().flat_map(|merge| merge.comparisons().to_vec());
    let told: Vec<AnyView> = comparisons
        .filter(|it| it.diff != FieldDiff::Untouched)
        .enumerate()
        .map(|(number, comparison)| field(on_pick, merge, number, comparison))
        .collect();
    let value = value.map(|choice| value_picks(on_pick, merge, choice));
    let refusal = Signal::derive(move || {
        let undecided = merge.with(|merge| {
            let merge = merge.as_ref()?;
            let names: Vec<String> = merge.undecided().map(|it| field_name(&it.field)).collect();
            (!names.is_empty()).then(|| names.join(", "))
        });
        undecided.map(|fields| fill(words::edit().compare_undecided, &[("fields", &fields)]))
    });
    view! {
        <div class="review" role="group" aria-labelledby="step-title">
            <h2 id="step-title" tabindex="-1">{words::edit().compare_title}</h2>
            <p role="alert">{intro}</p>
            {told}
            {value}
            {dynamic(move || refusal.get().map(|text| view! { <p class="field-hint">{text}</p> }))}
            <div class="actions">
                <SubmitButton refusal>{words::edit().compare_take}</SubmitButton>
                <Button rank=Rank::Secondary on_click=move |_| on_back.run(())>{words::edit().back_to_editing}</Button>
            </div>
        </div>
    }
    .into_any()
}

fn field(on_pick: Callback<(Field, Side)>, merge: Signal<Option<Merge>>, number: usize, comparison: Comparison) -> AnyView {
    let shown = |text: &Option<String>| {
        text.as_deref()
            .map_or_else(|| words::edit().absent.to_owned(), quoted)
    };
    let theirs = fill(words::edit().compare_theirs, &[("text", &shown(&comparison.theirs))]);
    let yours = fill(words::edit().compare_yours, &[("text", &shown(&comparison.yours))]);
    let base = shown(&comparison.base);
    let choice = if comparison.diff == FieldDiff::SameChange {
        let text = fill(words::edit().compare_same, &[("text", &shown(&comparison.yours))]);
        view! { <p>{text}</p> }.into_any()
    } else {
        let group = format!("pick-{number}");
        let of = comparison.field.clone();
        let options = [(Side::Theirs, theirs), (Side::Yours, yours)];
        picks(on_pick, merge, &group, &of, options)
    };
    view! {
        <fieldset class="fieldset compare">
            <legend class="field-label">{field_name(&comparison.field)}</legend>
            <p class="muted">{words::edit().compare_base}" "{base}</p>
            {choice}
        </fieldset>
    }
    .into_any()
}

/// The value, which cannot be compared, and the choices for it.
fn value_picks(on_pick: Callback<(Field, Side)>, merge: Signal<Option<Merge>>, choice: ValueChoice) -> AnyView {
    let yours = match choice {
        ValueChoice::Keep => None,
        ValueChoice::Replace => Some(words::edit().compare_value_replace),
        ValueChoice::Clear => Some(words::edit().compare_value_clear),
    };
    let choice = yours.map(|yours| {
        let options = [
            (Side::Theirs, words::edit().compare_value_theirs.to_owned()),
            (Side::Yours, yours.to_owned()),
        ];
        picks(on_pick, merge, "pick-value", &Field::Value, options)
    });
    view! {
        <fieldset class="fieldset compare">
            <legend class="field-label">{words::fields().value}</legend>
            <p class="muted">{words::edit().compare_value_unknown}</p>
            {choice}
        </fieldset>
    }
    .into_any()
}

fn picks(
    on_pick: Callback<(Field, Side)>,
    merge: Signal<Option<Merge>>,
    group: &str,
    field: &Field,
    options: [(Side, String); 2],
) -> AnyView {
    let option = |(side, text): (Side, String)| {
        let id = format!("{group}-{}", if side == Side::Theirs { "theirs" } else { "yours" });
        let (shown, picked) = (field.clone(), field.clone());
        let is_picked = move || merge.with(|merge| merge.as_ref().and_then(|merge| merge.side(&shown)) == Some(side));
        let pick = handle_event(move |_| on_pick.run((picked.clone(), side)));
        view! {
            <label class="check" for=id.clone()>
                <input id=id.clone() type="radio" name=group.to_owned() prop:checked=moving_flag(is_picked) on:change=pick />
                <span class="compare-text">{text}</span>
            </label>
        }
        .into_any()
    };
    options.into_iter().map(option).collect::<Vec<_>>().into_any()
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
