//! Creates, updates and archives of workspaces, and their members: lost answers, a lock in the middle, pages that are left.

use contract::calls::{NewMember, SecretQuery};
use contract::{ProfileId, Timestamp, Workspace, WorkspaceFields, WorkspaceId, WorkspaceStatus, WorkspaceUpdate};
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::list::reading::State as ReadingState;
use strongroom_core::model::create_flow::{self, Creating};
use strongroom_core::model::draft::Draft;
use strongroom_core::model::edit_flow::{Editing, Intent, Save};
use strongroom_core::model::metadata_form::FormInput;
use strongroom_core::model::resource::WorkspaceResource;
use strongroom_core::model::write_outcome::{DeletedBy, Done, Failed, LookedUp, PAUSE, Seen, Version, WriteState};

use super::*;
use crate::browser::storage::{Area, TextStore as _};
use crate::components::unknown_outcome::{explained_looked_up, sentence};
use crate::store::drafts::SentDraft;
use crate::store::notices::use_notices;
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;
use crate::store::writes::Watch;

const SECOND: Duration = Duration::from_secs(1);
const ALL: &str = "/v1/account/workspaces";
const ONE: &str = "/v1/account/workspaces/w-1";
const MEMBERS: &str = "/v1/account/workspaces/w-1/members";

/// A workspace as the server answers it.
fn workspace(name: &str, description: &str, status: &str) -> String {
    format!(
        r#"{{"metadata": {{"id": "w-1", "accountId": "a", "name": "{name}", "profileId": "profile_alice",
            "createdAt": "2026-11-26T12:00:00Z"}}, "spec": {{"description": "{description}"}}, "status": "{status}"}}"#
    )
}

fn enabled(name: &str) -> Reply {
    Reply::json(200, workspace(name, "", "STATUS_ENABLED"))
}

