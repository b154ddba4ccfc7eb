//! Tours through the console that pass every state of every view.

mod administration;
mod edit;
mod list;

use serde_json::json;
use thirtyfour::Key;

use crate::journey::{Journey, World};
use crate::vocabulary::Vocabulary;

/// A way through all states of one view.
#[derive(Debug)]
pub struct Tour {
    /// What its view is called.
    pub view: &'static str,
    returns_values: bool,
    lead: fn(&World, Look<'_>),
}

/// Called in each state, with its name.
type Look<'tour> = &'tour mut dyn FnMut(&str);

/// A tour of each view. In each of them there is a state `full`.
pub const TOURS: &[Tour] = &[
    tour("connect", connect),
    tour("workspaces", workspaces),
    tour("workspace", workspace),
    tour("new-workspace", administration::new),
    tour("edit-workspace", administration::edit),
    tour("members", administration::members),
    tour("secrets", list::secrets),
    tour("new", new),
    tour("secret", secret),
    Tour {
        returns_values: true,
        ..tour("value", value)
    },
    tour("references", references),
    tour("overview", overview),
    tour("search", search),
    tour("compare", compare),
    tour("policy", policy),
    tour("edit", edit::edit),
    tour("locked", locked),
    tour("unknown", unknown),
];

const fn tour(view: &'static str, lead: fn(&World, Look<'_>)) -> Tour {
    Tour {
        view,
        returns_values: false,
        lead,
    }
}

impl Tour {
    /// The tour of a view.
    ///
    /// # Panics
    ///
    /// Where there is none.
    #[must_use]
    pub fn of(view: &str) -> &'static Self {
        let found = TOURS.iter().find(|tour| tour.view == view);
        found.unwrap_or_else(|| panic!("there is no tour of {view}"))
    }

    /// Runs it in a separate world and checks each state.
    ///
    /// # Panics
    ///
    /// Where a journey would: see [`Journey::take`].
    pub fn take(&self, purpose: &str, mut look: impl FnMut(&World, &str)) {
        let journey = Journey::named(&format!("{purpose}-{}", self.view));
        let journey = if self.returns_values {
            journey.returning_values()
        } else {
            journey
        };
        journey.take(|world| (self.lead)(world, &mut |state| look(world, state)));
    }
}

/// Connects, so that it lasts over every visit. The notice that says so is gone with the next one.
#[track_caller]
fn enter(world: &World) {
    let page = &world.page;
    page.visit("/connect");
    page.wait_view("Connect");
    page.checkbox("Stay connected in this tab").click();
    world.connect_with(&world.api.key);
    page.wait_view("Workspaces");
}

/// From now on the server does not answer such calls.
#[track_caller]
fn silence(world: &World, method: &str, path: &str) {
    world
        .api
        .fault(&json!({"method": method, "path": path, "kind": "noAnswer", "times": 0}));
}

/// From now on the server refuses such calls. Chromium logs that, and the tour declares it.
#[track_caller]
fn refuse(world: &World, method: &str, path: &str, status: u16) {
    world.expect_status(status);
    let body = json!({"code": 14, "message": "the database is resting", "details": []});
    let fault = json!({"method": method, "path": path, "status": status, "body": body, "times": 0});
    world.api.fault(&fault);
}

/// From now on the server does what it is asked for.
#[track_caller]
fn mend(world: &World) {
    let (status, answer) = world.api.send("DELETE", "/_test/faults", None);
    assert!((200..300).contains(&status), "{status} {answer}");
}

/// Visits an address while the server does not answer, and while it refuses: states that every view has that reads.
#[track_caller]
fn without_data(world: &World, address: &str, path: &str, look: Look<'_>) {
    let page = &world.page;
    silence(world, "GET", path);
    page.visit(address);
    page.named(&["StaticText"], "Loading…").wait();
    look("loading");
    mend(world);
    refuse(world, "GET", path, 503);
    page.visit(address);
    page.alert().wait_text("Server error (503)");
    look("error");
    mend(world);
}

fn connect(world: &World, look: Look<'_>) {
    let page = &world.page;
    page.visit("/connect");
    page.wait_view("Connect");
    look("full");
    page.button("Connect").click();
    page.main_landmark().wait_text("Enter an API key.");
    look("invalid");
    world.expect_status(401);
    world.connect_with("not-a-key");
    page.alert().wait_text("accept this API key");
    look("error");
    silence(world, "GET", "/v1/whoami");
    world.connect_with(&world.api.key);
    page.button("Connecting…").wait();
    look("loading");
    page.visit(&format!("/workspaces/{}", world.api.workspace_named("Empty")));
    page.main_landmark().wait_text("Connect to continue");
    look("led");
}

