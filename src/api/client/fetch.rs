//! The browser's fetch as a transport.

use std::rc::Rc;

use contract::Method;
use futures::future::LocalBoxFuture;
use gloo_net::http::RequestBuilder;
use site::Auth;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};
use zeroize::Zeroizing;

use crate::api::client::{Fault, Incoming, Outgoing, Transport};
use crate::browser::csp_violations;

/// Whether a request may go out, and with what.
pub enum Grant {
    /// It may, with this `Authorization` header, or with none where a proxy adds the key.
    Header(Option<Zeroizing<String>>),
    /// The session that it belongs to is over.
    Over,
}

/// Asked before each try of each request, so that a transport keeps no key.
pub trait Authority {
    /// The answer for a request that is about to go out.
    fn grant(&self) -> Grant;
}

impl<F: Fn() -> Grant> Authority for F {
    fn grant(&self) -> Grant {
        self()
    }
}

/// Fetch with the key added.
pub struct FetchTransport {
    authority: Rc<dyn Authority>,
    /// Cookies go along only where a proxy on the page's own origin needs them to know the person.
    credentials: RequestCredentials,
}

impl FetchTransport {
    /// For an API that takes a bearer key, or for a proxy that adds the key by itself.
    #[must_use]
    pub fn new(authority: Rc<dyn Authority>, auth: Auth) -> Self {
        let credentials = match auth {
            Auth::Bearer => RequestCredentials::Omit,
            Auth::Proxy => RequestCredentials::SameOrigin,
        };
        Self { authority, credentials }
    }

    /// For files of the site itself: without a key.
    #[must_use]
    pub fn without_key() -> Self {
        Self::new(Rc::new(|| Grant::Header(None)), Auth::Bearer)
    }
}

impl Transport for FetchTransport {
    fn send<'a>(&'a self, outgoing: Outgoing<'a>) -> LocalBoxFuture<'a, Result<Incoming, Fault>> {
        Box::pin(async move {
            let url = outgoing.url.clone();
            match self.fetch(outgoing).await {
                Err(Fault::Unreachable) if csp_violations::has_blocked(&url).await => Err(Fault::Forbidden),
                answer => answer,
            }
        })
    }
}

impl FetchTransport {
    async fn fetch(&self, outgoing: Outgoing<'_>) -> Result<Incoming, Fault> {
        let authorization = match self.authority.grant() {
            Grant::Header(authorization) => authorization,
            Grant::Over => return Err(Fault::Over),
        };
        let controller = AbortOnDrop::new()?;
        let mut builder = RequestBuilder::new(&outgoing.url)
            .method(method(outgoing.method))
            .header("accept", "application/json")
            .abort_signal(Some(&controller.0.signal()))
            .cache(RequestCache::NoStore)
            .credentials(self.credentials)
            .redirect(RequestRedirect::Error)
            .referrer_policy(ReferrerPolicy::NoReferrer);
        if let Some(authorization) = authorization {
            builder = builder.header("authorization", &authorization);
        }
        let request = match outgoing.body {
            Some(bytes) => {
                let array = js_sys::Uint8Array::from(bytes);
                let request = builder.header("content-type", "application/json").body(array.clone());
                // The request holds a copy of its own by now (Fetch, "extract a body"); this one has done its duty.
                array.fill(0, 0, array.length());
                request
            }
            None => builder.build(),
        };
        let response = request
            .map_err(|_| Fault::Unreachable)?
            .send()
            .await
            .map_err(|_| Fault::Unreachable)?;
        let headers = response.headers();
        let request_id = headers.get("x-request-id");
        let retry_after = headers.get("retry-after");
        match response.binary().await {
            Ok(body) => Ok(Incoming {
                status: response.status(),
                request_id,
                retry_after,
                body: Zeroizing::new(body),
            }),
            Err(_) => Err(Fault::Interrupted { request_id }),
        }
    }
}

fn method(method: Method) -> gloo_net::http::Method {
    match method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Patch => gloo_net::http::Method::PATCH,
        Method::Delete => gloo_net::http::Method::DELETE,
    }
}

/// Aborts the request when the future that waits for it is dropped: a view that went away, a deadline that passed.
struct AbortOnDrop(AbortController);

impl AbortOnDrop {
    fn new() -> Result<Self, Fault> {
        AbortController::new().map(Self).map_err(|_| Fault::Unreachable)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // After the answer is complete this does nothing.
        self.0.abort();
    }
}
