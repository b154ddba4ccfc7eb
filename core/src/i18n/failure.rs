//! Messages for failures: the one place that turns errors of the API into sentences.

use contract::{Cause, Failure, Kind, Method, Operation};

use crate::i18n::{fill, words};

/// The message for a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What did not happen.
    pub title: String,
    /// Why, and what to do.
    pub reason: String,
    /// Details for support: status, code, the server's message, request id.
    pub details: Vec<(&'static str, String)>,
    /// Whether a retry can help.
    pub can_retry: bool,
    /// Whether loading the page again can help.
    pub can_reload: bool,
}

/// Explains a failure.
#[must_use]
pub fn explain(failure: &Failure) -> Explanation {
    let mut explanation = explain_decided(failure);
    if failure.operation.method() != Method::Get && failure.is_outcome_unknown() {
        explanation.reason.push(' ');
        explanation.reason.push_str(words::errors().reason_outcome_unknown);
    }
    explanation
}

/// Explains the failure of a write whose outcome is known, because it was looked up.
#[must_use]
pub fn explain_decided(failure: &Failure) -> Explanation {
    let mut details = Vec::new();
    if let Some(http) = failure.http() {
        details.push((words::errors().status, http.to_string()));
    }
    if let Cause::Refused {
        status: Some(status), ..
    } = &failure.cause
        && let Some(code) = status.code
    {
        details.push((words::errors().code, code.number().to_string()));
    }
    if let Some(missing) = failure.missing_scope()
        && !missing.granted.is_empty()
    {
        details.push((words::errors().granted_scopes, missing.granted.clone()));
    }
    if let Some(message) = failure.message() {
        details.push((words::errors().message, message.to_owned()));
    }
    if let Cause::Undecodable { detail, .. } = &failure.cause {
        details.push((words::errors().message, detail.clone()));
    }
    if let Some(request_id) = &failure.request_id {
        details.push((words::errors().request_id, request_id.clone()));
    }
    Explanation {
        title: title(failure.operation).to_owned(),
        reason: reason(failure),
        details,
        can_retry: failure.can_retry_help(),
        can_reload: failure.kind() == Kind::SignedOut,
    }
}

/// What did not happen.
fn title(operation: Operation) -> &'static str {
    match operation {
        Operation::WhoAmI => words::errors().failed_who_am_i,
        Operation::ListWorkspaces | Operation::ListAccountWorkspaces => words::errors().failed_list_workspaces,
        Operation::CreateWorkspace => words::errors().failed_create_workspace,
        Operation::ReadWorkspace => words::errors().failed_read_workspace,
        Operation::UpdateWorkspace => words::errors().failed_update_workspace,
        Operation::ArchiveWorkspace => words::errors().failed_archive_workspace,
        Operation::ListMembers => words::errors().failed_list_members,
        Operation::AddMember => words::errors().failed_add_member,
        Operation::RemoveMember => words::errors().failed_remove_member,
        Operation::SearchProfiles => words::errors().failed_search_profiles,
        Operation::ListSecrets => words::errors().failed_list_secrets,
        Operation::CreateSecret => words::errors().failed_create_secret,
        Operation::ReadSecret => words::errors().failed_read_secret,
        Operation::UpdateSecret => words::errors().failed_update_secret,
        Operation::DeleteSecret => words::errors().failed_delete_secret,
        Operation::ListToolSets => words::errors().failed_list_tool_sets,
        Operation::ListTools => words::errors().failed_list_tools,
        Operation::ListToolSetUsage => words::errors().failed_list_usage,
    }
}

fn reason(failure: &Failure) -> String {
    let mut reason = match failure.kind() {
        Kind::Invalid if failure.is_cursor_refused() => words::errors().reason_cursor.to_owned(),
        Kind::Invalid => words::errors().reason_invalid.to_owned(),
        Kind::Precondition => words::errors().reason_precondition.to_owned(),
        Kind::Unauthenticated if failure.operation == Operation::WhoAmI => words::errors().reason_bad_key.to_owned(),
        Kind::Unauthenticated => words::errors().reason_unauthenticated.to_owned(),
        Kind::Denied => match failure.missing_scope() {
            Some(missing) => fill(words::errors().reason_denied, &[("scope", &missing.required)]),
            None if failure.operation.is_admin_only() => words::errors().reason_admin_only.to_owned(),
            None => words::errors().reason_denied_all.to_owned(),
        },
        Kind::NotTheApi => words::errors().reason_not_the_api.to_owned(),
        Kind::SignedOut => words::errors().reason_signed_out.to_owned(),
        Kind::NotFound => words::errors().reason_not_found.to_owned(),
        Kind::Taken => words::errors().reason_taken.to_owned(),
        Kind::Conflict => words::errors().reason_conflict.to_owned(),
        Kind::RateLimited => words::errors().reason_rate_limited.to_owned(),
        Kind::Server => {
            let status = failure.http().map(|http| http.to_string());
            let is_the_api = matches!(&failure.cause, Cause::Refused { status: Some(_), .. });
            fill(
                if is_the_api {
                    words::errors().reason_server
                } else {
                    words::errors().reason_gateway
                },
                &[("status", status.as_deref().unwrap_or("500"))],
            )
        }
        Kind::Unexpected => words::errors().reason_unexpected.to_owned(),
        Kind::Forbidden => words::errors().reason_forbidden.to_owned(),
        Kind::NoAnswer => match &failure.cause {
            Cause::TimedOut(deadline) => fill(
                words::errors().reason_timed_out,
                &[("seconds", &deadline.as_secs().to_string())],
            ),
            Cause::Interrupted => words::errors().reason_interrupted.to_owned(),
            _ => words::errors().reason_unreachable.to_owned(),
        },
    };
    if let Some(wait) = failure.retry_after {
        reason.push(' ');
        reason.push_str(&fill(
            words::errors().reason_wait,
            &[("seconds", &wait.as_secs().to_string())],
        ));
    }
    reason
}

