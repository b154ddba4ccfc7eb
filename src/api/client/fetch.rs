//! The browser's fetch as a transport.

use contract::{Method, Quota};
use futures::future::LocalBoxFuture;
use gloo_net::http::{RequestBuilder, Response};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};
use zeroize::Zeroizing;

use crate::api::client::{Fault, Incoming, Outgoing, Transport};
use crate::browser::clock::Clock;
use crate::browser::{csp_violations, page};

/// The browser's fetch.
pub struct FetchTransport;

impl Transport for FetchTransport {
    fn send<'a>(&'a self, outgoing: Outgoing<'a>) -> LocalBoxFuture<'a, Result<Incoming, Fault>> {
        Box::pin(async move {
            let url = outgoing.url.clone();
            match fetch(outgoing).await {
                Err(Fault::Unreachable) if csp_violations::has_blocked(&url).await => Err(Fault::Forbidden),
                answer => answer,
            }
        })
    }
}

async fn fetch(outgoing: Outgoing<'_>) -> Result<Incoming, Fault> {
        let credentials = if outgoing.has_cookies {
            RequestCredentials::SameOrigin
        } else {
            RequestCredentials::Omit
        };
        let controller = AbortOnDrop::new()?;
        let mut builder = RequestBuilder::new(&outgoing.url)
            .method(method(outgoing.method))
            .header("accept", "application/json")
            .abort_signal(Some(&controller.0.signal()))
            .cache(RequestCache::NoStore)
            .credentials(credentials)
            .redirect(RequestRedirect::Manual)
            .referrer_policy(ReferrerPolicy::NoReferrer);
        if let Some(authorization) = outgoing.authorization {
            builder = builder.header("authorization", &authorization);
        }
        let body = outgoing.body.map(|bytes| WipeOnDrop(js_sys::Uint8Array::from(bytes)));
        let request = match &body {
            Some(body) => builder.header("content-type", "application/json").body(body.0.clone()),
            None => builder.build(),
        };
        let request = request.map_err(|_| Fault::Unreachable)?;
        let response = match early(&outgoing.url) {
            Some(answer) => answer.await?,
            None => request.send().await.map_err(|_| Fault::Unreachable)?,
        };
        // A redirect that is not followed has no status (Fetch, "opaque-redirect filtered response").
        if response.status() == 0 {
            return Err(Fault::Redirected);
        }
        let headers = response.headers();
        let request_id = headers.get("x-request-id");
        let retry_after = headers.get("retry-after");
        let date = headers.get("date");
        let header = |name| headers.get(name);
        let policy = header("content-security-policy");
        let quota = Quota::read(
            header("ratelimit-limit").as_deref(),
            header("ratelimit-remaining").as_deref(),
            header("ratelimit-reset").as_deref(),
            Clock::of_browser().now(),
        );
        match response.binary().await {
            Ok(body) => Ok(Incoming {
                status: response.status(),
                request_id,
                retry_after,
                date,
                quota,
                policy,
                body: Zeroizing::new(body),
            }),
            Err(_) => Err(Fault::Interrupted { request_id }),
        }
    }

/// The answer to a request that was sent before the program was there.
fn early(url: &str) -> Option<impl Future<Output = Result<Response, Fault>>> {
    // The end first: only one request of a visit needs the origin.
    let is_configuration = url.strip_suffix(site::CONFIG).is_some_and(|origin| origin == page::origin());
    let answer = is_configuration.then(page::take_configuration).flatten()?;
    Some(async {
        let answer = JsFuture::from(answer).await.map_err(|_| Fault::Unreachable)?;
        let answer: web_sys::Response = answer.dyn_into().map_err(|_| Fault::Unreachable)?;
        Ok(answer.into())
    })
}

fn method(method: Method) -> gloo_net::http::Method {
    match method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Patch => gloo_net::http::Method::PATCH,
        Method::Delete => gloo_net::http::Method::DELETE,
    }
}

/// Wipes a request body when the request has ended. Not earlier: Fetch says that a request takes a copy when it is made, but
/// WebKit reads the array only when it sends it.
struct WipeOnDrop(js_sys::Uint8Array);

impl Drop for WipeOnDrop {
    fn drop(&mut self) {
        self.0.fill(0, 0, self.0.length());
    }
}

/// Aborts the request when the future is dropped, because a view was unmounted or the deadline passed.
struct AbortOnDrop(AbortController);

impl AbortOnDrop {
    fn new() -> Result<Self, Fault> {
        AbortController::new().map(Self).map_err(|_| Fault::Unreachable)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // A no-op once the response is complete.
        self.0.abort();
    }
}
