//! The edit of a secret, as its forms share it.

use contract::{SecretId, WorkspaceId};
use strongroom_core::model::edit_flow;
use strongroom_core::model::resource::SecretResource;

pub type Editing = edit_flow::Editing<SecretResource>;
pub type Intent = edit_flow::Intent<SecretResource>;
pub type Saving = crate::components::saving::Saving<SecretResource>;

/// The edit of this secret.
pub fn saving(workspace: WorkspaceId, id: SecretId, editing: Editing) -> Saving {
    Saving::new(editing, move |watch, save, draft| watch.update(workspace.clone(), id.clone(), save, draft))
}
