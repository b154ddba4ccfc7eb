//! Code splitting: the first view loads only what it needs, pages and overlays are loaded on demand.
//!
//! `cargo xtask dist` builds with `--cfg split` and moves the functions of the table below, with everything that only
//! they need, into separate files. Any other build is a single file. Why: docs/decisions/0206.

use futures::FutureExt;
use leptos::prelude::*;
#[cfg(split)]
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use strongroom_core::i18n::language::Language;
use strongroom_core::i18n;
use strongroom_core::i18n::words::Words;
use strongroom_core::route::Route;
use wasm_bindgen_futures::JsFuture;

use crate::api::client::Transport;
use crate::api::release::{WhyMissing, why_missing};
use crate::api::session::Connection;
use crate::app::overlays::Requests;
use crate::app::part::Part;
use crate::app::screens::{self, ScreenContext};
use crate::browser::{intl, page, preferences, tasks};
use crate::components::archive_request::ArchiveRequest;
use crate::components::replace_request::Subject;
use crate::components::uses::UseView;
use crate::pages::secrets::list::context::ListContext;

/// A part failed to load: the network failed, or the site was replaced by another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadFailed;

#[cfg(split)]
impl From<SplitLoaderError> for LoadFailed {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// The state of a part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PartState {
    #[default]
    NotLoaded,
    Loading,
    /// Stays loaded as long as the page is open.
    Loaded,
    Failed,
}

/// The states of all parts. A handle.
#[derive(Clone, Copy)]
pub struct Parts {
    states: [RwSignal<PartState>; Part::COUNT],
    why: RwSignal<WhyMissing>,
    transport: &'static dyn Transport,
}

impl Parts {
    pub fn new(transport: &'static dyn Transport) -> Self {
        Self {
            states: [(); Part::COUNT].map(|()| RwSignal::new(PartState::NotLoaded)),
            why: RwSignal::new(WhyMissing::Unknown),
            transport,
        }
    }

    /// The state of a part, tracked.
    pub fn state(self, part: Part) -> PartState {
        self.states[part as usize].get()
    }

    /// Why the last part failed to load, tracked.
    pub fn why(self) -> WhyMissing {
        self.why.get()
    }

    /// Loads a part, unless it is loaded or loading.
    pub fn load(self, part: Part) {
        let state = self.states[part as usize];
        if matches!(state.get_untracked(), PartState::Loaded | PartState::Loading) {
            return;
        }
        state.set(PartState::Loading);
        tasks::spawn_for_page(async move {
            let styles = page::styles_of(part.file());
            let mut is_loaded = part.load().await.is_ok();
            if let Some(styles) = styles {
                is_loaded &= JsFuture::from(styles).await.is_ok();
            }
            tasks::next_turn().await;
            let ended = if is_loaded { PartState::Loaded } else { PartState::Failed };
            // The app may have been unmounted.
            let _ = state.try_set(ended);
            if ended == PartState::Failed
                && let Some(program) = page::program()
            {
                let why = why_missing(self.transport, &page::origin(), &program).await;
                let _ = self.why.try_set(why);
            }
        });
    }

    /// Loads the parts again that failed to load.
    pub fn retry_failed(self) {
        for part in Part::ALL {
            if self.states[part as usize].get_untracked() == PartState::Failed {
                self.load(part);
            }
        }
    }
}

/// Changes the language and loads its texts, unless it is English. If they fail to load, the language stays.
pub async fn set_language(language: Language) {
    let translation = match language {
        Language::English => Ok(None),
        Language::German => match entries::load_german().await {
            Ok(()) => entries::german().await.map(Some),
            Err(_) => Err(LoadFailed),
        },
    };
    if let Ok(translation) = translation {
        i18n::set_language(language, translation);
        intl::set_locale(&language.locale(&preferences::browser_languages()));
        preferences::set_page_language(language.tag());
    }
}

