//! Decoding meets whatever a server, a proxy or a broken connection sends: it never panics, and what it says of it
//! never holds what was in it.

#[cfg(test)]
mod tests {
    use crate::common::{
        full_member, full_profile, full_secret, full_status, full_workspace, page_of, resource_metadata,
        workspace_metadata,
    };
    use contract::{
        Answer, Listed, Nothing, Page, Profile, Status, Tool, ToolSet, ToolSetUsage, WhoAmI, Workspace,
        WorkspaceMember, WorkspaceSecret,
    };
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// Runs every decoder there is; what each of them said of the bytes, printed.
    fn decode_all(bytes: &[u8]) -> Vec<String> {
        fn said<T: Answer + std::fmt::Debug>(bytes: &[u8]) -> String {
            format!("{:?}", T::decode(bytes))
        }
        vec![
            said::<WorkspaceSecret>(bytes),
            said::<Workspace>(bytes),
            said::<WorkspaceMember>(bytes),
            said::<WhoAmI>(bytes),
            said::<Page<WorkspaceSecret>>(bytes),
            said::<Page<Workspace>>(bytes),
            said::<Page<WorkspaceMember>>(bytes),
            said::<Page<Profile>>(bytes),
            said::<Page<Listed<ToolSet>>>(bytes),
            said::<Page<Listed<Tool>>>(bytes),
            said::<Page<Listed<ToolSetUsage>>>(bytes),
            said::<Nothing>(bytes),
            format!("{:?}", Status::decode(bytes)),
        ]
    }

    fn valid_bodies() -> Vec<Value> {
        vec![
            full_secret(),
            full_workspace(),
            full_member(),
            full_profile(),
            page_of(&[full_secret(), full_secret()]),
            page_of(&[full_workspace()]),
            page_of(&[full_member()]),
            page_of(&[full_profile()]),
            full_status(),
        ]
    }

    /// One way to damage bytes.
    #[derive(Debug, Clone)]
    enum Damage {
        Cut(usize),
        Drop(usize, usize),
        Insert(usize, Vec<u8>),
        Replace(usize, u8),
    }

    fn damage() -> impl Strategy<Value = Damage> {
        let token = prop::sample::select(vec![
            "null",
            "\"\"",
            "1e999",
            "-0",
            "99999999999999999999",
            "[",
            "{",
            "}",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\ud800",
            "\\u0000",
            "true",
            "[[[[[[[[",
            "{\"a\":",
            "\u{feff}",
        ]);
        prop_oneof![
            any::<usize>().prop_map(Damage::Cut),
            (any::<usize>(), 1_usize..20).prop_map(|(at, length)| Damage::Drop(at, length)),
            (any::<usize>(), token).prop_map(|(at, token)| Damage::Insert(at, token.as_bytes().to_vec())),
            (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Damage::Replace(at, byte)),
        ]
    }

    fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
        let place = |at: usize| at % (bytes.len() + 1);
        match damage {
            Damage::Cut(at) => bytes.truncate(place(*at)),
            Damage::Drop(at, length) => {
                let start = place(*at);
                let end = (start + length).min(bytes.len());
                bytes.drain(start..end);
            }
            Damage::Insert(at, token) => {
                let at = place(*at);
                bytes.splice(at..at, token.iter().copied());
            }
            Damage::Replace(at, new) => {
                let at = place(*at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = *new;
                }
            }
        }
    }

    /// JSON of any shape, whose keys are often the contract's.
    fn any_json() -> impl Strategy<Value = Value> {
        let key = prop_oneof![
            prop::sample::select(vec![
                "items",
                "pagination",
                "nextCursor",
                "next_cursor",
                "metadata",
                "spec",
                "info",
                "value",
                "id",
                "labels",
                "createdBy",
                "lastUsedAt",
                "createdAt",
                "status",
                "type",
                "totalAgents",
                "profileId",
                "code",
                "message",
                "details",
                "fieldViolations",
                "field",
                "description",
            ])
            .prop_map(str::to_owned),
            any::<String>(),
        ];
        let leaf = prop_oneof![
            Just(json!(null)),
            any::<bool>().prop_map(|it| json!(it)),
            any::<i64>().prop_map(|it| json!(it)),
            any::<u64>().prop_map(|it| json!(it)),
            any::<f64>().prop_map(|it| json!(it)),
            any::<String>().prop_map(|it| json!(it)),
            Just(json!("2026-01-02T03:04:05Z")),
        ];
        leaf.prop_recursive(5, 48, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((key.clone(), inner), 0..6)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    /// Eight characters in a row of the value: enough to know that it came from there.
    fn is_quoted(said: &str, value: &str) -> bool {
        value
            .as_bytes()
            .windows(8)
            .any(|part| said.contains(std::str::from_utf8(part).unwrap_or(value)))
    }

    #[test]
    fn deep_nesting_ends_in_an_error_and_not_in_the_stack() {
        for open in ["[", "{\"metadata\":", "{\"items\":[", "{\"info\":{\"createdBy\":"] {
            let said = decode_all(open.repeat(200_000).as_bytes());
            assert!(said[0].starts_with("Err"), "{}", said[0]);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
            decode_all(&bytes);
        }

        #[test]
        fn any_text(text in any::<String>()) {
            decode_all(text.as_bytes());
        }

        #[test]
        fn any_shape(body in any_json()) {
            decode_all(&serde_json::to_vec(&body).unwrap());
        }

        #[test]
        fn damaged_answers(
            body in prop::sample::select(valid_bodies()),
            damages in prop::collection::vec(damage(), 1..6),
        ) {
            let mut bytes = serde_json::to_vec(&body).unwrap();
            for damage in &damages {
                apply(&mut bytes, damage);
            }
            decode_all(&bytes);
        }

        /// Whatever goes wrong around a value, neither an error nor a printed answer quotes it.
        #[test]
        fn nothing_said_of_an_answer_quotes_the_value(
            value in "[A-Za-z]{2}[a-zA-Z0-9+/=_-]{14,40}",
            damages in prop::collection::vec(damage(), 0..4),
            form in 0..6,
            in_a_page in any::<bool>(),
        ) {
            let mut secret = full_secret();
            secret["spec"] = match form {
                0 | 1 => json!({"value": value}),
                2 => json!({"value": [value]}),
                3 => json!({"value": {"text": value}}),
                4 => json!(value),
                _ => json!({"value": value, "VALUE": 7}),
            };
            let body = if in_a_page { page_of(&[secret]) } else { secret };
            let mut bytes = serde_json::to_vec(&body).unwrap();
            for damage in &damages {
                apply(&mut bytes, damage);
            }
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            for said in decode_all(&bytes) {
                // Damage can move a boundary so that the value's letters land in a field that is for showing; what
                // must never quote it is the error.
                if said.starts_with("Err") || damages.is_empty() {
                    prop_assert!(!is_quoted(&said, &value), "{} quotes {}", said, shown);
                }
            }
        }

        /// A value that is a number is still a value.
        #[test]
        fn nor_a_value_that_is_not_a_text(number in 1_000_000_000_u64..) {
            let number = number.to_string();
            for written in [number.clone(), format!("-{}", &number[..9]), format!("{number}.25"), format!("[{number}]")] {
                let body = format!(r#"{{"metadata":{{"id":"s"}},"spec":{{"value":{written}}}}}"#);
                let error = WorkspaceSecret::decode(body.as_bytes()).unwrap_err();
                prop_assert!(!is_quoted(&error, &number), "{}", error);
            }
        }

        #[test]
        fn metadata_of_a_secret_round_trips(metadata in resource_metadata()) {
            let written = serde_json::to_vec(&metadata).unwrap();
            let body = [br#"{"metadata":"#, &written[..], b"}"].concat();
            prop_assert_eq!(WorkspaceSecret::decode(&body).unwrap().metadata, metadata);
        }

        #[test]
        fn metadata_of_the_account_round_trips(metadata in workspace_metadata()) {
            let written = serde_json::to_vec(&metadata).unwrap();
            let body = [br#"{"metadata":"#, &written[..], b"}"].concat();
            prop_assert_eq!(Workspace::decode(&body).unwrap().metadata, metadata);
        }
    }
}
