//! Which names this server answers to.
//!
//! A page on the internet may give its own host name the address 127.0.0.1 after it was loaded (DNS rebinding). To the
//! browser this server is then the page's own origin, so neither CORS nor the same-origin policy keeps the page away;
//! only the `Host` header still tells whom the browser believes to talk to.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::Code;

use crate::failure::Refusal;
use crate::service::Service;

/// Refuses a request that was meant for another host.
pub(crate) async fn check(State(service): State<Service>, request: Request, next: Next) -> Response {
    let settings = service.settings();
    if settings.allow_remote {
        return next.run(request).await;
    }
    // Every browser sends one; a request without it is not what is guarded against.
    let is_ours = match request.headers().get(header::HOST) {
        Some(host) => host.to_str().is_ok_and(|host| is_this_machine(host, settings.listen)),
        None => true,
    };
    if is_ours {
        next.run(request).await
    } else {
        let message = "the Host header names another machine; --allow-remote allows it";
        Refusal::new(StatusCode::FORBIDDEN, Code::PermissionDenied, message).into_response()
    }
}

fn is_this_machine(host: &str, listen: IpAddr) -> bool {
    let name = match host.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.to_ascii_lowercase();
    if let Ok(address) = name.parse::<IpAddr>() {
        return address.is_loopback() || address == listen;
    }
    // Names under .localhost never leave the machine (RFC 6761 §6.3).
    name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine() {
        let listen = IpAddr::from([10, 1, 2, 3]);
        for host in [
            "127.0.0.1:8787",
            "127.9.9.9",
            "localhost",
            "LOCALHOST:80",
            "a.localhost:1",
            "[::1]:8787",
            "10.1.2.3:8787",
        ] {
            assert!(is_this_machine(host, listen), "{host}");
        }
        for host in [
            "",
            "example.com",
            "localhost.example.com",
            "127.0.0.1.example.com:8787",
            "10.1.2.4",
            "[::2]",
            "0.0.0.0:8787",
        ] {
            assert!(!is_this_machine(host, listen), "{host}");
        }
    }
}
