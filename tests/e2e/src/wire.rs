//! What the browser sent, by its own log of the network: every request of every frame, with the headers that went over
//! the wire and the whole body, whether the page made it or the browser did.

use std::collections::HashMap;

use serde_json::Value;

use crate::browser::Page;
use crate::journey::World;
use crate::nowhere::forms;
use crate::wait::{block_on, poll, wait_until};

/// One request, and the metadata of its response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    /// Its method.
    pub method: String,
    /// Its address, whole.
    pub url: String,
    /// Its body.
    pub body: Option<String>,
    /// Names and values of its headers, as the page asked for them and as they went out.
    pub headers: Vec<(String, String)>,
    /// Names and values of the answer's headers.
    pub answer: Vec<(String, String)>,
}

/// Watches a journey for what it sends, and for the values that may go nowhere.
#[derive(Debug)]
pub struct Wire<'world> {
    world: &'world World,
    /// What a line calls each value, and the value.
    values: Vec<(&'static str, &'static str)>,
}

impl<'world> Wire<'world> {
    /// Watches a journey from now on, which was begun with [`crate::Journey::watching_the_wire`]. A line calls each value
    /// by the name that it has here. Before the first visit, or what the visit sent is not seen.
    #[must_use]
    #[track_caller]
    pub fn of(world: &'world World, values: &[(&'static str, &'static str)]) -> Self {
        // The browser's own first page.
        world.page.last_network_events();
        Self {
            world,
            values: values.to_vec(),
        }
    }

    /// Does something, and proves that exactly these calls of the API went out for it, in this order: `METHOD /path?query
    /// body`. In place of a value stands its name in angle brackets: `{"spec":{"value":"<value>"}}`.
    ///
    /// Proves besides that no other server was spoken to, that files of the site were only asked for, and that no
    /// address and no header, of a request or of an answer, holds a value, or the key where it does not belong.
    ///
    /// # Panics
    ///
    /// Where any of that is not so.
    #[track_caller]
    pub fn expect(&self, calls: &[String], act: impl FnOnce(&Page)) {
        let page = &self.world.page;
        let mut events = self.begin(act);
        // What is asked for last may be on its way still.
        poll(|| {
            events.extend(page.network_events());
            (self.calls(&events).len() >= calls.len()).then_some(())
        });
        assert_eq!(self.end(events), calls, "what went out, and what was to");
    }

    /// Does something, and tells what went out for it, as [`Wire::expect`] proves it.
    #[track_caller]
    pub fn during(&self, act: impl FnOnce(&Page)) -> Vec<String> {
        self.end(self.begin(act))
    }

    #[track_caller]
    fn begin(&self, act: impl FnOnce(&Page)) -> Vec<Value> {
        let before = self.calls(&self.world.page.network_events());
        assert!(before.is_empty(), "sent before anybody did something: {before:#?}");
        act(&self.world.page);
        self.world.page.network_events()
    }

    #[track_caller]
    fn end(&self, mut events: Vec<Value>) -> Vec<String> {
        events.extend(self.world.page.last_network_events());
        self.calls(&events)
    }

    /// Each call of the API, as a line; what is wrong with any of the requests fails the test.
    #[track_caller]
    fn calls(&self, events: &[Value]) -> Vec<String> {
        let mut lines = Vec::new();
        for exchange in &read(events) {
            let Exchange { method, url, .. } = exchange;
            self.assert_discreet(exchange);
            // That is a picture within a style sheet; nothing leaves for it.
            if url.starts_with("data:image/") {
                continue;
            }
            let path = url.strip_prefix(self.world.api.address.as_str());
            let path = path.unwrap_or_else(|| panic!("another server was spoken to: {method} {url}"));
            if path.starts_with("/v1/") {
                let body = exchange
                    .body
                    .as_ref()
                    .map(|body| format!(" {}", self.without_values(body)));
                // The browser's own way of writing an address may end it so.
                let path = path.trim_end_matches('&');
                lines.push(format!("{method} {path}{}", body.unwrap_or_default()));
            } else {
                assert_eq!((method.as_str(), exchange.body.as_ref()), ("GET", None), "{url}");
            }
        }
        lines
    }

