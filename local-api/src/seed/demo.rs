//! The demo account: five workspaces, people and keys, about 60 secrets of the last two years.

use contract::{BUNDLE_LABEL, Labels, WorkspaceStatus, label};
use rusqlite::Transaction;

use super::generator::Generator;
use super::people::{PEOPLE, SYSTEM};
use super::production::PRODUCTION;
use super::secrets::DemoSecret;
use super::smaller::{ARCHIVED, RESEARCH, STAGING};
use super::tools::{self, DemoToolSet};
use crate::clock::{DAY, MINUTE, Micros};
use crate::failure::Refusal;
use crate::identifiers::Kind;
use crate::store::workspaces::NewWorkspace;
use crate::store::{members, profiles, rows, secrets, workspaces};

/// Makes the demo data the same each time.
const SEED: u64 = 0x5EC2_E700;

struct DemoWorkspace {
    name: &'static str,
    description: &'static str,
    labels: &'static str,
    external_id: Option<&'static str>,
    status: WorkspaceStatus,
    totals: [u32; 4],
    days: i64,
    /// Places in `PEOPLE`, in the order in which they joined.
    members: &'static [usize],
    secrets: &'static [DemoSecret],
    tools: &'static [DemoToolSet],
}

const WORKSPACES: &[DemoWorkspace] = &[
    DemoWorkspace {
        name: "Production",
        description: "Agents that answer customers. Changes need a second pair of eyes; ask #platform first.",
        labels: "env=production,example.com/tier=gold",
        external_id: Some("org/production"),
        status: WorkspaceStatus::Enabled,
        totals: [14, 37, 122, 48_210],
        days: 750,
        members: &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        secrets: PRODUCTION,
        tools: tools::PRODUCTION,
    },
    DemoWorkspace {
        name: "Staging",
        description: "The dress rehearsal: same agents, test accounts, no customer data.",
        labels: "env=staging",
        external_id: Some("org/staging"),
        status: WorkspaceStatus::Enabled,
        totals: [14, 41, 119, 2_304],
        days: 749,
        members: &[1, 2, 3, 4, 6, 7, 9, 10, 11],
        secrets: STAGING,
        tools: tools::STAGING,
    },
    DemoWorkspace {
        name: "Research",
        description: "Experiments. Things break here so that they do not break elsewhere.",
        labels: "env=research,team=agents",
        external_id: None,
        status: WorkspaceStatus::Enabled,
        totals: [5, 63, 31, 918],
        days: 360,
        members: &[3, 4, 5, 8],
        secrets: RESEARCH,
        tools: &[],
    },
    DemoWorkspace {
        name: "Empty",
        description: "New: nothing has been put here yet.",
        labels: "",
        external_id: None,
        status: WorkspaceStatus::Enabled,
        totals: [0; 4],
        days: 2,
        members: &[1, 7],
        secrets: &[],
        tools: &[],
    },
    DemoWorkspace {
        name: "Pilot 2024",
        description: "The first pilot, kept for the record.",
        labels: "env=production",
        external_id: Some("org/pilot-2024"),
        status: WorkspaceStatus::Archived,
        totals: [2, 2, 9, 140],
        days: 758,
        members: &[1, 2],
        secrets: ARCHIVED,
        tools: &[],
    },
];

/// Plants it all, relative to `now`.
pub(crate) fn plant(transaction: &Transaction<'_>, now: Micros) -> Result<(), Refusal> {
    let mut generator = Generator::new(SEED);
    let people: Vec<String> = PEOPLE.iter().map(|_| generator.id(Kind::Profile)).collect();
    let system = people.get(SYSTEM).ok_or_else(nobody)?;
    for (person, id) in PEOPLE.iter().zip(&people) {
        let profile = profiles::NewProfile {
            id,
            kind: person.kind.clone(),
            name: person.name,
            email: person.email,
            external_id: None,
            labels: &Labels::new(),
            created_by: system,
            created_at: now - person.days * DAY,
        };
        profiles::insert(transaction, &profile)?;
    }
    for (number, workspace) in WORKSPACES.iter().enumerate() {
        let id = plant_workspace(transaction, now, &mut generator, workspace, &people)?;
        tools::plant(transaction, now, (&id, number), system, workspace.tools)?;
    }
    Ok(())
}

