//! One browser for one fault after another.

use std::cell::{Cell, RefCell};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Fault;
use crate::browser::Page;
use crate::journey::World;
use crate::vocabulary::Vocabulary;
use crate::wire::read;

/// How long a cell of the table may take: three times a deadline that passes twenty times as fast, and a slow machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// The page's time passes twenty times as fast where the program waits for it: between two tries, before a delete, until
/// the deadline of a call. Notices, which wait for a person, stay as long as ever, and short times too.
const HURRY: &str = "
    const wait = globalThis.setTimeout;
    globalThis.setTimeout = (what, time, ...rest) =>
        wait(what, time >= 400 && time !== 6000 ? time / 20 : time, ...rest);";

/// What the console tells: errors with their reason, what was found out after one, what is wrong with a field, what was
/// done.
const TOLD: &str = "
    const lines = element => element.innerText.split('\\n').map(line => line.trim()).filter(line => line);
    const found = [];
    for (const alert of document.querySelectorAll('[role=alert]')) {
        if (alert.checkVisibility()) found.push(lines(alert).slice(0, 2).join(': '));
    }
    const rests = ['main p[role=status]', 'main [aria-label=\"Reference status\"]', '[role=alert] + p:not([role])',
        '.field-error', 'main .empty'];
    for (const rest of rests) {
        // That a list is empty is nothing that it tells of a fault.
        if (rest === 'main .empty' && document.querySelector('main input[type=search]')) continue;
        for (const told of document.querySelectorAll(rest)) {
            if (told.checkVisibility()) found.push(lines(told).slice(0, 2).join(': '));
        }
    }
    for (const notice of document.querySelectorAll('[aria-label=Notifications] p')) {
        // What can be undone has not happened.
        const isWaiting = notice.parentElement.querySelector('button')?.innerText === 'Undo';
        if (!isWaiting) found.push(notice.innerText);
    }
    return [...new Set(found.filter(text => text))];";

/// The same browser for one fault after another.
#[derive(Debug)]
pub struct Bench<'world> {
    /// The journey.
    pub world: &'world World,
    /// The workspace that all of it happens in.
    pub workspace: String,
    count: Cell<usize>,
    events: RefCell<Vec<Value>>,
}

impl<'world> Bench<'world> {
    /// Connects for good, with a clock that goes twenty times as fast.
    #[must_use]
    #[track_caller]
    pub fn of(world: &'world World) -> Self {
        world.page.before_each_document(HURRY);
        Self::at_its_pace(world)
    }

    /// Connects for good, with timers that go at their own pace.
    #[must_use]
    #[track_caller]
    pub fn at_its_pace(world: &'world World) -> Self {
        let page = &world.page;
        page.visit("/connect");
        page.checkbox("Stay connected in this tab").click();
        world.connect_with(&world.api.key);
        page.wait_view("Workspaces");
        Self {
            world,
            workspace: world.api.workspace("Unreliable"),
            count: Cell::new(0),
            events: RefCell::default(),
        }
    }

    /// A name that no other secret has.
    pub fn next_name(&self) -> String {
        self.count.set(self.count.get() + 1);
        format!("SECRET_{:03}", self.count.get())
    }

    /// A secret with a name that no other one has, and this value: its name and its id.
    #[track_caller]
    pub fn secret(&self, value: &str) -> (String, String) {
        let name = self.next_name();
        let id = self.world.api.secret(&self.workspace, &json!({"name": name}), value);
        (name, id)
    }

    /// Whether the server has this secret.
    #[track_caller]
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.world.api.send("GET", &self.path(Some(id)), None).0 == 200
    }

    /// The address of the list, and of what is below it.
    #[must_use]
    pub fn address(&self, rest: &str) -> String {
        format!("/workspaces/{}/secrets{rest}", self.workspace)
    }

    /// The path of the calls that are about the list, or one secret of it.
    #[must_use]
    pub fn path(&self, id: Option<&str>) -> String {
        let one = id.map(|id| format!("/{id}")).unwrap_or_default();
        format!("/v1/workspaces/{}/workspace_secrets{one}", self.workspace)
    }

    /// Makes every matching call fail from now on, or only the given number.
    #[track_caller]
    pub fn arm(&self, fault: &Fault, method: &str, path: &str, times: u32) {
        self.arm_in(fault, method, path, &self.path(None), times);
    }

    /// Like [`Self::arm`]. A fault that is everywhere befalls all calls below `everywhere`.
    #[track_caller]
    pub fn arm_in(&self, fault: &Fault, method: &str, path: &str, everywhere: &str, times: u32) {
        let mut wanted = fault.wanted.clone();
        if fault.is_everywhere {
            wanted["path"] = everywhere.into();
        } else {
            wanted["method"] = method.into();
            wanted["path"] = format!("={path}").into();
        }
        wanted["times"] = times.into();
        self.world.api.fault(&wanted);
        self.world.page.network_events();
        self.events.borrow_mut().clear();
    }

    /// From now on nothing goes wrong.
    #[track_caller]
    pub fn disarm(&self) {
        let (status, _) = self.world.api.send("DELETE", "/_test/faults", None);
        assert_eq!(status, 200);
    }

    /// How often the console sent this since the fault was armed, whatever the query. The browser's own repetitions are
    /// below that.
    #[track_caller]
    pub fn sent(&self, method: &str, path: &str) -> usize {
        let url = format!("{}{path}", self.world.api.address);
        let mut events = self.events.borrow_mut();
        events.extend(self.world.page.network_events());
        let sent = read(&events);
        let is_it = |sent: &str| sent.split('?').next() == Some(&url);
        sent.iter().filter(|it| it.method == method && is_it(&it.url)).count()
    }

    /// Waits until it is done, or until something is told and nothing more comes; what is told then.
    ///
    /// # Panics
    ///
    /// Where neither happens.
    #[track_caller]
    pub fn told(&self, is_done: impl Fn() -> bool) -> Vec<String> {
        const CALM: usize = 5;
        let end = Instant::now() + PATIENCE;
        let (mut last, mut calm) = (Vec::new(), 0);
        loop {
            let (told, is_done) = (self.world.page.told(), is_done());
            let is_over = is_done || !told.is_empty() && !told.iter().any(|text| text.ends_with('…'));
            calm = if is_over && told == last { calm + 1 } else { 0 };
            if calm >= CALM {
                return told;
            }
            last = told;
            assert!(Instant::now() < end, "nothing came of it, and what is told is {last:?}");
            thread::sleep(Duration::from_millis(60));
        }
    }

    /// Where a new key is asked for, gives one; whether that was so.
    #[track_caller]
    pub fn connect_again(&self) -> bool {
        let dialog = self.world.page.dialog("Connect again");
        let is_asked = dialog.exists();
        if is_asked {
            dialog.textbox("API key").fill(&self.world.api.key);
            dialog.button("Connect").click();
            dialog.wait_gone();
        }
        is_asked
    }
}

impl Page {
    fn told(&self) -> Vec<String> {
        let told = self.run(TOLD);
        let told = told.as_array().into_iter().flatten();
        told.filter_map(Value::as_str).map(str::to_owned).collect()
    }
}
