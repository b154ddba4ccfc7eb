//! What a transport is: bytes out, bytes in.

use contract::Method;
use futures::future::LocalBoxFuture;
use zeroize::Zeroizing;

/// Whether a request may go out, and with what.
pub enum Grant {
    /// It may go, with this `Authorization` header, or with none.
    Header(Option<Zeroizing<String>>),
    /// It may go; a proxy on the page's own origin adds the key, and may need cookies to know the person.
    Cookies,
    /// The session that it belongs to is over.
    Over,
}

/// Asked before each try of each request, so that neither client nor transport keeps a key.
pub trait Authority {
    /// The answer for a request that is about to go out.
    fn grant(&self) -> Grant;
}

impl<F: Fn() -> Grant> Authority for F {
    fn grant(&self) -> Grant {
        self()
    }
}

/// A request on its way.
pub struct Outgoing<'a> {
    /// Its method.
    pub method: Method,
    /// Its whole URL.
    pub url: String,
    /// Its `Authorization` header.
    pub authorization: Option<Zeroizing<String>>,
    /// Whether cookies go along.
    pub has_cookies: bool,
    /// Its JSON body, which may hold a value.
    pub body: Option<&'a [u8]>,
}

/// An answer, with whatever status.
pub struct Incoming {
    /// HTTP status.
    pub status: u16,
    /// `x-request-id`, where the server sends it and lets the page read it.
    pub request_id: Option<String>,
    /// `Retry-After`, as it was sent.
    pub retry_after: Option<String>,
    /// The whole body. It may hold a value, so it is wiped when dropped.
    pub body: Zeroizing<Vec<u8>>,
}

/// Why there is no whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No connection, or one that the browser does not let the page use; it does not tell which.
    Unreachable,
    /// The policy of the page does not allow the address.
    Forbidden,
    /// The answer began and broke off.
    Interrupted {
        /// What its header said.
        request_id: Option<String>,
    },
}

impl Fault {
    pub fn request_id(&self) -> Option<String> {
        match self {
            Self::Interrupted { request_id } => request_id.clone(),
            Self::Unreachable | Self::Forbidden => None,
        }
    }
}

/// Carries one request and its answer. Dropping the future gives the request up.
pub trait Transport: Send + Sync {
    /// Sends a request and reads the whole answer.
    fn send<'a>(&'a self, outgoing: Outgoing<'a>) -> LocalBoxFuture<'a, Result<Incoming, Fault>>;
}
