//! The interface of a transport: bytes out, bytes in.

use contract::{Method, Quota};
use futures::future::LocalBoxFuture;
use zeroize::Zeroizing;

/// Whether a request may be sent, and with which credentials.
pub enum Grant {
    /// Send with this `Authorization` header, or without one.
    Header(Option<Zeroizing<String>>),
    /// Send; a proxy on the page's own origin adds the key and may need cookies to identify the user.
    Cookies,
    /// Do not send: the request's session is over.
    Over,
}

/// Asked before each try of each request, so that neither client nor transport keeps a key.
pub trait Authority {
    /// Credentials for a request that is about to be sent.
    fn grant(&self) -> Grant;
}

impl<F: Fn() -> Grant> Authority for F {
    fn grant(&self) -> Grant {
        self()
    }
}

/// A request to send.
pub struct Outgoing<'a> {
    pub method: Method,
    /// The full URL.
    pub url: String,
    pub authorization: Option<Zeroizing<String>>,
    /// Whether cookies are included.
    pub has_cookies: bool,
    /// The JSON body, which may hold a value.
    pub body: Option<&'a [u8]>,
}

/// A response, with any status.
pub struct Incoming {
    pub status: u16,
    /// `x-request-id`, if the server sends it and exposes it to the page (CORS).
    pub request_id: Option<String>,
    /// The raw `Retry-After` header.
    pub retry_after: Option<String>,
    /// The raw `Date` header.
    pub date: Option<String>,
    /// What is left of the rate limit, if the server says so and exposes it to the page.
    pub quota: Option<Quota>,
    /// The raw `Content-Security-Policy` header.
    pub policy: Option<String>,
    /// The whole body. It may hold a value, so it is wiped when dropped.
    pub body: Zeroizing<Vec<u8>>,
}

/// Why there is no complete response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No connection, or a response blocked by CORS; browsers do not say which.
    Unreachable,
    /// The page's content security policy blocks the address.
    Forbidden,
    /// A redirect, which is not followed.
    Redirected,
    /// The connection was lost during the response.
    Interrupted {
        /// From the response headers.
        request_id: Option<String>,
    },
}

impl Fault {
    pub fn request_id(&self) -> Option<String> {
        match self {
            Self::Interrupted { request_id } => request_id.clone(),
            Self::Unreachable | Self::Forbidden | Self::Redirected => None,
        }
    }
}

/// Sends one request and receives its response. Dropping the future aborts the request.
pub trait Transport: Send + Sync {
    /// Sends a request and reads the whole response.
    fn send<'a>(&'a self, outgoing: Outgoing<'a>) -> LocalBoxFuture<'a, Result<Incoming, Fault>>;
}
