//! Reads the content security policy that the site is served with.

use contract::{Cause, Failure, Method, Operation};

use crate::api::client::{Fault, Outgoing, Transport};

/// The policy of the document at an address of the site, from the header that it came with; `None` if it had none.
///
/// # Errors
///
/// Why it could not be read. The operation of the failure says nothing: this is no call of the API.
pub async fn read(transport: &dyn Transport, address: &str) -> Result<Option<String>, Failure> {
    let failure = |cause, request_id| Failure {
        request_id,
        ..Failure::new(Operation::WhoAmI, cause)
    };
    let answer = transport
        .send(Outgoing {
            method: Method::Get,
            url: address.to_owned(),
            authorization: None,
            // A sign-in proxy in front of the site lets no document through without them.
            has_cookies: true,
            body: None,
        })
        .await;
    match answer {
        Ok(answer) if answer.status == 200 => Ok(answer.policy),
        Ok(answer) => {
            let cause = Cause::Refused { http: answer.status, status: None };
            Err(failure(cause, answer.request_id))
        }
        Err(fault) => {
            let request_id = fault.request_id();
            let cause = match fault {
                Fault::Unreachable => Cause::Unreachable,
                Fault::Forbidden => Cause::Forbidden,
                Fault::Redirected => Cause::SignedOut { http: None },
                Fault::Interrupted { .. } => Cause::Interrupted,
            };
            Err(failure(cause, request_id))
        }
    }
}
