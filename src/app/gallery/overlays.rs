//! Dialogs, menus and popovers.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::gallery::Specimen;
use crate::store::notices::use_notices;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, Rank};
use crate::ui::combobox::{Combobox, Find, Found};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{When, dynamic};
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuEntry, MenuItem};

#[component]
pub fn Overlays() -> impl IntoView {
    let notices = use_notices();
    let is_open = RwSignal::new(false);
    let is_asking = RwSignal::new(false);
    let chosen = RwSignal::new(None::<usize>);
    let item = move |name: &'static str, glyph, is_danger| MenuItem {
        name,
        glyph: Some(glyph),
        is_danger,
        same_as: None,
        act: Callback::new(move |()| notices.done(name)),
    };
    let items = vec![
        MenuEntry::Item(item("Edit", Glyph::PENCIL, false)),
        MenuEntry::Item(item("Copy name", Glyph::COPY, false)),
        MenuEntry::More {
            name: "Copy as",
            glyph: Some(Glyph::CODE),
            items: vec![item("curl", Glyph::COPY, false), item("Go", Glyph::COPY, false)],
        },
        MenuEntry::Divider,
        MenuEntry::Item(item("Delete", Glyph::TRASH, true)),
    ];
    let names = ["Production", "Staging", "Research"];
    let find: Find = Arc::new(move |typed: &str| {
        let fits = |(_, name): &(usize, &&str)| name.to_lowercase().contains(&typed.to_lowercase());
        let of = |(number, name): (usize, &&str)| Found {
            number,
            text: (*name).to_owned(),
            note: "Enabled".to_owned(),
            dot: Some(Tone::Success),
            ..Found::default()
        };
        names.iter().enumerate().filter(fits).map(of).collect()
    });
    let told = dynamic(move || chosen.get().and_then(|number| names.get(number).copied()));
    view! {
        <h2 class="heading">"Overlays"</h2>
        <Specimen name="Dialog and alert dialog">
            <div class="actions">
                <Button on_click=move |_| is_open.set(true)>"Open a dialog"</Button>
                <Button rank=Rank::Danger on_click=move |_| is_asking.set(true)>"Ask before deleting"</Button>
            </div>
            <When condition=is_open>
                <Dialog label="A dialog" id="a-dialog" on_cancel=move |()| is_open.set(false)>
                    <p>"Escape closes it, and the focus goes back to where it was."</p>
                    <div class="actions"><Button on_click=move |_| is_open.set(false)>"Close"</Button></div>
                </Dialog>
            </When>
            <When condition=is_asking>
                <Dialog label="Delete it" id="an-alert" is_alert=true on_cancel=move |()| is_asking.set(false)>
                    <p>"This cannot be undone."</p>
                    <div class="actions">
                        <Button on_click=move |_| is_asking.set(false)>"Cancel"</Button>
                        <Button rank=Rank::Danger on_click=move |_| is_asking.set(false)>"Delete"</Button>
                    </div>
                </Dialog>
            </When>
        </Specimen>
        <Specimen name="Menu">
            <p class="row-anchor"><button type="button" class="button" popovertarget="a-menu">"More to do"</button></p>
            <Menu id="a-menu" label="More to do" items />
        </Specimen>
        <Specimen name="Combobox">
            <Combobox id="a-combobox" label="Filter workspaces" list_label="Workspaces" find on_choose=move |number| chosen.set(Some(number)) />
            <p class="muted" role="status">"Chosen: " {told}</p>
        </Specimen>
    }
    .into_any()
}