    /// No value in the address and in the headers; the key in one header alone.
    #[track_caller]
    fn assert_discreet(&self, exchange: &Exchange) {
        let key = &self.world.api.key;
        let headers = exchange.headers.iter().chain(&exchange.answer);
        let places = headers.map(|(name, value)| (name.to_lowercase(), format!("{name}: {value}")));
        let address = ("the address".to_owned(), exchange.url.clone());
        for (place, text) in places.chain([address]) {
            for (name, value) in &self.values {
                assert!(!holds(&text, value), "{place} of {} holds <{name}>", exchange.url);
            }
            assert!(
                place == "authorization" || !holds(&text, key),
                "{place} of {} holds the key",
                exchange.url
            );
        }
        let body = exchange.body.as_deref().unwrap_or_default();
        assert!(!holds(body, key), "the body of {} holds the key", exchange.url);
    }

    fn without_values(&self, body: &str) -> String {
        let mut body = body.to_owned();
        for (name, value) in &self.values {
            for form in forms(value) {
                body = body.replace(&form, &format!("<{name}>"));
            }
        }
        body
    }

    /// Proves that none of the values is anywhere in the browser: see [`Page::assert_nowhere`].
    #[track_caller]
    pub fn assert_nowhere(&self) {
        for (_, value) in &self.values {
            self.world.page.assert_nowhere(value, &[]);
        }
    }
}

fn holds(text: &str, value: &str) -> bool {
    forms(value).iter().any(|form| text.contains(form))
}

impl Page {
    /// What the browser noted of the network since the last time that this was asked.
    ///
    /// # Panics
    ///
    /// Where it does not tell.
    #[track_caller]
    pub fn network_events(&self) -> Vec<Value> {
        let log = block_on(self.driver.get_log("performance"));
        let log = log.unwrap_or_else(|error| panic!("reading the log of the network: {error}"));
        let events = log.iter().map(|entry| serde_json::from_str(&entry.message));
        let events: Result<Vec<_>, _> = events.collect();
        events.expect("each line of the log is JSON")
    }

    /// The same once nothing more comes: for as long as a page needs that goes on by itself, nothing was sent or answered.
    #[track_caller]
    pub fn last_network_events(&self) -> Vec<Value> {
        let mut events = Vec::new();
        wait_until("nothing is sent any more", || {
            self.run("return new Promise(done => setTimeout(done, 300))");
            let new = self.network_events();
            let is_over = new.is_empty();
            events.extend(new);
            is_over
        });
        events
    }
}

/// The requests of a log. What is told of one is in several events, in any order, which its number holds together; each
/// redirection has the number of the request that was redirected.
pub(crate) fn read(events: &[Value]) -> Vec<Exchange> {
    let events = || {
        let events = events.iter().map(|event| &event["message"]);
        events.filter_map(|event| {
            Some((
                event["method"].as_str()?,
                event["params"]["requestId"].as_str()?,
                &event["params"],
            ))
        })
    };
    let mut exchanges: Vec<Exchange> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (_, id, about) in events().filter(|(method, ..)| *method == "Network.requestWillBeSent") {
        let request = &about["request"];
        let text = |field: &str| request[field].as_str().map(str::to_owned);
        assert!(
            request["hasPostData"] != true || request["postData"].is_string(),
            "a body that is not told cannot be looked into: {request}"
        );
        places.insert(id, exchanges.len());
        exchanges.push(Exchange {
            method: text("method").unwrap_or_default(),
            url: text("url").unwrap_or_default(),
            body: text("postData"),
            headers: pairs(&request["headers"]),
            answer: pairs(&about["redirectResponse"]["headers"]),
        });
    }
    for (method, id, about) in events() {
        let Some(exchange) = places.get(id).and_then(|place| exchanges.get_mut(*place)) else {
            continue;
        };
        match method {
            "Network.requestWillBeSentExtraInfo" => exchange.headers.extend(pairs(&about["headers"])),
            "Network.responseReceived" => exchange.answer.extend(pairs(&about["response"]["headers"])),
            "Network.responseReceivedExtraInfo" => exchange.answer.extend(pairs(&about["headers"])),
            _ => {}
        }
    }
    exchanges
}

fn pairs(headers: &Value) -> Vec<(String, String)> {
    let pairs = headers.as_object().into_iter().flatten();
    pairs
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect()
}
