//! The list of workspaces: put together from what the server's calls know, filtered and sorted.
//!
//! The filter is the language of the list of secrets ([`crate::list::query`]). `is:` also knows the statuses here, and a
//! condition that only secrets have is text, as any other word that is not understood.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use contract::{Workspace, WorkspaceId, WorkspaceStatus};

use crate::list::folded;
use crate::list::instant::Instant;
use crate::list::natural::append_key;
use crate::list::query::{Kind, Note, Query, Span};
use crate::route::{Direction, WorkspaceColumn, WorkspacesState};

/// A workspace of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceRow {
    /// The workspace. Its totals are absent where the server does not tell them.
    pub workspace: Workspace,
    /// Whether it is among the workspaces of the key's profile.
    pub is_own: bool,
}

/// The workspaces of all readings, by name: the own ones, the own ones with their totals, and those of the account.
#[must_use]
pub fn merged(own: &[Workspace], with_totals: &[Workspace], account: &[Workspace]) -> Vec<WorkspaceRow> {
    let mut rows: BTreeMap<&str, WorkspaceRow> = BTreeMap::new();
    let mine = own.iter().chain(with_totals).map(|workspace| (workspace, true));
    for (workspace, is_own) in mine.chain(account.iter().map(|workspace| (workspace, false))) {
        let known = rows.get(workspace.metadata.id.as_str());
        let is_own = is_own || known.is_some_and(|known| known.is_own);
        let totals = known.and_then(|known| known.workspace.info.clone());
        let mut workspace_row = WorkspaceRow {
            workspace: workspace.clone(),
            is_own,
        };
        if workspace_row.workspace.info.is_none() {
            workspace_row.workspace.info = totals;
        }
        rows.insert(workspace.metadata.id.as_str(), workspace_row);
    }
    let mut rows: Vec<WorkspaceRow> = rows.into_values().collect();
    rows.sort_by_cached_key(|row| name_key(&row.workspace));
    rows
}

/// What every view orders workspaces by, unless the user sorts them otherwise: the name as a sort key, then the id.
#[must_use]
pub fn name_key(workspace: &Workspace) -> (Vec<u8>, String) {
    let mut key = Vec::new();
    append_key(&workspace.metadata.name, &mut key);
    (key, workspace.metadata.id.to_string())
}

/// The rows that a state shows, in order. `secrets` is the number of loaded secrets of a workspace.
#[must_use]
pub fn arranged<'a>(
    rows: &'a [WorkspaceRow],
    state: &WorkspacesState,
    secrets: &dyn Fn(&WorkspaceId) -> Option<usize>,
    now: Instant,
) -> Vec<&'a WorkspaceRow> {
    let query = Query::parse(&state.search);
    let is_shown = |row: &&WorkspaceRow| is_listed(row, state) && fits(&row.workspace, &query, &state.search, now);
    let mut shown: Vec<&WorkspaceRow> = rows.iter().filter(is_shown).collect();
    if let Some((column, direction)) = state.sort {
        shown.sort_by(|one, other| compare(column, direction, &one.workspace, &other.workspace, secrets));
    }
    shown
}

/// How many rows a state would show without its search.
#[must_use]
pub fn listed_count(rows: &[WorkspaceRow], state: &WorkspacesState) -> usize {
    rows.iter().filter(|row| is_listed(row, state)).count()
}

fn is_listed(row: &WorkspaceRow, state: &WorkspacesState) -> bool {
    state.archived || row.workspace.status != WorkspaceStatus::Archived
}

/// The words of a search that mean nothing here: unknown qualifiers and those that only secrets have.
#[must_use]
pub fn unknown_words(search: &str) -> Vec<String> {
    let query = Query::parse(search);
    let word = |place: std::ops::Range<usize>| search.get(place).unwrap_or_default().to_owned();
    let foreign = query.terms.iter().filter(|term| is_of_secrets(&term.kind));
    let mut unknown: Vec<String> = foreign.map(|term| word(term.place.clone())).collect();
    unknown.extend(query.notes.into_iter().filter_map(|note| match note {
        Note::UnknownQualifier(qualifier) => Some(format!("{qualifier}:")),
        Note::UnknownValue(qualifier, value) if status_of(&qualifier, &value).is_none() => {
            Some(format!("{qualifier}:{value}"))
        }
        Note::UnknownValue(..) | Note::Incomplete(_) => None,
    }));
    unknown
}

