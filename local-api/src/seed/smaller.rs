//! The secrets of the smaller demo workspaces.

use super::production::{PAYMENTS, PLATFORM};
use super::secrets::{DAY, DemoSecret, HOUR, secret};

/// Staging: copies of a few, used less.
pub(crate) const STAGING: &[DemoSecret] = &[
    secret("DATABASE_URL", "env=staging,team=platform", 1, 722)
        .external("vault:kv/staging/database")
        .bundle(PLATFORM)
        .updated(40)
        .used(22),
    secret("REDIS_URL", "env=staging,team=platform", 1, 722)
        .bundle(PLATFORM)
        .used(22),
    secret("SESSION_SIGNING_KEY", "env=staging,team=identity", 2, 713).used(3 * HOUR),
    secret("STRIPE_API_KEY", "env=staging,team=payments,vendor=stripe", 3, 601)
        .external("acct_test")
        .bundle(PAYMENTS)
        .used(28 * HOUR),
    secret(
        "STRIPE_WEBHOOK_SECRET",
        "env=staging,team=payments,vendor=stripe",
        3,
        601,
    )
    .external("we_test")
    .bundle(PAYMENTS)
    .used(28 * HOUR),
    secret("SENDGRID_API_KEY", "env=staging,team=growth,vendor=sendgrid", 4, 466).used(6 * DAY),
    secret(
        "GITHUB_APP_PRIVATE_KEY",
        "env=staging,team=platform,vendor=github",
        9,
        686,
    )
    .external("app/180024")
    .used(50),
    secret("OPENAI_API_KEY", "env=staging,team=agents,vendor=openai", 6, 182).used(40),
    secret("ANTHROPIC_API_KEY", "env=staging,team=agents,vendor=anthropic", 6, 182).used(41),
    secret("FEATURE_FLAGS_SDK_KEY", "env=staging,team=platform", 10, 330),
    secret("LOAD_TEST_TOKEN", "env=staging,team=platform,temporary=true", 7, 58).used(55 * DAY),
    secret("PLAYWRIGHT_ACCOUNT_PASSWORD", "env=staging,team=quality", 7, 51).used(2 * DAY),
    secret("NIGHTLY BUILD 🌙", "env=staging,team=quality", 11, 44).used(10 * HOUR),
];

/// Research: experiments.
pub(crate) const RESEARCH: &[DemoSecret] = &[
    secret(
        "HUGGINGFACE_TOKEN",
        "env=research,team=agents,vendor=huggingface",
        5,
        351,
    )
    .used(90),
    secret("WANDB_API_KEY", "env=research,team=agents,vendor=wandb", 5, 350).used(5 * HOUR),
    secret("ARXIV_MIRROR_TOKEN", "env=research", 4, 222),
    secret(
        "EXPERIMENT_ÅNGSTRÖM_KEY",
        "env=research,example.com/project=angstrom",
        3,
        130,
    )
    .used(33 * DAY),
    secret("КЛЮЧ-ДО-АРХІВУ", "env=research,example.com/project=archive", 5, 101).used(70 * DAY),
    secret("SCRAPER_PROXY_PASSWORD", "env=research,temporary=true", 8, 9)
        .updated(2)
        .used(13),
];

/// The archived workspace: its secrets cannot be reached.
pub(crate) const ARCHIVED: &[DemoSecret] = &[
    secret("OLD_DATABASE_URL", "env=production", 1, 745).used(580 * DAY),
    secret("OLD_API_TOKEN", "env=production", 1, 745).used(585 * DAY),
];
