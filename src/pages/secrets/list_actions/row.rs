//! Actions on a single row.

use contract::{SecretId, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::snippets::{Form, read_call};
use strongroom_core::route::Route;

use crate::api::session::{Session, use_session};
use crate::browser::clipboard::use_clipboard;
use crate::browser::history::use_navigation;
use crate::browser::tasks::ViewTasks;
use crate::browser::{popover, tasks};
use crate::components::permission::why_not_send;
use crate::components::copyable::copy;
use crate::components::delete_dialog::DeleteSecret;
use crate::components::messages::explained;
use crate::store::notices::{Notices, use_notices};
use crate::pages::secrets::list::context::{ListContext, OverlayRequest};
use crate::ui::erased::dynamic;
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};

/// The id of the menu: there is only one, anchored to the row whose button was pressed.
const MENU: &str = "row-menu";

/// The menu of the current row.
#[component]
pub fn RowMenu(context: ListContext) -> impl IntoView {
    let session = use_session();
    let navigation = use_navigation();
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let asking = ViewTasks::until_unmount();
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
    let go = move |route: fn(WorkspaceId, SecretId) -> Route| {
        Callback::new(move |()| {
            if let Ok(id) = SecretId::parse(row.get_untracked()) {
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
    // Read the secret first: the confirmation depends on its last use, which may be outdated or missing in the list.
    let delete = Callback::new(move |()| {
        let Ok(id) = SecretId::parse(row.get_untracked()) else {
            return;
        };
        // Replacing a pending delete would silently cancel it.
        let waiting = deleting.with_untracked(|it| it.as_ref().map(|it| it.metadata.name.clone()));
        if let Some(name) = waiting {
            notices.failed(fill(words::delete().one_at_a_time, &[("name", &name)]));
            return;
        }
        ask(asking, session, notices, (workspace(), id), deleting);
    });
    let copied = move |what: &'static str, text: fn(ListContext, &str) -> Option<String>| {
        Callback::new(move |()| {
            if let Some(text) = text(context, &row.get_untracked()) {
                copy(clipboard, notices, what, text);
            }
        })
    };
    let call = move |what: &'static str, form: Form| {
        Callback::new(move |()| {
            let base = session
                .state()
                .with_untracked(|state| state.connection().map(|connection| connection.base.to_string()));
            if let Some(base) = base {
                let text = read_call(form, &base, workspace().as_str(), &row.get_untracked());
                copy(clipboard, notices, what, text);
            }
        })
    };
    let item = |name, glyph, act| MenuItem {
        name,
        glyph,
        is_danger: false,
        act,
    };
    let items = vec![
        item(words::list().open, Some(Glyph::KEY), go(Route::Secret)),
        item(words::common().edit, Some(Glyph::PENCIL), allowed(go(Route::EditSecret))),
        item(words::list().copy_name, Some(Glyph::COPY), copied(words::fields().name, name_of)),
        item(
            words::list().copy_id,
            Some(Glyph::COPY),
            copied(words::fields().id, |_, id| Some(id.to_owned())),
        ),
        item(words::secret().copy_curl, None, call(words::secret().call_curl, Form::Curl)),
        item(words::secret().copy_python, None, call(words::secret().call_python, Form::Python)),
        item(
            words::secret().copy_typescript,
            None,
            call(words::secret().call_typescript, Form::TypeScript),
        ),
        item(words::secret().copy_go, None, call(words::secret().call_go, Form::Go)),
        MenuItem {
            name: words::common().delete,
            glyph: Some(Glyph::TRASH),
            is_danger: true,
            act: allowed(delete),
        },
    ];
    let dialog = dynamic(move || {
        let secret = deleting.get()?;
        let close = move |()| deleting.set(None);
        Some(view! { <DeleteSecret workspace=workspace() secret on_done=close on_cancel=close /> })
    });
    view! {
        <Menu id=MENU label=words::list().row_actions items />
        {dialog}
    }
    .into_any()
}

/// Reads a secret and opens the delete dialog for it.
fn ask(asking: ViewTasks, session: Session, notices: Notices, which: (WorkspaceId, SecretId), deleting: RwSignal<Option<SecretFacts>>) {
    asking.spawn(async move {
        match session.send(contract::calls::read_secret(&which.0, &which.1)).await {
            Ok(secret) => deleting.update(|deleting| {
                // Ignored if another dialog opened meanwhile.
                deleting.get_or_insert_with(|| SecretFacts::from(secret));
            }),
            Err(failure) => notices.failed_because(explained(&failure), move || {
                ask(asking, session, notices, which.clone(), deleting);
            }),
        }
    });
}

fn name_of(context: ListContext, id: &str) -> Option<String> {
    context.list.find(id, |rows, row| rows.name(row).to_owned())
}
