//! The account menu: who is connected where, and what a person may choose for this browser.

use leptos::prelude::*;
use strongroom_core::i18n::language;
use strongroom_core::i18n::language::Language;
use strongroom_core::i18n::{fill, words};

use crate::api::session::use_session;
use crate::app::overlays::leaving::lock_now;
use crate::app::overlays::{Wish, Wishes};
use crate::browser::history::use_navigation;
use crate::browser::popover;
use crate::browser::preferences::{self, Preference};
use crate::browser::theme::{self, Theme};
use crate::store::drafts::use_drafts;
use crate::store::idle_lock::use_idle;
use crate::ui::button::{Button, Rank};
use crate::ui::choice::{Checkbox, Choice, RadioGroup, Select, SelectOption, Shape};
use crate::ui::erased::dynamic;
use crate::ui::icon::Glyph;

/// What is in the menu.
#[component]
pub fn AccountMenu(
    /// For what is opened from here.
    wishes: Wishes,
    /// The person wants another language.
    #[prop(into)]
    on_language: Callback<Language>,
) -> impl IntoView {
    let words = words();
    let session = use_session();
    let (idle, drafts) = (use_idle(), use_drafts());
    let navigation = use_navigation();
    let who = dynamic(move || {
        session.state().with(|state| {
            let profile = state.connection()?.profile.as_ref()?;
            Some(fill(words.connected_as, &[("name", profile.display_name())]))
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
            Some(fill(words.on_server, &[("server", &name)]))
        })
    });
    view! {
        <div class="menu-who">
            <p>{who}</p>
            <p class="muted">{server}</p>
        </div>
        <ThemeChoice />
        <LanguageChoice on_language />
        <ShortcutChoice />
        <div class="menu-actions">
            <Button rank=Rank::Quiet glyph=Glyph::KEYBOARD on_click=move |_| wishes.update(|wishes| wishes.push(Wish::Help))>
                {words.keys_title}
            </Button>
            <Button
                rank=Rank::Quiet
                glyph=Glyph::LOCK
                on_click=move |_| {
                    popover::close("account");
                    lock_now(idle, navigation, session, drafts);
                }
            >
                {words.lock_now}
            </Button>
            <Button
                rank=Rank::Quiet
                glyph=Glyph::LEAVE
                on_click=move |_| {
                    popover::close("account");
                    navigation.ask_to_disconnect(move || session.disconnect());
                }
            >
                {words.disconnect}
            </Button>
        </div>
    }
    .into_any()
}

#[component]
fn ThemeChoice() -> impl IntoView {
    const ORDER: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];
    let words = words();
    let chosen = RwSignal::new(theme::chosen());
    let choice = |id, label, glyph| Choice {
        id,
        label,
        glyph: Some(glyph),
        ..Choice::default()
    };
    let choices = vec![
        choice("theme-system", words.theme_system, Glyph::MONITOR),
        choice("theme-light", words.theme_light, Glyph::SUN),
        choice("theme-dark", words.theme_dark, Glyph::MOON),
    ];
    let position = Signal::derive(move || ORDER.iter().position(|it| *it == chosen.get()).unwrap_or_default());
    let choose = move |index: usize| {
        if let Some(theme) = ORDER.get(index) {
            theme::choose(*theme);
            chosen.set(*theme);
        }
    };
    view! {
        <RadioGroup name="theme" label=words.theme choices chosen=position on_choose=choose shape=Shape::Segments />
    }
}

#[component]
fn LanguageChoice(on_language: Callback<Language>) -> impl IntoView {
    let option = |one: Language| SelectOption {
        value: one.tag().to_owned(),
        text: one.own_name().to_owned(),
        language: Some(one.tag()),
    };
    let options = Language::ALL.map(option).to_vec();
    let choose = move |tag: String| {
        if let Some(language) = Language::from_tag(&tag) {
            on_language.run(language);
        }
    };
    let chosen = Signal::derive(|| language().tag().to_owned());
    view! { <Select id="language" label=words().language options chosen on_choose=choose /> }
}

#[component]
fn ShortcutChoice() -> impl IntoView {
    let is_on = RwSignal::new(preferences::read(Preference::Shortcuts).as_deref() != Some("off"));
    let choose = move |wanted: bool| {
        is_on.set(wanted);
        if wanted {
            preferences::remove(Preference::Shortcuts);
        } else {
            preferences::write(Preference::Shortcuts, "off");
        }
    };
    view! { <Checkbox id="shortcuts" label=words().shortcuts_on is_checked=is_on on_change=choose /> }
}
