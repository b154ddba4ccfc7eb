//! Three versions of a secret that someone else has changed meanwhile, and the choice between them.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, quoted, secret_words as words};
use strongroom_core::model::edit_flow::{Intent, Step};
use strongroom_core::model::merge::{Comparison, Field, Merge, Side, Standing, YourValue};

use crate::pages::secrets::edit::controller::Editor;
use crate::ui::button::{Button, Rank, SubmitButton};
use crate::ui::erased::{dynamic, handle_event, moving_flag};

/// Base, theirs and yours, field by field, and which to take.
#[component]
pub fn Compare(editor: Editor) -> impl IntoView {
    let words = words();
    let merge = Memo::new(move |_| {
        editor.state.with(|state| match &state.step {
            Step::Comparing(comparing) => Some(comparing.merge.clone()),
            _ => None,
        })
    });
    // The fields stay as they are while one picks.
    let first = merge.get_untracked();
    let is_after_loss = editor
        .state
        .with_untracked(|state| matches!(&state.step, Step::Comparing(comparing) if comparing.is_after_loss));
    let intro = if is_after_loss {
        words.compare_intro_lost
    } else {
        words.compare_intro
    };
    let comparisons = first.iter().flat_map(|merge| merge.comparisons().to_vec());
    let told: Vec<AnyView> = comparisons
        .filter(|it| it.standing != Standing::Untouched)
        .enumerate()
        .map(|(number, comparison)| field(editor, merge, number, comparison))
        .collect();
    let yours = first.as_ref().map_or(YourValue::Kept, |merge| merge.value());
    let refusal = Signal::derive(move || {
        let undecided = merge.with(|merge| {
            let merge = merge.as_ref()?;
            let names: Vec<String> = merge.undecided().map(|it| name(&it.field)).collect();
            (!names.is_empty()).then(|| names.join(", "))
        });
        undecided.map(|fields| fill(words.compare_undecided, &[("fields", &fields)]))
    });
    view! {
        <div class="review" role="group" aria-labelledby="step-title">
            <h2 id="step-title" tabindex="-1">{words.compare_title}</h2>
            <p role="alert">{intro}</p>
            {told}
            {value(editor, merge, yours)}
            {dynamic(move || refusal.get().map(|text| view! { <p class="field-hint">{text}</p> }))}
            <div class="actions">
                <SubmitButton refusal>{words.compare_take}</SubmitButton>
                <Button rank=Rank::Secondary on_click=move |_| editor.act(Intent::WentBack)>{words.back_to_editing}</Button>
            </div>
        </div>
    }
    .into_any()
}

fn field(editor: Editor, merge: Memo<Option<Merge>>, number: usize, comparison: Comparison) -> AnyView {
    let words = words();
    let shown = |text: &Option<String>| {
        text.as_deref()
            .map_or_else(|| words.absent.to_owned(), |text| quoted(words, text))
    };
    let theirs = fill(words.compare_theirs, &[("text", &shown(&comparison.theirs))]);
    let yours = fill(words.compare_yours, &[("text", &shown(&comparison.yours))]);
    let base = shown(&comparison.base);
    let choice = if comparison.standing == Standing::SameChange {
        let text = fill(words.compare_same, &[("text", &shown(&comparison.yours))]);
        view! { <p>{text}</p> }.into_any()
    } else {
        let group = format!("pick-{number}");
        let of = comparison.field.clone();
        let options = [(Side::Theirs, theirs), (Side::Yours, yours)];
        picks(editor, merge, &group, &of, options)
    };
    view! {
        <fieldset class="fieldset compare">
            <legend class="field-label">{name(&comparison.field)}</legend>
            <p class="muted">{words.compare_base}" "{base}</p>
            {choice}
        </fieldset>
    }
    .into_any()
}

/// What nobody can compare, and what to do with it all the same.
fn value(editor: Editor, merge: Memo<Option<Merge>>, yours: YourValue) -> AnyView {
    let words = words();
    let yours = match yours {
        YourValue::Kept => None,
        YourValue::Replaced => Some(words.compare_value_replace),
        YourValue::Cleared => Some(words.compare_value_clear),
    };
    let choice = yours.map(|yours| {
        let options = [
            (Side::Theirs, words.compare_value_theirs.to_owned()),
            (Side::Yours, yours.to_owned()),
        ];
        picks(editor, merge, "pick-value", &Field::Value, options)
    });
    view! {
        <fieldset class="fieldset compare">
            <legend class="field-label">{words.field_value}</legend>
            <p class="muted">{words.compare_value_unknown}</p>
            {choice}
        </fieldset>
    }
    .into_any()
}

fn picks(
    editor: Editor,
    merge: Memo<Option<Merge>>,
    group: &str,
    field: &Field,
    options: [(Side, String); 2],
) -> AnyView {
    let option = |(side, text): (Side, String)| {
        let id = format!("{group}-{}", if side == Side::Theirs { "theirs" } else { "yours" });
        let (shown, picked) = (field.clone(), field.clone());
        let is_picked = move || merge.with(|merge| merge.as_ref().and_then(|merge| merge.side(&shown)) == Some(side));
        let pick = handle_event(move |_| editor.act(Intent::Picked(picked.clone(), side)));
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

fn name(field: &Field) -> String {
    let words = words();
    match field {
        Field::Name => words.field_name.to_owned(),
        Field::ExternalId => words.field_external_id.to_owned(),
        Field::Label(key) => fill(words.label_of, &[("key", key)]),
        Field::Value => words.field_value.to_owned(),
    }
}
