//! Which page an address means, one function for each part of the program.

use leptos::prelude::*;
use site::Config;
use strongroom_core::i18n::Spoken;
use strongroom_core::i18n::german::{GERMAN, LIST_GERMAN, SECRET_GERMAN};
use strongroom_core::i18n::language::Language;
use strongroom_core::route::{ListState, Route};

use crate::api::session::Connection;
use crate::app::overlays::{AccountMenu, Switcher, Tools, Wishes};
use crate::pages::connect::{ConnectAgain, ConnectPage, Unlock};
use crate::pages::secrets::list::context::{ListContext, Extras};
use crate::pages::secrets::{EditSecretPage, ListTools, NewSecretPage, SecretPage, SecretsPage};
use crate::pages::unknown::UnknownAddress;
use crate::pages::workspaces::{WorkspacePage, WorkspacesPage};

/// What a page is given by the frame around it.
#[derive(Clone)]
pub struct Surroundings {
    /// Which servers there are.
    pub config: Config,
    /// The state in the address of a list; it follows the address, so that it changes without another page.
    pub list: Memo<ListState>,
    /// What helps with a list, which is a part of its own.
    pub extras: Extras,
}

pub fn connect(route: Route, surroundings: Surroundings) -> AnyView {
    match route {
        Route::Connect { next } => view! { <ConnectPage config=surroundings.config next /> }.into_any(),
        _ => view! { <UnknownAddress /> }.into_any(),
    }
}

/// Over the page where its key has expired, in place of it where it was locked.
pub fn connect_again(connection: Connection, is_locked: bool) -> AnyView {
    if is_locked {
        view! { <Unlock connection /> }.into_any()
    } else {
        view! { <ConnectAgain connection /> }.into_any()
    }
}

pub fn workspaces(route: Route, _: Surroundings) -> AnyView {
    match route {
        Route::Workspace(id) => view! { <WorkspacePage id /> }.into_any(),
        _ => view! { <WorkspacesPage /> }.into_any(),
    }
}

pub fn secrets(route: Route, surroundings: Surroundings) -> AnyView {
    match route {
        Route::Secrets(workspace, _) => {
            view! { <SecretsPage workspace state=surroundings.list extras=surroundings.extras /> }.into_any()
        }
        _ => ().into_any(),
    }
}

pub fn secret(route: Route, _: Surroundings) -> AnyView {
    match route {
        Route::NewSecret(workspace) => view! { <NewSecretPage workspace /> }.into_any(),
        Route::Secret(workspace, id) => view! { <SecretPage workspace id /> }.into_any(),
        Route::EditSecret(workspace, id) => view! { <EditSecretPage workspace id /> }.into_any(),
        _ => ().into_any(),
    }
}

pub fn list_tools(context: ListContext) -> AnyView {
    view! { <ListTools context /> }.into_any()
}

pub fn tools(wishes: Wishes, route: Memo<Route>) -> AnyView {
    view! { <Tools wishes route /> }.into_any()
}

pub fn account(wishes: Wishes, on_language: Callback<Language>) -> AnyView {
    view! { <AccountMenu wishes on_language /> }.into_any()
}

pub fn switcher(route: Memo<Route>) -> AnyView {
    view! { <Switcher route /> }.into_any()
}

pub fn german() -> Spoken {
    Spoken {
        common: &GERMAN,
        written: Some(&SECRET_GERMAN),
        listed: Some(&LIST_GERMAN),
    }
}
