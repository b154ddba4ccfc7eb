//! What floats above the rest.

use std::sync::Arc;

use leptos::prelude::*;
use strongroom::browser::keyboard;
use strongroom::ui::button::IconButton;
use strongroom::ui::combobox::{Combobox, Find, Found};
use strongroom::ui::dialog::Dialog;
use strongroom::ui::erased::When;
use strongroom::ui::icon::Glyph;
use strongroom::ui::menu::{Menu, MenuEntry, MenuItem};
use wasm_bindgen_test::wasm_bindgen_test;

use super::Stage;

#[wasm_bindgen_test]
async fn a_dialog_keeps_the_rest_away_and_gives_the_focus_back() {
    for is_alert in [false, true] {
        let is_open = RwSignal::new(false);
        let cancelled = RwSignal::new(0);
        let stage = Stage::of(move || {
            view! {
                <button on:click=move |_| is_open.set(true)>"Open"</button>
                <When condition=is_open>
                    <Dialog label="A dialog" id="a-dialog" is_alert on_cancel=move |()| cancelled.update(|it| *it += 1)>
                        <button id="inside">"Inside"</button>
                    </Dialog>
                </When>
            }
        })
        .await;
        stage.act("at('button').focus(); at('button').click()").await;
        stage.until("at('dialog[open]')").await;
        assert!(
            stage.holds("at('dialog').matches(':modal')"),
            "the page behind is inert"
        );
        assert_eq!(
            stage.say("at('dialog').getAttribute('role')"),
            if is_alert { "alertdialog" } else { "null" }
        );
        assert_eq!(
            stage.say("at('#' + at('dialog').getAttribute('aria-labelledby')).textContent"),
            "A dialog"
        );
        assert_eq!(
            stage.say("document.getElementById(at('dialog').getAttribute('aria-describedby'))?.textContent"),
            if is_alert { "Inside" } else { "undefined" },
            "what is asked is read aloud with the name"
        );
        assert_eq!(stage.say("document.activeElement.id"), "inside");
        stage
            .act("at('dialog').dispatchEvent(new Event('cancel', {cancelable: true}))")
            .await;
        assert_eq!(cancelled.get_untracked(), 1);
        assert!(stage.holds("at('dialog[open]')"), "whoever opened it closes it");
        // The browser is left nothing to close: of several Escapes in a row it asks only about the first.
        assert!(stage.holds(
            "!at('#inside').dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, cancelable: true}))"
        ));
        assert_eq!(cancelled.get_untracked(), 2);
        is_open.set(false);
        stage.until("!at('dialog')").await;
        assert_eq!(stage.say("document.activeElement.textContent"), "Open");
    }
}

fn menu(done: RwSignal<Vec<&'static str>>) -> impl IntoView {
    let item = move |name: &'static str, is_danger| MenuItem {
        name,
        glyph: None,
        is_danger,
        same_as: None,
        act: Callback::new(move |()| done.update(|done| done.push(name))),
    };
    let more = MenuEntry::More {
        name: "Copy as",
        glyph: None,
        items: vec![item("curl", false), item("Go", false)],
    };
    let items = vec![
        MenuEntry::Item(item("Edit", false)),
        MenuEntry::Item(item("Copy", false)),
        more,
        MenuEntry::Divider,
        MenuEntry::Item(item("Delete", true)),
    ];
    view! { <button popovertarget="menu">"More"</button> <Menu id="menu" label="More" items /> }
}

#[wasm_bindgen_test]
async fn a_menu_is_walked_with_arrows_and_does_what_is_chosen() {
    let done = RwSignal::new(Vec::new());
    let stage = Stage::of(move || menu(done)).await;
    let button = "at('[popovertarget]')";
    stage.act(&format!("{button}.focus(); {button}.click()")).await;
    stage.until("document.activeElement.textContent === 'Edit'").await;
    stage.act("key('#menu-0', 'ArrowUp')").await;
    assert_eq!(
        stage.say("document.activeElement.textContent"),
        "Close",
        "around the end; here is no style sheet, which hides it where a menu is no sheet"
    );
    stage.act("key('#menu-5', 'Home')").await;
    stage.act("key('#menu-0', 'ArrowDown')").await;
    assert_eq!(stage.say("document.activeElement.textContent"), "Copy");
    stage.act("document.activeElement.click()").await;
    stage.until("!at('[popover]').matches(':popover-open')").await;
    assert_eq!(done.get_untracked(), ["Copy"]);
    stage.until(&format!("document.activeElement === {button}")).await;
    assert!(stage.holds("at('#menu-5').classList.contains('menu-item-danger')"));
}

