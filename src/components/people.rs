//! People, by the id of their profile.

use contract::ProfileId;
use leptos::prelude::*;
use strongroom_core::i18n::foreign::marked;
use strongroom_core::i18n::words;

use crate::api::session::use_session;
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;
use crate::ui::erased::dynamic;

/// What is known about whose profile an id is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// The profile of the key.
    You,
    /// Someone whose name was listed, as a person or as the creator of a loaded secret.
    Named(String),
    /// Only the id is known.
    Unnamed(ProfileId),
}

/// Whose profile this is. Tracked, except for creators of secrets.
#[must_use]
pub fn person(id: &ProfileId) -> Person {
    let is_own = use_session().state().with(|state| {
        let profile = state.connection().and_then(|connection| connection.profile.as_ref());
        profile.is_some_and(|profile| profile.metadata.id == *id)
    });
    if is_own {
        return Person::You;
    }
    let name = use_workspaces().person(id).or_else(|| use_secret_lists().creator_name(id));
    name.map_or_else(|| Person::Unnamed(id.clone()), Person::Named)
}

/// Who created something. `name` is what the server says of the person, if it does.
pub fn creator(id: ProfileId, name: Option<String>) -> AnyView {
    dynamic(move || {
        let person = match (person(&id), &name) {
            (Person::Named(_) | Person::Unnamed(_), Some(name)) => Person::Named(name.clone()),
            (person, _) => person,
        };
        match person {
            Person::You => words::common().creator_is_you.into_any(),
            Person::Named(name) => view! { <bdi>{marked(&name).into_owned()}</bdi> }.into_any(),
            Person::Unnamed(id) => view! { <code>{id.to_string()}</code> }.into_any(),
        }
    })
}
