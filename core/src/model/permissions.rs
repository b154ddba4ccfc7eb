//! What is allowed, and the reason if not: a refused control stays in place and shows it.

use contract::{Scope, WorkspaceStatus};

/// Why an action is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The key lacks this scope, as the server said.
    Scope(Scope),
    /// The workspace is disabled: it can be read, not changed.
    Disabled,
    /// The workspace is archived: it rejects everything.
    Archived,
}

/// Whether secrets of a workspace can be created, changed and deleted, as far as is known. An unknown status is
/// allowed, because the server decides. `refused` are the scopes that the server has refused to this key before.
///
/// # Errors
///
/// The reason for a refusal.
pub fn can_change_secrets(refused: &[Scope], workspace: Option<&WorkspaceStatus>) -> Result<(), Refusal> {
    match workspace {
        Some(WorkspaceStatus::Disabled) => return Err(Refusal::Disabled),
        Some(WorkspaceStatus::Archived) => return Err(Refusal::Archived),
        Some(WorkspaceStatus::Enabled | WorkspaceStatus::Unknown(_)) | None => {}
    }
    if refused.contains(&Scope::SecretsManage) {
        Err(Refusal::Scope(Scope::SecretsManage))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason() {
        let unknown = WorkspaceStatus::Unknown("STATUS_FROZEN".to_owned());
        assert_eq!(can_change_secrets(&[], None), Ok(()));
        assert_eq!(can_change_secrets(&[], Some(&unknown)), Ok(()));
        assert_eq!(
            can_change_secrets(&[], Some(&WorkspaceStatus::Disabled)),
            Err(Refusal::Disabled)
        );
        assert_eq!(
            can_change_secrets(&[], Some(&WorkspaceStatus::Archived)),
            Err(Refusal::Archived)
        );
        assert_eq!(can_change_secrets(&[Scope::WorkspacesRead], None), Ok(()));
        assert_eq!(
            can_change_secrets(&[Scope::SecretsManage], None),
            Err(Refusal::Scope(Scope::SecretsManage))
        );
    }
}
