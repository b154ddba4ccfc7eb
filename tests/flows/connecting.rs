//! Connecting, for the first time and again.

use contract::{Cause, Kind, WorkspaceId, calls};
use strongroom_core::route::Route;

use super::*;
use crate::components::permission::explained_reading_in;
use crate::pages::connect::state::landing;
use crate::store::workspaces::use_workspaces;

const SECOND: Duration = Duration::from_secs(1);

fn key_in(kept: &[(String, String)]) -> bool {
    kept.iter().any(|(_, text)| text.contains("key_alice"))
}

#[test]
fn a_key_that_the_server_knows_begins_a_session() {
    let world = World::new();
    assert_eq!(world.state(), State::Absent);
    assert_eq!(world.connect_as("key_alice", ALICE, false).as_deref(), Some("Alice"));
    let sent = world.sent();
    assert_eq!((sent.len(), sent[0].path.as_str()), (1, "/v1/whoami"));
    assert_eq!(sent[0].authorization.as_deref(), Some("Bearer key_alice"));
    let State::Connected(connection) = world.state() else {
        panic!("{:?}", world.state())
    };
    assert_eq!(connection.profile.unwrap().display_name(), "Alice");
    assert!(!key_in(&world.tab.all_kept()), "the person did not ask for it");
    let world = world.reload();
    assert_eq!(world.state(), State::Absent);
}

#[test]
fn a_key_that_is_refused_changes_nothing() {
    let world = World::new();
    world.script(Method::Get, "/v1/whoami", Reply::json(401, "{}"));
    let failure = world.run(connect(world.session(), "key_alice", true)).unwrap_err();
    assert_eq!(failure.kind(), Kind::Unauthenticated);
    assert_eq!(world.state(), State::Absent);
    assert!(!key_in(&world.tab.all_kept()));
}

#[test]
fn nobody_waits_for_a_server_that_fails() {
    for (reply, kind) in [
        (Reply::json(503, "").retry_after("1"), Kind::Server),
        (Reply::unreachable(), Kind::NoAnswer),
    ] {
        let world = World::new();
        world.script(Method::Get, "/v1/whoami", reply);
        let failure = world.run(connect(world.session(), "key_alice", false)).unwrap_err();
        assert_eq!(failure.kind(), kind, "it is told at once and tried once");
        assert_eq!(world.state(), State::Absent);
    }
}

#[test]
fn a_session_that_is_kept_outlives_a_reload_and_then_learns_whose_it_is() {
    let world = World::new();
    world.connect_as("key_alice", ALICE, true);
    assert!(world.state().is_kept() && key_in(&world.tab.all_kept()));
    world.sent();
    let world = world.reload();
    assert!(
        world.is_connected() && world.sent().is_empty(),
        "the first request proves the key"
    );
    assert!(world.drafts().is_none(), "nobody knows yet whose they would be");
    world.script(Method::Get, "/v1/whoami", Reply::json(200, ALICE));
    world.run(world.session().identify());
    assert_eq!(world.sent()[0].authorization.as_deref(), Some("Bearer key_alice"));
    assert!(world.drafts().is_some());
    world.session().disconnect();
    assert!(world.tab.all_kept().is_empty());
    assert_eq!(world.reload().state(), State::Absent);
}

#[test]
fn the_names_of_workspaces_outlive_a_reload_after_which_they_cannot_be_listed() {
    let page = r#"{"items": [{"metadata": {"id": "ws_1", "name": "Production"}, "status": "STATUS_ENABLED"}]}"#;
    let id = WorkspaceId::parse("ws_1".to_owned()).unwrap();
    let name = |world: &World| world.owner.with(|| use_workspaces().name(&id));
    let is_kept = |world: &World| world.tab.all_kept().iter().any(|(_, text)| text.contains("Production"));
    for is_session_kept in [false, true] {
        let world = World::new();
        world.script(Method::Get, "/v1/workspaces", Reply::json(200, page));
        world.connect_as("key_alice", ALICE, is_session_kept);
        assert_eq!(name(&world), "Production");
        assert_eq!(is_kept(&world), is_session_kept);
        world.script(Method::Get, "/v1/workspaces", Reply::json(403, "{}"));
        let world = world.reload();
        assert_eq!(name(&world), if is_session_kept { "Production" } else { "ws_1" });
        world.session().lock();
        world.run_until_idle();
        assert!(!is_kept(&world));
        assert_eq!(name(&world), "ws_1");
    }
}

