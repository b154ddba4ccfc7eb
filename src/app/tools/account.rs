//! The account menu: who is connected where, and what a person may choose for this browser.

use leptos::prelude::*;

use super::{Wish, Wishes};
use crate::text::language::Language;
use crate::text::{fill, language, words};
use crate::ui::button::{Button, Rank};
use crate::ui::erased::{dynamic, handle_event, moving_flag};
use crate::web::preferences::{self, Preference};
use crate::web::session::use_session;
use crate::web::theme::{self, Theme};

/// What is in the menu.
#[component]
pub(in crate::app) fn AccountMenu(
    /// For what is opened from here.
    wishes: Wishes,
    /// The person wants another language.
    #[prop(into)]
    on_language: Callback<Language>,
) -> impl IntoView {
    let words = words();
    let session = use_session();
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
            <Button rank=Rank::Quiet on_click=move |_| wishes.update(|wishes| wishes.push(Wish::Help))>
                {words.keys_title}
            </Button>
            <Button rank=Rank::Quiet on_click=move |_| session.disconnect()>{words.disconnect}</Button>
        </div>
    }
    .into_any()
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let words = words();
    let chosen = RwSignal::new(theme::chosen());
    let choices = [
        (Theme::System, "theme-system", words.theme_system),
        (Theme::Light, "theme-light", words.theme_light),
        (Theme::Dark, "theme-dark", words.theme_dark),
    ];
    let choice = move |(theme, id, name): (Theme, &'static str, &'static str)| {
        let choose = move || {
            theme::choose(theme);
            chosen.set(theme);
        };
        view! {
            <label class="segment" for=id>
                <input
                    id=id
                    type="radio"
                    name="theme"
                    prop:checked=moving_flag(move || chosen.get() == theme)
                    on:change=handle_event(move |_| choose())
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <fieldset class="fieldset">
            <legend class="field-label">{words.theme}</legend>
            <div class="segments">{choices.map(choice).into_iter().collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn LanguageChoice(on_language: Callback<Language>) -> impl IntoView {
    let options = Language::ALL.map(|one| {
        view! {
            <option value=one.tag() lang=one.tag() prop:selected=moving_flag(move || language() == one)>
                {one.own_name()}
            </option>
        }
    });
    let choose = move |tag: String| {
        if let Some(language) = Language::from_tag(&tag) {
            on_language.run(language);
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for="language">{words().language}</label>
            <select
                class="input"
                id="language"
                on:change=handle_event(move |event| choose(event_target_value(&event)))
            >
                {options.into_iter().collect_view()}
            </select>
        </div>
    }
    .into_any()
}

#[component]
fn ShortcutChoice() -> impl IntoView {
    let is_on = preferences::read(Preference::Shortcuts).as_deref() != Some("off");
    let choose = move |is_on: bool| {
        if is_on {
            preferences::remove(Preference::Shortcuts);
        } else {
            preferences::write(Preference::Shortcuts, "off");
        }
    };
    view! {
        <label class="check" for="shortcuts">
            <input
                id="shortcuts"
                type="checkbox"
                prop:checked=is_on
                on:change=handle_event(move |event| choose(event_target_checked(&event)))
            />
            {words().shortcuts_on}
        </label>
    }
    .into_any()
}
