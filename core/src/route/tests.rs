//! Addresses, there and back.

use contract::calls::SortOrder;
use proptest::prelude::*;

use super::*;
use crate::list::Column;
use crate::route::query::encode;

fn workspace(id: &str) -> WorkspaceId {
    WorkspaceId::parse(id).unwrap()
}

fn secret(id: &str) -> SecretId {
    SecretId::parse(id).unwrap()
}

#[test]
fn every_address_of_the_interface() {
    let list = ListState {
        search: "a b".to_owned(),
        order: Some(SortOrder::Descending),
        info: true,
        sort: Some((Column::Name, Direction::Descending)),
        columns: Columns::parse("name,created"),
        density: Some(Density::Compact),
        view: Some("mine".to_owned()),
    };
    let next = Some(Box::new(Route::Secrets(workspace("w"), list.clone())));
    for (address, route) in [
        ("/", Route::Home),
        ("/connect", Route::Connect { next: None }),
        (
            "/connect?next=/workspaces/w/secrets%3Fq%3Da%2520b%26order%3Ddesc%26info%3D1%26sort%3Dname%26dir%3Ddesc%26columns%3Dname%252Ccreated%26density%3Dcompact%26view%3Dmine",
            Route::Connect { next },
        ),
        ("/workspaces", Route::workspaces()),
        (
            "/workspaces?q=env%3Dprod&sort=agents&dir=desc&archived=1",
            Route::Workspaces(WorkspacesState {
                search: "env=prod".to_owned(),
                sort: Some((WorkspaceColumn::Agents, Direction::Descending)),
                archived: true,
            }),
        ),
        ("/workspaces/w%2F1", Route::Workspace(workspace("w/1"))),
        ("/workspaces/w/secrets", Route::secrets(&workspace("w"))),
        (
            "/workspaces/w/secrets?q=a%20b&order=desc&info=1&sort=name&dir=desc&columns=name%2Ccreated&density=compact&view=mine",
            Route::Secrets(workspace("w"), list),
        ),
        (
            "/workspaces/w/secrets/new",
            Route::NewSecret(workspace("w"), Prefill::default()),
        ),
        (
            "/workspaces/w/secrets/new?name=A%20B",
            Route::NewSecret(workspace("w"), Prefill::named("A B")),
        ),
        ("/compare", Route::Compare(String::new())),
        ("/policy", Route::Policy),
        (
            "/compare?in=w,v&by=externalId&show=only:v",
            Route::Compare(
                CompareState {
                    workspaces: vec![workspace("w"), workspace("v")],
                    by: CompareBy::ExternalId,
                    show: CompareShow::Only(workspace("v")),
                    search: String::new(),
                }
                .to_query(),
            ),
        ),
        (
            "/workspaces/w/references",
            Route::References(workspace("w"), ReferencesState::default()),
        ),
        (
            "/workspaces/w/references?q=a%26b&show=missing",
            Route::References(
                workspace("w"),
                ReferencesState {
                    search: "a&b".to_owned(),
                    show: Show::Missing,
                },
            ),
        ),
        ("/search", Route::Search(SearchState::default())),
        ("/search?q=a%20b", Route::Search(SearchState::of("a b"))),
        (
            "/search?q=workspace:x&in=w/1%2Cv",
            Route::Search(SearchState {
                search: "workspace:x".to_owned(),
                workspaces: vec![workspace("w/1"), workspace("v")],
            }),
        ),
        ("/overview", Route::Overview(None)),
        ("/workspaces/w/overview", Route::Overview(Some(workspace("w")))),
        ("/workspaces/w/members", Route::Members(workspace("w"))),
        ("/workspaces/new", Route::NewWorkspace),
        ("/workspaces/w%3F/edit", Route::EditWorkspace(workspace("w?"))),
        (
            "/workspaces/w/secrets/s%3F",
            Route::Secret(workspace("w"), secret("s?")),
        ),
        (
            "/workspaces/w/secrets/s/edit",
            Route::EditSecret(workspace("w"), secret("s")),
        ),
    ] {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        assert_eq!(Route::parse(path, query), route, "{address}");
        assert_eq!(route.to_path(), address);
    }
}