#[test]
fn a_server_that_fails_is_known_until_it_answers() {
    let world = World::connected();
    let is_failing = || world.session().is_failing().get_untracked();
    assert!(!is_failing());
    for (reply, expected) in [
        (Reply::json(403, "{}"), false),
        (Reply::unreachable(), true),
        (Reply::json(404, "{}"), false),
        (Reply::json(500, ""), true),
        (Reply::json(200, ALICE), false),
    ] {
        world.script(Method::Get, "/v1/whoami", reply);
        let _ = world.run(world.session().read_once(calls::who_am_i()));
        assert_eq!(is_failing(), expected);
    }
}

#[test]
fn a_browser_that_keeps_nothing_says_so() {
    let world = World::new();
    world.tab.refuses.store(true, std::sync::atomic::Ordering::Relaxed);
    world.connect_as("key_alice", ALICE, true);
    assert!(world.is_connected() && !world.state().is_kept());
}

#[test]
fn a_lock_or_a_disconnect_while_the_server_is_asked_wins() {
    let end: [fn(Session); 2] = [|session| session.lock(), |session| session.disconnect()];
    for is_again in [false, true] {
        for (end, is_lock) in end.into_iter().zip([true, false]) {
            let world = World::new();
            if is_again {
                world.connect_as("key_before", ALICE, true);
                world.session().expire();
            }
            world.script(Method::Get, "/v1/whoami", Reply::json(200, ALICE).after(SECOND));
            let connecting = world.start(connect(world.session(), "key_alice", true));
            end(world.session());
            world.turn_clock(SECOND);
            assert_eq!(connecting.answer().unwrap().unwrap(), None);
            // Where there was nothing to lock, the form stays, and can be used.
            let is_locked = is_again && is_lock;
            assert_eq!(
                (world.is_locked(), world.state() == State::Absent),
                (is_locked, !is_locked)
            );
            assert!(!key_in(&world.tab.all_kept()));
            world.connect_as("key_alice", ALICE, true);
            assert!(world.is_connected());
        }
    }
}

#[test]
fn a_key_that_expires_is_asked_for_again_and_the_session_goes_on() {
    let world = World::connected();
    let hooks = world.session().hooks();
    let before = hooks.generation();
    world.script(Method::Get, "/v1/whoami", Reply::json(401, "{}"));
    let failure = world.run(world.session().send(calls::who_am_i())).unwrap_err();
    assert_eq!(failure.kind(), Kind::Unauthenticated);
    assert!(matches!(world.state(), State::Expired(_)));
    world.sent();
    let failure = world.run(world.session().send(calls::who_am_i())).unwrap_err();
    assert_eq!(failure.kind(), Kind::Unauthenticated);
    assert!(world.sent().is_empty(), "without a key nothing goes out");
    world.connect_as("key_of_today", ALICE, false);
    assert!(world.is_connected());
    assert_eq!(hooks.generation(), before, "the pages stayed");
    assert_eq!(world.sent()[0].authorization.as_deref(), Some("Bearer key_of_today"));
}

#[test]
fn what_a_key_may_not_do_is_learnt_and_forgotten() {
    let world = World::connected();
    let call = || calls::list_workspaces(7, None);
    let scope = call().request.operation.scope().unwrap();
    let archived = r#"{"code": 7, "message": "the workspace is archived"}"#;
    for (body, kind) in [("<h1>Blocked</h1>", Kind::NotTheApi), (archived, Kind::Denied)] {
        world.script(Method::Get, "/v1/workspaces", Reply::json(403, body));
        assert_eq!(world.run(world.session().send(call())).unwrap_err().kind(), kind);
        assert!(!world.state().refuses(scope), "it named no scope: {body}");
    }
    let named = format!(
        r#"{{"code": 7, "details": [{{"reason": "SCOPE_MISSING", "metadata": {{"required_scope": "{}"}}}}]}}"#,
        scope.as_str()
    );
    world.script(Method::Get, "/v1/workspaces", Reply::json(403, named));
    assert_eq!(
        world.run(world.session().send(call())).unwrap_err().kind(),
        Kind::Denied
    );
    assert!(world.is_connected() && world.state().refuses(scope));
    world.script(Method::Get, "/v1/workspaces", Reply::json(200, "{}"));
    world.run(world.session().send(call())).unwrap();
    assert!(!world.state().refuses(scope));
}