#[wasm_bindgen_test]
async fn further_items_open_to_the_right_and_close_to_the_left() {
    let done = RwSignal::new(Vec::new());
    let stage = Stage::of(move || menu(done)).await;
    let button = "at('[popovertarget]')";
    stage.act(&format!("{button}.focus(); {button}.click()")).await;
    stage.until("document.activeElement.textContent === 'Edit'").await;
    stage.act("key('#menu-0', 'End')").await;
    stage.act("key('#menu-5', 'ArrowUp')").await;
    assert_eq!(stage.say("document.activeElement.textContent"), "Delete");
    stage.act("key('#menu-5', 'ArrowUp')").await;
    assert_eq!(
        stage.say("document.activeElement.textContent"),
        "Copy as",
        "hidden items are passed"
    );
    assert_eq!(stage.say("document.activeElement.ariaExpanded"), "false");
    stage.act("key('#menu-2', 'ArrowRight')").await;
    stage.until("document.activeElement.textContent === 'curl'").await;
    assert_eq!(stage.say("at('#menu-2').ariaExpanded"), "true");
    stage.act("key('#menu-3', 'ArrowDown')").await;
    assert_eq!(stage.say("document.activeElement.textContent"), "Go");
    stage.act("key('#menu-4', 'ArrowLeft')").await;
    stage.until("document.activeElement.id === 'menu-2'").await;
    stage.until("at('#menu-3').offsetParent === null").await;
    stage.act("at('#menu-2').click()").await;
    stage.until("at('#menu-4').offsetParent !== null").await;
    stage.act("at('#menu-4').click()").await;
    stage.until("!at('[popover]').matches(':popover-open')").await;
    assert_eq!(done.get_untracked(), ["Go"]);
}

fn names() -> Find {
    Arc::new(|typed: &str| {
        let of = |(number, name): (usize, &&str)| Found {
            number,
            text: (*name).to_owned(),
            note: "Enabled".to_owned(),
            dot: None,
            ..Found::default()
        };
        let all = ["Production", "Staging", "Research"];
        let fits = |(_, name): &(usize, &&str)| name.to_lowercase().contains(&typed.to_lowercase());
        all.iter().enumerate().filter(fits).map(of).collect()
    })
}

#[wasm_bindgen_test]
async fn a_combobox_finds_while_one_types_and_chooses_with_enter_or_a_click() {
    let chosen = RwSignal::new(Vec::new());
    let stage = Stage::of(move || {
        let on_choose = move |number| chosen.update(|it| it.push(number));
        view! { <Combobox id="find" label="Filter" list_label="Workspaces" find=names() on_choose /> }
    })
    .await;
    let marked = "all('[role=option]').map(it => it.ariaSelected)";
    assert_eq!(stage.say("at('input').ariaLabel"), "Filter");
    assert_eq!(
        stage.say("at('#' + at('input').getAttribute('aria-controls')).ariaLabel"),
        "Workspaces"
    );
    assert_eq!(stage.say(marked), "true,false,false");
    stage.act("at('input').focus(); key('input', 'ArrowDown')").await;
    assert_eq!(stage.say(marked), "false,true,false");
    assert_eq!(
        stage.say(
            "at('#' + at('input').getAttribute('aria-activedescendant')).querySelector('.option-text').textContent"
        ),
        "Staging"
    );
    assert_eq!(
        stage.say("document.activeElement.id"),
        "find",
        "the focus stays in the line"
    );
    stage.act("key('input', 'ArrowUp')").await;
    stage.act("key('input', 'ArrowUp')").await;
    assert_eq!(stage.say(marked), "false,false,true", "around the end");
    stage.act("key('input', 'Enter')").await;
    assert_eq!(chosen.get_untracked(), [2]);
    stage.act("type('input', 'prod')").await;
    assert_eq!(stage.say(marked), "true");
    assert_eq!(stage.say("at('[role=status]').textContent.trim()"), "1 found");
    stage.act("at('[role=option]').click()").await;
    assert_eq!(chosen.get_untracked(), [2, 0]);
    stage.act("type('input', 'nothing')").await;
    assert_eq!(stage.say("at('[role=status]').textContent.trim()"), "No results");
    assert!(stage.holds("!at('input').hasAttribute('aria-activedescendant')"));
    stage.act("key('input', 'Enter')").await;
    assert_eq!(chosen.get_untracked(), [2, 0], "there is nothing to choose");
}

#[wasm_bindgen_test]
async fn a_tooltip_can_be_had_by_keyboard_and_goes_with_escape() {
    keyboard::on_press(|_| false);
    let stage = Stage::of(|| view! { <IconButton glyph=Glyph::COPY label="Copy it" on_click=|()| () /> }).await;
    assert_eq!(stage.say("at('.tip').dataset.tip"), "Copy it");
    stage.act("at('.tip').focus(); key('.tip', 'Escape')").await;
    assert_eq!(stage.say("document.documentElement.dataset.tips"), "off");
    stage.act("at('.tip').blur(); at('.tip').focus()").await;
    assert_eq!(stage.say("document.documentElement.dataset.tips"), "undefined");
}
