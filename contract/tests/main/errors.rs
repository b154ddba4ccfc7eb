//! What an error means: the table of api.md, Errors, and everything that is not in it.

#[cfg(test)]
mod tests {
    use crate::common::full_status;
    use contract::{Cause, Code, Failure, FieldViolation, Kind, Operation, Status};
    use proptest::prelude::*;
    use serde_json::json;
    use std::time::Duration;

    fn refused(http: u16, body: &str) -> Failure {
        let status = Status::decode(body.as_bytes()).map(Box::new);
        Failure::new(Operation::ReadSecret, Cause::Refused { http, status })
    }

    #[test]
    fn the_table() {
        use Kind::*;
        for (http, code, kind, retry_can_help) in [
            (400, 3, Invalid, false),
            (400, 9, Precondition, false),
            (401, 16, Unauthenticated, false),
            (403, 7, Denied, false),
            (404, 5, NotFound, false),
            (409, 6, Taken, false),
            (409, 10, Conflict, false),
            (429, 8, RateLimited, true),
            (500, 13, Server, true),
            (503, 14, Server, true),
            (504, 4, Server, true),
            // Beside the table: what gateways and old servers send.
            (408, 4, Server, true),
            (422, 3, Invalid, false),
            (501, 12, Server, false),
            (502, 14, Server, true),
            (418, 2, Unexpected, false),
            (302, 0, Unexpected, false),
        ] {
            let failure = refused(http, &json!({"code": code, "message": "m"}).to_string());
            assert_eq!(failure.kind(), kind, "{http} {code}");
            assert_eq!(failure.can_retry_help(), retry_can_help, "{http} {code}");
            assert_eq!((failure.http(), failure.message()), (Some(http), Some("m")));
        }
    }

    #[test]
    fn the_http_status_decides_where_the_body_is_no_status() {
        use Kind::*;
        for body in [
            "",
            "<html><h1>Bad gateway</h1></html>",
            "null",
            "[]",
            "{}",
            "{\"error\":\"x\"}",
            "\u{fffd}",
        ] {
            for (http, kind) in [
                (400, Invalid),
                (401, Unauthenticated),
                // A firewall, not the API: nothing is known about scopes.
                (403, NotTheApi),
                (404, NotFound),
                (409, Conflict),
                (429, RateLimited),
                (500, Server),
                (503, Server),
            ] {
                let failure = refused(http, body);
                assert_eq!(failure.kind(), kind, "{http} {body:?}");
                assert!(
                    failure.message().is_none() && failure.violations().is_empty(),
                    "{http} {body:?}"
                );
            }
        }
    }

    #[test]
    fn only_a_page_that_was_asked_for_by_a_cursor_can_be_refused_for_it() {
        let refused = |http, had_cursor| {
            let cause = Cause::Refused { http, status: None };
            let failure = Failure::new(Operation::ListSecrets, cause);
            Failure { had_cursor, ..failure }.is_cursor_refused()
        };
        assert!(refused(400, true));
        assert!(!refused(400, false) && !refused(403, true));
    }

    #[test]
    fn a_full_status() {
        let failure = refused(400, &full_status().to_string());
        assert_eq!(failure.message(), Some("the name is taken"));
        let violation = FieldViolation {
            field: "metadata.name".to_owned(),
            description: "too long".to_owned(),
        };
        assert_eq!(failure.violations(), [violation]);
    }

    #[test]
    fn a_missing_scope_and_a_wait() {
        let info = json!({
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "SCOPE_MISSING",
            "metadata": {"required_scope": "secrets:manage", "granted_scopes": "workspaces:read"}
        });
        let failure = refused(403, &json!({"code": 7, "message": "m", "details": [info]}).to_string());
        let missing = failure.missing_scope().unwrap();
        assert_eq!(
            (missing.required.as_str(), missing.granted.as_str()),
            ("secrets:manage", "workspaces:read")
        );
        for other in [
            json!({"reason": "ACCOUNT_SUSPENDED", "metadata": {"required_scope": "secrets:manage"}}),
            json!({"reason": "SCOPE_MISSING", "metadata": {}}),
            json!({"reason": "SCOPE_MISSING", "metadata": ["secrets:manage"]}),
        ] {
            let failure = refused(403, &json!({"code": 7, "details": [other]}).to_string());
            assert_eq!(
                (failure.kind(), failure.missing_scope()),
                (Kind::Denied, None),
                "{other}"
            );
        }
        for (text, delay) in [
            ("3.5s", Some(3_500)),
            ("0s", Some(0)),
            ("-1s", None),
            ("3.5", None),
            ("1e400s", None),
            ("s", None),
        ] {
            let status = json!({"code": 8, "details": [{"retryDelay": text}]});
            let status = Status::decode(status.to_string().as_bytes()).unwrap();
            assert_eq!(status.retry_delay, delay.map(Duration::from_millis), "{text}");
        }
    }

    #[test]
    fn malformed_parts_of_a_status_hide_nothing_else() {
        let good = json!({"field": "metadata.labels", "description": "bad key"});
        let status = json!({
            "code": "INVALID_ARGUMENT",
            "message": "m",
            "details": [
                null, 7, "text", [],
                {"fieldViolations": null},
                {"fieldViolations": [null, {"field": 7}, {"field": "only"}, good]},
                {"field_violations": [{"field": "spec.value", "description": "too long"}]},
            ],
            "more": {}
        });
        let status = Status::decode(status.to_string().as_bytes()).unwrap();
        assert_eq!((status.code, status.message.as_deref()), (None, Some("m")));
        let violations: Vec<_> = status
            .violations
            .iter()
            .map(|it| (it.field.as_str(), it.description.as_str()))
            .collect();
        let expected = [("only", ""), ("metadata.labels", "bad key"), ("spec.value", "too long")];
        assert_eq!(violations, expected);
    }