#[cfg(test)]
mod tests {
    use contract::{Code, Status};

    use super::*;

    fn refused(operation: Operation, http: u16, code: Code) -> Failure {
        let status = Status {
            code: Some(code),
            message: Some("in the server's words".to_owned()),
            ..Status::default()
        };
        Failure::new(
            operation,
            Cause::Refused {
                http,
                status: Some(Box::new(status)),
            },
        )
    }

    #[test]
    fn each_403_has_its_own_reason() {
        let mut failure = refused(Operation::CreateSecret, 403, Code::PermissionDenied);
        assert_eq!(explain(&failure).reason, words::errors().reason_denied_all);
        if let Cause::Refused {
            status: Some(status), ..
        } = &mut failure.cause
        {
            status.missing_scope = Some(contract::MissingScope {
                required: "secrets:manage".to_owned(),
                granted: "workspaces:read".to_owned(),
            });
        }
        let explanation = explain(&failure);
        assert!(explanation.reason.contains("secrets:manage"));
        let granted = (words::errors().granted_scopes, "workspaces:read".to_owned());
        assert!(explanation.details.contains(&granted));
        let admin = refused(Operation::CreateWorkspace, 403, Code::PermissionDenied);
        assert_eq!(explain(&admin).reason, words::errors().reason_admin_only);
        let firewall = Cause::Refused {
            http: 403,
            status: None,
        };
        let firewall = Failure::new(Operation::UpdateSecret, firewall);
        assert_eq!(explain(&firewall).reason, words::errors().reason_not_the_api);
        let sign_in = explain(&Failure::new(
            Operation::UpdateSecret,
            Cause::SignedOut { http: Some(401) },
        ));
        assert_eq!(sign_in.reason, words::errors().reason_signed_out);
        assert!(sign_in.can_reload && !sign_in.can_retry && !explain(&admin).can_reload);
    }

    #[test]
    fn what_a_gateway_answers_is_not_called_the_servers() {
        let gateway = Cause::Refused {
            http: 502,
            status: None,
        };
        let reason = explain(&Failure::new(Operation::ListSecrets, gateway)).reason;
        assert!(reason.contains("instead of the API (502)"), "{reason}");
        let own = refused(Operation::ListSecrets, 503, Code::Unavailable);
        assert!(explain(&own).reason.contains("Server error (503)"));
    }

    #[test]
    fn a_refused_cursor_is_no_bad_input() {
        let mut list = refused(Operation::ListSecrets, 400, Code::InvalidArgument);
        assert_eq!(explain(&list).reason, words::errors().reason_invalid);
        list.had_cursor = true;
        assert_eq!(explain(&list).reason, words::errors().reason_cursor);
    }

    #[test]
    fn the_request_id_is_always_shown() {
        let mut failure = refused(Operation::ListSecrets, 503, Code::Unavailable);
        failure.request_id = Some("01J".to_owned());
        let explanation = explain(&failure);
        assert!(
            explanation
                .details
                .contains(&(words::errors().request_id, "01J".to_owned()))
        );
        assert!(explanation.can_retry && explanation.reason.contains("503"));
    }

    #[test]
    fn an_unknown_outcome_is_called_unknown() {
        let lost = Failure::new(Operation::CreateSecret, Cause::Unreachable);
        assert!(explain(&lost).reason.contains(words::errors().reason_outcome_unknown));
        let read = Failure::new(Operation::ListSecrets, Cause::Unreachable);
        assert!(!explain(&read).reason.contains(words::errors().reason_outcome_unknown));
        let refused = refused(Operation::CreateSecret, 409, Code::AlreadyExists);
        assert!(
            !explain(&refused)
                .reason
                .contains(words::errors().reason_outcome_unknown)
        );
    }
}
