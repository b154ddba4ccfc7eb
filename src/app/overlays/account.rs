//! The account menu: the connection, and the settings of this browser.

use leptos::prelude::*;
use strongroom_core::i18n::language;
use strongroom_core::i18n::language::Language;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::actions::ActionId;
use strongroom_core::route::Route;

use crate::api::session::use_session;
use crate::app::overlays::app_actions::{THEMES, theme_name};
use crate::browser::theme::{self, Theme};
use crate::browser::{popover, preferences};
use crate::components::actions::use_actions;
use crate::ui::button::{Button, Rank};
use crate::ui::choice::{Checkbox, Choice, RadioGroup, Select, SelectOption, Shape};
use crate::ui::erased::dynamic;
use crate::ui::icon::{Glyph, icon};

#[component]
pub fn AccountMenu() -> impl IntoView {
    let session = use_session();
    let actions = use_actions();
    let run = move |id| {
        popover::close("account");
        actions.run(id);
    };
    let who = dynamic(move || {
        session.state().with(|state| {
            let profile = state.connection()?.profile.as_ref()?;
            Some(fill(words::account().connected_as, &[("name", profile.display_name())]))
        })
    });
    let server = dynamic(move || {
        session.state().with(|state| {
            let connection = state.connection()?;
            let base = connection.base.to_string();
            let name = connection
                .server
                .as_ref()
                .map_or_else(|| base.clone(), |name| format!("{name} ({base})"));
            Some(fill(words::account().on_server, &[("server", &name)]))
        })
    });
    view! {
        <div class="menu-who">
            <p>{who}</p>
            <p class="muted">{server}</p>
        </div>
        <ThemeChoice />
        <LanguageChoice />
        <ShortcutChoice />
        <div class="menu-actions">
            <Button rank=Rank::Quiet glyph=Glyph::KEYBOARD on_click=move |_| actions.run(ActionId::ShowHelp)>
                {words::keys().title}
            </Button>
            <a class="button button-quiet" href=Route::Policy.to_path() on:click=move |_| popover::close("account")>
                {icon(Glyph::EYE)}
                {words::account().policy}
            </a>
            <Button rank=Rank::Quiet glyph=Glyph::LOCK on_click=move |_| run(ActionId::LockNow)>{words::account().lock_now}</Button>
            <Button rank=Rank::Quiet glyph=Glyph::LEAVE on_click=move |_| run(ActionId::Disconnect)>
                {words::common().disconnect}
            </Button>
        </div>
    }
    .into_any()
}

#[component]
fn ThemeChoice() -> impl IntoView {
    const LOOKS: [(&str, Glyph); 3] = [
        ("theme-system", Glyph::MONITOR),
        ("theme-light", Glyph::SUN),
        ("theme-dark", Glyph::MOON),
    ];
    let actions = use_actions();
    let position = || THEMES.iter().position(|(theme, _)| *theme == theme::chosen()).unwrap_or_default();
    let chosen = RwSignal::new(position());
    let choice = |((theme, _), (id, glyph)): (&(Theme, ActionId), (&'static str, Glyph))| Choice {
        id,
        label: theme_name(*theme),
        glyph: Some(glyph),
        ..Choice::default()
    };
    let choices: Vec<Choice> = THEMES.iter().zip(LOOKS).map(choice).collect();
    let choose = move |index: usize| {
        if let Some((_, id)) = THEMES.get(index) {
            actions.run(*id);
            chosen.set(index);
        }
    };
    view! {
        <RadioGroup name="theme" label=words::account().theme choices chosen on_choose=choose shape=Shape::Segments />
    }
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let actions = use_actions();
    let option = |one: Language| SelectOption {
        value: one.tag().to_owned(),
        text: one.own_name().to_owned(),
        language: Some(one.tag()),
    };
    let options = Language::ALL.map(option).to_vec();
    let choose = move |tag: String| {
        if let Some(language) = Language::from_tag(&tag) {
            actions.run(ActionId::Language(language));
        }
    };
    let chosen = Signal::derive(|| language().tag().to_owned());
    view! { <Select id="language" label=words::account().language options chosen on_choose=choose /> }
}

#[component]
fn ShortcutChoice() -> impl IntoView {
    let actions = use_actions();
    let is_on = RwSignal::new(preferences::has_single_keys());
    let toggle = move |_| {
        actions.run(ActionId::ToggleSingleKeys);
        is_on.set(preferences::has_single_keys());
    };
    view! { <Checkbox id="shortcuts" label=words::account().single_key_shortcuts is_checked=is_on on_change=toggle /> }
}