/// A function that is moved into the file `split_$part`, and the function that loads it.
macro_rules! entry {
    ($name:ident($($argument:ident: $kind:ty),*) -> $given:ty, in $part:ident, $load:ident) => {
        #[cfg(split)]
        #[wasm_split($part, wasm_split_path = ::leptos::wasm_split, preload($load), fallible)]
        pub fn $name($($argument: $kind),*) -> Result<$given, LoadFailed> {
            Ok(screens::$name($($argument),*))
        }

        #[cfg(not(split))]
        pub async fn $name($($argument: $kind),*) -> Result<$given, LoadFailed> {
            Ok(screens::$name($($argument),*))
        }

        #[cfg(not(split))]
        pub async fn $load() -> Result<(), LoadFailed> {
            Ok(())
        }
    };
}

/// The table of parts: for each its file, the functions in `screens` that it holds, and what loads each of them.
macro_rules! parts {
    ($(
        $part:ident in $file:ident $(shows $screens:ident, $load_screens:ident)? {
            $($name:ident($($argument:ident: $kind:ty),*), $load:ident;)*
        }
    )+) => {
        impl Part {
            const ALL: [Self; Self::COUNT] = [$(Self::$part),+];
            const COUNT: usize = [$(Self::$part),+].len();

            /// The name that `boot.js` knows it by.
            pub(super) fn file(self) -> &'static str {
                match self {
                    $(Self::$part => stringify!($file),)+
                }
            }

            async fn load(self) -> Result<(), LoadFailed> {
                match self {
                    $(Self::$part => {
                        $(entries::$load_screens().await?;)?
                        $(entries::$load().await?;)*
                    })+
                }
                Ok(())
            }
        }

        /// The view of an address, if its part is loaded.
        pub fn view_of(route: Route, context: ScreenContext) -> Result<AnyView, LoadFailed> {
            let view = match screens::part_of(&route) {
                None => return Ok(().into_any()),
                $($(Some(Part::$part) => entries::$screens(route, context).now_or_never(),)?)+
                // Redirects have no view.
                Some(_) => None,
            };
            // Pending only while its part loads.
            view.unwrap_or(Err(LoadFailed))
        }

        $($(
            /// The view, if its part is loaded.
            pub fn $name($($argument: $kind),*) -> Option<AnyView> {
                entries::$name($($argument),*).now_or_never()?.ok()
            }
        )*)+

        mod entries {
            use super::*;

            $(
                $(entry!($screens(route: Route, context: ScreenContext) -> AnyView, in $file, $load_screens);)?
                $(entry!($name($($argument: $kind),*) -> AnyView, in $file, $load);)*
            )+
            entry!(german() -> &'static Words, in german, load_german);
        }
    };
}

parts! {
    Connect in connect shows connect, load_connect {
        connect_again(connection: Connection, is_locked: bool), load_connect_again;
    }
    Workspaces in workspaces shows workspaces, load_workspaces {}
    Secrets in secrets shows secrets, load_secrets {}
    Secret in secret shows secret, load_secret {}
    SecretForms in forms shows secret_forms, load_secret_forms {}
    References in references shows references, load_references {
        uses(view: UseView), load_uses;
    }
    Search in across shows search, load_search {}
    Overview in overview shows overview, load_overview {}
    Policy in policy shows policy, load_policy {}
    Compare in compare shows compare, load_compare {}
    Administration in administration shows administration, load_administration {
        archive(request: ArchiveRequest), load_archive;
    }
    ReplaceValue in replace {
        replace_value(subject: Subject), load_replace_value;
    }
    ListActions in list {
        list_actions(context: ListContext), load_list_actions;
    }
    Runs in runs {
        runs(), load_runs;
    }
    Overlays in tools {
        overlays(requests: Requests, route: Memo<Route>, on_language: Callback<Language>), load_overlays;
        account(), load_account;
        switcher(route: Memo<Route>), load_switcher;
    }
}
