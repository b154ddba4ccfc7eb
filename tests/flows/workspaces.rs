//! The workspaces by scope and role: what a key sees of them, and what an archived or disabled one explains.

use contract::calls::SecretQuery;
use contract::{Operation, Scope, SecretId, WorkspaceId, WorkspaceStatus, calls};
use strongroom_core::list::reading::State as Reading;
use strongroom_core::model::permissions::AdminAccess;
use strongroom_core::route::{ListState, Prefill, ReferencesState, Route};

use super::*;
use crate::components::people::{Person, person};
use crate::components::permission::{
    explained_in, explained_reading_in, follow_workspace, why_not, why_not_administer, why_not_read,
};
use crate::components::workspace_status::rejected_in;
use crate::pages::workspaces::archive::{Asking, other_active};
use crate::store::account_workspaces::{AccountWorkspaces, Whose};
use crate::store::admin_access::admin_access;
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;

const SECOND: Duration = Duration::from_secs(1);
const OWN: &str = "/v1/workspaces?";
const TOTALS: &str = "includeInfo=true";
const ACCOUNT: &str = "/v1/account/workspaces?";
const NOT_ADMIN: &str = r#"{"code": 7, "message": "Only an admin of the account may do this"}"#;
const ARCHIVED: &str = r#"{"code": 7, "message": "the workspace is archived"}"#;

fn id(id: &str) -> WorkspaceId {
    WorkspaceId::parse(id).unwrap()
}

