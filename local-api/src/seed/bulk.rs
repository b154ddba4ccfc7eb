//! A workspace with any number of secrets, to test the console at scale.

use std::sync::atomic::{AtomicBool, Ordering};

use contract::{Labels, ProfileType, WorkspaceStatus};
use rusqlite::Transaction;

use super::generator::Generator;
use super::tools;
use crate::clock::{DAY, MINUTE, Micros};
use crate::failure::Refusal;
use crate::identifiers::Kind;
use crate::store::profiles::NewProfile;
use crate::store::secrets::NewSecret;
use crate::store::workspaces::NewWorkspace;
use crate::store::{profiles, secrets, workspaces};

/// Makes the secrets the same each time.
const SEED: u64 = 0xB01C;

/// The first secret is this old, the last one is new.
const SPAN: Micros = 700 * DAY;

const TEAMS: [&str; 8] = [
    "payments", "identity", "platform", "growth", "data", "support", "agents", "finance",
];
const ENVIRONMENTS: [&str; 4] = ["production", "staging", "research", "sandbox"];
const KINDS: [&str; 8] = [
    "API_KEY",
    "DATABASE_URL",
    "WEBHOOK_SECRET",
    "SIGNING_KEY",
    "CLIENT_SECRET",
    "PASSWORD",
    "ACCESS_TOKEN",
    "LICENCE_KEY",
];
const BUNDLES: [&str; 2] = ["platform/base", "payments/agents"];

/// Plants the workspace. Gives up once `stopping` is set: the transaction is then rolled back.
pub(crate) fn plant(
    transaction: &Transaction<'_>,
    now: Micros,
    count: u32,
    stopping: &AtomicBool,
) -> Result<(), Refusal> {
    let made = Made {
        name: "Bulk",
        description: &format!("{count} secrets, made by --seed {count}."),
        external_id: "local-api:bulk",
        number: 0,
    };
    let (workspace, profile, names) = plant_workspace(transaction, now, count, &made, stopping)?;
    tools::plant_bulk(transaction, now, &workspace, &profile, &names)
}

/// Plants several workspaces. Their secrets have the same names, but each misses some that others have.
pub(crate) fn plant_across(
    transaction: &Transaction<'_>,
    now: Micros,
    workspaces: u32,
    count: u32,
    stopping: &AtomicBool,
) -> Result<(), Refusal> {
    for number in 1..=workspaces {
        let made = Made {
            name: &format!("Bulk {number:02}"),
            description: &format!("{count} secrets, made by --seed {workspaces}x{count}."),
            external_id: &format!("local-api:bulk-{number:02}"),
            number,
        };
        plant_workspace(transaction, now, count, &made, stopping)?;
    }
    Ok(())
}

/// What differs between the workspaces.
struct Made<'a> {
    name: &'a str,
    description: &'a str,
    external_id: &'a str,
    /// From 1, or 0 for the only one.
    number: u32,
}

/// Plants a workspace. Returns its id, the profile that made it, and the names of its secrets.
fn plant_workspace(
    transaction: &Transaction<'_>,
    now: Micros,
    count: u32,
    made: &Made<'_>,
    stopping: &AtomicBool,
) -> Result<(String, String, Vec<String>), Refusal> {
    let mut generator = Generator::salted(SEED, made.number);
    let profile = generator.id(Kind::Profile);
    let workspace = generator.id(Kind::Workspace);
    let created_at = now - SPAN - DAY;
    profiles::insert(
        transaction,
        &NewProfile {
            id: &profile,
            kind: ProfileType::ApiKey,
            name: "bulk-import",
            email: None,
            external_id: None,
            labels: &Labels::new(),
            created_by: &profile,
            created_at,
        },
    )?;
    workspaces::insert(
        transaction,
        &NewWorkspace {
            id: &workspace,
            name: made.name,
            description: Some(made.description),
            status: WorkspaceStatus::Enabled,
            external_id: Some(made.external_id),
            labels: &Labels::new(),
            totals: [0; 4],
            created_by: &profile,
            created_at,
        },
    )?;
    let owner = Owner {
        profile: &profile,
        workspace: &workspace,
        now,
        count: i64::from(count).max(1),
    };
    let mut names = Vec::new();
    for number in 0..count {
        if stopping.load(Ordering::Relaxed) {
            return Err(Refusal::stopping());
        }
        // One in fifty of the names is that of this workspace alone, and missing from the others.
        let is_own = made.number > 0 && number % 50 == made.number % 50;
        let shift = if is_own { count.saturating_mul(made.number) } else { 0 };
        names.push(plant_one(transaction, &mut generator, &owner, (number, shift))?);
    }
    Ok((workspace, profile, names))
}

struct Owner<'a> {
    profile: &'a str,
    workspace: &'a str,
    now: Micros,
    count: i64,
}

fn plant_one(
    transaction: &Transaction<'_>,
    generator: &mut Generator,
    owner: &Owner<'_>,
    (number, shift): (u32, u32),
) -> Result<String, Refusal> {
    let id = generator.id(Kind::Secret);
    let dice = generator.number();
    let team = pick(&TEAMS, dice);
    let environment = pick(&ENVIRONMENTS, dice >> 8);
    let kind = pick(&KINDS, dice >> 16);
    let shown = number.saturating_add(shift);
    let name = format!("{}_{kind}_{shown:06}", team.to_ascii_uppercase());
    let labels = format!(
        r#"{{"env":"{environment}","example.com/tier":"{}","team":"{team}"}}"#,
        dice >> 24 & 3
    );
    let external_id = (dice >> 32 & 3 == 0).then(|| format!("ext-{number:06}"));
    let bundle_key = (dice >> 36 & 7 == 0).then(|| pick(&BUNDLES, dice >> 40));
    let created_at = owner.now - SPAN + SPAN / owner.count * i64::from(number);
    let age = u64::try_from((owner.now - created_at) / MINUTE).unwrap_or_default();
    // A third was never used; the others at some time since they were made.
    let minutes_ago = i64::try_from(generator.below(age.max(1))).unwrap_or_default();
    let last_used_at = (dice >> 44)
        .checked_rem(3)
        .filter(|it| *it > 0)
        .map(|_| owner.now - minutes_ago * MINUTE);
    let value = format!("fake-bulk-value-{number:06}-{dice:016x}");
    secrets::insert(
        transaction,
        &NewSecret {
            id: &id,
            workspace: owner.workspace,
            name: &name,
            external_id: external_id.as_deref(),
            labels: &labels,
            bundle_key,
            created_by: owner.profile,
            created_at,
            updated_at: None,
            last_used_at,
            value: Some(&value),
        },
    )?;
    Ok(name)
}

fn pick(from: &[&'static str], dice: u64) -> &'static str {
    let index = usize::try_from(dice & 0xFF).unwrap_or_default();
    from.get(index.checked_rem(from.len()).unwrap_or_default())
        .copied()
        .unwrap_or_default()
}