#[test]
fn the_default_workspace_is_where_a_first_visit_leads() {
    let world = World::new();
    let with_default = format!(r#"{{"profile": {ALICE}, "defaultWorkspace": {{"id": "ws_1", "name": "Production"}}}}"#);
    world.script(Method::Get, "/v1/whoami", Reply::json(200, with_default));
    let name = world.run(connect(world.session(), "key_alice", false)).unwrap();
    assert_eq!(name.as_deref(), Some("Alice"));
    let lands = |requested: Option<&Route>| landing(requested, world.session().default_workspace()).to_path();
    assert_eq!(lands(None), "/workspaces/ws_1/secrets");
    assert_eq!(
        lands(Some(&Route::workspaces())),
        "/workspaces",
        "a link leads where it says"
    );
    // Another key, of an older server: all workspaces.
    world.connect_as("key_bob", BOB, false);
    assert_eq!(landing(None, world.session().default_workspace()), Route::workspaces());
}

#[test]
fn a_refusal_that_names_no_scope_reads_the_workspaces_again() {
    let world = World::connected();
    let workspaces = world.with(use_workspaces);
    let id = WorkspaceId::parse("ws_1").unwrap();
    let items = |ids: &[&str]| {
        let item = |id: &&str| format!(r#"{{"metadata": {{"id": "{id}"}}, "status": "STATUS_ENABLED"}}"#);
        let items: Vec<String> = ids.iter().map(item).collect();
        Reply::json(200, format!(r#"{{"items": [{}]}}"#, items.join(",")))
    };
    world.turn_clock(10 * SECOND);
    world.script(Method::Get, "/v1/workspaces?", items(&["ws_1", "ws_2"]));
    world.with(|| workspaces.refresh_if_old());
    world.run_until_idle();
    assert!(!workspaces.is_missing(&id));
    world.turn_clock(10 * SECOND);
    let refuse = |body: &'static str| {
        world.script(Method::Get, "/v1/workspaces/ws_1", Reply::json(403, body));
        let list = calls::list_secrets(&id, &calls::SecretQuery::default(), 1, None);
        world.run(world.session().send(list)).unwrap_err()
    };
    let firewall = refuse("<h1>Blocked</h1>");
    assert_eq!(firewall.kind(), Kind::NotTheApi);
    assert!(
        !workspaces.is_missing(&id),
        "nothing is learned from what is not the API"
    );
    world.script(Method::Get, "/v1/workspaces?", items(&["ws_2"]));
    let archived = refuse(r#"{"code": 7, "message": "the workspace is archived"}"#);
    assert!(archived.missing_scope().is_none());
    assert!(workspaces.is_missing(&id), "the list shows that it is archived");
    assert!(!world.state().refuses(contract::Scope::SecretsManage));
}

#[test]
fn each_refusal_of_a_read_is_worded_alike_on_every_page() {
    let world = World::connected();
    let workspaces = world.with(use_workspaces);
    let id = WorkspaceId::parse("ws_1").unwrap();
    let secret = contract::SecretId::parse("s_1").unwrap();
    let read = |body: &'static str| {
        world.script(Method::Get, "/workspace_secrets/s_1", Reply::json(403, body));
        let failure = world
            .run(world.session().send(calls::read_secret(&id, &secret)))
            .unwrap_err();
        world.run_until_idle();
        world.with(|| explained_reading_in(&id, &failure))
    };
    let named = read(
        r#"{"code": 7, "message": "no", "details": [{"reason": "SCOPE_MISSING", "metadata": {
        "required_scope": "secrets:manage", "granted_scopes": "workspaces:read tools:read"}}]}"#,
    );
    assert!(
        named.reason.contains("lacks the scope secrets:manage"),
        "{}",
        named.reason
    );
    let detail = |text: &str| named.details.iter().any(|(_, value)| value == text);
    assert!(
        detail("workspaces:read tools:read") && detail("request_1"),
        "{:?}",
        named.details
    );
    assert!(named.can_retry, "the key may have got the scope since");
    let firewall = read("<h1>Blocked</h1>");
    assert!(firewall.reason.contains("isn't from the API"), "{}", firewall.reason);
    for (status, expected) in [
        ("STATUS_ARCHIVED", "The workspace is archived."),
        ("STATUS_DISABLED", "This workspace is disabled."),
        ("STATUS_ENABLED", "The workspace itself is active."),
    ] {
        world.turn_clock(10 * SECOND);
        let items = format!(r#"{{"items": [{{"metadata": {{"id": "ws_1"}}, "status": "{status}"}}]}}"#);
        world.script(Method::Get, "/v1/workspaces?", Reply::json(200, items));
        let unnamed = read(r#"{"code": 7, "message": "denied"}"#);
        assert!(unnamed.reason.contains(expected), "{status}: {}", unnamed.reason);
        assert!(workspaces.find(&id).is_some());
    }
}

#[test]
fn an_ordinary_key_reads_the_facts_of_its_workspaces_from_the_list() {
    let world = World::connected();
    let workspaces = world.with(use_workspaces);
    let read = |id: &str| world.run(workspaces.read(WorkspaceId::parse(id).unwrap()));
    let page = |id: &str, cursor: &str| {
        let item = format!(r#"{{"metadata": {{"id": "{id}"}}, "info": {{"totalAgents": 14}}}}"#);
        Reply::json(
            200,
            format!(r#"{{"items": [{item}], "pagination": {{"nextCursor": "{cursor}"}}}}"#),
        )
    };
    world.script(Method::Get, "/v1/workspaces?", page("ws_1", "2"));
    world.script(Method::Get, "/v1/workspaces?", page("ws_2", ""));
    let found = read("ws_2").unwrap();
    assert_eq!(found.info.unwrap().total_agents, Some(14));
    let sent = world.sent();
    assert!(
        sent.len() == 2 && sent.iter().all(|sent| sent.path.contains("includeInfo=true")),
        "{sent:?}"
    );
    // One that is not in the list can be read by an admin only, and a missing scope is not blamed for that.
    world.script(Method::Get, "/v1/workspaces?", page("ws_1", ""));
    world.script(
        Method::Get,
        "/v1/account/workspaces/ws_9",
        Reply::json(403, r#"{"code": 7}"#),
    );
    let failure = read("ws_9").unwrap_err();
    assert!(failure.operation.is_admin_only() && failure.missing_scope().is_none());
    assert!(!world.state().refuses(contract::Scope::WorkspacesRead));
}

/// A tab that is connected through a proxy that adds the key.
fn proxied() -> World {
    let world = World::new();
    world.script(Method::Get, "/v1/whoami", Reply::json(200, ALICE));
    let connection = Connection {
        server: None,
        base: BaseUrl::parse(BASE).unwrap(),
        auth: Auth::Proxy,
        profile: None,
        refused: Vec::new(),
        is_kept: false,
    };
    assert!(world.run(world.session().connect(connection, None)).is_ok());
    assert!(world.sent()[0].authorization.is_none());
    world
}

#[test]
fn the_end_of_the_sign_in_at_a_proxy_asks_for_no_key() {
    let world = proxied();
    let drafts = world.drafts().unwrap();
    let keeping = world.start(async move { drafts.slot("form").keep(b"typed").await });
    world.turn_clock(SECOND);
    assert!(keeping.is_done());
    let page = "<!doctype html><title>Sign in</title>";
    for (reply, http) in [
        (Reply::redirected(), None),
        (Reply::json(401, page), Some(401)),
        (Reply::json(401, "{}"), Some(401)),
        (Reply::json(200, page), Some(200)),
    ] {
        world.script(Method::Get, "/v1/whoami", reply);
        let failure = world.run(world.session().send(calls::who_am_i())).unwrap_err();
        assert_eq!(
            (failure.kind(), failure.cause),
            (Kind::SignedOut, Cause::SignedOut { http })
        );
        assert!(world.is_connected(), "there is no key to ask for");
    }
    assert!(
        world.tab.all_kept().iter().any(|(name, _)| name.contains("form")),
        "the draft stays"
    );
}

#[test]
fn a_page_that_is_left_for_the_sign_in_locks_when_it_is_shown_again() {
    let world = proxied();
    world.services.leave(true);
    assert!(world.is_connected(), "a lock would remove the values of drafts");
    world.services.come_back();
    assert!(world.is_locked());
}

#[test]
fn a_redirect_is_no_sign_in_where_a_key_is_sent() {
    let world = World::connected();
    world.script(Method::Get, "/v1/whoami", Reply::redirected());
    let failure = world.run(world.session().send(calls::who_am_i())).unwrap_err();
    assert_eq!(failure.kind(), Kind::NotTheApi);
}
