//! How a secret is used: the references to it, and the API call that reads it.

use contract::{SecretId, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::reference_text::{SPELLINGS, Spelling};
use strongroom_core::model::snippets::{FORMS, Form, read_call};

use crate::browser::tasks::memo;
use crate::api::session::use_session;
use crate::browser::clipboard::use_clipboard;
use crate::components::copyable::{copy, copy_reference};
use crate::components::messages::snippet_name;
use crate::store::notices::use_notices;
use crate::ui::button::IconButton;
use crate::ui::choice::{Choice, RadioGroup, Shape};
use crate::ui::erased::dynamic;
use crate::ui::icon::Glyph;

/// The ids of the controls, by form.
const IDS: [&str; 4] = ["use-curl", "use-python", "use-typescript", "use-go"];

/// The call in one language at a time, with a button to copy it. The key is a variable, never the key itself.
#[component]
pub fn ReadingCall(
    workspace: WorkspaceId,
    id: SecretId,
) -> impl IntoView {
    let session = use_session();
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let place = StoredValue::new((workspace, id));
    let chosen = RwSignal::new(0_usize);
    let form = move || FORMS.get(chosen.get()).copied().unwrap_or(Form::Curl);
    let base = memo(move |_| {
        session
            .state()
            .with(|state| state.connection().map(|connection| connection.base.to_string()))
    });
    let call = memo(move |_| {
        let base = base.get().unwrap_or_default();
        place.with_value(|(workspace, id)| read_call(form(), &base, workspace.as_str(), id.as_str()))
    });
    let choice = |(form, id): (Form, &'static str)| Choice {
        id,
        label: form.name(),
        ..Choice::default()
    };
    let choices = FORMS.into_iter().zip(IDS).map(choice).collect();
    let label = Signal::derive(move || fill(words::common().copy, &[("what", snippet_name(form()))]));
    let on_copy = move |()| copy(clipboard, notices, snippet_name(untrack(form)), call.get_untracked());
    view! {
        <div class="use-it">
            <RadioGroup
                name="use-it"
                label=words::secret().api_call
                choices
                chosen
                on_choose=move |index| chosen.set(index)
                shape=Shape::Segments
            />
            <div class="code-copy">
                <pre class="code-block" translate="no">{dynamic(move || call.get())}</pre>
                <IconButton glyph=Glyph::COPY label on_click=on_copy />
            </div>
        </div>
    }
    .into_any()
}

/// The references to a secret, each with a copy button and where it works.
#[component]
pub fn ReferenceLines(
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let reference = |spelling: Spelling| {
        let text = spelling.of(&name);
        let label = fill(words::common().copy, &[("what", &text)]);
        let place = match spelling {
            Spelling::Variable => words::secret().variable_where,
            Spelling::Template => words::secret().template_where,
        };
        let copied = name.clone();
        view! {
            <li>
                <span class="copyable">
                    <code translate="no">{text}</code>
                    <IconButton
                        glyph=Glyph::COPY
                        label
                        on_click=move |()| copy_reference(clipboard, notices, spelling, &copied)
                    />
                </span>
                <span class="field-hint">{place}</span>
            </li>
        }
    };
    view! { <ul class="reference-lines">{SPELLINGS.map(reference).collect_view()}</ul> }.into_any()
}