/// Whether only secrets can meet a condition.
fn is_of_secrets(kind: &Kind) -> bool {
    !matches!(
        kind,
        Kind::Text(_)
            | Kind::Prefix(_)
            | Kind::Label(..)
            | Kind::ExactLabel(..)
            | Kind::HasExternalId
            | Kind::HasLabel
            | Kind::Created(_)
            | Kind::By(_)
            | Kind::ExactBy(_)
            | Kind::Id(_)
            | Kind::Ids(_)
    )
}

/// The status of `is:enabled`, `is:disabled` and `is:archived`.
fn status_of(qualifier: &str, value: &str) -> Option<WorkspaceStatus> {
    match (qualifier, value) {
        ("is", "enabled") => Some(WorkspaceStatus::Enabled),
        ("is", "disabled") => Some(WorkspaceStatus::Disabled),
        ("is", "archived") => Some(WorkspaceStatus::Archived),
        _ => None,
    }
}

fn fits(workspace: &Workspace, query: &Query, search: &str, now: Instant) -> bool {
    query.terms.iter().all(|term| {
        let word = search.get(term.place.clone()).unwrap_or_default();
        has(workspace, &term.kind, word.strip_prefix('-').unwrap_or(word), now) != term.is_negated
    })
}

/// Whether a workspace meets a condition, which is written as `word`.
fn has(workspace: &Workspace, kind: &Kind, word: &str, now: Instant) -> bool {
    let metadata = &workspace.metadata;
    let starts = |text: &str, with: &str| folded(text).starts_with(&folded(with));
    match kind {
        Kind::Text(text) => {
            let status = word
                .split_once(':')
                .and_then(|(qualifier, value)| status_of(qualifier, value));
            status.map_or_else(|| has_text(workspace, text), |status| workspace.status == status)
        }
        Kind::Prefix(text) => starts(&metadata.name, text),
        Kind::Label(key, value) => metadata.labels.iter().any(|(own_key, own_value)| {
            folded(own_key) == folded(key) && value.as_ref().is_none_or(|value| starts(own_value, value))
        }),
        Kind::ExactLabel(key, value) => metadata.labels.get(key) == Some(value),
        Kind::HasExternalId => metadata.external_id.as_deref().is_some_and(|id| !id.is_empty()),
        Kind::Created(span) => metadata.created_at.is_some_and(|created| {
            let created = created.timestamp_millis();
            match span {
                Span::After(bound) => created >= bound.instant(now),
                Span::Before(bound) => created < bound.instant(now),
            }
        }),
        Kind::By(who) | Kind::ExactBy(who) => metadata
            .profile_id
            .as_ref()
            .is_some_and(|id| folded(id.as_str()) == folded(who)),
        Kind::HasLabel => !metadata.labels.is_empty(),
        Kind::Id(id) => metadata.id.as_str().contains(id.as_str()),
        Kind::Ids(ids) => ids.iter().any(|id| id == metadata.id.as_str()),
        _ => has_text(workspace, word),
    }
}

/// Whether name, description, external ID or a label contains a text, or this is the id.
fn has_text(workspace: &Workspace, text: &str) -> bool {
    let wanted = folded(text);
    let holds = |text: &str| memchr::memmem::find(&folded(text), &wanted).is_some();
    let metadata = &workspace.metadata;
    let optional = [metadata.external_id.as_deref(), workspace.spec.description.as_deref()];
    holds(&metadata.name)
        || optional.into_iter().flatten().any(holds)
        || metadata
            .labels
            .iter()
            .any(|(key, value)| holds(&format!("{key}={value}")))
        || metadata.id.as_str() == text
}