#[test]
fn what_is_not_an_address() {
    for path in [
        "/nowhere",
        "/workspaces/w/other",
        "/workspaces/w/secrets/s/edit/more",
        "/workspaces/%ff",
        "/connect/x",
    ] {
        assert_eq!(Route::parse(path, ""), Route::Unknown, "{path}");
    }
}

#[test]
fn a_secret_is_edited_below_its_address() {
    let link = Route::parse_local("/workspaces/w%2F1/secrets/s%3F").unwrap();
    let edit = link.edit().unwrap();
    assert_eq!(edit.to_path(), "/workspaces/w%2F1/secrets/s%3F/edit");
    assert_eq!(edit.edit(), None);
    assert_eq!(Route::secrets(&workspace("w")).edit(), None);
    assert_eq!(
        Route::Workspace(workspace("w")).edit(),
        Some(Route::EditWorkspace(workspace("w")))
    );
}

#[test]
fn after_connecting_it_goes_nowhere_else() {
    for next in [
        "https://evil.example/",
        "//evil.example/workspaces",
        "/\\evil",
        "javascript:alert(1)",
        "/connect",
        "/nowhere",
    ] {
        let query = format!("next={}", encode(next));
        assert_eq!(
            Route::parse("/connect", &query),
            Route::Connect { next: None },
            "{next}"
        );
    }
}

#[test]
fn what_a_list_does_not_understand_is_left_out() {
    let state = ListState::parse("q=x&order=up&info=yes&sort=size&dir=down&density=none&other=1");
    assert_eq!(
        state,
        ListState {
            search: "x".to_owned(),
            ..ListState::default()
        }
    );
    assert_eq!(ListState::parse("q=a+b%2B").search, "a b+");
}

fn list_states() -> impl Strategy<Value = ListState> {
    let orders = prop_oneof![
        Just(None),
        Just(Some(SortOrder::Ascending)),
        Just(Some(SortOrder::Descending))
    ];
    let directions = prop_oneof![Just(Direction::Ascending), Just(Direction::Descending)];
    let sorts = proptest::option::of((proptest::sample::select(Column::ALL.to_vec()), directions));
    let columns = proptest::option::of(Just(Columns::default()));
    let views = proptest::option::of("[a-zA-Z &=%]{0,8}x");
    let densities = proptest::option::of(prop_oneof![Just(Density::Comfortable), Just(Density::Compact)]);
    (any::<String>(), orders, any::<bool>(), sorts, columns, densities, views).prop_map(
        |(search, order, info, sort, columns, density, view)| ListState {
            search,
            order,
            info,
            sort,
            columns,
            density,
            view,
        },
    )
}

proptest! {
    #[test]
    fn any_list_state_round_trips(state in list_states(), id in "[^/.][^/]{0,12}") {
        let Ok(id) = WorkspaceId::parse(id) else { return Ok(()) };
        let route = Route::Secrets(id, state);
        let address = route.to_path();
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        prop_assert_eq!(Route::parse(path, query), route.clone());
        let connect = Route::Connect { next: Some(Box::new(route)) };
        let address = connect.to_path();
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        prop_assert_eq!(Route::parse(path, query), connect);
    }

    #[test]
    fn parsing_never_panics(path in any::<String>(), query in any::<String>()) {
        let _ = Route::parse(&path, &query);
    }
}

#[test]
fn a_search_ignores_what_is_no_workspace() {
    let state = SearchState::parse("in=a,,a,b&q=x");
    assert_eq!(state.workspaces, [workspace("a"), workspace("b")]);
    assert_eq!(state.to_query(), "q=x&in=a%2Cb");
    let search = Route::Search(SearchState::of("key workspace:prod"));
    assert_eq!(
        search.in_workspace(&workspace("w")).to_path(),
        "/workspaces/w/secrets?q=key",
        "with the filter"
    );
    assert!(Route::Search(state).is_same_view(&Route::Search(SearchState::default())));
}
