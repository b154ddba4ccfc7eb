//! What is allowed, and the reason if not: a refused control stays in place and shows it.

use contract::{Failure, Operation, Scope, WorkspaceStatus};

/// Why an action is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The key lacks this scope, as the server said.
    Scope(Scope),
    /// The workspace is disabled: it can be read, not changed.
    Disabled,
    /// The workspace is archived: it rejects everything.
    Archived,
    /// Only an account admin may do it, and the key's profile is none.
    NotAdmin,
}

/// Whether the profile of the key is an account admin, as far as the answers of the server show. That is a role of the
/// person and not a scope, so only an answer tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AdminAccess {
    /// No answer has told yet.
    #[default]
    Unknown,
    /// The server has carried out an admin-only call.
    Allowed,
    /// The server has refused an admin-only call without naming a scope.
    Refused,
}

impl AdminAccess {
    /// What an answer tells. `failure` is none if the call succeeded. A refusal tells something only if the call is about
    /// the account as a whole: one about a workspace may be refused because that workspace is archived.
    #[must_use]
    pub fn told_by(operation: Operation, failure: Option<&Failure>) -> Option<Self> {
        let is_about_account = matches!(
            operation,
            Operation::ListAccountWorkspaces | Operation::CreateWorkspace | Operation::SearchProfiles
        );
        match failure {
            None if operation.is_admin_only() => Some(Self::Allowed),
            Some(failure) if is_about_account && failure.is_unexplained_refusal() => Some(Self::Refused),
            _ => None,
        }
    }
}

/// Whether a key may administer workspaces, as far as is known: create one (`workspace` is none), change or archive one, or
/// see or change its members. `scope` is what it takes beside the role. What is unknown is allowed, because the server
/// decides.
///
/// # Errors
///
/// The reason for a refusal.
pub fn can_administer(
    access: AdminAccess,
    refused: &[Scope],
    scope: Scope,
    workspace: Option<&WorkspaceStatus>,
) -> Result<(), Refusal> {
    if access == AdminAccess::Refused {
        return Err(Refusal::NotAdmin);
    }
    if workspace == Some(&WorkspaceStatus::Archived) {
        return Err(Refusal::Archived);
    }
    if refused.contains(&scope) {
        return Err(Refusal::Scope(scope));
    }
    Ok(())
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
    use contract::{Cause, Code, MissingScope, Status};

    use super::*;

    fn denied(operation: Operation, missing: Option<&str>) -> Failure {
        let missing_scope = missing.map(|scope| MissingScope {
            required: scope.to_owned(),
            granted: String::new(),
        });
        let status = Status {
            code: Some(Code::PermissionDenied),
            missing_scope,
            ..Status::default()
        };
        let status = Some(Box::new(status));
        Failure::new(operation, Cause::Refused { http: 403, status })
    }

    #[test]
    fn the_role_of_an_admin_is_told_by_answers() {
        use Operation::{ListAccountWorkspaces, ListMembers, ListWorkspaces, UpdateWorkspace};
        let told = AdminAccess::told_by;
        assert_eq!(told(ListMembers, None), Some(AdminAccess::Allowed));
        assert_eq!(told(ListWorkspaces, None), None, "any key may do that");
        let refused = |operation| told(operation, Some(&denied(operation, None)));
        assert_eq!(refused(ListAccountWorkspaces), Some(AdminAccess::Refused));
        assert_eq!(refused(UpdateWorkspace), None, "that workspace may be archived");
        assert_eq!(refused(ListWorkspaces), None);
        let scope = denied(ListAccountWorkspaces, Some("workspaces:read"));
        assert_eq!(told(ListAccountWorkspaces, Some(&scope)), None, "a scope is missing");
        let firewall = Cause::Refused {
            http: 403,
            status: None,
        };
        let firewall = Failure::new(ListAccountWorkspaces, firewall);
        assert_eq!(told(ListAccountWorkspaces, Some(&firewall)), None, "it is not the API");
    }

    #[test]
    fn each_reason_not_to_administer() {
        let manage = Scope::WorkspacesManage;
        let can = |access, refused: &[Scope], status| can_administer(access, refused, manage, status);
        assert_eq!(can(AdminAccess::Unknown, &[], None), Ok(()));
        assert_eq!(
            can(
                AdminAccess::Allowed,
                &[Scope::SecretsManage],
                Some(&WorkspaceStatus::Disabled)
            ),
            Ok(())
        );
        assert_eq!(can(AdminAccess::Refused, &[manage], None), Err(Refusal::NotAdmin));
        assert_eq!(
            can(AdminAccess::Allowed, &[manage], Some(&WorkspaceStatus::Archived)),
            Err(Refusal::Archived)
        );
        assert_eq!(can(AdminAccess::Allowed, &[manage], None), Err(Refusal::Scope(manage)));
    }

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
