//! What a transport is: bytes out, bytes in.

use contract::Method;
use futures::future::LocalBoxFuture;
use zeroize::Zeroizing;

/// A request on its way. The transport adds the key.
pub struct Outgoing<'a> {
    /// Its method.
    pub method: Method,
    /// Its whole URL.
    pub url: String,
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
    /// It did not go out, because the session that it belongs to is over.
    Over,
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
            Self::Unreachable | Self::Forbidden | Self::Over => None,
        }
    }
}

/// Carries one request and its answer. Dropping the future gives the request up.
pub trait Transport {
    /// Sends a request and reads the whole answer.
    fn send<'a>(&'a self, outgoing: Outgoing<'a>) -> LocalBoxFuture<'a, Result<Incoming, Fault>>;
}
