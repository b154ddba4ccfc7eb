//! The secrets of the demo workspace Production.

use super::secrets::{DAY, DemoSecret, HOUR, secret};

/// The bundle that a platform repository applies. Of the time when bundles were a field: no label can have this value.
pub(crate) const PLATFORM: &str = "platform/base";
/// The bundle of the payments team, which is a label.
pub(crate) const PAYMENTS: &str = "payments-agents";

/// Most secrets of the demo.
pub(crate) const PRODUCTION: &[DemoSecret] = &[
    secret(
        "DATABASE_URL",
        "env=production,team=platform,example.com/tier=gold",
        1,
        730,
    )
    .external("vault:kv/prod/database")
    .bundle(PLATFORM)
    .updated(41)
    .used(2),
    secret(
        "DATABASE_READ_REPLICA_URL",
        "env=production,team=platform,example.com/tier=gold",
        1,
        729,
    )
    .external("vault:kv/prod/database-replica")
    .bundle(PLATFORM)
    .updated(41)
    .used(4),
    secret(
        "REDIS_URL",
        "env=production,team=platform,example.com/tier=gold",
        1,
        728,
    )
    .bundle(PLATFORM)
    .used(1),
    secret(
        "SESSION_SIGNING_KEY",
        "env=production,team=identity,example.com/tier=gold,rotation=quarterly",
        2,
        715,
    )
    .updated(88)
    .used(3),
    secret(
        "SESSION_SIGNING_KEY_PREVIOUS",
        "env=production,team=identity,rotation=quarterly",
        2,
        715,
    )
    .updated(88)
    .used(87 * DAY),
    secret(
        "OIDC_CLIENT_SECRET",
        "env=production,team=identity,vendor=example-id",
        2,
        700,
    )
    .external("okta-app-0oa7")
    .updated(210)
    .used(25),
    secret(
        "STRIPE_API_KEY",
        "env=production,team=payments,vendor=stripe,example.com/tier=gold,pci=yes",
        3,
        604,
    )
    .external("acct_prod_live")
    .bundle(PAYMENTS)
    .updated(17)
    .used(6),
    secret(
        "STRIPE_WEBHOOK_SECRET",
        "env=production,team=payments,vendor=stripe,pci=yes",
        3,
        604,
    )
    .external("we_prod_main")
    .bundle(PAYMENTS)
    .used(31),
    secret(
        "PAYPAL_CLIENT_SECRET",
        "env=production,team=payments,vendor=paypal,pci=yes",
        3,
        590,
    )
    .bundle(PAYMENTS)
    .used(401 * DAY),
    secret(
        "ADYEN_HMAC_KEY",
        "env=production,team=payments,vendor=adyen,pci=yes",
        12,
        148,
    )
    .bundle(PAYMENTS)
    .used(3 * HOUR),
    secret("SENDGRID_API_KEY", "env=production,team=growth,vendor=sendgrid", 4, 470)
        .external("sg-prod-1")
        .used(50),
    secret(
        "MAILGUN_API_KEY",
        "env=production,team=growth,vendor=mailgun,deprecated=true",
        1,
        726,
    )
    .used(502 * DAY),
    secret("TWILIO_AUTH_TOKEN", "env=production,team=growth,vendor=twilio", 4, 455)
        .updated(120)
        .used(7 * HOUR),
    secret("SLACK_BOT_TOKEN", "env=production,team=platform,vendor=slack", 9, 690)
        .external("T024BE7LD")
        .used(11),
    secret(
        "SLACK_SIGNING_SECRET",
        "env=production,team=platform,vendor=slack",
        9,
        690,
    )
    .external("T024BE7LD")
    .used(11),
    secret(
        "GITHUB_APP_PRIVATE_KEY",
        "env=production,team=platform,vendor=github,example.com/tier=gold",
        9,
        688,
    )
    .external("app/180023")
    .updated(95)
    .used(19),
    secret(
        "GITHUB_WEBHOOK_SECRET",
        "env=production,team=platform,vendor=github",
        9,
        688,
    )
    .external("app/180023")
    .used(19),
    secret(
        "SENTRY_AUTH_TOKEN",
        "env=production,team=platform,vendor=sentry",
        10,
        515,
    )
    .used(26 * HOUR),
    secret("SENTRY_DSN", "env=production,team=platform,vendor=sentry", 10, 515).used(5),
    secret(
        "DATADOG_API_KEY",
        "env=production,team=platform,vendor=datadog",
        10,
        510,
    )
    .external("dd-org-eu1")
    .used(1),
    secret(
        "DATADOG_APP_KEY",
        "env=production,team=platform,vendor=datadog",
        10,
        510,
    )
    .external("dd-org-eu1"),
    secret(
        "AWS_ACCESS_KEY_ID",
        "env=production,team=platform,vendor=aws,example.com/region=eu-central-1",
        10,
        508,
    )
    .external("arn:aws:iam::000000000000:user/agents")
    .updated(30)
    .used(8),
    secret(
        "AWS_SECRET_ACCESS_KEY",
        "env=production,team=platform,vendor=aws,example.com/region=eu-central-1",
        10,
        508,
    )
    .external("arn:aws:iam::000000000000:user/agents")
    .updated(30)
    .used(8),
    secret(
        "GCP_SERVICE_ACCOUNT_JSON",
        "env=production,team=data,vendor=gcp",
        5,
        344,
    )
    .external("agents@example-prod.iam")
    .updated(60)
    .used(2 * HOUR),
    secret("BIGQUERY_DATASET_TOKEN", "env=production,team=data,vendor=gcp", 5, 340).used(14 * HOUR),
    secret(
        "SNOWFLAKE_PASSWORD",
        "env=production,team=data,vendor=snowflake",
        5,
        338,
    )
    .updated(9)
    .used(45),
    secret(
        "OPENAI_API_KEY",
        "env=production,team=agents,vendor=openai,example.com/tier=gold",
        6,
        185,
    )
    .updated(21)
    .used(1),
    secret(
        "ANTHROPIC_API_KEY",
        "env=production,team=agents,vendor=anthropic,example.com/tier=gold",
        6,
        184,
    )
    .updated(21)
    .used(1),
    secret(
        "ELEVENLABS_API_KEY",
        "env=production,team=agents,vendor=elevenlabs",
        6,
        96,
    ),
    secret("SUPPORT_CRM_TOKEN", "env=production,team=support", 8, 11)
        .external("crm-4411")
        .used(33),
    secret("HELPDESK_API_KEY", "env=production,team=support", 8, 10),
    secret("SCHLÜSSEL FÜR LIEFERANTEN-API", "env=production,team=einkauf", 3, 420)
        .external("lieferant-münchen")
        .used(12 * DAY),
    secret(
        "東京リージョン接続キー",
        "env=production,team=platform,example.com/region=ap-northeast-1",
        4,
        402,
    )
    .external("tokyo-01")
    .used(4 * HOUR),
    secret("CLÉ D’INTÉGRATION « PAIE »", "env=production,team=finance", 2, 377).used(29 * DAY),
    secret("LEGACY_SOAP_PASSWORD", "env=production,deprecated=true", 1, 724)
        .external("soap/legacy")
        .used(610 * DAY),
    secret(
        "FTP_PARTNER_PASSWORD",
        "env=production,team=finance,deprecated=true",
        2,
        711,
    ),
    secret("WEBHOOK_SIGNING_SECRET", "env=production,team=platform", 11, 290)
        .updated(4)
        .used(15),
    secret(
        "ROTATION_CANARY",
        "env=production,team=platform,rotation=nightly",
        11,
        289,
    )
    .updated(1)
    .used(9 * HOUR),
    secret("PENDING_VENDOR_KEY", "env=production,team=growth", 7, 3).empty(),
];
