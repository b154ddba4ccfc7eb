//! What a person does with a secret while something goes wrong, and afterwards.
//!
//! Each operation proves what holds for every fault: nothing typed is lost, a write is sent once, the server has all of it
//! or nothing, and in the end there is what was wanted, once. What differs is the row that it returns.

use super::{Bench, Fault, Row};
use crate::vocabulary::Vocabulary;
use crate::wait::wait_until;

const OLD: &str = "canary-of-old";
const NEW: &str = "canary-of-new";
/// As often as the console sends a read or a delete that fails each time.
const TRIES: usize = 3;

/// What it is called, what its evidence is filed under, and how it goes while a fault is there.
pub type Operation = (&'static str, &'static str, fn(&Bench<'_>, &Fault) -> Row);

/// All of them.
pub const OPERATIONS: [Operation; 6] = [
    ("Reading one (`GET`)", "reliability-get", get),
    ("Deleting one (`DELETE`)", "reliability-delete", delete),
    ("Creating one (`POST`)", "reliability-create", create),
    (
        "Changing a field (`PATCH`, the value is kept)",
        "reliability-keep",
        keep,
    ),
    (
        "Replacing the value (`PATCH`, values are write-only)",
        "reliability-replace",
        replace,
    ),
    (
        "Reading references (`GET`, tool sets, their tools and agents)",
        "reliability-references",
        references,
    ),
];

fn tries(fault: &Fault) -> usize {
    if fault.is_repeated { TRIES } else { 1 }
}

fn get(bench: &Bench<'_>, fault: &Fault) -> Row {
    let page = &bench.world.page;
    let (name, id) = bench.secret(OLD);
    let (here, path) = (bench.address(&format!("/{id}")), bench.path(Some(&id)));
    bench.arm(fault, "GET", &path, 0);
    page.visit(&here);
    let is_read = || page.button("Edit").exists();
    let told = bench.told(is_read);
    let sent = bench.sent("GET", &path);
    assert_eq!(sent, tries(fault));
    assert_eq!(page.address(), here);
    bench.disarm();
    let mut then = Vec::new();
    if bench.connect_again() {
        page.button("Edit").wait();
        then.push("a key is asked for in place");
    }
    if is_read() {
        then.push("it is shown");
    } else if page.button("Try again").exists() {
        page.button("Try again").click();
        then.push("“Try again” shows it");
    } else {
        page.reload();
        then.push("a reload shows it");
    }
    page.wait_view(&name);
    assert!(!page.alert().exists());
    page.assert_nowhere(OLD, &[]);
    Row {
        told,
        sent: sent.to_string(),
        server: "unchanged",
        kept: "the address",
        then: then.join("; "),
    }
}

fn delete(bench: &Bench<'_>, fault: &Fault) -> Row {
    let page = &bench.world.page;
    let (name, id) = bench.secret(OLD);
    let (here, path) = (bench.address(&format!("/{id}")), bench.path(Some(&id)));
    page.visit(&here);
    page.button("Delete").click();
    let dialog = page.alertdialog("Delete secret");
    dialog.button("Delete").wait();
    bench.arm(fault, "DELETE", &path, 0);
    dialog.button("Delete").click();
    page.wait_view("Secrets");
    if fault.is_everywhere {
        // The list tells of its own failure while the delete still waits.
        page.group("Deletion").button("Try again").wait();
    }
    let told = bench.told(|| false);
    let sent = bench.sent("DELETE", &path);
    assert_eq!(sent, tries(fault));
    bench.disarm();
    let was_there = bench.has(&id);
    assert_eq!(was_there, !fault.is_applied);
    let mut then = Vec::new();
    if bench.connect_again() {
        then.push("a key is asked for in place");
    }
    let deletion = page.group("Deletion");
    let kept = if deletion.exists() {
        if fault.is_everywhere {
            // The list was not read either.
            page.main_landmark().button("Try again").click();
        }
        page.table("Secrets").row(&name).wait();
        deletion.button("Try again").click();
        deletion.wait_gone();
        assert!(!bench.has(&id));
        then.push("“Try again” deletes it, without a further wait");
        "the secret"
    } else {
        // A server that says that it is gone is believed.
        assert!(fault.is_applied || fault.name == "404");
        then.push("the list");
        "—"
    };
    page.assert_nowhere(OLD, &[]);
    let server = if was_there { "still there" } else { "deleted" };
    Row {
        told,
        sent: sent.to_string(),
        server,
        kept,
        then: then.join("; "),
    }
}

fn create(bench: &Bench<'_>, fault: &Fault) -> Row {
    let (page, api) = (&bench.world.page, &bench.world.api);
    let name = bench.next_name();
    let (here, path) = (bench.address("/new"), bench.path(None));
    page.visit(&here);
    page.textbox("Name").fill(&name);
    page.textbox("Value").fill(NEW);
    bench.arm(fault, "POST", &path, 0);
    page.button("Create secret").click();
    let is_left = || page.address() != here;
    let told = bench.told(is_left);
    let sent = bench.sent("POST", &path);
    assert_eq!(sent, 1, "a create is never sent again by itself");
    bench.disarm();
    let made = || {
        api.secrets(&bench.workspace)
            .iter()
            .filter(|it| it["metadata"]["name"] == name.as_str())
            .count()
    };
    let was_made = made();
    assert_eq!(was_made, usize::from(fault.is_applied));
    let mut then = Vec::new();
    if bench.connect_again() {
        then.push("a key is asked for in place");
    }
    let kept = if is_left() {
        then.push("it is shown");
        "—"
    } else {
        assert_eq!(
            [page.textbox("Name").value(), page.textbox("Value").value()],
            [name.as_str(), NEW]
        );
        let is_refused = page.button("Create secret").attribute("aria-disabled").is_some();
        assert!(!is_refused, "what was refused can be tried again");
        page.button("Create secret").click();
        if fault.is_everywhere {
            page.main_landmark().wait_text("create it again");
            page.button("Create secret").click();
            then.push("“Create secret” looks first");
        }
        then.push("“Create secret” creates it");
        page.wait_view(&name);
        "name, value"
    };
    assert_eq!(made(), 1, "there is one, and no second one");
    assert_eq!(
        api.value(&bench.workspace, &api.secret_named(&bench.workspace, &name))
            .as_deref(),
        Some(NEW)
    );
    page.assert_nowhere(NEW, &[]);
    let server = if was_made == 1 { "created" } else { "nothing" };
    Row {
        told,
        sent: sent.to_string(),
        server,
        kept,
        then: then.join("; "),
    }
}

fn keep(bench: &Bench<'_>, fault: &Fault) -> Row {
    update(bench, fault, OLD)
}

fn replace(bench: &Bench<'_>, fault: &Fault) -> Row {
    update(bench, fault, NEW)
}

/// Changes the external ID, and the value where it is to be another.
fn update(bench: &Bench<'_>, fault: &Fault, value: &str) -> Row {
    let (page, api) = (&bench.world.page, &bench.world.api);
    let (name, id) = bench.secret(OLD);
    let (one, path) = (bench.address(&format!("/{id}")), bench.path(Some(&id)));
    page.visit(&format!("{one}/edit"));
    page.textbox("External ID").fill("vault-1");
    if value != OLD {
        page.radio("Replace").click();
        page.textbox("New value").fill(value);
    }
    page.button("Review changes").click();
    page.button("Save changes").wait();
    bench.arm(fault, "PATCH", &path, 0);
    page.button("Save changes").click();
    let is_left = || page.address() == one;
    let told = bench.told(is_left);
    let sent = bench.sent("PATCH", &path);
    // Where it cannot be read, nothing is sent at all.
    let most = usize::from(!fault.is_everywhere);
    assert_eq!(sent, most, "an update is never sent again by itself");
    bench.disarm();
    let has = || {
        let external_id = api.read(&bench.workspace, &id)["metadata"]["externalId"] == "vault-1";
        let held = api.value(&bench.workspace, &id);
        assert_eq!(
            held.as_deref(),
            Some(if external_id { value } else { OLD }),
            "all of it or nothing"
        );
        external_id
    };
    let was_saved = has();
    assert_eq!(was_saved, fault.is_applied);
    let mut then = Vec::new();
    if bench.connect_again() {
        then.push("a key is asked for in place");
    }
    let kept = if is_left() {
        then.push("it is shown");
        "—"
    } else {
        if page.button("Back to editing").exists() {
            page.button("Back to editing").click();
        }
        let is_kept = || {
            let fields = [
                ("Name", name.as_str()),
                ("External ID", "vault-1"),
                ("New value", value),
            ];
            let shown = if value == OLD { &fields[..2] } else { &fields[..] };
            shown
                .iter()
                .all(|(field, text)| page.textbox(field).exists() && page.textbox(field).value() == *text)
        };
        wait_until("what was typed is still there", is_kept);
        page.button("Review changes").click();
        let is_refused = page.button("Save changes").attribute("aria-disabled").is_some();
        assert!(!is_refused, "what was refused can be tried again");
        page.button("Save changes").click();
        page.wait_address(&one);
        then.push("“Review changes” and “Save changes” save it");
        if value == OLD {
            "all fields"
        } else {
            "all fields, the new value"
        }
    };
    assert!(has());
    page.wait_view(&name);
    page.assert_nowhere(OLD, &[]);
    page.assert_nowhere(NEW, &[]);
    let server = if was_saved { "saved" } else { "unchanged" };
    Row {
        told,
        sent: sent.to_string(),
        server,
        kept,
        then: then.join("; "),
    }
}

/// Whether anything is being read, also below a dialog that asks for a new key.
const IS_READING: &str = "
    const region = document.querySelector('.where-used');
    return Boolean(region.querySelector('progress')) || region.innerText.includes('Reading agents…');";

/// The tool sets, then the tools of one, then its agents, on the page of a secret that it refers to. What is read once stays
/// for the session, so one page is enough for all faults.
fn references(bench: &Bench<'_>, fault: &Fault) -> Row {
    let (page, api) = (&bench.world.page, &bench.world.api);
    let workspace = api.workspace_named("Production");
    let everywhere = format!("/v1/workspaces/{workspace}");
    let sets = format!("{everywhere}/tool_sets");
    let here = format!(
        "/workspaces/{workspace}/secrets/{}",
        api.secret_named(&workspace, "SLACK_BOT_TOKEN")
    );
    let region = page.named(&["region"], "Where used");
    let parts = [
        "2 tool sets refer to SLACK_BOT_TOKEN",
        "Agents: Engineering",
        "Agents: Support",
    ];
    let is_read = || {
        let text = region.text();
        parts.iter().all(|part| text.contains(part))
    };
    if page.address() != here {
        page.visit(&here);
        region.button("Look up where used").click();
        wait_until("everything is read", is_read);
    }
    let slack = format!("{sets}/{}", api.tool_set_named(&workspace, "Slack"));
    let steps = [sets, format!("{slack}/tools"), format!("{slack}/usage")];
    // Those that befall each call befall the first one.
    let steps = if fault.is_everywhere { &steps[..1] } else { &steps[..] };
    // The server asks to wait, and each time the list is read again.
    let is_waited_for = fault.wanted["retryAfter"] == "2";
    let mut row = Row {
        server: "unchanged",
        kept: "what was read",
        ..Row::default()
    };
    for (step, path) in steps.iter().enumerate() {
        bench.arm_in(fault, "GET", path, &everywhere, 0);
        region.button("Read again").click();
        if is_waited_for {
            wait_until("it is refused", || bench.sent("GET", path) > 0);
        } else {
            let is_over = || page.run(IS_READING) == false;
            wait_until("it has ended", is_over);
        }
        let mut told = bench.told(|| false);
        // The line below the message, which is no part of it and changes with time.
        told.retain(|text| !text.starts_with("Last used"));
        let sent = bench.sent("GET", path);
        bench.disarm();
        let mut then = Vec::new();
        if bench.connect_again() {
            then.push("a key is asked for in place");
        }
        let again = region.alert().button("Try again");
        if is_waited_for {
            // Only the timers go faster, not the time of day by which it waits.
            if region.button("Stop").exists() {
                region.button("Stop").click();
                region.button("Resume").click();
            } else {
                region.button("Read again").click();
            }
            then.push("“Stop” and “Resume” read on at once");
        } else if !then.is_empty() {
            then.push("then it goes on by itself");
        } else if again.exists() {
            again.click();
            then.push("“Try again” reads the rest");
        } else if region.button("Resume").exists() {
            region.button("Resume").click();
            then.push("“Resume” reads the rest");
        } else if !is_read() {
            region.button("Read again").click();
            then.push("“Read again” reads everything");
        } else {
            then.push("it is shown");
        }
        wait_until("everything is read", is_read);
        assert!(!region.alert().exists());
        // The tools of a tool set that is gone are none.
        let is_same = step == 0 || fault.name == "404";
        let expected = match fault.name {
            "`sameCursor`" => 2,
            _ => tries(fault),
        };
        assert!(
            is_waited_for || sent == expected,
            "{path} was sent {sent} times, not {expected}"
        );
        if step == 0 {
            row = Row {
                told,
                sent: if is_waited_for {
                    "until it ends".to_owned()
                } else {
                    sent.to_string()
                },
                then: then.join("; "),
                ..row
            };
        } else if !is_same {
            let is_told = |text: &String| row.told.iter().any(|known| reason(known) == reason(text));
            assert!(
                told.iter().filter(|text| text.starts_with("Couldn't")).all(is_told),
                "{told:?}, and before {:?}",
                row.told
            );
        }
    }
    row
}

/// What is told without the title, which says what was read.
fn reason(told: &str) -> &str {
    told.split_once(": ").map_or(told, |(_, reason)| reason)
}
