//! Strongroom: a browser console for the workspaces of an account and the secrets in them.
//!
//! # Map
//!
//! Imports only run down: each module may use those below it, `ui` only `browser` and the crate `core`, and a section
//! of `pages` never another.
//!
//! | module | what it is |
//! | --- | --- |
//! | `app` | shell, screens, code split, overlays; makes the services and provides them as contexts |
//! | `pages` | one folder for each section, one file for each screen |
//! | `components` | widgets that know the app and are used by more than one section |
//! | `ui` | widgets that know no app: button, field, dialog, menu, table, virtual table |
//! | `store` | server state and drafts: what outlives a view |
//! | `api` | transport, client, session: the only HTTP, the only holder of the key |
//! | `browser` | the platform: history, focus, keyboard, clipboard, storage, clock, Intl |
//! | `core/` | the crate `strongroom_core`, pure: routes, words, rules, the list engine |
//! | `contract/` | the crate `contract`: the API as Rust. `openapi.yaml` beside it is the API as a document |
//!
//! `docs/architecture.md` has the way of data and the invariants.

macro_rules! modules {
    ($($module:ident)*) => {
        $(
            #[cfg(feature = "testing")]
            pub mod $module;
            #[cfg(not(feature = "testing"))]
            mod $module;
        )*
    };
}

modules! { api app browser components pages store ui }

/// Host tests of whole user flows. Inside the crate, so that the modules can stay private.
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/flows/mod.rs"]
mod flows;

/// Tests of the sources and the styles. Inside the crate, so that the host compiles the console once: as its own tests.
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/contrast.rs"]
mod contrast;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/first_styles.rs"]
mod first_styles;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/layers.rs"]
mod layers;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/security.rs"]
mod security;

pub use app::start;