fn plant_workspace(
    transaction: &Transaction<'_>,
    now: Micros,
    generator: &mut Generator,
    workspace: &DemoWorkspace,
    people: &[String],
) -> Result<String, Refusal> {
    let id = generator.id(Kind::Workspace);
    let created_at = now - workspace.days * DAY;
    let founder = workspace.members.first().copied().unwrap_or(SYSTEM);
    workspaces::insert(
        transaction,
        &NewWorkspace {
            id: &id,
            name: workspace.name,
            description: Some(workspace.description),
            status: workspace.status.clone(),
            external_id: workspace.external_id,
            labels: &labels(workspace.labels)?,
            totals: workspace.totals,
            created_by: people.get(founder).ok_or_else(nobody)?,
            created_at,
        },
    )?;
    for member in workspace.members {
        let profile = people.get(*member).ok_or_else(nobody)?;
        let days = PEOPLE.get(*member).map_or(0, |person| person.days);
        // Nobody joined before they were there.
        let added_at = created_at.max(now - days * DAY) + MINUTE;
        members::add_as(transaction, &id, profile, &generator.id(Kind::Actor), added_at)?;
    }
    for secret in workspace.secrets {
        plant_secret(transaction, now, generator, (&id, people), secret)?;
    }
    Ok(id)
}

fn plant_secret(
    transaction: &Transaction<'_>,
    now: Micros,
    generator: &mut Generator,
    (workspace, people): (&str, &[String]),
    secret: &DemoSecret,
) -> Result<(), Refusal> {
    let id = generator.id(Kind::Secret);
    // Some hours and minutes beside the days, or everything would have been made at the same time of day.
    let moment = |generator: &mut Generator, days: i64| {
        let minutes = i64::try_from(generator.below(20 * 60)).unwrap_or_default();
        now - days * DAY - minutes * MINUTE
    };
    let created_at = moment(generator, secret.created);
    let updated_at = secret
        .updated
        .map(|days| moment(generator, days).max(created_at + MINUTE));
    let value = format!("fake-demo-value-{:016x}", generator.number());
    let mut labels = labels(secret.labels)?;
    // A bundle is a label; older ones, whose keys no label can hold, are a field.
    let (in_label, in_field): (Vec<&str>, Vec<&str>) = secret
        .bundle
        .into_iter()
        .partition(|bundle| label::check_value(bundle).is_ok());
    labels.extend(
        in_label
            .iter()
            .map(|bundle| (BUNDLE_LABEL.to_owned(), (*bundle).to_owned())),
    );
    secrets::insert(
        transaction,
        &secrets::NewSecret {
            id: &id,
            workspace,
            name: secret.name,
            external_id: secret.external_id,
            labels: &rows::labels_text(&labels)?,
            bundle_key: in_field.first().copied(),
            created_by: people.get(secret.creator).ok_or_else(nobody)?,
            created_at,
            updated_at,
            last_used_at: secret.used.map(|minutes| now - minutes * MINUTE),
            value: secret.has_value.then_some(value.as_str()),
        },
    )
}

fn labels(text: &str) -> Result<Labels, Refusal> {
    label::from_filter(text).map_err(|pair| Refusal::internal(format_args!("demo label {pair}")))
}

fn nobody() -> Refusal {
    Refusal::internal("the demo data names a person who is not there")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_data_keeps_the_rules() {
        assert_eq!(WORKSPACES.len(), 5);
        let total: usize = WORKSPACES.iter().map(|it| it.secrets.len()).sum();
        assert!((55..=65).contains(&total), "{total}");
        for workspace in WORKSPACES {
            assert!(labels(workspace.labels).is_ok(), "{}", workspace.name);
            for secret in workspace.secrets {
                assert!(labels(secret.labels).is_ok(), "{}", secret.name);
                assert!(contract::name::check(secret.name).is_ok(), "{}", secret.name);
                assert_eq!(
                    contract::name::upper_cased(secret.name),
                    secret.name,
                    "as the server saves names"
                );
                let creator = PEOPLE.get(secret.creator).unwrap();
                assert!(creator.days > secret.created, "{} before {}", secret.name, creator.name);
                assert!(secret.created < workspace.days, "{}", secret.name);
                assert!(
                    secret.used.is_none_or(|minutes| minutes <= secret.created * 24 * 60),
                    "{}",
                    secret.name
                );
                assert!(
                    secret.updated.is_none_or(|days| days < secret.created),
                    "{}",
                    secret.name
                );
            }
        }
    }
}