/// What a column sorts by; absent values come last in both directions.
fn compare(
    column: WorkspaceColumn,
    direction: Direction,
    one: &Workspace,
    other: &Workspace,
    secrets: &dyn Fn(&WorkspaceId) -> Option<usize>,
) -> Ordering {
    let way = |ordering: Ordering| match direction {
        Direction::Ascending => ordering,
        Direction::Descending => ordering.reverse(),
    };
    let by = |number: &dyn Fn(&Workspace) -> Option<i64>| match (number(one), number(other)) {
        (Some(one), Some(other)) => way(one.cmp(&other)),
        (one, other) => one.is_none().cmp(&other.is_none()),
    };
    match column {
        WorkspaceColumn::Name => way(name_key(one).cmp(&name_key(other))),
        WorkspaceColumn::Labels => {
            let (one, other) = (&one.metadata.labels, &other.metadata.labels);
            match (one.is_empty(), other.is_empty()) {
                (false, false) => way(one.cmp(other)),
                (one, other) => one.cmp(&other),
            }
        }
        WorkspaceColumn::Status => by(&|workspace| {
            Some(match workspace.status {
                WorkspaceStatus::Enabled => 0,
                WorkspaceStatus::Disabled => 1,
                WorkspaceStatus::Archived => 2,
                WorkspaceStatus::Unknown(_) => 3,
            })
        }),
        WorkspaceColumn::Created => by(&|workspace| Some(workspace.metadata.created_at?.timestamp_millis())),
        WorkspaceColumn::Secrets => by(&|workspace| i64::try_from(secrets(&workspace.metadata.id)?).ok()),
        WorkspaceColumn::Agents | WorkspaceColumn::Variations | WorkspaceColumn::Tools | WorkspaceColumn::Memory => {
            by(&|workspace| i64::try_from(total(workspace, column)?).ok())
        }
    }
}

/// The total of a column, if the server tells it.
#[must_use]
pub fn total(workspace: &Workspace, column: WorkspaceColumn) -> Option<u64> {
    let info = workspace.info.as_ref()?;
    match column {
        WorkspaceColumn::Agents => info.total_agents,
        WorkspaceColumn::Variations => info.total_agent_variations,
        WorkspaceColumn::Tools => info.total_available_tools,
        WorkspaceColumn::Memory => info.total_memory_entries,
        WorkspaceColumn::Name
        | WorkspaceColumn::Status
        | WorkspaceColumn::Labels
        | WorkspaceColumn::Created
        | WorkspaceColumn::Secrets => None,
    }
}

#[cfg(test)]
mod tests {
    use contract::json::{self, FromJson as _};
    use proptest::prelude::*;

    use super::*;

    const NOW: Instant = 1_800_000_000_000;

    fn workspace(text: &str) -> Workspace {
        json::whole(text.as_bytes(), Workspace::read).unwrap().unwrap()
    }