fn list(items: &[String]) -> Reply {
    Reply::json(200, format!(r#"{{"items": [{}]}}"#, items.join(",")))
}

fn member(id: &str, email: &str) -> String {
    format!(r#"{{"profileId": "{id}", "actorId": "actor", "name": "Zoë", "email": "{email}"}}"#)
}

/// A refusal that names no scope.
fn refused(status: u16, code: u8) -> Reply {
    Reply::json(status, format!(r#"{{"code": {code}, "message": "no"}}"#))
}

fn id() -> WorkspaceId {
    WorkspaceId::parse("w-1").unwrap()
}

fn at() -> Timestamp {
    "2026-11-26T12:00:00Z".parse().unwrap()
}

fn fields(name: &str) -> WorkspaceFields {
    let mut fields = WorkspaceFields::default();
    name.clone_into(&mut fields.metadata.name);
    fields
}

/// A view that writes, with a draft.
struct View<'a, Fields: crate::store::writes::Watched> {
    world: &'a World,
    owner: Owner,
    watch: Watch<Fields>,
}

impl<'a, Fields: crate::store::writes::Watched> View<'a, Fields> {
    fn open(world: &'a World) -> Self {
        let owner = world.owner.child();
        let watch = owner.with(|| world.services.writes.watch());
        let drafts = world.drafts().unwrap();
        let keeping = world.start(async move { drafts.slot("form").keep(b"typed").await });
        world.turn_clock(SECOND);
        assert!(keeping.is_done());
        let view = Self { world, owner, watch };
        assert!(view.has_draft());
        view
    }

    fn has_draft(&self) -> bool {
        self.world.tab.names(Area::Tab).iter().any(|name| name.contains("form"))
    }

    fn draft(&self) -> SentDraft {
        SentDraft(Some(self.world.drafts().unwrap().slot("form")))
    }

    fn state(&self) -> WriteState<Fields> {
        self.watch.state().get_untracked().unwrap()
    }

    fn is_saved(&self) -> bool {
        matches!(self.state(), WriteState::Done(Done::Saved { .. }))
    }

    fn deleted_by(&self) -> Option<DeletedBy> {
        match self.state() {
            WriteState::Done(Done::Deleted(by)) => Some(by),
            _ => None,
        }
    }

    fn seen(&self) -> Result<Seen<Fields>, Failure> {
        match self.state() {
            WriteState::Failed(Failed::LookedUp(LookedUp { seen, .. })) => seen,
            state => panic!("{state:?}"),
        }
    }

    /// Lets time pass until its outcome is known. Not longer, because a notice goes away.
    fn settle(&self) {
        for _ in 0..60 {
            if !self.state().is_pending() {
                return;
            }
            self.world.turn_clock(SECOND);
        }
        panic!("{:?}", self.state());
    }

    fn leave(&self) {
        self.owner.cleanup();
        self.world.run_until_idle();
    }
}

impl View<'_, WorkspaceFields> {
    fn create(&self) {
        self.watch.create(fields("Lab"), self.draft());
        self.world.run_until_idle();
    }

    /// Saves a workspace that was Lab when the editing began.
    fn rename(&self) {
        let before = Version {
            fields: fields("Lab"),
            updated_at: None,
        };
        let after = fields("Annex");
        let update = WorkspaceUpdate::between(&before.fields, &after).unwrap();
        let save = Save { before, after, update };
        self.watch.update(id(), save, self.draft());
        self.world.run_until_idle();
    }

    fn archive(&self) {
        self.watch.archive(id(), "Lab".to_owned());
        self.world.run_until_idle();
    }
}

fn is_told(world: &World, part: &str) -> bool {
    world.with(use_notices).texts().iter().any(|text| text.contains(part))
}

fn methods(world: &World) -> Vec<Method> {
    world.sent().iter().map(|sent| sent.method).collect()
}

fn known(world: &World) -> Vec<Workspace> {
    world.with(|| untrack(|| use_workspaces().all()))
}

#[test]
fn a_new_workspace_is_known_at_once() {
    let world = World::connected();
    let view = View::open(&world);
    world.script(Method::Post, ALL, enabled("Lab"));
    view.create();
    assert!(view.is_saved() && !view.has_draft() && is_told(&world, "Lab created."));
    assert_eq!(known(&world)[0].metadata.name, "Lab");
    assert_eq!(world.with(|| untrack(|| use_workspaces().name(&id()))), "Lab");
}

#[test]
fn a_create_whose_answer_is_lost_is_found_in_the_account() {
    let world = World::connected();
    let view = View::open(&world);
    world.script(Method::Post, ALL, Reply::lost());
    let other = workspace("Other", "", "STATUS_ENABLED").replace("w-1", "w-2");
    world.script(
        Method::Get,
        ALL,
        Reply::json(
            200,
            format!(r#"{{"items": [{other}], "pagination": {{"nextCursor": "c"}}}}"#),
        ),
    );
    world.script(Method::Get, "cursor=c", list(&[workspace("Lab", "", "STATUS_ENABLED")]));
    view.create();
    assert!(view.is_saved() && !view.has_draft());
    assert!(is_told(&world, "No response, but Lab was created."));
    assert_eq!(
        methods(&world),
        [Method::Post, Method::Get, Method::Get],
        "it is never sent again"
    );
}

#[test]
fn a_create_that_may_arrive_late_is_looked_up_again_and_then_when_asked() {
    let world = World::connected();
    let view = View::open(&world);
    world.script(Method::Post, ALL, Reply::json(504, ""));
    for _ in 0..2 {
        world.script(Method::Get, ALL, list(&[]));
    }
    view.create();
    world.turn_clock(PAUSE);
    assert_eq!(view.seen(), Ok(Seen::Nothing));
    assert!(view.has_draft());
    world.script(Method::Get, ALL, list(&[workspace("Lab", "", "STATUS_ENABLED")]));
    view.watch.look_again();
    world.run_until_idle();
    assert!(view.is_saved() && !view.has_draft());
}

#[test]
fn a_workspace_with_the_same_name_is_not_taken_for_ours() {
    for (reply, is_other) in [(Reply::lost(), true), (refused(409, 6), false)] {
        let world = World::connected();
        let view = View::open(&world);
        world.script(Method::Post, ALL, reply);
        let mut found = workspace("Lab", "", "STATUS_ENABLED");
        if is_other {
            found = found.replace("profile_alice", "profile_bob");
        }
        world.script(Method::Get, ALL, list(&[found]));
        view.create();
        assert!(matches!(view.seen(), Ok(Seen::Similar { has_name: true, .. })));
        assert!(view.has_draft() && known(&world).is_empty());
    }
}

/// What is said of a create that was refused because this workspace has the name.
fn told_of_taken(world: &World, found: String) -> String {
    let view = View::open(world);
    world.script(Method::Post, ALL, refused(409, 6));
    world.script(Method::Get, ALL, list(&[found]));
    view.create();
    told(world, &view)
}

/// Lab, created at this time of the day on which the stories happen.
fn since(time: &str) -> String {
    workspace("Lab", "", "STATUS_ENABLED").replace("T12:00:00Z", &format!("T{time}Z"))
}

/// Lab, of which the server doesn't say since when it exists: the host has no words for times.
fn undated(creator: &str) -> String {
    let lab = workspace("Lab", "", "STATUS_ENABLED").replace("profile_alice", creator);
    lab.replace(r#""createdAt": "2026-11-26T12:00:00Z""#, r#""labels": {}"#)
}

fn told(world: &World, view: &View<WorkspaceFields>) -> String {
    let WriteState::Failed(Failed::LookedUp(looked_up)) = view.state() else {
        panic!("{:?}", view.state())
    };
    world.with(|| untrack(|| sentence(&looked_up, WriteWords::create_workspace())))
}

#[test]
fn a_name_that_an_earlier_attempt_took_is_said_to_be_ones_own() {
    // A browser sent it twice, and only the second answer arrived.
    let world = World::connected();
    let told = told_of_taken(&world, since("12:00:02"));
    assert_eq!(told, "Your first attempt created Lab.");
}

#[test]
fn a_creator_is_oneself_or_a_person_by_name_as_far_as_it_is_known() {
    let world = World::connected();
    let own = told_of_taken(&world, undated("profile_alice"));
    assert!(
        own.starts_with("A workspace named Lab exists") && own.contains(" by you."),
        "{own}"
    );
    let unknown = told_of_taken(&world, undated("profile_bob"));
    assert!(unknown.contains(" by profile_bob."), "{unknown}");
    let bob = ProfileId::parse("profile_bob").unwrap();
    world.with(|| use_workspaces().remember_people(std::iter::once((&bob, "Bob"))));
    let known = told_of_taken(&world, undated("profile_bob"));
    assert!(known.contains(" by Bob."), "{known}");
}

#[test]
fn a_create_that_is_sent_again_long_after_finds_its_first_attempt() {
    let world = World::connected();
    let view = View::open(&world);
    world.script(Method::Post, ALL, Reply::json(504, ""));
    for _ in 0..2 {
        world.script(Method::Get, ALL, list(&[]));
    }
    view.create();
    world.turn_clock(PAUSE);
    assert_eq!(view.seen(), Ok(Seen::Nothing));
    world.turn_clock(600 * SECOND);
    world.script(Method::Post, ALL, refused(409, 6));
    world.script(Method::Get, ALL, list(&[since("12:00:03")]));
    view.create();
    assert!(told(&world, &view).starts_with("Your first attempt created"));
}

#[test]
fn an_update_sends_only_what_changed_after_reading() {
    let world = World::connected();
    let view = View::open(&world);
    world.script(Method::Get, ONE, enabled("Lab"));
    world.script(Method::Patch, ONE, enabled("Annex"));
    view.rename();
    assert!(view.is_saved() && !view.has_draft() && is_told(&world, "Annex saved."));
    let sent = world.sent();
    assert_eq!(
        sent[1].body,
        r#"{"metadata":{"name":"Annex"},"updateMask":"metadata.name"}"#
    );
    assert_eq!(known(&world)[0].metadata.name, "Annex");
}

#[test]
fn an_update_whose_answer_is_lost_is_read_back() {
    for (now, is_done) in [("Annex", true), ("Lab", false)] {
        let world = World::connected();
        let view = View::open(&world);
        world.script(Method::Get, ONE, enabled("Lab"));
        world.script(Method::Patch, ONE, Reply::json(500, r#"{"code": 13, "message": "no"}"#));
        world.script(Method::Get, ONE, enabled(now));
        view.rename();
        assert_eq!(view.is_saved(), is_done, "{now}");
        assert_eq!(view.has_draft(), !is_done, "{now}");
        if !is_done {
            assert!(matches!(view.seen(), Ok(Seen::Unchanged(_))));
        }
        assert_eq!(methods(&world), [Method::Get, Method::Patch, Method::Get]);
    }
}

#[test]
fn what_someone_else_has_described_meanwhile_is_not_overwritten() {
    let world = World::connected();
    let view = View::open(&world);
    world.script(
        Method::Get,
        ONE,
        Reply::json(200, workspace("Lab", "theirs", "STATUS_ENABLED")),
    );
    view.rename();
    let is_theirs = |now: &Version<WorkspaceFields>| now.fields.description.as_deref() == Some("theirs");
    assert!(matches!(view.state(), WriteState::Failed(Failed::Conflict(now)) if is_theirs(&now)));
    assert!(view.has_draft());
    assert_eq!(methods(&world), [Method::Get], "nothing is sent");
}

#[test]
fn a_key_without_the_role_sends_no_update() {
    let world = World::connected();
    let view = View::open(&world);
    world.script(Method::Get, ONE, refused(403, 7));
    view.rename();
    assert!(matches!(view.state(), WriteState::Failed(Failed::NotSent(failure)) if failure.http() == Some(403)));
    assert!(view.has_draft());
    let refuses = |scope| world.state().refuses(scope);
    assert!(
        !refuses(contract::Scope::WorkspacesManage),
        "it is no scope that is missing"
    );
}

#[test]
fn an_update_goes_on_when_its_page_is_left_and_not_after_a_lock() {
    let world = World::connected();
    let view = View::open(&world);
    world.script(Method::Get, ONE, enabled("Lab").after(SECOND));
    world.script(Method::Patch, ONE, enabled("Annex").after(SECOND));
    view.rename();
    view.leave();
    assert!(world.services.writes.is_any_pending());
    world.turn_clock(2 * SECOND);
    assert!(!view.has_draft() && is_told(&world, "Annex saved."));
    let view = View::open(&world);
    world.script(Method::Get, ONE, enabled("Lab").after(SECOND));
    view.rename();
    world.session().lock();
    world.connect_as("key_alice", ALICE, false);
    world.sent();
    world.turn_clock(10 * SECOND);
    assert!(methods(&world).is_empty() && view.has_draft());
}

#[test]
fn a_lock_after_a_create_is_sent_names_nothing() {
    let world = World::connected();
    let view = View::open(&world);
    world.script(Method::Post, ALL, enabled("Lab").after(SECOND));
    view.create();
    world.session().lock();
    world.turn_clock(SECOND);
    assert!(!is_told(&world, "Lab") && known(&world).is_empty());
    assert!(!view.has_draft(), "what was saved leaves no draft");
}

#[test]
fn a_failure_of_a_page_that_was_left_is_told() {
    let world = World::connected();
    let view = View::open(&world);
    world.script(Method::Post, ALL, refused(403, 7).after(SECOND));
    view.create();
    view.leave();
    world.turn_clock(SECOND);
    assert!(is_told(&world, "Couldn't create the workspace") && view.has_draft());
}

#[test]
fn an_archived_workspace_is_shown_as_such_and_its_list_is_dropped() {
    let world = World::connected();
    world.script(
        Method::Get,
        "/v1/workspaces?",
        list(&[workspace("Lab", "", "STATUS_ENABLED")]),
    );
    world.turn_clock(10 * SECOND);
    world.with(|| use_workspaces().refresh_if_old());
    world.run_until_idle();
    assert_eq!(known(&world)[0].status, WorkspaceStatus::Enabled);
    let secret = r#"{"metadata": {"id": "s-1", "name": "A"}}"#.to_owned();
    world.script(Method::Get, "/workspace_secrets", list(&[secret]));
    let page = world.owner.child();
    let secrets = page.with(|| use_secret_lists().open(&id(), Signal::stored(SecretQuery::default())));
    world.run_until_idle();
    assert_eq!(secrets.with(|loaded| loaded.list().order().count()), Some(1));
    page.cleanup();
    let view = View::open(&world);
    world.script(Method::Delete, ONE, Reply::json(200, "{}"));
    view.archive();
    assert_eq!(view.deleted_by(), Some(DeletedBy::Answer));
    assert!(is_told(&world, "Lab archived."));
    assert_eq!(known(&world)[0].status, WorkspaceStatus::Archived);
    let found = world.with(|| use_secret_lists().find_loaded(None, "A", 9));
    assert!(found.secrets.is_empty(), "its list is gone");
    assert_eq!(
        world.with(|| use_workspaces().known().with_untracked(|known| known.state.clone())),
        ReadingState::Complete
    );
}

#[test]
fn an_archive_whose_answers_are_lost_is_looked_up() {
    // The client sends it again, and the second answer is that an archived workspace refuses everything.
    let world = World::connected();
    let view = View::open(&world);
    world.script(Method::Delete, ONE, Reply::lost());
    world.script(Method::Delete, ONE, refused(403, 7));
    world.script(
        Method::Get,
        ONE,
        Reply::json(200, workspace("Lab", "", "STATUS_ARCHIVED")),
    );
    view.archive();
    view.settle();
    assert_eq!(view.deleted_by(), Some(DeletedBy::SomeoneElse));
    assert!(is_told(&world, "Lab archived."));
    // No answer at all arrives.
    let world = World::connected();
    let view = View::open(&world);
    for _ in 0..3 {
        world.script(Method::Delete, ONE, Reply::lost());
    }
    world.script(
        Method::Get,
        ONE,
        Reply::json(200, workspace("Lab", "", "STATUS_ARCHIVED")),
    );
    view.archive();
    view.settle();
    assert_eq!(view.deleted_by(), Some(DeletedBy::LookUp));
    assert!(is_told(&world, "No response, but Lab was archived."));
}

#[test]
fn an_archive_that_did_not_arrive_is_not_said_to_be_done() {
    let world = World::connected();
    let view = View::open(&world);
    for _ in 0..3 {
        world.script(Method::Delete, ONE, Reply::json(504, ""));
    }
    for _ in 0..2 {
        world.script(Method::Get, ONE, enabled("Lab"));
    }
    view.archive();
    view.settle();
    assert_eq!(view.seen(), Ok(Seen::Nothing));
    assert!(!is_told(&world, "archived"));
}

#[test]
fn a_refused_archive_is_refused() {
    for (reply, is_read) in [(refused(400, 9), false), (refused(403, 7), true)] {
        let world = World::connected();
        let view = View::open(&world);
        world.script(Method::Delete, ONE, reply);
        if is_read {
            world.script(Method::Get, ONE, refused(403, 7));
        }
        view.archive();
        assert!(matches!(view.state(), WriteState::Failed(Failed::Refused(_))));
    }
}

#[test]
fn a_member_whose_answer_is_lost_is_looked_for() {
    let zoe = ProfileId::parse("p-zoe").unwrap();
    for (found, is_done) in [(list(&[member("p-zoe", "zoe@example.com")]), true), (list(&[]), false)] {
        let world = World::connected();
        let view = View::<()>::open(&world);
        world.script(
            Method::Post,
            MEMBERS,
            Reply::json(500, r#"{"code": 13, "message": "no"}"#),
        );
        world.script(Method::Get, MEMBERS, found);
        view.watch
            .add_member(id(), NewMember::ProfileId(zoe.clone()), "Zoë".to_owned());
        world.run_until_idle();
        assert_eq!(view.is_saved(), is_done);
        assert_eq!(is_told(&world, "No response, but Zoë is a member."), is_done);
        assert_eq!(methods(&world), [Method::Post, Method::Get], "nobody is invited twice");
    }
}

#[test]
fn a_member_that_was_not_added_is_not_said_to_be_in_doubt_as_well() {
    let zoe = ProfileId::parse("p-zoe").unwrap();
    let server_error = Reply::json(500, r#"{"code": 13, "message": "no"}"#);
    for (reply, is_in_doubt) in [(server_error, false), (Reply::json(504, ""), true)] {
        let world = World::connected();
        let view = View::<()>::open(&world);
        world.script(Method::Post, MEMBERS, reply);
        world.script(Method::Get, MEMBERS, list(&[]));
        if is_in_doubt {
            world.script(Method::Get, MEMBERS, list(&[]));
        }
        view.watch
            .add_member(id(), NewMember::ProfileId(zoe.clone()), "Zoë".to_owned());
        view.settle();
        let WriteState::Failed(Failed::LookedUp(looked_up)) = view.state() else {
            panic!("{:?}", view.state())
        };
        let reason = explained_looked_up(&looked_up).reason;
        assert_eq!(reason.contains("We don't know"), is_in_doubt, "{reason}");
        let outcome = sentence(&looked_up, WriteWords::member());
        assert_eq!(outcome.starts_with("It was not carried out"), !is_in_doubt, "{outcome}");
    }
}

#[test]
fn an_unknown_address_is_invited() {
    let world = World::connected();
    let view = View::<()>::open(&world);
    world.script(
        Method::Post,
        MEMBERS,
        Reply::json(200, member("p-new", "new@example.com")),
    );
    let invited = NewMember::Email("new@example.com".to_owned());
    view.watch.add_member(id(), invited, "new@example.com".to_owned());
    world.run_until_idle();
    assert!(view.is_saved() && is_told(&world, "new@example.com was invited."));
    assert_eq!(world.sent()[0].body, r#"{"email":"new@example.com"}"#);
}

#[test]
fn what_may_be_among_the_unreadable_is_not_said_to_be_gone() {
    let world = World::connected();
    let view = View::<()>::open(&world);
    for _ in 0..3 {
        world.script(Method::Delete, "/members/p-zoe", Reply::lost());
        world.script(Method::Get, MEMBERS, list(&[r#"{"profileId": 7}"#.to_owned()]));
    }
    let zoe = ProfileId::parse("p-zoe").unwrap();
    view.watch.remove_member(id(), zoe, "Zoë".to_owned());
    view.settle();
    assert!(view.seen().is_err() && !is_told(&world, "Zoë was removed"));
}

#[test]
fn whoever_is_no_member_any_more_is_removed() {
    let zoe = ProfileId::parse("p-zoe").unwrap();
    for (replies, found, by, told) in [
        (vec![Reply::json(200, "{}")], None, DeletedBy::Answer, "Zoë removed."),
        (
            vec![refused(404, 5)],
            None,
            DeletedBy::SomeoneElse,
            "Zoë was no longer a member.",
        ),
        (
            vec![Reply::lost(); 3],
            Some(list(&[])),
            DeletedBy::LookUp,
            "No response, but Zoë was removed.",
        ),
    ] {
        let world = World::connected();
        let view = View::<()>::open(&world);
        for reply in replies {
            world.script(Method::Delete, "/members/p-zoe", reply);
        }
        if let Some(found) = found {
            world.script(Method::Get, MEMBERS, found);
        }
        view.watch.remove_member(id(), zoe.clone(), "Zoë".to_owned());
        view.settle();
        assert_eq!(view.deleted_by(), Some(by));
        assert!(is_told(&world, told), "{told}");
    }
}

/// The page goes away with what was typed, and is opened again by the same person. What it then finds.
fn lost_and_restored(
    world: World,
    name: &'static str,
    typed: Draft<WorkspaceResource>,
) -> (World, Draft<WorkspaceResource>) {
    let drafts = world.drafts().unwrap();
    let keeping = world.start(async move { drafts.slot(name).keep(&typed.to_bytes(None)).await });
    world.turn_clock(SECOND);
    assert_eq!(keeping.answer(), Some(Ok(())));
    let world = world.reload();
    world.connect_as("key_alice", ALICE, false);
    let drafts = world.drafts().unwrap();
    let reading = world.start(async move { drafts.slot(name).read().await });
    world.turn_clock(SECOND);
    let bytes = reading.answer().flatten().expect("the draft is kept");
    let (draft, value) = Draft::from_bytes(&bytes).expect("it is one of a workspace");
    assert!(value.is_none());
    (world, draft)
}

#[test]
fn a_new_workspace_that_was_typed_outlives_a_reload_and_is_created() {
    let world = World::connected();
    let mut typed = Creating::<WorkspaceResource>::default();
    assert_eq!(Draft::of_new(&typed, false, at()), None, "nothing was typed");
    typed.apply(create_flow::Intent::Typed(FormInput::Name("Lab".to_owned())));
    typed.apply(create_flow::Intent::ChangedPart("For trials".to_owned()));
    let draft = Draft::of_new(&typed, false, at()).unwrap();
    let (world, draft) = lost_and_restored(world, "new-workspace", draft);
    assert_eq!(draft.kept_at, at());
    let mut restored = draft.into_new();
    assert_eq!((&*restored.form.name, &*restored.part), ("Lab", "For trials"));
    let asked = create_flow::Intent::AskedToCreate { is_part_fine: true };
    let Some(create_flow::Command::Create(fields)) = restored.apply(asked) else {
        panic!("{restored:?}")
    };
    let view = View::<WorkspaceFields>::open(&world);
    world.script(Method::Post, ALL, enabled("Lab"));
    view.watch.create(fields, view.draft());
    world.run_until_idle();
    assert!(view.is_saved());
    let sent = world.sent();
    let create = sent.iter().find(|sent| sent.method == Method::Post).unwrap();
    assert!(create.body.contains("For trials"), "{}", create.body);
}

#[test]
fn an_edit_of_a_workspace_outlives_a_reload_and_knows_what_it_was_based_on() {
    let world = World::connected();
    let version = |name: &str| Version {
        fields: fields(name),
        updated_at: None,
    };
    let mut typed = Editing::<WorkspaceResource>::of(version("Lab"));
    assert_eq!(Draft::of_edit(&typed, false, at()), None, "nothing was changed");
    typed.apply(Intent::ChangedPart("For trials".to_owned()));
    let draft = Draft::of_edit(&typed, false, at()).unwrap();
    let (_world, draft) = lost_and_restored(world, "edit-workspace/w-1", draft);
    // Someone has renamed it meanwhile.
    let restored = draft.into_edit(version("Annex"));
    assert!(restored.is_dirty());
    assert_eq!(restored.part, "For trials");
    assert_eq!((restored.before, restored.server), (version("Lab"), version("Annex")));
}
