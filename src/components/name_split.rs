//! Offers to split a name that was typed together with its value, before it is saved where everybody reads it.

use contract::SecretText;
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::dotenv::{self, EnvEntry};
use strongroom_core::model::metadata_form::MetadataForm;

use crate::browser::tasks::memo;
use crate::browser::page;
use crate::ui::erased::{dynamic, handle_click};

/// Whether the name looks like a name with its value.
pub fn is_assigned(form: &MetadataForm) -> bool {
    dotenv::typed_as_name(&form.name).is_some()
}

/// The offer, below the name. `held`: whether a create waits for the answer.
pub fn name_split(
    form: Signal<MetadataForm>,
    held: Signal<bool>,
    on_split: impl Fn(String, &SecretText) + Send + Sync + 'static,
) -> AnyView {
    let on_split = StoredValue::new(on_split);
    let is_offered = memo(move |_| form.with(is_assigned));
    let split = move || {
        let Some(EnvEntry { name, value, .. }) = form.with_untracked(|form| dotenv::typed_as_name(&form.name)) else {
            return;
        };
        on_split.with_value(|on_split| on_split(name, &value));
        page::focus_id("name");
    };
    let offer = move || {
        let text = if held.get() { words::metadata().assigned_held } else { words::metadata().assigned };
        let split = handle_click(move |_| split());
        view! {
            <p class="field-hint">
                {text}" · "
                <button type="button" class="link" on:click=split>{words::metadata().split_name}</button>
            </p>
        }
    };
    view! { <div role="status">{dynamic(move || is_offered.get().then(offer))}</div> }.into_any()
}