    fn rows() -> Vec<WorkspaceRow> {
        let own = [
            workspace(
                r#"{"metadata": {"id": "w-1", "name": "Team 10", "externalId": "org/10", "labels": {"env": "production"},
                "profileId": "profile_alice", "createdAt": "2026-01-01T00:00:00Z"},
                "spec": {"description": "Answers customers."}, "status": "STATUS_ENABLED"}"#,
            ),
            workspace(r#"{"metadata": {"id": "w-2", "name": "team 9"}, "status": "STATUS_DISABLED"}"#),
        ];
        let totals = [workspace(
            r#"{"metadata": {"id": "w-1", "name": "Team 10", "externalId": "org/10", "labels": {"env": "production"},
            "profileId": "profile_alice", "createdAt": "2026-01-01T00:00:00Z"},
            "spec": {"description": "Answers customers."}, "status": "STATUS_ENABLED", "info": {"totalAgents": "14"}}"#,
        )];
        let account = [
            workspace(
                r#"{"metadata": {"id": "w-3", "name": "Alpha", "createdAt": "2020-01-01T00:00:00Z"}, "status": "STATUS_ARCHIVED"}"#,
            ),
            workspace(r#"{"metadata": {"id": "w-2", "name": "team 9"}, "status": "STATUS_ENABLED"}"#),
        ];
        merged(&own, &totals, &account)
    }

    fn names(search: &str, query: &str) -> Vec<String> {
        let state = WorkspacesState {
            search: search.to_owned(),
            ..WorkspacesState::parse(query)
        };
        let secrets = |id: &WorkspaceId| (id.as_str() == "w-2").then_some(3);
        let rows = rows();
        let shown = arranged(&rows, &state, &secrets, NOW);
        shown.iter().map(|row| row.workspace.metadata.name.clone()).collect()
    }

    #[test]
    fn each_call_adds_what_it_knows() {
        let rows = rows();
        let facts: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    row.workspace.metadata.id.as_str(),
                    row.is_own,
                    row.workspace.info.is_some(),
                )
            })
            .collect();
        assert_eq!(
            facts,
            [("w-3", false, false), ("w-2", true, false), ("w-1", true, true)],
            "by name, numbers by their size"
        );
        assert_eq!(
            rows[1].workspace.status,
            WorkspaceStatus::Enabled,
            "the latest answer counts"
        );
    }

    #[test]
    fn the_filters_of_the_list_of_secrets_fit_workspaces() {
        for (search, found) in [
            ("", vec!["Alpha", "team 9", "Team 10"]),
            ("TEAM", vec!["team 9", "Team 10"]),
            ("customers", vec!["Team 10"]),
            ("env=prod", vec!["Team 10"]),
            ("w-2", vec!["team 9"]),
            ("label:env=prod", vec!["Team 10"]),
            ("label:\"env=prod\"", vec![]),
            ("-label:env", vec!["Alpha", "team 9"]),
            ("prefix:al", vec!["Alpha"]),
            ("has:external-id", vec!["Team 10"]),
            ("has:label", vec!["Team 10"]),
            ("id:\"w-1,w-3\"", vec!["Alpha", "Team 10"]),
            ("by:\"profile_alice\"", vec!["Team 10"]),
            ("created:<2021-01-01", vec!["Alpha"]),
            ("by:profile_alice", vec!["Team 10"]),
            ("id:w-3", vec!["Alpha"]),
            ("is:archived", vec!["Alpha"]),
            ("-is:archived team", vec!["team 9", "Team 10"]),
            ("is:disabled", vec![]),
            ("bundle:x", vec![]),
        ] {
            assert_eq!(names(search, "archived=1"), found, "{search}");
        }
        assert_eq!(names("", ""), ["team 9", "Team 10"], "archived ones on request only");
    }

    #[test]
    fn archived_ones_count_only_while_they_are_shown() {
        let count = |query| listed_count(&rows(), &WorkspacesState::parse(query));
        assert_eq!((count(""), count("q=alpha"), count("archived=1")), (2, 2, 3));
    }

    #[test]
    fn absent_values_come_last_in_both_directions() {
        for (query, order) in [
            ("sort=name&dir=desc", ["Team 10", "team 9", "Alpha"]),
            ("sort=agents", ["Team 10", "Alpha", "team 9"]),
            ("sort=agents&dir=desc", ["Team 10", "Alpha", "team 9"]),
            ("sort=secrets&dir=desc", ["team 9", "Alpha", "Team 10"]),
            ("sort=created", ["Alpha", "Team 10", "team 9"]),
            ("sort=created&dir=desc", ["Team 10", "Alpha", "team 9"]),
            ("sort=labels", ["Team 10", "Alpha", "team 9"]),
            ("sort=status", ["team 9", "Team 10", "Alpha"]),
        ] {
            assert_eq!(names("", &format!("archived=1&{query}")), order, "{query}");
        }
    }

    #[test]
    fn words_that_mean_nothing_here_are_named() {
        assert_eq!(
            unknown_words("team is:archived label:env created:<30d by:x"),
            Vec::<String>::new()
        );
        assert_eq!(
            unknown_words("bundle:x stauts:y is:new -is:unused"),
            ["bundle:x", "-is:unused", "stauts:", "is:new"]
        );
    }

    proptest! {
        #[test]
        fn a_sort_keeps_every_row_and_nothing_panics(search in ".{0,30}", column in 0..WorkspaceColumn::ALL.len(), is_descending in any::<bool>()) {
            let rows = rows();
            let direction = if is_descending { Direction::Descending } else { Direction::Ascending };
            let sort = Some((WorkspaceColumn::ALL[column], direction));
            let state = WorkspacesState { search: String::new(), sort, archived: true };
            prop_assert_eq!(arranged(&rows, &state, &|_| None, NOW).len(), rows.len());
            let state = WorkspacesState { search: search.clone(), ..state };
            let _ = (arranged(&rows, &state, &|_| None, NOW), unknown_words(&search));
        }
    }
}
