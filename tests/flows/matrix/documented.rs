//! The tables that are written in a browser: that they say what the program says, and count what it sends. The browser tries
//! few of the faults in each run (`tests/e2e/tests/reliability.rs`), this tries all.

use std::{fs, path::Path};

use contract::{Call, MetadataFields, SecretId, SecretUpdate, ValueChange, WorkspaceId, calls};
use strongroom_core::i18n::failure::{Explanation, explain, explain_decided};

use super::{NO_SCOPE, PAGE, VIOLATION};
use crate::flows::*;

fn workspace() -> WorkspaceId {
    WorkspaceId::parse("w-1").unwrap()
}

fn secret() -> SecretId {
    SecretId::parse("s-1").unwrap()
}

/// Faults of the local API that a call fails by, as a client sees them.
fn faults() -> Vec<(&'static str, Reply)> {
    let status = |status, code: u8| Reply::json(status, format!(r#"{{"code": {code}, "message": "no"}}"#));
    let no_scope = NO_SCOPE.replace("workspaces:manage", "secrets:manage");
    vec![
        ("400, a field is bad", Reply::json(400, VIOLATION)),
        ("400, the workspace is disabled", status(400, 9)),
        ("401", status(401, 16)),
        ("403", Reply::json(403, no_scope)),
        ("404", status(404, 5)),
        ("409, the name is taken", status(409, 6)),
        ("409, someone else changed it", status(409, 10)),
        ("429, `Retry-After: 2`", status(429, 8).retry_after("2")),
        ("429, `Retry-After: 120`", status(429, 8).retry_after("120")),
        ("500", status(500, 13)),
        ("503", status(503, 14)),
        ("`html`, 502", Reply::json(502, PAGE)),
        ("`html`, 200", Reply::json(200, PAGE)),
        ("`cutBody`", Reply::lost()),
        ("`noAnswer`", Reply::silence()),
        ("`closeBeforeApply`", Reply::unreachable()),
        ("`closeAfterApply`", Reply::unreachable()),
    ]
}

/// The cells of the row of a fault: what is told, and how often it is sent.
fn cells(page: &str, title: &str, fault: &str) -> (Vec<String>, String) {
    let section = page.split(&format!("## {title}\n")).nth(1).expect(title);
    let row = section
        .lines()
        .find(|line| line.starts_with(&format!("| {fault} |")))
        .expect(fault);
    let cells: Vec<&str> = row.split(" | ").collect();
    let told = cells[1].split("<br>").map(str::to_owned).collect();
    (told, cells[2].to_owned())
}

/// Sends a call under each fault, and compares. Returns how many rows said it.
fn compare<A: contract::Answer + 'static>(title: &str, method: Method, call: fn() -> Call<A>) -> usize {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reliability.md")).unwrap();
    let mut said = 0;
    for (fault, reply) in faults() {
        let world = World::connected();
        world.server.always(method, "/workspace_secrets", reply);
        let asked = world.start(world.session().send(call()));
        world.turn_clock(Duration::from_secs(300));
        // A delete is believed whatever is in the answer.
        let Err(failure) = asked.answer().unwrap() else {
            continue;
        };
        let sent = world
            .sent()
            .iter()
            .filter(|sent| sent.path.contains("/workspace_secrets"))
            .count();
        let (told, documented) = cells(&page, title, fault);
        // An update reads first; a rate limit of a list lasts until it ends.
        assert!(
            documented == sent.to_string() || documented == "until it ends",
            "{title}, {fault}: {sent} times"
        );
        let explanation = explain(&failure);
        let text = |explanation: &Explanation| format!("{}: {}", explanation.title, explanation.reason);
        // A write that was looked up after its failure is in doubt no longer.
        let is_told = told.contains(&text(&explanation)) || told.contains(&text(&explain_decided(&failure)));
        // A page that knows more says more: it is gone, it was found, it is read again, a cursor has expired.
        if is_told || method == Method::Delete && told[0].ends_with(&explanation.reason) {
            said += 1;
        }
    }
    said
}

#[test]
fn the_tables_of_the_browser_say_what_the_program_says() {
    let read = compare("Reading one (`GET`)", Method::Get, || {
        calls::read_secret(&workspace(), &secret())
    });
    let delete = compare("Deleting one (`DELETE`)", Method::Delete, || {
        calls::delete_secret(&workspace(), &secret())
    });
    let create = compare("Creating one (`POST`)", Method::Post, || {
        calls::create_secret(&workspace(), &MetadataFields::default(), Some(&SecretText::new("v")))
    });
    let update = || {
        let after = MetadataFields {
            name: "OTHER".to_owned(),
            ..MetadataFields::default()
        };
        let update = SecretUpdate::between(&MetadataFields::default(), &after, ValueChange::Keep).unwrap();
        calls::update_secret(&workspace(), &secret(), &update)
    };
    let keep = compare("Changing a field (`PATCH`, the value is kept)", Method::Patch, update);
    let replace = compare(
        "Replacing the value (`PATCH`, values are write-only)",
        Method::Patch,
        update,
    );
    // All but: 404 of a page; what a look-up has cleared up.
    assert_eq!([read, delete, create, keep, replace], [16, 7, 15, 15, 17]);
}
