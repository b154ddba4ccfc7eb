//! The screens: for each address its part and view.

use leptos::prelude::*;
use site::Config;
use strongroom_core::i18n::german::GERMAN;
use strongroom_core::i18n::language::Language;
use strongroom_core::i18n::words::Words;
use strongroom_core::route::{ListState, ReferencesState, Route, WorkspacesState};

use crate::api::session::Connection;
use crate::app::overlays::{AccountMenu, Overlays, Requests, Switcher};
use crate::app::part::Part;
use crate::components::archive_request::ArchiveRequest;
use crate::components::replace_request::Subject;
use crate::components::run_notices::RunNotices;
use crate::components::uses::UseView;
use crate::components::workspace_status::workspace_note;
use crate::pages::compare::ComparePage;
use crate::pages::connect::{ConnectAgain, ConnectPage, Unlock};
use crate::pages::overview::OverviewPage;
use crate::pages::policy::PolicyPage;
use crate::pages::references::{ReferencesPage, UsesOf};
use crate::pages::search::SearchPage;
use crate::pages::secrets::list::context::{Extras, ListContext};
use crate::pages::secrets::{EditSecretPage, ListTools, NewSecretPage, ReplaceValue, SecretPage, SecretsPage};
use crate::pages::unknown::UnknownAddress;
use crate::pages::workspaces::{
    ArchiveWorkspace, EditWorkspacePage, MembersPage, NewWorkspacePage, WorkspacePage, WorkspacesPage,
};

/// What the shell passes to a screen.
#[derive(Clone)]
pub struct ScreenContext {
    pub config: Config,
    /// The state of a list. Follows the address, so it changes within one screen.
    pub list: Memo<ListState>,
    /// The state of the list of workspaces. Follows the address, too.
    pub workspaces: Memo<WorkspacesState>,
    /// The filters of the references. Follows the address, too.
    pub references: Memo<ReferencesState>,
    /// Loads the list actions.
    pub extras: Extras,
}

/// The table of screens: by part and function, one line per address with its view. This is the only place to
/// register a page: naming it elsewhere would pull its code into another part.
macro_rules! screens {
    (|$context:ident| $($part:ident by $function:ident {
        $($route:pat => $view:expr;)+
    })+) => {
        /// The part with the view of an address; `None` for a redirect.
        #[allow(unused_variables, reason = "the patterns bind what the views take")]
        pub fn part_of(route: &Route) -> Option<Part> {
            match route {
                Route::Home => None,
                $($($route => Some(Part::$part),)+)+
            }
        }

        $(
            #[allow(unused_variables, reason = "not every view takes its context")]
            pub fn $function(route: Route, $context: ScreenContext) -> AnyView {
                // Connecting is about no workspace, and must not load the code of the note.
                let note = (!matches!(Part::$part, Part::Connect)).then(|| workspace_note(&route));
                let view = match route {
                    $($route => $view.into_any(),)+
                    _ => ().into_any(),
                };
                view! { {note} {view} }.into_any()
            }
        )+
    };
}

screens! { |context|
    Connect by connect {
        Route::Connect { next } => view! { <ConnectPage config=context.config next /> };
        Route::Unknown => view! { <UnknownAddress /> };
    }
    Workspaces by workspaces {
        Route::Workspaces(_) => view! { <WorkspacesPage state=context.workspaces /> };
        Route::Workspace(id) => view! { <WorkspacePage id /> };
    }
    Secrets by secrets {
        Route::Secrets(workspace, _) =>
            view! { <SecretsPage workspace state=context.list extras=context.extras /> };
    }
    Secret by secret {
        Route::Secret(workspace, id) => view! { <SecretPage workspace id /> };
    }
    SecretForms by secret_forms {
        Route::NewSecret(workspace, prefill) => view! { <NewSecretPage workspace prefill /> };
        Route::EditSecret(workspace, id) => view! { <EditSecretPage workspace id /> };
    }
    References by references {
        Route::References(workspace, _) => view! { <ReferencesPage workspace state=context.references /> };
    }
    Search by search {
        Route::Search(_) => view! { <SearchPage /> };
    }
    Overview by overview {
        Route::Overview(workspace) => view! { <OverviewPage workspace /> };
    }
    Policy by policy {
        Route::Policy => view! { <PolicyPage config=context.config /> };
    }
    Compare by compare {
        Route::Compare(_) => view! { <ComparePage /> };
    }
    Administration by administration {
        Route::NewWorkspace => view! { <NewWorkspacePage /> };
        Route::EditWorkspace(id) => view! { <EditWorkspacePage id /> };
        Route::Members(id) => view! { <MembersPage id /> };
    }
}

/// Asks for a key: over the page if the key has expired, instead of the page if it is locked.
pub fn connect_again(connection: Connection, is_locked: bool) -> AnyView {
    if is_locked {
        view! { <Unlock connection /> }.into_any()
    } else {
        view! { <ConnectAgain connection /> }.into_any()
    }
}

pub fn replace_value(subject: Subject) -> AnyView {
    view! { <ReplaceValue subject /> }.into_any()
}

pub fn archive(request: ArchiveRequest) -> AnyView {
    view! { <ArchiveWorkspace request /> }.into_any()
}

pub fn list_actions(context: ListContext) -> AnyView {
    view! { <ListTools context /> }.into_any()
}

pub fn uses(view: UseView) -> AnyView {
    view! { <UsesOf view /> }.into_any()
}

pub fn runs() -> AnyView {
    view! { <RunNotices /> }.into_any()
}

pub fn overlays(requests: Requests, route: Memo<Route>, on_language: Callback<Language>) -> AnyView {
    view! { <Overlays requests route on_language /> }.into_any()
}

pub fn account() -> AnyView {
    view! { <AccountMenu /> }.into_any()
}

pub fn switcher(route: Memo<Route>) -> AnyView {
    view! { <Switcher route /> }.into_any()
}

pub fn german() -> &'static Words {
    &GERMAN
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// `boot.js` has a table of its own, because it asks before the program is there; its tests read the same examples.
    #[test]
    fn boot_js_asks_for_the_part_of_an_address() {
        let examples: BTreeMap<String, String> =
            serde_json::from_str(include_str!("../../tests/first_parts.json")).unwrap();
        for (path, part) in examples {
            let route = match Route::parse(&path, "") {
                Route::Home => Route::workspaces(),
                route => route,
            };
            assert_eq!(part_of(&route).map(Part::file), Some(part.as_str()), "{path}");
        }
    }
}
