//! Who is in the demo account.

use contract::ProfileType;

/// A profile of the demo account.
pub(crate) struct Person {
    pub(crate) kind: ProfileType,
    pub(crate) name: &'static str,
    pub(crate) email: Option<&'static str>,
    /// When it was created, in days before now.
    pub(crate) days: i64,
}

const fn user(name: &'static str, email: &'static str, days: i64) -> Person {
    Person {
        kind: ProfileType::User,
        name,
        email: Some(email),
        days,
    }
}

const fn key(name: &'static str, days: i64) -> Person {
    Person {
        kind: ProfileType::ApiKey,
        name,
        email: None,
        days,
    }
}

/// The platform itself; it created the account's first profiles.
pub(crate) const SYSTEM: usize = 0;

/// Everyone, by their place in this list.
pub(crate) const PEOPLE: &[Person] = &[
    Person {
        kind: ProfileType::System,
        name: "System",
        email: None,
        days: 760,
    },
    user("Amara Okafor", "amara.okafor@example.com", 755),
    user("José Ángel Muñoz", "jose.munoz@example.com", 740),
    user("Zoë Lindqvist", "zoe.lindqvist@example.com", 610),
    user("佐藤 美咲", "misaki.sato@example.com", 480),
    user("Дмитро Шевченко", "dmytro.shevchenko@example.com", 365),
    user("Grace Hopper-Nguyen", "grace.hopper-nguyen@example.com", 190),
    user("Małgorzata Wiśniewska", "malgorzata.wisniewska@example.com", 64),
    user("Sam Taylor", "sam.taylor@example.com", 12),
    key("ci-deploy", 700),
    key("terraform", 520),
    key("nightly-rotation", 300),
    key("billing-worker", 150),
];
