//! Actions on a single row.

use contract::SecretId;
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::actions::ActionId;
use strongroom_core::model::palette::SecretAct;
use strongroom_core::model::reference_text::Spelling;
use strongroom_core::model::snippets::{FORMS, Form, read_call};

use crate::api::session::{State, use_session};
use crate::browser::clipboard::use_clipboard;
use crate::browser::{popover, tasks};
use crate::components::copyable::copy;
use crate::components::messages::snippet_name;
use crate::components::permission::why_not_send;
use crate::components::replace_request::Subject;
use crate::components::secret_acts::acts;
use crate::pages::secrets::list::context::{ListContext, OverlayRequest};
use crate::store::notices::use_notices;
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
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let access = use_value_access();
    popover::keep_presses_from_rows(MENU);
    let row = RwSignal::new(String::new());
    tasks::follow(move || {
        if let OverlayRequest::RowMenu(id) = context.request.get() {
            context.request.set(OverlayRequest::Nothing);
            row.set(id);
            request_animation_frame(|| popover::open(MENU));
        }
    });
    let workspace = move || context.workspace.get_value();
    let (on_act, dialog) = acts(Callback::new(|_| ()));
    // A missing scope is ignored: the key may have got it since, and the server checks again.
    let refusal = why_not_send(&context.workspace.get_value());
    let run = move |act: SecretAct| {
        let row = row.get_untracked();
        let name = context.list.find(&row, |rows, row| rows.name(row).to_owned());
        let subject = SecretId::parse(row).ok().zip(name);
        let refusal = refusal.get_untracked().filter(|_| act.is_write());
        match (subject, refusal) {
            (Some(_), Some(refusal)) => notices.failed(refusal),
            (Some((id, name)), None) => on_act.run((act, Subject { workspace: workspace(), id, name })),
            (None, _) => {}
        }
    };
    tasks::follow(move || {
        if let OverlayRequest::DeleteRow(id) = context.request.get() {
            context.request.set(OverlayRequest::Nothing);
            row.set(id);
            run(SecretAct::Delete);
        }
    });
    let copy_call = move |form: Form| {
        Callback::new(move |()| {
            let base = |state: &State| state.connection().map(|connection| connection.base.to_string());
            if let Some(base) = session.state().with_untracked(base) {
                let call = read_call(form, &base, workspace().as_str(), &row.get_untracked());
                copy(clipboard, notices, snippet_name(form), call);
            }
        })
    };
    let item = |name, glyph, act| MenuItem {
        name,
        glyph,
        is_danger: false,
        same_as: None,
        act,
    };
    let forms = FORMS.map(|form| item(form.name(), Some(Glyph::COPY), copy_call(form)));
    let menu = move || {
        // Anew each time it opens: single keys may have been turned on or off.
        row.track();
        let entry = |name, glyph, same_as: Option<ActionId>, act: SecretAct| {
            MenuEntry::Item(MenuItem {
                same_as,
                is_danger: act == SecretAct::Delete,
                ..item(name, Some(glyph), Callback::new(move |()| run(act)))
            })
        };
        let (list, value) = (words::list(), words::value());
        let (variable, template) = (Spelling::Variable, Spelling::Template);
        let mut items = vec![
            entry(list.open, Glyph::OPEN, None, SecretAct::Open),
            entry(words::common().edit, Glyph::PENCIL, Some(ActionId::Edit), SecretAct::Edit),
            entry(value.replace, Glyph::REPLACE, Some(ActionId::ReplaceValue), SecretAct::ReplaceValue),
            MenuEntry::Divider,
            entry(list.copy_name, Glyph::COPY, Some(ActionId::CopyName), SecretAct::CopyName),
            entry(list.copy_id, Glyph::COPY, Some(ActionId::CopyId), SecretAct::CopyId),
            entry(list.copy_variable, Glyph::COPY, Some(ActionId::CopyVariable), SecretAct::CopyReference(variable)),
            entry(list.copy_template, Glyph::COPY, Some(ActionId::CopyTemplate), SecretAct::CopyReference(template)),
        ];
        if access.may_return() {
            items.push(entry(value.copy, Glyph::COPY, Some(ActionId::CopyValue), SecretAct::CopyValue));
        }
        items.extend([
            MenuEntry::More {
                name: list.copy_as,
                glyph: Some(Glyph::CODE),
                items: forms.to_vec(),
            },
            MenuEntry::Divider,
            entry(words::common().delete, Glyph::TRASH, Some(ActionId::Delete), SecretAct::Delete),
        ]);
        view! { <Menu id=MENU label=words::list().row_actions items /> }
    };
    view! {
        {dynamic(menu)}
        {dialog}
    }
    .into_any()
}
