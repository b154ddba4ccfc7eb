//! The one place that speaks HTTP.
//!
//! [`Client`] sends the contract's calls through a [`Transport`]: deadline, retries and decoding are here and are
//! tested without a browser; [`fetch`] is the transport over the browser's fetch.

pub mod fetch;
mod transport;

pub use crate::api::client::transport::{Authority, Fault, Grant, Incoming, Outgoing, Transport};

use std::rc::Rc;

use contract::{Answer, BaseUrl, Call, Cause, Failure, Method, Operation, Request, Status, retry};
use futures::future::{Either, LocalBoxFuture, select};
use zeroize::Zeroizing;

use crate::browser::clock::Clock;

/// Sends calls and makes one [`Failure`] of everything that can go wrong.
///
/// Cancelling is dropping the future: the transport then aborts the request.
#[derive(Clone)]
pub struct Client {
    transport: &'static dyn Transport,
    authority: Rc<dyn Authority>,
    clock: Clock,
    policy: retry::Policy,
}

impl Client {
    /// A client with the default deadline and retries (api.md, Transport).
    #[must_use]
    pub fn new(transport: &'static dyn Transport, authority: Rc<dyn Authority>, clock: Clock) -> Self {
        Self {
            transport,
            authority,
            clock,
            policy: retry::Policy::default(),
        }
    }

    /// The same client with another retry policy.
    #[must_use]
    pub fn with_policy(mut self, policy: retry::Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Sends a call. GET and DELETE are retried where that can help, POST and PATCH never.
    ///
    /// # Errors
    ///
    /// The failure of the last try.
    pub async fn send<A: Answer>(&self, base: &BaseUrl, call: Call<A>) -> Result<A, Failure> {
        decoded(call.request.operation, self.exchange(base, &call.request).await?)
    }

    /// Everything but the decoding, so that only the decoding is compiled once per answer type.
    ///
    /// # Errors
    ///
    /// The failure of the last try.
    pub fn exchange<'a>(
        &'a self,
        base: &'a BaseUrl,
        request: &'a Request,
    ) -> LocalBoxFuture<'a, Result<Incoming, Failure>> {
        Box::pin(async move {
            let mut tried = 0;
            loop {
                let failure = match self.attempt(base, request).await {
                    Ok(answer) => return Ok(answer),
                    // An earlier try deleted it and the response was lost, or someone else did. Either way it is gone.
                    Err(failure) if tried > 0 && request.method == Method::Delete && failure.http() == Some(404) => {
                        return Ok(Incoming {
                            status: 404,
                            request_id: failure.request_id,
                            retry_after: None,
                            date: None,
                            quota: None,
                            policy: None,
                            body: Zeroizing::default(),
                        });
                    }
                    Err(failure) => failure,
                };
                tried += 1;
                let Some(wait) = self.policy.wait(request.method, &failure, tried, self.clock.random()) else {
                    return Err(failure);
                };
                self.clock.sleep(wait).await;
            }
        })
    }

    async fn attempt(&self, base: &BaseUrl, request: &Request) -> Result<Incoming, Failure> {
        let failed = |cause| Failure {
            had_cursor: request.has_cursor(),
            ..Failure::new(request.operation, cause)
        };
        let (authorization, has_cookies) = match self.authority.grant() {
            Grant::Header(authorization) => (authorization, false),
            Grant::Cookies => (None, true),
            Grant::Over => {
                return Err(failed(Cause::Refused {
                    http: 401,
                    status: None,
                }));
            }
        };
        let outgoing = Outgoing {
            method: request.method,
            url: request.url(base),
            authorization,
            has_cookies,
            body: request.body.as_ref().map(contract::Body::bytes),
        };
        let answer = match select(self.transport.send(outgoing), self.clock.sleep(retry::DEADLINE)).await {
            Either::Left((answer, _)) => answer,
            // Dropping the transport's future aborts the request.
            Either::Right(_) => return Err(failed(Cause::TimedOut(retry::DEADLINE))),
        };
        match answer {
            Ok(answer) if has_cookies && is_of_a_sign_in(&answer) => Err(Failure {
                request_id: answer.request_id,
                ..failed(Cause::SignedOut {
                    http: Some(answer.status),
                })
            }),
            Ok(answer) if (200..300).contains(&answer.status) => Ok(answer),
            Ok(answer) => {
                let status = Status::decode(&answer.body).map(|status| Box::new(self.without_secrets(status, request)));
                let date = answer.date.as_deref();
                let asked = answer
                    .retry_after
                    .and_then(|header| retry::retry_after(&header, date, self.clock.now()));
                // Across origins the page can read the header only if the server exposes it; it can always read the body.
                let retry_after = asked.or_else(|| status.as_ref().and_then(|status| status.retry_delay));
                let cause = Cause::Refused {
                    http: answer.status,
                    status,
                };
                Err(Failure {
                    retry_after,
                    request_id: answer.request_id,
                    ..failed(cause)
                })
            }
            Err(fault) => Err(Failure {
                request_id: fault.request_id(),
                ..failed(match fault {
                    Fault::Unreachable => Cause::Unreachable,
                    Fault::Forbidden => Cause::Forbidden,
                    Fault::Redirected if has_cookies => Cause::SignedOut { http: None },
                    Fault::Redirected => Cause::Redirected,
                    Fault::Interrupted { .. } => Cause::Interrupted,
                })
            }),
        }
    }
}

impl Client {
    /// Hides the value and the key that the request has sent, which an error may quote.
    fn without_secrets(&self, mut status: Status, request: &Request) -> Status {
        if let Some(value) = request.body.as_ref().and_then(contract::Body::value) {
            status.hide(value.expose());
        }
        if let Grant::Header(Some(header)) = self.authority.grant() {
            status.hide(header.strip_prefix("Bearer ").unwrap_or(&header));
        }
        status
    }
}

/// Whether a proxy that adds the key answered with its own sign-in: the console sends no key that could be refused, and the
/// API sends no documents.
fn is_of_a_sign_in(answer: &Incoming) -> bool {
    let is_document = || answer.body.trim_ascii_start().starts_with(b"<");
    match answer.status {
        401 => true,
        200..300 | 403 => is_document(),
        _ => false,
    }
}

/// Decodes a successful response.
///
/// # Errors
///
/// If the response does not match the contract.
pub fn decoded<A: Answer>(operation: Operation, answer: Incoming) -> Result<A, Failure> {
    let http = answer.status;
    A::decode(&answer.body).map_err(|detail| Failure {
        request_id: answer.request_id,
        ..Failure::new(operation, Cause::Undecodable { http, detail })
    })
}

#[cfg(test)]
mod tests;