fn workspaces(world: &World, look: Look<'_>) {
    let page = &world.page;
    enter(world);
    without_data(world, "/workspaces", "/workspaces", look);
    let none = json!({"items": [], "pagination": {}});
    let fault = json!({"method": "GET", "path": "/workspaces", "status": 200, "body": none, "times": 0});
    world.api.fault(&fault);
    page.visit("/workspaces");
    page.main_landmark().wait_text("No workspaces yet");
    look("empty");
    mend(world);
    page.visit("/workspaces");
    page.table("Workspaces").row("Production").wait();
    page.status("Workspaces status").wait_text("All of the account");
    look("full");
    page.visit("/workspaces?archived=1&sort=created&dir=desc");
    page.table("Workspaces").row("Pilot 2024").wait_text("Archived");
    look("archived");
    let body = json!({"code": 7, "message": "Only an admin of the account may do this", "details": []});
    world.expect_status(403);
    world
        .api
        .fault(&json!({"method": "GET", "path": "=/v1/account/workspaces", "status": 403, "body": body, "times": 0}));
    page.visit("/workspaces?q=bundle:none");
    page.main_landmark().wait_text("No workspace matches");
    page.status("Workspaces status").wait_text("Only yours");
    look("own");
    mend(world);
    page.visit("/workspaces");
    page.table("Workspaces").row("Production").wait();
    page.button("Account menu").click();
    page.button("Disconnect").wait();
    look("menu");
}

fn workspace(world: &World, look: Look<'_>) {
    let page = &world.page;
    let id = world.api.workspace_named("Production");
    let address = format!("/workspaces/{id}");
    enter(world);
    // Its facts come with the list of workspaces, which any key may read.
    without_data(world, &address, "/workspaces", look);
    page.visit(&address);
    page.main_landmark().wait_text("org/production");
    look("full");
    let research = world.api.workspace_named("Research");
    world.api.archive(&research);
    page.visit(&format!("/workspaces/{research}"));
    page.main_landmark().wait_text("This workspace is archived.");
    look("archived");
}

fn new(world: &World, look: Look<'_>) {
    let page = &world.page;
    let production = world.api.workspace_named("Production");
    let address = format!("/workspaces/{production}/secrets/new");
    enter(world);
    page.visit(&address);
    page.wait_view("New secret");
    look("empty");
    page.button("Add label").click();
    page.textbox("Label key").fill("no spaces");
    page.textbox("Label value").fill("production");
    page.button("Create secret").click();
    page.main_landmark().wait_text("Enter a name.");
    look("invalid");
    page.textbox("Name").fill("D\u{410}TABASE_URL");
    page.textbox("Value").fill("{\"a\": \u{200b}1} ");
    page.run("document.querySelector('.generator').open = true; document.activeElement.blur()");
    page.main_landmark().wait_text("Invisible character");
    look("odd");
    page.textbox("Name").fill("DATABASE_URL");
    page.textbox("Value").fill("postgres://example");
    page.textbox("External ID").fill("vault:kv/prod/database");
    page.textbox("Label key").fill("env");
    look("full");
    world.expect_status(409);
    page.button("Create secret").click();
    page.alert().wait_text("taken");
    look("error");
    silence(world, "POST", "/workspace_secrets");
    page.button("Create secret").click();
    page.button("Creating…").wait();
    look("loading");
    let staging = world.api.workspace_named("Staging");
    let path = format!("/_test/workspaces/{staging}/status");
    let (status, answer) = world
        .api
        .send("POST", &path, Some(&json!({"status": "STATUS_DISABLED"})));
    assert!((200..300).contains(&status), "{status} {answer}");
    page.visit(&format!("/workspaces/{staging}/secrets/new"));
    page.main_landmark().wait_text("This workspace is disabled");
    look("refused");
}

/// Where the secret of the demo data is that has everything a secret can have.
#[track_caller]
fn example(world: &World) -> (String, &'static str) {
    let name = "DATABASE_URL";
    let production = world.api.workspace_named("Production");
    let id = world.api.secret_named(&production, name);
    (format!("/workspaces/{production}/secrets/{id}"), name)
}

