//! The driver of the browser.

use std::cell::RefCell;
use std::future::Future;

use serde_json::{Value, json};
use thirtyfour::error::{WebDriverError, WebDriverResult};
use thirtyfour::{BrowserLogEntry, By, Key, WebDriver, WebElement};

use crate::chromium::Context;
use crate::console::{HEARD, LISTENER};
use crate::engines::{Engine, Lease};
use crate::locator::Locator;
use crate::nowhere::{PLACES, forms};
use crate::tree::{Node, Tree, Want, known};
use crate::vocabulary::Vocabulary;
use crate::wait::{block_on, wait_until};

const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What has the focus, for a failure: in the tree it would take long to find.
const FOCUSED: &str =
    "const it = document.activeElement; return `${it.tagName} ${it.getAttribute('aria-label') ?? it.textContent}`";

/// Reads the tree from the document.
const DOM_TREE: &str = include_str!("dom_tree.js");

/// What a page is open in.
#[derive(Debug)]
pub(crate) enum Seat {
    Chromium(Context),
    Other(Lease),
}

/// A page without anything that another test left: no storage, no cache, no history.
#[derive(Debug)]
pub struct Page {
    pub(crate) driver: WebDriver,
    /// What addresses are relative to.
    origin: String,
    pub(crate) log: RefCell<Vec<BrowserLogEntry>>,
    pub(crate) steps: RefCell<Vec<String>>,
    /// The tabs in the order in which they were opened.
    pub(crate) tabs: RefCell<Vec<String>>,
    pub(crate) seat: Seat,
}

impl<'page> Vocabulary<'page> for &'page Page {
    fn locate(self, want: Want) -> Locator<'page> {
        Locator::new(self, want)
    }
}

impl Page {
    /// Opens one.
    ///
    /// # Panics
    ///
    /// Where Chromium or its driver is missing, with the remedy.
    #[must_use]
    pub fn open(origin: &str) -> Self {
        Self::with_logs(origin, &json!({"browser": "ALL"}))
    }

    /// The same with these logs of the browser kept, to be read.
    pub(crate) fn with_logs(origin: &str, logs: &Value) -> Self {
        let (context, tab) = Context::open(logs);
        let page = Self {
            driver: context.driver.clone(),
            origin: origin.to_owned(),
            log: RefCell::default(),
            steps: RefCell::default(),
            tabs: RefCell::new(vec![tab]),
            seat: Seat::Chromium(context),
        };
        page.prepare_tab();
        page
    }

    /// The same in another engine. What Chromium alone can do (themes, tabs, a log of its console) fails in the others.
    pub(crate) fn in_engine(origin: &str, engine: Engine) -> Self {
        let lease = Lease::take(engine);
        Self {
            driver: lease.driver.clone(),
            origin: origin.to_owned(),
            log: RefCell::default(),
            steps: RefCell::default(),
            tabs: RefCell::default(),
            seat: Seat::Other(lease),
        }
    }

