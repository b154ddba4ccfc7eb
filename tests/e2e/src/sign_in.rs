//! A proxy in front of the site that lets nobody through without its sign-in, and adds the API key, as in
//! [docs/hosting.md](../../../docs/hosting.md).
//!
//! One request for each connection, so that it stays small.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::browser::Page;
use crate::local_api::LocalApi;
use crate::vocabulary::Vocabulary;

/// How it answers without a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedOut {
    /// A redirect to its sign-in, which is on another origin.
    Redirect,
    /// 401, with a page.
    Refusal,
    /// 200, with a page.
    Page,
    /// 401, for which the browser asks for a name and a password: [`SignInProxy::visit_as_alice`].
    Basic,
}

/// `alice:wonderland`.
const ALICE: &str = "Basic YWxpY2U6d29uZGVybGFuZA==";

/// A running proxy. It ends with the program of the tests.
#[derive(Debug)]
pub struct SignInProxy {
    /// Where the site is.
    pub address: String,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    port: u16,
    api: String,
    key: String,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    signed_out: SignedOut,
    /// The cookie of the present session.
    session: u32,
    /// Answered without a sign-in.
    closed: Option<String>,
    /// The paths that were not let through.
    refused: Vec<String>,
}

impl SignInProxy {
    /// Starts one in front of this server.
    ///
    /// # Panics
    ///
    /// Where no port is free.
    #[must_use]
    pub fn start(api: &LocalApi) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let shared = Arc::new(Shared {
            port,
            api: api.address.trim_start_matches("http://").to_owned(),
            key: api.key.clone(),
            state: Mutex::new(State {
                signed_out: SignedOut::Redirect,
                session: 1,
                closed: None,
                refused: Vec::new(),
            }),
        });
        let address = format!("http://127.0.0.1:{port}");
        let state = Arc::clone(&shared);
        thread::spawn(move || {
            for mut client in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                // A browser may close a connection at any time.
                thread::spawn(move || shared.serve(&mut client).ok());
            }
        });
        Self { address, shared: state }
    }

    /// Ends every sign-in. From now on it answers like this.
    pub fn sign_out(&self, signed_out: SignedOut) {
        let mut state = self.shared.state();
        state.session += 1;
        state.signed_out = signed_out;
    }

    /// Answers this path with its sign-in, also to someone who is signed in; none again with an empty path.
    pub fn close(&self, path: &str, signed_out: SignedOut) {
        let mut state = self.shared.state();
        state.closed = (!path.is_empty()).then(|| path.to_owned());
        state.signed_out = signed_out;
    }

    /// The paths that were not let through since this was last asked.
    #[must_use]
    pub fn refused(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.state().refused)
    }

    /// Signs in on the page that asks for it, and comes back.
    #[track_caller]
    pub fn sign_in(&self, page: &Page) {
        page.link("Sign in").click();
    }

    /// Opens an address with the name and the password that a browser would have asked for.
    #[track_caller]
    pub fn visit_as_alice(&self, page: &Page, address: &str) {
        page.visit_url(&format!(
            "http://alice:wonderland@127.0.0.1:{}{address}",
            self.shared.port
        ));
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, client: &mut TcpStream) -> io::Result<()> {
        let (head, body) = read(client)?;
        let mut lines = head.split("\r\n").filter(|line| !line.is_empty());
        let request = lines.next().unwrap_or_default();
        let path = request.split(' ').nth(1).unwrap_or_default();
        let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
        let header = |name: &str| {
            let found = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map_or("", |(_, value)| *value)
        };
        let (signed_out, session, is_closed) = {
            let state = self.state();
            (state.signed_out, state.session, state.closed.as_deref() == Some(path))
        };
        let site = format!("http://127.0.0.1:{}", self.port);
        if path == "/favicon.ico" {
            // Asked for by the page of the sign-in, which names no icon.
            return answer(client, "204 No Content", "", "");
        }
        if let Some(to) = path.strip_prefix("/sign-in/") {
            let page = page(&format!(r#"<a href="{site}/signed-in/{to}">Sign in</a>"#));
            return answer(client, "200 OK", "", &page);
        }
        if let Some(to) = path.strip_prefix("/signed-in/") {
            let cookie =
                format!("Set-Cookie: session={session}; Path=/; HttpOnly; SameSite=Lax\r\nLocation: {site}/{to}\r\n");
            return answer(client, "302 Found", &cookie, "");
        }
        let has_cookie = header("cookie") == format!("session={session}");
        let has_name = signed_out == SignedOut::Basic && header("authorization") == ALICE;
        if is_closed || !has_cookie && !has_name {
            self.state().refused.push(path.to_owned());
            // The page of a proxy has nothing to do with the API's answers.
            let sign_in = page(&format!(r#"<a href="/signed-in{path}">Sign in</a>"#));
            return match signed_out {
                SignedOut::Redirect => {
                    // Another origin.
                    let to = format!("Location: http://localhost:{}/sign-in{path}\r\n", self.port);
                    answer(client, "302 Found", &to, "")
                }
                SignedOut::Refusal => answer(client, "401 Unauthorized", "", &sign_in),
                SignedOut::Page => answer(client, "200 OK", "", &sign_in),
                SignedOut::Basic => {
                    let ask = "WWW-Authenticate: Basic realm=\"console\"\r\n";
                    answer(client, "401 Unauthorized", ask, "")
                }
            };
        }
        let mut server = TcpStream::connect(&self.api)?;
        let mut forwarded = format!("{request}\r\nHost: {}\r\nConnection: close\r\n", self.api);
        for (name, value) in &headers {
            let is_ours = ["host", "connection", "cookie", "authorization"]
                .iter()
                .any(|ours| name.eq_ignore_ascii_case(ours));
            if !is_ours {
                forwarded.extend([*name, ": ", *value, "\r\n"]);
            }
        }
        if path.starts_with("/v1/") {
            forwarded.extend(["Authorization: Bearer ", &self.key, "\r\n"]);
        }
        server.write_all(format!("{forwarded}\r\n").as_bytes())?;
        server.write_all(&body)?;
        io::copy(&mut server, client)?;
        Ok(())
    }
}

/// A request: its head as text, and its body.
fn read(client: &mut TcpStream) -> io::Result<(String, Vec<u8>)> {
    const END: &[u8] = b"\r\n\r\n";
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    let mut wanted = usize::MAX;
    let mut head = 0;
    while bytes.len() < wanted {
        let more = client.read(&mut buffer)?;
        if more == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&buffer[..more]);
        if head == 0
            && let Some(at) = bytes.windows(END.len()).position(|window| window == END)
        {
            head = at + END.len();
            let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
            let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
            wanted = head + length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
        }
    }
    let body = bytes.split_off(head);
    Ok((String::from_utf8_lossy(&bytes).into_owned(), body))
}

fn page(body: &str) -> String {
    format!("<!doctype html><html lang=\"en\"><title>Sign in</title><main><h1>Sign in</h1>{body}</main></html>")
}

fn answer(client: &mut TcpStream, status: &str, headers: &str, body: &str) -> io::Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\nCache-Control: no-store\r\nConnection: close\r\n{headers}\r\n"
    );
    client.write_all(head.as_bytes())?;
    client.write_all(body.as_bytes())
}
