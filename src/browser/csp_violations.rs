//! Requests blocked by the content security policy. Without this listener a blocked request looks like an unreachable
//! server.

use std::cell::RefCell;

thread_local! {
    static BLOCKED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Starts listening. Called once, at startup.
pub fn watch() {
    use leptos::ev::Custom;
    let handle = leptos::prelude::window_event_listener(
        Custom::<web_sys::SecurityPolicyViolationEvent>::new("securitypolicyviolation"),
        |event| {
            if event.effective_directive() == "connect-src" {
                BLOCKED.with_borrow_mut(|blocked| blocked.push(event.blocked_uri()));
            }
        },
    );
    // Never removed: it lives as long as the page.
    std::mem::forget(handle);
}

/// Whether the policy blocked a request to this URL. The browser reports that shortly after the request has failed.
pub async fn has_blocked(url: &str) -> bool {
    gloo_timers::future::sleep(std::time::Duration::ZERO).await;
    BLOCKED.with_borrow(|blocked| {
        blocked
            .iter()
            .any(|blocked| !blocked.is_empty() && url.starts_with(blocked.as_str()))
    })
}
