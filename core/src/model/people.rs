//! Who can be added to a workspace.

use contract::calls::NewMember;
use contract::{Profile, ProfileType, WorkspaceMember};

/// A person or a key that can be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Whom to add.
    pub member: NewMember,
    /// The name, or the email address of somebody unknown.
    pub name: String,
    /// What is known of it.
    pub standing: Standing,
}

/// What adding a person means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In the account, and no member yet.
    Known,
    /// A member already: adding it again changes nothing.
    Member,
    /// Not in the account: it is invited.
    Invited,
    /// The account could not be searched, or not all that was found could be read: it is added or invited.
    Unclear,
}

/// Those whom a search offers: the people and keys found, and last the address that was typed, if it belongs to none of
/// them. `found` is none if the search failed; `is_complete` is whether it has all that the search found.
#[must_use]
pub fn offered(typed: &str, found: Option<&[Profile]>, is_complete: bool, members: &[WorkspaceMember]) -> Vec<Person> {
    let is_member = |profile: &Profile| members.iter().any(|member| member.profile_id == profile.metadata.id);
    let of = |profile: &Profile| Person {
        member: NewMember::ProfileId(profile.metadata.id.clone()),
        name: profile.display_name().to_owned(),
        standing: if is_member(profile) {
            Standing::Member
        } else {
            Standing::Known
        },
    };
    // The platform itself is in every workspace.
    let can_join = |profile: &&Profile| profile.spec.kind != ProfileType::System;
    let mut people: Vec<Person> = found.unwrap_or_default().iter().filter(can_join).map(of).collect();
    let email = typed.trim();
    let has_it = |profile: &Profile| {
        profile
            .spec
            .email
            .as_deref()
            .is_some_and(|known| known.eq_ignore_ascii_case(email))
    };
    if is_email(email) && !found.unwrap_or_default().iter().any(has_it) {
        people.push(Person {
            member: NewMember::Email(email.to_owned()),
            name: email.to_owned(),
            standing: if found.is_some() && is_complete {
                Standing::Invited
            } else {
                Standing::Unclear
            },
        });
    }
    people
}

/// Whether a text looks like a whole email address. The server decides.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let is_clean = !text.contains(|character: char| character.is_whitespace() || character.is_control());
    let is_host = host.contains('.') && host.split('.').all(|part| !part.is_empty()) && !host.contains('@');
    is_clean && is_host && !name.is_empty() && !name.contains('@')
}

#[cfg(test)]
mod tests {
    use contract::{Answer, Page};
    use proptest::prelude::*;

    use super::*;

    fn profiles(json: &str) -> Vec<Profile> {
        let page = format!(r#"{{"items": [{json}]}}"#);
        <Page<Profile> as Answer>::decode(page.as_bytes()).unwrap().items
    }

    fn members(json: &str) -> Vec<WorkspaceMember> {
        let page = format!(r#"{{"items": [{json}]}}"#);
        <Page<WorkspaceMember> as Answer>::decode(page.as_bytes())
            .unwrap()
            .items
    }

    const ZOE: &str = r#"{"metadata": {"id": "p-1", "name": "Zoë"}, "spec": {"type": "PROFILE_TYPE_USER", "email": "Zoe@example.com"}}"#;

    fn standings(people: &[Person]) -> Vec<(&str, Standing)> {
        people
            .iter()
            .map(|person| (person.name.as_str(), person.standing))
            .collect()
    }

    #[test]
    fn who_is_a_member_is_offered_as_such() {
        let found = profiles(ZOE);
        assert_eq!(
            standings(&offered("zo", Some(&found), true, &[])),
            [("Zoë", Standing::Known)]
        );
        let present = members(r#"{"profileId": "p-1"}"#);
        assert_eq!(
            standings(&offered("zo", Some(&found), true, &present)),
            [("Zoë", Standing::Member)]
        );
    }

    #[test]
    fn an_address_that_nobody_has_is_invited() {
        let found = profiles(ZOE);
        let offer = |typed, found: Option<&[Profile]>| {
            let people = offered(typed, found, true, &[]);
            people.last().map(|person| person.standing)
        };
        assert_eq!(offer(" new@example.com ", Some(&[])), Some(Standing::Invited));
        assert_eq!(
            offer("zoe@EXAMPLE.com", Some(&found)),
            Some(Standing::Known),
            "it is Zoë's"
        );
        assert_eq!(
            offer("new@example.com", None),
            Some(Standing::Unclear),
            "nobody could be looked up"
        );
        assert_eq!(offer("new@example", Some(&[])), None);
        assert_eq!(
            standings(&offered("new@example.com", Some(&[]), false, &[])),
            [("new@example.com", Standing::Unclear)],
            "it may be one of those that can't be read"
        );
    }

    #[test]
    fn the_platform_itself_is_not_offered() {
        let system = profiles(r#"{"metadata": {"id": "p-2", "name": "S"}, "spec": {"type": "PROFILE_TYPE_SYSTEM"}}"#);
        assert_eq!(offered("s", Some(&system), true, &[]), []);
    }

    #[test]
    fn whole_addresses() {
        for text in ["a@b.c", "first.last+tag@sub.example.com", "ünï@example.org"] {
            assert!(is_email(text), "{text}");
        }
        for text in ["", "a", "a@b", "@b.c", "a@.c", "a@b.", "a b@c.d", "a@b@c.d", "a@b..c"] {
            assert!(!is_email(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn at_most_one_address_is_offered_and_only_as_typed(typed in any::<String>()) {
            let people = offered(&typed, Some(&[]), true, &[]);
            prop_assert!(people.len() <= 1);
            prop_assert!(people.iter().all(|person| person.name == typed.trim()));
        }
    }
}
