//! The program in parts: what the first view needs comes first, the pages come when they are wanted.
//!
//! `cargo xtask dist` builds with `--cfg split` and takes the functions marked here, with all that only they need, out
//! of the program into files of their own. Any other build keeps the program whole, and every part is there at once.
//! Why: docs/decisions/0206.

use futures::FutureExt;
use leptos::prelude::*;
use strongroom_core::i18n::language::Language;
use strongroom_core::i18n::{self, Spoken};
use strongroom_core::route::Route;

use crate::api::session::Connection;
use crate::app::overlays::Wishes;
use crate::app::screens::Surroundings;
use crate::browser::{intl, preferences, tasks};
use crate::pages::secrets::list::context::ListContext;

/// A part that is loaded by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Connecting, the first time and again, and an address that nothing is at: what is there without a session.
    Connect,
    /// The workspaces, and one.
    Workspaces,
    /// The list of secrets.
    Secrets,
    /// One secret: to read, write, edit and delete.
    Secret,
    /// What can be done with the secrets of a list, and how it looks.
    List,
    /// The command palette, the keys and the account menu.
    Tools,
}

impl Part {
    /// How many there are.
    const COUNT: usize = 6;

    /// The part that shows an address; none where an address only leads on to another.
    pub fn of(route: &Route) -> Option<Self> {
        match route {
            Route::Home => None,
            Route::Connect { .. } | Route::Unknown => Some(Self::Connect),
            Route::Workspaces | Route::Workspace(_) => Some(Self::Workspaces),
            Route::Secrets(..) => Some(Self::Secrets),
            Route::NewSecret(_) | Route::Secret(..) | Route::EditSecret(..) => Some(Self::Secret),
        }
    }

    async fn load(self) -> Result<(), Missing> {
        match self {
            Self::Connect => {
                entries::load_connect().await?;
                entries::load_connect_again().await?;
            }
            Self::Workspaces => entries::load_workspaces().await?,
            Self::Secrets => entries::load_secrets().await?,
            Self::Secret => entries::load_secret().await?,
            Self::List => entries::load_list_tools().await?,
            Self::Tools => {
                entries::load_tools().await?;
                entries::load_account().await?;
                entries::load_switcher().await?;
            }
        }
        Ok(())
    }
}

/// A part could not be loaded: the network failed, or the site was replaced by another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing;

/// Where a part is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Place {
    /// Not asked for, or not any more.
    #[default]
    Away,
    /// On its way.
    Loading,
    /// Here, for as long as the page is open.
    Here,
    /// It could not be loaded.
    Lost,
}

/// Which parts are here. A handle.
#[derive(Debug, Clone, Copy)]
pub struct Parts([RwSignal<Place>; Part::COUNT]);

impl Parts {
    pub fn new() -> Self {
        Self([(); Part::COUNT].map(|()| RwSignal::new(Place::Away)))
    }

    fn place(self, part: Part) -> RwSignal<Place> {
        let [connect, workspaces, secrets, secret, list, tools] = self.0;
        match part {
            Part::Connect => connect,
            Part::Workspaces => workspaces,
            Part::Secrets => secrets,
            Part::Secret => secret,
            Part::List => list,
            Part::Tools => tools,
        }
    }

    /// Where a part is, now and whenever that changes.
    pub fn at(self, part: Part) -> Place {
        self.place(part).get()
    }

    /// Loads a part, unless it is here or on its way.
    pub fn load(self, part: Part) {
        let place = self.place(part);
        if matches!(place.get_untracked(), Place::Here | Place::Loading) {
            return;
        }
        place.set(Place::Loading);
        tasks::spawn_for_page(async move {
            let place_now = part.load().await.map_or(Place::Lost, |()| Place::Here);
            // Nothing is left to tell when the console is gone.
            let _ = place.try_set(place_now);
        });
    }
}

/// The view of an address, where its part is here.
pub fn view_of(route: Route, surroundings: Surroundings) -> Result<AnyView, Missing> {
    let view = match Part::of(&route) {
        None => return Ok(().into_any()),
        Some(Part::Connect) => entries::connect(route, surroundings).now_or_never(),
        Some(Part::Workspaces) => entries::workspaces(route, surroundings).now_or_never(),
        Some(Part::Secrets) => entries::secrets(route, surroundings).now_or_never(),
        Some(Part::Secret) => entries::secret(route, surroundings).now_or_never(),
        // No address shows them.
        Some(Part::List | Part::Tools) => None,
    };
    // It waits only for its part.
    view.unwrap_or(Err(Missing))
}