    /// Protobuf's JSON form leaves empty texts out, and other writers put `null` there.
    #[test]
    fn a_violation_without_words_keeps_its_field() {
        for violation in [
            json!({"field": "metadata.name"}),
            json!({"field": "metadata.name", "description": null}),
            json!({"field": "metadata.name", "description": ""}),
            json!({"field": "metadata.name", "description": {"localized": [1]}, "reason": "EMPTY"}),
        ] {
            let kind = "type.googleapis.com/google.rpc.BadRequest";
            let details = json!([{"@type": kind, "fieldViolations": [violation]}]);
            let failure = refused(400, &json!({"code": 3, "details": details}).to_string());
            let expected = FieldViolation {
                field: "metadata.name".to_owned(),
                description: String::new(),
            };
            assert_eq!(failure.violations(), [expected], "{violation}");
        }
        let whole = json!({"code": 3, "details": [{"fieldViolations": [{"description": "empty body"}, {}]}]});
        let failure = refused(400, &whole.to_string());
        assert_eq!(failure.violations().len(), 1);
        assert_eq!(failure.violations()[0].description, "empty body");
    }

    /// Each part in each shape that JSON has: it costs at most itself.
    #[test]
    fn a_part_of_another_shape_costs_only_itself() {
        for strange in [
            json!(null),
            json!(true),
            json!(-1.5),
            json!(u64::MAX),
            json!("text"),
            json!([[1], {"a": "b"}]),
            json!({"fieldViolations": 7, "code": [], "a": {"b": [null]}}),
        ] {
            let good = json!({"fieldViolations": [{"field": "spec.value", "description": "long"}]});
            let body = json!({"code": 9, "message": "m", "details": [strange, good], "more": strange});
            let status = Status::decode(body.to_string().as_bytes()).unwrap();
            assert_eq!(status.code, Some(Code::FailedPrecondition), "{strange}");
            assert_eq!(
                (status.message.as_deref(), status.violations.len()),
                (Some("m"), 1),
                "{strange}"
            );
            let body = json!({"code": strange, "message": "m", "details": strange});
            let status = Status::decode(body.to_string().as_bytes()).unwrap();
            assert_eq!((status.code, status.violations.len()), (None, 0), "{strange}");
            assert!(Status::decode(strange.to_string().as_bytes()).is_none(), "{strange}");
        }
        assert!(Status::decode(b"{\"code\": 3} trailing").is_none());
    }

    #[test]
    fn codes_there_and_back() {
        for number in -2..40 {
            assert_eq!(Code::from(number).number(), number);
        }
        assert_eq!(Code::from(16), Code::Unauthenticated);
        assert_eq!(Code::from(2), Code::Other(2));
    }

    #[test]
    fn whether_the_server_may_have_done_it() {
        let of = |cause: Cause| Failure::new(Operation::CreateSecret, cause);
        for (cause, kind, http, unknown, retry_can_help) in [
            (Cause::Unreachable, Kind::NoAnswer, None, true, true),
            (Cause::Interrupted, Kind::NoAnswer, None, true, true),
            (
                Cause::TimedOut(Duration::from_secs(60)),
                Kind::NoAnswer,
                None,
                true,
                true,
            ),
            (Cause::Forbidden, Kind::Forbidden, None, false, false),
            (Cause::Redirected, Kind::NotTheApi, None, false, false),
            (Cause::SignedOut { http: None }, Kind::SignedOut, None, false, false),
            (
                Cause::SignedOut { http: Some(401) },
                Kind::SignedOut,
                Some(401),
                false,
                false,
            ),
            (
                Cause::SignedOut { http: Some(200) },
                Kind::SignedOut,
                Some(200),
                true,
                false,
            ),
            (
                Cause::Undecodable {
                    http: 200,
                    detail: "the answer is not JSON".to_owned(),
                },
                Kind::Unexpected,
                Some(200),
                true,
                false,
            ),
        ] {
            let failure = of(cause.clone());
            assert_eq!((failure.kind(), failure.http()), (kind, http), "{cause:?}");
            assert_eq!(
                (failure.is_outcome_unknown(), failure.can_retry_help()),
                (unknown, retry_can_help),
                "{cause:?}"
            );
        }
        for http in [500, 502, 503, 504, 408] {
            assert!(of(Cause::Refused { http, status: None }).is_outcome_unknown(), "{http}");
        }
        for http in [400, 401, 403, 404, 409, 422, 429] {
            assert!(
                !of(Cause::Refused { http, status: None }).is_outcome_unknown(),
                "{http}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_answer_means_something(http in any::<u16>(), code in any::<i64>()) {
            let failure = refused(http, &json!({"code": code}).to_string());
            let _ = (failure.kind(), failure.can_retry_help(), failure.is_outcome_unknown());
            prop_assert_eq!(failure.http(), Some(http));
            // Only a 401 may ask for a key again: anything else would throw away a session for nothing.
            prop_assert_eq!(failure.kind() == Kind::Unauthenticated, http == 401);
        }
    }
}