fn secret(world: &World, look: Look<'_>) {
    let page = &world.page;
    let (address, name) = example(world);
    enter(world);
    without_data(world, &address, "/workspace_secrets/", look);
    page.visit(&address);
    page.wait_view(name);
    look("full");
    page.button("Replace value").click();
    page.textbox("New value").fill("postgres://example ");
    look("replace");
    page.button("Cancel").click();
    page.button("Delete").click();
    let dialog = page.alertdialog("Delete secret");
    dialog.wait();
    look("delete");
    refuse(world, "DELETE", "/workspace_secrets/", 503);
    dialog.textbox("Type the name to confirm").fill(name);
    dialog.button("Delete").click();
    page.group("Deletion").button("Try again").wait();
    look("delete-error");
    page.visit(&address);
    page.wait_view(name);
    // The countdown of the undo is paused.
    page.run("const own = setTimeout; globalThis.setTimeout = (act, wait) => wait === 1000 ? 0 : own(act, wait)");
    page.button("Delete").click();
    dialog.textbox("Type the name to confirm").fill(name);
    dialog.button("Delete").click();
    page.group("Deletion").wait_text("Deleting ");
    look("delete-undo");
}

fn value(world: &World, look: Look<'_>) {
    let page = &world.page;
    let (address, name) = example(world);
    enter(world);
    page.visit(&address);
    page.wait_view(name);
    look("full");
    page.button("Reveal value").click();
    page.button("Hide value").wait();
    look("revealed");
    page.visit(&address);
    page.wait_view(name);
    refuse(world, "GET", "/workspace_secrets/", 503);
    page.button("Copy value").click();
    page.status("Notifications").wait_text("Couldn't load the secret");
    look("notice");
    page.button("Reveal value").click();
    page.alert().wait_text("Server error (503)");
    page.button("Dismiss").click();
    look("error");
}

fn references(world: &World, look: Look<'_>) {
    let page = &world.page;
    let production = world.api.workspace_named("Production");
    let address = format!("/workspaces/{production}/references");
    enter(world);
    page.visit(&address);
    page.wait_view("References");
    page.table("References").row("DATABASE_URL").wait();
    look("empty");
    silence(world, "GET", "/tool_sets");
    page.button("Read references").click();
    page.button("Stop").wait();
    look("loading");
    page.button("Stop").click();
    page.button("Resume").wait();
    look("stopped");
    mend(world);
    refuse(world, "GET", "/tools", 503);
    page.visit(&address);
    page.button("Read references").click();
    page.alert().wait_text("Server error (503)");
    look("error");
    mend(world);
    page.button("Resume").click();
    page.status("Reference status").wait_text("9 tool sets read");
    page.run("document.querySelector('.used-by').open = true");
    page.table("References").wait_text("X-Fallback");
    look("full");
    let id = world.api.secret_named(&production, "SLACK_BOT_TOKEN");
    page.visit(&format!("/workspaces/{production}/secrets/{id}"));
    page.button("Look up where used").click();
    page.list("References").wait_text("Agents: ");
    look("secret");
    page.button("Edit").click();
    page.textbox("Name").fill("SLACK_TOKEN");
    page.button("Review changes").click();
    page.main_landmark().wait_text("will break:");
    look("rename");
}

fn overview(world: &World, look: Look<'_>) {
    let page = &world.page;
    let production = world.api.workspace_named("Production");
    let address = format!("/workspaces/{production}/overview");
    enter(world);
    silence(world, "GET", "/workspace_secrets");
    page.visit(&address);
    page.button("Stop").wait();
    look("loading");
    mend(world);
    refuse(world, "GET", "/workspace_secrets", 400);
    page.visit(&address);
    page.alert().wait_text("Couldn't load the secrets");
    look("error");
    mend(world);
    page.visit("/overview");
    page.table("Workspaces").wait_text("Complete");
    look("all");
    page.visit(&address);
    page.heading("Findings").wait();
    page.run("document.querySelectorAll('.figure details').forEach(it => it.open = true)");
    page.button("Read references").click();
    page.heading("Referred to, but missing").wait();
    page.button("Mute Referred to, but missing").click();
    page.button("Show 1 muted finding").click();
    page.button("Unmute Referred to, but missing").wait();
    look("full");
}