/// What asks for a new key, where its part is here.
pub fn connect_again(connection: Connection, is_locked: bool) -> Result<AnyView, Missing> {
    entries::connect_again(connection, is_locked)
        .now_or_never()
        .unwrap_or(Err(Missing))
}

/// The command palette, the keys and their help, where their part is here.
pub fn tools(wishes: Wishes, route: Memo<Route>) -> Option<AnyView> {
    entries::tools(wishes, route).now_or_never()?.ok()
}

/// What helps with a list of secrets, where its part is here.
pub fn list_tools(context: ListContext) -> Option<AnyView> {
    entries::list_tools(context).now_or_never()?.ok()
}

/// What is in the account menu, where its part is here.
pub fn account(wishes: Wishes, on_language: Callback<Language>) -> Option<AnyView> {
    entries::account(wishes, on_language).now_or_never()?.ok()
}

/// What is in the workspace switcher, where its part is here.
pub fn switcher(route: Memo<Route>) -> Option<AnyView> {
    entries::switcher(route).now_or_never()?.ok()
}

/// Speaks a language from now on; its words are loaded when they are not English. Where they do not arrive, nothing
/// changes.
pub async fn speak(language: Language) {
    let words = match language {
        Language::English => Ok(Spoken::ENGLISH),
        Language::German => match entries::load_german().await {
            Ok(()) => entries::german().await,
            Err(_) => Err(Missing),
        },
    };
    if let Ok(words) = words {
        i18n::speak(words, language);
        intl::speak(&language.locale(&preferences::browser_languages()));
        preferences::set_page_language(language.tag());
    }
}

/// The functions that are taken out of the program.
mod entries {
    use leptos::prelude::{AnyView, Callback, Memo};
    use strongroom_core::i18n::Spoken;
    use strongroom_core::i18n::language::Language;
    use strongroom_core::route::Route;

    use super::Missing;
    use crate::api::session::Connection;
    use crate::app::overlays::Wishes;
    use crate::app::screens::{self, Surroundings};
    use crate::pages::secrets::list::context::ListContext;

    #[cfg(split)]
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    #[cfg(split)]
    impl From<SplitLoaderError> for Missing {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    macro_rules! entry {
        ($name:ident($($argument:ident: $kind:ty),*) -> $given:ty, in $part:ident, $load:ident) => {
            #[cfg(split)]
            #[wasm_split($part, wasm_split_path = ::leptos::wasm_split, preload($load), fallible)]
            pub fn $name($($argument: $kind),*) -> Result<$given, Missing> {
                Ok(screens::$name($($argument),*))
            }

            #[cfg(not(split))]
            pub async fn $name($($argument: $kind),*) -> Result<$given, Missing> {
                Ok(screens::$name($($argument),*))
            }

            #[cfg(not(split))]
            pub async fn $load() -> Result<(), Missing> {
                Ok(())
            }
        };
    }

    entry!(connect(route: Route, surroundings: Surroundings) -> AnyView, in connect, load_connect);
    entry!(connect_again(connection: Connection, is_locked: bool) -> AnyView, in connect, load_connect_again);
    entry!(workspaces(route: Route, surroundings: Surroundings) -> AnyView, in workspaces, load_workspaces);
    entry!(secrets(route: Route, surroundings: Surroundings) -> AnyView, in secrets, load_secrets);
    entry!(secret(route: Route, surroundings: Surroundings) -> AnyView, in secret, load_secret);
    entry!(list_tools(context: ListContext) -> AnyView, in list, load_list_tools);
    entry!(tools(wishes: Wishes, route: Memo<Route>) -> AnyView, in tools, load_tools);
    entry!(account(wishes: Wishes, on_language: Callback<Language>) -> AnyView, in tools, load_account);
    entry!(switcher(route: Memo<Route>) -> AnyView, in tools, load_switcher);
    entry!(german() -> Spoken, in german, load_german);
}