    /// The engine that shows the page.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match &self.seat {
            Seat::Chromium(_) => Engine::Chromium,
            Seat::Other(lease) => lease.engine,
        }
    }

    /// # Panics
    ///
    /// In another engine.
    #[track_caller]
    pub(crate) fn context(&self) -> &Context {
        match &self.seat {
            Seat::Chromium(context) => context,
            Seat::Other(lease) => panic!("only Chromium can do that, not {:?}", lease.engine),
        }
    }

    /// Goes to another document. An engine that keeps no log of its console keeps what goes wrong in it from then on.
    #[track_caller]
    fn load(&self, how: &str, go: impl Future<Output = WebDriverResult<()>>) {
        let is_other = matches!(self.seat, Seat::Other(_));
        if is_other {
            self.run("window.__isLeft = true");
        }
        block_on(go).unwrap_or_else(|error| panic!("{how}: {error}"));
        if is_other {
            let loaded = "return document.readyState === 'complete' && !window.__isLeft";
            wait_until("the document is loaded", || {
                let answer = block_on(self.driver.execute(loaded, Vec::new()));
                answer.is_ok_and(|answer| *answer.json() == true)
            });
            self.run(HEARD);
        }
    }

    /// Prepares a tab that was just opened.
    #[track_caller]
    pub(crate) fn prepare_tab(&self) {
        self.devtools("Accessibility.enable", json!({}));
        self.devtools("Page.enable", json!({}));
        self.before_each_document(LISTENER);
    }

    /// Logs a step of the test, for its failure report.
    pub fn step(&self, what: &str) {
        self.steps.borrow_mut().push(what.to_owned());
    }

    /// Opens an address, as if typed.
    #[track_caller]
    pub fn visit(&self, address: &str) {
        self.step(&format!("visit {address}"));
        let url = format!("{}{address}", self.origin);
        self.load(&format!("visiting {address}"), self.driver.goto(url));
    }

    /// Opens a whole URL, as if typed.
    #[track_caller]
    pub(crate) fn visit_url(&self, url: &str) {
        self.step(&format!("visit {url}"));
        self.load(&format!("visiting {url}"), self.driver.goto(url));
    }

    /// Goes where a link or a button of this name leads, whichever of the two it is.
    #[track_caller]
    pub fn visit_by(&self, name: &str) {
        self.named(&["link", "button"], name).click();
    }

    /// Reloads the page.
    #[track_caller]
    pub fn reload(&self) {
        self.step("reload");
        self.load("reloading", self.driver.refresh());
    }

    /// Goes back in the history.
    #[track_caller]
    pub fn back(&self) {
        self.step("go back");
        block_on(self.driver.back()).unwrap_or_else(|error| panic!("going back: {error}"));
    }

    /// The address, without its origin.
    #[track_caller]
    pub fn address(&self) -> String {
        let url = block_on(self.driver.current_url()).unwrap_or_else(|error| panic!("reading the address: {error}"));
        url.as_str().trim_start_matches(&self.origin).to_owned()
    }

    /// Waits for an address.
    #[track_caller]
    pub fn wait_address(&self, address: &str) {
        self.step(&format!("wait for the address {address}"));
        let mut last = String::new();
        wait_until(&format!("the address is {address}"), || {
            last = self.address();
            last == address
        });
    }

    /// The title of the document.
    #[track_caller]
    pub fn title(&self) -> String {
        block_on(self.driver.title()).unwrap_or_else(|error| panic!("reading the title: {error}"))
    }

    /// Waits until the header names this account, beside the button of its menu.
    #[track_caller]
    pub fn wait_account(&self, name: &str) {
        let named = "return document.querySelector('.account-text')?.textContent";
        wait_until(&format!("the account is {name:?}"), || self.run(named) == name);
    }

    /// Waits until the view has this `h1`, and no other, and the document the title that goes with it: the heading, in a
    /// workspace its name, and the product.
    #[track_caller]
    pub fn wait_view(&self, heading: &str) {
        self.heading(heading).wait();
        let start = format!("{heading} · ");
        let is_it = || {
            let title = self.title();
            let inner = title
                .strip_prefix(&start)
                .and_then(|rest| rest.strip_suffix("Strongroom"));
            inner.is_some_and(|inner| inner.is_empty() || inner.ends_with(" · "))
        };
        wait_until(&format!("the title is that of {heading:?}"), is_it);
        let count = self.run("return document.querySelectorAll('h1').length");
        assert_eq!(count, 1, "a view has one h1");
    }

    /// Presses a key where the focus is.
    #[track_caller]
    pub fn press(&self, key: Key) {
        self.step(&format!("press {key:?}"));
        let pressed = block_on(self.driver.action_chain().send_keys(key).perform());
        pressed.unwrap_or_else(|error| panic!("pressing a key: {error}"));
    }

    /// Presses a key while Ctrl is held down.
    #[track_caller]
    pub fn press_with_ctrl(&self, key: char) {
        self.press_with(Key::Control, key);
    }

    /// Puts a text into the clipboard, by the keys that a person would press.
    #[track_caller]
    pub fn put_into_clipboard(&self, text: &str) {
        self.run(&format!(
            "const area = document.createElement('textarea');
             area.id = 'elsewhere';
             area.value = {};
             document.body.append(area);
             area.focus();
             area.select();",
            Value::from(text)
        ));
        self.press_with_ctrl('c');
        self.run("document.getElementById('elsewhere').remove()");
    }

    /// Presses a key while another is held down.
    #[track_caller]
    pub fn press_with(&self, held: Key, key: char) {
        self.step(&format!("press {held:?} {key:?}"));
        let chain = self
            .driver
            .action_chain()
            .key_down(held.clone())
            .send_keys(key.to_string());
        let pressed = block_on(chain.key_up(held).perform());
        pressed.unwrap_or_else(|error| panic!("pressing a key: {error}"));
    }

    /// Types where the focus is.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        self.step("type");
        let typed = block_on(self.driver.action_chain().send_keys(text).perform());
        typed.unwrap_or_else(|error| panic!("typing: {error}"));
    }

    /// Moves the focus with the Tab key until it is on this.
    ///
    /// # Panics
    ///
    /// Where it does not get there, with what it passed.
    #[track_caller]
    pub fn tab_to(&self, target: &Locator<'_>) {
        const MOST: usize = 80;
        target.wait();
        let mut passed = Vec::new();
        for _ in 0..MOST {
            if target.is_focused() {
                return;
            }
            self.press(Key::Tab);
            passed.push(self.run(FOCUSED));
        }
        panic!("{MOST} presses of Tab do not reach it, only {passed:?}");
    }

    /// What a screen reader gets to know now.
    #[track_caller]
    pub fn tree(&self) -> Tree {
        Tree::read(&self.raw_tree())
    }

    #[track_caller]
    fn raw_tree(&self) -> Value {
        if matches!(self.seat, Seat::Other(_)) {
            let answer = block_on(self.driver.execute(DOM_TREE, Vec::new()));
            return answer.map(|answer| answer.json().clone()).unwrap_or_default();
        }
        let answer = block_on(self.driver.cdp().send_raw("Accessibility.getFullAXTree", json!({})));
        // Between two documents there is no tree; the caller retries.
        answer.unwrap_or_default()
    }

    /// Finds what [`Tree::find`] finds, by queries to the browser instead of the whole tree, in a tenth of the time. `None`
    /// if there is no such query. An empty result may be wrong, because the browser compares names literally.
    pub(crate) fn find_quickly(&self, wants: &[Want]) -> Option<Vec<Node>> {
        const FEW: usize = 4;
        if matches!(self.seat, Seat::Other(_)) {
            return None;
        }
        let mut found = vec![Node::of("", self.root().ok()?.1)];
        for want in wants {
            let mut next: Vec<Node> = Vec::new();
            if found.len() > FEW {
                return None;
            }
            for place in found.iter().filter_map(|node| node.backend_id) {
                for node in self.find_in(place, want)? {
                    let is_new = next.iter().all(|it| it.backend_id != node.backend_id);
                    if is_new && node.backend_id != Some(place) {
                        next.push(node);
                    }
                }
            }
            found = next;
        }
        Some(found)
    }

    fn find_in(&self, place: i64, want: &Want) -> Option<Vec<Node>> {
        // The browser divides other roles into kinds of its own, and a query by role finds one kind only.
        const PLAIN: [&str; 5] = ["alert", "heading", "main", "option", "row"];
        let query = |key: &str, value: &str| {
            let parameters = json!({"backendNodeId": place, key: value});
            let answer = block_on(self.driver.cdp().send_raw("Accessibility.queryAXTree", parameters));
            known(&answer.unwrap_or_default())
        };
        let Want { roles, name, holding } = want;
        match (name, holding, *roles) {
            (Some(name), None, _) => {
                let mut named = query("accessibleName", name);
                named.retain(|node| roles.contains(&node.role.as_str()));
                Some(named)
            }
            (None, None, [role]) if PLAIN.contains(role) => Some(query("role", role)),
            (None, Some(text), ["row"]) => {
                let held = query("accessibleName", text)
                    .into_iter()
                    .filter(|node| node.role != "StaticText");
                Some(held.filter_map(|node| self.row_of(node.backend_id?)).collect())
            }
            _ => None,
        }
    }

    /// The row that an element is in.
    fn row_of(&self, backend_id: i64) -> Option<Node> {
        let element = self.element(backend_id).ok()?.to_json().ok()?;
        let script = "return arguments[0].closest('tr, [role=row]')";
        let row = block_on(self.driver.execute(script, vec![element]))
            .ok()?
            .element()
            .ok()?;
        let backend_id = row.element_id().to_string().rsplit_once(".e.")?.1.parse().ok()?;
        Some(Node::of("row", backend_id))
    }

    /// How `ChromeDriver` names the document, and the number of its outermost element.
    fn root(&self) -> WebDriverResult<(String, i64)> {
        let root = block_on(self.driver.find(By::Tag("html")))?.element_id().to_string();
        let parts = root.rsplit_once(".e.");
        let known = parts.and_then(|(document, number)| Some((document.to_owned(), number.parse().ok()?)));
        known.ok_or_else(|| WebDriverError::ParseError(root.clone()))
    }

    /// The element of a node of the tree. `ChromeDriver` names an element by its frame, its document and this number.
    pub(crate) fn element(&self, backend_id: i64) -> WebDriverResult<WebElement> {
        if matches!(self.seat, Seat::Other(_)) {
            let script = format!("return window.__elements[{backend_id}]");
            return block_on(self.driver.execute(script, Vec::new()))?.element();
        }
        let (document, _) = self.root()?;
        WebElement::from_json(
            json!({ELEMENT: format!("{document}.e.{backend_id}")}),
            self.driver.handle().clone(),
        )
    }

    /// Runs a script in the page, bypassing user input: only for what is invisible to the user.
    #[track_caller]
    pub fn run(&self, script: &str) -> Value {
        let answer = block_on(self.driver.execute(script, Vec::new()));
        answer
            .unwrap_or_else(|error| panic!("running a script: {error}"))
            .json()
            .clone()
    }

    /// Everything that the console said so far.
    ///
    /// # Panics
    ///
    /// Where the browser does not tell: a console that was not read is no quiet one.
    #[track_caller]
    pub fn log(&self) -> Vec<BrowserLogEntry> {
        self.try_log()
            .unwrap_or_else(|error| panic!("reading the console: {error}"))
    }

    /// Ends the session with the driver, as if the browser had crashed.
    ///
    /// # Panics
    ///
    /// Where it can't be ended.
    #[track_caller]
    pub fn end(&self) {
        block_on(self.driver.clone().quit()).unwrap_or_else(|error| panic!("ending the session: {error}"));
    }

    pub(crate) fn try_log(&self) -> WebDriverResult<Vec<BrowserLogEntry>> {
        if matches!(self.seat, Seat::Other(_)) {
            let heard = block_on(self.driver.execute(HEARD, Vec::new()))?;
            let heard = heard.json().as_array().into_iter().flatten().filter_map(Value::as_str);
            return Ok(heard.map(crate::console::said).collect());
        }
        let new = block_on(self.driver.browser_log())?;
        self.log.borrow_mut().extend(new);
        Ok(self.log.borrow().clone())
    }

    /// Proves that a value is nowhere: not in the page, its fields, attributes, storage, address, title, history,
    /// accessibility tree or console. Places named here may hold it.
    ///
    /// # Panics
    ///
    /// With the places that hold it.
    #[track_caller]
    pub fn assert_nowhere(&self, value: &str, but: &[&str]) {
        self.step("look for a value everywhere");
        assert!(value.len() >= 4, "so short a text is everywhere by chance");
        let mut places = self.run(PLACES);
        let tree = self.raw_tree();
        assert!(
            tree["nodes"].as_array().is_some_and(|nodes| !nodes.is_empty()),
            "the accessibility tree could not be read"
        );
        places["the accessibility tree"] = tree.to_string().into();
        places["the console"] = self
            .log()
            .iter()
            .map(|entry| entry.message.as_str())
            .collect::<Vec<_>>()
            .join("\n")
            .into();
        let places = places.as_object().expect("the script returns an object");
        assert!(places.len() > 10, "the script looked at {} places only", places.len());
        let forms = forms(value);
        let holders: Vec<_> = places
            .iter()
            .filter(|(place, text)| {
                let text = text.as_str().unwrap_or_default();
                !but.contains(&place.as_str()) && forms.iter().any(|form| text.contains(form))
            })
            .map(|(place, _)| place)
            .collect();
        assert!(holders.is_empty(), "the value is in {holders:?}");
    }
}