/// A workspace as the server sends it; `rest` are further fields.
fn item(id: &str, status: &str, rest: &str) -> String {
    format!(r#"{{"metadata": {{"id": "{id}", "name": "Name of {id}"}}, "status": "STATUS_{status}"{rest}}}"#)
}

fn page(items: &[String]) -> Reply {
    Reply::json(200, format!(r#"{{"items": [{}]}}"#, items.join(",")))
}

fn lacks(scope: &str) -> Reply {
    let details = format!(r#"[{{"reason": "SCOPE_MISSING", "metadata": {{"required_scope": "{scope}"}}}}]"#);
    Reply::json(
        403,
        format!(r#"{{"code": 7, "message": "denied", "details": {details}}}"#),
    )
}

fn secrets(cursor: &str) -> Reply {
    let item = r#"{"metadata": {"id": "s-1", "name": "A"}}"#;
    Reply::json(
        200,
        format!(r#"{{"items": [{item}], "pagination": {{"nextCursor": "{cursor}"}}}}"#),
    )
}

/// A tab that was connected some time ago, so that views read anew.
fn connected() -> World {
    let world = World::connected();
    world.turn_clock(10 * SECOND);
    world
}

/// The view of the workspaces. `archived` is what its address asks for.
fn open(world: &World, archived: RwSignal<bool>) -> (Owner, AccountWorkspaces) {
    let view = world.owner.child();
    let workspaces = world.with(use_workspaces);
    let listed = view.with(|| AccountWorkspaces::open(world.session(), workspaces, archived.into()));
    world.run_until_idle();
    (view, listed)
}

/// Ids, whether they are the profile's, and their agents.
fn rows(world: &World, listed: AccountWorkspaces) -> Vec<(String, bool, Option<u64>)> {
    let rows = world.with(|| untrack(|| listed.rows()));
    let facts = |row: strongroom_core::model::workspace_table::WorkspaceRow| {
        let agents = row.workspace.info.and_then(|info| info.total_agents);
        (row.workspace.metadata.id.to_string(), row.is_own, agents)
    };
    rows.into_iter().map(facts).collect()
}

fn row(id: &str, is_own: bool, agents: Option<u64>) -> (String, bool, Option<u64>) {
    (id.to_owned(), is_own, agents)
}

#[test]
fn an_admin_sees_all_of_the_account_and_the_totals_of_its_own() {
    let world = connected();
    let archived = world.with(|| RwSignal::new(false));
    let own = item("w-1", "ENABLED", "");
    world.script(
        Method::Get,
        TOTALS,
        page(&[item("w-1", "ENABLED", r#", "info": {"totalAgents": 14}"#)]),
    );
    world.script(Method::Get, OWN, page(std::slice::from_ref(&own)));
    world.script(Method::Get, ACCOUNT, page(&[own, item("w-2", "ENABLED", "")]));
    let (view, listed) = open(&world, archived);
    assert_eq!(
        rows(&world, listed),
        [row("w-1", true, Some(14)), row("w-2", false, None)]
    );
    assert_eq!(untrack(|| listed.whose()), Whose::All);
    assert_eq!(world.session().admin_access().get_untracked(), AdminAccess::Allowed);
    assert!(
        world
            .sent()
            .iter()
            .all(|sent| !sent.path.contains("includeArchived=true"))
    );
    // Archived ones are read when they are asked for, and stay.
    world.script(Method::Get, ACCOUNT, page(&[item("w-9", "ARCHIVED", "")]));
    archived.set(true);
    world.run_until_idle();
    assert!(world.sent()[0].path.contains("includeArchived=true"));
    archived.set(false);
    world.run_until_idle();
    assert!(world.sent().is_empty());
    let workspaces = world.with(use_workspaces);
    assert_eq!(
        untrack(|| workspaces.status(&id("w-9"))),
        Some(WorkspaceStatus::Archived),
        "known everywhere"
    );
    // With the view its readings end.
    view.cleanup();
    archived.set(true);
    world.turn_clock(10 * SECOND);
    assert!(world.sent().is_empty());
}

#[test]
fn who_created_something_is_told_by_name() {
    let world = connected();
    let person = |id: &str| {
        let id = contract::ProfileId::parse(id).unwrap();
        world.with(|| untrack(|| person(&id)))
    };
    assert_eq!(person("profile_alice"), Person::You);
    let bob = contract::ProfileId::parse("profile_bob").unwrap();
    assert_eq!(person("profile_bob"), Person::Unnamed(bob.clone()));
    world.with(use_workspaces).remember_people([(&bob, "Bob")].into_iter());
    assert_eq!(person("profile_bob"), Person::Named("Bob".to_owned()));
    let secret = r#"{"metadata": {"id": "s-1", "name": "A", "profileId": "profile_cy"}, "spec": {},
        "info": {"createdBy": {"metadata": {"id": "profile_cy"}, "spec": {"name": "Cy"}}}}"#;
    let page = Reply::json(200, format!(r#"{{"items": [{secret}]}}"#));
    world.script(Method::Get, "/w-1/workspace_secrets", page);
    let view = world.owner.child();
    let _list = view.with(|| use_secret_lists().open(&id("w-1"), Signal::stored(SecretQuery::default())));
    world.run_until_idle();
    assert_eq!(person("profile_cy"), Person::Named("Cy".to_owned()));
}

#[test]
fn any_other_key_sees_its_own_and_is_not_asked_about_twice() {
    let world = connected();
    let archived = world.with(|| RwSignal::new(false));
    for _ in 0..2 {
        world.script(Method::Get, TOTALS, page(&[item("w-1", "ENABLED", "")]));
        world.script(Method::Get, OWN, page(&[item("w-1", "ENABLED", "")]));
    }
    world.script(Method::Get, ACCOUNT, Reply::json(403, NOT_ADMIN));
    let (view, listed) = open(&world, archived);
    assert_eq!(rows(&world, listed), [row("w-1", true, None)]);
    assert_eq!(
        (untrack(|| listed.whose()), untrack(|| listed.failure())),
        (Whose::Own, None)
    );
    assert!(
        !world.state().refuses(Scope::WorkspacesRead),
        "that is a role and no scope"
    );
    for workspace in [None, Some(id("w-1"))] {
        let why = world.with(|| why_not_administer(workspace.as_ref(), Scope::WorkspacesManage));
        assert!(why.get_untracked().unwrap().contains("Only an account admin"));
    }
    view.cleanup();
    world.sent();
    world.turn_clock(10 * SECOND);
    let (_view, listed) = open(&world, archived);
    assert_eq!(world.sent().len(), 2, "its own, and their totals");
    world.script(Method::Get, ACCOUNT, page(&[item("w-2", "ENABLED", "")]));
    listed.refresh();
    world.run_until_idle();
    assert_eq!(untrack(|| listed.whose()), Whose::All, "it became an admin");
}

#[test]
fn a_role_is_asked_for_once_and_forgotten_with_the_key() {
    let world = connected();
    world.script(Method::Get, ACCOUNT, Reply::json(403, NOT_ADMIN));
    let access = [
        world.with(|| admin_access(world.session())),
        world.with(|| admin_access(world.session())),
    ];
    world.run_until_idle();
    assert_eq!(world.sent().len(), 1);
    assert_eq!(access.map(|access| access.get_untracked()), [AdminAccess::Refused; 2]);
    // The next key may be an admin's: it is asked for by the views that are open.
    world.script(Method::Get, ACCOUNT, page(&[]));
    world.connect_as("key_bob", BOB, false);
    world.run_until_idle();
    assert_eq!(access[0].get_untracked(), AdminAccess::Allowed);
    // An archived workspace refuses an admin, too.
    world.script(Method::Get, "/members", Reply::json(403, ARCHIVED));
    let _ = world.run(world.session().send(calls::list_members(&id("w-9"), 1, None)));
    assert_eq!(access[0].get_untracked(), AdminAccess::Allowed);
}

#[test]
fn each_key_is_told_what_it_lacks() {
    // Workspaces only: the list is there, the secrets are not.
    let world = connected();
    let archived = world.with(|| RwSignal::new(false));
    world.script(Method::Get, OWN, page(&[item("w-1", "ENABLED", "")]));
    world.script(Method::Get, OWN, page(&[item("w-1", "ENABLED", "")]));
    world.script(Method::Get, ACCOUNT, Reply::json(403, NOT_ADMIN));
    let (_view, listed) = open(&world, archived);
    assert_eq!(rows(&world, listed).len(), 1);
    world.script(Method::Get, "/workspace_secrets?", lacks("secrets:manage"));
    let list = calls::list_secrets(&id("w-1"), &SecretQuery::default(), 1, None);
    let failure = world.run(world.session().send(list)).unwrap_err();
    let told = world.with(|| explained_reading_in(&id("w-1"), &failure));
    assert!(told.reason.contains("secrets:manage"), "{}", told.reason);
    // Secrets only, or nothing at all: the list says which scope is missing, once, and can be tried again.
    let world = connected();
    let archived = world.with(|| RwSignal::new(false));
    for path in [OWN, OWN, ACCOUNT] {
        world.script(Method::Get, path, lacks("workspaces:read"));
    }
    let (_view, listed) = open(&world, archived);
    let failure = untrack(|| listed.failure()).unwrap();
    assert_eq!(failure.missing_scope().unwrap().required, "workspaces:read");
    assert!(rows(&world, listed).is_empty() && !untrack(|| listed.is_reading()));
    assert_eq!(
        world.session().admin_access().get_untracked(),
        AdminAccess::Unknown,
        "a scope is no role"
    );
    for path in [OWN, OWN, ACCOUNT] {
        world.script(Method::Get, path, page(&[item("w-1", "ENABLED", "")]));
    }
    listed.retry();
    world.run_until_idle();
    assert_eq!((rows(&world, listed).len(), untrack(|| listed.failure())), (1, None));
}

#[test]
fn no_workspace_at_all_is_an_answer() {
    let world = connected();
    let archived = world.with(|| RwSignal::new(false));
    world.script(Method::Get, ACCOUNT, Reply::json(403, NOT_ADMIN));
    let (_view, listed) = open(&world, archived);
    assert!(rows(&world, listed).is_empty());
    assert!(!untrack(|| listed.is_reading()) && untrack(|| listed.failure()).is_none());
}

#[test]
fn what_the_account_fails_to_tell_hides_nothing_and_is_tried_again() {
    let world = connected();
    let archived = world.with(|| RwSignal::new(false));
    world.script(Method::Get, OWN, page(&[item("w-1", "ENABLED", "")]));
    world.script(Method::Get, OWN, page(&[item("w-1", "ENABLED", "")]));
    world.script(Method::Get, ACCOUNT, Reply::json(418, r#"{"code": 13}"#));
    let (_view, listed) = open(&world, archived);
    assert_eq!(rows(&world, listed).len(), 1);
    assert_eq!(
        untrack(|| listed.failure()).unwrap().operation,
        Operation::ListAccountWorkspaces
    );
    assert_eq!(untrack(|| listed.whose()), Whose::Unknown);
    world.script(Method::Get, ACCOUNT, page(&[item("w-2", "ENABLED", "")]));
    listed.retry();
    world.run_until_idle();
    assert_eq!(
        (rows(&world, listed).len(), untrack(|| listed.whose())),
        (2, Whose::All)
    );
}

#[test]
fn another_account_sees_nothing_of_the_one_before() {
    let world = connected();
    let archived = world.with(|| RwSignal::new(false));
    world.script(Method::Get, ACCOUNT, page(&[item("w-2", "ARCHIVED", "")]));
    let (_view, listed) = open(&world, archived);
    assert_eq!(rows(&world, listed).len(), 1);
    world.script(Method::Get, ACCOUNT, Reply::json(403, NOT_ADMIN));
    world.connect_as("key_bob", BOB, false);
    world.run_until_idle();
    assert!(rows(&world, listed).is_empty());
    let workspaces = world.with(use_workspaces);
    assert_eq!(untrack(|| workspaces.status(&id("w-2"))), None);
}

/// A list of two pages whose workspace is archived between them.
fn archived_while_loading(look_up: Reply) -> (World, strongroom_core::i18n::failure::Explanation, Option<String>) {
    let world = connected();
    let workspaces = world.with(use_workspaces);
    world.script(Method::Get, OWN, page(&[item("w-1", "ENABLED", "")]));
    world.with(|| workspaces.refresh_if_old());
    world.run_until_idle();
    world.turn_clock(10 * SECOND);
    world.script(Method::Get, "/workspace_secrets?", secrets("2"));
    world.script(Method::Get, "/workspace_secrets?", Reply::json(403, ARCHIVED));
    world.script(Method::Get, "/v1/account/workspaces/w-1", look_up);
    let list = world.with(|| {
        follow_workspace(&id("w-1"));
        use_secret_lists().open(&id("w-1"), Signal::derive(SecretQuery::default))
    });
    world.run_until_idle();
    let progress = list.progress().get_untracked();
    assert_eq!(progress.loaded, 1, "what was loaded stays");
    let Reading::Failed(failure) = progress.state else {
        panic!("{progress:?}")
    };
    let explanation = world.with(|| untrack(|| explained_reading_in(&id("w-1"), &failure)));
    let refusal = world.with(|| why_not(&id("w-1"))).get_untracked();
    (world, explanation, refusal)
}

#[test]
fn a_workspace_that_is_archived_while_its_list_loads_is_called_archived() {
    let (world, told, refusal) = archived_while_loading(Reply::json(200, item("w-1", "ARCHIVED", "")));
    assert!(told.reason.starts_with("The workspace is archived"), "{}", told.reason);
    assert!(!told.can_retry, "it stays archived");
    assert!(refusal.unwrap().contains("archived"), "nothing can be changed in it");
    let why = world.with(|| why_not_administer(Some(&id("w-1")), Scope::WorkspacesManage));
    assert!(why.get_untracked().unwrap().contains("archived"));
}

/// All views of one workspace.
fn views_of(workspace: &WorkspaceId) -> [Route; 9] {
    let secret = || SecretId::parse("s-1").unwrap();
    let workspace = || workspace.clone();
    [
        Route::Workspace(workspace()),
        Route::EditWorkspace(workspace()),
        Route::Members(workspace()),
        Route::Overview(Some(workspace())),
        Route::References(workspace(), ReferencesState::default()),
        Route::Secrets(workspace(), ListState::default()),
        Route::NewSecret(workspace(), Prefill::default()),
        Route::Secret(workspace(), secret()),
        Route::EditSecret(workspace(), secret()),
    ]
}

#[test]
fn every_view_of_an_archived_workspace_that_is_opened_by_its_address_says_so() {
    for route in views_of(&id("w-9")) {
        let world = connected();
        world.script(
            Method::Get,
            "/v1/account/workspaces/w-9",
            Reply::json(200, item("w-9", "ARCHIVED", "")),
        );
        let told = world.with(|| rejected_in(&route));
        world.run_until_idle();
        let told = told.get_untracked();
        assert_eq!(
            told,
            Some("This workspace is archived. Nothing in it can be read or changed."),
            "{route:?}"
        );
        let refusals = world.with(|| {
            let administer = why_not_administer(Some(&id("w-9")), Scope::WorkspacesManage);
            [why_not(&id("w-9")), why_not_read(&id("w-9")), administer]
        });
        for refusal in refusals {
            assert_eq!(refusal.get_untracked().as_deref(), told, "its buttons say it, too");
        }
    }
}

#[test]
fn every_view_of_a_disabled_workspace_says_so() {
    let world = connected();
    world.script(Method::Get, OWN, page(&[item("w-1", "DISABLED", "")]));
    world.with(|| use_workspaces().refresh_if_old());
    world.run_until_idle();
    for route in views_of(&id("w-1")) {
        let told = world.with(|| rejected_in(&route)).get_untracked();
        assert_eq!(
            told,
            Some("This workspace is disabled. Its secrets are read-only."),
            "{route:?}"
        );
    }
    let elsewhere = world.with(|| rejected_in(&Route::workspaces())).get_untracked();
    assert_eq!(elsewhere, None);
}

#[test]
fn a_form_that_reads_nothing_says_that_its_workspace_is_missing() {
    let other = Reply::json(200, item("w-9", "ENABLED", ""));
    for (look_up, told) in [
        (Reply::json(403, NOT_ADMIN), "archived, or you aren't a member"),
        (other, "You aren't a member"),
    ] {
        for route in views_of(&id("w-9")) {
            let world = connected();
            world.script(Method::Get, "/v1/account/workspaces/w-9", look_up.clone());
            let rejected = world.with(|| rejected_in(&route));
            world.run_until_idle();
            let is_form = matches!(route, Route::NewSecret(..));
            let is_told = rejected.get_untracked().is_some_and(|text| text.contains(told));
            assert_eq!(is_told, is_form, "the others say why they can't read: {route:?}");
        }
    }
}

#[test]
fn a_key_that_may_not_look_is_told_both_possible_reasons() {
    let (_, told, refusal) = archived_while_loading(Reply::json(403, NOT_ADMIN));
    assert!(
        told.reason.contains("archived, or you aren't a member"),
        "{}",
        told.reason
    );
    assert!(told.can_retry && refusal.is_none());
}

#[test]
fn an_admin_that_is_no_member_is_told_so() {
    let (_, told, _) = archived_while_loading(Reply::json(200, item("w-1", "ENABLED", "")));
    assert!(told.reason.contains("You aren't a member"), "{}", told.reason);
}

#[test]
fn an_archive_of_the_last_active_workspace_explains_and_asks_for_nothing() {
    let (first, second) = (item("w-1", "ENABLED", ""), item("w-2", "ENABLED", ""));
    let disabled = item("w-3", "DISABLED", "");
    for (account, asking) in [
        (page(&[first.clone(), disabled.clone()]), Asking::Explain),
        (page(&[first.clone(), second]), Asking::Ask),
        (Reply::json(403, NOT_ADMIN), Asking::Ask),
    ] {
        let world = connected();
        let workspaces = world.with(use_workspaces);
        world.script(Method::Get, OWN, page(&[first.clone(), disabled.clone()]));
        world.with(|| workspaces.refresh_if_old());
        world.run_until_idle();
        world.script(Method::Get, ACCOUNT, account.after(SECOND));
        let others = world.with(|| other_active(&id("w-1")));
        world.run_until_idle();
        assert_eq!(untrack(|| others.get()).asking(), Asking::Wait);
        world.turn_clock(SECOND);
        assert_eq!(untrack(|| others.get()).asking(), asking);
    }
}

#[test]
fn a_refused_save_is_explained_by_the_status_of_its_workspace() {
    let world = connected();
    let workspaces = world.with(use_workspaces);
    world.script(Method::Get, OWN, page(&[item("w-1", "DISABLED", "")]));
    world.with(|| workspaces.refresh_if_old());
    world.run_until_idle();
    let refused = |operation| {
        let cause = contract::Cause::Refused {
            http: 403,
            status: Some(Box::new(contract::Status {
                code: Some(contract::Code::PermissionDenied),
                ..contract::Status::default()
            })),
        };
        let failure = Failure::new(operation, cause);
        world.with(|| untrack(|| explained_in(&id("w-1"), &failure))).reason
    };
    assert!(refused(Operation::UpdateSecret).contains("This workspace is disabled"));
    assert!(
        refused(Operation::UpdateWorkspace).contains("Only an account admin"),
        "its status doesn't forbid that"
    );
    let refusal = world.with(|| why_not(&id("w-1"))).get_untracked();
    assert!(refusal.unwrap().contains("disabled"), "write controls say why");
    let why = world.with(|| why_not_administer(Some(&id("w-1")), Scope::WorkspacesManage));
    assert_eq!(why.get_untracked(), None, "it may be archived, too");
}
