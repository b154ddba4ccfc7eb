//! The words for what is refused and what fails. A part of their own so that the files of words stay short.

/// Adds these words to those it is given and declares them all.
macro_rules! with_failures {
    ($($others:tt)*) => {
        words! {
            $($others)*

            refused_scope: "Your API key lacks the scope {scope}.",
            refused_disabled: "This workspace is disabled: its secrets can be read, not changed.",
            refused_archived: "This workspace is archived.",

            detail_status: "HTTP status",
            detail_code: "Code",
            detail_message: "The server says",
            detail_request_id: "Request ID",
            failed_who_am_i: "Could not connect",
            failed_list_workspaces: "Could not load the workspaces",
            failed_create_workspace: "Could not create the workspace",
            failed_read_workspace: "Could not load the workspace",
            failed_update_workspace: "Could not save the workspace",
            failed_archive_workspace: "Could not archive the workspace",
            failed_list_members: "Could not load the members",
            failed_add_member: "Could not add the member",
            failed_remove_member: "Could not remove the member",
            failed_search_profiles: "Could not search the people of the account",
            failed_list_secrets: "Could not load the secrets",
            failed_create_secret: "Could not create the secret",
            failed_read_secret: "Could not load the secret",
            failed_update_secret: "Could not save the changes",
            failed_delete_secret: "Could not delete the secret",
            reason_invalid: "The server did not accept what was entered.",
            reason_precondition: "The workspace does not allow this now: it may be archived or disabled.",
            reason_bad_key: "The server does not accept this API key. Check that it is complete, belongs to this server and is not disabled.",
            reason_unauthenticated: "The server no longer accepts your API key. Connect again; nothing you typed is lost.",
            reason_denied: "Your API key lacks the scope {scope}. Someone who manages the account can grant it.",
            reason_denied_all: "The server does not allow this with your API key.",
            reason_not_found: "It is not there: it may have been deleted, or the address is wrong.",
            reason_taken: "The name is taken: choose another one.",
            reason_conflict: "Someone else changed it in the meantime. Look at its present state before you try again.",
            reason_rate_limited: "The server asks to slow down.",
            reason_server: "The server has a problem. It is not your doing; try again in a moment.",
            reason_unexpected: "The server answered in a way that this console does not understand. Is this the address of the API?",
            reason_forbidden: "The security policy of this page does not allow it to talk to that address. Whoever hosts the console can add it.",
            reason_timed_out: "The server did not answer within {seconds} seconds.",
            reason_interrupted: "The connection was lost before the answer was complete.",
            reason_unreachable: "The server could not be reached. Check the address and your connection; the server must also allow this page's origin.",
            reason_wait: "It asks to wait {seconds} s.",
            reason_outcome_unknown: "Whether it was carried out is not known: look before you try again.",
        }
    };
}
