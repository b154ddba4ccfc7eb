//! Whether this tab still runs the release that the site serves.

use contract::Method;

use crate::api::client::{Fault, Outgoing, Transport};

/// Why a file of the site could not be loaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WhyMissing {
    /// The site serves this release, or can't be reached.
    #[default]
    Unknown,
    /// The site serves another release, and the files of this one may be gone.
    Replaced,
    /// Something else answers in place of the site: a proxy that asks for its sign-in, or the portal of a network.
    SignedOut,
}

/// In the document of every release: the attribute that names the program.
const MARK: &str = "data-wasm";

/// Asks the site for its document. `program` is the address of the running program, as the document named it.
pub async fn why_missing(transport: &dyn Transport, origin: &str, program: &str) -> WhyMissing {
    let answer = transport
        .send(Outgoing {
            method: Method::Get,
            url: format!("{origin}/"),
            authorization: None,
            has_cookies: true,
            body: None,
        })
        .await;
    match answer {
        Err(Fault::Redirected) => WhyMissing::SignedOut,
        Ok(answer) if answer.status == 401 => WhyMissing::SignedOut,
        Ok(answer) if answer.status == 200 => {
            let names = |text: &str| answer.body.windows(text.len()).any(|part| part == text.as_bytes());
            match (names(MARK), names(program)) {
                (false, _) => WhyMissing::SignedOut,
                (true, false) => WhyMissing::Replaced,
                (true, true) => WhyMissing::Unknown,
            }
        }
        Ok(_) | Err(_) => WhyMissing::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;
    use futures::future::LocalBoxFuture;
    use zeroize::Zeroizing;

    use super::*;
    use crate::api::client::Incoming;

    /// A site that answers its document like this.
    struct Site(Result<(u16, &'static str), Fault>);

    impl Transport for Site {
        fn send<'a>(&'a self, outgoing: Outgoing<'a>) -> LocalBoxFuture<'a, Result<Incoming, Fault>> {
            assert!(outgoing.has_cookies && outgoing.authorization.is_none());
            assert_eq!(outgoing.url, "https://console.example/");
            let answer = self.0.clone().map(|(status, body)| Incoming {
                status,
                request_id: None,
                retry_after: None,
                date: None,
                quota: None,
                policy: None,
                body: Zeroizing::new(body.as_bytes().to_vec()),
            });
            Box::pin(std::future::ready(answer))
        }
    }

    #[test]
    fn a_missing_part_is_told_by_what_the_site_serves_now() {
        let old = r#"<script src="/assets/boot-1.js" data-wasm="/assets/strongroom_bg-1.wasm"></script>"#;
        let new = r#"<script src="/assets/boot-2.js" data-wasm="/assets/strongroom_bg-2.wasm"></script>"#;
        for (answer, why) in [
            (Ok((200, old)), WhyMissing::Unknown),
            (Ok((200, new)), WhyMissing::Replaced),
            (Ok((200, "<title>Sign in</title>")), WhyMissing::SignedOut),
            (Ok((401, "")), WhyMissing::SignedOut),
            (Err(Fault::Redirected), WhyMissing::SignedOut),
            (Ok((503, new)), WhyMissing::Unknown),
            (Err(Fault::Unreachable), WhyMissing::Unknown),
        ] {
            let site = Site(answer.clone());
            let found = block_on(why_missing(
                &site,
                "https://console.example",
                "/assets/strongroom_bg-1.wasm",
            ));
            assert_eq!(found, why, "{answer:?}");
        }
    }
}