fn compare(world: &World, look: Look<'_>) {
    let page = &world.page;
    let [production, staging] = ["Production", "Staging"].map(|name| world.api.workspace_named(name));
    enter(world);
    page.visit("/compare");
    page.main_landmark().wait_text("Choose 2 to 12 workspaces");
    page.checkbox("Research").wait();
    look("empty");
    let address = format!("/compare?in={production},{staging}");
    let path = format!("/{staging}/workspace_secrets");
    silence(world, "GET", &path);
    page.visit(&address);
    page.named(&["gridcell"], "LEGACY_SOAP_PASSWORD in Staging: not loaded yet")
        .wait();
    look("loading");
    mend(world);
    refuse(world, "GET", &path, 503);
    page.visit(&address);
    page.alert().wait_text("Server error (503)");
    look("error");
    mend(world);
    page.visit(&address);
    page.named(&["gridcell"], "LEGACY_SOAP_PASSWORD in Staging: missing")
        .wait();
    look("full");
    page.named(&["gridcell"], "LEGACY_SOAP_PASSWORD in Staging: missing")
        .click();
    page.link("Create here").wait();
    look("missing");
    page.button("Create in several").click();
    page.dialog("Create LEGACY_SOAP_PASSWORD").wait();
    look("several");
    page.button("Cancel").click();
    page.named(&["rowheader"], "DATABASE_URL").click();
    page.dialog("DATABASE_URL").wait();
    look("line");
}

/// The search across workspaces.
fn search(world: &World, look: Look<'_>) {
    let page = &world.page;
    enter(world);
    silence(world, "GET", "/workspace_secrets");
    page.visit("/search?q=key");
    page.button("Stop loading").wait();
    page.named(&["region"], "Staging").wait_text("Loading…");
    look("loading");
    page.button("Stop loading").click();
    page.button("Resume loading").wait();
    look("stopped");
    mend(world);
    let staging = world.api.workspace_named("Staging");
    refuse(world, "GET", &format!("{staging}/workspace_secrets"), 400);
    page.visit("/search?q=key");
    page.alert().wait();
    page.status("Search status").wait_text("1 failed");
    look("error");
    mend(world);
    page.visit("/search");
    page.status("Search status").wait_text("58 secrets in 4 workspaces");
    look("without-search");
    page.visit("/search?q=key");
    page.status("Search status").wait_text("matches in 4 workspaces");
    look("full");
    page.button("All workspaces").click();
    page.checkbox("Staging").wait();
    look("picker");
    page.press(Key::Escape);
    page.visit("/search?q=nothing-like-it");
    page.main_landmark().wait_text("No secret matches");
    look("empty");
}

/// What the console may talk to: the same with and without a session.
fn policy(world: &World, look: Look<'_>) {
    const TITLE: &str = "What this console may talk to";
    let page = &world.page;
    page.visit("/policy");
    page.table("Rules").wait();
    page.wait_view(TITLE);
    look("full");
    for (state, answer, text) in [
        ("loading", "new Promise(() => {})", "Loading…"),
        (
            "error",
            "Promise.resolve(new Response('', { status: 503 }))",
            "Couldn't read the policy",
        ),
        ("empty", "Promise.resolve(new Response(''))", "No policy"),
    ] {
        page.visit("/connect");
        page.wait_view("Connect");
        page.run(&format!(
            "const own = globalThis.fetch;
             globalThis.fetch = (...asked) => String(asked[0].url ?? asked[0]).endsWith('/policy') ? {answer} : own.apply(globalThis, asked);"
        ));
        page.link(TITLE).click();
        page.main_landmark().wait_text(text);
        look(state);
    }
    enter(world);
    page.visit("/policy");
    page.table("Servers").wait_text("Connected");
    look("connected");
}

/// A tab that was locked, in place of whatever was on screen.
fn locked(world: &World, look: Look<'_>) {
    let page = &world.page;
    enter(world);
    page.button("Account menu").click();
    page.button("Lock now").click();
    page.wait_view("Locked");
    look("full");
}

fn unknown(world: &World, look: Look<'_>) {
    let page = &world.page;
    page.visit("/there/is/nothing/here");
    page.wait_view("Page not found");
    look("unconnected");
    enter(world);
    page.visit("/there/is/nothing/here");
    page.wait_view("Page not found");
    page.navigation("Main").wait();
    look("full");
}
