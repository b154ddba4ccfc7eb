//! The API call that reads a secret.

use contract::{SecretId, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::model::snippets::{Form, read_call};

use crate::api::session::use_session;
use crate::browser::clipboard::use_clipboard;
use crate::components::copyable::copy;
use crate::components::messages::snippet_name;
use crate::store::notices::use_notices;
use crate::ui::button::{Button, Rank};
use crate::ui::erased::dynamic;
use crate::ui::icon::Glyph;

/// The call as a curl command, with buttons to copy it in other languages. The key is a variable, never the key itself.
#[component]
pub fn ReadingCall(
    workspace: WorkspaceId,
    id: SecretId,
) -> impl IntoView {
    let session = use_session();
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let place = StoredValue::new((workspace, id));
    let base = Memo::new(move |_| {
        session
            .state()
            .with(|state| state.connection().map(|connection| connection.base.to_string()))
    });
    let call = move |form: Form| {
        let base = base.get_untracked().unwrap_or_default();
        place.with_value(|(workspace, id)| read_call(form, &base, workspace.as_str(), id.as_str()))
    };
    let shown = dynamic(move || {
        base.track();
        call(Form::Curl)
    });
    let copy = move |form: Form| copy(clipboard, notices, snippet_name(form).1, call(form));
    let button = |form: Form| {
        view! {
            <Button rank=Rank::Quiet glyph=Glyph::COPY on_click=move |_| copy(form)>{snippet_name(form).0}</Button>
        }
        .into_any()
    };
    let forms = [Form::Curl, Form::Python, Form::TypeScript, Form::Go];
    let buttons: Vec<AnyView> = forms.into_iter().map(button).collect();
    view! {
        <pre class="code-block" translate="no">{shown}</pre>
        <div class="actions">{buttons}</div>
    }
    .into_any()
}
