//! Which page an address means.

use leptos::prelude::*;
use site::Config;

use crate::pages::connect::ConnectPage;
use crate::pages::secrets::{EditSecretPage, NewSecretPage, SecretPage, SecretsPage};
use crate::pages::unknown::UnknownAddress;
use crate::pages::workspaces::{WorkspacePage, WorkspacesPage};
use crate::route::{ListState, Route};
use crate::web::navigation::Navigation;

/// The page of an address. `state` follows the address of a list, so that it changes without another page.
pub(super) fn view_of(route: Route, config: Config, state: Memo<ListState>, navigation: Navigation) -> AnyView {
    match route {
        Route::Home => {
            navigation.replace(&Route::Workspaces.to_path());
            ().into_any()
        }
        Route::Connect { next } => view! { <ConnectPage config next /> }.into_any(),
        Route::Workspaces => view! { <WorkspacesPage /> }.into_any(),
        Route::Workspace(id) => view! { <WorkspacePage id /> }.into_any(),
        Route::Secrets(workspace, _) => view! { <SecretsPage workspace state /> }.into_any(),
        Route::NewSecret(workspace) => view! { <NewSecretPage workspace /> }.into_any(),
        Route::Secret(workspace, id) => view! { <SecretPage workspace id /> }.into_any(),
        Route::EditSecret(workspace, id) => view! { <EditSecretPage workspace id /> }.into_any(),
        Route::Unknown => view! { <UnknownAddress /> }.into_any(),
    }
}
