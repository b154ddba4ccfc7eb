//! Actions on a single row.

use contract::{SecretId, WorkspaceId, calls};
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::actions::ActionId;
use strongroom_core::model::reference_text::Spelling;
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::snippets::{FORMS, Form, read_call};
use strongroom_core::route::Route;

use crate::api::config::use_limits;
use crate::api::session::use_session;
use crate::browser::clipboard::use_clipboard;
use crate::browser::history::use_navigation;
use crate::browser::tasks::ViewTasks;
use crate::browser::{popover, tasks};
use crate::components::copyable::{copy, copy_reference};
use crate::components::delete_dialog::{DeleteSecret, read_to_delete};
use crate::components::messages::snippet_name;
use crate::components::permission::why_not_send;
use crate::components::replace_request::use_replace_request;
use crate::components::secret_value::copy_value;
use crate::pages::secrets::list::context::{ListContext, OverlayRequest};
use crate::store::notices::use_notices;
use crate::store::reveal::Reveal;
use crate::store::value_access::use_value_access;
use crate::ui::erased::dynamic;
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuEntry, MenuItem};

/// The id of the menu: there is only one, anchored to the row whose button was pressed.
const MENU: &str = "row-menu";

/// The menu of the current row.
#[component]
pub fn RowMenu(context: ListContext) -> impl IntoView {
    let session = use_session();
    let navigation = use_navigation();
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let (replacing, access) = (use_replace_request(), use_value_access());
    let seconds = use_limits().clipboard_seconds;
    let asking = ViewTasks::until_unmount();
    popover::keep_presses_from_rows(MENU);
    let row = RwSignal::new(String::new());
    let deleting = RwSignal::new(None::<SecretFacts>);
    tasks::follow(move || {
        if let OverlayRequest::RowMenu(id) = context.request.get() {
            context.request.set(OverlayRequest::Nothing);
            row.set(id);
            request_animation_frame(|| popover::open(MENU));
        }
    });
    let workspace = move || context.workspace.get_value();
    let secret = move || SecretId::parse(row.get_untracked()).ok();
    let name = move || name_of(context, &row.get_untracked());
    let go = move |route: fn(WorkspaceId, SecretId) -> Route| {
        Callback::new(move |()| {
            if let Some(id) = secret() {
                navigation.go(&route(workspace(), id).to_path());
            }
        })
    };
    // A missing scope is ignored: the key may have got it since, and the server checks again.
    let refusal = why_not_send(&context.workspace.get_value());
    let allowed = move |act: Callback<()>| {
        Callback::new(move |()| match refusal.get_untracked() {
            Some(refusal) => notices.failed(refusal),
            None => act.run(()),
        })
    };
    let replace = Callback::new(move |()| {
        if let Some(id) = secret() {
            replacing.open(workspace(), id, name().unwrap_or_default());
        }
    });
    let read = Callback::new(move |secret: SecretFacts| {
        // Ignored if another dialog opened meanwhile.
        deleting.update(|deleting| {
            deleting.get_or_insert(secret);
        });
    });
    let delete = Callback::new(move |()| {
        let Some(id) = secret() else { return };
        read_to_delete(asking, session, notices, (workspace(), id), read);
    });
    let delete = allowed(delete);
    tasks::follow(move || {
        if let OverlayRequest::DeleteRow(id) = context.request.get() {
            context.request.set(OverlayRequest::Nothing);
            row.set(id);
            delete.run(());
        }
    });
    let copied = move |what: &'static str, text: Callback<(), Option<String>>| {
        Callback::new(move |()| {
            if let Some(text) = text.run(()) {
                copy(clipboard, notices, what, text);
            }
        })
    };
    let refer = move |spelling: Spelling| {
        Callback::new(move |()| {
            if let Some(name) = name() {
                copy_reference(clipboard, notices, spelling, &name);
            }
        })
    };
    let reveal = Reveal::new(session.hooks(), move || {
        let call = secret().map(|id| calls::read_secret(&workspace(), &id));
        Box::pin(async move {
            match call {
                Some(call) => session.send(call).await.map(|secret| access.learn(secret.spec.value)),
                None => Ok(None),
            }
        })
    });
    let call = move |form: Form| {
        Callback::new(move |()| {
            let base = session
                .state()
                .with_untracked(|state| state.connection().map(|connection| connection.base.to_string()))?;
            Some(read_call(form, &base, workspace().as_str(), &row.get_untracked()))
        })
    };
    let item = |name, glyph, act| MenuItem {
        name,
        glyph,
        is_danger: false,
        same_as: None,
        act,
    };
    let forms = FORMS.map(|form| {
        let code = copied(snippet_name(form), call(form));
        item(form.name(), Some(Glyph::COPY), code)
    });
    let menu = move || {
        // Anew each time it opens: single keys may have been turned on or off.
        row.track();
        let entry = |name, glyph, act| MenuEntry::Item(item(name, Some(glyph), act));
        let keyed = |action, name, glyph, act| {
            MenuEntry::Item(MenuItem {
                same_as: Some(action),
                ..item(name, Some(glyph), act)
            })
        };
        let mut items = vec![
            entry(words::list().open, Glyph::OPEN, go(Route::Secret)),
            keyed(ActionId::Edit, words::common().edit, Glyph::PENCIL, allowed(go(Route::EditSecret))),
            keyed(ActionId::ReplaceValue, words::value().replace, Glyph::REPLACE, allowed(replace)),
            MenuEntry::Divider,
            keyed(
                ActionId::CopyName,
                words::list().copy_name,
                Glyph::COPY,
                copied(words::fields().name, Callback::new(move |()| name())),
            ),
            keyed(
                ActionId::CopyId,
                words::list().copy_id,
                Glyph::COPY,
                copied(words::fields().id, Callback::new(move |()| Some(row.get_untracked()))),
            ),
        ];
        items.extend([
            keyed(ActionId::CopyVariable, words::list().copy_variable, Glyph::COPY, refer(Spelling::Variable)),
            keyed(ActionId::CopyTemplate, words::list().copy_template, Glyph::COPY, refer(Spelling::Template)),
        ]);
        if access.may_return() {
            let copy_it = Callback::new(move |()| copy_value(reveal, seconds, notices));
            items.push(keyed(ActionId::CopyValue, words::value().copy, Glyph::COPY, copy_it));
        }
        items.extend([
            MenuEntry::More {
                name: words::list().copy_as,
                glyph: Some(Glyph::CODE),
                items: forms.to_vec(),
            },
            MenuEntry::Divider,
            MenuEntry::Item(MenuItem {
                name: words::common().delete,
                glyph: Some(Glyph::TRASH),
                is_danger: true,
                same_as: Some(ActionId::Delete),
                act: delete,
            }),
        ]);
        view! { <Menu id=MENU label=words::list().row_actions items /> }
    };
    let dialog = dynamic(move || {
        let secret = deleting.get()?;
        let close = move |()| deleting.set(None);
        Some(view! { <DeleteSecret workspace=workspace() secret on_done=close on_cancel=close /> })
    });
    view! {
        {dynamic(menu)}
        {dialog}
    }
    .into_any()
}

fn name_of(context: ListContext, id: &str) -> Option<String> {
    context.list.find(id, |rows, row| rows.name(row).to_owned())
}
