//! The actions that the app offers on every page.

use leptos::prelude::*;
use strongroom_core::i18n::language::Language;
use strongroom_core::i18n::words;
use strongroom_core::model::actions::ActionId;

use crate::api::session::use_session;
use crate::app::overlays::leaving::lock_now;
use crate::browser::history::use_navigation;
use crate::browser::preferences;
use crate::browser::theme::{self, Theme};
use crate::components::actions::offer;
use crate::store::drafts::use_drafts;
use crate::store::idle_lock::use_idle;

pub const THEMES: [(Theme, ActionId); 3] = [
    (Theme::System, ActionId::ThemeSystem),
    (Theme::Light, ActionId::ThemeLight),
    (Theme::Dark, ActionId::ThemeDark),
];

/// Offers the actions while the caller is mounted.
pub fn offer_all(open_help: impl Fn() + 'static, on_language: Callback<Language>) {
    let (session, idle, navigation, drafts) = (use_session(), use_idle(), use_navigation(), use_drafts());
    offer(ActionId::ShowHelp, words::keys().title, open_help);
    let has_keys = RwSignal::new(preferences::has_single_keys());
    let toggle = Signal::derive(move || {
        let name = if has_keys.get() { words::account().single_keys_turn_off } else { words::account().single_keys_turn_on };
        name.to_owned()
    });
    offer(ActionId::ToggleSingleKeys, toggle, move || {
        let wanted = !preferences::has_single_keys();
        preferences::set_single_keys(wanted);
        has_keys.set(wanted);
    });
    for (theme, id) in THEMES {
        offer(id, format!("{}: {}", words::account().theme, theme_name(theme)), move || {
            theme::choose(theme);
        });
    }
    for language in Language::ALL {
        let name = format!("{}: {}", words::account().language, language.own_name());
        offer(ActionId::Language(language), name, move || on_language.run(language));
    }
    offer(ActionId::LockNow, words::account().lock_now, move || {
        lock_now(idle, navigation, session, drafts);
    });
    offer(ActionId::Disconnect, words::common().disconnect, move || {
        navigation.ask_to_disconnect(move || session.disconnect());
    });
}

/// The name of a theme.
pub fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::System => words::account().theme_system,
        Theme::Light => words::account().theme_light,
        Theme::Dark => words::account().theme_dark,
    }
}
